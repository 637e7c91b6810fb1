"""What is sent without being an answer: inside the day, as a template, or not at all; and what Meta
says of it later."""

import asyncio

import pytest
import sqlalchemy as sa

from bot.channels.whatsapp.templates import ALL, NEWS, all_submitted, code_of
from bot.conversation.action import encode
from bot.conversation.event import Ordered
from bot.flows.account.actions import ChooseNews
from bot.flows.groups.events import LETTER, GroupJoined, GroupKept
from bot.flows.reminders.daily import REMINDER
from bot.flows.reminders.events import ReminderSet
from bot.i18n.catalogues import Catalogues
from bot.model.group import Group
from bot.model.message import note
from bot.model.order import OrderKind
from db import groups
from db import tables as t
from db.maintenance import tidy
from db.writes import Source
from tests.fakes.whatsapp import Person
from tests.fakes.whatsapp.rules import check_template
from tests.support.whatsapp import OnWhatsApp, begins
from tests.support.whatsapp_broadcasts import approve

DAY = 24 * 3600


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


@pytest.mark.both_databases
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


@pytest.mark.parametrize("later", [True, False], ids=["as a status", "at once"])
async def test_a_window_that_closes_on_the_way_makes_a_file_wait(
    on: OnWhatsApp, later: bool
) -> None:
    on.fake.late_closed = later
    amal = on.fake.person()
    await begins(amal)
    on.fake.clock = lambda: on.clock.now + DAY + 60  # Meta's clock, not ours
    await order(on, amal, Ordered(OrderKind.DATA, language="en"))
    await until(on, "shut")
    on.fake.clock = on.clock
    await amal.says("0")
    assert any(each.file for each in await amal.expects(2))


@pytest.mark.parametrize("fault", [{"code": 131053}, {"code": 100, "sub": 33}], ids=str)
async def test_a_file_that_is_gone_there_is_uploaded_once_more(
    on: OnWhatsApp, fault: dict[str, int]
) -> None:
    amal = on.fake.person()
    await begins(amal)
    on.fake.fail_next(**fault, to=amal.user_id)
    await order(on, amal, Ordered(OrderKind.DATA, language="en"))
    (shown,) = await amal.expects(1)
    assert shown.file and sum(call.what == "media" for call in on.fake.calls) == 2
    await on.fake.told()
    await until(on, "sent")


async def test_a_letter_goes_as_a_template_to_who_agreed_and_waits_for_who_did_not(
    on: OnWhatsApp, words: Catalogues
) -> None:
    approve(on.fake, words)
    agreed, silent = on.fake.person(), on.fake.person("33612345678", "FR", "Noor")
    for person in (agreed, silent):
        await begins(person)
    await agreed.forges(encode(ChooseNews(True)))
    await agreed.expects(1)
    await in_a_group(on, agreed, silent)
    on.clock.now += 2 * DAY
    letter = note(
        LETTER, group=1, counsellor="Mina", organisation="AMSED", text="We meet at ten.", letter=1
    )
    for person in (agreed, silent):
        await order(on, person, Ordered(OrderKind.NOTE, note=letter))
    (template,) = await agreed.expects(1)
    assert template.kind == "template" and "pasito_letter" in template.text
    await until(on, "shut", "shut")
    assert len(silent.shown) == 2
    await agreed.taps("button 0")
    assert any("We meet at ten." in shown for shown in await agreed.expects(2))
    await silent.says("0")
    assert any("We meet at ten." in shown for shown in await silent.expects(2))
    await on.fake.told()
    await until(on, "sent", "sent")


async def in_a_group(on: OnWhatsApp, *people: Person) -> None:
    """They are members of somebody's group."""
    now = int(on.clock.now)
    (first, *_) = learners = [
        learner
        for person in people
        if (learner := await on.store.learner_at("whatsapp", person.user_id))
    ]
    async with on.store.batch(now) as tx:
        group = Group(1, first.id, "token-of-it", "Friday", "AMSED", "Mina", "en", limit=10)
        await tx.db.execute(sa.insert(t.staff).values(learner_id=first.id))
        await groups.kept(tx, first.id, GroupKept(group))
        for number, learner in enumerate(learners, 1):
            joined = GroupJoined(group, number)
            await tx.change(learner.id, joined)
            await groups.joined(tx, learner.id, joined)
        await tx.write(())


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


def test_every_template_in_every_language_is_what_meta_takes(words: Catalogues) -> None:
    made = all_submitted(words.languages, words)
    known = [language for language in words.languages if code_of(language)]
    assert len(made) == len(ALL) * len(known), "Meta has no Somali and no Tigrinya"
    for template in made:
        check_template(template)
    assert all("{{1}}" in t["components"][0]["text"] for t in made if t["name"] == NEWS.name)
