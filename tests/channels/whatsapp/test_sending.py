"""What is sent without being an answer: inside the day, as a template, or not at all; and what Meta
says of it later."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa

from bot.channels.whatsapp.templates import ALL, NEWS, all_submitted
from bot.conversation.action import Home, encode
from bot.conversation.event import Ordered
from bot.flows.account.actions import ChooseNews
from bot.flows.reminders.daily import REMINDER
from bot.flows.reminders.events import ReminderSet
from bot.i18n.catalogues import Catalogues
from bot.model.broadcast import Audience, Counts, Draft, DryRun, State
from bot.model.message import note
from bot.model.order import OrderKind
from db import broadcasts
from db import tables as t
from db.maintenance import tidy
from db.recipients import RecipientState
from db.writes import Source
from tests.fakes.whatsapp import FakeWhatsApp, Person
from tests.fakes.whatsapp.rules import check_template
from tests.support.whatsapp import OnWhatsApp, begins

DAY = 24 * 3600
DRAFT = Draft({"en": "<b>Friday</b> at 10:\nwe meet"})


def approve(fake: FakeWhatsApp, words: Catalogues) -> None:
    """All templates in English."""
    for template in all_submitted(["en"], words):
        fake.templates.append({**template, "status": "APPROVED"})


async def order(on: OnWhatsApp, person: Person, made: Ordered) -> None:
    """Something is ordered as if it had been asked for just now."""
    learner = await on.store.learner_at("whatsapp", person.user_id)
    assert learner
    async with on.store.batch(int(on.clock.now)) as tx:
        hash = on.store.vault.hash("whatsapp", person.user_id)
        from db.outbox import ordered

        await ordered(tx, Source(learner.id, hash, 0), made)
        await tx.write(())
    on.worker.notify("orders")


async def state_of_orders(on: OnWhatsApp) -> list[str]:
    async with on.store.engine.connect() as db:
        return list((await db.execute(sa.select(t.order.c.state))).scalars())


async def until(on: OnWhatsApp, *states: str) -> None:
    async with asyncio.timeout(10):
        while sorted(await state_of_orders(on)) != sorted(states):
            await asyncio.sleep(0.02)


async def test_a_file_that_is_late_waits_for_its_learner_and_says_so(
    on: OnWhatsApp, words: Catalogues
) -> None:
    approve(on.fake, words)
    amal = on.fake.person()
    await begins(amal)
    on.clock.now += 2 * DAY
    await order(on, amal, Ordered(OrderKind.DATA, language="en"))
    (knock,) = await amal.expects(1)
    assert knock.kind == "template" and "pasito_file_ready" in knock.text
    await until(on, "shut")
    knocked = on.fake.messages()[-1]
    await amal.taps("button 0")
    await on.fake.deliver(on.fake.status(knocked, "read"))
    shown = await amal.expects(2)
    assert any(each.file for each in shown), "the tap opened the window"
    await on.quiet()
    await on.fake.told()
    await until(on, "sent")


async def test_without_a_template_a_file_waits_two_weeks_in_silence(on: OnWhatsApp) -> None:
    amal = on.fake.person()
    await begins(amal)
    on.clock.now += 2 * DAY
    await order(on, amal, Ordered(OrderKind.DATA, language="en"))
    await until(on, "shut")
    assert len(amal.shown) == 2
    on.clock.now += 10 * DAY
    await tidy(on.store, int(on.clock.now))
    assert await state_of_orders(on) == ["shut"]
    await amal.says("0")
    assert any(each.file for each in await amal.expects(2))


async def test_a_window_that_closes_on_the_way_is_told_later(on: OnWhatsApp) -> None:
    on.fake.late_closed = True
    amal = on.fake.person()
    await begins(amal)
    on.fake.clock = lambda: on.clock.now + DAY + 60  # Meta's clock, not ours
    await order(on, amal, Ordered(OrderKind.DATA, language="en"))
    await until(on, "shut")
    on.fake.clock = on.clock
    await amal.says("0")
    assert any(each.file for each in await amal.expects(2))


@pytest.mark.parametrize(
    ("code", "state"), [(131026, "wanted"), (131053, "wanted"), (131009, "failed")]
)
async def test_what_meta_says_later_settles_an_order(on: OnWhatsApp, code: int, state: str) -> None:
    on.fake.tells = False
    amal = on.fake.person()
    await begins(amal)
    await order(on, amal, Ordered(OrderKind.DATA, language="en"))
    await amal.expects(1)
    await until(on, "told")
    call = on.fake.messages()[-1]
    forged = {**on.fake.status(call, "failed", code)}
    forged["statuses"][0]["biz_opaque_callback_data"] = call.note[:-1] + "0"
    assert call.note[-1] == "0" or await on.fake.deliver(forged) == 200
    await on.fake.deliver(on.fake.status(call, "failed", code))
    await until(on, state)
    async with on.store.engine.connect() as db:
        reachable = (await db.execute(sa.select(t.address.c.reachable))).scalar_one()
    assert reachable == (code != 131026)


async def test_the_word_of_meta_may_come_early_late_twice_or_never(on: OnWhatsApp) -> None:
    on.fake.tells = False
    amal = on.fake.person()
    await begins(amal)
    for _ in range(2):
        await order(on, amal, Ordered(OrderKind.DATA, language="en"))
        await amal.expects(1)
    await until(on, "told", "told")
    first, second = on.fake.messages()[-2:]
    for state in ("read", "delivered", "sent", "sent"):
        await on.fake.deliver(on.fake.status(first, state))
    await until(on, "sent", "told")
    await on.fake.deliver(on.fake.status(first, "failed", 131000))
    await until(on, "sent", "told")
    on.clock.now += 600
    await tidy(on.store, int(on.clock.now))
    assert await state_of_orders(on) == ["sent", "sent"], "taken, and no word: it counts as sent"
    assert second.note


async def test_a_reminder_goes_as_a_template_only_to_who_asked_for_it(
    on: OnWhatsApp, words: Catalogues
) -> None:
    approve(on.fake, words)
    amal = on.fake.person()
    await begins(amal)
    on.clock.now += 2 * DAY
    remind = note(REMINDER, goal=0, done=0, last="")
    await order(on, amal, Ordered(OrderKind.NOTE, note=remind))
    await until(on, "failed")
    assert len(amal.shown) == 2, "nobody asked, nothing is sent"
    learner = await on.store.learner_at("whatsapp", amal.user_id)
    assert learner
    async with on.store.batch(int(on.clock.now)) as tx:
        await tx.change(learner.id, ReminderSet(18))
        await tx.write(())
    await order(on, amal, Ordered(OrderKind.NOTE, note=remind))
    (template,) = await amal.expects(1)
    assert template.kind == "template" and "pasito_reminder" in template.text
    wish = {"user_id": amal.user_id, "value": "stop", "timestamp": "1"}
    await on.fake.deliver(on.fake.value(user_preferences=[wish]), field="user_preferences")
    await order(on, amal, Ordered(OrderKind.NOTE, note=remind))
    await on.fake.told()
    async with asyncio.timeout(10):
        while (await state_of_orders(on)).count("failed") != 2:
            await asyncio.sleep(0.02)
    assert amal.screen is template, "who told Meta to stop gets no more"


# --- broadcasts


@pytest.fixture
async def three(on: OnWhatsApp, words: Catalogues) -> AsyncIterator[dict[str, Person]]:
    """One who wrote today, one who did not and agreed, one who did not and did not."""
    approve(on.fake, words)
    people = {
        "open": on.fake.person("4915100000001", name="A"),
        "agreed": on.fake.person("4915100000002", name="B"),
        "closed": on.fake.person("4915100000003", name="C"),
    }
    for person in people.values():
        await begins(person)
    await people["agreed"].forges(encode(ChooseNews(True)))
    await people["agreed"].expects(1)
    on.clock.now += 2 * DAY
    await people["open"].forges(encode(Home()))
    await people["open"].expects(1)
    yield people


async def test_the_author_sees_how_many_of_each_and_what_it_costs(
    on: OnWhatsApp, three: dict[str, Person]
) -> None:
    assert await on.ask(DryRun(Audience(), ("en",))) == Counts(
        will_get=2, costly=2, template=1, closed=1
    )


async def test_a_broadcast_is_an_answer_a_template_or_nothing(
    on: OnWhatsApp, three: dict[str, Person]
) -> None:
    await start(on, 7)
    await three["open"].expects(1)
    (template,) = await three["agreed"].expects(1)
    assert "Friday at 10: we meet" in three["open"].screen.bare.replace("\n", " ")
    assert template.kind == "template" and "Friday at 10: we meet" in template
    await done(on, 7)
    assert await counts(on, 7) == (2, 0, 0, 1)
    assert len(three["closed"].shown) == 2


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (131049, (1, 0, 0, 2)),
        (131050, (1, 0, 0, 2)),
        (131026, (1, 1, 0, 1)),
        (131000, (1, 1, 0, 1)),
    ],
)
async def test_what_meta_says_later_settles_a_recipient(
    on: OnWhatsApp, three: dict[str, Person], code: int, expected: tuple[int, ...]
) -> None:
    on.fake.tells = False
    await start(on, 7)
    await three["open"].expects(1)
    await done(on, 7)
    call = next(c for c in on.fake.messages() if c.to == three["open"].user_id and c.note)
    await on.fake.deliver(on.fake.status(call, "failed", code))
    await on.fake.deliver(on.fake.status(call, "failed", code))
    assert await counts(on, 7) == expected
    assert await on.ask(DryRun(Audience(), ("en",)))


async def test_nobody_knows_until_meta_says_it(on: OnWhatsApp, three: dict[str, Person]) -> None:
    on.fake.tells = False
    on.fake.fail_next(drop="after", times=3, to=three["open"].user_id)
    await start(on, 7)
    await three["open"].expects(1)
    await done(on, 7)
    assert (await counts(on, 7))[2] == 1, "unknown: sent at most once"
    call = next(c for c in on.fake.messages() if c.to == three["open"].user_id and c.note)
    call.id = "wamid.x"
    await on.fake.deliver(on.fake.status(call, "delivered"))
    assert await counts(on, 7) == (2, 0, 0, 1)


async def test_who_stops_marketing_in_whatsapp_gets_no_template(
    on: OnWhatsApp, three: dict[str, Person]
) -> None:
    wish = {"user_id": three["agreed"].user_id, "value": "stop", "timestamp": "1"}
    await on.fake.deliver(on.fake.value(user_preferences=[wish]), field="user_preferences")
    await start(on, 7)
    await done(on, 7)
    assert await counts(on, 7) == (1, 0, 0, 2)
    await on.fake.deliver(
        on.fake.value(user_preferences=[{**wish, "value": "resume"}]), field="user_preferences"
    )
    assert (await on.ask(DryRun(Audience(), ("en",)))).template == 1


async def start(on: OnWhatsApp, id: int) -> None:
    now = int(on.clock.now)
    async with on.store.engine.begin() as db:
        author = (await db.execute(sa.select(t.learner.c.id).limit(1))).scalar_one()
        await broadcasts.begin(db, on.store.vault, id, author, DRAFT, State.WAITING, now)
    on.worker.notify(broadcasts.BROADCASTS)


async def done(on: OnWhatsApp, id: int) -> None:
    async with asyncio.timeout(15):
        while True:
            async with on.store.engine.connect() as db:
                if (await db.execute(sa.select(t.broadcast.c.state))).scalar() == State.DONE:
                    return
            on.worker.notify(broadcasts.BROADCASTS)
            await asyncio.sleep(0.05)


async def counts(on: OnWhatsApp, id: int) -> tuple[int, ...]:
    """Sent, failed, unknown, skipped: of the broadcast, and the same of its rows."""
    column = t.broadcast.c
    async with on.store.engine.connect() as db:
        row = (
            await db.execute(sa.select(column.sent, column.failed, column.unknown, column.skipped))
        ).one()
        states = list((await db.execute(sa.select(t.recipient.c.state))).scalars())
    found = tuple(row)
    of = RecipientState
    assert found == tuple(states.count(s) for s in (of.SENT, of.FAILED, of.UNKNOWN, of.SKIPPED))
    return found


def test_every_template_in_every_language_is_what_meta_takes(words: Catalogues) -> None:
    made = all_submitted(words.languages, words)
    assert len(made) == len(ALL) * len(words.languages)
    for template in made:
        check_template(template)
    assert all("{{1}}" in t["components"][0]["text"] for t in made if t["name"] == NEWS.name)
