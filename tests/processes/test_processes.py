"""The real program as processes: kill -9 in the middle of an answer, start again, two processes on
one PostgreSQL.
"""

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import pytest
import sqlalchemy as sa

from bot.channels.base import Site
from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.settings import TelegramSettings
from bot.conversation.turn import World
from bot.dispatcher import Dispatcher
from bot.documents.parcel import Post
from bot.i18n.catalogues import Catalogues
from bot.settings import Settings
from db import tables as t
from db.engine import connect
from db.outbox import Delivery
from db.store import Store
from tests.fakes.telegram import FakeTelegram, User
from tests.support.certificate_talk import asked_for_a_name
from tests.support.databases import Databases
from tests.support.program import Program, free_port, telegram_settings

PERSON = 1001

KEY = "3f9c1d7ae8245b60d1c7f2938e5a4b06c9e1807f5d3a2b4691fe0c8d7a65b342"


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as running:
        yield running


async def _until(true: Callable[[], bool]) -> None:
    end = asyncio.get_running_loop().time() + 20
    while not true():
        assert asyncio.get_running_loop().time() < end, "it did not come to pass in 20 s"
        await asyncio.sleep(0.02)


async def _answers(url: str) -> list[tuple[str, bool]]:
    engine = connect(url)
    async with engine.connect() as connection:
        rows = (
            await connection.execute(
                sa.select(t.answer.c.question, t.answer.c.right).order_by(t.answer.c.id)
            )
        ).all()
    await engine.dispose()
    return [(row.question, row.right) for row in rows]


async def test_kill_in_the_middle_of_an_answer(fake: FakeTelegram, tmp_path: Path) -> None:
    """The answer is committed, the process dies before the learner sees it. Started again, it is
    shown; nothing counts twice."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'pasito.sqlite3'}"
    program = Program(tmp_path, **telegram_settings(fake))
    await program.start()
    amina = fake.user(PERSON)
    await amina.starts("m-computer")
    await amina.expects(1)
    for tap in ("▶ Start", "Next", "Next"):
        await amina.taps(tap)
        await amina.expects(1)
    fake.fail_next(
        "sendMessage", drop="before", delay=3
    )  # Telegram takes its time: the process dies while it waits
    await amina.taps("The mouse")
    for _ in range(200):
        if await _answers(url):
            break
        await asyncio.sleep(0.02)
    await program.kill()
    assert "Not this one" not in amina.screen
    await program.start()
    await amina.expects(1, within=10)
    assert "🔁 Not this one." in amina.screen and "2. The screen" in amina.screen
    assert await _answers(url) == [("which-part-shows-the-text", False)]
    await amina.taps("Next")
    await amina.expects(1)
    assert "Power" in amina.screen
    assert await program.stop() == 0


async def _sees_another(person: User, before: str) -> None:
    """Waits until the process that was started again has shown what is due: nothing tells the
    fake that it will."""
    async with asyncio.timeout(60):
        while person.screen.text == before:
            await asyncio.sleep(0.02)
    await person.fake.quiet(10)


async def test_kill_at_any_moment(fake: FakeTelegram, tmp_path: Path) -> None:
    """Killed and started again and again while somebody taps: in the end each answer is there
    once. Also in the moment in which an answer is out, and that is not written: nothing is lost,
    and what is shown stands there twice at most."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'pasito.sqlite3'}"
    program = Program(tmp_path, **telegram_settings(fake))
    await program.start()
    amina = fake.user(PERSON)
    await amina.starts("m-computer")
    await amina.expects(1)
    await amina.taps("▶ Start")
    await amina.expects(1)
    for tap, wait in (("Next", 0.0), ("Next", 0.02), ("The screen", 0.01)):
        before = amina.screen.text
        await amina.taps(tap)
        await asyncio.sleep(wait)
        await program.kill()
        await program.start()
        await _sees_another(amina, before)
    assert "✅ That is right." in amina.screen, "three steps, however often it died"
    assert await _answers(url) == [("which-part-shows-the-text", True)]
    await _noted(url)
    await fake.quiet(10)
    await amina.taps("Next")  # from now on a card is edited
    await amina.expects()
    for way, does in (("editMessageText", amina.taps("Next")), ("sendMessage", amina.says("?"))):
        await _noted(url)
        await fake.quiet(10)
        seen, told = len(fake.calls), asyncio.Event()
        fake.fail_next(way, held=told)
        await does
        await _until(lambda seen=seen, way=way: fake.worked(way, seen))
        await program.kill()
        told.set()
        shown = str(amina.screen)
        assert await _unnoted(url), "it went out, and that was not noted yet"
        await program.start()
        await _noted(url)
        await fake.quiet(10)
        said = [str(message).partition("\n[")[0] for message in amina.messages]
        assert str(amina.screen) == shown and 1 <= said.count(said[-1]) <= 2
    assert await _answers(url) == [("which-part-shows-the-text", True)]
    assert await program.stop() == 0


