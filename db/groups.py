"""Groups, their members and staff: what flows ask of the store, and what their events change."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.event import Event, ForOther
from bot.flows.groups.events import (
    ColleagueKept,
    ColleagueLeft,
    GroupEnded,
    GroupHanded,
    GroupJoined,
    GroupKept,
    GroupLeft,
    HeldReleased,
    Labelled,
    StrangerAsked,
)
from bot.flows.groups.handing import passed_on
from bot.flows.groups.meeting import letter_of
from bot.flows.staff.events import RoleGiven, StaffLinkMade, StaffLinkUsed
from bot.model.broadcast import State
from bot.model.group import (
    AllGroups,
    AllStaff,
    AskedLately,
    Colleague,
    ColleagueInvite,
    Group,
    GroupById,
    GroupByToken,
    GroupsOf,
    HeldQuestions,
    LabelsOf,
    LastLetter,
    Letter,
    LetterBehind,
    MembersOf,
    SecondAdmins,
    StaffInvite,
    StaffMember,
)
from bot.model.learner import Learner, day_of
from bot.model.message import Note
from bot.model.query import Query
from bot.model.roles import Role
from db import sealed
from db import tables as t
from db.vault import Sealed, Vault

CHANGES = (
    *(
        GroupKept,
        GroupEnded,
        GroupJoined,
        GroupLeft,
        Labelled,
        StrangerAsked,
        HeldReleased,
    ),
    *(ColleagueKept, ColleagueLeft, GroupHanded),
    *(RoleGiven, StaffLinkMade, StaffLinkUsed, ForOther),
)
"""Events that change more than their learner's own snapshot."""
STAFF_LINK_SECONDS = 7 * 24 * 3600
"""How long a link that makes somebody staff can be used."""
DAY = 24 * 3600


