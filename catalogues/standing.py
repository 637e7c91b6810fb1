"""How far each language is and who read it, as a table for docs/translating.md. It is written
between two marks.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

from catalogues.header import readers
from catalogues.po import read, share

KINDS = {"bot": "interface", "certificates": "certificates"}
_BETWEEN = re.compile(r"(<!-- languages: .*? -->\n).*?(<!-- end of languages -->)", re.DOTALL)


def table(locales: Path) -> str:
    """A row for each catalogue: language, file, how much is translated, who read it and when."""
    rows = ["| language | what | translated | read by a native speaker |", "|---|---|---|---|"]
    return "\n".join([*rows, *_rows(locales)]) + "\n"


def _rows(locales: Path) -> Iterator[str]:
    for folder in sorted(path.parent for path in locales.glob("*/LC_MESSAGES")):
        name = Locale.parse(folder.name, sep="-" if "-" in folder.name else "_").get_display_name(
            "en"
        )
        for domain, what in KINDS.items():
            po = read(folder / "LC_MESSAGES" / f"{domain}.po", folder.name)[0]
            template = read(locales / f"{domain}.pot", "en")[0]
            if po is None:
                yield f"| {name} | {what}: `{domain}.po` | no | |"
                continue
            part = int(share([po], template) * 100)
            who = "; ".join(readers(po)) or "not yet"
            yield f"| {name} | {what}: `{domain}.po` | {part} % | {who} |"
        yield f"| {name} | decks: `cards/*.po` | {_lessons(folder / 'LC_MESSAGES', locales)} |"


def _lessons(folder: Path, locales: Path) -> str:
    """How many of the files of decks are whole, and who read them: names of people, with their
    files where it was not all of them."""
    templates = sorted((locales / "cards").glob("*.pot"))
    language = folder.parent.name
    whole, who = 0, dict[str, list[str]]()
    for path in templates:
        po = read(folder / "cards" / f"{path.stem}.po", language)[0]
        if po is None:
            continue
        whole += share([po], read(path, "en")[0]) == 1
        for reader in readers(po):
            who.setdefault(reader, []).append(path.stem)
    told = (
        reader if len(files) == len(templates) else f"{reader} ({', '.join(files)})"
        for reader, files in who.items()
    )
    return f"{whole} of {len(templates)} files | {'; '.join(told) or 'not yet'}"


def bring_up_to_date(page: Path, locales: Path) -> None:
    """Puts the table between its marks; a page without them stays as it is."""
    before = page.read_text(encoding="utf-8")
    after = _BETWEEN.sub(lambda found: found[1] + table(locales) + found[2], before)
    if after != before:
        page.write_text(after, encoding="utf-8")