async def _unnoted(url: str) -> int:
    """Updates of which it is not written that their answer went out."""
    engine = connect(url)
    query = sa.select(sa.func.count()).where(sa.not_(t.update.c.answered))
    async with engine.connect() as db:
        number = int((await db.execute(query)).scalar_one())
    await engine.dispose()
    return number


async def _noted(url: str) -> None:
    async with asyncio.timeout(60):
        while await _unnoted(url):
            await asyncio.sleep(0.05)


async def test_a_certificate_that_was_ordered_comes_whatever_is_killed(
    fake: FakeTelegram, tmp_path: Path
) -> None:
    """Killed before it is over there, and again when its picture, its text and the annex are
    missing: each comes once. Killed when the annex is there and that is not written: the same
    annex comes again."""
    program = Program(tmp_path, **telegram_settings(fake))
    await program.start()
    amina = fake.user(PERSON)
    await asked_for_a_name(amina)
    await amina.says("Amina Diallo")
    await amina.expects(1)
    fake.fail_next("sendDocument", drop="before", delay=3)
    await amina.taps("do not keep")
    await _until(lambda: bool(fake.calls_of("sendDocument")))
    await program.kill()
    assert not amina.files
    fake.fail_next("sendPhoto", drop="before", delay=3)
    await program.start()
    await _until(lambda: bool(fake.calls_of("sendPhoto")))
    await program.kill()
    assert [file.kind for file in amina.files] == ["document"]
    told = asyncio.Event()
    fake.fail_next("sendDocument", held=told)
    await program.start()
    await _until(lambda: len(amina.documents) == 2)
    await program.kill()
    told.set()
    await program.start()
    await _until(lambda: len(amina.documents) == 3)
    await asyncio.sleep(0.5)
    assert [file.kind for file in amina.files] == ["document", "photo", "document", "document"]
    paper, annex, again = amina.documents
    assert "certificate" in paper.name and "About-the-project" in annex.name
    assert annex.content == again.content
    assert sum("This certificate is not a diploma" in message for message in amina.messages) == 1
    assert await program.stop() == 0


async def test_webhook_on_two_web_processes_and_a_worker(
    fake: FakeTelegram, tmp_path: Path, databases: Databases
) -> None:
    """The same update at both processes counts once; a dead one's work goes on with the other. The
    image's health check finds a worker well, and a dead one not."""
    address = await databases.address("postgresql", tmp_path)
    common = telegram_settings(
        fake,
        telegram_mode="webhook",
        database_url=address,
        telegram_webhook_secret="abc",
        secret_key=KEY,
    )
    one, two = Program(tmp_path, "web", **common), Program(tmp_path, "web", **common)
    public_url, for_machines = f"http://127.0.0.1:{one.port}", str(free_port())
    worker = Program(tmp_path, "worker", public_url=public_url, worker_port=for_machines, **common)
    for program in (one, two, worker):
        await program.start()
    amina = fake.user(PERSON)
    await amina.starts("m-computer")
    await amina.expects(1)
    for tap in ("▶ Start", "Next", "Next", "The screen"):
        await amina.taps(tap)
        await amina.expects(1)
    headers = {"X-Telegram-Bot-Api-Secret-Token": "abc"}
    async with aiohttp.ClientSession(headers=headers) as session:
        raw = {
            "update_id": 999_999,
            "message": {
                "message_id": 5000,
                "date": 1,
                "chat": {"id": PERSON, "type": "private"},
                "from": {"id": PERSON, "is_bot": False, "first_name": "A"},
                "text": "next",
            },
        }
        posts = (
            session.post(f"http://127.0.0.1:{p.port}/telegram/webhook", json=raw)
            for p in (one, two, one, two)
        )
        answers = await asyncio.gather(*posts)
        assert [answer.status for answer in answers] == [200] * 4
        async with session.get(f"http://127.0.0.1:{two.port}/readyz") as ready:
            assert ready.status == 200
    await _until(lambda: "Which part" not in amina.screen and "✅" not in amina.screen)
    await fake.quiet(10)
    assert "Power" in amina.screen, "one step, not four"
    assert await _answers(address) == [("which-part-shows-the-text", True)]
    assert await _health_check(worker) == 0
    for program in (one, two, worker):
        assert await program.stop() == 0
    assert await _health_check(worker) == 1


