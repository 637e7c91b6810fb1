"""A newer program goes on where an older one stopped, with the folder that it left behind."""

import asyncio
import shutil
import tarfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from db.engine import connect
from db.migrate import migrate
from db.sealed import carry_over
from db.store import Store
from db.vault import Vault
from tests.fakes.telegram import FakeTelegram, User
from tests.fakes.telegram.messages import Message
from tests.support.program import Program, telegram_settings
from tests.support.service import Service
from tests.support.world import TESTS, Clock

FOLDER = TESTS / "data" / "middle-of-everything.tar.gz"
"""The database and the key of an installation on 26 November 2026 (revision 0020), its clock on 21
September: Amina (1001) has a certificate, ordered it again, asked her counsellor something and is
in the middle of a deck with a question missed; Lea (2) keeps the Tuesday group; an admin (900) has
just begun a broadcast. No file, letter or broadcast has left."""
STOPPED = 1_790_000_800


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with tarfile.open(FOLDER) as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.now = STOPPED + 60.0
    return clock


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as fake:
        for id in (1001, 2, 900):
            fake.user(id).chat.refusal = ""  # they have written to the bot before
        yield fake


@pytest.fixture
async def store(folder: Path) -> AsyncIterator[Store]:
    engine = connect(f"sqlite+aiosqlite:///{folder / 'pasito.sqlite3'}")
    vault = Vault((folder / "secret.key").read_text().encode())
    await migrate(engine)
    await carry_over(engine, vault)
    yield Store(engine, vault, admins=["telegram:900"])
    await engine.dispose()


async def test_what_was_on_its_way_arrives_and_people_go_on(service: Service) -> None:
    amina, lea, admin = (service.fake.user(id) for id in (1001, 2, 900))
    await _gets(admin, "The library is open on Sunday.")
    await _gets(lea, "When is the next meeting?")
    await _gets(amina, "Certificate of")
    assert any(file.name.endswith(".pdf") for file in amina.documents)
    await _gets(amina, "Check that it is genuine")  # the last of its messages
    await _goes_on(amina)
    await amina.says("/certificates")
    await _gets(amina, "Your certificates")
    await amina.taps("The phone")
    await _gets(amina, "Earned on 21 September 2026")
    await lea.says("/groups")
    await _gets(lea, "Your groups")
    await lea.taps("Tuesday group")
    await _gets(lea, "“Mina” · 1/2 · The computer 0/2")


async def test_the_program_starts_with_the_folder_as_it_is(folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for name in ("pasito.sqlite3", "secret.key"):
        shutil.move(folder / name, data / name)
    async with FakeTelegram() as fake:
        program = Program(data, **telegram_settings(fake))
        await program.start()
        amina = fake.user(1001)
        await _goes_on(amina)
        assert await program.stop() == 0


async def _goes_on(amina: User) -> None:
    """A card was shown last; what follows is a question, where the bar goes on."""
    await amina.says("next")
    assert "Put them in order" in await _gets(amina, "Meet the computer ▰▰▱▱▱ 4/8")


async def _gets(user: User, words: str) -> Message:
    async with asyncio.timeout(30):
        while not (found := [m for m in user.messages if m.by_bot and words in m]):
            await asyncio.sleep(0.01)
    await user.expects()
    return found[-1]
