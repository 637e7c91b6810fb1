"""The header of a catalogue, kept whole: also what tools note there (`X-Generator`), who read it
(`X-Reviewed-By`), and from which language it translates (`X-Source-Language`).
"""

from collections.abc import Iterable

from babel.messages.catalog import Catalog

REVIEWED = "X-Reviewed-By"
"""A native speaker who read all of the file, and the day: `Leila Haddad, 2026-11-30`. One line a
reader.
"""
SOURCE_LANGUAGE = "X-Source-Language"
"""Of a catalogue whose author wrote in another language than English."""
NOT_YET = "not read by a native speaker yet"


class WholeHeader(Catalog):
    """Babel's catalogue forgets the lines of the header that it does not know; this one has them in
    `more`."""

    more: tuple[tuple[str, str], ...] = ()

    def _headers(self) -> list[tuple[str, str]]:
        *known, last = self._get_mime_headers()  # the last one ends the header
        return [*known, *self.more, last]

    def _set_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        found = [(name, str(value).strip()) for name, value in headers]
        self._set_mime_headers(found)
        self.more = tuple((name, value) for name, value in found if name.lower().startswith("x-"))

    mime_headers = property(_headers, _set_headers)


def readers(catalog: Catalog) -> tuple[str, ...]:
    """Who read it, each with a day; nobody as long as the header says so, or says nothing."""
    said = [value for name, value in catalog.mime_headers if name.lower() == REVIEWED.lower()]
    return tuple(value for value in said if value and value != NOT_YET)


def say_who_read(catalog: WholeHeader) -> None:
    """The header says it in any case."""
    _say(catalog, REVIEWED, readers(catalog) or (NOT_YET,))


def written_in(catalog: Catalog) -> str:
    """The language of the author's words (BCP 47)."""
    said = (v for name, v in catalog.mime_headers if name.lower() == SOURCE_LANGUAGE.lower())
    return next(said, "").strip() or "en"


def say_written_in(catalog: WholeHeader, language: str) -> None:
    """English goes without saying."""
    _say(catalog, SOURCE_LANGUAGE, () if language == "en" else (language,))


def _say(catalog: WholeHeader, header: str, values: Iterable[str]) -> None:
    others = [(name, value) for name, value in catalog.more if name.lower() != header.lower()]
    catalog.more = (*others, *((header, value) for value in values))
