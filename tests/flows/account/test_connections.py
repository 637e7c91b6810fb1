"""Connected phones and pages: seen, taken off, told, guessed at (product.md, Privacy 11; S2 and S14
of the attacks).
"""

from collections.abc import AsyncIterator
from itertools import count

import pytest
import sqlalchemy as sa

from bot.conversation.action import Action, encode
from bot.conversation.event import evolve
from bot.conversation.turn import World
from bot.conversation.update import Doing, Start, Tap, Typed, Update
from bot.dispatcher import Dispatcher
from bot.flows.account.actions import (
    Connections,
    JoinChannels,
    MyData,
    NewCode,
    SpeakLanguage,
    TakeOff,
    TakeOffSure,
)
from bot.flows.account.connections import WRONG_CODES, WRONG_CODES_OF_ALL
from bot.flows.account.settings import NO_CODE, TOO_MANY_CODES
from bot.flows.certificates.actions import AskName
from bot.flows.learning.actions import Begin
from bot.flows.reminders.events import ReminderSet
from bot.model.connection import ConnectionsOf
from bot.model.learner import Learner
from bot.outcome import Outcome
from db import maintenance
from db import tables as t
from db.store import Store
from tests.support.world import Clock

IDS = count()


class Phone:
    def __init__(self, dispatcher: Dispatcher, address: str, channel: str = "telegram") -> None:
        self.dispatcher, self.address, self.channel = dispatcher, address, channel

    async def does(self, doing: Doing) -> Outcome:
        return await self.dispatcher.handle(
            Update(self.channel, f"c{next(IDS)}", self.address, doing, "en")
        )

    async def taps(self, action: Action) -> Outcome:
        return await self.does(Tap(encode(action)))

    async def learner(self, store: Store) -> Learner | None:
        return await store.learner_at(self.channel, self.address)

    def id(self, store: Store) -> str:
        return store.connection_of(self.channel, self.address)


@pytest.fixture
async def dispatcher(store: Store, world: World, clock: Clock) -> AsyncIterator[Dispatcher]:
    made = Dispatcher(store, world, clock)
    await made.start()
    yield made
    await made.stop()


async def _code(phone: Phone, store: Store) -> str:
    await phone.taps(NewCode())
    learner = await phone.learner(store)
    assert learner and learner.code
    return learner.code.text


async def _both(dispatcher: Dispatcher, store: Store) -> tuple[Phone, Phone]:
    """A phone that made a code, and a page that typed it."""
    phone, page = Phone(dispatcher, "phone"), Phone(dispatcher, "p" * 32, "web")
    await phone.taps(SpeakLanguage("en"))
    code = await _code(phone, store)
    await page.does(Typed(code))
    await page.taps(JoinChannels(code))
    assert await phone.learner(store) == await page.learner(store)
    return phone, page


def _texts(outcome: Outcome) -> str:
    assert outcome.screen
    return repr(outcome.screen)


@pytest.mark.both_databases
@pytest.mark.row("17")
async def test_both_are_seen_with_their_day_and_one_is_taken_off(
    dispatcher: Dispatcher, store: Store
) -> None:
    phone, page = await _both(dispatcher, store)
    learner = await phone.learner(store)
    assert learner
    connected = await store.ask(ConnectionsOf(learner.id))
    assert {(c.channel, str(c.since)) for c in connected} == {
        ("telegram", "2026-09-21"),
        ("web", "2026-09-21"),
    }
    await phone.taps(TakeOff(page.id(store)))
    assert await page.learner(store), "only after the question"
    await phone.taps(TakeOff(page.id(store)))
    assert await page.learner(store) is None and await store.closed("web", page.address) == "ended"
    assert [c.channel for c in await store.ask(ConnectionsOf(learner.id))] == ["telegram"]
    assert "Only this one" in _texts(await phone.taps(Connections()))


async def test_the_last_one_is_never_taken_off(dispatcher: Dispatcher, store: Store) -> None:
    phone = Phone(dispatcher, "phone")
    await phone.taps(SpeakLanguage("en"))
    assert "It is the only one" in _texts(await phone.taps(TakeOffSure(phone.id(store))))
    await phone.taps(TakeOff(phone.id(store)))
    assert await phone.learner(store)


async def test_nobody_takes_off_what_is_somebody_elses(
    dispatcher: Dispatcher, store: Store
) -> None:
    phone, _page = await _both(dispatcher, store)
    other = Phone(dispatcher, "other")
    await other.taps(SpeakLanguage("en"))
    for who, action in ((phone, TakeOff(other.id(store))), (other, TakeOff(phone.id(store)))):
        await who.taps(TakeOffSure(action.connection))
        await who.taps(action)
    assert await other.learner(store) and await phone.learner(store)


async def test_who_takes_oneself_off_begins_anew(dispatcher: Dispatcher, store: Store) -> None:
    phone, page = await _both(dispatcher, store)
    await phone.taps(TakeOffSure(phone.id(store)))
    outcome = await phone.taps(TakeOff(phone.id(store)))
    assert outcome.moved and "This one is taken off" in _texts(outcome)
    assert await phone.learner(store) is None
    await phone.does(Start())
    assert await phone.learner(store) != await page.learner(store)


