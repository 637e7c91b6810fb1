"""Backup while somebody writes, restore, and everything is there; whatever goes wrong leaves a
whole file or none.
"""

import asyncio
import os
import re
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import cli
from db import backup
from db.backup import NotPossible
from db.lock import lock
from tests.fakes.telegram import FakeTelegram
from tests.support.command import pasito
from tests.support.databases import sqlite_with_tables
from tests.support.program import Program, telegram_settings


def _process(data: Path, *words: str) -> tuple[int, str]:
    """A command as a process of its own, and what it said. A sentence for an error, never a
    traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        env={**os.environ, "PASITO_DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def _pasito(data: Path, *words: str, **settings: str) -> tuple[int, str]:
    done = pasito(data, *words, **settings)
    return done.exit_code, done.output


def _numbers(file: Path) -> list[int]:
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM learner ORDER BY id")]


def _fill(data: Path, people: int) -> Path:
    data.mkdir(exist_ok=True)
    file = data / "pasito.sqlite3"
    asyncio.run(sqlite_with_tables(file))
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executemany(
            "INSERT INTO learner (id, snapshot, active_on) VALUES (?, ?, '2026-11-25')",
            ((n, os.urandom(3000)) for n in range(people)),
        )
    return file


_WRITER = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=10, isolation_level=None)
for n in range(100000, 10**9):
    row = (n, "2026-11-25")
    db.execute("INSERT INTO learner (id, snapshot, active_on) VALUES (?, zeroblob(200), ?)", row)
    if n == 100000: print("writing", flush=True)
"""


def test_backup_while_another_process_writes(tmp_path: Path) -> None:
    file, to = _fill(tmp_path, 2000), tmp_path / "copy.sqlite3"
    writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(file)], stdout=subprocess.PIPE)
    try:
        assert writer.stdout and writer.stdout.readline()
        before = len(_numbers(file))
        status, said = _process(tmp_path, "backup", str(to))
        after = len(_numbers(file))
    finally:
        writer.kill()
        writer.wait()
    assert status == 0 and "secret key" in said and "another place" in said
    copied = _numbers(to)
    assert before <= len(copied) < after, "one moment, and nobody had to stop writing"
    assert copied == list(range(2000)) + list(range(100_000, 100_000 + len(copied) - 2000))
    assert stat.S_IMODE(to.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.glob("copy*")) == [
        "copy.sqlite3",
        "copy.sqlite3.sha256",
    ]


async def test_all_is_there_after_restoring(tmp_path: Path) -> None:
    """Learn, back up while it runs, learn on, break the database, restore: the learner is where the
    backup was."""
    to = tmp_path / "copy.sqlite3"
    async with FakeTelegram() as fake:
        program = Program(tmp_path / "data", **telegram_settings(fake))
        await program.start()
        amina = fake.user(1001)
        await amina.starts("m-computer")
        await amina.expects(1)
        for tap in ("▶ Start", "Next"):
            await amina.taps(tap)
            await amina.expects(1)
        assert (await asyncio.to_thread(_process, tmp_path / "data", "backup", str(to)))[0] == 0
        here = amina.screen.text
        await amina.taps("Next")
        await amina.expects(1)
        status, said = await asyncio.to_thread(_process, tmp_path / "data", "restore", str(to))
        assert (status, said) == (1, "pasito: Pasito is running: stop it first\n")
        assert await program.stop() == 0
        database = tmp_path / "data" / "pasito.sqlite3"
        database.write_bytes(b"broken" * 1000)
        status, said = await asyncio.to_thread(_process, tmp_path / "data", "restore", str(to))
        assert status == 0 and "is restored" in said and "put the secret key back" not in said
        kept = re.search(r"kept as (\S+):", said)
        assert kept and Path(kept[1]).read_bytes().startswith(b"broken")
        await program.start()
        await amina.says("where am I now")  # not understood: it shows where the learner is
        await amina.expects(1)
        assert here.splitlines()[0] in amina.screen.text
        assert await program.stop() == 0


def test_the_old_database_is_kept_with_all_that_was_in_its_log(tmp_path: Path) -> None:
    file, to = _fill(tmp_path, 10), tmp_path / "copy.sqlite3"
    assert _pasito(tmp_path, "backup", str(to))[0] == 0
    script = "import sqlite3, os, sys; db = sqlite3.connect(sys.argv[1]); "
    script += (
        'db.execute("INSERT INTO learner (id, snapshot, active_on) '
        "VALUES (77, x'00', '2026-11-25')\"); db.commit(); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", script, str(file)], check=False)
    assert (tmp_path / "pasito.sqlite3-wal").stat().st_size, "it died with something in the log"
    restored = backup.restore(file, to)
    assert restored.before and 77 in _numbers(restored.before)
    assert _numbers(file) == list(range(10)) and not (tmp_path / "pasito.sqlite3-wal").exists()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """160 MB, which are copied for longer than the longest moment. Nobody writes into them."""
    return _fill(tmp_path_factory.mktemp("large"), 40_000)


