"""What staff recorded of cards: where each voice note is fetched, the voice itself, who agreed.

A row is all there is, at every step, so that nothing is lost in silence: first it says where the
messenger keeps the voice note, then it holds the voice, sealed. The files that learners hear are
copies of it (`bot.jobs.recordings`).
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.flows.recording.events import (
    NOT_USED,
    VoiceJudged,
    VoiceSent,
    VoiceTakenDown,
)
from bot.model.message import note
from bot.model.recordings import (
    AllHeard,
    Spoken,
    SpokenBy,
    SpokenById,
    SpokenIn,
    State,
    ToBeHeard,
)
from db import tables as t
from db.batch import Batch
from db.engine import insert
from db.erased import WIPE
from db.orders import new_id
from db.queries import Asked, answers
from db.writes import writes

RECORDINGS = "recordings"
"""The job that is notified."""
_R = t.recording.c
_COLUMNS = tuple(column for column in t.recording.c if column.name != "sealed")
_KEY = ("language", "module", "deck", "card", "heard")


def spoken(row: Any) -> Spoken:
    fetched = row.due is None
    return Spoken(
        id=row.id,
        language=row.language,
        module=row.module,
        deck=row.deck,
        card=row.card,
        said=row.said,
        speaker=row.speaker_id or 0,
        state=State.HEARD if row.heard else State.WAITING if fetched else State.ON_ITS_WAY,
        at=row.at,
        seconds=row.seconds,
        bytes=row.bytes,
    )


async def found(db: AsyncConnection, *where: sa.ColumnElement[bool]) -> tuple[Spoken, ...]:
    query = sa.select(*_COLUMNS).where(*where).order_by(_R.at, _R.id)
    return tuple(map(spoken, await db.execute(query)))


def place_of(id: int) -> bytes:
    """What the seal of where it is fetched is bound to."""
    return b"voice at" + id.to_bytes(8)


def voice_of(id: int) -> bytes:
    """What the seal of the voice is bound to."""
    return b"voice" + id.to_bytes(8)


# --- what flows ask


@answers(SpokenIn)
async def spoken_in(asked: Asked, query: SpokenIn) -> tuple[Spoken, ...]:
    return await found(asked.db, _R.module == query.module, _R.language == query.language)


@answers(SpokenBy)
async def spoken_by(asked: Asked, query: SpokenBy) -> tuple[Spoken, ...]:
    return (await found(asked.db, _R.speaker_id == query.speaker))[::-1]


@answers(SpokenById)
async def spoken_by_id(asked: Asked, query: SpokenById) -> Spoken | None:
    return next(iter(await found(asked.db, _R.id == query.id)), None)


@answers(ToBeHeard)
async def to_be_heard(asked: Asked, query: ToBeHeard) -> tuple[Spoken, ...]:
    waits = sa.not_(_R.heard) & _R.due.is_(None)
    return await found(asked.db, waits, _R.speaker_id != query.besides)


@answers(AllHeard)
async def all_heard(asked: Asked, query: AllHeard) -> tuple[Spoken, ...]:
    return await found(asked.db, _R.heard)


# --- what flows do


@writes(VoiceSent)
async def sent(tx: Batch, learner_id: int, event: VoiceSent) -> None:
    """Where another one's is there already, in the same moment, theirs stays: it is told."""
    id = new_id()
    where = f"{event.channel}\n{event.file}".encode()
    row = {
        "id": id,
        **{name: getattr(event, name) for name in ("language", "module", "deck", "card", "said")},
        "heard": False,
        "speaker_id": learner_id,
        "at": tx.now,
        "due": tx.now,
        "attempts": 0,
        "sealed": tx.vault.seal(where, place_of(id)),
        "seconds": 0,
        "bytes": 0,
    }
    same = [_R[name] == row[name] for name in _KEY]
    before = sa.delete(t.recording).where(*same, _R.speaker_id == learner_id)
    replaced = (await tx.db.execute(before)).rowcount
    made = insert(tx.db)(t.recording).on_conflict_do_nothing().returning(_R.id)
    if (await tx.db.execute(made, [row])).first() is None:
        other = {"module": event.module, "language": event.language, "card": 0}
        tx.tell(learner_id, note(NOT_USED, **other, title=event.card, why="other"))
    tx.waiting |= {RECORDINGS, WIPE} if replaced else {RECORDINGS}


@writes(VoiceJudged)
async def judged(tx: Batch, learner_id: int, event: VoiceJudged) -> None:
    """After a yes it takes the place of what learners heard."""
    here = _R.due.is_(None)  # nobody has heard a voice that has not arrived
    this = (_R.id == event.recording) & here & sa.not_(_R.heard) & (_R.speaker_id != learner_id)
    row = (await tx.db.execute(sa.select(t.recording).where(this))).first()
    if row is None:
        return
    if event.yes:
        before = [_R[name] == getattr(row, name) for name in _KEY[:-1]]
        await tx.db.execute(sa.delete(t.recording).where(*before, _R.heard))
        await tx.db.execute(sa.update(t.recording).where(this).values(heard=True))
    else:
        await tx.db.execute(sa.delete(t.recording).where(this))
    tx.waiting |= {RECORDINGS, WIPE}


@writes(VoiceTakenDown)
async def taken_down(tx: Batch, learner_id: int, event: VoiceTakenDown) -> None:
    await tx.db.execute(sa.delete(t.recording).where(_R.id == event.recording))
    tx.waiting |= {RECORDINGS, WIPE}


async def leaves(tx: Batch, learner_id: int) -> None:
    """What nobody agreed to goes with whoever recorded it; the rest stays, without them."""
    await tx.db.execute(
        sa.delete(t.recording).where(_R.speaker_id == learner_id, sa.not_(_R.heard))
    )


async def merge(db: AsyncConnection, mine: int, other: int) -> None:
    await db.execute(sa.update(t.recording).where(_R.speaker_id == other).values(speaker_id=mine))
