"""Coming into a group and out of it, on a Telegram that refuses what Telegram refuses, on SQLite
and on PostgreSQL."""

import asyncio
from dataclasses import replace

import pytest

from bot.conversation.action import encode
from bot.conversation.turn import World
from bot.conversation.update import Start, Tap, Typed, Update
from bot.dispatcher import Dispatcher
from bot.flows.groups.actions import (
    Groups,
    SetGroup,
    Setting,
)
from bot.flows.groups.events import GroupKept
from bot.flows.groups.member_actions import MyGroup
from bot.flows.groups.membership import number_of
from bot.model.group import (
    Group,
    GroupById,
    MembersOf,
)
from bot.model.learner import Learner
from db.engine import connect
from db.store import Store
from tests.support.group_talk import (
    DAY,
    comes,
    does,
    group_of,
    invitation,
    learner_of,
    new_counsellor,
    says,
    the_yes,
    with_member,
)
from tests.support.languages import TWELVE
from tests.support.office import LEA, MINA
from tests.support.pair_talk import MARC, office
from tests.support.service import Service


async def test_a_group_from_the_invitation_to_the_way_out(service: Service) -> None:
    lea = await new_counsellor(service)
    assert "Invite to “Tuesday group”" in lea.screen
    invite = invitation(lea)
    amina = service.fake.user(1001)
    await amina.starts(invite)
    await amina.expects(1)
    assert (
        "Lea invites you" in amina.screen
        and "AMSED" in amina.screen
        and "which modules and decks you have finished" in amina.screen
    )
    await does(amina, "Yes, I join", "Skip")
    assert "Learner 1" in amina.screen
    await does(amina, "My nickname")
    await says(amina, "\u202eMina 🌸")
    assert "Mina 🌸" in amina.screen and "\u202e" not in amina.screen.text
    await says(lea, "/groups")
    await does(lea, "Tuesday group")
    assert (
        "1 person has joined" in lea.screen
        and "Figures about all are shown from five people on" in lea.screen
    )
    assert "“Mina 🌸” · 0/2 · this week" in lea.screen
    await amina.starts(invite)
    await amina.expects()
    assert "You are in this group already" in amina.screen
    await does(amina, "Leave the group", "Yes, I leave")
    assert "Nothing is shared any more" in amina.screen
    await says(lea, "/groups")
    await does(lea, "Tuesday group")
    assert "Mina" not in lea.screen and "0 people have joined" in lea.screen


async def test_who_is_taken_out_could_come_back_by_the_old_link(service: Service) -> None:
    lea, amina = await with_member(service)
    old = (await service.store.ask(GroupById(group_of(await learner_of(service, 1001))))).token
    await does(lea, "1", "Take out", "Yes, take them out")
    assert "The old link would let them in again" in lea.screen
    await comes(amina, "Lea has taken you out of “Tuesday group”")
    assert "You keep your place and your progress" in amina.screen
    await does(lea, "Yes, a new link")
    await amina.starts(f"g-{old}")
    await amina.expects()
    assert "I do not know this invitation" in amina.screen


async def test_two_counsellors_cannot_see_that_two_nicknames_are_one_person(
    service: Service,
) -> None:
    lea, _amina = await with_member(service)
    amina_id = (await learner_of(service, 1001)).id
    one, other = (number_of(service.dispatcher.world, group, amina_id) for group in (1, 2))
    assert one != other and amina_id not in (one, other)
    assert not any(str(amina_id) in button.data for button in lea.screen.buttons if button.data)


async def test_links_that_do_not_work_say_why_and_learning_goes_on(service: Service) -> None:
    lea = await new_counsellor(service)
    invite = invitation(lea)
    await does(lea, "For how many", "10 people", "Close the link")
    amina = service.fake.user(1001)

    async def turned_away(link: str, why: str) -> None:
        await amina.starts(link)
        await amina.expects()
        assert why in amina.screen
        assert any("Start: Meet the computer" in label for label in amina.screen.labels)

    await turned_away(invite, "Lea, AMSED, has closed this invitation")
    await turned_away("g-nothing", "I do not know this invitation")
    await turned_away("s-nothing", "used already")
    await does(lea, "Open the link", "New link", "Yes, a new link")
    await turned_away(invite, "there is a newer one")
    await does(lea, "Until when", "7 days")
    service.clock.now += 9 * DAY
    await turned_away(invitation(lea), "Ask Lea, AMSED, for a new one")
    await does(lea, "Until when", "no end", "Back", "Group settings", "Last day", "in 30 days")
    service.clock.now += 31 * DAY
    await does(lea, "Back", "Invite")
    await turned_away(invitation(lea), "The group “Tuesday group” ended on")


