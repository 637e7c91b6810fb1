"""One PO file, read whole or in part; each slip is named with its line.

A file is UTF-8 (a byte order mark is passed over). An entry with a broken line is left out and the
others stay; a header without plural forms of its own gets those of CLDR. Only a file that is no
text, or a folder that names no language, gives nothing.
"""

import gettext
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from gettext import c2py
from itertools import pairwise
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileParser

from catalogues.entry import faults
from catalogues.header import WholeHeader

_ENTRY = re.compile(r'(?:(?:msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d+\])\s+)?"(?:[^"\\]|\\.)*"')
_MARKER = re.compile(r"(<{7}|={7}|>{7}|\|{7})(\s|$)")
_PLURAL = re.compile(r"\s*nplurals\s*=\s*([1-9])\s*;\s*plural\s*=\s*([^;]+?)\s*;?\s*$")
_CHARSET = re.compile(r'"Content-Type:[^"]*charset=([^\\\s";]+)', re.IGNORECASE)


@dataclass(frozen=True)
class Slip:
    """What is wrong in a file, and in which line (from 1)."""

    line: int
    message: str
    breaks: bool = True
    """A text of the file is lost by reading it: nobody should write over it."""


class _Catalog(WholeHeader):
    """Names an entry that stands twice; the first one holds."""

    def __init__(self, locale: Locale) -> None:
        super().__init__(locale, fuzzy=False)
        self.slips: list[Slip] = []

    def __setitem__(self, id: str | tuple[str, ...] | list[str], message: Message) -> None:
        if message.id and self.get(message.id, message.context):
            name = message.id if isinstance(message.id, str) else message.id[0]
            self.slips.append(
                Slip(
                    message.lineno or 1,
                    f"stands here for the second time, the first one holds: {name[:50]}",
                )
            )
            return
        message.user_comments, message.previous_id = _previous(message.user_comments)
        super().__setitem__(id, message)


class _Parser(PoFileParser):
    def __init__(self, catalog: _Catalog) -> None:
        super().__init__(catalog)
        self.slips = catalog.slips

    def _invalid_pofile(self, line: str, lineno: int, msg: str) -> None:
        self.slips.append(Slip(lineno + 1, f"cannot be understood: {msg}"))


def plural_forms(language: str) -> tuple[int, str]:
    """Number of forms and the formula, from CLDR."""
    forms = get_plural(str(Locale.parse(language, sep="-" if "-" in language else "_")))
    return forms.num_plurals, forms.plural_expr


