"""Who helps beside the lessons: offices, courses, lines, mentors, pages. A table that an operator
keeps in a spreadsheet (`resources.csv`): a line each, with the day on which somebody looked.

A line that is wrong is left out and named; the others stay.
"""

import csv
import io
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from cards import ids
from cards.finding import Finding, Report, brief, did_you_mean
from cards.text import Text
from cards.text_file import read_text

NAME = "resources.csv"
CONTEXT = "resources"
"""The context of its texts."""
FRESH = timedelta(days=365)
"""What was looked at longer ago may have changed."""
KEY = 12
"""Bytes of a country's or a town's key, which stands in buttons; of an id, `ID`."""
ID = 16
TRADE = 2
"""Bytes of a trade in a button: the beginning of its sector's id."""
ABOUT = 150
"""Characters of what it is, one line on a small screen or two."""
COLUMNS = (
    *("id", "name", "kind", "goals", "about", "country", "town", "languages", "phone", "link"),
    *("cost", "papers", "address", "hours", "conditions", "checked", "source", "trades"),
)
NEEDED = ("id", "name", "kind", "goals", "about", "checked", "source")
_TO_REACH = ("phone", "link", "address")


class Kind(StrEnum):
    OFFICE = "office"
    COURSE = "course"
    ONLINE = "online"
    MENTOR = "mentor"
    JOBS = "jobs"
    PHONE = "phone"
    SITE = "site"


class Goal(StrEnum):
    ARRIVING = "arriving"
    RIGHTS = "rights"
    LANGUAGE = "language"
    WORK = "work"
    DIGITAL = "digital"
    STUDY = "study"
    HEALTH = "health"
    EMPLOYERS = "employers"


@dataclass(frozen=True, slots=True)
class Resource:
    """`country` is None for what is open from anywhere; `papers` says whether residence papers are
    asked for, None where nobody knows. `languages` are codes: in these somebody is helped.
    `trades` are sectors of the programme that it leads into."""

    id: str
    name: str
    kind: Kind
    goals: tuple[Goal, ...]
    about: Text
    checked: date
    source: str
    country: Text | None = None
    town: Text | None = None
    languages: tuple[str, ...] = ()
    phone: str = ""
    link: str = ""
    cost: Text | None = None
    papers: bool | None = None
    address: str = ""
    hours: Text | None = None
    conditions: Text | None = None
    trades: tuple[str, ...] = ()
    line: int = 0

    @property
    def free(self) -> bool:
        return self.cost is not None and self.cost.source.casefold() == "free"

    def old(self, today: date) -> bool:
        """Whether nobody looked for a year."""
        return today - self.checked > FRESH

    def texts(self) -> Iterator[Text]:
        """What is translated. Names and addresses are as they stand on the door."""
        parts = (self.about, self.country, self.town, self.cost, self.hours, self.conditions)
        return (part for part in parts if part)


def key(name: str) -> str:
    """What stands for a country or a town in a button: at most `KEY` bytes."""
    return ids.slug(name).encode()[:KEY].decode(errors="ignore").strip("-")


def trade_key(sector: str) -> str:
    """What stands for a trade in a button."""
    return sector.encode()[:TRADE].decode(errors="ignore")


def read_resources(
    root: Path, shipped: Path, name: str = NAME
) -> tuple[tuple[Resource, ...], tuple[Finding, ...]]:
    """The table in a folder of decks; the one that ships where it has none. A table with no line
    under its head is kept: then there are none."""
    own = root / name
    path = own if own.exists() else shipped / NAME
    report = Report(path.name)
    found = _table(path, report) if path.exists() else ()
    return found, tuple(report.findings)


def in_csv(resources: Iterable[Resource]) -> str:
    """The table as it is read, for a spreadsheet."""
    out = io.StringIO()
    rows = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    rows.writeheader()
    for one in resources:
        rows.writerow({column: _cell(getattr(one, column)) for column in COLUMNS})
    return out.getvalue()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Text():
            return value.source
        case tuple():
            return " ".join(map(str, value))
    return str(value)


def old_ones(resources: Iterable[Resource], today: date) -> tuple[Resource, ...]:
    """What nobody looked at for a year, the oldest first."""
    return tuple(sorted((r for r in resources if r.old(today)), key=lambda r: (r.checked, r.id)))


def _table(path: Path, report: Report) -> tuple[Resource, ...]:
    text = read_text(path, report)
    if text is None:
        return ()
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)  # as spreadsheets of different countries write it
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    columns = [name.strip().casefold() for name in next(rows, [])]
    if missing := [name for name in NEEDED if name not in columns]:
        report.broken(1, f"the first line has to name the columns; missing: {', '.join(missing)}")
        return ()
    for name in columns:
        if name and name not in COLUMNS:
            report.odd(1, f"the column `{brief(name)}` is not known{did_you_mean(name, COLUMNS)}")
    found: dict[str, Resource] = {}
    keys: dict[str, str] = {}
    try:
        for cells in rows:
            values = dict(zip(columns, (" ".join(cell.split()) for cell in cells), strict=False))
            if any(values.values()):
                one = _Row(values, rows.line_num, report).read()
                if one and _alone(one, found, keys, report):
                    found[one.id] = one
    except csv.Error as error:
        report.broken(rows.line_num, f"the table cannot be read from here on: {error}")
    return tuple(found.values())


