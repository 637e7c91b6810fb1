"""Files and notes on their way: who is at them, and what became of them.

An order is leased to a process for a time (`take`), which it may renew; one whose process died
comes again at once, one of a process that hangs when the lease is over.
"""

import logging
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.conversation.event import Ordered, ToAdmins, ToGroup, Told, ToOtherConnections
from bot.model.learner import Learner
from db import groups, letters, recipients, sealed
from db import tables as t
from db.batch import Batch
from db.heartbeat import living
from db.orders import Order, new_id, of_note, opened
from db.staff_rows import admins_of
from db.vault import Vault
from db.writes import Source, writes_last

log = logging.getLogger(__name__)
SHUT_SECONDS = 14 * 24 * 3600
"""How long something waits for somebody to write."""
PER_PERSON = 3
"""Orders of one address that are taken at once: however many wait for somebody, nobody else waits
behind them.
"""


@writes_last(Ordered)
async def ordered(tx: Batch, source: Source, event: Ordered) -> None:
    tx.order(
        source,
        Order(
            new_id(),
            event.kind,
            event.subject,
            event.name,
            event.language,
            event.serial,
            event.note,
            event.answers,
        ),
    )


@writes_last(Told)
async def told(tx: Batch, source: Source, event: Told) -> None:
    match event.to:
        case ToGroup(group):
            for member in await groups.member_ids(tx.db, group):
                tx.tell(member, event.note)
        case ToAdmins():
            for admin in await admins_of(tx.db, tx.vault, tx.of.admins):
                if admin != source.learner:
                    tx.tell(admin, event.note)
        case ToOtherConnections():
            column = t.address.c
            mine = sa.select(column.hash).where(column.learner_id == source.learner)
            others = mine.where(column.hash != source.address)
            for address in (await tx.db.execute(others)).scalars().all():
                tx.order(source, of_note(event.note), address)
        case learner:
            tx.tell(learner, event.note, event.held)


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
    heard_at: int = 0
    """When its learner last wrote, where the messenger counts from it."""
    agreed: bool = False
    """Whether they may be written to long after that."""
    refused: bool = False
    """Whether they told the messenger that they want nothing of the kind."""


_WINDOW = tuple(t.address.c[name] for name in ("heard_at", "news", "refused"))