@pytest.mark.parametrize("moment", [0.0, 0.01, 0.03, 0.06, 0.1])
def test_killed_in_the_middle(tmp_path: Path, large: Path, moment: float) -> None:
    file, to = large, tmp_path / "copy.sqlite3"
    script = (
        "from pathlib import Path; from db import backup; import sys; "
        "backup.back_up(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    process = subprocess.Popen([sys.executable, "-c", script, str(file), str(to)])
    while not (tmp_path / "copy.sqlite3.part").exists():
        assert process.poll() is None
        time.sleep(0.001)
    time.sleep(moment)
    process.kill()
    assert process.wait() == -9 and not to.exists()
    backup.back_up(file, to)
    assert len(_numbers(to)) == 40_000
    assert sorted(path.name for path in tmp_path.glob("copy*")) == [
        "copy.sqlite3",
        "copy.sqlite3.sha256",
    ]


def test_a_backup_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    file, to = _fill(tmp_path, 10), tmp_path / "copy.sqlite3"
    to.write_text("precious")
    status, said = _pasito(tmp_path, "backup", str(to))
    assert status == 1 and "say --force" in said and to.read_text() == "precious"
    assert _pasito(tmp_path, "backup", str(to), "--force")[0] == 0 and _numbers(to) == list(
        range(10)
    )
    status, said = _pasito(tmp_path, "backup", str(file), "--force")
    assert status == 1 and "the database itself" in said


def test_a_damaged_database_makes_no_backup(tmp_path: Path) -> None:
    file, to = _fill(tmp_path, 3000), tmp_path / "copy.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("r+b") as damaged:
        damaged.seek(file.stat().st_size // 2)
        damaged.write(os.urandom(50_000))
    with pytest.raises(NotPossible, match="damaged"):
        backup.back_up(file, to)
    assert list(tmp_path.glob("copy*")) == []


def test_what_cannot_be_restored(tmp_path: Path) -> None:
    file, to = _fill(tmp_path, 10), tmp_path / "copy.sqlite3"
    (text := tmp_path / "notes.txt").write_text("hello " * 1000)
    sqlite3.connect(other := tmp_path / "other.sqlite3").execute("CREATE TABLE x (y)")
    backup.back_up(file, to)
    with closing(sqlite3.connect(newer := tmp_path / "newer.sqlite3")) as connection:
        connection.executescript(
            "CREATE TABLE alembic_version (version_num); INSERT INTO alembic_version VALUES "
            "('9999');"
        )
        connection.executescript("CREATE TABLE learner (id, snapshot)")
    for wrong, why in (
        (tmp_path / "nothing", "no file"),
        (text, "not a database of Pasito"),
        (other, "not a database of Pasito"),
        (newer, "newer version"),
        (file, "the database itself"),
    ):
        with pytest.raises(NotPossible, match=why):
            backup.restore(file, wrong)
    assert _numbers(file) == list(range(10))
    with lock(file), pytest.raises(NotPossible, match="running"):
        backup.restore(file, to)
    with closing(sqlite3.connect(file)) as somebody:
        somebody.execute("SELECT * FROM learner").fetchone()
        with pytest.raises(NotPossible, match="in use by another program"):
            backup.restore(file, to)
    assert _numbers(file) == list(range(10)) and not list(tmp_path.glob("*.part"))


def test_a_new_machine_is_told_that_the_key_is_missing(tmp_path: Path) -> None:
    file, to = _fill(tmp_path / "old", 1), tmp_path / "copy.sqlite3"
    (tmp_path / "old" / "secret.key").write_text("k" * 32)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "INSERT INTO address (hash, learner_id, channel, sealed) VALUES (x'00', 0, 'web', "
            "x'0102')"
        )
    backup.back_up(file, to)
    status, said = _pasito(tmp_path / "new", "restore", str(to))
    assert status == 0 and "put the secret key back" in said
    status, said = _pasito(tmp_path / "new", "run", port="1")
    assert status == 1 and "is not the one that the data was written with" in said


def test_postgresql_has_its_own_tools(tmp_path: Path) -> None:
    url = "postgresql+asyncpg://pasito:secret@db.example.org/pasito"
    status, said = _pasito(tmp_path, "backup", "copy", database_url=url)
    assert (
        status == 1
        and "pg_dump --format=custom --file=copy 'postgresql://pasito@db.example.org/pasito'"
        in said
    )
    status, said = _pasito(tmp_path, "restore", "copy", database_url=url)
    assert (
        status == 1
        and "pg_restore --clean --if-exists --dbname='postgresql://pasito@db.example.org/pasito' "
        "copy"
        in said
    )


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_every_command_explains_itself(command: str) -> None:
    said = CliRunner().invoke(cli, [command, "--help"])
    assert said.exit_code == 0 and len(said.output) > 80
