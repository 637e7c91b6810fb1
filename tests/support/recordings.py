"""Files that are Opus by their frame: enough for who looks at head and end. Nothing to hear."""

import struct
from pathlib import Path

SKIPPED = 312


def opus(seconds: float, kilobytes: int = 2, channels: int = 1) -> bytes:
    """Ogg pages as RFC 3533 has them (their sums are left out), Opus as RFC 7845."""
    head = b"OpusHead" + struct.pack("<BBHIHB", 1, channels, SKIPPED, 16_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 4) + b"test" + struct.pack("<I", 0)
    samples = round(seconds * 48_000) + SKIPPED
    body = bytes(max(kilobytes * 1000 - 200, 0))
    return _page(head, 0, 0, 2) + _page(tags, 0, 1) + body + _page(b"\xfc" * 60, samples, 2, 4)


def voice_note(seconds: float, kilobytes: int = 2, comment: str = "", channels: int = 1) -> bytes:
    """The same in whole pages, as a phone sends it: `comment` is what it wrote beside the voice."""
    head = b"OpusHead" + struct.pack("<BBHIHB", 1, channels, SKIPPED, 16_000, 0, 0)
    said = comment.encode()
    tags = b"OpusTags" + struct.pack("<I", 4) + b"test" + struct.pack("<II", 1, len(said)) + said
    pages = [_page(head, 0, 0, 2), *_long(tags)]
    samples, body = round(seconds * 48_000) + SKIPPED, bytes(kilobytes * 1000 - 200)
    last = len(body) // 60_000
    for number in range(last + 1):
        piece = body[number * 60_000 : (number + 1) * 60_000]
        at = samples * (number + 1) // (last + 1)
        pages.append(_page(piece, at, len(pages), 4 if number == last else 0))
    return b"".join(pages)


def _long(packet: bytes) -> list[bytes]:
    """A packet in as many pages as it takes."""
    size = 255 * 255
    pieces = [packet[at : at + size] for at in range(0, len(packet) + 1, size)]
    full = [
        _page(piece, -1, 1 + n, 1 if n else 0, open=True) for n, piece in enumerate(pieces[:-1])
    ]
    return [*full, _page(pieces[-1], 0, len(pieces), 1 if full else 0)]


def _page(packet: bytes, granule: int, number: int, flags: int = 0, open: bool = False) -> bytes:
    """`open`: the packet goes on on the next page."""
    segments = bytes([255] * (len(packet) // 255) + ([] if open else [len(packet) % 255]))
    fixed = struct.pack("<BBqIII", 0, flags, granule, 7, number, 0)
    return b"OggS" + fixed + bytes([len(segments)]) + segments + packet


def write(folder: Path, key: str, content: bytes) -> Path:
    path = folder / "audio" / f"{key}.ogg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
