"""No digit of a phone number, no id of a message, no profile name anywhere: not in the tables, the
logs, the metrics, an error or a dump; also not behind base64."""

import base64
import binascii
import logging
import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from prometheus_client import generate_latest
from sqlalchemy.exc import OperationalError

from bot import logs
from bot.conversation.action import encode
from bot.flows.account.actions import MyData
from bot.i18n.catalogues import Catalogues
from db import tables as t
from db.my_data import everything
from tests.fakes.whatsapp import Person
from tests.support.whatsapp import ANSWERS, OnWhatsApp, begins, through
from tests.support.whatsapp_broadcasts import approve, done, start

NUMBER, NAME = "491609876543", "Zaynab Alkhatib"
_BASE64 = re.compile(rb"[A-Za-z0-9+/_=-]{12,}")


def tells(content: bytes, person: str) -> str:
    """What of the person stands in it, in the clear or behind base64; "" where nothing does."""
    secrets = (NUMBER.encode(), NUMBER[2:].encode(), b"wamid", NAME.encode(), person.encode())
    found = [secret for secret in secrets if secret in content]
    for run in _BASE64.findall(content):
        for skipped in range(4):
            piece = run[skipped:].replace(b"-", b"+").replace(b"_", b"/")
            try:
                opened = base64.b64decode(piece[: len(piece) // 4 * 4])
            except binascii.Error:
                continue
            found += [secret for secret in secrets[:4] if secret in opened]
    return ", ".join(str(each) for each in found)


def test_the_search_finds_what_it_looks_for() -> None:
    hidden = base64.b64encode(f"\x1d{NUMBER}\x15".encode())
    assert tells(b"x " + hidden, "DE.1") and tells(b"y" + hidden, "DE.1")
    assert tells(f"+{NUMBER}".encode(), "DE.1") and not tells(b"nothing", "DE.1")


async def test_nothing_tells_of_a_person(
    on: OnWhatsApp,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    words: Catalogues,
    tmp_path: Path,
) -> None:
    caplog.set_level(logging.DEBUG)
    lines = tmp_path / "log"
    with lines.open("w", encoding="utf-8") as stream:
        handler = logs.handler(stream)
        logging.root.addHandler(handler)
        try:
            approve(on.fake, words)
            person = on.fake.person(NUMBER, name=NAME)
            await begins(person)
            await person.taps("Start: Meet the computer")
            await person.expects(1)
            await person.says(ANSWERS["Which part"])
            await person.expects(1)
            await through(person)
            await person.does({"type": "contacts", "contacts": [{"name": {"first_name": NAME}}]})
            await person.expects(1)
            on.fake.fail_next(code=131009)
            await person.says("0")
            await person.expects(1)
            bad = on.fake.of(person, {**person.message({"type": "text"}), "timestamp": 5})
            await on.fake.deliver(bad)
            person.refuses = 131026
            await person.says("0")
            await on.quiet()
            await on.fake.told()
            person.refuses = 0
            await _more_ways(on, person, monkeypatch)
        finally:
            logging.root.removeHandler(handler)
    id = person.user_id
    assert not tells(caplog.text.encode(), id), "also at the lowest level"
    assert not tells(lines.read_bytes(), id)
    assert not tells(generate_latest(), id)
    assert not tells(await _dump(on), id)
    assert not tells(await _on_disk(on), id)
    learner = await on.store.learner_at("whatsapp", id)
    assert learner and not tells(repr(await everything(on.store, learner)).encode(), id)
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path != lines]
    assert not any(tells(path.read_bytes(), id) for path in files)


async def _more_ways(on: OnWhatsApp, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file, a broadcast with what Meta tells of it, another number, one of whom only a number is
    known, a fault of ours, and a call that is not saved."""
    await person.forges(encode(MyData()))
    await person.expects(1)
    await start(on, 7)
    await done(on, 7)
    await on.fake.told()
    sent = on.fake.messages()[-1]
    for state, code in (("failed", 131049), ("failed", 999999), ("read", 0)):
        await on.fake.deliver(on.fake.status(sent, state, code))
    system = {"type": "user_changed_number", "wa_id": NUMBER, "user_id": "DE.77"}
    system |= {"previous_user_id": "DE.78", "body": f"{NAME} changed from {NUMBER}"}
    moved = person.message({"type": "system", "system": system})
    await on.fake.deliver(on.fake.value(messages=[moved]))
    bare = person.message({"type": "text", "text": {"body": "Hello"}})
    del bare["from_user_id"]
    await on.fake.deliver(on.fake.value(messages=[bare]))
    await on.quiet()

    def broken(*_: object) -> None:
        raise ValueError("a fault of ours")

    with monkeypatch.context() as patch:
        patch.setattr("bot.dispatcher.decide", broken)
        await person.says("anything")
        await on.quiet()

    def away(_now: int) -> None:
        raise OperationalError("SELECT 1", {}, OSError("away"))

    with monkeypatch.context() as patch:
        patch.setattr(on.store, "batch", away)
        hello = person.message({"type": "text", "text": {"body": "Hello"}})
        assert await on.fake.post(on.fake.body(on.fake.of(person, hello))) == 503
    await on.quiet()


async def _on_disk(on: OnWhatsApp) -> bytes:
    """The database's own file, where it is one, with what it wrote lately."""
    path = on.store.engine.url.database or ""
    if on.store.engine.dialect.name != "sqlite":
        return b""
    files = [file for file in Path(path).parent.glob(f"{Path(path).name}*") if file.is_file()]
    assert files
    return b"".join(file.read_bytes() for file in files)


async def _dump(on: OnWhatsApp) -> bytes:
    """All tables, in the clear."""
    rows = []
    async with on.store.engine.connect() as db:
        for table in t.metadata.sorted_tables:
            rows += [repr(tuple(row)) for row in await db.execute(sa.select(table))]
            rows += [
                bytes(value).decode("latin-1")
                for row in await db.execute(sa.select(table))
                for value in row
                if isinstance(value, bytes)
            ]
    assert rows
    return "\n".join(rows).encode("utf-8", "replace")


async def test_the_privacy_page_says_who_carries_the_messages(on: OnWhatsApp) -> None:
    amal = on.fake.person()
    await begins(amal)
    await amal.says("/privacy")
    await amal.expects(1)
    assert "WhatsApp (Meta) carries the messages here" in amal.screen
