"""A messenger that tests make up: it notes what it is given, and does what they say."""

from collections.abc import Awaitable, Callable

from bot.channels.base import MayLeave, Over, PushChannel
from bot.conversation.update import Update
from bot.documents.parcel import Announcement, Post
from bot.model.words import Words
from db.outbox import Delivery
from db.recipients import Recipient

Write = Callable[[Recipient, Announcement, MayLeave], Awaitable[None]]
Send = Callable[[Delivery, Post, Over], Awaitable[None]]


class FakeChannel(PushChannel):
    """`write` takes broadcasts, `hand_over` orders, `answer` updates that wait for an answer."""

    def __init__(
        self,
        name: str = "telegram",
        write: Write | None = None,
        rate: float = 28,
        hand_over: Send | None = None,
        answer: Callable[[Update], Awaitable[None]] | None = None,
    ) -> None:
        self.name = name  # type: ignore[misc]
        self.rate = rate
        self.is_open = True
        self.refused: list[str] = []
        self._write, self._hand_over, self._answer = write, hand_over, answer

    @property
    def open(self) -> bool:
        return self.is_open

    async def reachable(self) -> None:
        """Always."""

    async def send(self, delivery: Delivery, post: Post, over: Over) -> None:
        assert self._hand_over
        await self._hand_over(delivery, post, over)

    async def refuse(self, delivery: Delivery, why: Words) -> None:
        self.refused.append(str(why))

    async def announce(
        self, to: Recipient, announcement: Announcement, may_leave: MayLeave
    ) -> None:
        assert self._write
        await self._write(to, announcement, may_leave)

    async def converse(self, update: Update) -> None:
        assert self._answer
        await self._answer(update)
