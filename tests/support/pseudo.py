"""A language that nobody speaks, made of the catalogues while tests run: every letter has an
accent, a text is longer by 40 % and runs from right to left. What does not come out of a catalogue
is seen at once, because it has plain letters; what is cut in the middle of a sign, too.

It lies under the code of a language that is written from right to left and does not ship.
"""

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from bot.i18n.catalogues import SHIPPED, Catalogues, catalogue
from cards.model import Programme
from catalogues.po import plural_forms

PSEUDO = "he"
LONGER = 0.4
_FROM = "abcdefghijklmnopqrstuvwxyz"
_TO = "áḃçďéḟğĥíĵķĺḿñóṕɋŕšťúṽŵẋýž"
_ACCENTS = str.maketrans(_FROM + _FROM.upper(), _TO + _TO.upper())
BASE, MARK = "ø", "\u0331"
"""A sign of two characters, which stands nowhere else: where one of them is alone, it was cut."""
CUT = re.compile(f"{BASE}(?!{MARK})|(?<!{BASE}){MARK}")
KEPT = re.compile(
    r"\{[a-z_][a-z0-9_]*\}|https?://\S+|(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?|(?<!\w)/[a-z]+|\S+@\S+"
)
"""What a translator leaves as it is: placeholders, addresses, commands."""


def pseudo(text: str) -> str:
    """The text in this language. Lists of what is typed stay lists."""
    if "|" in text:
        return "|".join(map(pseudo, text.split("|")))
    said, owed, at = [], 0.0, 0
    for kept in [*KEPT.finditer(text), None]:
        for char in text[at : kept.start() if kept else len(text)]:
            said.append(char.translate(_ACCENTS))
            owed += LONGER
            if owed >= len(BASE + MARK) and char.isalpha():
                said.append(BASE + MARK)
                owed -= len(BASE + MARK)
        if kept:
            said.append(kept[0])
            owed += LONGER * len(kept[0])
            at = kept.end()
    while owed > 0 and any(map(str.isalpha, text)):
        said.append(BASE + MARK)
        owed -= len(BASE + MARK)
    return "".join(said)


def in_pseudo(programme: Programme, folder: Path) -> Catalogues:
    """The words of the programme that ships, in English and in this language; `folder` takes the
    files."""
    kinds = (SHIPPED / f"{name}.pot" for name in ("bot", "work"))
    for template in (*kinds, *sorted((SHIPPED / "cards").glob("*.pot"))):
        path = folder / PSEUDO / "LC_MESSAGES" / template.relative_to(SHIPPED).with_suffix(".po")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, _translated(catalogue(template, "en")))
    return Catalogues(programme, SHIPPED, folder, languages=("en", PSEUDO))


def _translated(template: Catalog) -> Catalog:
    made = Catalog(PSEUDO, fuzzy=False)
    forms, _formula = plural_forms(PSEUDO)
    for message in template:
        if not message.id:
            continue
        if isinstance(message.id, str):
            said: str | tuple[str, ...] = pseudo(message.id)
        else:
            one, *many = map(pseudo, message.id)
            said = (one, *(many * (forms - 1)))
        made.add(message.id, said, context=message.context)
    return made
