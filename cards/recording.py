"""Recordings of cards, and of whole decks: Opus in Ogg, one channel.

    audio/en/computer/meet-the-computer/two-kinds-of-computer.ogg    a card
    audio/en/computer/meet-the-computer.ogg                          all of a deck, in one
    audio/fr/computer/meet-the-computer.computer.ogg                 read by a computer's voice

What is heard is what the card says: its text is the transcript. A person's voice goes before a
computer's. Formats: RFC 3533 (pages of Ogg), RFC 7845 (Opus in it).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from pathlib import Path

FOLDER = "audio"
ENDING = ".ogg"
BY_COMPUTER = ".computer"
CARD_SECONDS, CARD_BYTES = 60, 250_000
DECK_BYTES = 400_000
_HEAD, _TAIL = 512, 1 << 16
_PER_SECOND = 48_000
"""Samples that positions in Opus are counted in."""


class NotOpus(ValueError):
    """Says what a file is instead."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A file that can be played. `mark` changes with it."""

    path: Path
    bytes: int
    seconds: int
    computer: bool
    mark: str

    @property
    def kilobytes(self) -> int:
        return ceil(self.bytes / 1000)


Recordings = Mapping[str, Recording]
"""`key_of` -> recording."""


def key_of(language: str, module: str, deck: str, card: str = "") -> str:
    """The name of a recording, as its path below `FOLDER`; without a card that of a whole deck."""
    return "/".join(filter(None, (language, module, deck, card)))


def opus_seconds(path: Path) -> float:
    """How long it plays. Raises `NotOpus` for anything but one channel of Opus, and `OSError`."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(0, 2)
        file.seek(max(0, file.tell() - _TAIL))
        tail = file.read()
    return opus_length(head, tail)


def opus_length(head: bytes, tail: bytes) -> float:
    """Seconds, from the beginning and the end of a file. Raises `NotOpus`."""
    if head[:4] != b"OggS" or len(head) < 28:
        raise NotOpus("it is no Ogg file")
    packet = head[27 + head[26] :]
    if packet[:8] != b"OpusHead" or len(packet) < 12:
        raise NotOpus("what is in it is not Opus")
    if packet[9] != 1:
        raise NotOpus(f"it has {packet[9]} channels, make it mono")
    last = tail.rfind(b"OggS")
    if last < 0 or len(tail) < last + 14:
        raise NotOpus("its end is missing")
    samples = int.from_bytes(tail[last + 6 : last + 14], "little", signed=True)
    skipped = int.from_bytes(packet[10:12], "little")
    if samples <= skipped:
        raise NotOpus("nothing is in it")
    return (samples - skipped) / _PER_SECOND
