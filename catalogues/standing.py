"""How far each language is and who read it, and which module is whole in which language: tables
for docs/translating.md and docs/lessons-by-language.md. Each is written between two marks.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog

from catalogues.header import readers, written_in
from catalogues.po import read, share

KINDS = {"bot": "interface", "certificates": "certificates", "work": "papers for work"}
_BETWEEN = re.compile(r"(<!-- (languages|modules): .*? -->\n).*?(<!-- end of \2 -->)", re.DOTALL)
WHOLE = "✔"


def table(locales: Path) -> str:
    """A row for each catalogue: language, file, how much is translated, who read it and when."""
    rows = ["| language | what | translated | read by a native speaker |", "|---|---|---|---|"]
    return "\n".join([*rows, *_rows(locales)]) + "\n"


def _rows(locales: Path) -> Iterator[str]:
    templates = {domain: read(locales / f"{domain}.pot", "en")[0] for domain in KINDS}
    lessons = _templates(locales)
    for folder in sorted(path.parent for path in locales.glob("*/LC_MESSAGES")):
        name = Locale.parse(folder.name, sep="-" if "-" in folder.name else "_").get_display_name(
            "en"
        )
        for domain, what in KINDS.items() if folder.name != "en" else ():
            po = read(folder / "LC_MESSAGES" / f"{domain}.po", folder.name)[0]
            if po is None:
                yield f"| {name} | {what}: `{domain}.po` | no | |"
                continue
            part = int(share([po], templates[domain]) * 100)
            who = "; ".join(readers(po)) or "not yet"
            yield f"| {name} | {what}: `{domain}.po` | {part} % | {who} |"
        yield f"| {name} | decks: `cards/*.po` | {_lessons(folder / 'LC_MESSAGES', lessons)} |"


def _templates(locales: Path) -> dict[str, Catalog | None]:
    """Those of decks, in the order of their names."""
    paths = sorted((locales / "cards").glob("*.pot"))
    return {path.stem: read(path, "en")[0] for path in paths}


def _lessons(folder: Path, templates: Mapping[str, Catalog | None]) -> str:
    """How many of the files of decks are whole, and who read them: names of people, with their
    files where it was not all of them."""
    language = folder.parent.name
    whole, who = 0, dict[str, list[str]]()
    for name, template in templates.items():
        if template and written_in(template) == language:
            whole += 1
            continue
        po = read(folder / "cards" / f"{name}.po", language)[0]
        if po is None:
            continue
        whole += share([po], template) == 1
        for reader in readers(po):
            who.setdefault(reader, []).append(name)
    told = (
        reader if len(files) == len(templates) else f"{reader} ({', '.join(files)})"
        for reader, files in who.items()
    )
    return f"{whole} of {len(templates)} files | {'; '.join(told) or 'not yet'}"


def modules(locales: Path) -> str:
    """A row for each file of decks, a column for each language: whole, or how many per cent."""
    languages = sorted(path.parent.name for path in locales.glob("*/LC_MESSAGES"))
    rows = [f"| file | {' | '.join(languages)} |", "|---" * (len(languages) + 1) + "|"]
    for name, template in _templates(locales).items():
        cells = (_cell(name, language, locales, template) for language in languages)
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _cell(name: str, language: str, locales: Path, template: Catalog | None) -> str:
    if template and written_in(template) == language:
        return WHOLE
    po = read(locales / language / "LC_MESSAGES" / "cards" / f"{name}.po", language)[0]
    part = share([po], template) if po is not None else 0
    return WHOLE if part == 1 else f"{int(part * 100)} %" if part else ""


def bring_up_to_date(page: Path, locales: Path) -> None:
    """Puts the tables between their marks; a page without them stays as it is."""
    tables = {"languages": table, "modules": modules}
    before = page.read_text(encoding="utf-8")
    after = _BETWEEN.sub(lambda found: found[1] + tables[found[2]](locales) + found[3], before)
    if after != before:
        page.write_text(after, encoding="utf-8")
