"""Whom a broadcast is meant for, and how many would get it."""

from dataclasses import fields
from typing import Any

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
    return await _counts(asked.db, query, asked.now, asked.zone)


async def _counts(db: AsyncConnection, query: DryRun, now: int, zone: str) -> Counts:
    audience = query.audience
    kind = sa.case(
        (sa.not_(t.address.c.reachable), "blocked"),
        (shut(now) & sa.not_(agreed()), "closed"),
        (t.address.c.channel.in_(PULL_CHANNELS), "page"),
        (shut(now), "template"),
        (costly(), "costly"),
        else_="will_get",
    )
    # the address that would be chosen when it begins
    best = (t.address.c.reachable.desc(), *first(now))
    reach = (
        sa.select(kind)
        .where(*addresses(audience))
        .order_by(*best)
        .limit(1)
        .correlate(t.learner)
        .scalar_subquery()
    )
    spoken = sa.func.coalesce(t.learner.c.language, "").in_(query.languages)
    too_long = t.learner.c.language.in_(query.too_long)
    people = sa.select(
        t.learner.c.zone,
        sa.case(
            (reach.is_(None), "no_channel"),
            (reach == "blocked", "blocked"),
            (t.learner.c.muted, "stopped"),
            (sa.not_(spoken), "no_language"),
            ((reach == "template") & too_long, "closed"),
            else_=reach,
        ).label("why"),
    ).where(*meant(audience), t.learner.c.id != query.besides)
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


def first(now: int) -> tuple[sa.ColumnElement[Any], ...]:
    """Which of a learner's addresses is written to, in this order: one that can be, before a page
    that waits; one that needs no template; the one where they were last."""
    return (
        sa.case(
            (shut(now) & sa.not_(agreed()), 2),
            (t.address.c.channel.in_(PULL_CHANNELS), 1),
            else_=0,
        ),
        sa.case((shut(now), 1), else_=0),
        t.address.c.live_at.desc().nulls_last(),
        t.address.c.hash,
    )


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
