"""Messages of a broadcast on their way out: what a process that is killed may leave unknown without
having sent it (R11).
"""

import asyncio

import pytest

from bot.channels.telegram.bot import build_bot
from bot.channels.telegram.settings import TelegramSettings
from tests.fakes.telegram import FakeTelegram

PEOPLE = 12


@pytest.mark.parametrize("answer_after", [0.0, 0.3])
async def test_one_message_at_a_time_is_between_the_question_and_its_connection(
    answer_after: float,
) -> None:
    """Also where the database takes longer to say yes than a slot of the pace lasts, and where
    Telegram answers late: who has said yes and was not written is lost with this process."""
    async with FakeTelegram() as fake:
        for n in range(PEOPLE):
            await fake.user(1000 + n).starts()
        bot = build_bot(TelegramSettings(fake.token, fake.api_url, rate=28))
        await bot.initialize()
        marked = most = 0

        async def may_leave() -> bool:
            nonlocal marked, most
            await asyncio.sleep(0.05)
            marked += 1
            most = max(most, marked - len(fake.calls_of("sendMessage")))
            return True

        if answer_after:
            fake.fail_next("sendMessage", delay=answer_after, times=PEOPLE)
        values = [{"chat_id": 1000 + n, "text": "The library is open."} for n in range(PEOPLE)]
        async with asyncio.timeout(30):
            await asyncio.gather(
                *(bot.call_in_bulk("sendMessage", one, may_leave) for one in values)
            )
        calls = fake.calls_of("sendMessage")
        assert sorted(call.chat_id for call in calls) == [1000 + n for n in range(PEOPLE)]
        assert most == 1, f"{most} had left by the table, and were not on their way"
        if answer_after:
            begun = sorted(call.at for call in calls)
            assert begun[-1] - begun[0] < PEOPLE * answer_after, "nobody waits for an answer"
        await bot.shutdown()
        await bot.close_connections()
