"""`pasito print`: the papers of a module into a folder."""

from pathlib import Path

import pytest

from bot.commands.prints import KINDS
from tests.support.command import decks_read_once, pasito


@pytest.mark.row("21")
def test_every_paper_of_a_module_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    with decks_read_once():
        told = pasito(tmp_path, "print", "cv", "--language", "ar", "--to", str(folder))
        assert told.exit_code == 0, told.output
        files = sorted(folder.iterdir())
        assert told.output.split() == [str(f) for k in KINDS for f in files if f"-{k}-" in f.name]
        assert all(file.read_bytes().startswith(b"%PDF") for file in files)
        told = pasito(tmp_path, "print", "cv", "--what", "cards", "--to", str(tmp_path / "one"))
        assert [f.name.split("-")[1] for f in (tmp_path / "one").iterdir()] == ["cards"]
        told = pasito(tmp_path, "print", "cv", "--language", "so", "--to", str(folder))
        assert "not translated into so yet: these are in en" in told.output


def test_a_slip_is_one_sentence(tmp_path: Path) -> None:
    with decks_read_once():
        for slip, said in (
            (("cvv",), "there is no module `cvv`: did you mean `cv`?"),
            (("cv", "--what", "plan"), "`plan` is no paper: it is one of handout, cards"),
            (("cv", "--language", "xx"), "`xx` is not offered"),
        ):
            told = pasito(tmp_path, "print", *slip)
            assert told.exit_code == 1 and said in told.output
