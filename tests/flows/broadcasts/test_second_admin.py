"""Two admins are two people: who may say the second yes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.flows.staff.events import RoleGiven, StaffLinkMade, StaffLinkUsed
from bot.model.group import SecondAdmins
from bot.model.naming import Naming, independent
from db.store import Store
from tests.fakes.telegram import User
from tests.support.broadcasts import (
    EN,
    comes_to_see,
    learners_with_phones,
    new_admin,
    who_began,
    writes_texts,
)
from tests.support.group_talk import does, says
from tests.support.service import Service
from tests.support.world import Clock


def _offers(user: User, button: str) -> bool:
    return any(button in label for label in user.screen.labels)


async def test_a_second_admin_agrees(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        service.dispatcher, "world", replace(service.dispatcher.world, two_admins=True)
    )
    (user,) = (await who_began(service, {1: "English"})).values()
    other = await new_admin(service, 910)
    admin = await new_admin(service)
    await writes_texts(admin, en="News.")
    await does(admin, "Check and send", "Send it")
    assert "A second admin has to agree" in admin.screen and not _offers(admin, "I agree: send it")
    await comes_to_see(other, "wants to send a broadcast")
    assert not any("News." in str(m) for m in user.messages)
    await says(other, "yes")
    assert all(
        words in other.screen
        for words in ("Languages: English", "Who: everybody", "When: now", "a few may get nothing")
    )
    await does(other, "Show me how it looks")
    await comes_to_see(other, "News.")
    await says(other, "نعم")
    await comes_to_see(user, "News.")


async def test_without_a_second_admin_nobody_is_told_that_one_got_a_message(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        service.dispatcher, "world", replace(service.dispatcher.world, two_admins=True)
    )
    admin = await new_admin(service)
    await writes_texts(admin, en="News.")
    await does(admin, "Check and send", "Send it")
    assert "there is none yet" in admin.screen and "Check and send" in admin.screen


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
    author, own, other, fresh = await learners_with_phones(store, clock, EN, EN, EN, EN)
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
    author, own, third = await learners_with_phones(store, clock, EN, EN, EN)
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
    users = await who_began(service, {905: "English"})
    other, admin = await new_admin(service, 910), await new_admin(service)
    own = await service.store.learner_at("telegram", "905")
    author = await service.store.learner_at("telegram", "900")
    assert own and author
    await _named(service.store, service.clock, own.id, author.id)
    await writes_texts(admin, en="News.")
    await does(admin, "Check and send", "Send it")
    await comes_to_see(users[905], "wants to send a broadcast")
    await does(users[905], "Look at it")
    assert "You cannot be the second one" in users[905].screen and not _offers(
        users[905], "I agree: send it"
    )
    await comes_to_see(other, "wants to send a broadcast")
    await does(other, "Look at it")
    assert _offers(other, "I agree: send it")
