"""One transaction, in which the updates of many learners are worked through.

Theory. The dispatcher says which updates have come; `load_arrivals` tells which are new, gives each
its learner, and locks those rows (SQLite: the whole file; PostgreSQL: the learners, in the order of
their ids). What an event changes beside its learner is written at once, in `applied`, so that the
next screen shows it; `save` writes the rest, and what changed of the learners. Nothing here waits
for a network other than the database's.

Two processes can still wait for each other in a circle, over another learner or a group. PostgreSQL
then ends one of the two transactions, and the dispatcher tries that one again.
"""

import logging
import secrets
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import metrics
from bot.conversation.event import Event, ForOther, evolve_all
from bot.conversation.update import Update
from bot.model.channel import PULL_CHANNELS
from bot.model.learner import CODE_SECONDS, Learner, day_of
from bot.model.message import Note
from bot.model.query import Query
from db import arrivals, orders, sealed
from db import tables as t
from db.arrivals import AnswerSent, Arrival
from db.engine import few_lengths, insert
from db.learner_rows import AT_ADDRESSES, BESIDE, LEARNERS, SAVE, SAVE_SNAPSHOT
from db.orders import ORDERS, Order
from db.queries import Asked, answer
from db.told import Came
from db.vault import Vault
from db.writes import AT_ONCE, LAST, Source

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Installation:
    """What is the same in every transaction: keyed hashes of admins' addresses, the `zone` of
    learners who told none, the id of what this `process` has in hand."""

    vault: Vault
    admins: Sequence[bytes]
    zone: str
    process: int


