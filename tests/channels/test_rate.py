"""The pace of any messenger on a clock of its own: nothing here sleeps, and no library is known."""

import asyncio
import heapq
import itertools
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.pace import Cause, Failure, Key, Pace, Priority, Weight, per_minute
from bot.channels.rate import GRACE, GivenUp, Limiter, TooLong

MESSAGE, EDIT, FREE = Weight
PERSON, GROUP = Pace(1.0, 3), per_minute(20, 3, group=True)


class Refused(Exception):
    """An error of a messenger that says what it means."""

    def __init__(self, cause: Cause, seconds: float = 0.0) -> None:
        super().__init__(cause)
        self.failure = Failure(cause, seconds)


def wait(seconds: float) -> Refused:
    return Refused(Cause.WAIT, seconds)


def pace_of(chat: Key) -> Pace:
    return GROUP if isinstance(chat, str) or chat < 0 else PERSON


def read(error: Exception) -> Failure:
    assert isinstance(error, Refused)
    return error.failure


def limiter(rate: float, clock: "Clock | None" = None) -> Limiter:
    return Limiter(rate, pace_of, read, clock=clock)


class Timer:
    def __init__(self, callback: Callable[[], object]) -> None:
        self.callback, self.cancelled = callback, False

    def cancel(self) -> None:
        self.cancelled = True


