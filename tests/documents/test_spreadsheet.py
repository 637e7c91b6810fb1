"""A group's list for spreadsheets: what is in it, what is not, and that nothing in it is ever
calculated.
"""

import csv
import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.spreadsheet import GroupRow, group_csv, group_rows, group_xlsx
from bot.i18n.catalogues import Catalogues
from bot.model.group import Group
from bot.model.learner import Learner, Membership, ModuleProgress
from cards.model import Programme

MADE = date(2026, 3, 9)
AMINA = GroupRow(
    group="Tuesday",
    label="Samir",
    nickname="Amina 🌻",
    joined=date(2026, 2, 3),
    modules_done=("The computer", "The phone"),
    decks="5/6",
    now="The map 1/2",
    last_active_week="2026-W10",
    stuck="",
)
HEADER = [
    *(
        "Group",
        "My own name",
        "Nickname",
        "Joined",
        "Modules finished",
        "Decks",
        "Where they are now",
        "Last active week",
    ),
    "May need a call",
]
CELLS = [
    "Tuesday",
    "Samir",
    "Amina 🌻",
    "2026-02-03",
    "The computer; The phone",
    "5/6",
    "The map 1/2",
    "2026-W10",
    "",
]


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_xlsx(data: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data)).active


def test_csv(words: Catalogues) -> None:
    data = group_csv([AMINA], words, "en")
    assert data.startswith(b"\xef\xbb\xbf")
    assert read_csv(data) == [HEADER, CELLS]


@pytest.mark.parametrize("language", ["fr", "ar", "pt", "tr"])
def test_excel_of_the_reader_s_country_finds_the_columns(language: str, words: Catalogues) -> None:
    text = group_csv([AMINA], words, language).decode("utf-8-sig")
    _header, row = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert row == CELLS, "the comma is decimal there, and a list is cut at the semicolon"


@pytest.mark.parametrize(
    "nickname", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "\n=1", '=cmd|"/c calc"!A1']
)
def test_no_cell_of_a_csv_is_a_formula(nickname: str, words: Catalogues) -> None:
    _header, row = read_csv(
        group_csv([replace(AMINA, nickname=nickname, stuck=nickname)], words, "en")
    )
    assert row[2] == row[8] == f"'{nickname}"


@given(st.text())
def test_any_text_comes_back_from_a_csv_and_is_no_formula(words: Catalogues, text: str) -> None:
    _header, row = read_csv(group_csv([replace(AMINA, nickname=text)], words, "en"))
    assert not row[2].lstrip().startswith(("=", "+", "-", "@"))


def test_xlsx(words: Catalogues) -> None:
    sheet = read_xlsx(
        group_xlsx(
            [AMINA, replace(AMINA, nickname="=1+1")], words, "en", title="Tuesday & Co", made=MADE
        )
    )
    header, amina, formula = ([cell.value for cell in row] for row in sheet.iter_rows())
    assert header == HEADER
    assert [amina[2], amina[3].date(), amina[4]] == [
        "Amina 🌻",
        date(2026, 2, 3),
        "The computer; The phone",
    ]
    assert formula[2] == "=1+1" and sheet["C3"].data_type == "s"
    assert not sheet.sheet_view.rightToLeft
    assert sheet.oddHeader.center.text == "Tuesday && Co"


def test_in_arabic_the_sheet_runs_from_right_to_left(words: Catalogues) -> None:
    sheet = read_xlsx(group_xlsx([AMINA], words, "ar", title="المجموعة", made=MADE))
    assert sheet.sheet_view.rightToLeft
    assert sheet["C1"].value == "الاسم المستعار"


def test_the_same_rows_give_the_same_bytes(words: Catalogues) -> None:
    first, second = (group_xlsx([AMINA], words, "fr", title="Mardi", made=MADE) for _ in range(2))
    assert first == second


def test_what_a_spreadsheet_cannot_hold_is_left_out(words: Catalogues) -> None:
    odd = replace(AMINA, nickname="A\x00mi\x0bna\u202e\ufffe")
    title = "[a]:*?/\\" + "x" * 300
    assert read_xlsx(group_xlsx([odd], words, "en", title=title, made=MADE))["C2"].value == "Amina"


def test_an_empty_group_has_a_header(words: Catalogues) -> None:
    assert read_csv(group_csv([], words, "en")) == [HEADER]
    assert read_xlsx(group_xlsx([], words, "en", title="", made=MADE)).max_row == 1


