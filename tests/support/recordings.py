"""Files that are Opus by their frame: enough for who looks at head and end. Nothing to hear."""

import struct
from pathlib import Path

SKIPPED = 312
TOC, PACKET, PAGE = b"\x58", 2880, 40
"""How a packet begins that has 60 ms, samples in it, and packets on a page."""


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
    samples = round(seconds * 48_000) + SKIPPED
    count = -(-samples // PACKET)
    size, more = divmod(kilobytes * 1000 - 300, count)
    packets = [TOC + bytes(size - 1 + (n < more)) for n in range(count)]
    for at in range(0, count, PAGE):
        end = at + PAGE >= count
        position = samples if end else (at + PAGE) * PACKET
        pages.append(_page(packets[at : at + PAGE], position, len(pages), 4 if end else 0))
    return b"".join(pages)


def _long(packet: bytes) -> list[bytes]:
    """A packet in as many pages as it takes."""
    size = 255 * 255
    pieces = [packet[at : at + size] for at in range(0, len(packet) + 1, size)]
    full = [
        _page(piece, -1, 1 + n, 1 if n else 0, open=True) for n, piece in enumerate(pieces[:-1])
    ]
    return [*full, _page(pieces[-1], 0, len(pieces), 1 if full else 0)]


def _page(
    packets: bytes | list[bytes], granule: int, number: int, flags: int = 0, open: bool = False
) -> bytes:
    """`open`: the packet goes on on the next page."""
    several = [packets] if isinstance(packets, bytes) else packets
    packet = b"".join(several)
    segments = b"".join(
        bytes([255] * (len(each) // 255) + ([] if open else [len(each) % 255])) for each in several
    )
    fixed = struct.pack("<BBqIII", 0, flags, granule, 7, number, 0)
    return b"OggS" + fixed + bytes([len(segments)]) + segments + packet


def write(folder: Path, key: str, content: bytes) -> Path:
    path = folder / "audio" / f"{key}.ogg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
