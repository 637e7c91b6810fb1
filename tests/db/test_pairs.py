"""Pairs in the store: who, since when, and no word of what they say."""

from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from bot.conversation.event import ForOther, Told
from bot.flows.account.events import Erased
from bot.flows.groups.events import GroupKept
from bot.flows.pairs.events import CHECK, SAID, PairJoined, PairKept, ToldAboutMe
from bot.model.message import note
from bot.model.pairs import (
    LINK_DAYS,
    WEEK_SECONDS,
    AboutMe,
    Pair,
    PairById,
    PairByToken,
    PairsIn,
    PairsOf,
    PairState,
    Said,
    SaidBy,
)
from db import tables as t
from db.maintenance import ask_pairs, tidy
from db.my_data import everything
from db.orders import opened
from db.store import Store
from tests.support.at_rest import opened as store_in
from tests.support.search import found_in
from tests.support.stores import NOW, InDatabase, Kept, a_group


async def link(kept: Kept) -> tuple[int, int, Pair]:
    """A group, its learner, and somebody who will be the mentor."""
    lea, mina, marc = await kept.person(), await kept.person(), await kept.person()
    await kept.happens(lea, GroupKept(a_group(1, lea)))
    until = NOW + LINK_DAYS * 86400
    pair = Pair(77, mina, 0, 1, PairState.INVITED, NOW, until)
    await kept.happens(lea, PairKept(pair, "token"))
    return mina, marc, pair


async def begun(kept: Kept) -> tuple[int, int, Pair]:
    mina, marc, pair = await link(kept)
    paired = replace(pair, mentor=marc).moved(PairState.PAIRED, NOW)
    both = (PairKept(paired), PairJoined(77), ForOther(mina, PairJoined(77)))
    await kept.happens(marc, ToldAboutMe(AboutMe(name="Marc")), *both)
    await kept.happens(mina, ToldAboutMe(AboutMe(name="Mina", pairs=(77,))))
    return mina, marc, paired


async def test_a_link_is_used_once_and_forgotten_in_time(kept: Kept) -> None:
    mina, marc, pair = await link(kept)
    assert await kept.asks(PairByToken("token")) == pair
    assert await kept.asks(PairByToken("other")) is None
    kept.now += LINK_DAYS * 86400
    assert await kept.asks(PairByToken("token")) is None
    kept.now = NOW + 100
    await kept.happens(marc, PairKept(replace(pair, mentor=marc)))
    assert await kept.asks(PairByToken("token")) is None
    assert await kept.asks(PairsOf(mina)) == await kept.asks(PairsOf(marc))


async def test_a_new_link_replaces_one_that_nobody_opened(kept: Kept) -> None:
    mina, _marc, pair = await link(kept)
    await kept.happens(mina, PairKept(replace(pair, id=78), "newer"))
    assert await kept.asks(PairById(77)) is None
    assert [each.id for each in await kept.asks(PairsIn(1))] == [78]


async def test_what_they_say_of_themselves(kept: Kept) -> None:
    _mina, marc, pair = await begun(kept)
    assert await kept.asks(PairById(77)) == pair
    said = await kept.asks(SaidBy(marc))
    assert isinstance(said, Said) and said.about.name == "Marc" and said.about.pairs == (77,)


def _said(text: str, sender: int) -> Told:
    return Told(0, note(SAID, pair=77, learner=sender, name="Mina", text=text))


async def _waiting(store: Store) -> list[str]:
    async with store.engine.connect() as db:
        rows = (await db.execute(sa.select(t.order.c.id, t.order.c.sealed))).all()
    found = [opened(store.vault, row.id, row.sealed).note for row in rows if row.sealed]
    return [each["text"] for each in found if each and each.kind == SAID]


async def test_what_waits_is_sealed_and_dropped_when_it_ends(tmp_path: Path) -> None:
    store = await store_in(tmp_path)
    people = InDatabase(store)
    mina, marc, pair = await begun(people)
    await people.happens(mina, replace(_said("Planted words of hers", mina), to=marc))
    await people.happens(marc, replace(_said("Planted words of his", marc), to=mina))
    assert sorted(await _waiting(store)) == ["Planted words of hers", "Planted words of his"]
    assert not found_in(tmp_path, ("Planted words", "Marc", "Mina"))
    await people.happens(mina, PairKept(pair.moved(PairState.ENDED, people.now)))
    assert await _waiting(store) == []
    await store.engine.dispose()


async def test_whoever_is_deleted_takes_the_pair_along(store: Store) -> None:
    people = InDatabase(store)
    mina, marc, _pair = await begun(people)
    await people.happens(mina, replace(_said("On its way", mina), to=marc))
    await people.happens(mina, Erased())
    assert await people.asks(PairById(77)) is None and await _waiting(store) == []
    left = await people.asks(SaidBy(marc))
    assert left is not None and left.about.pairs == ()


async def test_each_is_asked_after_so_many_weeks_and_then_it_ends(store: Store) -> None:
    people = InDatabase(store)
    mina, _marc, pair = await begun(people)
    for weeks, asked in ((1, 0), (2, 1), (5, 1), (6, 2), (12, 3), (24, 4), (25, 4)):
        await ask_pairs(store, NOW + weeks * WEEK_SECONDS)
        found = await people.asks(PairById(77))
        assert found and (found.state, found.asked) == (PairState.PAIRED, asked), weeks
    async with store.engine.connect() as db:
        rows = (await db.execute(sa.select(t.order.c.id, t.order.c.sealed))).all()
    notes = [opened(store.vault, row.id, row.sealed).note for row in rows]
    assert [each.kind for each in notes if each].count(CHECK) == 8
    asked_of = {each["name"] for each in notes if each and each.kind == CHECK}
    assert asked_of == {"Marc", "Mina"}
    await ask_pairs(store, pair.until + 1)
    ended = await people.asks(PairById(77))
    assert ended and ended.state is PairState.ENDED
    left = await people.asks(SaidBy(mina))
    assert left and left.about.pairs == ()
    await tidy(store, ended.since + 53 * WEEK_SECONDS)
    assert await people.asks(PairById(77)) is None


async def test_my_data_has_it(store: Store) -> None:
    people = InDatabase(store)
    mina, marc, _pair = await begun(people)
    async with store.batch(NOW) as tx:
        (arrival,) = await tx.load_arrivals(people.updates[marc][-1:])
        learner = tx.learners[arrival.learner_id]
    (told,) = (await everything(store, learner))["pairs"]
    assert told["state"] == "paired" and told["as_mentor"]
    assert str(mina) not in str(told)