async def test_what_was_on_its_way_there_goes_to_another(
    dispatcher: Dispatcher, store: Store, clock: Clock
) -> None:
    phone, page = await _both(dispatcher, store)
    await phone.taps(MyData())
    await page.taps(TakeOffSure(phone.id(store)))
    await page.taps(TakeOff(phone.id(store)))
    waiting = await store.outbox.of("web", page.address)
    assert {d.order.kind for d in waiting} == {"note", "data"}


async def test_the_maker_of_a_code_is_told_and_can_take_the_other_off(
    dispatcher: Dispatcher, store: Store, clock: Clock
) -> None:
    phone, page = await _both(dispatcher, store)
    (told,) = await store.outbox.take("telegram", int(clock()) + 1, lease=60)
    assert told.address == "phone" and told.order.note
    assert dict(told.order.note.values) == {
        "connection": page.id(store),
        "channel": "web",
        "day": "2026-09-21",
    }
    assert await store.outbox.of("web", page.address) == [], "the one who joined knows"
    await phone.taps(TakeOffSure(told.order.note["connection"]))
    await phone.taps(TakeOff(told.order.note["connection"]))
    assert await page.learner(store) is None


async def test_wrong_codes_are_counted(dispatcher: Dispatcher, store: Store, clock: Clock) -> None:
    phone, thief = Phone(dispatcher, "phone"), Phone(dispatcher, "t" * 32, "web")
    await phone.taps(SpeakLanguage("en"))
    code = await _code(phone, store)
    wrong = [f"{(int(code) + i) % 10**10:010d}" for i in range(1, 20)]
    for i in range(WRONG_CODES):
        answer = await (
            thief.does(Typed(wrong[i])) if i % 2 else thief.taps(JoinChannels(wrong[i]))
        )
        assert NO_CODE in answer.screen.notes  # type: ignore[union-attr]
    for guess in (
        Typed(code),
        Typed(wrong[9]),
        Start(f"link-{code}"),
        Tap(encode(JoinChannels(code))),
    ):
        assert TOO_MANY_CODES in (await thief.does(guess)).screen.notes, (
            "right or wrong: nothing is told"
        )  # type: ignore[union-attr]
    other = Phone(dispatcher, "o" * 32, "web")
    assert "Make the two one" in _texts(await other.does(Typed(code))), (
        "one who guesses costs the others nothing"
    )
    clock.now += 3600
    code = await _code(phone, store)
    assert "Make the two one" in _texts(await thief.does(Typed(code)))


async def test_many_who_guess_together_are_stopped(
    store: Store, world: World, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert WRONG_CODES_OF_ALL * 24 * 365 * 100 < 10**10, (
        "a year of guessing at a hundred open codes finds hardly one"
    )
    monkeypatch.setattr("bot.dispatcher.WRONG_CODES_OF_ALL", 6)
    dispatcher = Dispatcher(store, world, clock)
    await dispatcher.start()
    for i in range(6):
        await Phone(dispatcher, f"{i}").does(Typed("1234567890"))
    assert TOO_MANY_CODES in (await Phone(dispatcher, "7").does(Typed("1234567890"))).screen.notes  # type: ignore[union-attr]
    await dispatcher.stop()


async def test_ten_digits_that_are_no_code_are_not_counted(
    dispatcher: Dispatcher, store: Store
) -> None:
    phone = Phone(dispatcher, "phone")
    await phone.taps(SpeakLanguage("en"))
    await phone.taps(AskName())
    for _ in range(WRONG_CODES + 1):
        assert TOO_MANY_CODES not in (await phone.does(Typed("0612345678"))).screen.notes  # type: ignore[union-attr]


@pytest.mark.both_databases
async def test_who_never_took_a_step_is_forgotten_after_a_month(
    dispatcher: Dispatcher, store: Store, clock: Clock
) -> None:
    """W1: a chat without a language, and one with nothing but a language; all others stay."""
    people = {name: Phone(dispatcher, name) for name in ("silent", "language", "lesson", "900")}
    await people["silent"].does(Start())
    for name in ("language", "lesson", "900"):
        await people[name].taps(SpeakLanguage("en"))
    await people["lesson"].taps(Begin("computer", "meet-the-computer"))
    day = 24 * 3600
    assert await maintenance.forget_strangers(store, int(clock()) + 30 * day) == 0
    assert await maintenance.forget_strangers(store, int(clock()) + 31 * day) == 2
    assert [name for name, phone in people.items() if await phone.learner(store)] == [
        "lesson",
        "900",
    ]


def test_who_set_a_reminder_has_begun() -> None:
    assert not Learner(1, language="en").begun
    assert (
        evolve(Learner(1), ReminderSet(9), 1_790_000_000).begun
        and Learner(1, role="counsellor").begun
    )


async def test_an_old_database_does_not_know_the_day(dispatcher: Dispatcher, store: Store) -> None:
    phone = Phone(dispatcher, "phone")
    await phone.taps(SpeakLanguage("en"))
    async with store.engine.begin() as db:
        await db.execute(sa.update(t.address).values(since=None))
    assert "since" not in _texts(await phone.taps(Connections()))
