"""Totals of an installation: nobody's data, and nothing about fewer than five people (product.md,
Privacy 6).

Counts are rounded down to fives. So what is missing between a total and its parts, or between two
days, tells of no few people.
"""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.model.figures import FEWEST_IN_STATISTICS as FEWEST
from bot.model.learner import day_of
from bot.model.pairs import PairState
from db import sealed
from db import tables as t
from db.engine import reading
from db.readable import readable
from db.vault import Vault

S = TypeVar("S")
HARDEST = 5
"""Questions listed."""
PAGE = 5000


class _Progress(msgspec.Struct):
    """Of a snapshot only what is counted here."""

    modules: dict[str, dict[str, Any]] = {}
    earned: list[dict[str, Any]] = []


async def figures(engine: AsyncEngine, vault: Vault, now: int) -> dict[str, Any]:
    """By name: a number, a mapping to numbers, or None where it would be about fewer than five
    people."""
    today = day_of(now)
    async with reading(engine).connect() as db:
        column = t.learner.c
        learners = await _number(db, sa.select(sa.func.count()).select_from(t.learner))
        active = {
            days: await _number(
                db,
                sa.select(sa.func.count()).where(column.active_on > today - timedelta(days=days)),
            )
            for days in (7, 30)
        }
        by_channel = sa.select(t.address.c.channel, sa.func.count()).group_by(t.address.c.channel)
        by_language = sa.select(sa.func.coalesce(column.language, "-"), sa.func.count()).group_by(
            column.language
        )
        papers = sa.select(t.draft.c.kind, sa.func.count()).group_by(t.draft.c.kind)
        paired = t.pair.c.state == PairState.PAIRED
        found: dict[str, Any] = {
            "learners": enough(learners) if learners else 0,
            "active in 7 days": enough(active[7]),
            "active in 30 days": enough(active[30]),
            "by channel": await _table(db, by_channel),
            "by language": await _table(db, by_language),
            "groups": await _number(db, sa.select(sa.func.count()).select_from(t.group)),
            "papers for work that are kept": await _table(db, papers),
            "pairs": enough(
                await _number(db, sa.select(sa.func.count()).select_from(t.pair).where(paired))
            ),
            "answers": enough(
                await _number(db, sa.select(sa.func.count()).select_from(t.answer)), learners
            ),
        }
        done, certificates = await _finished(db, vault)
        first = await _first_tries(db)
    found["modules finished"] = {module: enough(count) for module, count in sorted(done.items())}
    found["certificates"] = {kind: enough(count) for kind, count in sorted(certificates.items())}
    asked = [
        (round(100 * right / people), module, question)
        for module, question, people, right in first
        if people >= FEWEST
    ]
    found["hardest questions, % right at the first try"] = {
        f"{m}/{q}": share for share, m, q in sorted(asked)[:HARDEST]
    }
    return found


def enough(count: int, people: int | None = None) -> int | None:
    """The count, rounded down to fives; None where it is about fewer `people` (as many as are
    counted, unless told)."""
    return count - count % FEWEST if (count if people is None else people) >= FEWEST else None


async def _number(db: AsyncConnection, query: sa.Executable) -> int:
    return int((await db.execute(query)).scalar_one())


async def _table(db: AsyncConnection, query: sa.Executable) -> dict[str, int | None]:
    return {
        str(name): enough(count)
        for name, count in sorted((await db.execute(query)).all(), key=lambda row: -row[1])
    }


async def _finished(db: AsyncConnection, vault: Vault) -> tuple[Counter[str], Counter[str]]:
    """How many people finished each module and have each kind of certificate."""
    done: Counter[str] = Counter()
    certificates: Counter[str] = Counter()
    async for progress in snapshots(db, vault, _Progress):
        done.update(module for module, state in progress.modules.items() if state.get("done"))
        certificates.update({certificate["kind"] for certificate in progress.earned})
    return done, certificates


async def snapshots(db: AsyncConnection, vault: Vault, shape: type[S]) -> AsyncIterator[S]:
    """What can be read of each learner, of the parts that `shape` has; page by page."""
    decode = msgspec.json.Decoder(shape).decode
    last = -1
    while True:
        page = (
            sa.select(t.learner.c.id, t.learner.c.snapshot)
            .where(t.learner.c.id > last)
            .order_by(t.learner.c.id)
            .limit(PAGE)
        )
        rows = (await db.execute(page)).all()
        if not rows:
            return
        for _row, found in readable(
            "learner", rows, lambda row: decode(sealed.open_learner(vault, row.id, row.snapshot))
        ):
            yield found
        last = rows[-1].id


async def _first_tries(db: AsyncConnection) -> list[tuple[str, str, int, int]]:
    """Module, question, how many answered it, how many of them were right at once."""
    answer = t.answer.c
    first = sa.select(sa.func.min(answer.id)).group_by(
        answer.learner_id, answer.module, answer.deck, answer.question
    )
    right = sa.func.sum(sa.case((answer.right, 1), else_=0))
    question = answer.deck + "/" + answer.question
    rows = await db.execute(
        sa.select(answer.module, question, sa.func.count(), right)
        .where(answer.id.in_(first))
        .group_by(answer.module, question)
    )
    return [(module, asked, people, int(hits)) for module, asked, people, hits in rows]
