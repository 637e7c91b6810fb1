"""Groups, who keeps them and who is in them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.event import ForOther, Told
from bot.flows.groups.events import (
    STAFF_NEWS,
    ColleagueKept,
    ColleagueLeft,
    GroupEnded,
    GroupHanded,
    GroupJoined,
    GroupKept,
    GroupLeft,
    News,
    StrangerAsked,
    told_of_handing,
)
from bot.model.group import (
    AllGroups,
    AskedLately,
    Colleague,
    Group,
    GroupById,
    GroupByToken,
    GroupsOf,
    MembersOf,
    UnreadableGroups,
    UnreadableMembers,
    passed_on,
)
from bot.model.learner import Learner
from bot.model.message import note
from db import sealed
from db import tables as t
from db.batch import Batch
from db.engine import insert
from db.meetings import reminder
from db.queries import Asked, answers
from db.readable import readable
from db.staff_rows import known_learners, staff_ids
from db.writes import writes

GROUP = (t.group.c.id, t.group.c.content, t.group.c.owner, t.group.c.token)
"""What `sealed.group` reads."""

# --- what flows ask


@answers(GroupById)
async def group_by_id(asked: Asked, query: GroupById) -> Group | None:
    return next(iter(await groups_where(asked, t.group.c.id == query.id)), None)


@answers(GroupByToken)
async def group_by_token(asked: Asked, query: GroupByToken) -> Group | None:
    hashed = sealed.token_hash(asked.vault, query.token)
    return next(iter(await groups_where(asked, t.group.c.token == hashed)), None)


@answers(GroupsOf)
async def groups_of(asked: Asked, query: GroupsOf) -> tuple[Group, ...]:
    kept = await groups_where(asked, _kept_by(query.owner))
    return tuple(
        replace(group, seen_by=query.owner) for group in kept if group.kept_by(query.owner)
    )


@answers(UnreadableGroups)
async def unreadable_groups(asked: Asked, query: UnreadableGroups) -> int:
    theirs = _kept_by(query.counsellor) & t.group.c.owner.in_(staff_ids(asked.admins))
    count = sa.select(sa.func.count()).select_from(t.group).where(theirs)
    known = await groups_of(asked, GroupsOf(query.counsellor))
    return (await asked.db.execute(count)).scalar_one() - len(known)


def _kept_by(counsellor: int) -> sa.ColumnElement[bool]:
    beside = sa.select(t.colleague.c.group_id).where(t.colleague.c.learner_id == counsellor)
    return (t.group.c.owner == counsellor) | t.group.c.id.in_(beside)


@answers(AllGroups)
async def all_groups(asked: Asked, query: AllGroups) -> tuple[Group, ...]:
    return await groups_where(asked, sa.true())


@answers(MembersOf)
async def members_of(asked: Asked, query: MembersOf) -> tuple[Learner, ...]:
    if query.joining:
        this = sa.select(t.group.c.id).where(t.group.c.id == query.group)
        await asked.db.execute(this.with_for_update())
    members = known_learners(asked, await _rows_of_members(asked, query.group))
    return tuple(m for m in members if query.group in m.groups)  # they say so themselves


@answers(UnreadableMembers)
async def unreadable_members(asked: Asked, query: UnreadableMembers) -> int:
    rows = await _rows_of_members(asked, query.group)
    return len(rows) - len(known_learners(asked, rows))


async def _rows_of_members(asked: Asked, group: int) -> Sequence[Any]:
    members = (
        sa.select(t.learner.c.id, t.learner.c.snapshot)
        .join(t.member)
        .where(t.member.c.group_id == group)
    )
    return (await asked.db.execute(members.order_by(t.member.c.at, t.learner.c.id))).all()


@answers(AskedLately)
async def asked_lately(asked: Asked, query: AskedLately) -> int:
    lately = (t.group.c.id == query.group) & (t.group.c.asked_hour == asked.now // 3600)
    return (await asked.db.execute(sa.select(t.group.c.asked).where(lately))).scalar() or 0


async def groups_where(asked: Asked, which: sa.ColumnElement[bool]) -> tuple[Group, ...]:
    """By title. Those of somebody who is no staff any more (the settings named them, and do so no
    longer) are as good as closed."""
    kept = t.group.c.owner.in_(staff_ids(asked.admins))
    rows = (await asked.db.execute(sa.select(*GROUP).where(which, kept))).all()
    groups = [group for _row, group in readable("group", rows, partial(sealed.group, asked.vault))]
    beside = await _colleagues(asked, [group.id for group in groups])
    whole = (replace(group, colleagues=tuple(beside.get(group.id, ()))) for group in groups)
    return tuple(sorted(whole, key=lambda group: group.title))


async def _colleagues(asked: Asked, groups: Sequence[int]) -> dict[int, list[Colleague]]:
    """By group, the longest first; without those who are no staff any more."""
    found: dict[int, list[Colleague]] = {}
    if groups:
        theirs = sa.select(t.colleague).where(
            t.colleague.c.group_id.in_(groups),
            t.colleague.c.learner_id.in_(staff_ids(asked.admins)),
        )
        rows = await asked.db.execute(
            theirs.order_by(t.colleague.c.since, t.colleague.c.learner_id)
        )
        for row, beside in readable(
            "colleague", rows, partial(sealed.colleague, asked.vault), id="learner_id"
        ):
            found.setdefault(row.group_id, []).append(beside)
    return found


async def member_ids(db: AsyncConnection, group: int) -> Sequence[int]:
    return (await db.execute(_members(group))).scalars().all()


def _members(group: int) -> "sa.Select[int]":
    return sa.select(t.member.c.learner_id).where(t.member.c.group_id == group)


# --- what events write


@writes(GroupKept)
async def kept(tx: Batch, learner_id: int, event: GroupKept) -> None:
    group = event.group
    row = {
        "owner": group.owner,
        "token": sealed.token_hash(tx.vault, group.token),
        "remind_at": reminder(group),
        "content": sealed.seal_group(tx.vault, group),
    }
    new = insert(tx.db)(t.group).values(id=group.id, **row)
    await tx.db.execute(
        new.on_conflict_do_update(
            index_elements=["id"], set_=row, where=t.group.c.owner == group.owner
        )
    )


@writes(GroupEnded)
async def ended(tx: Batch, learner_id: int, event: GroupEnded) -> None:
    await tx.db.execute(sa.delete(t.group).where(t.group.c.id == event.group))


@writes(GroupJoined)
async def joined(tx: Batch, learner_id: int, event: GroupJoined) -> None:
    member = {"group_id": event.group.id, "learner_id": learner_id, "at": tx.now}
    await tx.db.execute(insert(tx.db)(t.member).values(**member).on_conflict_do_nothing())


@writes(GroupLeft)
async def left(tx: Batch, learner_id: int, event: GroupLeft) -> None:
    """What they asked and nobody has read yet goes with them."""
    membership = (t.member.c.group_id == event.group) & (t.member.c.learner_id == learner_id)
    await tx.db.execute(sa.delete(t.member).where(membership))
    owner = sa.select(t.group.c.owner).where(t.group.c.id == event.group)
    beside = sa.select(t.colleague.c.learner_id).where(t.colleague.c.group_id == event.group)
    waiting = (t.order.c.about == learner_id) & t.order.c.learner_id.in_(owner.union(beside))
    await tx.db.execute(sa.delete(t.order).where(waiting))


@writes(ColleagueKept)
async def colleague_kept(tx: Batch, learner_id: int, event: ColleagueKept) -> None:
    who = event.colleague
    seal = sealed.seal_colleague(tx.vault, event.group, who.learner, who.name, who.organisation)
    values = {"since": who.since, "sealed": seal}
    row = {"group_id": event.group, "learner_id": who.learner, **values}
    keeps = insert(tx.db)(t.colleague).values(**row)
    await tx.db.execute(
        keeps.on_conflict_do_update(index_elements=["group_id", "learner_id"], set_=values)
    )


@writes(ColleagueLeft)
async def colleague_left(tx: Batch, learner_id: int, event: ColleagueLeft) -> None:
    await keeps_no_more(tx.db, event.learner, event.group)


@writes(GroupHanded)
async def handed(tx: Batch, learner_id: int, event: GroupHanded) -> None:
    group = event.group
    content = {"owner": group.owner, "content": sealed.seal_group(tx.vault, group)}
    await tx.db.execute(sa.update(t.group).where(t.group.c.id == group.id).values(**content))
    await tx.db.execute(sa.delete(t.staff_link).where(t.staff_link.c.group_id == group.id))
    await tx.db.execute(sa.delete(t.colleague).where(t.colleague.c.group_id == group.id))
    for beside_now in group.colleagues:
        await colleague_kept(tx, learner_id, ColleagueKept(group.id, beside_now))


@writes(StrangerAsked)
async def stranger_asked(tx: Batch, learner_id: int, event: StrangerAsked) -> None:
    hour = tx.now // 3600
    again = sa.case((t.group.c.asked_hour == hour, t.group.c.asked + 1), else_=1)
    await tx.db.execute(
        sa.update(t.group).where(t.group.c.id == event.group).values(asked=again, asked_hour=hour)
    )


async def keeps_no_more(db: AsyncConnection, counsellor: int, group: int) -> None:
    """What one of a group's counsellors had of it goes: what waits for them, and their own names
    for people."""
    of_group = sa.select(t.letter.c.order_id).where(
        t.letter.c.to_id == counsellor, t.letter.c.group_id == group
    )
    asked = of_group.where(t.letter.c.learner_id != counsellor)
    await db.execute(sa.delete(t.order).where(t.order.c.id.in_(asked)))
    await db.execute(
        sa.delete(t.label).where(t.label.c.counsellor_id == counsellor, t.label.c.group_id == group)
    )
    gone = (t.colleague.c.group_id == group) & (t.colleague.c.learner_id == counsellor)
    await db.execute(sa.delete(t.colleague).where(gone))


async def hand_on(tx: Batch, owner: int, besides: int | None = None) -> None:
    """The groups of somebody who goes and that have a colleague go on with who keeps them the
    longest; everybody but `besides` is told of it."""
    asked = tx.asked
    for before in await groups_where(asked, t.group.c.owner == owner):
        if not before.colleagues:
            continue
        after = passed_on(before, before.colleagues[0], stays=False)
        await handed(tx, after.owner, GroupHanded(after))
        for event in told_of_handing(before, after, await tx.ask(MembersOf(after.id))):
            if isinstance(event, ForOther):
                await tx.change(event.learner, event.event)
            elif isinstance(event, Told) and isinstance(event.to, int) and event.to != besides:
                tx.tell(event.to, event.note)
        if after.owner != besides:
            tx.tell(after.owner, note(STAFF_NEWS, what=News.YOURS, name="", title=after.title))


async def end_of(db: AsyncConnection, owner: int) -> None:
    """The groups that somebody keeps alone end; those kept with others go on without them."""
    await db.execute(sa.delete(t.group).where(t.group.c.owner == owner))
    beside = sa.select(t.colleague.c.group_id).where(t.colleague.c.learner_id == owner)
    for group in (await db.execute(beside)).scalars().all():
        await keeps_no_more(db, owner, group)


async def members_kept_by(db: AsyncConnection, owner: int) -> list[tuple[int, int]]:
    """Group and member."""
    found = (
        sa.select(t.member.c.group_id, t.member.c.learner_id)
        .join(t.group)
        .where(t.group.c.owner == owner)
    )
    return [(row.group_id, row.learner_id) for row in await db.execute(found)]


async def merge(tx: Batch, mine: int, other: int) -> None:
    """Two learners become one: its groups and memberships go over, their seals with them."""
    db, vault = tx.db, tx.vault
    rows = (await db.execute(sa.select(*GROUP).where(t.group.c.owner == other))).all()
    for row, group in readable("group", rows, partial(sealed.group, vault)):
        values = {"owner": mine, "content": sealed.seal_group(vault, replace(group, owner=mine))}
        await db.execute(sa.update(t.group).where(t.group.c.id == row.id).values(**values))
    beside = sa.select(t.colleague.c.group_id).where(t.colleague.c.learner_id == mine)
    theirs = (t.colleague.c.learner_id == other) & t.colleague.c.group_id.not_in(beside)
    rows = (await db.execute(sa.select(t.colleague).where(theirs))).all()
    read = partial(sealed.colleague, vault)
    for row, kept_by in readable("colleague", rows, read, id="learner_id"):
        seal = sealed.seal_colleague(vault, row.group_id, mine, kept_by.name, kept_by.organisation)
        moves = (t.colleague.c.learner_id == other) & (t.colleague.c.group_id == row.group_id)
        await db.execute(sa.update(t.colleague).where(moves).values(learner_id=mine, sealed=seal))
    owned = sa.select(t.group.c.id).where(t.group.c.owner == mine)
    await db.execute(
        sa.delete(t.colleague).where(
            t.colleague.c.learner_id == mine, t.colleague.c.group_id.in_(owned)
        )
    )
    have = sa.select(t.member.c.group_id).where(t.member.c.learner_id == mine)
    joined = (t.member.c.learner_id == other) & t.member.c.group_id.not_in(have)
    await db.execute(sa.update(t.member).where(joined).values(learner_id=mine))
