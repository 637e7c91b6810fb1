"""What is copied from a page is not divided, and its parts stay in their order."""

import pytest
from markupsafe import Markup, escape

from bot.web.unbroken import unbroken


@pytest.mark.parametrize(
    "whole",
    ["aya-ngo.org", "+351 218 106 191", "+90 312 000 00 00", "14-16"],
)
@pytest.mark.parametrize("line", ["{}", "مشروع {}.", "See {}, please", "({})"])
def test_it_stays_whole_and_runs_from_the_left(whole: str, line: str) -> None:
    kept = f'<bdi dir="ltr" class="whole">{whole}</bdi>'
    assert unbroken(escape(line.format(whole))) == line.format(kept)


@pytest.mark.parametrize(
    "number, room",
    [("2020-1-FR01-KA204-080342", ' class="wide"'), ("2020-1-FR01-KA204-080342-0001", "")],
)
def test_what_has_no_room_on_a_small_line_keeps_its_order(number: str, room: str) -> None:
    line = "المشروع {}."
    kept = f'<bdi dir="ltr"{room}>{number}</bdi>'
    assert unbroken(escape(line.format(number))) == line.format(kept)


@pytest.mark.parametrize(
    "text",
    [
        "well-known",
        "famillesdumonde.eu",
        "https://a-b.org/c-1",
        "a-b.org/c",
        "me@a-b.org",
        "1.5",
        "8.–9.",
        "Teleworking/working",
        "I & you < 3-",
        "+1",
        "آب-2",
    ],
)
def test_the_rest_is_as_it_was(text: str) -> None:
    assert unbroken(escape(text)) == escape(text)


def test_what_is_escaped_stays_escaped() -> None:
    assert unbroken(escape("<b-2>")) == Markup('&lt;<bdi dir="ltr" class="whole">b-2</bdi>&gt;')
