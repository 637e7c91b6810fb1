"""Broadcasts, from an admin's words to everybody's phone, on a Telegram that refuses what Telegram
refuses, on both databases."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from bot.conversation.action import encode
from bot.conversation.decide import decide, show
from bot.conversation.event import Went, evolve_all
from bot.conversation.places import place_of
from bot.conversation.turn import Drawn, Moment, Turn, World
from bot.conversation.update import Tap, Typed, Update
from bot.flows.broadcasts import check as sending
from bot.flows.broadcasts import when
from bot.flows.broadcasts.actions import BroadcastCheck, BroadcastTime, SetAudience, StartBroadcast
from bot.flows.broadcasts.events import BroadcastBegun
from bot.flows.groups.events import GroupKept
from bot.flows.staff.events import RoleGiven
from bot.model.broadcast import (
    Audience,
)
from bot.model.group import Group
from bot.model.learner import Learner
from tests.fakes.telegram import User
from tests.support.broadcasts import DRAFT, comes_to_see, new_admin, who_began, writes_texts
from tests.support.group_talk import does, says
from tests.support.memory import People
from tests.support.service import Service
from tests.support.world import Clock


async def test_a_broadcast_from_the_first_word_to_the_last_phone(service: Service) -> None:
    users = await who_began(
        service, {1: "English", 2: "Français", 3: "العربية", 4: "English", 5: "English"}
    )
    await users[4].blocks()
    await users[4].expects()
    await says(users[5], "stop")
    admin = await new_admin(service)
    assert "Check and send" not in admin.screen.labels, "there is nothing to send yet"
    await writes_texts(
        admin, en="The library is *open* <today>.", fr="La bibliothèque est ouverte."
    )
    assert "No text in: \u2068العربية" in admin.screen
    await does(admin, "Check and send")
    check = admin.screen
    assert "3 people will get it" in check, "two learners and the admin"
    assert "Not: blocked the bot: 1" in check and "Not: want no messages: 1" in check
    assert "Not: no text in their language: 1" in check
    before = len(admin.messages)
    await does(admin, "Show me how it looks")
    await comes_to_see(admin, "La bibliothèque est ouverte.")
    assert "The library is *open* <today>." in "".join(
        str(message) for message in admin.messages[before:]
    )
    check = next(message for message in reversed(admin.messages) if "people will get it" in message)
    assert "2 people will get it" in check and "you had the test" in check, "nobody gets it twice"
    await admin.taps("Send it", on=check)
    await comes_to_see(users[1], "The library is *open* <today>.")
    await comes_to_see(users[2], "La bibliothèque est ouverte.")
    for learner in (3, 4, 5):
        assert not any(
            "library" in str(message) or "bibliothèque" in str(message)
            for message in users[learner].messages
        )
    await _shows(admin, "done", "✅ sent: 2/2")
    await does(users[1], "Go on")
    assert "Choose" in users[1].screen or users[1].screen.labels, "the way on leads to the menu"
    await admin.taps("Send it", on=check, stale=True)
    await admin.expects()
    await says(admin, "/broadcasts")
    assert str(admin.screen).count("The library is") == 1, "a second tap sends nothing"


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
    (user,) = (await who_began(service, {1: "English"})).values()
    admin = await new_admin(service)
    await writes_texts(admin, en="Look.")
    await does(admin, "Picture or file")
    await admin.sends_photo()
    await admin.expects()
    assert "With a picture" in admin.screen
    await does(admin, "Check and send", "Send it")
    await comes_to_see(user, "Look.")
    assert next(m for m in user.messages if "Look." in m).kind == "photo"


async def test_a_long_text_and_its_formatting_stay_as_they_are(service: Service) -> None:
    (user,) = (await who_began(service, {1: "English"})).values()
    admin = await new_admin(service)
    await does(admin, "Texts", "English")
    text = "News. " + "Very long. " * 350 + "The end."
    await admin.says(text, entities=[{"type": "bold", "offset": 0, "length": 5}])
    await admin.expects()
    await does(admin, "Check and send", "Send it")
    await comes_to_see(user, "The end.")
    got = next(message for message in user.messages if "The end." in message)
    assert got.text == text and [(e["type"], e["offset"], e["length"]) for e in got.entities] == [
        ("bold", 0, 5)
    ]


async def test_from_right_to_left_every_line_begins_with_its_mark(service: Service) -> None:
    (user,) = (await who_began(service, {1: "العربية"})).values()
    admin = await new_admin(service)
    await writes_texts(admin, ar="المكتبة مفتوحة.\nPasito غدًا.")
    await does(admin, "Check and send", "Send it")
    await comes_to_see(user, "\u200fالمكتبة مفتوحة.\n\u200fPasito غدًا.")


@pytest.mark.both_databases
async def test_pause_go_on_cancel_and_a_list_of_what_failed(service: Service, clock: Clock) -> None:
    users = await who_began(service, dict.fromkeys(range(1, 7), "English"))
    await users[2].deactivates()
    admin = await new_admin(service)
    await writes_texts(admin, en="News.")
    service.fake.fail_next("sendMessage", chat_id=1, drop="after", times=1)
    await does(admin, "Check and send")
    clock.now += 8 * 3600  # at night nothing goes out: time to pause
    await does(admin, "Send it", "Pause")
    await _shows(admin, "paused")
    clock.now += 12 * 3600
    await does(admin, "Go on sending")
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


async def test_an_old_button_sends_no_draft_that_was_not_checked(service: Service) -> None:
    (user,) = (await who_began(service, {1: "English"})).values()
    admin = await new_admin(service)
    await writes_texts(admin, en="Not ready")
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
    await who_began(service, {1: "English", 2: "Français"})
    admin = await new_admin(service)
    await writes_texts(admin, en="News.")
    await does(admin, "Who gets it", "By a module")
    assert any("computer" in label for label in admin.screen.labels) and not any(
        "phone" in label for label in admin.screen.labels
    )
    await service.dispatcher.handle(
        Update("telegram", "forged", "900", Tap(encode(SetAudience("done", "phone"))))
    )
    learner = await service.store.learner_at("telegram", "900")
    assert learner and learner.broadcast and learner.broadcast.audience == Audience()
    await does(admin, "The computer", "not begun")
    await says(admin, "/broadcast")
    await does(admin, "Check and send")
    assert (
        "Fewer than 5 people will get it" in admin.screen
        and "no text in their language: <5" in admin.screen
    )


@pytest.mark.both_databases
async def test_a_group_of_another_counsellor_is_an_audience(service: Service) -> None:
    await who_began(service, {901: "English"})
    learner = await service.store.learner_at("telegram", "901")
    assert learner
    group = Group(7, learner.id, "token", "Tuesday group", "AMSED", "Lea", "en")
    async with service.store.batch(1) as tx:
        for event in (RoleGiven("counsellor"), GroupKept(group)):
            async with tx.applied(learner.id, [event]):
                pass
    admin = await new_admin(service)
    await does(admin, "Who gets it", "By a group", "Tuesday group · AMSED")
    assert "Who: Tuesday group" in admin.screen


async def test_only_admins(service: Service) -> None:
    (user,) = (await who_began(service, {1: "English"})).values()
    await says(user, "/broadcast")
    assert "This is for counsellors and admins" in user.screen


@pytest.mark.parametrize("languages", [1, 5])
async def test_how_many_inputs_it_takes(languages: int, world: World) -> None:
    """S2: from /broadcast to sent, in one language and in five."""
    texts = ["News.", "أخبار", "Nouvelles.", "Notícias.", "Haberler."][:languages]
    people, learner = People(), Learner(1, language="en", role="admin")
    world = replace(world, languages=("en", "ar", "fr", "pt", "tr"))
    doings = [Typed("/broadcast"), *map(Typed, texts), "▶", "📣 Send it"]
    begun: list[BroadcastBegun] = []
    for number, doing in enumerate(doings):
        moment = Moment(now=1_790_000_000 + number, spare=Drawn("12", ""))
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


def test_a_draft_whose_time_has_passed_is_not_sent(world: World) -> None:
    draft = DRAFT.at(date(2026, 9, 21), (14, 0))
    learner = Learner(
        1, language="en", role="admin", broadcast=draft, place=encode(BroadcastCheck())
    )
    decision = sending.start(
        StartBroadcast(), Turn(learner, world, Moment(now=1_790_000_000, spare=Drawn("1", "")))
    )
    assert decision.events == (Went(BroadcastTime()),) and decision.notes == (when.PASSED,)


async def test_a_copy_of_an_old_one_is_a_new_draft(service: Service) -> None:
    admin = await new_admin(service)
    await writes_texts(admin, en="News.")
    await does(admin, "When", "Tomorrow", "10:00", "Check and send", "Send it")
    assert "It will be sent on" in admin.screen and "begins in a moment" not in admin.screen
    await does(admin, "Copy as a new one")
    assert "When: now" in admin.screen and "Texts: 1/" in admin.screen
    await says(admin, "/broadcasts")
    assert "It will be sent on" in admin.screen
    await does(admin, "1", "Copy as a new one")
    assert "You are writing one already" in admin.screen