def read(path: Path, language: str) -> tuple[WholeHeader | None, list[Slip]]:
    """The file's catalogue, or nothing of it. Raises nothing."""
    try:
        locale = Locale.parse(language, sep="-" if "-" in language else "_")
        raw = path.read_bytes()
    except (ValueError, UnknownLocaleError):
        return None, [
            Slip(1, f"the folder “{language}” names no language: use a code like uk or pt_BR")
        ]
    except OSError as error:
        return None, [Slip(1, f"cannot be opened: {error.strerror}")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, [Slip(line, "is not in UTF-8: save it in UTF-8")]
    if not text.strip():
        return None, [Slip(1, "is empty: run pasito messages, then translate")]
    lines, slips = _whole(text)
    lines, more = _with_plural_forms(lines, language)
    catalog = _Catalog(locale)
    try:
        _Parser(catalog).parse(lines)
    except (
        Exception
    ) as error:  # a parser of files from outside: whatever it trips over is the file's slip
        return None, [*slips, Slip(1, f"cannot be read: {error}")]
    return catalog, sorted(
        [*slips, *more, *catalog.slips, *_wrong_counts(catalog)], key=lambda slip: slip.line
    )


def compiled(catalog: Catalog) -> bytes:
    """The catalogue for saying, as an MO file: entries that would break or forge a sentence are not
    in it, so the source is said."""
    kept = Catalog(catalog.locale, fuzzy=False)
    kept.mime_headers = catalog.mime_headers
    for message in catalog:
        if message.id and not message.fuzzy and not list(faults(message)):
            kept[message.id] = message
    file = io.BytesIO()
    write_mo(file, kept)
    return file.getvalue()


def spoken(catalog: Catalog) -> gettext.GNUTranslations:
    """What `compiled` gives, ready to say."""
    return gettext.GNUTranslations(io.BytesIO(compiled(catalog)))


def share(catalogs: Sequence[Catalog], template: Catalog | None) -> float:
    """The part of the template's texts (or of the files' own) that one of the catalogues can say, 0
    to 1."""
    told, wanted = counted(catalogs, template)
    return told / wanted if wanted else 0.0


def counted(catalogs: Sequence[Catalog], template: Catalog | None) -> tuple[int, int]:
    """How many of these texts one of the catalogues can say, and how many there are."""
    wanted = [m for source in ([template] if template else catalogs) for m in source if m.id]

    def said(text: Message) -> bool:
        found = (po.get(text.id, text.context) for po in catalogs)
        return any(message and done(message) for message in found)

    return sum(map(said, wanted)), len(wanted)


def done(message: Message) -> bool:
    strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(strings) and all(strings) and not message.fuzzy


def _whole(text: str) -> tuple[list[str], list[Slip]]:
    """The lines, entries with a broken line blanked out; what git left between two sides is out as
    a whole."""
    lines = text.splitlines()
    slips: list[Slip] = []
    bad: set[int] = set()
    conflict = False
    for number, line in enumerate(lines):
        stripped = line.strip()
        if stripped.startswith("#~ "):
            stripped = stripped[3:].strip()  # no longer said, but read
        if marker := _MARKER.match(stripped):
            if not conflict:
                slips.append(
                    Slip(
                        number + 1,
                        "two versions stand here that git could not merge: keep one, take out the "
                        "marks",
                    )
                )
            conflict = marker[1][0] != ">"
            bad.add(number)
        elif conflict:
            bad.add(number)
        elif stripped and not stripped.startswith("#") and not _ENTRY.fullmatch(stripped):
            slips.append(
                Slip(number + 1, f"this line is broken, so its text is left out: {stripped[:50]}")
            )
            bad.add(number)
    for start, end in _blocks(lines):
        if not bad.isdisjoint(range(start, end)):
            lines[start:end] = [""] * (end - start)
    return lines, slips


def _blocks(lines: list[str]) -> list[tuple[int, int]]:
    edges = [-1, *(i for i, line in enumerate(lines) if not line.strip()), len(lines)]
    return [(a + 1, b) for a, b in pairwise(edges) if b > a + 1]


def _with_plural_forms(lines: list[str], language: str) -> tuple[list[str], list[Slip]]:
    """The header says UTF-8 and plural forms that can be reckoned with."""
    count, formula = plural_forms(language)
    right = f"nplurals={count}; plural={formula};"
    slips = []
    start = next(
        (n for n, line in enumerate(lines) if line.lstrip().startswith('"Plural-Forms:')), None
    )
    if start is None:
        slips.append(
            Slip(1, f"the header says no plural forms, write: Plural-Forms: {right}", False)
        )
    else:
        end = start
        while (
            not lines[end].rstrip().endswith('\\n"')
            and lines[end + 1 : end + 2]
            and lines[end + 1].startswith('"')
        ):
            end += 1
        stated = "".join(line.strip()[1:-1] for line in lines[start : end + 1]).removesuffix("\\n")
        if not _usable(stated.removeprefix("Plural-Forms:")):
            slips.append(
                Slip(
                    start + 1,
                    f"these plural forms cannot be used, write: Plural-Forms: {right}",
                    False,
                )
            )
            lines[start : end + 1] = [f'"Plural-Forms: {right}\\n"', *['""'] * (end - start)]
    for number, line in enumerate(lines):
        if (charset := _CHARSET.match(line.strip())) and charset[1].lower().replace(
            "-", ""
        ) != "utf8":
            slips.append(
                Slip(
                    number + 1,
                    f"the header says {charset[1]}, the file is in UTF-8: write charset=utf-8",
                    False,
                )
            )
            lines[number] = '"Content-Type: text/plain; charset=utf-8\\n"'
            break
    return lines, slips


def _usable(stated: str) -> bool:
    found = _PLURAL.match(stated)
    if not found or len(found[2]) > 1000:
        return False
    try:
        form = c2py(found[2])
        return all(0 <= form(number) < int(found[1]) for number in range(201))
    except (ValueError, ZeroDivisionError, RecursionError, OverflowError):
        return False


def _wrong_counts(catalog: Catalog) -> Iterator[Slip]:
    for message in catalog:
        if message.id and isinstance(message.id, tuple) and done_in_part(message):
            yield Slip(
                message.lineno or 1,
                f"{catalog.num_plurals} plural forms are needed: {message.id[0][:50]}",
                False,
            )


def done_in_part(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple) else ()
    return any(strings) and not all(strings)


def _previous(comments: list[str]) -> tuple[list[str], list[str]]:
    """Comments of people, and the source before it changed (`#| msgid "…"`)."""
    before = [
        line.partition('"')[2].rpartition('"')[0] for line in comments if line.startswith("|")
    ]
    return [line for line in comments if not line.startswith("|")], [
        "".join(before)
    ] if before else []
