"""What lies in `audio/` and can be played, and what is said of the rest."""

import shutil
from pathlib import Path

import pytest

from cards.reader import read_programme
from cards.recording import NotOpus, Recording, opus_length
from tests.support.recordings import opus, write
from tests.support.world import SMALL

DECK = "computer/meet-the-computer"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "decks"))


def heard(folder: Path) -> dict[str, Recording]:
    return dict(read_programme(folder).programme.audio)


def told(folder: Path) -> list[str]:
    return [str(f) for f in read_programme(folder).findings if f.path.startswith("audio")]


def test_cards_and_whole_decks_per_language(folder: Path) -> None:
    write(folder, f"en/{DECK}/a-machine", opus(7.2, kilobytes=18))
    write(folder, f"fr/{DECK}", opus(95, kilobytes=320))
    found = heard(folder)
    assert set(found) == {f"en/{DECK}/a-machine", f"fr/{DECK}"} and told(folder) == []
    card = found[f"en/{DECK}/a-machine"]
    assert (card.seconds, card.kilobytes, card.computer) == (8, 18, False)


def test_a_persons_voice_goes_before_a_computers(folder: Path) -> None:
    write(folder, f"en/{DECK}/power.computer", opus(3))
    assert heard(folder)[f"en/{DECK}/power"].computer
    before = heard(folder)[f"en/{DECK}/power"].mark
    write(folder, f"en/{DECK}/power", opus(4))
    now = heard(folder)[f"en/{DECK}/power"]
    assert not now.computer and now.mark != before


@pytest.mark.row("03")
@pytest.mark.parametrize(
    ("key", "content", "why"),
    [
        (f"en/{DECK}/nobody", opus(3), "has no text"),
        (f"en/{DECK}/which-part-shows-the-text", opus(3), "has no text"),
        ("en/nothing/deck", opus(3), "has no text"),
        ("en", opus(3), "has no text"),
        (f"en/{DECK}/a-machine", b"ID3 an MP3", "no Ogg file"),
        (f"en/{DECK}/a-machine", opus(3, channels=2), "make it mono"),
        (f"en/{DECK}/a-machine", opus(61), "61 seconds, 60 are allowed"),
        (f"en/{DECK}/a-machine", opus(30, kilobytes=260), "260 KB, 250 are allowed"),
        (f"en/{DECK}", opus(300, kilobytes=410), "410 KB, 400 are allowed"),
        (f"en/{DECK}/a-machine", opus(0), "nothing is in it"),
    ],
)
def test_what_cannot_be_heard_is_a_finding_and_left_out(
    folder: Path, key: str, content: bytes, why: str
) -> None:
    write(folder, key, content)
    (finding,) = told(folder)
    assert why in finding and finding.startswith(f"audio/{key}.ogg:1:")
    assert heard(folder) == {}


def test_another_kind_of_file_is_named(folder: Path) -> None:
    write(folder, f"en/{DECK}/a-machine", opus(3)).rename(folder / "audio" / "en" / "card.mp3")
    (finding,) = told(folder)
    assert "ends in .ogg" in finding


@pytest.mark.parametrize("length", [0, 4, 27, 28, 40, 100])
def test_half_a_file_is_none(length: int) -> None:
    content = opus(3)[:length]
    with pytest.raises(NotOpus):
        opus_length(content, content)
