"""The mailboxes of one messenger in one process, and who empties them.

Theory. An update is decided and durable before anything is sent, and nobody waits for what is sent:
what is to be shown goes into the mailbox of its chat (`bot.channels.mailbox`), where one answer is
under way at a time and only the newest waits. So what one person does, and what a messenger does to
one chat, costs nobody else anything. An answer that could not be sent stays in its mailbox,
unanswered in the database too, until `converse` comes for it (`bot.jobs.unanswered`) or the learner
does something.
"""

import asyncio
import logging
import time
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Coroutine
from typing import Any, Generic, TypeVar

from bot import metrics
from bot.channels.mailbox import Mailbox, Parcel
from bot.conversation.decide import apology
from bot.conversation.screen import Screen
from bot.conversation.update import Update
from bot.dispatcher import Dispatcher
from bot.outcome import Outcome, Result
from bot.runtime.supervisor import Group
from db.arrivals import Live

log = logging.getLogger(__name__)

RECENT = 1000
"""Updates of which it is remembered that they were answered: that is durable only a transaction
later, and meanwhile one may come again."""

Shown = TypeVar("Shown")
"""What a messenger makes of a screen."""


class Answering(ABC, Generic[Shown]):
    """Decides updates and sends what answers them. A messenger says how: `render` and `answer`."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher
        self._boxes: dict[str, Mailbox] = {}
        self._recent: OrderedDict[str, None] = OrderedDict()
        self._tasks = Group()

    @abstractmethod
    def render(self, screen: Screen, language: str) -> Shown:
        """What is sent of a screen."""

    @abstractmethod
    async def answer(self, chat: str, box: Mailbox, parcel: Parcel) -> bool:
        """Sends a parcel. True when nothing of it has to be sent any more."""

    async def decide(self, update: Update) -> Outcome:
        """Makes it durable and lays what is to be shown into the mailbox of its chat. Raises when
        it is not durable."""
        begun = time.perf_counter()
        box = self._boxes.setdefault(update.address, Mailbox())
        box.deciding += 1
        try:
            outcome = await self._dispatcher.handle(update)
            answered = outcome.result is Result.REPEATED and update.id in self._recent
            if not answered and box.put(outcome, begun):
                self._send_soon(update.address, box)
            return outcome
        finally:
            box.deciding -= 1
            self._tidy(update.address, box)

    async def converse(self, update: Update) -> None:
        """Shows a learner where they are, for an update that was committed and never answered.
        Returns when that went out, or not."""
        box = self._boxes.get(update.address)
        if box and box.waiting and box.holds(update.id):
            # it could not be sent before, and is still here with all that it told
            self._send_soon(update.address, box)
        elif box is None or not box.holds(update.id):
            await self.decide(update)
        box = self._boxes.get(update.address)
        if box and box.task:
            await asyncio.wait({box.task})

    def soon(self, work: Coroutine[Any, Any, None]) -> None:
        """In the background; `drain` waits for it."""
        self._tasks.spawn("answering", work)

    async def drain(self, seconds: float = 10) -> None:
        """Waits for the answers that are under way."""
        await self._tasks.drain(seconds)

    def answered(self, parcel: Parcel, live: Live | None = None) -> None:
        """It went out, or is over: all its updates are. `live` is the message that it changed or
        made."""
        for update in parcel.updates:
            self._dispatcher.answered(update, live if update is parcel.newest.update else None)
            self._recent[update.id] = None
        while len(self._recent) > RECENT:
            self._recent.popitem(last=False)

    def went_out(self, parcel: Parcel) -> None:
        """How long it took is measured."""
        seconds = time.perf_counter() - parcel.begun
        metrics.answer_seconds(parcel.newest.update.channel).observe(seconds)

    def rendered(self, outcome: Outcome, screen: Screen) -> Shown:
        """What is sent; an apology with a way on where the screen cannot be shown."""
        try:
            return self.render(screen, outcome.language)
        except Exception:
            log.exception("the answer to update %s cannot be shown", outcome.update.id)
            return self.render(apology(), outcome.language)

    def _send_soon(self, chat: str, box: Mailbox) -> None:
        """Begins to send unless that is under way. It begins after all that became durable in the
        same transaction is laid in."""
        if box.task is None:
            box.task = self._tasks.spawn("answering", self._send(chat, box))

    async def _send(self, chat: str, box: Mailbox) -> None:
        try:
            while parcel := box.take():
                gone = False
                try:
                    gone = await self.answer(chat, box, parcel)
                    if gone:
                        box.under_way = None
                finally:
                    newer = not gone and box.give_back(parcel)
                if not gone and not newer:
                    return
        finally:
            box.task = None
            self._tidy(chat, box)

    def _tidy(self, chat: str, box: Mailbox) -> None:
        if box.idle and box.task is None and self._boxes.get(chat) is box:
            del self._boxes[chat]
