"""Cards read aloud by a voice of the operator's choice: made once, as files, and called a
computer's voice.

The voice is a command that reads text and writes WAV, the encoder one that reads WAV and writes
Opus; neither is a part of Pasito. What a person recorded stays as it is, and what was made of the
same text already is not made again.
"""

import hashlib
import json
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from bot.assembly import programme_of
from bot.i18n.catalogues import Catalogues
from bot.model.recordings import transcript
from bot.settings import Settings
from cards.model import Deck, Module, Programme
from cards.recording import (
    BY_COMPUTER,
    CARD_BYTES,
    CARD_SECONDS,
    DECK_BYTES,
    ENDING,
    FOLDER,
    NotOpus,
    key_of,
    opus_seconds,
)

ENCODERS = (
    "opusenc --quiet --bitrate 20 --downmix-mono - -",
    "ffmpeg -loglevel error -i - -ac 1 -c:a libopus -b:a 20k -f ogg -",
)
"""The first that is installed is taken where none is set."""
SECONDS = 180
"""For one text; then the command counts as hanging."""
MADE_OF = ".spoken.json"
"""Beside the files: of which words each was made."""


@dataclass(frozen=True)
class Said:
    """A text to read: of a card, or of all cards of a deck."""

    key: str
    language: str
    text: str
    whole: bool


def speak(
    settings: Settings, languages: Iterable[str] = (), modules: Iterable[str] = ()
) -> Iterator[str]:
    """Makes what is missing, and says a line for each module and language. Raises
    `click.ClickException`, and `SettingError`."""
    if not settings.voice_command:
        raise click.ClickException(
            "PASITO_VOICE_COMMAND is not set: a program that reads text and writes WAV, for "
            "example espeak-ng -v {language} --stdin --stdout"
        )
    encoder = settings.voice_encoder or _encoder()
    programme, words = programme_of(settings)
    written = (module.written_in for module in programme.offered.values())
    known = tuple(dict.fromkeys((*words.languages, *written)))
    _known("language", languages, known)
    _known("module", modules, programme.offered)
    folder = (settings.cards_dir or settings.data_dir) / FOLDER
    made_of = _read(folder)
    for language in tuple(languages) or known:
        for module in map(programme.offered.__getitem__, modules or programme.offered):
            if words.taught_in(module.id, language) != language:
                continue
            count = 0
            for said in _texts(module, language, words):
                digest = hashlib.sha256(f"{settings.voice_command}\0{said.text}".encode())
                mark = digest.hexdigest()[:16]
                if _is_there(said.key, programme, made_of, mark):
                    continue
                if _make(said, folder, settings.voice_command, encoder):
                    count += 1
                    made_of[said.key] = mark
                    _write(folder, made_of)
            if count:
                yield f"{module.id}, {language}: {count} recording(s)"
    yield f"What can be heard lies in {folder}. A running Pasito takes it within seconds."


def _known(what: str, given: Iterable[str], known: Iterable[str]) -> None:
    known = tuple(known)
    for one in given:
        if one not in known:
            raise click.ClickException(f"there is no {what} {one}: {', '.join(known)}")


def _encoder() -> str:
    for command in ENCODERS:
        if shutil.which(command.split()[0]):
            return command
    raise click.ClickException(
        "an Opus encoder is needed: install opusenc (opus-tools) or ffmpeg, or set "
        "PASITO_VOICE_ENCODER to a command that reads WAV and writes Opus"
    )


def _texts(module: Module, language: str, words: Catalogues) -> Iterator[Said]:
    for deck in module.decks:
        cards = [(card, transcript(card, language, words.say)) for card in deck.cards]
        for card, text in cards:
            yield Said(key_of(language, module.id, deck.id, card.id), language, text, False)
        yield _whole(deck, module, language, [text for _card, text in cards])


def _whole(deck: Deck, module: Module, language: str, texts: Iterable[str]) -> Said:
    return Said(key_of(language, module.id, deck.id), language, "\n\n".join(texts), True)


def _is_there(key: str, programme: Programme, made_of: Mapping[str, str], mark: str) -> bool:
    """A person's voice, or a computer's that said the same."""
    there = programme.audio.get(key)
    return there is not None and (not there.computer or made_of.get(key) == mark)


def _make(said: Said, folder: Path, voice: str, encoder: str) -> bool:
    """Writes the file; False where it would be too long or too heavy to be heard on a phone."""
    sound = _run(voice, said, said.text.encode())
    content = _run(encoder, said, sound)
    path = folder / f"{said.key}{BY_COMPUTER}{ENDING}"
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}")
    new.write_bytes(content)
    try:
        seconds = opus_seconds(new)
    except NotOpus as error:
        new.unlink()
        raise click.ClickException(f"`{encoder}` wrote no Opus in mono: {error}") from error
    most = DECK_BYTES if said.whole else CARD_BYTES
    if len(content) > most or (seconds > CARD_SECONDS and not said.whole):
        new.unlink()
        return False
    new.replace(path)
    return True


def _run(command: str, said: Said, given: bytes) -> bytes:
    line = [part.replace("{language}", said.language) for part in shlex.split(command)]
    try:
        done = subprocess.run(line, input=given, capture_output=True, timeout=SECONDS)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        what = getattr(error, "strerror", None) or f"no answer within {SECONDS} seconds"
        raise click.ClickException(f"`{line[0]}` cannot be used: {what}") from error
    if done.returncode or not done.stdout:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        why = told[-1] if told else "it wrote nothing"
        raise click.ClickException(f"`{line[0]}` failed at {said.key}: {why}")
    return done.stdout


def _read(folder: Path) -> dict[str, str]:
    """What cannot be read is made again."""
    try:
        known = json.loads((folder / MADE_OF).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in known.items()} if isinstance(known, dict) else {}


def _write(folder: Path, made_of: Mapping[str, str]) -> None:
    new = folder / f"{MADE_OF}.new"
    new.write_text(json.dumps(made_of, indent=0, sort_keys=True), "utf-8")
    new.replace(folder / MADE_OF)