async def test_an_invitation_names_everything_that_will_be_seen(service: Service) -> None:
    """What a counsellor's board and lists hold (`bot.model.group_progress`,
    `bot.documents.spreadsheet`), word for word."""
    lea = await new_counsellor(service)
    amina = service.fake.user(1001)
    await amina.starts(invitation(lea))
    await amina.expects(1)
    seen = ("the day you joined", "modules and decks you have finished", "week of your last step")
    seen = (*seen, "not begun", "no step for ten days", "work out twice")
    assert all(words in amina.screen for words in ("a nickname that you choose", *seen))
    assert "What you have finished before" not in amina.screen
    await does(amina, "Yes, I join", "Skip", "What is seen")
    assert all(words in amina.screen for words in ("Learner 1", *seen))


async def test_who_has_learnt_already_is_told_that_it_is_seen(service: Service) -> None:
    lea = await new_counsellor(service)
    amina = service.fake.user(1001)
    await amina.starts("m-phone")
    await amina.expects(1)
    await does(amina, "▶ Start", "Next", "The red", "Next")
    await amina.says(
        f"Come to us: https://pasito.example/join/{invitation(lea).removeprefix('g-')}"
    )  # pasted, not opened
    await amina.expects()
    assert (
        "Lea invites you" in amina.screen
        and "What you have finished before counts, and is seen, too." in amina.screen
    )


async def test_a_full_group(service: Service) -> None:
    lea = await new_counsellor(service)
    invite = invitation(lea)
    await does(lea, "For how many", "10 people")
    for n in range(11):
        learner = service.fake.user(2000 + n)
        await learner.starts(invite)
        await learner.expects()
        if n < 10:
            await does(learner, "Yes, I join", "Skip")
            assert f"Learner {n + 1}" in learner.screen
    assert "The group “Tuesday group” is full. Tell Lea, AMSED" in learner.screen
    await does(lea, "Back")
    assert "10 people have joined" in lea.screen and "learning: 10" in lea.screen


@pytest.mark.both_databases
async def test_the_last_seat_is_taken_once(service: Service, database: str) -> None:
    """Two processes, each with half of those who say yes at the same moment."""
    lea = await new_counsellor(service)
    invite = invitation(lea)
    await does(lea, "For how many", "10 people")
    engine = connect(database)
    there = Dispatcher(Store(engine, service.store.vault), service.dispatcher.world, service.clock)
    await there.start()
    both = (service.dispatcher, there)
    people = [(str(2000 + n), both[n % 2]) for n in range(30)]
    await asyncio.gather(
        *(d.handle(Update("telegram", f"s{id}", id, Start(invite))) for id, d in people)
    )
    yes = await the_yes(service, invite.removeprefix("g-"))
    await asyncio.gather(
        *(d.handle(Update("telegram", f"j{id}", id, Tap(yes))) for id, d in people)
    )
    await there.stop()
    await engine.dispose()
    members = await service.store.ask(MembersOf(group_of(await _learner_in(service, people))))
    assert sorted(m.groups[g].number for m in members for g in m.groups) == list(range(1, 11))


async def test_who_joins_crosswise_in_two_processes_waits_for_nobody_in_vain(
    service: Service, database: str
) -> None:
    """Each process has one who joins the first group and one who joins the second, in the other
    order: PostgreSQL ends one."""
    lea = await new_counsellor(service)
    invites = [invitation(lea)]
    await says(lea, "/newgroup", "Friday group")
    invites.append(invitation(lea))
    assert len(set(invites)) == 2
    engine = connect(database)
    there = Dispatcher(Store(engine, service.store.vault), service.dispatcher.world, service.clock)
    await there.start()

    async def joins(who: Dispatcher, id: str, invite: str) -> None:
        await who.handle(Update("telegram", f"s{id}", id, Start(invite)))

    for turn in range(3):
        people = [
            (who, f"{3000 + 4 * turn + 2 * p + n}")
            for p, who in enumerate((service.dispatcher, there))
            for n in (0, 1)
        ]
        order = [invites[0], invites[1], invites[1], invites[0]]
        await asyncio.gather(
            *(joins(who, id, invite) for (who, id), invite in zip(people, order, strict=True))
        )
        taps = [Tap(await the_yes(service, invite.removeprefix("g-"))) for invite in order]
        updates = [
            (who, Update("telegram", f"j{id}", id, tap))
            for (who, id), tap in zip(people, taps, strict=True)
        ]
        outcomes = await asyncio.gather(*(who.handle(update) for who, update in updates))
        assert all("You are in" in str(outcome.screen) for outcome in outcomes)
    await there.stop()
    await engine.dispose()


