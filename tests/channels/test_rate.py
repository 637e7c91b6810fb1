"""The pace of any messenger on a clock of its own: nothing here sleeps, and no library is known."""

import asyncio
import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.channels.pace import Cause, Priority
from tests.support.pace import (
    EDIT,
    FREE,
    Refused,
    World,
    limiter,
    wait,
)


def busiest(times: list[float], window: float) -> int:
    """The most that happened in any half-open stretch of so many seconds."""
    return max(sum(start <= time < start + window for time in times) for start in times)


async def test_a_chat_gets_three_at_once_and_then_one_a_second(paced: World) -> None:
    for n in range(6):
        paced.call(what=n)
    await paced.clock.passes(10)
    assert paced.whats == list(range(6))
    assert paced.times == pytest.approx([0, 0.04, 0.07, 1, 2, 3], abs=0.01)
    paced.call()
    await paced.clock.passes(0)
    assert paced.times[-1] == 10  # rested: at once again


async def test_all_chats_together_stay_below_the_rate(paced: World) -> None:
    for chat, n in itertools.product(range(1, 101), range(2)):
        paced.call(chat=chat, what=n)
    await paced.clock.passes(5)
    await paced.clock.passes(20)
    times = [at for at, *_ in paced.came]
    assert len(times) == 200 and busiest(times, 1.0) == 28
    assert times[-1] == pytest.approx(199 / 28, abs=0.02)


@pytest.mark.parametrize("early", [1e-12, 0.0005])
async def test_a_timer_that_is_a_little_early_is_taken_for_in_time(
    paced: World, early: float
) -> None:
    paced.clock.early = early
    for chat in range(1, 101):
        paced.call(chat=chat)
    await paced.clock.passes(5)
    times = [at for at, *_ in paced.came]
    assert len(times) == 100 and times[-1] == pytest.approx(99 / 28, abs=0.01)
    assert paced.clock.rang <= 2 * 100, "when it may go, and when its chat may be forgotten"
    assert paced.limiter.idle


@pytest.mark.parametrize("rate", [28, 80, 1000])
async def test_a_clock_that_is_later_than_it_says_keeps_the_rate_too(rate: int) -> None:
    """By the time of whoever counts at the other end."""
    paced = World(rate)
    paced.clock.counts, paced.clock.now = 0.001, 1000.00099
    for chat in range(1, 3 * rate):
        paced.call(chat=chat)
    await paced.clock.passes(5)
    times = [at for at, *_ in paced.came]
    assert len(times) == 3 * rate - 1 and busiest(times, 1.0) <= rate
    assert times[-1] < 3.15, "and little of what is allowed is lost"


async def test_a_group_gets_twenty_a_minute(paced: World) -> None:
    for _ in range(60):
        paced.call(chat=-100)
    for _ in range(25):
        paced.call(chat="@channel")
    await paced.clock.passes(300)
    group = [at for at, _, chat, _ in paced.came if chat == -100]
    assert len(group) == 60 and busiest(group, 60) == 20 and group[2] < 0.2
    assert busiest([at for at, _, chat, _ in paced.came if chat == "@channel"], 60) == 20


async def test_edits_are_no_new_messages_for_a_person_but_are_in_a_group(paced: World) -> None:
    for n in range(8):
        paced.call(EDIT, what=n)
    await paced.clock.passes(0.5)
    assert paced.whats == list(range(8))
    for _ in range(8):
        paced.call(EDIT, chat=-5)
    await paced.clock.passes(0.5)
    assert len(paced.came) == 11


@pytest.mark.parametrize("chat", [1, None])
async def test_some_calls_cost_nothing_and_wait_for_nobody(paced: World, chat: int | None) -> None:
    for _ in range(5):
        paced.call()
    for _ in range(50):
        paced.call(FREE, chat=chat)
    await paced.clock.passes(0)
    assert len(paced.came) == 51
    await paced.clock.passes(0.1)
    assert len(paced.came) == 53  # the burst, as if the others had not been


async def test_a_chat_is_forgotten_when_it_may_have_its_burst_again(paced: World) -> None:
    for chat in range(1, 1001):
        paced.call(chat=chat)
    paced.call(chat=-7)
    await paced.clock.passes(36)
    assert len(paced.came) == 1001
    await paced.clock.passes(4)
    assert paced.limiter.idle and paced.limiter.waiting == 0


QUIET, URGENT, AGAIN = (False, 0.0, False), (True, 0.0, False), (False, 0.0, True)


