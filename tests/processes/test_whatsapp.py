"""The real program on WhatsApp, killed in the middle of an answer, of a file, and of what Meta
tells; what came meanwhile comes again."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.channels.whatsapp.webhook import PATH
from bot.conversation.action import encode
from bot.flows.account.actions import MyData
from db import tables as t
from db.engine import connect
from tests.fakes.whatsapp import FakeWhatsApp
from tests.support.program import Program
from tests.support.whatsapp import ANSWERS, begins

STATE = sa.select(t.order.c.state)
ANSWERED = sa.select(t.answer.c.question)
LEFT = sa.select(t.update.c.id).where(sa.not_(t.update.c.answered))


@pytest.fixture
async def fake() -> AsyncIterator[FakeWhatsApp]:
    async with FakeWhatsApp() as running:
        yield running


@pytest.fixture
async def program(fake: FakeWhatsApp, tmp_path: Path) -> Program:
    own = {f"whatsapp_{name}": value for name, value in fake.own.items()}
    running = Program(tmp_path, **own)
    fake.webhook = f"http://127.0.0.1:{running.port}{PATH}"
    await running.start()
    return running


async def found(folder: Path, query: sa.Select[Any]) -> list[Any]:
    engine = connect(f"sqlite+aiosqlite:///{folder / 'pasito.sqlite3'}")
    async with engine.connect() as db:
        rows = list((await db.execute(query)).scalars())
    await engine.dispose()
    return rows


async def until(folder: Path, query: sa.Select[Any], *wanted: Any) -> None:
    async with asyncio.timeout(30):
        while await found(folder, query) != list(wanted):
            await asyncio.sleep(0.05)


async def test_kill_in_the_middle_of_an_answer_of_a_file_and_of_what_meta_tells(
    fake: FakeWhatsApp, program: Program, tmp_path: Path
) -> None:
    """The answer is there once. The file comes, at most once more than once; Meta's word on it, for
    the process that died, is understood by the next one."""
    amal = fake.person()
    await begins(amal)
    await amal.taps("Start: Meet the computer")
    await amal.expects(1)
    fake.fail_next(drop="before", delay=5)  # Meta takes its time: the process dies while it waits
    await amal.says(ANSWERS["Which part"])
    await until(tmp_path, ANSWERED, "which-part-shows-the-text")
    await program.kill()
    seen = len(amal.shown)
    # who writes while nobody is there is heard: Meta brings it again, and twice here
    written = amal.message({"type": "text", "text": {"body": "0"}})
    calls = [fake.deliver(fake.of(amal, written), tries=600) for _ in range(2)]
    again = asyncio.gather(*calls)
    await program.start()
    assert await again == [200, 200]
    await until(tmp_path, LEFT)
    new = amal.shown[seen:]
    assert 1 <= len(new) <= 2, "the answer and the menu, or both in one"
    assert any("✅ That is right." in shown for shown in new) or "Go on" in new[-1].bare
    assert await found(tmp_path, ANSWERED) == ["which-part-shows-the-text"]
    fake.tells = False
    fake.fail_next(kind="document", drop="after", delay=1)
    await amal.forges(encode(MyData()))
    async with asyncio.timeout(20):
        while not any(shown.file for shown in amal.shown):
            await asyncio.sleep(0.02)
    await program.kill()
    first = next(call for call in fake.messages() if call.note)
    told = asyncio.ensure_future(fake.deliver(fake.status(first, "delivered"), tries=600))
    await program.start()
    assert await told == 200
    async with asyncio.timeout(40):  # where it was sent again, Meta tells of that too
        while await found(tmp_path, STATE) != ["sent"]:
            for call in fake.messages():
                if call.note:
                    await fake.deliver(fake.status(call, "delivered"))
            await asyncio.sleep(0.1)
    assert 1 <= sum(bool(shown.file) for shown in amal.shown) <= 2
    assert await program.stop() == 0
