"""Extraction for translators: `python -m bot.messages` brings all catalogues under `locales/` up to date.

bot.po holds the interface, cards.po the decks (context: the module), certificates.po the certificates' own words. What was
translated stays; what changed a little is marked fuzzy, with the source as it was, until somebody has looked at it; what is
no longer said stays at the end of the file, marked `#~`. A `.pot` file of each kind is the template for tools.
"""

import argparse
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel import UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from bot.i18n import SHIPPED as LOCALES
from cards.finding import DeckError
from cards.model import Category, Competence, Pathway, Programme, Text, texts
from cards.reader import SHIPPED, read_programme
from catalogues.po import plural_forms, read

ROOT = Path(__file__).parent.parent
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "ngettext": (1, 2)}
NEEDED = ("fr", "ar", "pt", "tr")
TAUGHT = ("fr", "ar")
"""Languages that always have a catalogue of the interface, and of the decks."""
_WIDTH = 120
_DATES = re.compile(rb'^"(POT-Creation-Date|PO-Revision-Date|Generated-By): (.*)$', re.MULTILINE)


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


def update(domain: str, template: Catalog, languages: Iterable[str], locales: Path = LOCALES) -> None:
    """Brings the template and every language's file up to date. A file that says the same already is not touched.

    A file that cannot be read in full is left as it is, and named: nothing of a translator's work is lost.
    """
    _written(locales / f"{domain}.pot", template)
    for language in languages:
        path = locales / language / "LC_MESSAGES" / f"{domain}.po"
        if path.exists() and path.read_bytes().strip():
            po, slips = read(path, language)
            if po is None or any(slip.breaks for slip in slips):
                for slip in slips:
                    print(f"{path}:{slip.line}: {slip.message}")
                print(f"{path}: is left as it is until it is mended")
                continue
        else:
            po = Catalog(language, project=template.project, fuzzy=False)
        po.update(template, no_fuzzy_matching=False, update_header_comment=False, keep_user_comments=True)
        for message in po:
            if not message.fuzzy:
                message.previous_id = []
        _written(path, po)


def _written(path: Path, po: Catalog) -> None:
    """In the order of the files and their lines; dates move only with the texts."""
    before = path.read_bytes() if path.exists() else b""
    dates: dict[bytes, bytes] = dict(_DATES.findall(before))
    after = _bytes(po)

    def as_before(found: re.Match[bytes]) -> bytes:
        key, _, value = found[0].partition(b": ")
        return key + b": " + (dates.get(key[1:]) or value)

    if _DATES.sub(as_before, after) == before:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(after)


def _bytes(po: Catalog) -> bytes:
    file = io.BytesIO()
    write_po(file, po, width=_WIDTH, include_lineno=False, include_previous=True)
    return file.getvalue()


def languages_of(locales: Path, domain: str) -> set[str]:
    return {path.parents[1].name for path in locales.glob(f"*/LC_MESSAGES/{domain}.po")}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.messages", description="Brings the translators' files up to date.")
    parser.add_argument("folder", nargs="?", type=Path, help="a folder of decks; without it the decks that ship")
    parser.add_argument("--language", action="append", default=[], help="begin this language too, for example uk")
    options = parser.parse_args()
    for language in options.language:
        try:
            plural_forms(language)
        except (ValueError, UnknownLocaleError):
            parser.error(f"“{language}” is no language: use a code like uk or pt_BR")
    try:
        programme = read_programme(options.folder or SHIPPED).programme
    except DeckError as error:
        raise SystemExit(f"the decks cannot be read:\n{error}") from error
    new = set(options.language)
    if options.folder:
        locales = options.folder / "locales"
        update("cards", decks(programme), sorted(languages_of(locales, "cards") | new), locales)
        return
    update("bot", interface(), sorted({*NEEDED} | languages_of(LOCALES, "bot") | new))
    papers = {*NEEDED} | languages_of(LOCALES, "certificates") | new
    update("certificates", interface("certificates", "Pasito certificates"), sorted(papers))
    update("cards", decks(programme), sorted({*TAUGHT} | languages_of(LOCALES, "cards") | new))


if __name__ == "__main__":
    main()
