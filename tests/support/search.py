"""A search of files for what must not stand in them, in every spelling."""

import base64
from collections.abc import Iterable
from pathlib import Path


def spellings(word: str) -> list[bytes]:
    """A word as it may stand in a file: as text, in hexadecimal, in base64 at each of its three
    positions."""
    plain = [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")]
    based = [
        base64.b64encode(b"\0" * shift + word.encode())[4 * (shift > 0) : -4] for shift in range(3)
    ]
    return [*plain, word.encode().hex().encode(), *(text for text in based if len(text) >= 6)]


def found_in(folder: Path, words: Iterable[str]) -> list[tuple[str, str]]:
    """File and word."""
    files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return [
        (name, word)
        for word in words
        for name, content in files.items()
        if any(s in content for s in spellings(word))
    ]
