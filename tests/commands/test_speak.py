"""`pasito speak`, with a voice and an encoder that are small programs of the test's own."""

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import click
import pytest

from bot.assembly import programme_of
from bot.commands.lint import check
from bot.commands.speak import speak
from bot.settings import Settings
from tests.support.own_decks import own_decks
from tests.support.recordings import opus, write
from tests.support.world import TESTS

VOICE = "import sys; sys.stdout.write(sys.argv[1] + ':' + sys.stdin.read())"
"""Says the language and the text back, as if that were a sound."""
ENCODER = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.support.recordings import opus
said = sys.stdin.read()
with Path({heard!r}).open("a") as log:
    log.write(said.replace("\\n", " ") + "\\n")
sys.stdout.buffer.write(opus(len(said) / 15))
"""
DECK = "cell-phone/calls-and-messages"


class Voice:
    def __init__(self, folder: Path) -> None:
        (folder / "decks").mkdir()
        self.module = own_decks(folder / "decks")
        self.log = folder / "heard"
        root = str(Path(__file__).parents[2])
        for name, code in (
            ("voice", VOICE),
            ("encoder", ENCODER.format(root=root, heard=str(self.log))),
        ):
            (folder / f"{name}.py").write_text(code)
        self.settings = Settings(
            data_dir=folder / "data",
            cards_dir=folder / "decks",
            voice_command=f"{sys.executable} {folder}/voice.py {{language}}",
            voice_encoder=f"{sys.executable} {folder}/encoder.py",
        )

    def heard(self) -> list[str]:
        """What was read since the last time."""
        said = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.write_text("")
        return said


@pytest.fixture
def voice(tmp_path: Path) -> Voice:
    return Voice(tmp_path)


def test_each_card_and_deck_is_read_once_in_its_language(voice: Voice) -> None:
    *_, last = speak(voice.settings, ["en"])
    said = voice.heard()
    assert "audio" in last and all(line.startswith("en:") for line in said)
    assert any("Answer a work call. Go to a quiet place." in line for line in said)
    assert not any("**" in line for line in said)
    programme, _words = programme_of(voice.settings)
    module = programme.modules["cell-phone"]
    keys = {f"en/cell-phone/{deck.id}/{card.id}" for deck in module.decks for card in deck.cards}
    keys |= {f"en/cell-phone/{deck.id}" for deck in module.decks}
    assert set(programme.audio) == keys and len(said) == len(keys)
    assert all(recording.computer for recording in programme.audio.values())
    list(speak(voice.settings, ["en"]))
    assert voice.heard() == [], "nothing is made twice"
    text = voice.module.read_text("utf-8")
    voice.module.write_text(text.replace("Listen to the end.", "Listen to all.", 1), "utf-8")
    list(speak(voice.settings, ["en"]))
    assert len(voice.heard()) == 2, "the card that changed, and its deck"


def test_a_module_in_arabic_is_read_by_an_arabic_voice(voice: Voice, tmp_path: Path) -> None:
    """Also where nobody is offered its language: whoever reads it hears it."""
    for tag in ("ar", "ur"):
        folder = Path(shutil.copytree(TESTS / "data" / "arabic", tmp_path / tag))
        file = folder / "work" / "first-day.md"
        file.write_text(file.read_text("utf-8").replace("source: ar", f"source: {tag}"), "utf-8")
        told = list(speak(replace(voice.settings, cards_dir=folder)))
        assert told[0] == f"first-day, {tag}: 16 recording(s)"
        assert all(line.startswith(f"{tag}:") for line in voice.heard())
        assert not [found for found in check(folder) if "no text" in found.message]


def test_what_a_person_recorded_stays(voice: Voice) -> None:
    programme, _words = programme_of(voice.settings)
    deck = programme.modules["cell-phone"].decks[0]
    key = f"en/cell-phone/{deck.id}/{deck.cards[0].id}"
    assert voice.settings.cards_dir
    write(voice.settings.cards_dir, key, opus(9))
    list(speak(voice.settings, ["en"]))
    programme, _words = programme_of(voice.settings)
    assert not programme.audio[key].computer and programme.audio[key].seconds == 9


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"voice_command": ""}, "PASITO_VOICE_COMMAND is not set"),
        ({"voice_command": "no-such-voice"}, "`no-such-voice` cannot be used"),
        ({"voice_command": "false"}, "`false` failed at en/cell-phone/"),
        ({"voice_encoder": "cat"}, "wrote no Opus in mono"),
    ],
)
def test_what_is_missing_is_one_sentence(voice: Voice, change: dict[str, str], why: str) -> None:
    given = {**vars(voice.settings), **change}
    with pytest.raises(click.ClickException, match=why):
        list(speak(Settings(**given), ["en"]))


def test_no_encoder_says_what_to_install(voice: Voice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    given = {**vars(voice.settings), "voice_encoder": ""}
    with pytest.raises(click.ClickException, match="install opusenc"):
        list(speak(Settings(**given), ["en"]))


def test_unknown_names_are_told(voice: Voice) -> None:
    with pytest.raises(click.ClickException, match="no language xx"):
        list(speak(voice.settings, ["xx"]))
    with pytest.raises(click.ClickException, match="no module nobody"):
        list(speak(voice.settings, ["en"], ["nobody"]))
