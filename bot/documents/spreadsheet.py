"""A group's list for a spreadsheet, as CSV and XLSX. Pure."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import chain

from bot.conversation.screen import ratio
from bot.i18n.catalogues import Catalogues, is_rtl, without_bidi
from bot.model.group import Group, seen_as, visible_modules
from bot.model.group_progress import Need, Standing, by_need
from bot.model.learner import Learner, day_of
from bot.model.words import Words, _
from cards.model import Programme

_FORMULA = tuple("=+-@＝＋－＠")
"""What makes a spreadsheet take a text for a formula (OWASP, CSV injection); some take the wide
forms, too.
"""
_STARTS = re.compile(rf"(^|[,;\t\n])(\s*[{re.escape(''.join(_FORMULA))}])")
"""Where a cell begins, or would begin for a spreadsheet that cuts at another sign."""
SEPARATORS = {"en": ","}
"""Excel cuts at the list separator of its country: the comma only where English is spoken, the
semicolon where the comma is decimal.
"""
_FORBIDDEN = {code: None for code in range(32) if chr(code) not in "\t\n\r"} | {
    0xFFFE: None,
    0xFFFF: None,
}
"""Characters that XML cannot hold."""
WIDTHS = (24, 22, 22, 12, 46, 9, 26, 14, 36)

COLUMNS: tuple[Words, ...] = (
    _("Group"),
    _("My own name"),
    _("Nickname"),
    _("Joined"),
    _("Modules finished"),
    _("Decks"),
    _("Where they are now"),
    _("Last active week"),
    _("May need a call"),
)


JOINED = 3
"""The column that holds a date."""
_TOLD: dict[Need, Words] = {
    Need.ASKED: _("Waits for an answer"),
    Need.NEVER: _("Joined, never began"),
    Need.QUIET: _("No step for ten days or more"),
}


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One learner who shares. `label` is the counsellor's own name for them; modules are titles,
    `decks` and `now` count decks; `last_active_week` is an ISO week (2026-W09), `stuck` says why
    somebody may need a call, or nothing."""

    group: str
    label: str
    nickname: str
    joined: date
    modules_done: tuple[str, ...]
    decks: str
    now: str
    last_active_week: str
    stuck: str

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells from the first to the last column."""
        done = (self.joined.isoformat(), _list(self.modules_done), self.decks, self.now)
        cells = (self.group, self.label, self.nickname, *done, self.last_active_week, self.stuck)
        return tuple(without_bidi(cell).translate(_FORBIDDEN) for cell in cells)


def group_rows(
    group: Group,
    members: Iterable[Learner],
    programme: Programme,
    words: Catalogues,
    language: str,
    today: date,
    labels: Mapping[int, str],
) -> tuple[GroupRow, ...]:
    """What the group's counsellor may see of each member (product.md, Privacy 4 and 5), who may
    need a word first. `labels` are the counsellor's own names, by learner."""

    def say(text: Words) -> str:
        return words.say(text, language)

    def row(s: Standing) -> GroupRow:
        learner, membership = s.learner, s.learner.groups[group.id]
        modules = visible_modules(group, learner, programme)
        year, week, _day = day_of(learner.last_at).isocalendar()
        why = [_TOLD[need] for need in s.needs if need in _TOLD]
        why += (
            [_("Tried this deck twice without success: {deck}").of(deck=s.failed.title)]
            if s.failed
            else []
        )
        return GroupRow(
            group=group.title,
            label=labels.get(learner.id, ""),
            nickname=say(seen_as(membership)),
            joined=membership.joined,
            modules_done=tuple(say(m.title) for m in modules if learner.done(m.id)),
            decks=ratio(s.decks, s.all_decks),
            now=_list(
                [f"{say(hand.module.short)} {ratio(hand.done, hand.total)}" for hand in s.hands]
            ),
            last_active_week=f"{year}-W{week:02}",
            stuck=_list([say(reason) for reason in why]),
        )

    def name(member: Learner) -> str:
        return labels.get(member.id) or member.groups[group.id].nickname

    return tuple(map(row, by_need(group, tuple(members), programme, today, name)))


def group_csv(
    rows: Iterable[GroupRow], words: Catalogues, language: str, below: Sequence[Words] = ()
) -> bytes:
    """RFC 4180 in UTF-8, with a byte order mark so that spreadsheets know that, cut where Excel
    cuts for readers of this language. What could be a formula, also where a spreadsheet cuts
    elsewhere, begins with an apostrophe. `below` are sentences under the list."""
    said = ((words.say(line, language),) for line in below)
    return _csv(COLUMNS, chain((row.texts for row in rows), said), words, language)


def group_xlsx(
    rows: Sequence[GroupRow],
    words: Catalogues,
    language: str,
    *,
    title: str,
    made: date,
    below: Sequence[Words] = (),
) -> bytes:
    """One sheet with `title` over it on paper, from right to left where the language is; the same
    rows give the same bytes. `below` are sentences under the list.

    Every cell but the date is a text, so that nothing in it is calculated.
    """
    import xlsxwriter  # forty modules, which no start has to wait for

    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
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
            sheet.write_datetime(line, JOINED, datetime.combine(row.joined, time()), day)
        for line, said in enumerate(below, len(rows) + 2):
            sheet.write_string(line, 0, words.say(said, language))
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
    "cannot be read": _("their address cannot be read"),
}
"""Ours (`db.recipients`); anything else is the messenger's own word."""
FAILURES: tuple[Words, ...] = (_("Number"), _("Language"), _("What happened"), _("Reason"))


def failures_csv(rows: Iterable[tuple[str, str, str]], words: Catalogues, language: str) -> bytes:
    """Who did not get a broadcast: language, "failed" or "unknown", reason. Numbered, because
    nobody is named."""
    told = (
        (
            str(number),
            tongue,
            words.say(STATES[state], language),
            words.say(REASONS[why], language) if why in REASONS else why,
        )
        for number, (tongue, state, why) in enumerate(rows, 1)
    )
    return _csv(FAILURES, told, words, language)


def _csv(
    columns: Iterable[Words], rows: Iterable[Iterable[str]], words: Catalogues, language: str
) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=SEPARATORS.get(language, ";"), quoting=csv.QUOTE_ALL)
    writer.writerow(words.say(column, language) for column in columns)
    writer.writerows(map(harmless, row) for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _list(titles: Sequence[str]) -> str:
    return "; ".join(titles)


def harmless(text: str) -> str:
    """No spreadsheet takes it for a formula."""
    return _STARTS.sub(r"\1'\2", text)
