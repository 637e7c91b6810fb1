"""Loading and saving learners, a batch of updates in one transaction.

Theory. `Store.batch()` is a transaction. In it the dispatcher says which updates have come;
`arrived` tells which are new, gives each its learner, and locks those rows (SQLite: the whole file;
PostgreSQL: the learners, in the order of their ids). `save` writes what changed. Leaving the block
commits. Nothing here waits for a network other than the database's.

Two processes can still wait for each other in a circle, over another learner or a group. PostgreSQL
then ends one of the two transactions, and the dispatcher tries that one again.
"""

import asyncio
import logging
import secrets
import sqlite3
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

import bot.flows  # noqa: F401 - a place of a snapshot is decoded with the actions of all features
from bot.conversation.event import (
    Event,
    ForOther,
    Ordered,
    ToAdmins,
    ToGroup,
    Told,
    ToOtherConnections,
    Went,
    evolve_all,
)
from bot.conversation.update import PULL_CHANNELS, Reachable, Tap, Update
from bot.flows.account.events import COMMANDS, Erased, Joined
from bot.flows.broadcasts.actions import BroadcastView
from bot.flows.broadcasts.events import BroadcastBegun, BroadcastSteered
from bot.flows.certificates.events import CertificateIssued
from bot.flows.groups import handing
from bot.flows.groups.events import CounsellorGone, GroupHanded, HeldReleased
from bot.flows.learning.events import Answered
from bot.flows.staff.events import CertificateWithdrawn, RoleGiven
from bot.model.broadcast import BroadcastQuery
from bot.model.connection import ConnectionsOf
from bot.model.group import MembersOf
from bot.model.learner import CODE_SECONDS, Learner, day_of
from bot.model.message import Note, note
from bot.model.query import Query, Revoked
from bot.model.roles import Role
from db import broadcasts, connections, erased, revocations, sealed
from db import groups as people
from db import tables as t
from db.backup import SEALS
from db.engine import place_of, reading
from db.heartbeat import living
from db.notify import Notifications
from db.vault import Vault

log = logging.getLogger(__name__)

ORDERS, BROADCASTS = "orders", "broadcasts"
"""Jobs that are notified."""
DATA, ANNEX, NOTE = "data", "annex", "note"
"""Orders that are no certificate."""
MOST_UNANSWERED = 500
"""Updates that are taken up again at once."""
AHEAD_SECONDS = 60
"""What was written later than so long from now was written by a clock that has been put right."""
PER_PERSON = 3
"""Orders of one address that are taken at once: however many wait for somebody, nobody else waits
behind them.
"""
FILE_SECONDS = 24 * 3600
"""How long a file that was ordered is kept, handed over or not."""


@dataclass(frozen=True)
class Live:
    """The message on a channel whose buttons count, and when it was sent (seconds since the
    epoch)."""

    message: str
    at: int
    shown: bytes | None = None
    """Keyed hash of what it shows; None where nobody knows."""


@dataclass(frozen=True)
class Arrival:
    """An update and the learner it comes from. `new` is False when this update was here before,
    `answered` when that went out, too."""

    update: Update
    hash: bytes
    learner_id: int
    new: bool
    live: Live | None
    reachable: bool = True
    answered: bool = False


@dataclass(frozen=True)
class Order:
    """Something to make and hand over: a certificate, "annex", "data" (everything that is known of
    the learner), a printed paper for staff, or a "note". An empty `language` is the learner's at
    that time."""

    id: int
    kind: str
    subject: str = ""
    name: str = ""
    language: str = ""
    serial: str = ""
    note: Note | None = None


@dataclass(frozen=True)
class Delivery:
    """An order that is due, for whom, and where it goes."""

    order: Order
    learner: Learner
    channel: str
    address: str
    attempts: int
    part: int
    """How many of its messages went out already."""
    at: int = 0
    """When it was ordered: what was ordered together has the same time."""


@dataclass(frozen=True)
class AnswerSent:
    """An update whose answer went out, and the message that it became; None where there is nothing
    to remember."""

    update: Update
    live: Live | None = None
    forget_live: bool = False
    unsure: bool = False
    """Nobody knows what the live message shows now."""