def _alone(one: Resource, found: dict[str, Resource], keys: dict[str, str], report: Report) -> bool:
    """Whether its id is its own, and no two towns or countries have one key."""
    if one.id in found:
        report.odd(one.line, f"the id `{one.id}` stands twice; the first one counts")
        return False
    for name in (place.source for place in (one.country, one.town) if place):
        other = keys.setdefault(key(name), name)
        if other != name:
            report.odd(
                one.line, f"`{brief(name)}` and `{brief(other)}` are too alike: write one the same"
            )
    return True


class _Row:
    """One line of the table while it is read."""

    def __init__(self, values: dict[str, str], line: int, report: Report) -> None:
        self.values, self.line, self.report, self.usable = values, line, report, True

    def read(self) -> Resource | None:
        for name in NEEDED:
            if not self._of(name):
                self._wrong(f"`{name}` is empty")
        id, kind = self._of("id"), self._one_of("kind", Kind)
        if id and (ids.fault(id) or ids.size(id) > ID):
            self._wrong(f"the id `{brief(id)}`: letters, digits and hyphens, at most {ID}")
        goals = tuple(self._goals())
        about, checked = self._of("about"), self._day()
        if len(about) > ABOUT:
            self._wrong(f"`about` has {len(about)} characters, {ABOUT} are allowed", fatal=False)
        if not any(map(self._of, _TO_REACH)):
            self._wrong("write a phone, a link or an address")
        link, phone = self._of("link"), self._of("phone")
        if link and not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", link):
            self._wrong(f"`{brief(link)}` is no link: write it as https://example.org/page")
        if phone and not re.fullmatch(r"\+?[0-9][0-9 ()/.-]{1,24}", phone):
            self._wrong(f"`{brief(phone)}` is no phone number: write digits, as +351 218 106 191")
        languages = (
            tuple(re.split(r"[\s,;]+", self._of("languages"))) if self._of("languages") else ()
        )
        if odd := [each for each in languages if not re.fullmatch(r"[a-z]{2,3}", each)]:
            self._wrong(f"`{brief(odd[0])}` is no language: write codes, as pt en ar")
        trades = tuple(re.split(r"[\s,;]+", self._of("trades"))) if self._of("trades") else ()
        papers = self._papers()
        if not self.usable or kind is None or checked is None:
            return None
        return Resource(
            id=id,
            name=self._of("name"),
            kind=kind,
            goals=goals,
            about=Text(about, CONTEXT),
            checked=checked,
            source=self._of("source"),
            country=self._text("country"),
            town=self._text("town"),
            languages=languages,
            phone=phone,
            link=link,
            cost=self._text("cost"),
            papers=papers,
            address=self._of("address"),
            hours=self._text("hours"),
            conditions=self._text("conditions"),
            trades=trades,
            line=self.line,
        )

    def _of(self, name: str) -> str:
        return self.values.get(name, "")

    def _text(self, name: str) -> Text | None:
        return Text(self._of(name), CONTEXT) if self._of(name) else None

    def _wrong(self, message: str, fatal: bool = True) -> None:
        self.report.odd(self.line, message)
        self.usable = self.usable and not fatal

    def _one_of(self, name: str, choices: type[Kind]) -> Kind | None:
        value = self._of(name).casefold()
        if value in list(choices):
            return choices(value)
        if value:
            self._wrong(f"the {name} `{brief(value)}` is none of {', '.join(choices)}")
        return None

    def _goals(self) -> Iterator[Goal]:
        for value in re.split(r"[\s,;]+", self._of("goals").casefold()):
            if value in list(Goal):
                yield Goal(value)
            elif value:
                self._wrong(f"the goal `{brief(value)}` is none of {', '.join(Goal)}")

    def _papers(self) -> bool | None:
        value = self._of("papers").casefold()
        if value not in ("", "yes", "no"):
            self._wrong(f"`papers` is yes, no or empty, not `{brief(value)}`")
        return None if value not in ("yes", "no") else value == "yes"

    def _day(self) -> date | None:
        """`2026-11-27`, and as spreadsheets of Europe turn it: `27/11/2026`, `27.11.2026`."""
        text = self._of("checked")
        turned = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", text)
        try:
            if turned:
                return date(int(turned[3]), int(turned[2]), int(turned[1]))
            return date.fromisoformat(text)
        except ValueError:
            if text:
                self._wrong(f"`{brief(text)}` is no day: write it as 2026-11-27")
            return None


def check_resources(
    resources: Iterable[Resource], today: date, sectors: Container[str] | None = None
) -> Iterator[Finding]:
    """What lint says of a table that can be read: days to come, trades that are not among the
    programme's sectors where the table is its own, and what is old (a warning)."""
    resources = tuple(resources)
    for one in resources:
        for trade in one.trades:
            if sectors is not None and trade not in sectors:
                said = f"`{one.id}`: the trade `{brief(trade)}` is not in `sectors:`"
                yield Finding(NAME, one.line, said)
        if one.checked > today:
            yield Finding(NAME, one.line, f"`{one.id}` was checked on a day that is to come")
    if old := old_ones(resources, today):
        said = f"{len(old)} of {len(resources)} were not checked for a year: pasito resources --old"
        yield Finding(NAME, 1, said, fails=False)
