"""The running program, searched for what people wrote: data folder, log and backup name nobody
(product.md, Privacy 2, 3, 8).
"""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.telegram import FakeTelegram
from tests.support.planted import does, log_of, pasito, says
from tests.support.program import Program, telegram_settings
from tests.support.search import found_in, spellings

COUNSELLOR = ("Plantedlea", "Plantedtuesday", "Plantedhouse")
LEARNER = ("Plantedname Qaderi", "Plantednick", "plantedquestion", "plantedthought")
ADMIN, PERSON = 900717171, 1009717171


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as running:
        yield running


async def test_nothing_that_people_wrote_is_found(fake: FakeTelegram, tmp_path: Path) -> None:
    data = tmp_path / "data"
    program = Program(data, **telegram_settings(fake), admins=f"telegram:{ADMIN}")
    await program.start()
    lea, amina = fake.user(ADMIN), fake.user(PERSON)
    await lea.starts()
    await lea.expects(1)
    await does(lea, "English")
    await says(lea, "/newgroup", *COUNSELLOR)
    shown = "\n".join(str(message) for message in lea.messages)
    token = re.search(r"/join/([a-z0-9]{16})", shown)
    assert token, shown
    await amina.starts(f"g-{token[1]}")
    await amina.expects(1)
    await does(amina, "Yes, I join")
    await says(amina, LEARNER[1], "plantedthought nobody understands")
    await amina.starts("m-phone")
    await amina.expects(1)
    await does(amina, "▶ Start", "Next", "The red", "Next", "Get my certificate")
    await says(amina, LEARNER[0])
    words = (*COUNSELLOR, *LEARNER, token[1], str(PERSON), str(ADMIN))
    assert LEARNER[0] in str(amina.screen), "it was understood"
    assert not found_in(data, words), "while it runs"
    await amina.taps("do not keep")
    await fake.quiet(20)
    async with asyncio.timeout(20):
        while len(amina.documents) < 2 or not amina.photos:
            await asyncio.sleep(0.05)
    await asyncio.sleep(1)  # what belongs to the paper has come, too
    await amina.expects(within=10)
    assert amina.documents and not found_in(data, words), "after the paper"

    copy = tmp_path / "copies"
    copy.mkdir()
    assert await pasito(program, "backup", str(copy / "one.sqlite3")) == 0
    assert not found_in(copy, words)

    await says(amina, "/delete")
    await does(amina, "Delete everything")
    await asyncio.sleep(0.5)
    assert not found_in(data, words), "after the goodbye"
    assert await program.stop() == 0
    log = await log_of(program)
    assert log and not [
        word for word in words if any(spelling in log for spelling in spellings(word))
    ]
    assert not found_in(data, words)
    assert await pasito(program, "restore", str(copy / "one.sqlite3")) == 0
    assert not found_in(data, words)
