"""`pasito resources`: the table out to a spreadsheet and in again, and what is old."""

from pathlib import Path

import pytest

from cards.resources import NAME
from tests.support.command import pasito
from tests.support.world import SMALL


@pytest.mark.row("34")
def test_out_changed_and_in_again(tmp_path: Path) -> None:
    own, file = tmp_path / "own", tmp_path / "table.csv"
    own.mkdir()
    (own / "programme.yaml").write_text((SMALL / "programme.yaml").read_text("utf-8"), "utf-8")
    told = pasito(tmp_path, "resources", "--write", str(file))
    assert told.exit_code == 0 and "50 resources" in told.output
    file.write_text(file.read_text("utf-8-sig").replace("CNAIM Lisboa", "The new CNAIM"), "utf-8")
    told = pasito(tmp_path, "resources", "--read", str(file), cards_dir=str(own))
    assert told.exit_code == 0 and "within seconds" in told.output
    assert "The new CNAIM" in pasito(tmp_path, "resources", cards_dir=str(own)).output
    file.write_text((own / NAME).read_text("utf-8") + "a,b,c\n", "utf-8")
    told = pasito(tmp_path, "resources", "--read", str(file), cards_dir=str(own))
    assert told.exit_code == 1 and "the kind `c` is none of" in told.output
    assert "The new CNAIM" in (own / NAME).read_text("utf-8"), "nothing is lost"


def test_the_table_that_ships_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    pasito(tmp_path, "resources", "--write", str(file))
    told = pasito(tmp_path, "resources", "--read", str(file))
    assert told.exit_code == 1 and "PASITO_CARDS_DIR" in told.output


def test_what_is_old_is_listed_oldest_first(tmp_path: Path) -> None:
    lines = pasito(tmp_path, "resources", "--old").output.splitlines()
    days = [line.split()[0] for line in lines]
    assert len(days) > 40 and days == sorted(days)