class Batch:
    """One transaction. See the theory at the top."""

    def __init__(self, connection: AsyncConnection, store: "Store", now: int) -> None:
        self._db = connection
        self._store = store
        self._vault = store.vault
        self._now = now
        self._insert: Any = (
            postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        )
        self._before: dict[int, bytes] = {}
        """Learners as they were read, encoded."""
        self._here: set[int] = set()
        """Who did something in this transaction."""
        self._told: list[tuple[int, Note]] = []
        """Notes that follow from what others did; they go with the next that are saved."""
        self._letters: list[dict[str, int]] = []
        """Letters whose orders are not written yet."""
        self.learners: dict[int, Learner] = {}
        self.erased: list[str] = []
        """Lines for the list of those who are erased."""
        self.unreadable: set[int] = set()
        """Learners whose rows cannot be decoded."""
        self.waiting: set[str] = set()
        """Jobs that are notified when this is committed."""

    @property
    def connection(self) -> AsyncConnection:
        """What else belongs into this transaction goes through it."""
        return self._db

    async def acknowledge(self, answered: Sequence[AnswerSent]) -> None:
        """Marks answers as sent and remembers the messages they became."""
        if not answered:
            return
        rows = [{"c": a.update.channel, "i": a.update.id} for a in answered]
        await self._db.execute(_ANSWERED, rows)
        moved = [
            {
                "h": self.hash_of(a.update),
                "m": a.live and a.live.message,
                "a": a.live and a.live.at,
                "s": a.live and a.live.shown,
            }
            for a in answered
            if a.live or a.forget_live
        ]
        if moved:
            await self._db.execute(_LIVE, moved)
        if unsure := [{"h": self.hash_of(a.update)} for a in answered if a.unsure]:
            await self._db.execute(_UNSURE, unsure)

    def hash_of(self, update: Update) -> bytes:
        return self._vault.hash(update.channel, update.address)

    async def arrived(self, updates: Sequence[Update], codes: Iterable[str] = ()) -> list[Arrival]:
        """The updates with their learners; new people are made learners. `learners` holds them
        afterwards, locked, together with those whose `codes` were typed."""
        hashes = [self.hash_of(update) for update in updates]
        known = await self._addresses(hashes)
        strangers = {h: u for h, u in zip(hashes, updates, strict=True) if h not in known}
        if strangers:
            await self._welcome(strangers)
            known = await self._addresses(hashes)
        self._here = {row.learner_id for row in known.values()}
        await self._load(self._here, [self._vault.hash("code", code) for code in codes])
        seen = await self._seen(
            updates
        )  # after the lock: what another process did with the same update is there by now
        arrivals, rows = [], []
        for update, h in zip(updates, hashes, strict=True):
            row, key = known[h], (update.channel, update.id)
            if new := key not in seen:
                seen[key] = False
                rows.append(
                    {
                        "channel": update.channel,
                        "id": update.id,
                        "address": h,
                        "at": self._now,
                        "answered": isinstance(update.doing, Reachable),
                        "holder": self._store.process,
                    }
                )
            live = Live(row.live_message, row.live_at, row.live_shown) if row.live_message else None
            arrivals.append(Arrival(update, h, row.learner_id, new, live, row.reachable, seen[key]))
        if rows:
            await self._db.execute(_ARRIVED, rows)
        return arrivals

    async def _seen(self, updates: Sequence[Update]) -> dict[tuple[str, str], bool]:
        """Those that were here before, and whether they were answered."""
        wanted = {
            "channels": list({update.channel for update in updates}),
            "ids": [update.id for update in updates],
        }
        found = await self._db.execute(_SEEN, wanted)
        return {(row.channel, row.id): row.answered for row in found}

    async def _addresses(self, hashes: Sequence[bytes]) -> dict[bytes, Any]:
        return {
            row.hash: row
            for row in await self._db.execute(_ADDRESSES, {"hashes": list(set(hashes))})
        }

    async def _welcome(self, strangers: Mapping[bytes, Update]) -> None:
        """Makes a learner for each unknown address. Where another process was faster, its learner
        stays and ours goes."""
        ids = {h: secrets.randbits(62) for h in strangers}
        await self._db.execute(
            sa.insert(t.learner), [self._sealed(self._row(Learner(id))) for id in ids.values()]
        )
        rows = [
            {
                "hash": h,
                "learner_id": ids[h],
                "channel": update.channel,
                "sealed": self._vault.seal(update.address.encode(), h),
                "reachable": True,
                "since": day_of(self._now),
            }
            for h, update in strangers.items()
        ]
        taken = self._insert(t.address).on_conflict_do_nothing().returning(t.address.c.learner_id)
        ours = set((await self._db.execute(taken, rows)).scalars())
        if lost := [id for id in ids.values() if id not in ours]:
            await self._db.execute(sa.delete(t.learner).where(t.learner.c.id.in_(lost)))

    async def _load(self, ids: Iterable[int], code_hashes: Sequence[bytes]) -> None:
        query, values = _LEARNERS, {"ids": list(ids)}
        if code_hashes:
            wanted = t.learner.c.id.in_(
                sa.bindparam("ids", expanding=True)
            ) | t.learner.c.code_hash.in_(list(code_hashes))
            query = (
                sa.select(t.learner.c.id, t.learner.c.snapshot)
                .where(wanted)
                .order_by(t.learner.c.id)
                .with_for_update(key_share=True)
            )
        for row in await self._db.execute(query, values):
            try:
                content = sealed.open_learner(self._vault, row.id, row.snapshot)
                self.learners[row.id] = sealed.decoded(content)
            # bit rot, another version's form: it costs nobody else anything, and is never
            # written over
            except Exception:
                self.unreadable.add(row.id)
                continue
            self._before[row.id] = content

    def with_code(self, code: str) -> Learner | None:
        """The learner whose valid code this is, among those loaded."""
        return next(
            (
                m
                for m in self.learners.values()
                if m.code
                and m.code.text == code
                and self._now < m.code.until <= self._now + CODE_SECONDS
            ),
            None,
        )

    def _row(self, learner: Learner) -> dict[str, Any]:
        return {
            "id": learner.id,
            "snapshot": sealed.encode(learner),  # sealed last: only what changed is written
            "language": learner.language,
            "active_on": day_of(learner.last_at or self._now),
            "muted": learner.muted,
            "begun": learner.begun,
            "zone": learner.zone,
            "progress": sealed.progress(learner),
            "remind_at": learner.rhythm.due,
            "code_hash": self._vault.hash("code", learner.code.text) if learner.code else None,
        }

    async def save(self, changes: Sequence[tuple[Arrival, Learner, Sequence[Event]]]) -> None:
        """Writes the learners as they are now and what happened to them, in the order in which it
        happened."""
        answers: list[dict[str, Any]] = []
        orders: list[dict[str, Any]] = []
        notes: list[tuple[int, Note]] = []
        held: list[tuple[int, Note]] = []
        views: list[tuple[int, bytes]] = []
        for arrival, learner, happened in changes:
            for place, event in enumerate(happened):
                match event:
                    case Answered():
                        answers.append(self._answer(learner.id, event))
                    case CertificateWithdrawn(serial, back):
                        await (
                            revocations.reinstate(self._db, serial)
                            if back
                            else revocations.revoke(self._db, serial, day_of(self._now))
                        )
                    case CertificateIssued(_, _, serial, replaces) if replaces:
                        await revocations.replace(self._db, replaces, serial, day_of(self._now))
                    case Ordered(kind, subject, language, name, serial, preview):
                        order = Order(_new_id(), kind, subject, name, language, serial, preview)
                        orders.append(self._order(learner.id, arrival.hash, place, order))
                    case Told(int(to), letter, later):
                        (held if later else notes).append((to, letter))
                    case HeldReleased():
                        self.waiting.add(ORDERS)
                    case Told(ToGroup(group), letter):
                        notes += [(member, letter) for member in await self._members(group)]
                    case RoleGiven(role):
                        notes.append((learner.id, note(COMMANDS, role=role)))
                    case ForOther(other, RoleGiven(role)):
                        notes.append((other, note(COMMANDS, role=role)))
                    case Told(ToAdmins(), letter):
                        notes += [
                            (admin, letter)
                            for admin in await people.admins_of(
                                self._db, self._vault, self._store.admins
                            )
                            if admin != learner.id
                        ]
                    case BroadcastBegun() | BroadcastSteered():
                        self.waiting.add(BROADCASTS)
                    case Went(BroadcastView(id)):
                        views.append((id, arrival.hash))
                    case Joined(other):
                        await self._flush(answers, orders)
                        await self._join(learner.id, other.id)
                        if learner.role != Role.LEARNER:
                            notes.append((learner.id, note(COMMANDS, role=learner.role)))
                    case Told(ToOtherConnections(), letter):
                        others = await self._other_addresses(learner.id, arrival.hash)
                        orders += [
                            self._order(
                                learner.id, other, place, Order(_new_id(), NOTE, note=letter)
                            )
                            for other in others
                        ]
                    case Erased():
                        await self._flush(answers, orders)
                        await self.erase(learner.id)
                    case _:
                        pass
        notes += self._told
        self._told.clear()
        orders += await self._notes(notes)
        orders += [{**order, "state": "held"} for order in await self._notes(held)]
        await self._save_learners()
        await self._flush(answers, orders)
        for id, address in views:
            await broadcasts.view(self._db, id, address)

    async def ask(self, query: Query[Any]) -> Any:
        """What a flow wants to know."""
        return await self._store.find(self._db, self._now, query, self.learners)

    @asynccontextmanager
    async def arranged(self, learner_id: int, happened: Sequence[Event]) -> AsyncIterator[None]:
        """What events change beside the learner they happened to (groups, staff, another learner)
        is there inside the block, and is taken back when it raises. Ordinary taps change nothing of
        this and cost nothing here."""
        changes = [
            event
            for event in happened
            if isinstance(event, (*people.CHANGES, *broadcasts.CHANGES, *connections.CHANGES))
        ]
        if not changes:
            yield
            return
        told: list[tuple[int, Note]] = []
        async with self._db.begin_nested():
            for event in changes:
                whose, what = (
                    (event.learner, event.event)
                    if isinstance(event, ForOther)
                    else (learner_id, event)
                )
                if isinstance(what, RoleGiven) and what.role == Role.LEARNER:
                    told += await self._succeeded(whose)
                if whose != learner_id:
                    await self._change(whose, what)
                await people.happened(self._db, self._vault, self._now, whose, what)
                await broadcasts.happened(self._db, self._vault, self._now, whose, what)
                await connections.happened(self._db, self._vault, self._now, whose, what)
            yield
        self._told += told

    async def _succeeded(self, owner: int) -> list[tuple[int, Note]]:
        """The groups of somebody who goes go on with a colleague, where there is one. Returns the
        notes about it."""
        notes: list[tuple[int, Note]] = []
        for before, after in await people.succession(
            self._db, self._vault, self._store.admins, owner
        ):
            await people.happened(self._db, self._vault, self._now, after.owner, GroupHanded(after))
            for event in handing.told(before, after, await self.ask(MembersOf(after.id))):
                if isinstance(event, ForOther):
                    await self._change(event.learner, event.event)
                elif isinstance(event, Told) and isinstance(event.to, int):
                    notes.append((event.to, event.note))
            notes.append(
                (after.owner, note("staff_news", what="yours", name="", title=after.title))
            )
        return notes

    async def _change(self, learner_id: int, event: Event) -> None:
        if learner_id not in self.learners:
            await self._load([learner_id], ())
        if learner := self.learners.get(learner_id):
            changed = evolve_all(learner, [event], self._now)
            self.learners[learner_id] = replace(
                changed, last_at=learner.last_at, session_at=learner.session_at
            )

    async def _members_of_groups_kept_by(self, owner: int) -> Sequence[tuple[int, int]]:
        found = (
            sa.select(t.member.c.group_id, t.member.c.learner_id)
            .join(t.group)
            .where(t.group.c.owner == owner)
        )
        return [(row.group_id, row.learner_id) for row in await self._db.execute(found)]

    async def _members(self, group: int) -> Sequence[int]:
        return (
            (
                await self._db.execute(
                    sa.select(t.member.c.learner_id).where(t.member.c.group_id == group)
                )
            )
            .scalars()
            .all()
        )

    async def _notes(self, notes: Sequence[tuple[int, Note]]) -> list[dict[str, Any]]:
        """Notes as orders, each to the address where its learner was last; one that can be written
        to comes first. Where they blocked us it waits until they are back; but what comes by itself
        is not put where nothing can be sent."""
        if not notes:
            return []
        column = t.address.c
        pull = column.channel.in_(PULL_CHANNELS)
        best = sa.select(column.learner_id, column.hash, column.reachable, pull.label("pull"))
        best = best.where(column.learner_id.in_({to for to, _ in notes}))
        found = await self._db.execute(
            best.order_by(column.reachable, pull.desc(), column.live_at.nulls_first())
        )
        where = {row.learner_id: row for row in found}
        orders = []
        for place, (to, letter) in enumerate(notes):
            if to in where and not (
                letter.traits.unasked and (where[to].pull or not where[to].reachable)
            ):
                order = Order(_new_id(), NOTE, note=letter)
                orders.append(self._order(to, where[to].hash, place, order))
                if letter.traits.of_group:
                    about = int(letter["learner"]) if letter.traits.from_learner else to
                    row = {
                        "order_id": order.id,
                        "to_id": to,
                        "group_id": int(letter["group"]),
                        "learner_id": about,
                    }
                    self._letters.append({**row, "at": self._now})
        return orders

    async def _other_addresses(self, learner_id: int, here: bytes) -> Sequence[bytes]:
        column = t.address.c
        others = sa.select(column.hash).where(column.learner_id == learner_id, column.hash != here)
        return (await self._db.execute(others)).scalars().all()

    async def take(self, query: "sa.Select[tuple[int, bytes]]") -> None:
        """Locks the learners of this query for us (id and snapshot); those that another process has
        in hand are passed over."""
        for row in await self._db.execute(query.with_for_update(key_share=True, skip_locked=True)):
            try:
                content = sealed.open_learner(self._vault, row.id, row.snapshot)
                self.learners[row.id] = sealed.decoded(content)
            except ValueError:  # bit rot, another version's form: it costs nobody else anything
                log.exception("a learner cannot be read")
                continue
            self._before[row.id] = content

    async def reached(self, ids: Sequence[int]) -> set[int]:
        """Those of these learners to whom something can be sent."""
        column = t.address.c
        can = sa.select(column.learner_id).where(
            column.learner_id.in_(ids), column.reachable, column.channel.not_in(PULL_CHANNELS)
        )
        return set((await self._db.execute(can)).scalars())

    async def lay(self, letters: Sequence[tuple[int, bytes, Note]]) -> list[int]:
        """Letters to learners at these addresses, where they are fetched. Returns the ids of their
        orders."""
        made = [Order(_new_id(), NOTE, note=letter) for _to, _at, letter in letters]
        rows = [
            self._order(to, at, n, order)
            for n, ((to, at, _letter), order) in enumerate(zip(letters, made, strict=True))
        ]
        await self._flush([], rows)
        return [order.id for order in made]

    async def write(self, notes: Sequence[tuple[int, Note]]) -> None:
        """Saves `learners` as they are now, and notes to some of them."""
        orders = await self._notes([*notes, *self._told])
        self._told.clear()
        await self._save_learners()
        await self._flush([], orders)

    async def remind_of_meetings(self, limit: int) -> int:
        """Orders reminders of meetings that are due. Returns for how many groups."""
        groups, notes = await people.remind(self._db, self._vault, self._now, limit)
        await self.write(notes)
        return groups

    async def noticed(self, today: date) -> None:
        """Those in `learners` have been told that they will be deleted."""
        told = sa.update(t.learner).where(t.learner.c.id.in_(list(self.learners)))
        await self._db.execute(told.values(noticed_on=today))

    async def _save_learners(self) -> None:
        rows = [
            self._row(learner) for learner in self.learners.values() if learner.id in self._before
        ]
        changed = [row for row in rows if row["snapshot"] != self._before[row["id"]]]
        if changed:
            rows = [{**self._sealed(row), "here": row["id"] in self._here} for row in changed]
            await self._db.execute(_SAVE, [{f"b_{k}": v for k, v in row.items()} for row in rows])

    def _sealed(self, row: dict[str, Any]) -> dict[str, Any]:
        return {**row, "snapshot": sealed.seal_learner(self._vault, row["id"], row["snapshot"])}

    async def _flush(self, answers: list[dict[str, Any]], orders: list[dict[str, Any]]) -> None:
        if orders:
            self.waiting.add(ORDERS)
        for table, rows in ((t.answer, answers), (t.order, orders)):
            if rows:
                await self._db.execute(sa.insert(table), rows)
                rows.clear()
        await people.lettered(self._db, self._letters)
        self._letters.clear()

    def _answer(self, learner_id: int, event: Answered) -> dict[str, Any]:
        return {
            "learner_id": learner_id,
            "module": event.module,
            "deck": event.deck,
            "question": event.question,
            "choices": "".join(map(str, event.choices)),
            "hits": event.hits,
            "right": event.right,
            "minute": self._now // 60,
        }

    def _order(self, learner_id: int, address: bytes, place: int, order: Order) -> dict[str, Any]:
        return {
            "id": order.id,
            "learner_id": learner_id,
            "address": address,
            "sealed": self._vault.seal(msgspec.json.encode(order), order.id.to_bytes(8)),
            "at": self._now,
            "place": place,
            "state": "wanted",
            "attempts": 0,
            "due": self._now,
            "until": self._now + _lifetime(order),
            "about": int(order.note["learner"])
            if order.note is not None and order.note.traits.from_learner
            else None,
            "unasked": order.note is not None and order.note.traits.unasked,
        }

    async def _join(self, mine: int, other: int) -> None:
        self.erased.append(
            f"joined {erased.mark(self._vault, other)} {erased.mark(self._vault, mine)}"
        )
        await people.merge(self._db, mine, other)
        await broadcasts.merge(self._db, mine, other)
        for table in (t.address, t.answer, t.order, t.closed):
            await self._db.execute(
                sa.update(table).where(table.c.learner_id == other).values(learner_id=mine)
            )
        await self._db.execute(sa.delete(t.learner).where(t.learner.c.id == other))
        self._before.pop(other, None)

    async def erase(self, learner_id: int) -> None:
        """Everything, whatever is queued included; the rest goes by cascade. Groups with a
        colleague go on: save, or write, tells of it."""
        self._told += [
            (to, letter) for to, letter in await self._succeeded(learner_id) if to != learner_id
        ]
        self.erased.append(f"erased {erased.mark(self._vault, learner_id)}")
        mine = sa.select(t.address.c.hash).where(t.address.c.learner_id == learner_id)
        await self._db.execute(sa.delete(t.update).where(t.update.c.address.in_(mine)))
        await self._db.execute(sa.delete(t.order).where(t.order.c.about == learner_id))
        await people.leaves(self._db, learner_id)
        for group, member in await self._members_of_groups_kept_by(learner_id):
            await self._change(member, CounsellorGone(group))
        await self._db.execute(sa.delete(t.learner).where(t.learner.c.id == learner_id))
        self._before.pop(learner_id, None)

    async def reachable(self, hash: bytes, yes: bool) -> None:
        await self._db.execute(
            sa.update(t.address).where(t.address.c.hash == hash).values(reachable=yes)
        )


