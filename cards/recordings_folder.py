"""The folder of recordings -> those that can be played, and what is wrong with the others."""

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from math import ceil
from pathlib import Path

from cards.finding import Finding
from cards.model import Card, Module
from cards.recording import (
    BY_COMPUTER,
    CARD_BYTES,
    CARD_SECONDS,
    DECK_BYTES,
    ENDING,
    FOLDER,
    NotOpus,
    Recording,
    opus_seconds,
)


def read_recordings(
    root: Path, modules: Mapping[str, Module]
) -> tuple[dict[str, Recording], list[Finding]]:
    """What lies in the folder of this root, and what of it cannot be played."""
    found: dict[str, Recording] = {}
    findings: list[Finding] = []
    for path in _files(root / FOLDER):
        shown = path.relative_to(root).as_posix()
        made = _read(path, shown, root / FOLDER, modules)
        if isinstance(made, Finding):
            findings.append(made)
            continue
        key, recording = made
        if key not in found or found[key].computer:
            found[key] = recording
    return found, findings


def _files(folder: Path) -> Iterator[Path]:
    paths = folder.rglob("*") if folder.is_dir() else ()
    yield from sorted(p for p in paths if p.is_file() and not p.name.startswith("."))


def _read(
    path: Path, shown: str, folder: Path, modules: Mapping[str, Module]
) -> tuple[str, Recording] | Finding:
    if path.suffix != ENDING:
        return Finding(shown, 1, f"a recording is Opus in a file that ends in {ENDING}")
    name = unicodedata.normalize("NFC", path.relative_to(folder).with_suffix("").as_posix())
    key = name.removesuffix(BY_COMPUTER)
    if not _has_text(key, modules):
        said = "this recording has no text: no deck and no card is called so"
        return Finding(shown, 1, said)
    try:
        seconds = opus_seconds(path)
    except (OSError, NotOpus) as error:
        return Finding(shown, 1, f"this recording cannot be played: {error}")
    stat = path.stat()
    stamp = f"{path}:{stat.st_size}:{stat.st_mtime_ns}"
    mark = hashlib.sha256(stamp.encode()).hexdigest()[:16]
    recording = Recording(path, stat.st_size, ceil(seconds), name != key, mark)
    too_much = _too_much(recording, whole=key.count("/") == 2)
    return Finding(shown, 1, too_much) if too_much else (key, recording)


def _has_text(key: str, modules: Mapping[str, Module]) -> bool:
    _language, *rest = key.split("/")
    match rest:
        case [module, deck]:
            return module in modules and deck in modules[module].by_id
        case [module, deck, card]:
            found = modules[module].by_id.get(deck) if module in modules else None
            return found is not None and isinstance(found.by_id.get(card), Card)
    return False


def _too_much(recording: Recording, whole: bool) -> str:
    most = DECK_BYTES if whole else CARD_BYTES
    if recording.bytes > most:
        return f"{recording.kilobytes} KB, {most // 1000} are allowed"
    if not whole and recording.seconds > CARD_SECONDS:
        return f"{recording.seconds} seconds, {CARD_SECONDS} are allowed for a card"
    return ""
