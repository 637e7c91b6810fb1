"""Odd answers and odd updates stop nobody, and nothing of them is logged (properties 1, 2 and
7)."""

import pytest

from bot.channels.telegram import polling, transport
from tests.support.mailbox import MOMENT, seconds_until_answered, two, until
from tests.support.service import Service

ODD_ANSWERS = (
    b'{"ok":true,"result":null}',
    b'{"ok":true,"result":{"a":1}}',
    b'{"ok":true,"result":[null]}',
    b'{"ok":true,"result":"x"}',
    b"<html>502 Bad Gateway</html>",
    b"",
    b"[" * 100_000,
    b'{"ok":true,"result":[{"update_id":1,"message":{"text":"planted words',
)


@pytest.mark.parametrize("answer", ODD_ANSWERS, ids=lambda answer: answer[:30].decode())
async def test_polling_goes_on_whatever_is_answered(
    service: Service, answer: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    ana, _ben = await two(service)
    service.fake.fail_next("getUpdates", body=answer)
    await ana.says("/menu")
    await ana.expects(1, within=15)
    assert "planted words" not in caplog.text


async def test_polling_goes_on_though_a_call_never_comes_back(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection that went silent: nobody waits for as long as it would."""
    monkeypatch.setattr(polling, "HOLD", 1)
    monkeypatch.setattr(transport, "SILENCE", 0.3)
    ana, _ben = await two(service)
    service.fake.fail_next("getUpdates", delay=600)
    calls = len(service.fake.calls_of("getUpdates"))
    await until(lambda: len(service.fake.calls_of("getUpdates")) > calls + 1)
    seen = len(ana.messages)
    await ana.says("/menu")
    await until(lambda: any(message.by_bot for message in ana.messages[seen:]))


@pytest.mark.parametrize("code", [401, 409, 429, 500, 502])
async def test_polling_goes_on_whatever_is_refused(service: Service, code: int) -> None:
    ana, _ben = await two(service)
    service.fake.fail_next("getUpdates", code, retry_after=1)
    await ana.says("/menu")
    await ana.expects(1, within=15)


ODD_UPDATES = (
    b'"message":{}}',
    b'"message":"x"}',
    b'"message":{"chat":{"id":"1","type":"private"},"text":"planted words"}}',
    b'"message":{"chat":{"id":-1.5,"type":"private"},"text":"planted words"}}',
    b'"message":{"chat":{"id":1,"type":"private"},"text":"\\ud800\\u0000"}}',
    b'"message":{"chat":{"id":1,"type":"private"},"text":[["planted words"]]}}',
    b'"poll_of_tomorrow":{"question":"planted words"}}',
    b'"message":{"chat":{"id":1,"type":"private"},"deep":'
    + b"[" * 100_000
    + b"]" * 100_000
    + b"}}",
)


@pytest.mark.parametrize("update", ODD_UPDATES, ids=lambda update: update[:60].decode())
async def test_one_odd_update_stops_nobody(
    service: Service, update: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    _ana, ben = await two(service)
    ids = [service.fake.spelled(service.fake.chats[1], update) for _ in range(2)]
    assert await seconds_until_answered(ben) < MOMENT
    await until(
        lambda: (
            set(ids) <= set(service.fake.handled)
            or not set(ids) & set(service.fake.updates.waiting)
        )
    )
    assert "planted words" not in caplog.text
