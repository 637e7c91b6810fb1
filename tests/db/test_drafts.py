"""Papers for work in the store: sealed, for their days, and then gone from every file."""

import logging
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.conversation.event import Ordered
from bot.flows.account.events import Erased, Joined
from bot.flows.papers.events import TAKEN_BACK, CvSent, CvTakenBack, DraftErased, DraftKept
from bot.model.learner import Learner
from bot.model.order import OrderKind
from bot.model.papers import (
    DAY_SECONDS,
    Cv,
    DraftOf,
    HowFar,
    Job,
    Kept,
    PaperKind,
    Sent,
    Trade,
    packed_together,
)
from db import tables as t
from db.maintenance import forget_drafts
from db.my_data import everything
from db.orders import opened as opened_order
from db.store import Store
from tests.support.at_rest import opened
from tests.support.search import found_in
from tests.support.stores import NOW, InDatabase
from tests.support.stores import Kept as Stored

CV = Cv(
    language="fr",
    wanted=Trade("kitchen-assistant", sector="kitchen"),
    jobs=(Job("paid", Trade("house-painter"), country="SY", how_long="3-5", tasks=("cut-meat",)),),
    school="vocational",
    licences=("forklift",),
    name="Zarmina Qaderi",
    phone="+33 6 98 76 54 32",
    mail="zarmina@example.org",
    town="Villeurbanne",
    line="Planted line of her own",
    changed=NOW,
)
PLANTED = (
    *("kitchen-assistant", "house-painter", "cut-meat", "vocational", "forklift"),
    *("Zarmina", "98 76 54", "zarmina@example", "Villeurbanne", "Planted line"),
)


async def test_a_paper_is_kept_and_replaced_and_deleted(kept: Stored) -> None:
    who, other = await kept.person(), await kept.person()
    assert await kept.asks(DraftOf(who, PaperKind.CV)) is None
    await kept.happens(who, DraftKept(CV))
    assert await kept.asks(DraftOf(who, PaperKind.CV)) == Kept(CV, NOW + 7 * DAY_SECONDS)
    assert await kept.asks(DraftOf(other, PaperKind.CV)) is None
    assert await kept.asks(DraftOf(who, PaperKind.LETTER)) is None
    later = replace(CV, town="", days=90, changed=NOW + 60)
    await kept.happens(who, DraftKept(later))
    found = Kept(later, NOW + 60 + 90 * DAY_SECONDS)
    assert await kept.asks(DraftOf(who, PaperKind.CV)) == found
    await kept.happens(who, DraftErased(PaperKind.CV))
    assert await kept.asks(DraftOf(who, PaperKind.CV)) is None


@pytest.mark.parametrize("days", [7, 90])
async def test_past_its_day_it_is_not_there_whoever_tidied(kept: Stored, days: int) -> None:
    who = await kept.person()
    await kept.happens(who, DraftKept(replace(CV, days=days)))
    kept.now = NOW + days * DAY_SECONDS - 1
    found = await kept.asks(DraftOf(who, PaperKind.CV))
    assert found and found.draft
    kept.now += 1
    gone = await kept.asks(DraftOf(who, PaperKind.CV))
    assert gone == Kept(None, NOW + days * DAY_SECONDS)


@pytest.mark.row("18")
async def test_no_byte_is_left_past_its_day(tmp_path: Path) -> None:
    """In the database file, its log, and after VACUUM; on day 90 where the person said so."""
    store = await opened(tmp_path)
    people = InDatabase(store)
    who, longer = await people.person(), await people.person()
    await people.happens(who, DraftKept(CV))
    await people.happens(longer, DraftKept(replace(CV, days=90)))
    async with store.engine.connect() as db:
        rows = dict((await db.execute(sa.select(t.draft.c.learner_id, t.draft.c.sealed))).all())
    assert not found_in(tmp_path, PLANTED), "day 0: all of it is sealed"
    await forget_drafts(store, NOW + 7 * DAY_SECONDS)
    assert not _stands(tmp_path, rows[who]) and _stands(tmp_path, rows[longer])
    assert await forget_drafts(store, NOW + 89 * DAY_SECONDS) == 0
    assert await forget_drafts(store, NOW + 91 * DAY_SECONDS) == 1
    assert not _stands(tmp_path, rows[longer]) and not found_in(tmp_path, PLANTED)
    people.now = NOW + 91 * DAY_SECONDS
    gone = await people.asks(DraftOf(longer, PaperKind.CV))
    assert gone and gone.draft is None, "and the day is still told"
    await forget_drafts(store, NOW + 121 * DAY_SECONDS)
    async with store.engine.connect() as db:
        assert (await db.execute(sa.select(t.draft))).first() is None
    await store.engine.dispose()
    with closing(sqlite3.connect(tmp_path / "pasito.sqlite3")) as file:
        file.execute("VACUUM")
    assert not any(_stands(tmp_path, sealed) for sealed in rows.values())


