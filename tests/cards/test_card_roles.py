"""Cards that are more than an idea: to warm up, of somebody who managed, of the cover; a video."""

from pathlib import Path

import pytest

from cards.model import Role
from cards.video import Video
from tests.support.beside import read

TRAILER = """
# Yes or no? {.trailer}
![A young plant](🌱)

Here you find it out.

video: 12 MB https://example.org/my_first_day
"""
WARM = """
# The first morning
## Six o'clock {.warmup}
A kitchen wakes.

![A pan](🍳)

## Two knives
One is for bread.

## Samir stays {.story}
He asked, and then he knew.

### Which knife cuts bread best, if both lie there?
- [x] The long one
- [ ] The short one
> It has teeth.

### Who is asked first in this kitchen?
- [x] The cook
- [ ] The guest
> She knows.

### A knife is washed by hand.
- [x] True
- [ ] False
> It stays sharp.

## Keep {.memo}
Long is for bread.

## Today {.task}
Look at one knife.
"""


@pytest.mark.row("10", "28")
def test_warm_up_story_and_trailer_are_read_and_pass_lint(tmp_path: Path) -> None:
    module, faults = read(tmp_path, TRAILER + WARM)
    assert module and not faults
    deck = module.decks[-1]
    assert [card.role for card in deck.cards][:3] == [Role.WARMUP, Role.IDEA, Role.STORY]
    assert module.trailer and module.trailer.video == Video(
        "https://example.org/my_first_day", "12"
    )
    assert {module.trailer.title, *module.trailer.body} <= {*module.texts()}, "for translators"
    assert any(picture.symbol == "🌱" for picture, _line in module.pictures())


@pytest.mark.row("10")
@pytest.mark.parametrize(
    ("was", "now", "fault"),
    [
        ("![A pan](🍳)", "", "has a picture, or a video"),
        ("![A pan](🍳)", "video: https://example.org/a", "with its size"),
        ("![A pan](🍳)", "video: 12 MB http://example.org/a", "with its size"),
        ("## Two knives\n", "## Two knives {.warmup}\n", "the first of its deck"),
        ("A kitchen wakes.", "word " * 51, "50 are allowed"),
        ("Here you find it out.", "word " * 51, "50 are allowed"),
        ("video: 12", "video: 1 MB https://a.org\n\nvideo: 12", "one video"),
        ("# The first morning", "# Once more {.trailer}\nA word.\n\n# The first", "one trailer"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, was: str, now: str, fault: str) -> None:
    assert was in TRAILER + WARM
    _module, faults = read(tmp_path, (TRAILER + WARM).replace(was, now, 1))
    assert any(fault in said for said in faults), faults
