"""A month's messages: counted by category, and what is shown where they are used up.

Prices change every three months and differ by country, so none stand here: a number of messages is
what an operator sets. It counts what Meta accepted, and each process writes down what it sent every
few seconds: with several of them the limit is passed by what they send in that time.
"""

import asyncio
import logging
import time
from collections import Counter

from bot.channels.base import Site
from bot.channels.whatsapp import metrics
from bot.channels.whatsapp.markup import length
from bot.channels.whatsapp.render import BODY, TITLE, Message
from bot.channels.whatsapp.settings import CHANNEL
from bot.conversation.action import encode
from bot.conversation.update import Tap, Update
from bot.flows.account.actions import NewCode
from bot.model.clean_text import whole
from bot.model.learner import CODE_SECONDS
from bot.model.words import _
from bot.outcome import Outcome
from bot.runtime.supervisor import Supervised, supervise
from db import spent

log = logging.getLogger(__name__)

WRITE_SECONDS = 5.0
GO_ON = _("Go on here, free")
USED_UP = _(
    "This month's messages on WhatsApp are used up. You lose nothing: go on in the browser with "
    "this link. It works for 15 minutes. Then send any word, and a new one comes."
)


class Month:
    """`monthly` is the number after which learners are led to the web; 0 is no limit."""

    def __init__(self, site: Site, monthly: int) -> None:
        self._site = site
        self._monthly = monthly
        self._new: Counter[str] = Counter()
        self._written: dict[str, int] = {}
        self._month = ""
        self._led: dict[str, float] = {}
        """Whom a link was sent, and until when it works."""
        self._task: Supervised | None = None
        metrics.LIMIT.set(monthly)

    async def start(self) -> None:
        await self.write()
        self._task = supervise("whatsapp month", self._run)

    async def stop(self) -> None:
        if self._task:
            await self._task.stop()
            self._task = None
        try:
            await self.write()
        except Exception as error:  # the database is away: so many are not counted
            log.warning("messages are not counted: %s", type(error).__name__)

    def count(self, category: str) -> None:
        """A message of this category was accepted."""
        self._new[category] += 1

    @property
    def used_up(self) -> bool:
        now_written = self._written if self._month == self._now else {}
        sent = sum(now_written.values()) + sum(self._new.values())
        return 0 < self._monthly <= sent

    @property
    def _now(self) -> str:
        return spent.month_of(self._site.clock())

    async def write(self) -> None:
        """What was counted since the last time; and what others counted is read."""
        new, self._new = self._new, Counter()
        try:
            engine, now = self._site.store.engine, self._site.clock()
            self._written = await spent.add(engine, CHANNEL, now, new)
        except BaseException:
            self._new.update(new)
            raise
        self._month = self._now
        metrics.SPENT.clear()
        for category, number in self._written.items():
            metrics.SPENT.labels(category).set(number)

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(WRITE_SECONDS)
            try:
                await self.write()
            except Exception as error:
                log.warning("messages are counted later: %s", type(error).__name__)
            if self._task:
                self._task.beat()

    async def instead(self, update: Update, outcome: Outcome) -> tuple[Message, ...] | None:
        """One link to where it costs nothing, for as long as its code works; nothing more until
        then. The goodbye of who deletes everything is always said."""
        if not self.used_up or outcome.erased:
            return None
        now = time.monotonic()
        self._led = {address: until for address, until in self._led.items() if until > now}
        if update.address in self._led:
            return ()
        made = Update(CHANNEL, f"led:{update.id}"[:64], update.address, Tap(encode(NewCode())))
        await self._site.dispatcher.handle(made)
        self._site.dispatcher.answered(made)
        learner = await self._site.store.learner_at(CHANNEL, update.address)
        if learner is None or learner.code is None:
            return None
        self._led[update.address] = now + CODE_SECONDS
        words, language = self._site.words, outcome.language
        url = f"{self._site.settings.public_url.rstrip('/')}/?code={learner.code.text}"
        label = words.say(GO_ON, language)
        label = label if length(label) <= TITLE else "▶"
        return (Message(whole(words.line(USED_UP, language), BODY), link=(label, url)),)
