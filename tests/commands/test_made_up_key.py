"""A secret key that a person made up begins nothing (S12), however it was set."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from bot.assembly import assemble
from bot.conversation.update import Start, Update
from bot.settings import Settings
from db.vault import MADE_BY, Vault
from tests.support.at_rest import opened
from tests.support.world import SMALL

NOW = 1_790_000_000
MADE_UP = "passwordpassword"


def _in_the_environment(folder: Path) -> dict[str, str]:
    return {"PASITO_SECRET_KEY": MADE_UP}


def _in_a_file_of_settings(folder: Path) -> dict[str, str]:
    (folder / ".env").write_text(f"PASITO_SECRET_KEY={MADE_UP}\n")
    return {}


def _in_the_data_folder(folder: Path) -> dict[str, str]:
    (folder / "data").mkdir()
    (folder / "data" / "secret.key").write_text(MADE_UP)
    return {}


@pytest.mark.parametrize("put", [_in_the_environment, _in_a_file_of_settings, _in_the_data_folder])
async def test_a_made_up_key_is_refused_at_the_start(tmp_path: Path, put: object) -> None:
    environment = {"PATH": os.environ["PATH"], "PASITO_DATA_DIR": str(tmp_path / "data")}
    environment |= {"PASITO_CARDS_DIR": str(SMALL)}  # what is read before the key
    environment |= {"PYTHONPATH": os.pathsep.join(sys.path), **put(tmp_path)}  # type: ignore[operator]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        env=environment,
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(60):
        said = (await process.communicate())[0].decode()
    assert process.returncode, said
    assert "can be guessed: it needs 32 random bytes" in said and MADE_BY in said
    assert MADE_UP not in said and "Traceback" not in said


async def test_what_was_begun_with_one_goes_on_and_the_operator_reads_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Without its key nobody of before could be written to."""
    store = await opened(tmp_path, Vault(MADE_UP.encode()))
    async with store.batch(NOW) as tx:
        await tx.load_arrivals([Update("telegram", "1", "1001", Start())])
    await store.engine.dispose()
    parts = await assemble(Settings(data_dir=tmp_path, secret_key=MADE_UP, cards_dir=SMALL))
    assert "PASITO_SECRET_KEY can be guessed" in caplog.text and MADE_UP not in caplog.text
    assert await parts.store.learner_at("telegram", "1001")
    await parts.close()
