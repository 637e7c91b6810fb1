"""Cards that are more than an idea: to warm up, of somebody who managed, of the cover; what can be
played, and the words beside it."""

import shutil
from pathlib import Path

import pytest

from bot.commands.lint import check
from cards.lint_media import FEWEST
from cards.medium import Medium, MediumKind
from cards.model import Role
from cards.module_file import read_module
from cards.text import Text
from tests.support.beside import PRACTICE, read
from tests.support.own_decks import own_decks

TRAILER = """
# Yes or no? {.trailer}
![A young plant](🌱)

Here you find it out.

video: 12 MB https://example.org/my_first_day

transcript:

A hand waters a plant in a window.

A woman: It was small. I gave it time.
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
    said = ("A hand waters a plant in a window.", "A woman: It was small. I gave it time.")
    words = tuple(Text(each, "module") for each in said)
    film = Medium(MediumKind.VIDEO, "https://example.org/my_first_day", "12", words)
    assert module.trailer and module.trailer.medium == film
    for_translators = {module.trailer.title, *module.trailer.body, *words}
    assert for_translators <= {*module.texts()}
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
        ("first_day\n\n", "first_day\n", "in a paragraph of its own"),
        ("# The first morning", "# Once more {.trailer}\nA word.\n\n# The first", "one trailer"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, was: str, now: str, fault: str) -> None:
    assert was in TRAILER + WARM
    _module, faults = read(tmp_path, (TRAILER + WARM).replace(was, now, 1))
    assert any(fault in said for said in faults), faults


SAID = "A hand waters a plant in a window.\n\nA woman: It was small. I gave it time."
NO_WORDS, PLAYED = "has no transcript", "is to be played"


@pytest.mark.row("03")
@pytest.mark.parametrize(
    ("was", "now", "fault"),
    [
        ("\ntranscript:", "", NO_WORDS),
        (
            SAID,
            "",
            NO_WORDS,
        ),
        (
            SAID,
            "Film.",
            NO_WORDS,
        ),
        ("![A pan](🍳)", "video: 3 MB https://example.org/a", NO_WORDS),
        ("![A pan](🍳)", "audio: 0.5 MB https://example.org/a", NO_WORDS),
        ("![A pan](🍳)", "transcript: The cook: Good morning to all!", "belongs to a `video:`"),
        ("I gave it time.", "word " * 60, "a paragraph of the transcript has"),
        ("One is for bread.", "Hear https://example.org/a.mp3 first.", PLAYED),
        ("One is for bread.", "Look: https://example.org/a.webm?x=1", PLAYED),
        ("She knows.", "See https://www.youtube.com/watch?v=x now.", PLAYED),
        ("The long one", "youtu.be/abc", PLAYED),
        ("Look at one knife.", "Listen: https://open.spotify.com/episode/x", PLAYED),
        ("Say them aloud.", "Watch https://vimeo.com/1234.", PLAYED),
        ("![A pan](🍳)", "![](🍳)", "not everybody sees it"),
    ],
)
def test_lint_refuses_whatever_can_be_played_without_words_beside_it(
    tmp_path: Path, was: str, now: str, fault: str
) -> None:
    """Recordings: `test_recordings.py`."""
    whole = TRAILER + WARM + PRACTICE
    assert was in whole
    _module, faults = read(tmp_path, whole.replace(was, now, 1))
    assert [said for said in faults if fault in said], faults


@pytest.mark.row("03")
@pytest.mark.parametrize(
    "said",
    [
        "A hand waters a plant.",
        "https://example.org/youtube.html is a page about films.",
        "The ending .mp3 is a sound. Look at example.org/mp3",
    ],
)
def test_words_that_only_speak_of_films_are_well(tmp_path: Path, said: str) -> None:
    assert len(["A", "hand", "waters", "a", "plant."]) == FEWEST
    film = f"video: 3 MB https://example.org/a.mp4\n\ntranscript: {said}"
    _module, faults = read(tmp_path, WARM.replace("![A pan](🍳)", film))
    assert not faults


@pytest.mark.row("03")
def test_the_job_capsule_is_copied_listed_and_lint_finds_nothing(tmp_path: Path) -> None:
    """Interview and transcript, words, a task to say and one to write, ways to go on."""
    own = own_decks(tmp_path)
    copied = own.parent / "baker.md"
    shutil.copy(tmp_path / "template" / "job-capsule.md", copied)
    listed = tmp_path / "programme.yaml"
    named = listed.read_text("utf-8").replace("- cell-phone\n", "- cell-phone\n  - baker\n", 1)
    listed.write_text(named, "utf-8")
    assert not [str(found) for found in check(tmp_path) if "baker" in str(found)]
    module = read_module(copied)
    (heard,) = [card.medium for card in module.decks[0].cards if card.medium]
    assert heard.kind is MediumKind.AUDIO and len(heard.words) > 5
    assert len(module.glossary) >= 5 and module.further and module.practice
    tasks = [text.source for deck in module.decks for text in deck.cards[-1].body]
    assert "Say" in tasks[-1] and "Write" in module.practice.steps[-1].source