def _stands(folder: Path, sealed: bytes) -> bool:
    return any(sealed in path.read_bytes() for path in folder.rglob("pasito.sqlite3*"))


async def test_deleted_at_once_with_what_waits_of_it(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    people = InDatabase(store)
    who = await people.person()
    await people.happens(who, DraftKept(CV))
    await people.happens(who, Ordered(OrderKind.CV, language="fr", answers=packed_together([CV])))
    await people.happens(who, Ordered(OrderKind.ANNEX, language="fr"))
    assert not found_in(tmp_path, PLANTED), "what waits is sealed, too"
    async with store.engine.connect() as db:
        (sealed,) = (await db.execute(sa.select(t.draft.c.sealed))).scalars()
        waiting = list((await db.execute(sa.select(t.order.c.sealed))).scalars())
    await people.happens(who, DraftErased(PaperKind.CV))
    async with store.engine.connect() as db:
        left = list((await db.execute(sa.select(t.order.c.sealed))).scalars())
    assert len(left) == len(waiting) - 1, "only what is not of it still comes"
    assert not _stands(tmp_path, sealed)
    assert not any(_stands(tmp_path, order) for order in waiting if order not in left)
    await store.engine.dispose()


async def test_my_data_has_all_of_it_and_delete_leaves_nothing(store: Store) -> None:
    people = InDatabase(store)
    who = await people.person()
    await people.happens(who, DraftKept(CV))
    async with store.batch(NOW) as tx:
        (arrival,) = await tx.load_arrivals(people.updates[who][-1:])
        learner = tx.learners[arrival.learner_id]
    told = str(await everything(store, learner))
    assert [word for word in PLANTED if word not in told] == []
    await people.happens(who, Erased())
    async with store.engine.connect() as db:
        assert (await db.execute(sa.select(t.draft))).first() is None


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("channel", "state", "far", "asked_back"),
    [
        ("telegram", "wanted", Sent.WAITS, 0),
        ("telegram", "shut", Sent.WAITS, 0),
        ("telegram", "sending", Sent.PERHAPS, 1),
        ("telegram", "told", Sent.PERHAPS, 1),
        ("web", "wanted", Sent.PERHAPS, 1),
        ("telegram", "sent", Sent.HANDED, 1),
    ],
)
async def test_how_far_a_cv_came_and_who_is_asked_to_delete_it(
    store: Store, channel: str, state: str, far: Sent, asked_back: int
) -> None:
    people = InDatabase(store)
    who, lea = await people.person(), await people.person(channel=channel)
    for group in (1, 2):  # of the same counsellor
        sent = CvSent(lea, group, "fr", packed_together([CV]), "Zarmina")
        await people.happens(who, sent)
    values = {"state": state} | ({"sealed": None} if state == "sent" else {})
    async with store.engine.begin() as db:
        await db.execute(sa.update(t.order).values(**values))
    assert await people.asks(HowFar(who, 1)) is far
    await people.happens(who, CvTakenBack(lea, 1, "Tuesday", "Zarmina"))
    async with store.engine.connect() as db:
        theirs = sa.select(t.order.c.id, t.order.c.sealed).where(t.order.c.sealed.is_not(None))
        left = [opened_order(store.vault, *row) for row in await db.execute(theirs)]
    notes = [order.note.kind for order in left if order.note]
    assert notes.count(TAKEN_BACK) == asked_back
    cvs = [order.subject for order in left if order.kind is OrderKind.CV_SENT]
    assert cvs == ([] if state == "sent" else [f"2-{who}"]), "that of the other group stays"


async def test_two_become_one_and_the_newer_paper_stays(store: Store) -> None:
    people = InDatabase(store)
    mine, other = await people.person(), await people.person()
    newer = replace(CV, town="Lyon", changed=NOW + 500)
    await people.happens(mine, DraftKept(CV))
    await people.happens(other, DraftKept(newer))
    await people.happens(mine, Joined(Learner(other, papers=("cv",))))
    found = await people.asks(DraftOf(mine, PaperKind.CV))
    assert found and found.draft == newer


async def test_a_seal_that_does_not_open_is_told_and_counted(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """Also one that was moved from somebody else's row."""
    people = InDatabase(store)
    who, other = await people.person(), await people.person()
    await people.happens(who, DraftKept(CV))
    moved = sa.update(t.draft).values(learner_id=other)
    async with store.engine.begin() as db:
        await db.execute(moved)
    with caplog.at_level(logging.ERROR):
        assert await people.asks(DraftOf(other, PaperKind.CV)) == Kept(None, 0)
    assert "cannot be opened" in caplog.text
    assert [word for word in PLANTED if word in caplog.text] == []


async def test_a_paper_of_any_size_is_refused(store: Store) -> None:
    people = InDatabase(store)
    who = await people.person()
    with pytest.raises(ValueError, match="bytes"):
        await people.happens(who, DraftKept(replace(CV, line="x" * 20_000)))
    assert await people.asks(DraftOf(who, PaperKind.CV)) is None
