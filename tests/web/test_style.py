"""Colours that an author names are made readable, whatever they are."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.web.style import (
    CONTRAST,
    DARK_INK,
    DARK_PAPER,
    WHITE,
    Colour,
    Style,
    by_day,
    by_night,
    contrast,
)
from cards.model import Programme

ANY = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


def test_contrast_is_as_in_the_specification() -> None:
    assert contrast((0, 0, 0), WHITE) == 21 and contrast(WHITE, WHITE) == 1
    assert round(contrast((0x77, 0x77, 0x77), WHITE), 2) == 4.48


@given(ANY)
def test_any_colour_can_be_read_by_day_and_in_the_dark(colour: str) -> None:
    day, night = by_day(colour), by_night(colour)
    for one, others in (
        (day.colour, (WHITE, day.tint)),
        (night.colour, (DARK_PAPER, DARK_INK, night.tint)),
    ):
        assert all(contrast(one, other) >= CONTRAST for other in others)


def test_words_stand_out_wherever_they_stand(programme: Programme) -> None:
    """The pairs of ink and ground that the stylesheet uses, in both kinds of light."""
    sheet = Style.of(programme).content.decode()
    day = _named(sheet[sheet.index("html{") :])
    night = day | _named(sheet[sheet.index("dark){html{") + 6 :])
    for light in (day, night):
        for ink, ground in (
            *(("ink", g) for g in ("ground", "paper", "tint", "yes-tint", "later-tint")),
            *(("mute", g) for g in ("ground", "paper")),
            *(("on", g) for g in ("c", "yes", "later")),
            *(("c", g) for g in ("paper", "tint")),
            ("yes", "yes-tint"),
            ("later", "later-tint"),
        ):
            assert contrast(light[ink], light[ground]) >= CONTRAST, (ink, ground)
        for edge in ("edge", "focus"):
            assert contrast(light[edge], light["paper"]) >= 3, edge


def test_the_address_changes_with_the_colours(programme: Programme) -> None:
    assert Style().url != Style.of(programme).url == Style.of(programme).url


def _named(rules: str) -> dict[str, Colour]:
    """The named colours of the first rule."""
    found = re.findall(r"--([a-z-]+):#([0-9a-f]{3,6})", rules[: rules.index("}")])
    long = ((name, c if len(c) == 6 else "".join(2 * part for part in c)) for name, c in found)
    return {name: (int(c[:2], 16), int(c[2:4], 16), int(c[4:], 16)) for name, c in long}