def _hash_in(admin: str, vault: Vault) -> bytes:
    channel, _colon, rest = admin.partition(":")
    return urlsafe_b64decode(f"{rest}=") if channel == "web" else vault.hash(channel, rest)


class Store:
    """The database of an installation."""

    def __init__(
        self,
        engine: AsyncEngine,
        vault: Vault,
        admins: Iterable[str] = (),
        zone: str = "UTC",
        data_dir: Path | None = None,
    ) -> None:
        """`admins` are those whom the settings name, as `entry_of` writes them; `zone` is that of
        learners who told none.

        Beside SQLite's file stands the list of those who are erased; for PostgreSQL it stands in
        `data_dir`.
        """
        self.engine = engine
        self._reading = reading(engine)
        self.vault = vault
        self.notifications = Notifications(engine)
        self.process = _new_id()
        """What this process has in hand carries this id."""
        self._place = place_of(engine)
        self._unwiped = False
        self._listed = self._place.file if self._place else data_dir and data_dir / "postgresql"
        self.admins = [_hash_in(admin, vault) for admin in admins]
        self.zone = zone

    def is_admin(self, hash: bytes) -> bool:
        """Whether the settings name the address with this keyed hash."""
        return hash in self.admins

    def entry_of(self, channel: str, address: str, hash: bytes) -> str:
        """What PASITO_ADMINS calls this person (/whoami). The address of a page is its secret: its
        keyed hash stands for it."""
        return (
            f"{channel}:{address}"
            if channel != "web"
            else f"web:{urlsafe_b64encode(hash).decode().rstrip('=')}"
        )

    @asynccontextmanager
    async def batch(self, now: int) -> AsyncIterator[Batch]:
        async with self.engine.begin() as connection:
            batch = Batch(connection, self, now)
            yield batch
            await self.notifications.notify(connection, batch.waiting)
            if (
                batch.erased and self._listed
            ):  # before the commit: whoever asked to be erased is on the list, come what may
                await asyncio.to_thread(erased.remember, self._listed, batch.erased)
        if self._place:
            self._place.check_kept()
            if batch.erased:
                self._unwiped = True
                await self.wipe()
        self.notifications.committed(batch.waiting)

    async def erase_again(self, now: int) -> int:
        """Erases whom an older copy of the database brought back, and says how many. SQLite's
        `restore` does it by itself."""
        marked = (
            await asyncio.to_thread(erased.marked, self._listed)
            if self._listed and not self._place
            else set()
        )
        if not marked:
            return 0
        async with self._reading.connect() as connection:
            ids = (await connection.execute(sa.select(t.learner.c.id))).scalars().all()
        back = [id for id in ids if erased.mark(self.vault, id) in marked]
        for id in back:
            async with self.batch(now) as tx:
                await tx.erase(id)
        return len(back)

    async def wipe(self) -> None:
        """Empties SQLite's log where something was erased and nobody was in the way; called again
        and again."""
        if not self._unwiped or self._place is None:
            return
        self._unwiped = False
        try:
            self._unwiped = not await asyncio.to_thread(erased.wipe, self._place.file)
        except sqlite3.Error:  # another time: what was erased is committed
            self._unwiped = True

    async def find(
        self, db: AsyncConnection, now: int, query: Query[Any], fresher: Mapping[int, Learner]
    ) -> Any:
        """The answer to a flow's question. `fresher` are learners that this transaction has changed
        and not written yet."""
        if isinstance(query, Revoked):
            return await revocations.is_revoked(db, query.serial)
        if isinstance(query, BroadcastQuery):
            return await broadcasts.find(db, self.vault, now, self.zone, query)
        if isinstance(query, ConnectionsOf):
            return await connections.find(db, query)
        return await people.find(db, self.vault, self.admins, now, query, fresher)

    async def ready(self) -> bool:
        """Is the database there? Raises what the driver raises when not."""
        async with self._reading.connect() as connection:
            await connection.execute(sa.select(1))
        return True

    async def learner_at(self, channel: str, address: str) -> Learner | None:
        """The learner behind an address, without changing anything."""
        query = (
            sa.select(t.learner.c.id, t.learner.c.snapshot)
            .join(t.address)
            .where(t.address.c.hash == self.vault.hash(channel, address))
        )
        async with self._reading.connect() as connection:
            row = (await connection.execute(query)).first()
        return sealed.learner(self.vault, row.id, row.snapshot) if row else None

    async def closed(self, channel: str, address: str) -> str | None:
        """Why this address leads nowhere any more (`db.connections`)."""
        async with self._reading.connect() as connection:
            return await connections.closed(connection, self.vault.hash(channel, address))

    def connection_of(self, channel: str, address: str) -> str:
        return connections.id_of(self.vault.hash(channel, address))

    async def address_of(self, channel: str, update: str, since: int) -> str | None:
        """Where somebody is now whose update was here before, not earlier than `since`; None for
        another."""
        column = t.update.c
        query = sa.select(t.address.c.sealed, t.address.c.hash).join(
            t.update, t.address.c.hash == column.address
        )
        async with self._reading.connect() as connection:
            row = (
                await connection.execute(
                    query.where(column.channel == channel, column.id == update, column.at >= since)
                )
            ).first()
        return self.vault.open(row.sealed, row.hash).decode() if row else None

    async def unanswered(
        self, channel: str, now: int, patience: int, besides: Sequence[str] = ()
    ) -> list[Update]:
        """Updates that changed something and whose answer did not go out: those of a process that
        died, at once, and our own after `patience` seconds, without those that are in hand here.
        From then on they are ours.

        They come as a plain `Tap`; what they did is done, only where the learner is now has to be
        shown.
        """
        column = t.update.c
        async with self.engine.begin() as connection:
            ours = column.holder == self.process
            long_ago = (column.at <= now - patience) | (column.at > now + AHEAD_SECONDS)
            held = sa.exists().where(t.process.c.id == column.holder, living(connection))
            overdue = (
                sa.select(column.id)
                .where(
                    column.channel == channel,
                    sa.not_(column.answered),
                    column.id.not_in(list(besides)),
                )
                .where(
                    (ours & long_ago)
                    | (column.holder.is_distinct_from(self.process) & sa.not_(held))
                )
                .order_by(column.at)
                .limit(MOST_UNANSWERED)
                .with_for_update(skip_locked=True, of=t.update)
            )
            ids = (await connection.execute(overdue)).scalars().all()
            if not ids:
                return []
            mine = (column.channel == channel) & column.id.in_(ids)
            await connection.execute(sa.update(t.update).where(mine).values(holder=self.process))
            found = sa.select(column.id, t.address.c.sealed, t.address.c.hash).join(
                t.address, t.address.c.hash == column.address
            )
            rows = (await connection.execute(found.where(mine).order_by(column.at))).all()
        return [update for row in rows if (update := self._taken_up(channel, row))]

    def _taken_up(self, channel: str, row: Any) -> Update | None:
        try:
            return Update(channel, row.id, self.vault.open(row.sealed, row.hash).decode(), Tap(""))
        except Exception:  # bit rot: it costs nobody else anything
            log.exception("update %s has an address that cannot be read", row.id)
            return None

    async def take_orders(
        self, channel: str, now: int, lease: int, limit: int = 20
    ) -> list[Delivery]:
        """Files and letters that are due on a push channel, first those that somebody waits for,
        leased to this process for `lease` seconds. Those whose process died come again at once,
        those of one that hangs when the lease is over."""
        order = t.order.c
        first = (order.unasked, order.at, order.place)
        turn = sa.func.row_number().over(partition_by=order.address, order_by=first).label("turn")
        async with self.engine.begin() as connection:
            held = sa.exists().where(t.process.c.id == order.holder, living(connection))
            left = (
                (order.state == "sending")
                & order.holder.is_distinct_from(self.process)
                & sa.not_(held)
            )
            ready = (
                sa.select(order.id, turn)
                .join(t.address, t.address.c.hash == order.address)
                .where(
                    order.state.in_(("wanted", "sending")),
                    (order.due <= now) | left,
                    t.address.c.channel == channel,
                )
                .where(t.address.c.reachable, order.until > now)
                .subquery()
            )
            due = (
                sa.select(
                    t.order,
                    t.address.c.channel,
                    t.address.c.sealed.label("sealed_address"),
                    t.learner.c.snapshot,
                )
                .join(t.address, t.address.c.hash == order.address)
                .join(t.learner, t.learner.c.id == order.learner_id)
                .where(
                    order.id.in_(sa.select(ready.c.id).where(ready.c.turn <= PER_PERSON)),
                    (order.due <= now) | left,
                )
                .order_by(*first)
                .limit(limit)
                .with_for_update(skip_locked=True, of=t.order)
            )
            rows = (await connection.execute(due)).all()
            if rows:
                taken = order.id.in_([row.id for row in rows])
                values = {
                    "state": "sending",
                    "due": now + lease,
                    "attempts": order.attempts + 1,
                    "holder": self.process,
                }
                await connection.execute(sa.update(t.order).where(taken).values(**values))
        return [
            delivery for row in rows if row.sealed is not None and (delivery := self._readable(row))
        ]

    def _readable(self, row: Any) -> Delivery | None:
        try:
            return self._delivery(row)
        except Exception:  # bit rot, another version's form: it costs nobody else anything
            log.exception("order %d cannot be read", row.id)
            return None

    def _delivery(self, row: Any) -> Delivery:
        return Delivery(
            msgspec.json.decode(self.vault.open(row.sealed, row.id.to_bytes(8)), type=Order),
            sealed.learner(self.vault, row.learner_id, row.snapshot),
            row.channel,
            self.vault.open(row.sealed_address, row.address).decode(),
            row.attempts + 1,
            row.part,
            row.at,
        )

    async def renewed(self, delivery: Delivery, until: int) -> bool:
        """Leases an order for longer; False when the lease ran out and another process has it."""
        mine = (
            t.order.c.id == delivery.order.id,
            t.order.c.state == "sending",
            t.order.c.attempts == delivery.attempts,
        )
        async with self.engine.begin() as connection:
            result = await connection.execute(sa.update(t.order).where(*mine).values(due=until))
        return result.rowcount == 1

    async def settle(self, order: int, state: str, due: int = 0) -> None:
        """An order was sent, failed for good, or is wanted again at `due`. What is over keeps no
        name."""
        values: dict[str, Any] = {"state": state, "due": due}
        if state in ("sent", "failed"):
            values["sealed"] = None
        async with self.engine.begin() as connection:
            await connection.execute(
                sa.update(t.order).where(t.order.c.id == order).values(**values)
            )
            if values.get("sealed", state) is None:
                await broadcasts.fetched(connection, order, read=state == "sent")

    async def handed_over(self, order: int, now: int, part: int, message: str = "") -> None:
        """So many messages of an order went out, the last one as this message of the channel: if
        this process dies now, the next one goes on behind them."""
        async with self.engine.begin() as connection:
            await connection.execute(
                sa.update(t.order).where(t.order.c.id == order).values(part=part)
            )
            await people.sent(connection, order, message, now)

    async def orders_of(self, channel: str, address: str, since: int) -> list[Delivery]:
        """Files that wait to be fetched on a pull channel (web, terminal), oldest first."""
        query = (
            sa.select(
                t.order,
                t.address.c.channel,
                t.address.c.sealed.label("sealed_address"),
                t.learner.c.snapshot,
            )
            .join(t.address, t.address.c.hash == t.order.c.address)
            .join(t.learner, t.learner.c.id == t.order.c.learner_id)
            .where(t.order.c.address == self.vault.hash(channel, address), t.order.c.at >= since)
            .where(t.order.c.sealed.is_not(None), t.order.c.state != "held")
            .order_by(t.order.c.at, t.order.c.place)
        )
        async with self._reading.connect() as connection:
            return [
                delivery
                for row in (await connection.execute(query)).all()
                if (delivery := self._readable(row))
            ]

    async def ask(self, query: Query[Any]) -> Any:
        """What a flow or a file wants to know, outside of a batch."""
        async with self._reading.connect() as connection:
            return await self.find(connection, int(time.time()), query, {})

    async def everything(self, learner: Learner) -> dict[str, Any]:
        """All that is stored about a learner, for `/mydata`, in the clear."""
        mine = t.address.c.learner_id == learner.id
        hashes = sa.select(t.address.c.hash).where(mine)
        told: dict[str, sa.Select[Any]] = {
            "channels": sa.select(
                t.address.c.channel, t.address.c.reachable, t.address.c.live_at, t.address.c.since
            ).where(mine),
            "closed_pages": sa.select(t.closed.c.why, t.closed.c.day).where(
                t.closed.c.learner_id == learner.id
            ),
            "answers": _without(t.answer, "id", "learner_id")
            .where(t.answer.c.learner_id == learner.id)
            .order_by(t.answer.c.id),
            "taps": sa.select(t.update.c.channel, t.update.c.at)
            .where(t.update.c.address.in_(hashes))
            .order_by(t.update.c.at),
            "groups": sa.select(t.member.c.group_id, t.member.c.at).where(
                t.member.c.learner_id == learner.id
            ),
            "broadcasts_received": _without(
                t.recipient, "learner_id", "address", "lane", "lease", "letter"
            ).where(t.recipient.c.learner_id == learner.id),
            "letters": sa.select(t.letter.c.group_id, t.letter.c.at).where(
                t.letter.c.to_id == learner.id
            ),
            "notice": sa.select(t.learner.c.active_on, t.learner.c.noticed_on).where(
                t.learner.c.id == learner.id
            ),
            "staff": sa.select(t.staff.c.learner_id, t.staff.c.since).where(
                t.staff.c.learner_id == learner.id
            ),
            "staff_links_made": sa.select(t.staff_link.c.role, t.staff_link.c.until).where(
                t.staff_link.c.author == learner.id
            ),
            "screens_of_broadcasts": sa.select(t.viewer.c.broadcast_id).where(
                t.viewer.c.address.in_(hashes)
            ),
        }
        written = sa.select(t.broadcast.c.id, t.broadcast.c.content).where(
            t.broadcast.c.author == learner.id
        )
        kept = (
            sa.select(t.group.c.id, t.group.c.content)
            .where(t.group.c.owner == learner.id)
            .order_by(t.group.c.id)
        )
        orders = sa.select(t.order.c.id, t.order.c.at, t.order.c.state, t.order.c.sealed).where(
            (t.order.c.learner_id == learner.id) | (t.order.c.about == learner.id)
        )
        async with self._reading.connect() as connection:
            found = {
                name: [dict(row._mapping) for row in await connection.execute(query)]
                for name, query in told.items()
            }
            drafts = [sealed.draft(self.vault, *row) for row in await connection.execute(written)]
            groups = [sealed.group(self.vault, *row) for row in await connection.execute(kept)]
            files = [
                {"at": row.at, "state": row.state, "what": row.sealed and self._opened(row)}
                for row in await connection.execute(orders.order_by(t.order.c.at))
            ]
            beside = [
                {"group": row.group_id, **msgspec.to_builtins(people.colleague(self.vault, row))}
                for row in await connection.execute(
                    sa.select(t.colleague).where(t.colleague.c.learner_id == learner.id)
                )
            ]
            labels = await people.labels(
                connection, self.vault, t.label.c.counsellor_id == learner.id
            )
        return {
            "learner": msgspec.to_builtins(replace(learner, code=None)),
            "labels_given": sorted(labels.values()),
            "groups_kept_with_others": beside,
            **found,
            "groups_kept": msgspec.to_builtins(groups),
            "broadcasts_written": msgspec.to_builtins(drafts),
            "files": files,
        }

    def _opened(self, row: Any) -> Any:
        return msgspec.json.decode(self.vault.open(row.sealed, row.id.to_bytes(8)))

    async def empty(self) -> bool:
        """Nobody was here yet."""
        async with self._reading.connect() as connection:
            return (await connection.execute(sa.select(t.address.c.hash).limit(1))).first() is None

    async def shut(self) -> bool:
        """Addresses are stored, and the key opens none of them: it is not the key that they were
        sealed with."""
        async with self._reading.connect() as connection:
            seals = [(row.hash, row.sealed) for row in await connection.execute(sa.text(SEALS))]
        return bool(seals) and not self.vault.opens(seals)

    async def orders_waiting(self) -> dict[tuple[str, str], int]:
        """How many files and notes are not handed over, by channel and state; without those of
        people who blocked us."""
        query = (
            sa.select(t.address.c.channel, t.order.c.state, sa.func.count().label("number"))
            .join(t.address, t.address.c.hash == t.order.c.address)
            .where(t.order.c.state.in_(("wanted", "sending")), t.address.c.reachable)
            .group_by(t.address.c.channel, t.order.c.state)
        )
        async with self._reading.connect() as connection:
            return {(row.channel, row.state): row.number for row in await connection.execute(query)}