@settings(max_examples=60, deadline=None)
@example(  # a pump that comes by chance lets one go half a millisecond early
    [(1, *QUIET), *[(1, *AGAIN)] * 3, *[(2, *QUIET)] * 2, (2, *URGENT), (3, *QUIET)]
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([1, 2, 3, -4]),
            st.booleans(),
            st.sampled_from([0.0, 0.01, 0.3, 2.0]),
            st.booleans(),
        ),
        min_size=1,
        max_size=60,
    )
)
def test_whatever_comes_all_of_it_goes_in_order_and_in_measure(
    arrivals: list[tuple[int, bool, float, bool]],
) -> None:
    async def run() -> None:
        paced = World(rate=5)
        paced.takes = 0.02
        paced.answers = [Refused(Cause.NOT_SENT) if fails else None for *_, fails in arrivals]
        for n, (chat, urgent, pause, _) in enumerate(arrivals):
            paced.call(chat=chat, what=n, urgency=Priority.INTERACTIVE if urgent else Priority.BULK)
            await paced.clock.passes(pause)
        await paced.clock.passes(1000)
        assert paced.limiter.waiting == 0 and paced.limiter.idle
        assert busiest([at for at, *_ in paced.came], 1) <= 5
        for key in (1, 2, 3, -4):
            order = [what for _, _, chat, what in paced.came if chat == key]
            assert order == sorted(order) and set(order) == {
                n for n, a in enumerate(arrivals) if a[0] == key
            }
            times = [at for at, _, chat, _ in paced.came if chat == key]
            for window in (1, 10):
                assert not times or busiest(times, window) <= (3 + window if key > 0 else 20)

    asyncio.run(run())


async def test_one_call_of_a_chat_is_under_way_at_a_time(paced: World) -> None:
    paced.takes = 0.3
    for n in range(3):
        paced.call(what=n)
    paced.call(chat=2, what="other")
    await paced.clock.passes(2)
    assert paced.whats == [0, "other", 1, 2] and paced.times == pytest.approx(
        [0, 0.04, 0.3, 0.6], abs=0.01
    )


async def test_a_person_goes_before_a_broadcast(paced: World) -> None:
    for chat in range(1, 57):
        paced.call(chat=chat, what="bulk", urgency=Priority.BULK)
    await paced.clock.passes(0.5)
    waiting = len(paced.came)
    paced.call(chat=100, what="person")
    await paced.clock.passes(0.04)
    assert paced.whats[waiting] == "person"
    await paced.clock.passes(5)
    assert len(paced.came) == 57


async def test_a_person_behind_a_broadcast_in_the_same_chat_makes_it_urgent(
    paced: World,
) -> None:
    for chat in range(1, 57):
        paced.call(chat=chat, what="bulk", urgency=Priority.BULK)
    await paced.clock.passes(0.1)
    before = len(paced.came)
    paced.call(chat=56, what="person", urgency=Priority.INTERACTIVE)
    await paced.clock.passes(0.06)
    assert [(chat, what) for *_, chat, what in paced.came[before:]] == [
        (56, "bulk"),
        (56, "person"),
    ]


async def test_a_cancelled_call_leaves_the_queue(paced: World) -> None:
    tasks = [paced.call(what=n) for n in range(6)]
    await paced.clock.passes(0.5)
    tasks[3].cancel()
    tasks[4].cancel()
    await paced.clock.passes(0.6)
    assert paced.whats == [0, 1, 2, 5]
    await paced.clock.passes(10)
    assert paced.limiter.waiting == 0 and paced.limiter.idle


async def test_an_edit_that_was_told_to_wait_holds_its_chat_only(paced: World) -> None:
    paced.answers = [wait(5)]
    paced.call(EDIT, chat=1, what="edit")
    await paced.clock.passes(0.1)
    paced.call(chat=1, what="same")
    paced.call(chat=2, what="other")
    await paced.clock.passes(4.8)
    assert paced.whats == ["edit", "other"]
    await paced.clock.passes(10)
    assert sorted(paced.whats[2:]) == ["edit", "same"] and paced.limiter.idle


async def test_when_a_second_chat_is_told_all_messages_wait(paced: World) -> None:
    paced.answers = [wait(5), wait(3)]
    paced.call(what="first")
    await paced.clock.passes(0.1)
    paced.call(chat=2, what="second")
    await paced.clock.passes(0.1)
    paced.call(chat=3, what="third")
    paced.call(EDIT, chat=4, what="edit")
    paced.call(FREE, chat=None, what="toast")
    await paced.clock.passes(4.8)
    assert paced.whats == ["first", "second", "toast"]
    await paced.clock.passes(2)
    assert sorted(paced.whats[3:]) == ["edit", "first", "second", "third"]


async def test_chats_told_one_after_the_other_hold_nobody_else(paced: World) -> None:
    paced.answers = [wait(1), None, wait(1)]
    paced.call(chat=1)
    await paced.clock.passes(2)
    paced.call(chat=2)
    await paced.clock.passes(0.1)
    paced.call(chat=3, what="third")
    await paced.clock.passes(0.1)
    assert paced.whats[-1] == "third"


def test_a_rate_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="rate"):
        limiter(0)
