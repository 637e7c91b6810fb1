"""Somebody who writes to the dispatcher, on no messenger."""

import sqlalchemy as sa

from bot.conversation.action import Action, encode
from bot.conversation.update import Doing, Tap, Update
from bot.dispatcher import Dispatcher
from bot.model.learner import Learner
from db.store import Store


class Person:
    """Somebody on a channel; updates are numbered as they are made."""

    def __init__(self, dispatcher: Dispatcher, address: str, channel: str = "test") -> None:
        self.dispatcher, self.address, self.channel, self.count = dispatcher, address, channel, 0

    def update(self, doing: Doing) -> Update:
        self.count += 1
        return Update(self.channel, f"{self.address}-{self.count}", self.address, doing, "en")

    async def does(self, doing: Doing) -> Update:
        update = self.update(doing)
        await self.dispatcher.handle(update)
        return update

    async def taps(self, action: Action) -> Update:
        return await self.does(Tap(encode(action)))

    async def learner(self, store: Store) -> Learner:
        learner = await store.learner_at(self.channel, self.address)
        assert learner
        return learner


async def count_of(store: Store, table: sa.Table) -> int:
    async with store.engine.connect() as connection:
        return int(
            (await connection.execute(sa.select(sa.func.count()).select_from(table))).scalar_one()
        )
