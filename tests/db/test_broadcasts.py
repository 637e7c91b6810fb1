"""Whose a broadcast is, when its author is no admin any more."""

import pytest
import sqlalchemy as sa

from bot.conversation.event import ForOther
from bot.flows.broadcasts.events import BroadcastBegun, BroadcastSteered
from bot.flows.staff.events import RoleGiven
from bot.model.broadcast import BroadcastById, Draft, State, Steering
from bot.model.roles import Role
from db.broadcasts import hold_strangers
from db.store import Store
from tests.support.stores import InDatabase

NEWS, APART = BroadcastBegun(1, Draft({"en": "News."}), False), 2


@pytest.fixture
def kept(store: Store) -> InDatabase:
    return InDatabase(store)


async def _is(kept: InDatabase, id: int = 1) -> tuple[State, int]:
    found = await kept.asks(BroadcastById(id))
    return found.state, found.author


async def test_it_waits_for_another_admin_once_the_role_of_its_author_is_taken_away(
    kept: InDatabase,
) -> None:
    ada, bob, eve = [await kept.person(Role.ADMIN) for _ in range(3)]
    await kept.happens(ada, NEWS)
    await kept.happens(bob, BroadcastBegun(APART, NEWS.draft, False))
    await kept.happens(bob, ForOther(ada, RoleGiven(Role.LEARNER)))
    assert await _is(kept) == (State.PAUSED, ada) and await _is(kept, APART) == (State.WAITING, bob)
    await kept.happens(eve, BroadcastSteered(1, Steering.RESUME))
    assert await _is(kept) == (State.WAITING, eve), "who lets it go on answers for it"


async def test_it_waits_once_the_settings_name_its_author_no_longer(
    kept: InDatabase, store: Store
) -> None:
    ada, bob = await kept.person(), await kept.person(Role.ADMIN)
    await kept.happens(ada, NEWS)
    await kept.happens(bob, BroadcastBegun(APART, NEWS.draft, False))

    async def starts(admins: list[bytes]) -> State:
        await hold_strangers(store.engine, store.vault, admins)
        return (await _is(kept))[0]

    async with store.reading.connect() as db:
        query = "SELECT hash FROM address WHERE learner_id = :id"
        theirs = (await db.execute(sa.text(query), {"id": ada})).scalar_one()
    assert await starts([theirs]) is State.WAITING
    assert await starts([]) is State.PAUSED
    assert await _is(kept, APART) == (State.WAITING, bob)
