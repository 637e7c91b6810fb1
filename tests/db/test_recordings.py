"""What staff recorded: the same in the memory of the tests, on SQLite and on PostgreSQL; and what
is fetched and kept on the two."""

from collections.abc import Mapping
from dataclasses import replace
from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.conversation.event import ForOther
from bot.flows.account.events import Erased, Joined
from bot.flows.recording.events import VoiceJudged, VoiceSent, VoiceTakenDown
from bot.flows.staff.events import RoleGiven
from bot.jobs import recordings
from bot.jobs.recordings import Laid, Laying, _write
from bot.model.learner import Learner
from bot.model.query import Query
from bot.model.recordings import (
    AllHeard,
    Spoken,
    SpokenBy,
    SpokenById,
    SpokenIn,
    State,
    ToBeHeard,
)
from bot.model.roles import Role
from cards.model import Programme
from db import tables as t
from db import voices
from db.my_data import everything
from db.orders import opened
from db.store import Store
from tests.support.stores import InDatabase, InMemory, Kept

A_CARD = VoiceSent("en", "computer", "meet-the-computer", "a-machine", "abcd1234", "telegram", "F1")
ANOTHER = replace(A_CARD, card="two-kinds", file="F2")


async def arrive(kept: Kept) -> None:
    """What is on its way comes in."""
    if isinstance(kept, InMemory):
        kept.people.recorded.arrives()
    elif isinstance(kept, InDatabase):
        for one in await voices.take(kept.store, kept.now, 60, 100):
            await voices.arrived(kept.store, one, b"a voice", 7, kept.now)


async def all_of(kept: Kept, query: Query[tuple[Spoken, ...]]) -> list[tuple[str, int, State]]:
    return [(one.card, one.speaker, one.state) for one in await kept.asks(query)]


async def test_from_a_voice_note_to_what_learners_hear(kept: Kept) -> None:
    lea, ben = await kept.person(Role.COUNSELLOR), await kept.person(Role.COUNSELLOR)
    await kept.happens(lea, A_CARD)
    here = SpokenIn("computer", "en")
    assert await all_of(kept, here) == [("a-machine", lea, State.ON_ITS_WAY)]
    assert await kept.asks(ToBeHeard(ben)) == (), "it is not here yet"
    await arrive(kept)
    await kept.happens(lea, ANOTHER)
    assert await all_of(kept, ToBeHeard(ben)) == [("a-machine", lea, State.WAITING)]
    assert await kept.asks(ToBeHeard(lea)) == (), "nobody judges their own"
    (one,) = await kept.asks(ToBeHeard(ben))
    assert await kept.asks(SpokenById(one.id)) == one and one.said == "abcd1234"
    await kept.happens(ben, VoiceJudged(one.id, True))
    assert await all_of(kept, AllHeard()) == [("a-machine", lea, State.HEARD)]
    assert [card for card, *_ in await all_of(kept, SpokenBy(lea))] == ["two-kinds", "a-machine"]
    assert await kept.asks(SpokenIn("computer", "fr")) == () == await kept.asks(SpokenBy(ben))
    await arrive(kept)
    (other,) = await kept.asks(ToBeHeard(ben))
    await kept.happens(ben, VoiceJudged(other.id, False))
    assert len(await kept.asks(here)) == 1, "what nobody wants is deleted"
    await kept.happens(lea, VoiceTakenDown(one.id))
    assert await kept.asks(here) == () and await kept.asks(SpokenById(one.id)) is None


async def test_a_new_one_takes_the_place_of_ones_own_and_after_a_yes_of_what_is_heard(
    kept: Kept,
) -> None:
    lea, ben = await kept.person(Role.COUNSELLOR), await kept.person(Role.COUNSELLOR)
    await kept.happens(lea, A_CARD)
    await kept.happens(lea, replace(A_CARD, file="F3"))
    await arrive(kept)
    (one,) = await kept.asks(ToBeHeard(ben))
    await kept.happens(ben, VoiceJudged(one.id, True))
    await kept.happens(ben, replace(A_CARD, said="changed0"))
    await arrive(kept)
    both = await all_of(kept, SpokenIn("computer", "en"))
    assert both == [("a-machine", lea, State.HEARD), ("a-machine", ben, State.WAITING)]
    (new,) = await kept.asks(ToBeHeard(lea))
    await kept.happens(lea, VoiceJudged(new.id, True))
    assert await all_of(kept, AllHeard()) == [("a-machine", ben, State.HEARD)]


# --- the two databases alone


@pytest.fixture
def real(store: Store) -> InDatabase:
    return InDatabase(store)