class Batch:
    """See the theory at the top. `now` is seconds since the epoch."""

    def __init__(self, db: AsyncConnection, of: Installation, now: int) -> None:
        self.db = db
        """What else belongs into this transaction goes through it."""
        self.of = of
        self.vault = of.vault
        self.now = now
        self.learners: dict[int, Learner] = {}
        """Those that are loaded and locked, as they are now."""
        self.came = Came(of.vault, now, of.process)
        self.erased: list[str] = []
        """For the list of those who are erased."""
        self.unreadable: set[int] = set()
        """Whose rows cannot be decoded."""
        self.waiting: set[str] = set()
        """Jobs that are notified when this is committed."""
        self._before: dict[int, bytes] = {}
        """Learners as they were read, encoded."""
        self._stored: dict[int, dict[str, Any]] = {}
        """What stands beside their snapshots, of those who are not back after a notice."""
        self._here: set[int] = set()
        """Who did something in this transaction."""
        self._notes: list[tuple[int, Note]] = []
        self._held: list[tuple[int, Note]] = []
        self._rows: dict[sa.Table, list[dict[str, Any]]] = {t.answer: [], t.order: []}
        """Not written yet."""

    # --- what came

    async def acknowledge(self, sent: Sequence[AnswerSent]) -> None:
        """Marks answers as sent and remembers the messages they became."""
        await arrivals.acknowledge(self.db, self.vault, sent)

    async def load_arrivals(
        self, updates: Sequence[Update], codes: Iterable[str] = ()
    ) -> list[Arrival]:
        """The updates with their learners; new people are made learners. `learners` holds them
        afterwards, locked, together with those whose `codes` were typed."""
        hashes = [arrivals.hash_of(self.vault, update) for update in updates]
        known = await self._at(hashes)
        strangers = {h: u for h, u in zip(hashes, updates, strict=True) if h not in known}
        if strangers:
            await self._welcome(strangers)
            known |= await self._at(strangers)
        self._here = {row.learner_id for row in known.values()}
        if typed := [self.vault.hash("code", code) for code in codes]:
            await self._load(t.learner.c.code_hash.in_(typed))
        return await arrivals.arrive(self.db, updates, hashes, known, self.came)

    async def _welcome(self, strangers: Mapping[bytes, Update]) -> None:
        """Makes a learner for each unknown address. Where another process was faster, its learner
        stays and ours goes."""
        ids = {h: secrets.randbits(62) for h in strangers}
        await self.db.execute(
            sa.insert(t.learner), [self.sealed_row(Learner(id)) for id in ids.values()]
        )
        rows = [
            {
                "hash": h,
                "learner_id": ids[h],
                "channel": update.channel,
                "sealed": self.vault.seal(update.address.encode(), h),
                "reachable": True,
                "since": day_of(self.now),
            }
            for h, update in strangers.items()
        ]
        taken = insert(self.db)(t.address).on_conflict_do_nothing()
        taken = taken.returning(t.address.c.learner_id)
        ours = set((await self.db.execute(taken, rows)).scalars())
        if lost := [id for id in ids.values() if id not in ours]:
            await self.db.execute(sa.delete(t.learner).where(t.learner.c.id.in_(lost)))

    async def reachable(self, hash: bytes, yes: bool) -> None:
        """Whether something can be sent to the address with this keyed hash. What waited for it is
        due."""
        await self.db.execute(
            sa.update(t.address).where(t.address.c.hash == hash).values(reachable=yes)
        )
        if yes:
            waits = (t.order.c.address == hash) & (t.order.c.state == "wanted")
            await self.db.execute(sa.update(t.order).where(waits).values(due=self.now))
            self.waiting.add(ORDERS)

    # --- learners

    async def _at(self, hashes: Iterable[bytes]) -> dict[bytes, Any]:
        """What is stored of these addresses; their learners are loaded."""
        wanted = {"hashes": few_lengths(set(hashes))}
        known = {row.hash: row for row in await self.db.execute(AT_ADDRESSES, wanted)}
        self._read_all(known.values())
        return known

    async def _load(self, which: sa.ColumnElement[bool]) -> None:
        self._read_all(await self.db.execute(LEARNERS.where(which)))

    def _read_all(self, rows: Iterable[Any]) -> None:
        for row in rows:
            if row.id in self._before or row.id in self.unreadable:  # by another address
                continue
            try:
                self._read(row)
            # bit rot, another version's form: it costs nobody else anything, and is never
            # written over
            except Exception as error:
                self._unreadable(row.id, error)
                continue
            if row.noticed_on is None:
                self._stored[row.id] = dict(zip(BESIDE, row[-len(BESIDE) :], strict=True))

    async def take(self, query: "sa.Select[tuple[int, bytes]]") -> None:
        """Locks the learners of this query for us (id and snapshot); those that another process has
        in hand are passed over."""
        for row in await self.db.execute(query.with_for_update(key_share=True, skip_locked=True)):
            try:
                self._read(row)
            # bit rot, another version's form: it costs nobody else anything
            except Exception as error:
                self._unreadable(row.id, error)

    def _unreadable(self, id: int, error: Exception) -> None:
        log.error("learner %d cannot be read: %s", id, type(error).__name__)
        metrics.UNREADABLE.labels("learner").inc()
        self.unreadable.add(id)

    def _read(self, row: Any) -> None:
        content = sealed.open_learner(self.vault, row.id, row.snapshot)
        self.learners[row.id] = sealed.decoded(content)
        self._before[row.id] = content

    def with_code(self, code: str) -> Learner | None:
        """The learner whose valid code this is, among those loaded."""
        return next(
            (
                m
                for m in self.learners.values()
                if m.code
                and m.code.text == code
                and self.now < m.code.until <= self.now + CODE_SECONDS
            ),
            None,
        )

    async def change(self, learner_id: int, event: Event) -> None:
        """Something happened to another learner, who did nothing."""
        if learner_id not in self.learners:
            await self._load(t.learner.c.id == learner_id)
        if learner := self.learners.get(learner_id):
            changed = evolve_all(learner, [event], self.now)
            self.learners[learner_id] = replace(
                changed, last_at=learner.last_at, session_at=learner.session_at
            )

    async def reached(self, ids: Sequence[int]) -> set[int]:
        """Those of these learners to whom something can be sent."""
        column = t.address.c
        can = sa.select(column.learner_id).where(
            column.learner_id.in_(ids), column.reachable, column.channel.not_in(PULL_CHANNELS)
        )
        return set((await self.db.execute(can)).scalars())

    async def unreminded(self) -> None:
        """Those in `unreadable` are in nobody's way: they are not due again and again."""
        due = sa.update(t.learner).where(t.learner.c.id.in_(list(self.unreadable)))
        await self.db.execute(due.values(remind_at=None))

    async def noticed(self, today: date) -> None:
        """Those in `learners` have been told that they will be deleted."""
        ids = [*self.learners, *self.unreadable]
        told = sa.update(t.learner).where(t.learner.c.id.in_(ids)).values(noticed_on=today)
        await self.db.execute(told)

    def drop(self, learner_id: int) -> None:
        """Their row is gone: nothing of it is written any more."""
        self._before.pop(learner_id, None)

    def _beside(self, learner: Learner) -> dict[str, Any]:
        """What learners are chosen by, as columns: the snapshot is sealed."""
        return {
            "language": learner.language,
            "active_on": day_of(learner.last_at or self.now),
            "muted": learner.muted,
            "begun": learner.begun,
            "zone": learner.zone,
            "progress": sealed.progress(learner),
            "remind_at": learner.rhythm.due,
            "code_hash": self.vault.hash("code", learner.code.text) if learner.code else None,
        }

    def sealed_row(self, learner: Learner) -> dict[str, Any]:
        """The learner as the table keeps them."""
        snapshot = sealed.seal_learner(self.vault, learner.id, sealed.encode(learner))
        return {"id": learner.id, "snapshot": snapshot, **self._beside(learner)}

    # --- what happened

    async def ask(self, query: Query[Any]) -> Any:
        """What a flow wants to know."""
        return await answer(self.asked, query)

    @property
    def asked(self) -> Asked:
        of = self.of
        return Asked(self.db, self.vault, of.admins, of.zone, self.now, self.learners)

    def applied(
        self, learner_id: int, happened: Sequence[Event]
    ) -> AbstractAsyncContextManager[None]:
        """What events change beside the learner they happened to (groups, staff, another learner)
        is there inside the block, and is taken back when it raises. Ordinary taps change nothing of
        this and cost nothing here."""
        changes = [e for e in happened if type(e) in AT_ONCE or isinstance(e, ForOther)]
        return self._applied(learner_id, changes) if changes else nullcontext()

    @asynccontextmanager
    async def _applied(self, learner_id: int, changes: Sequence[Event]) -> AsyncIterator[None]:
        told = len(self._notes)
        try:
            async with self.db.begin_nested():
                for event in changes:
                    await self._at_once(learner_id, event)
                yield
        except BaseException:
            del self._notes[told:]
            raise

    async def _at_once(self, learner_id: int, event: Event) -> None:
        if isinstance(event, ForOther):
            if event.learner != learner_id:
                await self.change(event.learner, event.event)
            learner_id, event = event.learner, event.event
        if writer := AT_ONCE.get(type(event)):
            await writer(self, learner_id, event)

    async def save(self, changes: Sequence[tuple[Arrival, Learner, Sequence[Event]]]) -> None:
        """Writes the learners as they are now and what happened to them, in the order in which it
        happened."""
        for arrival, learner, happened in changes:
            for place, event in enumerate(happened):
                whose = learner.id
                if isinstance(event, ForOther):
                    whose, event = event.learner, event.event
                if writer := LAST.get(type(event)):
                    await writer(self, Source(whose, arrival.hash, place), event)
        await self.write(())

    # --- what is written later in the transaction

    def add(self, table: sa.Table, row: dict[str, Any]) -> None:
        """A row of `answer` or `order`."""
        self._rows[table].append(row)

    def order(self, source: Source, order: Order, address: bytes | None = None) -> None:
        """An order of this learner, handed over at the address that it comes from, or another."""
        at = address or source.address
        row = orders.order_row(self.vault, self.now, source.learner, at, source.place, order)
        self.add(t.order, row)

    def tell(self, learner_id: int, note: Note, held: bool = False) -> None:
        """A note to a learner. `held`: it waits until they want it."""
        (self._held if held else self._notes).append((learner_id, note))

    async def write(self, notes: Sequence[tuple[int, Note]]) -> None:
        """Saves `learners` as they are now, and notes to some of them."""
        addressed = partial(orders.addressed, self.db, self.vault, self.now)
        made, letters = await addressed([*notes, *self._notes])
        held, letters_held = await addressed(self._held)
        self._rows[t.order] += [*made, *({**row, "state": "held"} for row in held)]
        self._notes.clear()
        self._held.clear()
        await self._save_learners()
        await self.flush()
        await orders.lettered(self.db, [*letters, *letters_held])

    async def lay(self, letters: Sequence[tuple[int, bytes, Note]]) -> list[int]:
        """Letters to learners at these addresses, where they are fetched: ids of the orders."""
        made = []
        for place, (to, address, note) in enumerate(letters):
            made.append(orders.of_note(note))
            self.order(Source(to, address, place), made[-1])
        await self.flush()
        return [order.id for order in made]

    async def flush(self) -> None:
        """Writes the rows that were added."""
        await self.came.write(self.db)
        if self._rows[t.order]:
            self.waiting.add(ORDERS)
        for table, rows in self._rows.items():
            if rows:
                await self.db.execute(sa.insert(table), rows)
                rows.clear()

    async def _save_learners(self) -> None:
        snapshots, rows = [], []
        for id, before in self._before.items():
            learner = self.learners[id]
            content = sealed.encode(learner)
            if content == before:
                continue
            row = {"id": id, "snapshot": sealed.seal_learner(self.vault, id, content)}
            beside = self._beside(learner)
            if beside == self._stored.get(id):
                snapshots.append(row)
            else:
                row |= {**beside, "here": id in self._here}
                rows.append({f"b_{name}": value for name, value in row.items()})
        if snapshots:
            await SAVE_SNAPSHOT(self.db, snapshots)
        if rows:
            await self.db.execute(SAVE, rows)
