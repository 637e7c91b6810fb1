"""The in-memory store and the real one, behind one port."""

from dataclasses import replace
from typing import Any, Protocol

import sqlalchemy as sa

from bot.conversation.event import Event, evolve_all
from bot.conversation.update import Start, Update
from bot.flows.staff.events import RoleGiven
from bot.model.connection import Connection
from bot.model.group import (
    Group,
)
from bot.model.learner import Learner, day_of
from bot.model.query import Query
from bot.model.roles import Role
from db import letters
from db import tables as t
from db.store import Store
from tests.support.memory import People

NOW = 1_790_000_000


class Kept(Protocol):
    """What both stores are to flows: events go in, questions are answered."""

    now: int

    async def person(self, role: Role = Role.LEARNER, channel: str = "telegram") -> int:
        """Somebody new; the number by which they are known."""

    async def happens(self, who: int, *events: Event) -> None: ...

    async def asks(self, query: Query[Any]) -> Any: ...

    async def delivered(self, reader: int, message: str) -> None:
        """The last letter of somebody became this message in Telegram."""

    async def blocks(self, who: int) -> None:
        """They stop the bot in Telegram."""


class InMemory:
    def __init__(self) -> None:
        self.people = People()
        self.who: dict[int, Learner] = {}
        self.now = NOW

    async def person(self, role: Role = Role.LEARNER, channel: str = "telegram") -> int:
        id = 100 + len(self.who)
        self.who[id] = Learner(id)
        self.people.connects(self.who[id], Connection(f"{channel}-{id}", channel, day_of(self.now)))
        await self.happens(id, RoleGiven(role))
        return id

    async def happens(self, who: int, *events: Event) -> None:
        self.now += 1
        self.who[who] = evolve_all(self.people.fresh(self.who[who]), events, self.now)
        self.people.happen(self.who[who], events, self.now)

    async def asks(self, query: Query[Any]) -> Any:
        self.people.now = self.now
        return self.people.answer(query)

    async def delivered(self, reader: int, message: str) -> None:
        self.people.delivered(reader, "telegram", message)

    async def blocks(self, who: int) -> None:
        self.people.unreachable.add(f"telegram-{who}")


class InDatabase:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.updates: dict[int, list[Update]] = {}
        self.now = NOW

    async def person(self, role: Role = Role.LEARNER, channel: str = "telegram") -> int:
        name = f"p{len(self.updates)}"
        update = Update(channel, name, name, Start())
        async with self.store.batch(self.now) as tx:
            (arrival,) = await tx.load_arrivals([update])
        self.updates[arrival.learner_id] = [update]
        await self.happens(arrival.learner_id, RoleGiven(role))
        return arrival.learner_id

    async def happens(self, who: int, *events: Event) -> None:
        self.now += 1
        done = self.updates[who]
        done.append(replace(done[0], id=f"{done[0].id}-{len(done)}"))
        async with self.store.batch(self.now) as tx:
            (arrival,) = await tx.load_arrivals(done[-1:])
            tx.learners[who] = evolve_all(tx.learners[who], events, self.now)
            async with tx.applied(who, events):
                pass
            await tx.save([(arrival, tx.learners[who], events)])

    async def asks(self, query: Query[Any]) -> Any:
        async with self.store.batch(self.now) as tx:
            return await tx.ask(query)

    async def delivered(self, reader: int, message: str) -> None:
        newest = sa.select(t.letter.c.order_id).where(t.letter.c.to_id == reader)
        async with self.store.engine.begin() as db:
            order = (await db.execute(newest.order_by(t.letter.c.at.desc()))).scalars().first()
            assert order is not None
            await letters.sent(db, order, message, self.now)

    async def blocks(self, who: int) -> None:
        address = self.updates[who][0].address
        async with self.store.batch(self.now) as tx:
            await tx.reachable(self.store.vault.hash("telegram", address), False)


def a_group(id: int, owner: int, title: str = "Tuesday group", **more: Any) -> Group:
    return Group(id, owner, f"token{id}", title, "AMSED", "Lea", "en", **more)
