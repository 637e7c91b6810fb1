"""A group's list for a spreadsheet, as CSV and XLSX. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import xlsxwriter

from bot.flows.enrol import seen_as
from bot.group import Group, visible_modules
from bot.i18n import Catalogues, is_rtl, without_bidi
from bot.learner import Learner, day_of
from bot.screen import Words, _
from bot.standing import Standing, by_need
from cards.model import Programme

_FORMULA = tuple("=+-@＝＋－＠")
"""What makes a spreadsheet take a text for a formula (OWASP, CSV injection); some take the wide forms, too."""
_FORBIDDEN = {code: None for code in range(32) if chr(code) not in "\t\n\r"} | {0xFFFE: None, 0xFFFF: None}
"""Characters that XML cannot hold."""
WIDTHS = (22, 12, 46, 14, 36)

COLUMNS: tuple[Words, ...] = (
    _("Nickname"),
    _("Joined"),
    _("Modules finished"),
    _("Last active week"),
    _("May need a call"),
)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One learner who shares. Modules are titles; `last_active_week` is an ISO week (2026-W09), `stuck` says why somebody may
    need a call, or nothing."""

    nickname: str
    joined: date
    modules_done: tuple[str, ...]
    last_active_week: str
    stuck: str

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells from the first to the last column."""
        joined = self.joined.isoformat()
        cells = (self.nickname, joined, _list(self.modules_done), self.last_active_week, self.stuck)
        return tuple(without_bidi(cell).translate(_FORBIDDEN) for cell in cells)


def group_rows(
    group: Group, members: Iterable[Learner], programme: Programme, words: Catalogues, language: str, today: date
) -> tuple[GroupRow, ...]:
    """What the group's counsellor may see of each member (product.md, Privacy 4 and 5), who may need a call first."""

    def say(text: Words) -> str:
        return words.say(text, language)

    def row(s: Standing) -> GroupRow:
        learner, membership = s.learner, s.learner.groups[group.id]
        modules = visible_modules(group, learner, programme)
        year, week, _day = day_of(learner.last_at).isocalendar()
        why = ([_("No step for ten days or more")] if s.quiet else []) + (
            [_("Tried this deck twice without success: {deck}").of(deck=s.failed.title)] if s.failed else []
        )
        return GroupRow(
            nickname=say(seen_as(membership)),
            joined=membership.joined,
            modules_done=tuple(say(m.title) for m in modules if learner.done(m.id)),
            last_active_week=f"{year}-W{week:02}",
            stuck=_list([say(reason) for reason in why]),
        )

    return tuple(map(row, by_need(group, tuple(members), programme, today)))


def group_csv(rows: Iterable[GroupRow], words: Catalogues, language: str) -> bytes:
    """RFC 4180 in UTF-8, with a byte order mark so that spreadsheets know that. A cell that could be a formula begins with
    an apostrophe."""
    return _csv(COLUMNS, (row.texts for row in rows), words, language)


def group_xlsx(rows: Sequence[GroupRow], words: Catalogues, language: str, *, title: str, made: date) -> bytes:
    """One sheet with `title` over it on paper, from right to left where the language is; the same rows give the same bytes.

    Every cell but the date is a text, so that nothing in it is calculated.
    """
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    title = without_bidi(title).translate(_FORBIDDEN)
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": title, "created": datetime.combine(made, time(), UTC)})
        sheet = book.add_worksheet("Pasito")
        if is_rtl(language):
            sheet.right_to_left()
        top = {"text_wrap": True, "valign": "top"}
        cell, day = book.add_format(top), book.add_format({**top, "num_format": "yyyy-mm-dd"})
        heading = book.add_format({**top, "bold": True, "bottom": 1})
        for place, (column, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, words.say(column, language), heading)
        for line, row in enumerate(rows, 1):
            for place, text in enumerate(row.texts):
                sheet.write_string(line, place, text, cell)
            sheet.write_datetime(line, 1, datetime.combine(row.joined, time()), day)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
        if title:
            sheet.set_header("&C" + title[:100].replace("&", "&&"))
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return file.getvalue()


STATES: dict[str, Words] = {"failed": _("failed"), "unknown": _("unknown, may have arrived")}
REASONS: dict[str, Words] = {
    "blocked": _("blocked the bot"),
    "worker died": _("a machine failed"),
    "given up": _("tried several times"),
}
"""Ours (`db.broadcasts`); anything else is the messenger's own word."""
FAILURES: tuple[Words, ...] = (_("Number"), _("Language"), _("What happened"), _("Reason"))


def failures_csv(rows: Iterable[tuple[str, str, str]], words: Catalogues, language: str) -> bytes:
    """Who did not get a broadcast: language, "failed" or "unknown", reason. Numbered, because nobody is named."""
    told = (
        (str(number), tongue, words.say(STATES[state], language), words.say(REASONS[why], language) if why in REASONS else why)
        for number, (tongue, state, why) in enumerate(rows, 1)
    )
    return _csv(FAILURES, told, words, language)


def _csv(columns: Iterable[Words], rows: Iterable[Iterable[str]], words: Catalogues, language: str) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)  # Excel of some countries cuts at ; where nothing is quoted
    writer.writerow(words.say(column, language) for column in columns)
    writer.writerows(map(_harmless, row) for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _list(titles: Sequence[str]) -> str:
    return "; ".join(titles)


def _harmless(text: str) -> str:
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
