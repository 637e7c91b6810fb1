"""Nothing that tells who somebody is, or what they wrote, stands in a log: whole chats with
everything that can fail.
"""

import asyncio
import io
import json
import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import dispatcher, logs
from bot.dispatcher import Dispatcher
from certificates import Fonts
from db import tables as t
from db.batch import Batch
from db.engine import connect
from db.migrate import migrate
from tests.support.certificate_talk import asked_for_a_name
from tests.support.mailbox import until
from tests.support.service import Service
from tests.support.web import Reader, open_site
from tests.support.world import SMALL

CHAT = 7001002003
NAME = "Zuleykha"
TYPED = "qwertyuiop"
ELSEWHERE = ("203.0.113.7", "2001:db8::17")
OURS = ("bot", "cards", "certificates", "db")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What would be written, in full detail of our own and as usual from libraries."""
    written = io.StringIO()
    handler = logs.handler(written)
    root, levels = (
        logging.getLogger(),
        {name: logging.getLogger(name).level for name in ("", *OURS)},
    )
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def _discreet(log: io.StringIO, *secrets: str, says: tuple[str, ...]) -> None:
    text = log.getvalue()
    for secret in (str(CHAT), NAME, TYPED, "127.0.0.1", *ELSEWHERE, *secrets):
        assert secret not in text, next(line for line in text.splitlines() if secret in line)
    for expected in says:
        assert expected in text, f"this was to be logged: {expected}"
    for line in text.splitlines():
        assert (
            {"time", "level", "logger", "message"}
            <= set(json.loads(line))
            <= {"time", "level", "logger", "message", "exception"}
        )


async def test_a_chat_in_which_everything_fails(
    service: Service, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = service.fake
    person = fake.user(CHAT, name=NAME)
    await asked_for_a_name(person)
    await person.says(f"{NAME} {TYPED}")
    await person.expects(1)
    await person.taps("and keep my name")
    await until(lambda: bool(person.files))
    async with asyncio.timeout(60):  # what is handed over late would meet the refusals below
        while await service.store.outbox.waiting():
            await asyncio.sleep(0.05)
    await fake.quiet(10)

    def broken(update: Any, *_: object) -> None:
        try:
            raise KeyError(update.address)
        except KeyError as error:
            raise ValueError(f"cannot understand {update.doing.text}") from error

    with monkeypatch.context() as patch:
        patch.setattr(dispatcher, "decide", broken)
        await person.says(TYPED)
        await fake.quiet(10)
        assert any("went wrong" in message for message in person.messages)
    refusals: tuple[dict[str, Any], ...] = (
        {
            "code": 400,
            "description": "Bad Request: can't parse entities: unsupported start tag "
            f'"{TYPED}" at byte offset 1',
        },
        {"code": 500},
        {"drop": "before"},
    )
    for refusal in refusals:
        fake.fail_next("sendMessage", **refusal)
        await person.says(TYPED)
        await until(lambda: not fake.faults_left)
        await fake.quiet(10)
    fake.fail_next("answerCallbackQuery", 500, times=3)
    await person.says("0")
    async with asyncio.timeout(20):
        while not any("Help" in label for label in person.screen.labels):
            await asyncio.sleep(0.05)
    await person.taps("Help")
    await fake.quiet(10)

    async def unsaved(batch: Batch, *_: object) -> None:
        db: AsyncConnection = batch.db
        await db.execute(
            sa.insert(t.address).values(
                hash=TYPED.encode(), learner_id=1, channel=NAME, sealed=None
            )
        )

    with monkeypatch.context() as patch:
        patch.setattr(Batch, "save", unsaved)
        await person.says(TYPED)
        await until(lambda: "cannot be worked through" in log.getvalue())
    await person.blocks()
    await fake.quiet(10)
    says = (
        "the flow failed at update",
        "cannot be answered: Can't parse",
        "is not answered yet",
        "cannot be worked through",
    )
    _discreet(
        log,
        fake.token,
        fake.token.split(":")[1],
        says=(*says, "builtins.ValueError", "builtins.KeyError", "test_logs.py"),
    )


async def test_web_requests_that_fail(
    tmp_path: Path, fonts: Fonts, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_site(SMALL, tmp_path, fonts) as site:
        reader = Reader(site.client)
        await reader.opens("/")
        await reader.taps("English")
        token = reader.url.removeprefix("/chat/")
        await reader.types(TYPED)
        for path in (
            f"/chat/{token}x",
            "/chat/%FF",
            f"/verify/{TYPED}",
            f"/join/{TYPED}",
            f"/?start={TYPED}",
            f"/{NAME}",
        ):
            async with site.client.get(path, headers={"X-Forwarded-For": ELSEWHERE[0]}) as response:
                await response.read()
        for raw in (
            f"GET /chat/{token} HTTP/9.x\r\n\r\n",
            f"GET / HTTP/1.1\r\n{NAME} {TYPED}\r\n\r\n",
        ):
            connection, writer = await asyncio.open_connection("127.0.0.1", site.client.port)
            writer.write(raw.encode())
            await writer.drain()
            assert b"400" in await connection.readline()
            writer.close()

        async def broken(_: Dispatcher, update: Any) -> None:
            raise RuntimeError(f"{update.address} said {update.doing.text}")

        monkeypatch.setattr(Dispatcher, "handle", broken)
        assert await reader.types(TYPED) == 500
    _discreet(
        log,
        token,
        says=(
            "a page failed: POST /chat/{token}",
            "a request could not be read",
            "builtins.RuntimeError",
        ),
    )


async def test_what_nobody_caught(log: io.StringIO) -> None:
    async def lost() -> None:
        raise ValueError(TYPED)

    task = asyncio.create_task(lost(), name=NAME)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_exception_handler(
        {
            "message": "Task exception was never retrieved",
            "exception": task.exception(),
            "task": task,
        }
    )
    try:
        raise ConnectionRefusedError(111, f"Connect call failed ('{ELSEWHERE[0]}', 8081)")
    except OSError as error:
        logs.uncaught(type(error), error, error.__traceback__)
    _discreet(
        log, says=("Task exception was never retrieved", "nobody caught", "Connect call failed")
    )


async def test_the_database_tells_no_values(tmp_path: Path, log: io.StringIO) -> None:
    engine = connect(f"sqlite+aiosqlite:///{tmp_path / 'x.sqlite3'}")
    await migrate(engine)
    try:
        async with engine.begin() as connection:
            await connection.execute(
                sa.insert(t.group).values(id=1, owner=1, token=TYPED, content=NAME.encode())
            )
    except sa.exc.IntegrityError as error:
        assert TYPED not in str(error) and "FOREIGN KEY" in str(error)
        logging.getLogger("bot").exception("not kept")
    await engine.dispose()
    _discreet(log, says=("not kept", "IntegrityError"))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            "POST https://api.telegram.org/bot123456789:AAH4_secret-token-of-35-characters/getMe",
            "api.telegram.org/bot[hidden]/getMe",
        ),
        ("token 123456789:AAH4_secret-token-of-35-characters.", "token [hidden]."),
        ("GET /chat/AbCdEf_0123456789-AbCdEf?x=1", "GET /chat/[hidden]?x=1"),
        ("peer 203.0.113.7:443 and [2001:db8::17]:443", "peer [hidden]:443 and [[hidden]]:443"),
        ("{'chat_id': 1234567, 'n': 5}", "{'chat_id': [hidden], 'n': 5}"),
        ("postgresql+asyncpg://pasito:secret@db/pasito", "postgresql+asyncpg://[hidden]@db/pasito"),
        ("amina@example.org called +33 6 12 34 56 78", "[hidden] called [hidden]"),
        ("at 12:34:56 update 123456789 of telegram, order 12: 3 parts, 0.5 s", None),
        ("jobs::run failed at bot/app.py:12:3, version 1.2.3", None),
    ],
)
def test_the_guard(written: str, shown: str | None) -> None:
    assert (shown or written) in logs.discreet(written)


def test_the_exception_with_its_cause_and_the_places() -> None:
    try:
        try:
            raise sqlite3.OperationalError("database is locked")
        except sqlite3.OperationalError as error:
            raise LookupError(TYPED) from error
    except LookupError as error:
        told = logs.told(error)
    first, _, second = told.partition("-- then --")
    assert "sqlite3.OperationalError: database is locked" in first and "test_logs.py" in first
    assert second.rstrip().endswith("builtins.LookupError") and TYPED not in told.replace(
        "raise LookupError(TYPED)", ""
    )


def test_readable_lines_for_a_person_at_the_terminal() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    written = Terminal()
    record = logging.LogRecord(
        "bot.app", logging.WARNING, "app.py", 1, "not ready: %s", ("database",), None
    )
    logs.handler(written).emit(record)
    assert (
        "WARNING bot.app: not ready: database" in written.getvalue()
        and not written.getvalue().startswith("{")
    )