GROUP = Group(7, 1, "token", "Tuesday", "AMSED", "Nadia", "en")


def member(id: int, last: date, *, done: bool = False, nickname: str = "") -> Learner:
    membership = Membership("Tuesday", "AMSED", "Nadia", date(2026, 2, 3), id, nickname)
    progress = ModuleProgress(date(2026, 2, 3), last, done=last if done else None)
    seconds = (last - date(1970, 1, 1)).days * 86400 + 3600
    return Learner(id, modules={"computer": progress}, groups={7: membership}, last_at=seconds)


def test_rows_say_who_may_need_a_call_first(programme: Programme, words: Catalogues) -> None:
    deck = programme.modules["computer"].decks[0]
    quiet = member(2, date(2026, 2, 20))
    failed = replace(
        member(3, date(2026, 3, 8), nickname="Yusuf"), failed={f"computer/{deck.id}": 2}
    )
    rows = group_rows(
        GROUP,
        [member(1, date(2026, 3, 8), done=True), quiet, failed],
        programme,
        words,
        "en",
        MADE,
        {},
    )
    title = programme.modules["computer"].title.source
    assert [(row.nickname, row.last_active_week) for row in rows] == [
        ("Yusuf", "2026-W10"),
        ("Learner 2", "2026-W08"),
        ("Learner 1", "2026-W10"),
    ]
    assert rows[1].stuck == "No step for ten days or more"
    assert rows[0].stuck == f"Tried this deck twice without success: {deck.title.source}"
    assert rows[0].modules_done == ()
    assert rows[2].modules_done == (title,) and rows[2].stuck == ""


def test_what_a_counsellor_sees_of_decks(programme: Programme, words: Catalogues) -> None:
    computer = programme.modules["computer"]
    begun = member(1, MADE)
    through = replace(begun.modules["computer"], decks={computer.decks[0].id: {}})
    learner = replace(begun, modules={"computer": through})
    (row,) = group_rows(GROUP, [learner], programme, words, "en", MADE, {1: "Samir"})
    all_decks = sum(len(m.decks) for m in programme.modules.values())
    assert (row.label, row.decks) == ("Samir", f"1/{all_decks}")
    assert row.now == f"{computer.short.source} 1/{len(computer.decks)}"


def test_who_joined_and_never_began_is_named_after_three_days(
    programme: Programme, words: Catalogues
) -> None:
    def told(days: int) -> str:
        (row,) = group_rows(
            GROUP,
            [replace(member(1, MADE), modules={})],
            programme,
            words,
            "en",
            date(2026, 2, 3 + days),
            {},
        )
        return row.stuck

    assert (told(2), told(3)) == ("", "Joined, never began")


def test_a_sensitive_module_stands_in_no_row_without_a_yes(
    programme: Programme, words: Catalogues
) -> None:
    hidden = replace(programme.modules["computer"], sensitive=True)
    sensitive = replace(programme, modules={**programme.modules, "computer": hidden})
    learner = member(1, MADE, done=True)
    (row,) = group_rows(GROUP, [learner], sensitive, words, "en", MADE, {})
    assert row.modules_done == ()
    agreed = replace(learner, groups={7: replace(learner.groups[7], sensitive=True)})
    (row,) = group_rows(GROUP, [agreed], sensitive, words, "en", MADE, {})
    assert row.modules_done == (hidden.title.source,)


def test_who_left_the_group_is_not_in_the_list(programme: Programme, words: Catalogues) -> None:
    assert (
        group_rows(GROUP, [replace(member(1, MADE), groups={})], programme, words, "en", MADE, {})
        == ()
    )


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_wherever_a_spreadsheet_cuts_nothing_is_a_formula(
    separator: str, words: Catalogues
) -> None:
    """Excel cuts at ; in many countries: a nickname must not come out in two cells."""
    data = group_csv([replace(AMINA, nickname="x;=cmd|' /C calc'!A0;y\t=1+1")], words, "en").decode(
        "utf-8-sig"
    )
    cells = [
        cell
        for row in csv.reader(io.StringIO(data, newline=""), delimiter=separator)
        for cell in row
    ]
    assert not any(cell.lstrip().startswith(("=", "+", "@")) for cell in cells)