class Clock:
    """Time that passes only when a test says so."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now
        self.timers: list[tuple[float, int, Timer]] = []
        self.numbers = itertools.count()

    def time(self) -> float:
        return self.now

    def call_at(self, when: float, callback: Callable[..., object], /, *args: Any) -> Timer:
        timer = Timer(lambda: callback(*args))
        heapq.heappush(self.timers, (when, next(self.numbers), timer))
        return timer

    async def passes(self, seconds: float) -> None:
        """Lets all that is due in this time happen at its own moment."""
        end = self.now + seconds
        await settle()
        while self.timers and self.timers[0][0] <= end:
            when, _, timer = heapq.heappop(self.timers)
            if not timer.cancelled:
                self.now = max(self.now, when)
                timer.callback()
                await settle()
        self.now = end


async def settle() -> None:
    for _ in range(12):
        await asyncio.sleep(0)


class World:
    """A limiter, and a messenger that notes when which call came and answers as it is told."""

    def __init__(self, rate: float = 28) -> None:
        self.clock = Clock()
        self.limiter = limiter(rate, self.clock)
        self.came: list[tuple[float, Weight, int | str, Any]] = []
        self.answers: list[Exception | None] = []
        self.takes = 0.0
        self.under_way: dict[int, int] = {}

    def call(
        self,
        weight: Weight = MESSAGE,
        chat: Key | None = 1,
        what: Any = None,
        urgency: Priority = Priority.INTERACTIVE,
        may_repeat: bool = False,
    ) -> "asyncio.Task[Any]":
        async def call() -> bool:
            self.came.append((self.clock.now - 1000, weight, chat or 0, what))
            if self.takes:
                over = asyncio.Event()
                self.clock.call_at(self.clock.now + self.takes, over.set)
                await over.wait()
            answer = self.answers.pop(0) if self.answers else None
            if answer:
                raise answer
            return True

        return asyncio.ensure_future(self.limiter.run(call, chat, weight, urgency, may_repeat))

    @property
    def times(self) -> list[float]:
        return [round(at, 2) for at, *_ in self.came]

    @property
    def whats(self) -> list[Any]:
        return [what for *_, what in self.came]


def busiest(times: list[float], window: float) -> int:
    """The most that happened in any half-open stretch of so many seconds."""
    return max(sum(start <= time < start + window for time in times) for start in times)


@pytest.fixture
async def world() -> World:
    return World()


async def outcome(task: Awaitable[Any]) -> Exception | None:
    try:
        await task
    except (Refused, TooLong, GivenUp) as error:
        return error
    return None


# -- pace


async def test_a_chat_gets_three_at_once_and_then_one_a_second(world: World) -> None:
    for n in range(6):
        world.call(what=n)
    await world.clock.passes(10)
    assert world.whats == list(range(6))
    assert world.times == pytest.approx([0, 0.04, 0.07, 1, 2, 3], abs=0.01)
    world.call()
    await world.clock.passes(0)
    assert world.times[-1] == 10  # rested: at once again


async def test_all_chats_together_stay_below_the_rate(world: World) -> None:
    for chat, n in itertools.product(range(1, 101), range(2)):
        world.call(chat=chat, what=n)
    await world.clock.passes(5)
    await world.clock.passes(20)
    times = [at for at, *_ in world.came]
    assert len(times) == 200 and busiest(times, 1.0) == 28
    assert times[-1] == pytest.approx(199 / 28, abs=0.01)


async def test_a_group_gets_twenty_a_minute(world: World) -> None:
    for _ in range(60):
        world.call(chat=-100)
    for _ in range(25):
        world.call(chat="@channel")
    await world.clock.passes(300)
    group = [at for at, _, chat, _ in world.came if chat == -100]
    assert len(group) == 60 and busiest(group, 60) == 20 and group[2] < 0.2
    assert busiest([at for at, _, chat, _ in world.came if chat == "@channel"], 60) == 20


async def test_edits_are_no_new_messages_for_a_person_but_are_in_a_group(world: World) -> None:
    for n in range(8):
        world.call(EDIT, what=n)
    await world.clock.passes(0.5)
    assert world.whats == list(range(8))
    for _ in range(8):
        world.call(EDIT, chat=-5)
    await world.clock.passes(0.5)
    assert len(world.came) == 11


@pytest.mark.parametrize("chat", [1, None])
async def test_some_calls_cost_nothing_and_wait_for_nobody(world: World, chat: int | None) -> None:
    for _ in range(5):
        world.call()
    for _ in range(50):
        world.call(FREE, chat=chat)
    await world.clock.passes(0)
    assert len(world.came) == 51
    await world.clock.passes(0.1)
    assert len(world.came) == 53  # the burst, as if the others had not been


async def test_a_chat_is_forgotten_when_it_may_have_its_burst_again(world: World) -> None:
    for chat in range(1, 1001):
        world.call(chat=chat)
    world.call(chat=-7)
    await world.clock.passes(36)
    assert len(world.came) == 1001
    await world.clock.passes(4)
    assert world.limiter.idle and world.limiter.waiting == 0


@settings(max_examples=60, deadline=None)
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
        world = World(rate=5)
        world.takes = 0.02
        world.answers = [Refused(Cause.NOT_SENT) if fails else None for *_, fails in arrivals]
        for n, (chat, urgent, pause, _) in enumerate(arrivals):
            world.call(chat=chat, what=n, urgency=Priority.INTERACTIVE if urgent else Priority.BULK)
            await world.clock.passes(pause)
        await world.clock.passes(1000)
        assert world.limiter.waiting == 0 and world.limiter.idle
        assert busiest([at for at, *_ in world.came], 1) <= 5
        for key in (1, 2, 3, -4):
            order = [what for _, _, chat, what in world.came if chat == key]
            assert order == sorted(order) and set(order) == {
                n for n, a in enumerate(arrivals) if a[0] == key
            }
            times = [at for at, _, chat, _ in world.came if chat == key]
            for window in (1, 10):
                assert not times or busiest(times, window) <= (3 + window if key > 0 else 20)

    asyncio.run(run())


# -- order and priority


async def test_one_call_of_a_chat_is_under_way_at_a_time(world: World) -> None:
    world.takes = 0.3
    for n in range(3):
        world.call(what=n)
    world.call(chat=2, what="other")
    await world.clock.passes(2)
    assert world.whats == [0, "other", 1, 2] and world.times == pytest.approx(
        [0, 0.04, 0.3, 0.6], abs=0.01
    )


async def test_a_person_goes_before_a_broadcast(world: World) -> None:
    for chat in range(1, 57):
        world.call(chat=chat, what="bulk", urgency=Priority.BULK)
    await world.clock.passes(0.5)
    waiting = len(world.came)
    world.call(chat=100, what="person")
    await world.clock.passes(0.04)
    assert world.whats[waiting] == "person"
    await world.clock.passes(5)
    assert len(world.came) == 57


async def test_a_person_behind_a_broadcast_in_the_same_chat_makes_it_urgent(world: World) -> None:
    for chat in range(1, 57):
        world.call(chat=chat, what="bulk", urgency=Priority.BULK)
    await world.clock.passes(0.1)
    before = len(world.came)
    world.call(chat=56, what="person", urgency=Priority.INTERACTIVE)
    await world.clock.passes(0.06)
    assert [(chat, what) for *_, chat, what in world.came[before:]] == [
        (56, "bulk"),
        (56, "person"),
    ]


async def test_a_cancelled_call_leaves_the_queue(world: World) -> None:
    tasks = [world.call(what=n) for n in range(6)]
    await world.clock.passes(0.5)
    tasks[3].cancel()
    tasks[4].cancel()
    await world.clock.passes(0.6)
    assert world.whats == [0, 1, 2, 5]
    await world.clock.passes(10)
    assert world.limiter.waiting == 0 and world.limiter.idle


# -- being told to wait


async def test_retry_after_holds_the_chat_that_was_told(world: World) -> None:
    world.answers = [wait(20)]
    first = world.call(what="first")
    await world.clock.passes(0.1)
    world.call(what="second")
    world.call(EDIT, what="edit of the same")
    world.call(chat=2, what="other")
    world.call(EDIT, chat=3, what="edit")
    world.call(FREE, chat=None, what="toast")
    await world.clock.passes(19.9)
    assert sorted(world.whats) == ["edit", "first", "other", "toast"] and max(world.times) < 0.2
    await world.clock.passes(3)
    assert world.whats[4:] == ["first", "second", "edit of the same"] and world.times[
        4
    ] == pytest.approx(20 + GRACE)
    assert await first is True


async def test_an_edit_that_was_told_to_wait_holds_its_chat_only(world: World) -> None:
    world.answers = [wait(5)]
    world.call(EDIT, chat=1, what="edit")
    await world.clock.passes(0.1)
    world.call(chat=1, what="same")
    world.call(chat=2, what="other")
    await world.clock.passes(4.8)
    assert world.whats == ["edit", "other"]
    await world.clock.passes(10)
    assert sorted(world.whats[2:]) == ["edit", "same"] and world.limiter.idle


async def test_when_a_second_chat_is_told_all_messages_wait(world: World) -> None:
    world.answers = [wait(5), wait(3)]
    world.call(what="first")
    await world.clock.passes(0.1)
    world.call(chat=2, what="second")
    await world.clock.passes(0.1)
    world.call(chat=3, what="third")
    world.call(EDIT, chat=4, what="edit")
    world.call(FREE, chat=None, what="toast")
    await world.clock.passes(4.8)
    assert world.whats == ["first", "second", "toast"]
    await world.clock.passes(2)
    assert sorted(world.whats[3:]) == ["edit", "first", "second", "third"]


async def test_chats_told_one_after_the_other_hold_nobody_else(world: World) -> None:
    world.answers = [wait(1), None, wait(1)]
    world.call(chat=1)
    await world.clock.passes(2)
    world.call(chat=2)
    await world.clock.passes(0.1)
    world.call(chat=3, what="third")
    await world.clock.passes(0.1)
    assert world.whats[-1] == "third"


async def test_retry_after_of_a_group_stops_that_group_only(world: World) -> None:
    world.answers = [wait(30)]
    world.call(chat=-5, what="group")
    await world.clock.passes(0.01)
    world.call(chat=-5, what="group 2")
    world.call(chat=1, what="person")
    await world.clock.passes(29)
    assert world.whats == ["group", "person"]
    await world.clock.passes(5)
    assert world.whats[2:] == ["group", "group 2"]


async def test_retry_after_is_raised_when_it_does_not_help(world: World) -> None:
    world.answers = [wait(1), wait(1), wait(1)]
    task = world.call()
    await world.clock.passes(10)
    assert isinstance(await outcome(task), Refused) and len(world.came) == 3


async def test_nobody_waits_longer_than_the_longest_wait(world: World) -> None:
    world.takes = 0.01
    world.answers = [wait(600)]
    tasks = [world.call(what="first"), world.call(what="second"), world.call(chat=2, what="other")]
    await world.clock.passes(0.01)
    await world.clock.passes(0.1)
    assert world.whats == ["first", "other"] and world.limiter.waiting == 0
    errors = [await outcome(task) for task in tasks]
    assert [type(error) for error in errors] == [Refused, TooLong, type(None)], (
        "the other chat waits for nobody"
    )
    assert isinstance(errors[1], TooLong) and 600 < errors[1].seconds <= 601
    await world.clock.passes(99.9)
    late = world.call(what="late")
    await world.clock.passes(0)
    error = await outcome(late)
    assert isinstance(error, TooLong) and 500 < error.seconds <= 501 and world.limiter.waiting == 0
    await world.clock.passes(441)
    patient = world.call(what="patient")
    await world.clock.passes(60)
    assert await patient is True


async def test_nobody_waits_longer_than_the_longest_wait_for_the_whole_bot(world: World) -> None:
    world.takes = 0.01
    world.answers = [wait(600), wait(600)]
    tasks = [world.call(chat=1), world.call(chat=2)]
    await world.clock.passes(0.1)
    tasks.append(world.call(chat=3))
    await world.clock.passes(0.1)
    assert [type(await outcome(task)) for task in tasks] == [Refused, Refused, TooLong] and len(
        world.came
    ) == 2


async def test_nobody_waits_too_long_for_a_group(world: World) -> None:
    world.takes = 0.01
    world.answers = [wait(600)]
    tasks = [world.call(chat=-5), world.call(chat=-5), world.call(chat=1)]
    await world.clock.passes(1)
    assert [type(await outcome(task)) for task in tasks] == [Refused, TooLong, type(None)]


async def test_nobody_waits_too_long_before_a_repetition(world: World) -> None:
    world.answers = [Refused(Cause.NOT_SENT), wait(600)]
    tasks = [world.call(what="first"), world.call(what="second")]
    await world.clock.passes(1)
    assert [type(await outcome(task)) for task in tasks] == [Refused, TooLong] and len(
        world.came
    ) == 2


async def test_retry_after_of_exactly_the_longest_wait_is_waited(world: World) -> None:
    world.answers = [wait(60)]
    world.takes = 0.01
    tasks = [world.call(), world.call()]
    await world.clock.passes(62)
    assert await tasks[0] is True and await tasks[1] is True and world.times[1] == 60.11


async def test_a_free_call_waits_its_own_retry_after(world: World) -> None:
    world.answers = [wait(1)]
    task = world.call(FREE, chat=None)
    await world.clock.passes(0.01)
    world.call(what="message")
    await world.clock.passes(3)
    assert await task is True and world.whats == [None, "message", None]


# -- errors


@pytest.mark.parametrize("weight", Weight)
async def test_calls_that_may_happen_twice_are_repeated(world: World, weight: Weight) -> None:
    world.answers = [Refused(Cause.UNSURE), Refused(Cause.UNSURE)]
    task = world.call(weight, may_repeat=True)
    await world.clock.passes(5)
    assert await task is True and world.times == [0, 0.5, 1.5]


async def test_what_was_not_done_is_repeated_after_a_second(world: World) -> None:
    world.answers = [Refused(Cause.NOT_DONE), Refused(Cause.NOT_DONE)]
    task = world.call()
    await world.clock.passes(5)
    assert await task is True and world.times == [0, 1, 3]


async def test_a_message_that_may_have_arrived_is_not_repeated(world: World) -> None:
    world.answers = [error := Refused(Cause.UNSURE)]
    task = world.call()
    await world.clock.passes(5)
    assert await outcome(task) is error and len(world.came) == 1


async def test_a_message_that_never_left_is_repeated_and_keeps_its_place(world: World) -> None:
    world.answers = [Refused(Cause.NOT_SENT), Refused(Cause.NOT_SENT)]
    task = world.call(what="first")
    world.call(what="second")
    await world.clock.passes(5)
    assert await task is True and world.whats == ["first"] * 3 + ["second"]
    world.answers = [Refused(Cause.NOT_SENT)] * 3
    task = world.call(chat=2)
    await world.clock.passes(5)
    assert isinstance(await outcome(task), Refused)


@pytest.mark.parametrize("weight", [MESSAGE, EDIT])
async def test_what_is_final_is_not_repeated(world: World, weight: Weight) -> None:
    world.answers = [error := Refused(Cause.FINAL)]
    tasks = [world.call(weight, may_repeat=True), world.call(what="next")]
    await world.clock.passes(5)
    assert await outcome(tasks[0]) is error and await tasks[1] is True and len(world.came) == 2


async def test_shutdown_gives_up_what_waits_and_lets_go_on_what_is_under_way(world: World) -> None:
    world.takes = 1
    tasks = [world.call(), world.call(), world.call(chat=2)]
    await world.clock.passes(0.01)
    world.limiter.give_up()
    await world.clock.passes(2)
    assert await tasks[0] is True
    assert [type(await outcome(task)) for task in tasks[1:]] == [GivenUp, GivenUp]
    task = world.call()
    await world.clock.passes(2)
    assert await task is True


def test_a_rate_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="rate"):
        limiter(0)