async def test_typed_start_ends_stop_too(service: Service) -> None:
    amina = service.fake.user(1001)
    await amina.starts()
    await amina.expects()
    await does(amina, "English")
    for word in ("start", "/start"):
        await says(amina, "stop")
        assert (await learner_of(service, 1001)).muted
        await service.dispatcher.handle(Update("telegram", word, "1001", Typed(word)))
        assert not (await learner_of(service, 1001)).muted, word


async def test_a_link_does_not_end_stop_but_start_does_and_says_so(service: Service) -> None:
    lea = await new_counsellor(service)
    amina = service.fake.user(1001)
    await amina.starts()
    await amina.expects()
    await does(amina, "English")
    await says(amina, "stop")
    await amina.starts(invitation(lea))
    await amina.expects()
    await does(amina, "No, I learn alone")
    assert (await learner_of(service, 1001)).muted
    await says(amina, "/start")
    assert "Messages are on again." in amina.screen and not (await learner_of(service, 1001)).muted


async def _learner_in(service: Service, people: list[tuple[str, Dispatcher]]) -> Learner:
    learners = [await learner_of(service, int(id)) for id, _dispatcher in people]
    return next(learner for learner in learners if learner.groups)


async def test_a_full_group_an_ended_one_and_ones_own(service: Service) -> None:
    lea, amina = await with_member(service)
    group = group_of(await learner_of(service, 1001))
    token = (await service.store.ask(GroupById(group))).token
    await service.dispatcher.handle(
        Update("telegram", "limit", "901", Tap(encode(SetGroup(group, Setting.LIMIT, "10"))))
    )
    for id in range(2001, 2010):
        await service.dispatcher.handle(Update("telegram", f"s{id}", str(id), Start(f"g-{token}")))
        await service.dispatcher.handle(
            Update("telegram", f"j{id}", str(id), Tap(await the_yes(service, token)))
        )
    late = service.fake.user(3000)
    await late.starts(f"g-{token}")
    await late.expects()
    assert "is full. Tell Lea, AMSED" in late.screen and any(
        "Start: Meet the computer" in label for label in late.screen.labels
    )
    await amina.starts(f"g-{token}")
    await amina.expects()
    assert "You are in this group already" in amina.screen, "who is in is not turned away"
    await service.dispatcher.handle(
        Update("telegram", "limit0", "901", Tap(encode(SetGroup(group, Setting.LIMIT, "0"))))
    )
    await lea.starts(f"g-{token}")
    await lea.expects()
    assert "This is your own group" in lea.screen
    await service.dispatcher.handle(
        Update("telegram", "ends", "901", Tap(encode(SetGroup(group, Setting.ENDS, "30"))))
    )
    service.clock.now += 32 * DAY
    await late.starts(f"g-{token}")
    await late.expects()
    assert "The group “Tuesday group” ended on" in late.screen
    await says(lea, "/groups")
    await does(lea, "Tuesday group")
    assert "10 people have joined" in lea.screen and "learning:" in lea.screen, (
        "figures from five people on"
    )


async def test_a_groups_number_belongs_to_its_counsellor(service: Service) -> None:
    """Numbers are drawn at random: one that comes again overwrites nobody's group."""
    await with_member(service)
    group: Group = await service.store.ask(GroupById(group_of(await learner_of(service, 1001))))
    stranger = await learner_of(service, 1001)
    async with service.store.batch(int(service.clock())) as tx:
        taken = replace(group, owner=stranger.id, title="Not yours", token="another")
        async with tx.applied(stranger.id, [GroupKept(taken)]):
            pass
    assert await service.store.ask(GroupById(group.id)) == group


def test_the_word_group_opens_a_learners_own(twelve_world: World) -> None:
    """In each language; to who keeps groups it is those, and who is in none reads how one joins."""
    there = office(twelve_world)
    words = Groups.command.words if Groups.command else None
    assert words
    for language in TWELVE:
        for word in twelve_world.say(words, language).split("|"):
            there.who[MINA] = replace(there.who[MINA], language=language, place="h")
            there.types(MINA, word)
            assert there.who[MINA].place == encode(MyGroup(1)), (language, word)
    there.types(LEA, "my group")
    assert there.who[LEA].place == encode(Groups())
    for word in ("my group", "groupe", "/groups"):
        there.types(MARC, word)
        assert "an invite link from a counsellor" in there.notes[0], word