def _without(table: sa.Table, *names: str) -> "sa.Select[Any]":
    return sa.select(*(column for column in table.c if column.name not in names))


def _lifetime(order: Order) -> int:
    return order.note.traits.seconds if order.note else FILE_SECONDS


def _new_id() -> int:
    return secrets.randbits(53)


_ANSWERED = (
    sa.update(t.update)
    .where(t.update.c.channel == sa.bindparam("c"), t.update.c.id == sa.bindparam("i"))
    .values(answered=True)
)
_LIVE = (
    sa.update(t.address)
    .where(t.address.c.hash == sa.bindparam("h"))
    .values(live_message=sa.bindparam("m"), live_at=sa.bindparam("a"), live_shown=sa.bindparam("s"))
)
_UNSURE = sa.update(t.address).where(t.address.c.hash == sa.bindparam("h")).values(live_shown=None)
_ARRIVED = sa.insert(t.update)
_SEEN = sa.select(t.update.c.channel, t.update.c.id, t.update.c.answered).where(
    # the key begins with the channel: by the id alone the whole table would be read
    t.update.c.channel.in_(sa.bindparam("channels", expanding=True)),
    t.update.c.id.in_(sa.bindparam("ids", expanding=True)),
)
_ADDRESSES = sa.select(
    t.address.c.hash,
    t.address.c.learner_id,
    t.address.c.live_message,
    t.address.c.live_at,
    t.address.c.live_shown,
    t.address.c.reachable,
).where(t.address.c.hash.in_(sa.bindparam("hashes", expanding=True)))
_LEARNERS = (
    sa.select(t.learner.c.id, t.learner.c.snapshot)
    .where(t.learner.c.id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(t.learner.c.id)
    .with_for_update(key_share=True)
)
_SAVE = (
    sa.update(t.learner)
    .where(t.learner.c.id == sa.bindparam("b_id"))
    .values(
        snapshot=sa.bindparam("b_snapshot"),
        language=sa.bindparam("b_language"),
        active_on=sa.bindparam("b_active_on"),
        muted=sa.bindparam("b_muted"),
        begun=sa.bindparam("b_begun"),
        zone=sa.bindparam("b_zone"),
        progress=sa.bindparam("b_progress"),
        remind_at=sa.bindparam("b_remind_at"),
        noticed_on=sa.case(
            (sa.bindparam("b_here", type_=sa.Boolean), sa.null()), else_=t.learner.c.noticed_on
        ),  # they are back
        code_hash=sa.bindparam("b_code_hash"),
    )
)