class Outbox:
    """Orders outside of a batch. `process` is the id of what this process has in hand."""

    def __init__(
        self, engine: AsyncEngine, reading: AsyncEngine, vault: Vault, process: int
    ) -> None:
        self._engine = engine
        self._reading = reading
        self._vault = vault
        self._process = process

    async def take(self, channel: str, now: int, lease: int, limit: int = 20) -> list[Delivery]:
        """Files and letters that are due on a push channel, first those that somebody waits for,
        leased to this process for `lease` seconds. Those whose process died come again at once,
        those of one that hangs when the lease is over."""
        order = t.order.c
        first = (order.unasked, order.at, order.place)
        turn = sa.func.row_number().over(partition_by=order.address, order_by=first).label("turn")
        async with self._engine.begin() as connection:
            held = sa.exists().where(t.process.c.id == order.holder, living(connection))
            left = (
                (order.state == "sending")
                & order.holder.is_distinct_from(self._process)
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
                    *_WINDOW,
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
                    "holder": self._process,
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
            opened(self._vault, row.id, row.sealed),
            sealed.learner(self._vault, row.learner_id, row.snapshot),
            row.channel,
            self._vault.open(row.sealed_address, row.address).decode(),
            row.attempts + 1,
            row.part,
            row.at,
            row.heard_at or 0,
            row.news is not None and not row.refused,
            row.refused,
        )

    async def renew(self, delivery: Delivery, until: int) -> bool:
        """Leases an order for longer; False when the lease ran out and another process has it."""
        mine = (
            t.order.c.id == delivery.order.id,
            t.order.c.state == "sending",
            t.order.c.attempts == delivery.attempts,
        )
        async with self._engine.begin() as connection:
            result = await connection.execute(sa.update(t.order).where(*mine).values(due=until))
        return result.rowcount == 1

    async def settle(
        self, order: int, state: str, due: int = 0, heard_at: int | None = None
    ) -> None:
        """An order was sent, failed for good, is wanted again at `due`, or is shut from then on:
        it waits until its learner writes, and is wanted at once where they wrote after `heard_at`,
        while it was in hand. One that was handed in (`told`) waits until `due` for the messenger's
        word on it. What is over keeps no name."""
        values: dict[str, Any] = {"state": state, "due": due}
        if state == "shut":
            values["until"] = due + SHUT_SECONDS
        if state in ("sent", "failed"):
            values["sealed"] = None
        async with self._engine.begin() as connection:
            if heard_at is not None and await _wrote_since(connection, order, heard_at):
                values["state"] = "wanted"
            await connection.execute(
                sa.update(t.order).where(t.order.c.id == order).values(**values)
            )
            if values.get("sealed", state) is None:
                await recipients.fetched(connection, order, read=state == "sent")

    async def blocked(self, order: int) -> None:
        """Nothing can be sent where this order goes: all that goes there waits for its learner."""
        where = sa.select(t.order.c.address).where(t.order.c.id == order).scalar_subquery()
        async with self._engine.begin() as connection:
            gone = sa.update(t.address).where(t.address.c.hash == where)
            await connection.execute(gone.values(reachable=False))

    async def handed_over(self, order: int, now: int, part: int, message: str = "") -> None:
        """So many messages of an order went out, the last one as this message of the channel: if
        this process dies now, the next one goes on behind them."""
        async with self._engine.begin() as connection:
            await connection.execute(
                sa.update(t.order).where(t.order.c.id == order).values(part=part)
            )
            await letters.sent(connection, order, message, now)

    async def came(self, order: int, part: int, last: bool) -> bool:
        """The messenger says that this part arrived. False where it is not handed in yet."""
        this = t.order.c.id == order
        async with self._engine.begin() as connection:
            row = (await connection.execute(sa.select(t.order.c.state).where(this))).first()
            if row is None or row.state not in ("told", "wanted"):
                return row is None or row.state != "sending"
            if row.state == "wanted":  # nobody knew whether it had left
                done = sa.update(t.order).where(this, t.order.c.part < part)
                await connection.execute(done.values(part=part))
        if last:
            await self.settle(order, "sent")
        return True

    async def came_back(self, order: int, part: int, state: str, due: int) -> bool:
        """The messenger says that this part did not arrive: it is `shut`, `wanted` again, or
        `failed`. False where it is not handed in yet."""
        this = t.order.c.id == order
        async with self._engine.begin() as connection:
            row = (await connection.execute(sa.select(t.order.c.state).where(this))).first()
            if row is None or row.state not in ("told", "sending"):
                return True
            if row.state == "sending":
                return False
            back = sa.update(t.order).where(this).values(part=max(0, part - 1))
            await connection.execute(back)
        await self.settle(order, state, due)
        return True

    async def of(self, channel: str, address: str) -> list[Delivery]:
        """Files that wait to be fetched on a pull channel (web, terminal), oldest first."""
        query = (
            sa.select(
                t.order,
                t.address.c.channel,
                t.address.c.sealed.label("sealed_address"),
                *_WINDOW,
                t.learner.c.snapshot,
            )
            .join(t.address, t.address.c.hash == t.order.c.address)
            .join(t.learner, t.learner.c.id == t.order.c.learner_id)
            .where(t.order.c.address == self._vault.hash(channel, address))
            .where(t.order.c.sealed.is_not(None), t.order.c.state != "held")
            .order_by(t.order.c.at, t.order.c.place)
        )
        async with self._reading.connect() as connection:
            return [
                delivery
                for row in (await connection.execute(query)).all()
                if (delivery := self._readable(row))
            ]

    async def waiting(self) -> dict[tuple[str, str], int]:
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


async def _wrote_since(db: AsyncConnection, order: int, heard_at: int) -> bool:
    """Whether whom an order goes to wrote after that. Whoever writes now is waited for, and who
    writes later finds what became of the order."""
    theirs = sa.select(t.order.c.address).where(t.order.c.id == order).scalar_subquery()
    heard = sa.select(t.address.c.heard_at).where(t.address.c.hash == theirs).with_for_update()
    return ((await db.execute(heard)).scalar() or 0) > heard_at
