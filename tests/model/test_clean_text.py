"""What is cut stays readable: no sign is cut in two."""

import pytest

from bot.model.clean_text import whole

FAMILY, WAVE, FLAGS = "👩\u200d👧\u200d👦", "👋🏽", "🇵🇹🇫🇷"


@pytest.mark.parametrize(
    "text, most, kept",
    [
        ("abc", 2, "ab"),
        ("abc", 9, "abc"),
        ("ae\u0301b", 2, "a"),
        ("ae\u0301b", 3, "ae\u0301"),
        ("ሀ" + FAMILY, 4, "ሀ"),
        (f"{FAMILY}a", 5, FAMILY),
        (f"a{WAVE}", 2, "a"),
        (FLAGS, 3, FLAGS[:2]),
        (FLAGS, 2, FLAGS[:2]),
        ("a", 0, ""),
    ],
)
def test_no_sign_is_cut_in_two(text: str, most: int, kept: str) -> None:
    assert whole(text, most) == kept


def test_a_sign_that_is_longer_than_all_that_fits_is_cut() -> None:
    """So that whoever cuts a text into pieces comes to an end."""
    assert whole("e" + "\u0301" * 50, 10) == "e" + "\u0301" * 9
