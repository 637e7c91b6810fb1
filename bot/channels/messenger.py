"""A messenger in one process: how it is opened, also while it is away, and closed. What is said to
whom is its own."""

import asyncio
import logging
from abc import abstractmethod
from typing import Any, Protocol

from bot.channels.answering import Answering
from bot.channels.base import MayLeave, Over, PushChannel, Site, Unusable
from bot.conversation.update import Update
from bot.documents.parcel import Announcement, Post
from bot.model.words import Words
from bot.runtime.supervisor import Group
from db.outbox import Delivery
from db.rate import SharedPace
from db.recipients import Recipient

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 2.0, 60.0
"""Seconds until a messenger that is away is tried again, each time twice as long."""


class Sender(Protocol):
    """What is sent without being an answer. It raises what `PushChannel` says."""

    async def send(self, delivery: Delivery, post: Post, over: Over) -> None: ...

    async def refuse(self, delivery: Delivery, why: Words) -> None: ...

    async def announce(
        self, to: Recipient, announcement: Announcement, may_leave: MayLeave
    ) -> None: ...


class Messenger(PushChannel):
    """`account` names what its rate is about, among all processes that write with it."""

    sender: Sender
    conversations: Answering[Any]

    def __init__(self, site: Site, account: str, rate: float) -> None:
        self.rate = rate
        self._tell_opened = site.opened
        shared = site.store.vault.hash("pace", account).hex()[:32]
        self.share = None if site.alone else SharedPace(site.store.engine, shared, rate)
        self._opening = Group()
        self._open = False

    @property
    def open(self) -> bool:
        return self._open

    @property
    @abstractmethod
    def link(self) -> str:
        """Where people find it; empty while that is not known."""

    @property
    @abstractmethod
    def start_link(self) -> str:
        """The same, for a payload to be appended."""

    @abstractmethod
    async def try_to_open(self, working: bool) -> bool:
        """One try; says in the log why not. Raises `Unusable`."""

    def where(self) -> str:
        return f"{self.label}: {self.link or 'not reached yet, trying again'}"

    async def start(self, working: bool = True) -> None:
        if self.share:
            await self.share.open()
        if not await self._opened(working):
            self._opening.spawn(f"opening {self.label}", self._keep_opening(working))

    async def _opened(self, working: bool) -> bool:
        if not await self.try_to_open(working):
            return False
        self._open = True
        if self.link:
            self._tell_opened(self.name, self.start_link)
        return True

    async def _keep_opening(self, working: bool) -> None:
        pause, opened = FIRST_PAUSE, False
        while not opened:
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            try:
                opened = await self._opened(working)
            except Unusable as error:
                log.error("%s", error)
                return
            except Exception:  # the database is away, for example: both have to be there
                log.exception("%s could not be opened, trying again", self.label)

    async def pause(self) -> None:
        await self._opening.cancel()

    async def stop(self) -> None:
        await self.conversations.drain()

    async def send(self, delivery: Delivery, post: Post, over: Over) -> None:
        await self.sender.send(delivery, post, over)

    async def refuse(self, delivery: Delivery, why: Words) -> None:
        await self.sender.refuse(delivery, why)

    async def announce(
        self, to: Recipient, announcement: Announcement, may_leave: MayLeave
    ) -> None:
        await self.sender.announce(to, announcement, may_leave)

    async def converse(self, update: Update) -> None:
        await self.conversations.converse(update)
