"""The table of who helps: what is read, what is refused, what is old; and there and back."""

from datetime import date
from pathlib import Path

import pytest

from cards.model import Programme
from cards.reader import SHIPPED
from cards.resources import (
    NAME,
    Kind,
    Resource,
    check_resources,
    in_csv,
    key,
    old_ones,
    read_resources,
)

HEAD = "id,name,kind,goals,about,country,town,languages,phone,link,cost,papers,checked,source\n"
LINE = "desk,The Desk,office,work rights,They help.,Spain,Vigo,es ar,+34 900 100,,Free,no,{},seen\n"
TODAY = date(2026, 11, 27)


def _read(folder: Path, text: str) -> tuple[tuple[Resource, ...], str]:
    (folder / NAME).write_text(text, encoding="utf-8")
    resources, findings = read_resources(folder, SHIPPED)
    return resources, "\n".join(map(str, findings))


def test_a_line_is_read_with_all_that_it_says(tmp_path: Path) -> None:
    (one,), told = _read(tmp_path, HEAD + LINE.format("2026-11-01"))
    assert not told
    assert (one.kind, one.languages, one.free, one.papers) == (
        Kind.OFFICE,
        ("es", "ar"),
        True,
        False,
    )
    assert one.country and one.country.source == "Spain" and one.checked == date(2026, 11, 1)


@pytest.mark.parametrize("sign", [";", "\t"])
@pytest.mark.parametrize("day", ["2026-11-01", "01/11/2026", "1.11.2026"])
def test_a_table_from_any_spreadsheet_is_the_same(tmp_path: Path, sign: str, day: str) -> None:
    text = "\ufeff" + (HEAD + LINE.format(day)).replace(",", sign).replace("\n", "\r\n")
    (one,), told = _read(tmp_path, text)
    assert not told and one.checked == date(2026, 11, 1) and one.goals == ("work", "rights")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("office", "bureau", "the kind `bureau` is none of office"),
        ("work rights", "work joy", "the goal `joy` is none of arriving"),
        ("+34 900 100", "call Ana", "is no phone number"),
        ("+34 900 100,", ",javascript:x", "is no link"),
        ("es ar", "Spanish", "is no language"),
        ("no,2", "perhaps,2", "`papers` is yes, no or empty"),
        ("2026-11-01", "soon", "`soon` is no day"),
        ("+34 900 100", "", "write a phone, a link or an address"),
        ("They help.", "", "`about` is empty"),
        (",seen", ",", "`source` is empty"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_the_others_stay(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    good = LINE.format("2026-11-01")
    bad = good.replace("desk,The Desk", "other,Other").replace(before, after, 1)
    resources, told = _read(tmp_path, HEAD + bad + good)
    assert [one.id for one in resources] == ["desk"]
    assert told.startswith(f"{NAME}:2: ") and said in told


def test_two_with_one_id_or_towns_that_are_too_alike(tmp_path: Path) -> None:
    line = LINE.format("2026-11-01")
    third = line.replace("desk", "third").replace("Vigo", "VIGO")
    resources, told = _read(tmp_path, HEAD + line + line + third)
    assert len(resources) == 2
    assert "stands twice" in told and "`VIGO` and `Vigo` are too alike" in told


@pytest.mark.parametrize("text", ["", "name\nx\n", '"\n', "id,name\n" + "x" * 200_001, "\0\0\0\0"])
def test_a_table_that_is_none_leaves_nothing_and_says_so(tmp_path: Path, text: str) -> None:
    resources, told = _read(tmp_path, text)
    assert not resources and told.startswith(f"{NAME}:")


def test_a_head_alone_hides_the_cards_that_ship(tmp_path: Path) -> None:
    assert _read(tmp_path, HEAD) == ((), "")
    (tmp_path / NAME).unlink()
    assert len(read_resources(tmp_path, SHIPPED)[0]) >= 40


def test_out_and_in_again_is_the_same(shipped: Programme, tmp_path: Path) -> None:
    resources, told = _read(tmp_path, in_csv(shipped.resources))
    assert not told and resources == shipped.resources


def test_what_nobody_looked_at_for_a_year_is_told_and_days_to_come_are_refused(
    tmp_path: Path,
) -> None:
    days = ("2025-11-26", "2025-11-27", "2026-11-28")
    lines = (LINE.format(day).replace("desk", f"d{n}") for n, day in enumerate(days))
    resources, _told = _read(tmp_path, HEAD + "".join(lines))
    assert [one.id for one in old_ones(resources, TODAY)] == ["d0"]
    found = list(check_resources(resources, TODAY))
    assert [finding.fails for finding in found] == [True, False]


def test_a_trade_is_one_of_the_sectors_where_the_table_is_ones_own(tmp_path: Path) -> None:
    head, line = HEAD.replace("\n", ",trades\n"), LINE.format("2026-11-26").replace("\n", ",x y\n")
    resources, told = _read(tmp_path, head + line)
    assert not told and resources[0].trades == ("x", "y")
    (finding,) = check_resources(resources, TODAY, {"x"})
    assert finding.fails and "the trade `y` is not in `sectors:`" in finding.message
    assert not list(check_resources(resources, TODAY)), "the table that ships, with other decks"


def test_a_key_fits_a_button_in_any_script() -> None:
    for name in ("Portugal", "Île-de-France", "بلجيكا والجوار كله", "東京都" * 9):
        assert 0 < len(key(name).encode()) <= 12 and ":" not in key(name) and "." not in key(name)


def test_the_nine_practices_of_the_conclusions_have_cards(shipped: Programme) -> None:
    """Seed R1 to R9: each with its country, a way to reach it and a day."""
    cards = {one.id: one for one in shipped.resources}
    nine = ("jrs", "nova", "cnaim", "claim", "charter", "porta-aberta")
    for id in (*nine, "acm-translation", "pla", "qualifica"):
        one = cards[id]
        assert one.country and one.languages and (one.phone or one.link) and one.source, id
    others = ("moocs4inclusion", "forem", "indeed", "speak", "konexio", "kiron", "duo", "hope")
    assert cards.keys() >= {*others, "elearning-be", "esolidar", "pem", "eu-skills"}
    assert "27 euros" in str(cards["elearning-be"].cost)