async def _orders(store: Store, learner: int) -> list[str]:
    rows = await _rows(store, sa.select(t.order).where(t.order.c.learner_id == learner))
    told = [str(opened(store.vault, row.id, row.sealed).note) for row in rows]
    return [each for each in told if "recording" in each]


async def _rows(store: Store, query: Any) -> list[Any]:
    async with store.reading.connect() as db:
        return list((await db.execute(query)).all())


async def _learner(real: InDatabase, id: int) -> Learner:
    async with real.store.batch(real.now) as tx:
        await tx.take(sa.select(t.learner.c.id, t.learner.c.snapshot).where(t.learner.c.id == id))
        return tx.learners[id]


async def test_nobody_agrees_to_their_own_whatever_a_flow_says(real: InDatabase) -> None:
    lea = await real.person(Role.COUNSELLOR)
    await real.happens(lea, A_CARD)
    await arrive(real)
    (one,) = await real.asks(SpokenBy(lea))
    await real.happens(lea, VoiceJudged(one.id, True))
    await real.happens(lea, VoiceJudged(one.id, False))
    assert await all_of(real, SpokenBy(lea)) == [("a-machine", lea, State.WAITING)]


async def test_nobody_agrees_to_what_has_not_arrived(real: InDatabase) -> None:
    lea, ben = await real.person(Role.COUNSELLOR), await real.person(Role.COUNSELLOR)
    await real.happens(lea, A_CARD)
    (one,) = await real.asks(SpokenBy(lea))
    await real.happens(ben, VoiceJudged(one.id, True))
    assert await all_of(real, SpokenBy(lea)) == [("a-machine", lea, State.ON_ITS_WAY)]


async def test_two_in_the_same_moment_one_is_told(real: InDatabase) -> None:
    lea, ben = await real.person(Role.COUNSELLOR), await real.person(Role.COUNSELLOR)
    await real.happens(lea, A_CARD)
    await real.happens(ben, A_CARD)
    assert await all_of(real, SpokenIn("computer", "en")) == [("a-machine", lea, State.ON_ITS_WAY)]
    assert "other" in (await _orders(real.store, ben))[-1]


async def test_what_is_fetched_is_leased_and_a_dead_process_loses_nothing(real: InDatabase) -> None:
    lea = await real.person(Role.COUNSELLOR)
    await real.happens(lea, A_CARD)
    (one,) = await voices.take(real.store, real.now, 60, 4)
    assert (one.channel, one.file, one.attempts) == ("telegram", "F1", 0)
    assert await voices.take(real.store, real.now + 59, 60, 4) == []
    (again,) = await voices.take(real.store, real.now + 60, 60, 4)
    assert again.attempts == 1
    await voices.arrived(real.store, one, b"too late: another process has it", 3, real.now)
    assert await all_of(real, SpokenBy(lea)) == [("a-machine", lea, State.ON_ITS_WAY)]
    await voices.arrived(real.store, again, b"the voice", 3, real.now)
    assert await voices.content_of(real.store, again.spoken.id) == b"the voice"


async def test_one_that_was_replaced_meanwhile_does_not_arrive(real: InDatabase) -> None:
    lea = await real.person(Role.COUNSELLOR)
    await real.happens(lea, A_CARD)
    (one,) = await voices.take(real.store, real.now, 60, 4)
    await real.happens(lea, replace(A_CARD, file="F9"))
    await voices.arrived(real.store, one, b"the old one", 3, real.now)
    (new,) = await voices.take(real.store, real.now, 60, 4)
    assert new.file == "F9" and await voices.content_of(real.store, one.spoken.id) is None


async def test_what_cannot_be_kept_is_told(real: InDatabase, programme: Programme) -> None:
    lea = await real.person(Role.COUNSELLOR)
    await real.happens(lea, A_CARD)
    (one,) = await voices.take(real.store, real.now, 60, 4)
    await voices.refused(real.store, one, "long", programme, real.now)
    assert await real.asks(SpokenBy(lea)) == ()
    assert "'long'" in (await _orders(real.store, lea))[-1]
    await voices.refused(real.store, one, "long", programme, real.now)
    assert len(await _orders(real.store, lea)) == 1, "once"


async def test_others_are_told_once_that_something_waits(real: InDatabase) -> None:
    lea = await real.person(Role.ADMIN)
    ben, ada = await real.person(Role.ADMIN), await real.person(Role.COUNSELLOR)
    for voice in (A_CARD, ANOTHER):
        await real.happens(lea, voice)
        await arrive(real)
    told = {who: len(await _orders(real.store, who)) for who in (lea, ben, ada)}
    assert told == {lea: 0, ben: 1, ada: 0}, "admins, where there is one besides"


