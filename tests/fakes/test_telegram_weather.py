"""Faults that a test orders, and the pace."""

import aiohttp
import pytest

from tests.fakes.calls import Ask, refused
from tests.fakes.telegram import (
    FakeTelegram,
    Pace,
)


async def test_faults_come_once_and_then_all_is_well(fake: FakeTelegram, ask: Ask) -> None:
    amal = fake.user(1001)
    send = {"method": "sendMessage", "chat_id": 1001, "text": "x"}
    fake.fail_next("sendMessage", 429, retry_after=2)
    answer = await ask(**send)
    assert answer["description"] == "Too Many Requests: retry after 2" and answer["parameters"] == {
        "retry_after": 2
    }
    fake.fail_next("sendMessage", 403)
    assert await refused(ask(**send)) == "403 Forbidden: bot was blocked by the user"
    fake.fail_next("*", 500, times=2)
    assert await refused(ask(**send)) == "500 Internal Server Error"
    assert await refused(ask("getMe")) == "500 Internal Server Error"
    assert (await ask(**send))["ok"] and len(amal.messages) == 1


async def test_a_dropped_connection_leaves_the_work_undone_or_done(
    fake: FakeTelegram, ask: Ask
) -> None:
    amal = fake.user(1001)
    for drop, messages in (("before", 0), ("after", 1)):
        fake.fail_next("sendMessage", drop=drop)
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await ask("sendMessage", chat_id=1001, text="x")
        assert len(amal.messages) == messages
        assert fake.calls[-1].dropped and fake.calls[-1].worked == bool(messages)


async def test_chaos_is_the_same_for_the_same_seed(fake: FakeTelegram, ask: Ask) -> None:
    fake.user(1001)

    async def run() -> list[int]:
        fake.chaos(seed=5, rate=0.5, kinds=["429", "500"])
        return [
            (await ask("sendMessage", chat_id=1001, text="x")).get("error_code", 0)
            for _ in range(20)
        ]

    first = await run()
    assert first == await run() and {0, 429, 500} == set(first)
    fake.no_chaos()
    assert (await ask("sendMessage", chat_id=1001, text="x"))["ok"]


async def test_pace_can_be_enforced(fake: FakeTelegram, ask: Ask) -> None:
    fake.user(1001)
    fake.enforce_pace = True
    fake.pace = Pace(burst=2)
    answers = [await ask("sendMessage", chat_id=1001, text="x") for _ in range(3)]
    assert [answer["ok"] for answer in answers] == [True, True, False]
    assert answers[2]["parameters"] == {"retry_after": 1} and fake.violations == 1
    assert (await ask("sendChatAction", chat_id=1001, action="typing"))["ok"]
    fake.flood(10)
    assert (await ask("sendMessage", chat_id=1001, text="x"))["parameters"]["retry_after"] == 10


def test_pace_counts_in_windows() -> None:
    fake, pace = FakeTelegram(), Pace(burst=3)
    group = fake.group(-1)
    assert [pace.wait(group, second) > 0 for second in range(21)] == [False] * 20 + [True]
    assert pace.wait(group, 60.0) == 0
    people = [fake.user(n).chat for n in range(40)]
    assert sum(pace.wait(chat, 100.0) == 0 for chat in people) == 30
    assert sum(pace.wait(chat, 101.0) == 0 for chat in people[30:]) == 10
    assert [pace.wait(people[0], 200.0) == 0 for _ in range(4)] == [True] * 3 + [False]