async def _health_check(program: Program) -> int:
    """What the image asks of whatever runs in it."""
    asked = re.search(r"HEALTHCHECK .*\n +CMD (\[.*\])", Path("Dockerfile").read_text())
    assert asked and re.search(
        r"^ENV PASITO_WORKER_PORT=\d+$", Path("Dockerfile").read_text(), re.M
    )
    _, *words = json.loads(asked[1])
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *words), env=program.environment, stderr=asyncio.subprocess.DEVNULL
    )
    return await asyncio.wait_for(process.wait(), 20)


async def test_the_web_chat_goes_on_while_telegram_is_away(tmp_path: Path) -> None:
    program = Program(
        tmp_path,
        telegram_token=f"123456789:{'A' * 35}",
        telegram_api_url=f"http://127.0.0.1:{free_port()}",
    )
    await program.start()
    async with aiohttp.ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{program.port}/") as page:
            assert page.status == 200
        async with session.get(f"http://127.0.0.1:{program.port}/readyz") as ready:
            assert ready.status == 503 and await ready.json() == {
                "database": True,
                "telegram": False,
            }
    assert await program.stop() == 0


async def test_the_link_is_known_when_telegram_comes_back(
    fake: FakeTelegram, world: World, words: Catalogues, store: Store
) -> None:
    """Away at the start: people find the bot all the same, later."""
    found: list[str] = []
    dispatcher = Dispatcher(store, world)
    own = TelegramSettings(fake.token, fake.api_url)
    settings = Settings(channels={"telegram": own})
    fake.fail_next("getMe", 500, times=3)
    telegram = Telegram(
        Site(
            settings,
            dispatcher,
            words,
            store,
            _make_nothing,
            opened=lambda _name, link: found.append(link),
        )
    )
    await telegram.start()
    assert not found and not telegram.link
    await _until(lambda: bool(found))
    assert found == [f"{telegram.link}?start="] and found[0].startswith("https://t.me/")
    await telegram.pause()
    await telegram.stop()


async def test_a_token_that_is_refused_later_is_one_sentence_in_the_log(
    fake: FakeTelegram,
    world: World,
    words: Catalogues,
    store: Store,
    caplog: pytest.LogCaptureFixture,
) -> None:
    own = TelegramSettings(fake.token, fake.api_url)
    settings = Settings(channels={"telegram": own})
    fake.fail_next("getMe", 500, times=3)
    fake.fail_next("getMe", 401)
    telegram = Telegram(Site(settings, Dispatcher(store, world), words, store, _make_nothing))
    await telegram.start()
    await _until(lambda: "copy it again from BotFather" in caplog.text)
    assert not telegram.link and "Traceback" not in caplog.text
    await telegram.pause()
    await telegram.stop()


async def test_a_web_process_knows_where_people_find_the_bot(
    fake: FakeTelegram, tmp_path: Path
) -> None:
    """Also where only the worker polls."""
    web = Program(tmp_path, "web", **telegram_settings(fake))
    await web.start()
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{web.port}/join/nothing") as page,
    ):
        assert (
            page.status == 404 and f"https://t.me/{fake.me['username']}?start=" in await page.text()
        )
    assert "getUpdates" not in {call.method for call in fake.calls} and await web.stop() == 0


async def _make_nothing(delivery: Delivery) -> Post:
    raise AssertionError(delivery)


async def test_a_wrong_token_is_one_sentence(tmp_path: Path, fake: FakeTelegram) -> None:
    settings = {
        "PASITO_TELEGRAM_TOKEN": f"987654321:{'B' * 35}",
        "PASITO_TELEGRAM_API_URL": fake.api_url,
    }
    program = Program(tmp_path)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        env={**program.environment, **settings},
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 1
    assert (
        said.decode().strip()
        == "pasito: PASITO_TELEGRAM_TOKEN is refused by Telegram: copy it again from BotFather"
    )
