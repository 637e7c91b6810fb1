"""Whom a broadcast is meant for, and how many would get it."""

from collections.abc import Sequence
from dataclasses import fields

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.broadcast import Audience, Counts, DryRun, Reached
from bot.model.channel import PULL_CHANNELS
from bot.model.local_time import quiet_until
from db import tables as t
from db.queries import Asked, answers
from db.shut import agreed, costly, shut


@answers(DryRun)
async def dry_run(asked: Asked, query: DryRun) -> Counts:
    return await _counts(
        asked.db, query.audience, query.languages, query.besides, asked.now, asked.zone
    )


async def _counts(
    db: AsyncConnection,
    audience: Audience,
    languages: Sequence[str],
    besides: int,
    now: int,
    zone: str,
) -> Counts:
    closed = shut(now)
    best = sa.case(
        (sa.not_(t.address.c.reachable), 1),
        (closed & sa.not_(agreed()), 2),
        (t.address.c.channel.in_(PULL_CHANNELS), 3),
        (closed, 4),
        (costly(), 5),
        else_=6,
    )
    reach = (
        sa.select(sa.func.max(best))
        .where(*addresses(audience))
        .correlate(t.learner)
        .scalar_subquery()
    )
    spoken = sa.func.coalesce(t.learner.c.language, "").in_(languages)
    people = sa.select(
        t.learner.c.zone,
        sa.case(
            (reach.is_(None), "no_channel"),
            (reach == 1, "blocked"),
            (t.learner.c.muted, "stopped"),
            (sa.not_(spoken), "no_language"),
            (reach == 2, "closed"),
            (reach == 3, "page"),
            (reach == 4, "template"),
            (reach == 5, "costly"),
            else_="will_get",
        ).label("why"),
    ).where(*meant(audience), t.learner.c.id != besides)
    named = people.subquery()
    rows = await db.execute(
        sa.select(named.c.why, named.c.zone, sa.func.count().label("n")).group_by(
            named.c.why, named.c.zone
        )
    )
    found = dict.fromkeys((each.name for each in fields(Counts)), 0)
    for row in rows:
        found[row.why] += row.n
        sent = row.why in ("will_get", "template", "costly")
        if sent and quiet_until(now, row.zone or zone):
            found["night"] += row.n
    found["will_get"] += found["page"] + found["template"] + found["costly"]
    found["costly"] += found["template"]
    return Counts(**found)


def meant(audience: Audience) -> list[sa.ColumnElement[bool]]:
    """All that has to be true of a learner."""
    column = t.learner.c
    meant: list[sa.ColumnElement[bool]] = []
    if audience.languages:
        meant.append(column.language.in_(audience.languages))
    if audience.group is not None:
        mine = t.member.c.learner_id == column.id
        meant.append(
            sa.exists().where(t.member.c.group_id == audience.group, mine).correlate(t.learner)
        )
    if audience.module and audience.state:
        meant.append(_reached(audience.module, audience.state))
    return meant


def _reached(module: str, state: Reached) -> sa.ColumnElement[bool]:
    """How far somebody is, from the column that `sealed.progress` writes; without it, somebody
    new."""
    known = sa.func.coalesce(t.learner.c.progress, "")
    begun, done = (
        known.contains(f"|{module}={how}|", autoescape=True) for how in ("begun", "done")
    )
    return {
        Reached.DONE: done,
        Reached.BEGUN: begun,
        Reached.NOT_BEGUN: sa.not_(sa.or_(begun, done)),
    }[state]


def addresses(audience: Audience) -> list[sa.ColumnElement[bool]]:
    """The addresses of a learner that are meant."""
    column = t.address.c
    where = [column.learner_id == t.learner.c.id]
    return [*where, column.channel == audience.channel] if audience.channel else where
