"""Staff: who has a role, links that give one, and what ends when it is taken away."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.flows.account.events import COMMANDS
from bot.flows.staff.events import RoleGiven, StaffLinkMade, StaffLinkUsed
from bot.model.broadcast import State
from bot.model.group import (
    AllStaff,
    ColleagueInvite,
    Group,
    SecondAdmins,
    StaffInvite,
    StaffMember,
)
from bot.model.learner import day_of
from bot.model.message import note
from bot.model.naming import Naming, independent
from bot.model.roles import Role
from db import broadcasts, groups, recordings
from db import tables as t
from db.batch import Batch
from db.engine import insert
from db.queries import Asked, answers
from db.staff_rows import admins_of, known_learners, named_ids, staff_ids
from db.vault import Vault
from db.writes import Source, writes, writes_last

STAFF_LINK_SECONDS = 7 * 24 * 3600
"""How long a link that makes somebody staff can be used."""


# --- what flows ask


@answers(AllStaff)
async def all_staff(asked: Asked, query: AllStaff) -> tuple[StaffMember, ...]:
    found = sa.select(t.learner.c.id, t.learner.c.snapshot).join(t.staff).order_by(t.learner.c.id)
    people = known_learners(asked, (await asked.db.execute(found)).all())
    return tuple(
        StaffMember(p.id, Role(p.role), p.staff_name) for p in people if p.role != Role.LEARNER
    )  # they say so themselves


@answers(StaffInvite)
async def staff_invite(asked: Asked, query: StaffInvite) -> Role | None:
    link = sa.select(t.staff_link.c.role).where(
        _link(asked.vault, query.token, asked.now), t.staff_link.c.group_id.is_(None)
    )
    locked = link.with_for_update() if query.taking else link
    role = (await asked.db.execute(locked)).scalar()
    return Role(role) if role else None


@answers(SecondAdmins)
async def second_admins(asked: Asked, query: SecondAdmins) -> frozenset[int]:
    db, author = asked.db, query.author
    rows = await db.execute(sa.select(t.staff))
    namings = {row.learner_id: Naming(row.named_by, row.since) for row in rows}
    named = set((await db.execute(named_ids(asked.admins))).scalars())
    among = await admins_of(db, asked.vault, asked.admins)
    if query.spoken:
        among = set((await db.execute(staff_ids(asked.admins))).scalars())
    today = day_of(asked.now)
    return frozenset(one for one in among if independent(author, one, namings, named, today))


@answers(ColleagueInvite)
async def colleague_invite(asked: Asked, query: ColleagueInvite) -> Group | None:
    invited = sa.select(t.staff_link.c.group_id).where(_link(asked.vault, query.token, asked.now))
    locked = invited.with_for_update() if query.taking else invited
    which = (await asked.db.execute(locked)).scalar()
    if which is None:
        return None
    if query.taking:  # two who come at the same moment come one after the other
        this = sa.select(t.group.c.id).where(t.group.c.id == which)
        await asked.db.execute(this.with_for_update())
    return next(iter(await groups.groups_where(asked, t.group.c.id == which)), None)


def _link(vault: Vault, token: str, now: int) -> sa.ColumnElement[bool]:
    return (t.staff_link.c.hash == vault.hash("staff", token)) & (t.staff_link.c.until >= now)


# --- what events write


@writes(RoleGiven)
async def role_given(tx: Batch, learner_id: int, event: RoleGiven) -> None:
    """Taken away: what was shared with this person is shared no more, and their groups go on with a
    colleague, where there is one. A broadcast of theirs waits for another admin, and what they
    recorded and nobody had agreed to is deleted."""
    if event.role != Role.LEARNER:
        row = insert(tx.db)(t.staff).values(learner_id=learner_id)
        await tx.db.execute(row.on_conflict_do_nothing())
        return
    await groups.hand_on(tx, learner_id)
    await groups.end_of(tx.db, learner_id)
    await leaves(tx.db, learner_id)
    await broadcasts.hold(tx.db, t.broadcast.c.author == learner_id)
    await recordings.leaves(tx, learner_id)
    await tx.db.execute(sa.delete(t.staff).where(t.staff.c.learner_id == learner_id))


@writes_last(RoleGiven)
async def other_commands(tx: Batch, source: Source, event: RoleGiven) -> None:
    tx.tell(source.learner, note(COMMANDS, role=event.role))


@writes(StaffLinkMade)
async def link_made(tx: Batch, learner_id: int, event: StaffLinkMade) -> None:
    link = {
        "hash": tx.vault.hash("staff", event.token),
        "role": event.role,
        "until": tx.now + STAFF_LINK_SECONDS,
        "author": learner_id,
        "group_id": event.group,
    }
    await tx.db.execute(sa.insert(t.staff_link).values(**link))


@writes(StaffLinkUsed)
async def link_used(tx: Batch, learner_id: int, event: StaffLinkUsed) -> None:
    used = t.staff_link.c.hash == tx.vault.hash("staff", event.token)
    author = (await tx.db.execute(sa.select(t.staff_link.c.author).where(used))).scalar()
    await tx.db.execute(sa.delete(t.staff_link).where(used))
    if event.rises:
        row = {"named_by": author, "since": day_of(tx.now)}
        named = insert(tx.db)(t.staff).values(learner_id=learner_id, **row)
        await tx.db.execute(named.on_conflict_do_update(index_elements=["learner_id"], set_=row))


async def leaves(db: AsyncConnection, learner_id: int) -> None:
    """What an admin began ends with them: links that make staff, broadcasts that wait for a second
    yes. Whom they named was named by who named them: the chain stays whole."""
    before = sa.select(t.staff.c.named_by).where(t.staff.c.learner_id == learner_id)
    namer = (await db.execute(before)).scalar()
    named = sa.update(t.staff).where(t.staff.c.named_by == learner_id)
    await db.execute(named.values(named_by=namer))
    await db.execute(sa.delete(t.staff_link).where(t.staff_link.c.author == learner_id))
    theirs = (t.broadcast.c.author == learner_id) & (t.broadcast.c.state == State.APPROVAL)
    await db.execute(sa.update(t.broadcast).where(theirs).values(state=State.CANCELLED))


async def merge(db: AsyncConnection, mine: int, other: int) -> None:
    """Two learners become one: the role goes over; who named either named the one that they are
    now, and the later day counts."""
    await db.execute(
        sa.update(t.staff_link).where(t.staff_link.c.author == other).values(author=mine)
    )
    await db.execute(sa.update(t.staff).where(t.staff.c.named_by == other).values(named_by=mine))
    rows = {
        row.learner_id: row
        for row in await db.execute(
            sa.select(t.staff).where(t.staff.c.learner_id.in_((mine, other)))
        )
    }
    if other in rows and mine in rows:
        since = max((row.since for row in rows.values() if row.since), default=None)
        both = {"named_by": rows[other].named_by or rows[mine].named_by, "since": since}
        await db.execute(sa.update(t.staff).where(t.staff.c.learner_id == mine).values(**both))
    elif other in rows:
        await db.execute(
            sa.update(t.staff).where(t.staff.c.learner_id == other).values(learner_id=mine)
        )
