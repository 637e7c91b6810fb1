"""Folders as authors leave them."""

from pathlib import Path

from cards.model import Module
from cards.module_file import module_file
from tests.support.decks import DECK, HEAD

GOOD = HEAD + DECK


def read(
    folder: Path, data: str | bytes, name: str = "module.md"
) -> tuple[Module | None, list[str]]:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    module, findings = module_file(path)
    return module, [str(finding) for finding in findings]


def a_folder(tmp_path: Path, programme: str, head: str = "id: p\ntitle: P\n") -> Path:
    folder = tmp_path / "decks"
    for category in ("c", "on"):
        (folder / category).mkdir(parents=True)
    for name in ("one", "two"):
        (folder / "c" / f"{name}.md").write_text(GOOD)
    (folder / "programme.yaml").write_text(head + programme)
    return folder