async def test_counsellors_are_told_where_no_other_admin_is(real: InDatabase) -> None:
    lea, ada = await real.person(Role.ADMIN), await real.person(Role.COUNSELLOR)
    await real.happens(lea, A_CARD)
    await arrive(real)
    assert (len(await _orders(real.store, lea)), len(await _orders(real.store, ada))) == (0, 1)


async def test_who_leaves_takes_along_what_nobody_agreed_to(real: InDatabase) -> None:
    lea, ben = await real.person(Role.COUNSELLOR), await real.person(Role.COUNSELLOR)
    await real.happens(lea, A_CARD, ANOTHER)
    await arrive(real)
    (good,) = (one for one in await real.asks(ToBeHeard(ben)) if one.card == "a-machine")
    await real.happens(ben, VoiceJudged(good.id, True))
    known = await everything(real.store, await _learner(real, lea))
    mine = {row["card"]: row["heard"] for row in known["recordings_of_my_voice"]}
    assert mine == {"a-machine": True, "two-kinds": False}
    await real.happens(lea, Erased())
    assert await all_of(real, SpokenIn("computer", "en")) == [("a-machine", 0, State.HEARD)]


async def test_a_role_that_is_taken_away_takes_along_what_nobody_agreed_to(
    real: InDatabase,
) -> None:
    lea, ben = await real.person(Role.COUNSELLOR), await real.person(Role.COUNSELLOR)
    await real.happens(lea, A_CARD)
    await arrive(real)
    (good,) = await real.asks(ToBeHeard(ben))
    await real.happens(ben, VoiceJudged(good.id, True))
    await real.happens(lea, ANOTHER)
    await arrive(real)
    await real.happens(lea, replace(A_CARD, card="on-its-way"))
    await real.happens(ben, ForOther(lea, RoleGiven(Role.LEARNER)))
    assert await all_of(real, SpokenIn("computer", "en")) == [("a-machine", lea, State.HEARD)]


async def test_who_joined_two_chats_is_one_speaker(real: InDatabase) -> None:
    lea, phone = await real.person(Role.COUNSELLOR), await real.person(Role.COUNSELLOR)
    await real.happens(phone, A_CARD)
    await arrive(real)
    await real.happens(lea, Joined(await _learner(real, phone)))
    assert await all_of(real, SpokenBy(lea)) == [("a-machine", lea, State.WAITING)]
    assert await real.asks(ToBeHeard(lea)) == ()


async def test_neither_a_voice_nor_where_it_lies_stands_in_the_clear(real: InDatabase) -> None:
    lea = await real.person(Role.COUNSELLOR)
    await real.happens(lea, A_CARD)
    (row,) = await _rows(real.store, sa.select(t.recording.c.sealed))
    assert b"F1" not in row.sealed
    await arrive(real)
    (row,) = await _rows(real.store, sa.select(t.recording.c.sealed))
    assert b"a voice" not in row.sealed


async def test_one_that_cannot_be_laid_keeps_no_other_from_being_heard_or_taken_down(
    real: InDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One for which the disk has no room, then one that no key opens."""
    lea, ben = await real.person(Role.COUNSELLOR), await real.person(Role.COUNSELLOR)
    await real.happens(lea, A_CARD, ANOTHER, replace(A_CARD, card="third"))
    await arrive(real)
    for one in await real.asks(ToBeHeard(ben)):
        await real.happens(ben, VoiceJudged(one.id, True))
    bad, good, third = await real.asks(AllHeard())
    taken: list[set[str]] = []

    def take(laid: Mapping[str, Laid]) -> None:
        taken.append({one.spoken.card for one in laid.values()})

    def write(path: Path, content: bytes) -> None:
        if path.stem == f"{bad.id:x}":
            raise OSError(ENOSPC, "no room")
        _write(path, content)

    folder = tmp_path / "recorded"
    laying = Laying(real.store, folder, take)
    monkeypatch.setattr(recordings, "_write", write)
    for _time in range(3):
        with pytest.raises(OSError):
            await laying.look()
    assert taken == [{good.card, third.card}], "told once"
    await real.happens(lea, VoiceTakenDown(good.id))
    with pytest.raises(OSError):
        await laying.look()
    assert taken[-1] == {third.card}
    monkeypatch.undo()
    async with real.store.engine.begin() as db:
        damaged = sa.update(t.recording).where(t.recording.c.id == bad.id)
        await db.execute(damaged.values(sealed=b"damaged"))
    for _time in range(3):
        await laying.look()
    assert taken == [{good.card, third.card}, {third.card}]
    assert [path.name for path in folder.iterdir()] == [f"{third.id:x}.ogg"]
