"""Extraction for translators: `python -m bot.messages` brings all catalogues under `locales/` up to date.

bot.po holds the interface, cards.po the decks (context: the module), certificates.po the certificates' own words. What was
translated stays; what changed a little is marked fuzzy until somebody has looked at it.
"""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from bot.i18n import SHIPPED as LOCALES
from bot.i18n import catalogue
from cards.model import Category, Competence, Pathway, Programme, Text, texts
from cards.reader import SHIPPED, read_programme

ROOT = Path(__file__).parent.parent
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "ngettext": (1, 2)}
NEEDED = ("fr", "ar", "pt", "tr")
TAUGHT = ("fr", "ar")
"""Languages that always have a catalogue of the interface, and of the decks."""
_WIDTH = 120


def interface(folder: str = "bot", project: str = "Pasito") -> Catalog:
    """The words of the service, or with "certificates" those of the papers."""
    template = Catalog(project=project, copyright_holder="Pasito", fuzzy=False)
    for file, line, message, comments, context in extract_from_dir(
        ROOT / folder, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    ):
        template.add(message, locations=[(f"{folder}/{file}", line)], auto_comments=comments, context=context)
    return template


def decks(programme: Programme) -> Catalog:
    """The words of the programme and all its modules."""
    template = Catalog(project="Pasito decks", copyright_holder="Pasito", fuzzy=False)
    for text, path, line, kind in _texts(programme):
        if text.source:
            template.add(text.source, locations=[(f"cards/{path}", line)], auto_comments=[kind], context=text.context)
    return template


def _texts(programme: Programme) -> Iterator[tuple[Text, str, int, str]]:
    groups: tuple[Category | Pathway | Competence, ...] = (*programme.categories, *programme.pathways, *programme.competences)
    for text in (
        programme.title,
        *programme.coming.values(),
        *(t for g in groups for t in (g.title, g.description)),
        *(t for o in programme.organisations for t in (o.country, o.about)),
        *(programme.annex.texts() if programme.annex else ()),
    ):
        yield text, "programme.yaml", 1, "programme"
    for module in (*programme.modules.values(), programme.help):
        lines = {text: item.line for deck in module.decks for item in deck.items for text in texts(item)}
        lines |= {deck.title: deck.line for deck in module.decks}
        for text in module.texts():
            yield text, module.path, lines.get(text, 1), module.title.source


def update(domain: str, template: Catalog, languages: tuple[str, ...]) -> None:
    for language in languages:
        path = LOCALES / language / "LC_MESSAGES" / f"{domain}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        po = catalogue(path) if path.exists() else Catalog(language, project=template.project, fuzzy=False)
        po.update(template, no_fuzzy_matching=False, update_header_comment=False, keep_user_comments=True)
        po.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, po, width=_WIDTH, omit_header=False, include_lineno=False, ignore_obsolete=True)


def main() -> None:
    programme = read_programme(SHIPPED).programme
    found = {path.parent.parent.name for path in LOCALES.glob("*/LC_MESSAGES/bot.po")}
    taught = {path.parent.parent.name for path in LOCALES.glob("*/LC_MESSAGES/cards.po")}
    update("bot", interface(), tuple(sorted({*NEEDED, *found})))
    update("certificates", interface("certificates", "Pasito certificates"), NEEDED)
    update("cards", decks(programme), tuple(sorted({*TAUGHT, *taught})))


if __name__ == "__main__":
    main()