async def find(
    db: AsyncConnection,
    vault: Vault,
    admins: Sequence[bytes],
    now: int,
    query: Query[Any],
    fresher: Mapping[int, Learner],
) -> Any:
    """`admins` are hashes of the addresses that the settings name; `fresher` learners are not
    written yet."""
    match query:
        case GroupById(id):
            return next(iter(await _groups(db, vault, admins, t.group.c.id == id)), None)
        case GroupByToken(token):
            return next(
                iter(
                    await _groups(
                        db, vault, admins, t.group.c.token == sealed.token_hash(vault, token)
                    )
                ),
                None,
            )
        case GroupsOf(counsellor):
            beside = sa.select(t.colleague.c.group_id).where(t.colleague.c.learner_id == counsellor)
            kept = await _groups(
                db, vault, admins, (t.group.c.owner == counsellor) | t.group.c.id.in_(beside)
            )
            return tuple(replace(group, seen_by=counsellor) for group in kept)
        case AllGroups():
            return await _groups(db, vault, admins, sa.true())
        case MembersOf(group, joining):
            if joining:
                await db.execute(
                    sa.select(t.group.c.id).where(t.group.c.id == group).with_for_update()
                )
            learners = (
                sa.select(t.learner.c.id, t.learner.c.snapshot)
                .join(t.member)
                .where(t.member.c.group_id == group)
            )
            rows = await db.execute(learners.order_by(t.member.c.at, t.learner.c.id))
            return tuple(
                fresher.get(row.id) or sealed.learner(vault, row.id, row.snapshot) for row in rows
            )
        case LabelsOf(counsellor, group):
            theirs = (t.label.c.counsellor_id == counsellor) & (t.label.c.group_id == group)
            return await labels(db, vault, theirs)
        case AskedLately(group):
            lately = (t.group.c.id == group) & (t.group.c.asked_hour == now // 3600)
            return (await db.execute(sa.select(t.group.c.asked).where(lately))).scalar() or 0
        case HeldQuestions(counsellor, group):
            return (
                await db.execute(
                    sa.select(sa.func.count()).select_from(t.order).where(_held(counsellor, group))
                )
            ).scalar_one()
        case LetterBehind(reader, channel, message):
            found = _letters(reader).where(
                t.letter.c.message == message, t.address.c.channel == channel
            )
            behind = [
                Letter(row.group_id, row.learner_id, row.at)
                for row in await db.execute(found.limit(2))
            ]
            return behind[0] if len(behind) == 1 else None
        case LastLetter(reader):
            newest = (
                _letters(reader).order_by(t.letter.c.at.desc(), t.order.c.place.desc()).limit(1)
            )
            return next(
                (Letter(row.group_id, row.learner_id, row.at) for row in await db.execute(newest)),
                None,
            )
        case AllStaff():
            rows = await db.execute(
                sa.select(t.learner.c.id, t.learner.c.snapshot)
                .join(t.staff)
                .order_by(t.learner.c.id)
            )
            people = [
                fresher.get(row.id) or sealed.learner(vault, row.id, row.snapshot) for row in rows
            ]
            return tuple(StaffMember(p.id, Role(p.role), p.staff_name) for p in people)
        case StaffInvite(token, taking):
            link = sa.select(t.staff_link.c.role).where(
                _link(vault, token, now), t.staff_link.c.group_id.is_(None)
            )
            role = (await db.execute(link.with_for_update() if taking else link)).scalar()
            return Role(role) if role else None
        case SecondAdmins(author):
            own = (t.staff.c.named_by == author) | (t.staff.c.since >= day_of(now))
            barred = set((await db.execute(sa.select(t.staff.c.learner_id).where(own))).scalars())
            named = set((await db.execute(_named(admins))).scalars())
            return frozenset(await admins_of(db, vault, admins) - {author} - (barred - named))
        case ColleagueInvite(token, taking):
            invited = sa.select(t.staff_link.c.group_id).where(_link(vault, token, now))
            which = (await db.execute(invited.with_for_update() if taking else invited)).scalar()
            if which and taking:  # two who come at the same moment come one after the other
                await db.execute(
                    sa.select(t.group.c.id).where(t.group.c.id == which).with_for_update()
                )
            return (
                next(iter(await _groups(db, vault, admins, t.group.c.id == which)), None)
                if which
                else None
            )
    raise TypeError(type(query).__name__)


async def _groups(
    db: AsyncConnection, vault: Vault, admins: Sequence[bytes], which: sa.ColumnElement[bool]
) -> tuple[Group, ...]:
    """By title. Those of somebody who is no staff any more (the settings named them, and do so no
    longer) are as good as closed."""
    kept = t.group.c.owner.in_(_staff(admins))
    rows = (
        await db.execute(
            sa.select(t.group.c.id, t.group.c.content, t.group.c.owner).where(which, kept)
        )
    ).all()
    groups = [replace(sealed.group(vault, row.id, row.content), owner=row.owner) for row in rows]
    beside = await _colleagues(db, vault, admins, [group.id for group in groups])
    return tuple(
        sorted(
            (replace(group, colleagues=tuple(beside.get(group.id, ()))) for group in groups),
            key=lambda group: group.title,
        )
    )


async def _colleagues(
    db: AsyncConnection, vault: Vault, admins: Sequence[bytes], groups: Sequence[int]
) -> dict[int, list[Colleague]]:
    """By group, the longest first; without those who are no staff any more."""
    found: dict[int, list[Colleague]] = {}
    if groups:
        theirs = sa.select(t.colleague).where(
            t.colleague.c.group_id.in_(groups), t.colleague.c.learner_id.in_(_staff(admins))
        )
        for row in await db.execute(theirs.order_by(t.colleague.c.since, t.colleague.c.learner_id)):
            found.setdefault(row.group_id, []).append(colleague(vault, row))
    return found


def colleague(vault: Vault, row: Any) -> Colleague:
    name, organisation = msgspec.json.decode(
        vault.open(row.sealed, _beside(row.group_id)), type=tuple[str, str]
    )
    return Colleague(row.learner_id, name, organisation, row.since)


def _beside(group: int) -> bytes:
    """What the seal of a colleague is bound to; not to the learner, as with labels."""
    return b"colleague" + group.to_bytes(8)


def _link(vault: Vault, token: str, now: int) -> sa.ColumnElement[bool]:
    return (t.staff_link.c.hash == vault.hash("staff", token)) & (t.staff_link.c.until >= now)


def _staff(admins: Sequence[bytes]) -> "sa.CompoundSelect[int]":
    return sa.select(t.staff.c.learner_id).union(_named(admins))


def _named(admins: Sequence[bytes]) -> "sa.Select[int]":
    return sa.select(t.address.c.learner_id).where(t.address.c.hash.in_(admins))


async def admins_of(db: AsyncConnection, vault: Vault, admins: Sequence[bytes]) -> set[int]:
    """Those who were made admins, and those whom the settings name."""
    named = set((await db.execute(_named(admins))).scalars())
    staff = sa.select(t.learner.c.id, t.learner.c.snapshot).where(
        t.learner.c.id.in_(_staff(admins))
    )
    return {
        row.id
        for row in await db.execute(staff)
        if row.id in named or sealed.learner(vault, row.id, row.snapshot).role == Role.ADMIN
    }


async def happened(
    db: AsyncConnection, vault: Vault, now: int, learner_id: int, event: Event
) -> None:
    """Writes what an event changes outside of the learner's own snapshot."""
    insert: Any = postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert
    match event:
        case GroupKept(group):
            row = {
                "owner": group.owner,
                "token": sealed.token_hash(vault, group.token),
                "remind_at": reminder(group),
            }
            row["content"] = sealed.seal_group(vault, group)
            kept = insert(t.group).values(id=group.id, **row)
            await db.execute(
                kept.on_conflict_do_update(
                    index_elements=["id"], set_=row, where=t.group.c.owner == group.owner
                )
            )
        case GroupEnded(group_id):
            await db.execute(sa.delete(t.group).where(t.group.c.id == group_id))
        case GroupJoined(group):
            joined = insert(t.member).values(group_id=group.id, learner_id=learner_id, at=now)
            await db.execute(joined.on_conflict_do_nothing())
        case GroupLeft(group_id):
            membership = (t.member.c.group_id == group_id) & (t.member.c.learner_id == learner_id)
            await db.execute(sa.delete(t.member).where(membership))
            owner = sa.select(t.group.c.owner).where(t.group.c.id == group_id)
            beside = sa.select(t.colleague.c.learner_id).where(t.colleague.c.group_id == group_id)
            waiting = (t.order.c.about == learner_id) & t.order.c.learner_id.in_(
                owner.union(beside)
            )
            await db.execute(sa.delete(t.order).where(waiting))
        case ColleagueKept(group_id, kept_by):
            seal = vault.seal(
                sealed.encode((kept_by.name, kept_by.organisation)), _beside(group_id)
            )
            values = {"since": kept_by.since, "sealed": seal}
            row = {"group_id": group_id, "learner_id": kept_by.learner, **values}
            keeps = insert(t.colleague).values(**row)
            await db.execute(
                keeps.on_conflict_do_update(index_elements=["group_id", "learner_id"], set_=values)
            )
        case ColleagueLeft(group_id, left):
            await _keeps_no_more(db, left, group_id)
        case GroupHanded(group):
            content = {"owner": group.owner, "content": sealed.seal_group(vault, group)}
            await db.execute(sa.update(t.group).where(t.group.c.id == group.id).values(**content))
            await db.execute(sa.delete(t.staff_link).where(t.staff_link.c.group_id == group.id))
            await db.execute(sa.delete(t.colleague).where(t.colleague.c.group_id == group.id))
            for beside_now in group.colleagues:
                await happened(db, vault, now, learner_id, ColleagueKept(group.id, beside_now))
        case Labelled(group_id, member_id, label):
            mine = (
                (t.label.c.counsellor_id == learner_id)
                & (t.label.c.group_id == group_id)
                & (t.label.c.learner_id == member_id)
            )
            await db.execute(sa.delete(t.label).where(mine))
            if label and member_id in set((await db.execute(_members(group_id))).scalars()):
                label_seal = vault.seal(label.encode(), _bound(group_id))
                row = {
                    "counsellor_id": learner_id,
                    "group_id": group_id,
                    "learner_id": member_id,
                    "sealed": label_seal,
                }
                await db.execute(sa.insert(t.label).values(**row))
        case StrangerAsked(group_id):
            hour = now // 3600
            again = sa.case((t.group.c.asked_hour == hour, t.group.c.asked + 1), else_=1)
            await db.execute(
                sa.update(t.group)
                .where(t.group.c.id == group_id)
                .values(asked=again, asked_hour=hour)
            )
        case HeldReleased(group_id, drop):
            held = _held(learner_id, group_id)
            await db.execute(
                sa.delete(t.order).where(held)
                if drop
                else sa.update(t.order).where(held).values(state="wanted", due=now)
            )
        case RoleGiven(role) if role != Role.LEARNER:
            await db.execute(insert(t.staff).values(learner_id=learner_id).on_conflict_do_nothing())
        case RoleGiven():  # taken away: what was shared with this person is shared no more
            await db.execute(sa.delete(t.group).where(t.group.c.owner == learner_id))
            for id in (
                (
                    await db.execute(
                        sa.select(t.colleague.c.group_id).where(
                            t.colleague.c.learner_id == learner_id
                        )
                    )
                )
                .scalars()
                .all()
            ):
                await _keeps_no_more(db, learner_id, id)
            await db.execute(sa.delete(t.staff).where(t.staff.c.learner_id == learner_id))
            await leaves(db, learner_id)
        case StaffLinkMade(token, role, group_id):
            link = {
                "hash": vault.hash("staff", token),
                "role": role,
                "until": now + STAFF_LINK_SECONDS,
                "author": learner_id,
            }
            link["group_id"] = group_id
            await db.execute(sa.insert(t.staff_link).values(**link))
        case StaffLinkUsed(token, rises):
            used = t.staff_link.c.hash == vault.hash("staff", token)
            author = (await db.execute(sa.select(t.staff_link.c.author).where(used))).scalar()
            await db.execute(sa.delete(t.staff_link).where(used))
            if rises:
                row = {"named_by": author, "since": day_of(now)}
                kept = insert(t.staff).values(learner_id=learner_id, **row)
                await db.execute(
                    kept.on_conflict_do_update(index_elements=["learner_id"], set_=row)
                )
        case _:
            pass


async def _keeps_no_more(db: AsyncConnection, counsellor: int, group: int) -> None:
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


async def succession(
    db: AsyncConnection, vault: Vault, admins: Sequence[bytes], owner: int
) -> tuple[tuple[Group, Group], ...]:
    """The groups of somebody who goes and that have a colleague, as they were and as they go on:
    with who keeps them the longest."""
    kept = await _groups(db, vault, admins, t.group.c.owner == owner)
    return tuple(
        (group, passed_on(group, group.colleagues[0], stays=False))
        for group in kept
        if group.colleagues
    )


def _members(group: int) -> "sa.Select[int]":
    return sa.select(t.member.c.learner_id).where(t.member.c.group_id == group)


def reminder(group: Group) -> int | None:
    """When the members are to be reminded next: on the day before a meeting, from midnight UTC on;
    nobody is written to at night."""
    open_ = [
        m.day
        for m in group.meetings
        if not group.archived and m.day and not m.cancelled and not m.reminded
    ]
    return min(
        (int(datetime.combine(day, time(), UTC).timestamp()) - DAY for day in open_), default=None
    )


async def _reminded(
    db: AsyncConnection, vault: Vault, group: Group, today: date
) -> tuple[Group, list[tuple[int, Note]]]:
    """The group after its reminders, and the notes: to who said no, none; of a meeting that is
    over, none."""
    tomorrow = today + timedelta(days=1)
    soon = [
        m
        for m in group.meetings
        if m.day and not m.cancelled and not m.reminded and m.day <= tomorrow
    ]
    members = (
        sa.select(t.learner.c.id, t.learner.c.snapshot)
        .join(t.member)
        .where(t.member.c.group_id == group.id)
    )
    notes: list[tuple[int, Note]] = []
    for row in await db.execute(members):
        with suppress(ValueError):
            mine = sealed.learner(vault, row.id, row.snapshot).groups.get(group.id)
            coming = [
                m
                for m in soon
                if m.day == tomorrow and mine and mine.replies.get(m.id) is not False
            ]
            notes += [(row.id, letter_of("meeting_soon", group, meeting)) for meeting in coming]
    after = tuple(replace(m, reminded=True) if m in soon else m for m in group.meetings)
    return replace(group, meetings=after), notes


async def remind(
    db: AsyncConnection, vault: Vault, now: int, limit: int
) -> tuple[int, list[tuple[int, Note]]]:
    """How many groups had a reminder due, and the notes to their members."""
    due = sa.select(t.group.c.id, t.group.c.owner, t.group.c.content).where(
        t.group.c.remind_at <= now
    )
    rows = (
        await db.execute(
            due.order_by(t.group.c.remind_at).limit(limit).with_for_update(skip_locked=True)
        )
    ).all()
    notes: list[tuple[int, Note]] = []
    for row in rows:
        values: dict[str, Any] = {"remind_at": None}
        with suppress(
            ValueError
        ):  # a group that cannot be read reminds nobody, and costs the others nothing
            group = replace(sealed.group(vault, row.id, row.content), owner=row.owner)
            after, told = await _reminded(db, vault, group, day_of(now))
            notes += told
            values = {"content": sealed.seal_group(vault, after), "remind_at": reminder(after)}
        await db.execute(sa.update(t.group).where(t.group.c.id == row.id).values(**values))
    return len(rows), notes


def _held(reader: int, group: int) -> sa.ColumnElement[bool]:
    of_group = sa.select(t.letter.c.order_id).where(
        t.letter.c.to_id == reader, t.letter.c.group_id == group
    )
    return (t.order.c.state == "held") & t.order.c.id.in_(of_group)


def _letters(reader: int) -> "sa.Select[tuple[int, int, int]]":
    columns = (t.letter.c.group_id, t.letter.c.learner_id, t.letter.c.at)
    found = sa.select(*columns).join(t.order, t.order.c.id == t.letter.c.order_id)
    return found.join(t.address, t.address.c.hash == t.order.c.address).where(
        t.letter.c.to_id == reader, t.order.c.state != "held"
    )


async def lettered(db: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Letters that were ordered: `order_id`, `to_id`, `group_id`, `learner_id`, `at`. One about
    somebody who left is left out."""
    for row in rows:
        await db.execute(_LETTERED, {f"b_{name}": row[name] for name in _LETTER})


_LETTER = ("order_id", "to_id", "group_id", "learner_id", "at")
_MEMBER = (t.member.c.group_id == sa.bindparam("b_group_id")) & (
    t.member.c.learner_id == sa.bindparam("b_learner_id")
)
_LETTERED = sa.insert(t.letter).from_select(
    _LETTER,
    sa.select(*(sa.bindparam(f"b_{name}", type_=sa.BigInteger) for name in _LETTER)).where(
        sa.exists().where(_MEMBER)
    ),
)


async def sent(db: AsyncConnection, order: int, message: str, now: int) -> None:
    """The letter of this order became this message."""
    if message:
        await db.execute(
            sa.update(t.letter).where(t.letter.c.order_id == order).values(message=message, at=now)
        )


def _bound(group: int) -> bytes:
    """What the seal of a label is bound to; not to the learner, whose number changes when two
    become one."""
    return b"label" + group.to_bytes(8)


async def labels(
    db: AsyncConnection, vault: Vault, which: sa.ColumnElement[bool]
) -> dict[int, str]:
    """A counsellor's own names for learners, by learner. One that cannot be opened (any more) is
    left out."""
    found: dict[int, str] = {}
    for row in await db.execute(
        sa.select(t.label.c.group_id, t.label.c.learner_id, t.label.c.sealed).where(which)
    ):
        with suppress(Sealed):
            found[row.learner_id] = vault.open(row.sealed, _bound(row.group_id)).decode()
    return found


async def leaves(db: AsyncConnection, learner_id: int) -> None:
    """What an admin began ends with them: links that make staff, broadcasts that wait for a second
    yes. Nobody was named by them any more: they write no broadcasts."""
    await db.execute(
        sa.update(t.staff).where(t.staff.c.named_by == learner_id).values(named_by=None)
    )
    await db.execute(sa.delete(t.staff_link).where(t.staff_link.c.author == learner_id))
    theirs = (t.broadcast.c.author == learner_id) & (t.broadcast.c.state == State.APPROVAL)
    await db.execute(sa.update(t.broadcast).where(theirs).values(state=State.CANCELLED))


async def merge(db: AsyncConnection, mine: int, other: int) -> None:
    """Two learners become one: its groups, memberships and role go over; who named either named the
    one that they are now, and the later day counts."""
    await db.execute(sa.update(t.group).where(t.group.c.owner == other).values(owner=mine))
    beside = sa.select(t.colleague.c.group_id).where(t.colleague.c.learner_id == mine)
    moves = (t.colleague.c.learner_id == other) & t.colleague.c.group_id.not_in(beside)
    await db.execute(sa.update(t.colleague).where(moves).values(learner_id=mine))
    owned = sa.select(t.group.c.id).where(t.group.c.owner == mine)
    await db.execute(
        sa.delete(t.colleague).where(
            t.colleague.c.learner_id == mine, t.colleague.c.group_id.in_(owned)
        )
    )
    await db.execute(sa.update(t.order).where(t.order.c.about == other).values(about=mine))
    await db.execute(
        sa.update(t.staff_link).where(t.staff_link.c.author == other).values(author=mine)
    )
    await db.execute(sa.update(t.letter).where(t.letter.c.to_id == other).values(to_id=mine))
    taken = sa.select(t.label.c.learner_id).where(t.label.c.counsellor_id == mine)
    named = (t.label.c.counsellor_id == other) & t.label.c.learner_id.not_in(taken)
    await db.execute(sa.update(t.label).where(named).values(counsellor_id=mine))
    have = sa.select(t.member.c.group_id).where(t.member.c.learner_id == mine)
    theirs = (t.member.c.learner_id == other) & t.member.c.group_id.not_in(have)
    await db.execute(sa.update(t.member).where(theirs).values(learner_id=mine))
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
