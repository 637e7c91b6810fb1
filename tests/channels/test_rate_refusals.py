"""What the pace does when a messenger refuses, hangs or says how long to wait."""

from collections.abc import Awaitable
from typing import Any

import pytest

from bot.channels.pace import Cause, Weight
from bot.channels.rate import GRACE, GivenUp, TooLong
from tests.support.pace import EDIT, FREE, MESSAGE, Refused, World, wait


async def outcome(task: Awaitable[Any]) -> Exception | None:
    try:
        await task
    except (Refused, TooLong, GivenUp) as error:
        return error
    return None


async def test_retry_after_holds_the_chat_that_was_told(paced: World) -> None:
    paced.answers = [wait(20)]
    first = paced.call(what="first")
    await paced.clock.passes(0.1)
    paced.call(what="second")
    paced.call(EDIT, what="edit of the same")
    paced.call(chat=2, what="other")
    paced.call(EDIT, chat=3, what="edit")
    paced.call(FREE, chat=None, what="toast")
    await paced.clock.passes(19.9)
    assert sorted(paced.whats) == ["edit", "first", "other", "toast"] and max(paced.times) < 0.2
    await paced.clock.passes(3)
    assert paced.whats[4:] == ["first", "second", "edit of the same"] and paced.times[
        4
    ] == pytest.approx(20 + GRACE)
    assert await first is True


async def test_retry_after_of_a_group_stops_that_group_only(paced: World) -> None:
    paced.answers = [wait(30)]
    paced.call(chat=-5, what="group")
    await paced.clock.passes(0.01)
    paced.call(chat=-5, what="group 2")
    paced.call(chat=1, what="person")
    await paced.clock.passes(29)
    assert paced.whats == ["group", "person"]
    await paced.clock.passes(5)
    assert paced.whats[2:] == ["group", "group 2"]


async def test_retry_after_is_raised_when_it_does_not_help(paced: World) -> None:
    paced.answers = [wait(1), wait(1), wait(1)]
    task = paced.call()
    await paced.clock.passes(10)
    assert isinstance(await outcome(task), Refused) and len(paced.came) == 3


async def test_nobody_waits_longer_than_the_longest_wait(paced: World) -> None:
    paced.takes = 0.01
    paced.answers = [wait(600)]
    tasks = [
        paced.call(what="first"),
        paced.call(what="second"),
        paced.call(chat=2, what="other"),
    ]
    await paced.clock.passes(0.01)
    await paced.clock.passes(0.1)
    assert paced.whats == ["first", "other"] and paced.limiter.waiting == 0
    errors = [await outcome(task) for task in tasks]
    assert [type(error) for error in errors] == [Refused, TooLong, type(None)], (
        "the other chat waits for nobody"
    )
    assert isinstance(errors[1], TooLong) and 600 < errors[1].seconds <= 601
    await paced.clock.passes(99.9)
    late = paced.call(what="late")
    await paced.clock.passes(0)
    error = await outcome(late)
    assert isinstance(error, TooLong) and 500 < error.seconds <= 501 and paced.limiter.waiting == 0
    await paced.clock.passes(441)
    patient = paced.call(what="patient")
    await paced.clock.passes(60)
    assert await patient is True


async def test_nobody_waits_longer_than_the_longest_wait_for_the_whole_bot(
    paced: World,
) -> None:
    paced.takes = 0.01
    paced.answers = [wait(600), wait(600)]
    tasks = [paced.call(chat=1), paced.call(chat=2)]
    await paced.clock.passes(0.1)
    tasks.append(paced.call(chat=3))
    await paced.clock.passes(0.1)
    assert [type(await outcome(task)) for task in tasks] == [Refused, Refused, TooLong] and len(
        paced.came
    ) == 2


async def test_nobody_waits_too_long_for_a_group(paced: World) -> None:
    paced.takes = 0.01
    paced.answers = [wait(600)]
    tasks = [paced.call(chat=-5), paced.call(chat=-5), paced.call(chat=1)]
    await paced.clock.passes(1)
    assert [type(await outcome(task)) for task in tasks] == [Refused, TooLong, type(None)]


async def test_nobody_waits_too_long_before_a_repetition(paced: World) -> None:
    paced.answers = [Refused(Cause.NOT_SENT), wait(600)]
    tasks = [paced.call(what="first"), paced.call(what="second")]
    await paced.clock.passes(1)
    assert [type(await outcome(task)) for task in tasks] == [Refused, TooLong] and len(
        paced.came
    ) == 2


async def test_retry_after_of_exactly_the_longest_wait_is_waited(paced: World) -> None:
    paced.answers = [wait(60)]
    paced.takes = 0.01
    tasks = [paced.call(), paced.call()]
    await paced.clock.passes(62)
    assert await tasks[0] is True and await tasks[1] is True and paced.times[1] == 60.11


async def test_a_free_call_waits_its_own_retry_after(paced: World) -> None:
    paced.answers = [wait(1)]
    task = paced.call(FREE, chat=None)
    await paced.clock.passes(0.01)
    paced.call(what="message")
    await paced.clock.passes(3)
    assert await task is True and paced.whats == [None, "message", None]


@pytest.mark.parametrize("weight", Weight)
async def test_calls_that_may_happen_twice_are_repeated(paced: World, weight: Weight) -> None:
    paced.answers = [Refused(Cause.UNSURE), Refused(Cause.UNSURE)]
    task = paced.call(weight, may_repeat=True)
    await paced.clock.passes(5)
    assert await task is True and paced.times == [0, 0.5, 1.5]


async def test_what_was_not_done_is_repeated_after_a_second(paced: World) -> None:
    paced.answers = [Refused(Cause.NOT_DONE), Refused(Cause.NOT_DONE)]
    task = paced.call()
    await paced.clock.passes(5)
    assert await task is True and paced.times == [0, 1, 3]


async def test_a_message_that_may_have_arrived_is_not_repeated(paced: World) -> None:
    paced.answers = [error := Refused(Cause.UNSURE)]
    task = paced.call()
    await paced.clock.passes(5)
    assert await outcome(task) is error and len(paced.came) == 1


async def test_a_message_that_never_left_is_repeated_and_keeps_its_place(paced: World) -> None:
    paced.answers = [Refused(Cause.NOT_SENT), Refused(Cause.NOT_SENT)]
    task = paced.call(what="first")
    paced.call(what="second")
    await paced.clock.passes(5)
    assert await task is True and paced.whats == ["first"] * 3 + ["second"]
    paced.answers = [Refused(Cause.NOT_SENT)] * 3
    task = paced.call(chat=2)
    await paced.clock.passes(5)
    assert isinstance(await outcome(task), Refused)


@pytest.mark.parametrize("weight", [MESSAGE, EDIT])
async def test_what_is_final_is_not_repeated(paced: World, weight: Weight) -> None:
    paced.answers = [error := Refused(Cause.FINAL)]
    tasks = [paced.call(weight, may_repeat=True), paced.call(what="next")]
    await paced.clock.passes(5)
    assert await outcome(tasks[0]) is error and await tasks[1] is True and len(paced.came) == 2


async def test_shutdown_gives_up_what_waits_and_lets_go_on_what_is_under_way(
    paced: World,
) -> None:
    paced.takes = 1
    tasks = [paced.call(), paced.call(), paced.call(chat=2)]
    await paced.clock.passes(0.01)
    paced.limiter.give_up()
    await paced.clock.passes(2)
    assert await tasks[0] is True
    assert [type(await outcome(task)) for task in tasks[1:]] == [GivenUp, GivenUp]
    task = paced.call()
    await paced.clock.passes(2)
    assert await task is True
