"""`pasito unit`: systemd itself finds nothing to mend in it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from bot.commands.unit import text
from bot.settings import Settings


def test_the_unit_names_this_installation() -> None:
    unit = text(Path("/srv/pasito/.venv/bin/pasito"), Path("/srv/pasito"), Settings(), "pasito")
    assert "ExecStart=/srv/pasito/.venv/bin/pasito run" in unit
    assert "ReadWritePaths=/srv/pasito/data" in unit and "User=pasito" in unit
    odd = text(Path("/srv/my school/100%/pasito"), Path("/srv/my school"), Settings(), "pasito")
    assert r"ExecStart=/srv/my\x20school/100%%/pasito run" in odd


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_takes_it(tmp_path: Path) -> None:
    program = tmp_path / "pasito"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    file = tmp_path / "pasito.service"
    file.write_text(text(program, tmp_path, Settings(), "root"))
    said = subprocess.run(["systemd-analyze", "verify", str(file)], capture_output=True, text=True)
    assert said.returncode == 0 and "pasito.service" not in said.stderr, said.stderr
