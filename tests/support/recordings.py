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


def _page(packet: bytes, granule: int, number: int, flags: int = 0) -> bytes:
    segments = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
    fixed = struct.pack("<BBqIII", 0, flags, granule, 7, number, 0)
    return b"OggS" + fixed + bytes([len(segments)]) + segments + packet


def write(folder: Path, key: str, content: bytes) -> Path:
    path = folder / "audio" / f"{key}.ogg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
