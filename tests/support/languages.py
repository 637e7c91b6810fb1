"""Twelve languages, whichever ship: those that do not, say their own code before each text."""

from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from bot.i18n.catalogues import SHIPPED, Catalogues, catalogue
from cards.model import Programme
from catalogues.po import plural_forms

TWELVE = ("ar", "de", "en", "es", "fa", "fr", "ps", "pt", "so", "ti", "tr", "uk")
FILE = Path("LC_MESSAGES", "bot.po")


def twelve(programme: Programme, folder: Path) -> Catalogues:
    """The words of a programme in twelve languages; `folder` takes what has to be made up."""
    for language in TWELVE:
        if language != "en" and not (SHIPPED / language / FILE).exists():
            path = folder / language / FILE
            path.parent.mkdir(parents=True)
            with path.open("wb") as file:
                write_po(file, _made_up(language))
    return Catalogues(programme, SHIPPED, folder, languages=("en", *sorted({*TWELVE} - {"en"})))


def _made_up(language: str) -> Catalog:
    made = Catalog(language, fuzzy=False)
    forms, _formula = plural_forms(language)
    for message in catalogue(SHIPPED / "bot.pot", "en"):
        if message.id:
            made[message.id] = Message(message.id, _said(message, language, forms))
    return made


def _said(message: Message, language: str, forms: int) -> str | tuple[str, ...]:
    """Lists of what is typed stay apart from those of other languages."""
    if isinstance(message.id, str):
        return "|".join(f"{language} {word}" for word in message.id.split("|"))
    one, many = message.id
    return tuple(f"{language} {text}" for text in (one, *(many for _ in range(forms - 1))))
