"""Letters between a counsellor and a learner of their group: what an answer is about, no word of
it; and those that wait until they are wanted."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.flows.groups.events import HeldReleased
from bot.model.group import HeldQuestions, LastLetter, Letter, LetterBehind
from db import tables as t
from db.batch import Batch
from db.orders import ORDERS
from db.queries import Asked, answers
from db.writes import writes


@answers(HeldQuestions)
async def held_questions(asked: Asked, query: HeldQuestions) -> int:
    held = _held(query.counsellor, query.group)
    number = sa.select(sa.func.count()).select_from(t.order).where(held)
    return (await asked.db.execute(number)).scalar_one()


@answers(LetterBehind)
async def letter_behind(asked: Asked, query: LetterBehind) -> Letter | None:
    found = _letters(query.reader).where(
        t.letter.c.message == query.message, t.address.c.channel == query.channel
    )
    behind = [_letter(row) for row in await asked.db.execute(found.limit(2))]
    return behind[0] if len(behind) == 1 else None


@answers(LastLetter)
async def last_letter(asked: Asked, query: LastLetter) -> Letter | None:
    newest = _letters(query.reader).order_by(t.letter.c.at.desc(), t.order.c.place.desc()).limit(1)
    row = (await asked.db.execute(newest)).first()
    return _letter(row) if row else None


@writes(HeldReleased)
async def released(tx: Batch, learner_id: int, event: HeldReleased) -> None:
    held = _held(learner_id, event.group)
    await tx.db.execute(
        sa.delete(t.order).where(held)
        if event.drop
        else sa.update(t.order).where(held).values(state="wanted", due=tx.now)
    )
    tx.waiting.add(ORDERS)


async def sent(db: AsyncConnection, order: int, message: str, now: int) -> None:
    """The letter of this order became this message."""
    if message:
        await db.execute(
            sa.update(t.letter).where(t.letter.c.order_id == order).values(message=message, at=now)
        )


async def merge(db: AsyncConnection, mine: int, other: int) -> None:
    """Two learners become one: what is written to or about either is so to that one."""
    await db.execute(sa.update(t.order).where(t.order.c.about == other).values(about=mine))
    await db.execute(sa.update(t.letter).where(t.letter.c.to_id == other).values(to_id=mine))


def _held(reader: int, group: int) -> sa.ColumnElement[bool]:
    of_group = sa.select(t.letter.c.order_id).where(
        t.letter.c.to_id == reader, t.letter.c.group_id == group
    )
    return (t.order.c.state == "held") & t.order.c.id.in_(of_group)


def _letter(row: sa.Row[Any]) -> Letter:
    return Letter(row.group_id, row.learner_id, row.at, row.meeting or 0)


def _letters(reader: int) -> "sa.Select[tuple[int, int, int, int]]":
    of = t.letter.c
    columns = (of.group_id, of.learner_id, of.at, of.meeting)
    found = sa.select(*columns).join(t.order, t.order.c.id == t.letter.c.order_id)
    return found.join(t.address, t.address.c.hash == t.order.c.address).where(
        t.letter.c.to_id == reader, t.order.c.state != "held"
    )
