"""WhatsApp's side of a conversation: from what a person did to the messages that answer it.

Nothing that was sent can be changed, and each message costs money: a screen is one new message, old
buttons stay alive, and what a tap tells in passing is the first line of the next screen.

What is common to messengers is in `bot.channels.answering`. An answer that Meta refuses because the
person wrote more than a day ago is over: when they write again they see where they are. A second
tap on the same button shows nothing new, and costs nothing.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

import msgspec

from bot.channels.answering import Answering
from bot.channels.base import Site
from bot.channels.mailbox import Mailbox, Parcel
from bot.channels.rate import TooLong
from bot.channels.whatsapp.answers import CallFailed, Meaning, Refused
from bot.channels.whatsapp.client import Client
from bot.channels.whatsapp.render import Message, render, toast
from bot.conversation.screen import Screen
from bot.conversation.turn import HERE
from bot.conversation.update import Reachable, Tap, Update
from bot.outcome import Outcome
from db.arrivals import Live

log = logging.getLogger(__name__)

AGAIN_SECONDS = 20
"""So soon after a message a tap that leads to the very same one is a second tap on its way."""
Counted = Callable[[str], None]
"""Told of each message that Meta accepted, by its category."""
Instead = Callable[[Update, Outcome], Awaitable[tuple[Message, ...] | None]]
"""What is shown instead of an answer, where the month's messages are used up; None where they are
not. An empty tuple says nothing at all."""


class Conversations(Answering[tuple[Message, ...]]):
    """Answers updates of one process."""

    def __init__(
        self,
        client: Client,
        site: Site,
        digest: Callable[[str], str],
        counted: Counted,
        instead: Instead,
    ) -> None:
        super().__init__(site.dispatcher)
        self._client = client
        self._store = site.store
        self._words = site.words
        self._clock = site.clock
        self._digest = digest
        self._counted = counted
        self._instead = instead

    def render(self, screen: Screen, language: str) -> tuple[Message, ...]:
        return render(screen, language, self._words)

    async def noted(self, update: Update) -> None:
        """What a person did not do here themselves: a new number, not to be reached. It is nobody's
        where the address is: Meta tells it again, and of who deleted everything, too. Raises when
        it is not durable."""
        if await self._store.learner_at(update.channel, update.address):
            await self._dispatcher.handle(update)

    async def answer(self, chat: str, box: Mailbox, parcel: Parcel) -> bool:
        """True when nothing of the parcel has to be sent any more."""
        newest = parcel.newest.update
        try:
            box.live = await self._show(chat, box, parcel)
            self.answered(parcel, box.live)
            self.went_out(parcel)
        except Refused as error:
            if not await self._is_final(chat, parcel, error):
                log.warning("update %s is not answered yet: %s", newest.id, error)
                return False
            self.answered(parcel)
        except (CallFailed, TooLong) as error:
            log.warning("update %s is not answered yet: %s", newest.id, type(error).__name__)
            return False
        return True

    async def _is_final(self, chat: str, parcel: Parcel, error: Refused) -> bool:
        """Whether it is over with this answer, whatever is tried again."""
        newest = parcel.newest.update
        match error.meaning:
            case Meaning.UNREACHABLE:
                gone = Update(newest.channel, f"gone:{newest.id}", newest.address, Reachable(False))
                await self.noted(gone)
                return True
            case Meaning.CLOSED | Meaning.UNWANTED | Meaning.HELD_BACK:
                return True
            case Meaning.OURS | Meaning.TEMPLATE | Meaning.MEDIA:
                log.error("update %s cannot be answered: %s", newest.id, error)
                return True
            case Meaning.STOPPED if not error.of_all:
                log.error("update %s cannot be answered: %s", newest.id, error)
                return True
        return False

    async def _show(self, chat: str, box: Mailbox, parcel: Parcel) -> Live | None:
        """Sends the screen. Returns the message that is live now."""
        outcome = parcel.newest
        assert outcome.screen
        whole, now = self._whole(parcel), int(self._clock())
        bare = replace(outcome.screen, notes=())
        messages = self.rendered(outcome, bare)
        shown = self._dispatcher.digest(
            msgspec.json.encode([message.content() for message in messages]).decode()
        )
        instead = await self._instead(outcome.update, outcome)
        if instead is not None:
            messages = instead
        elif self._is_again(parcel, box.live_for(outcome), shown, now):
            return box.live_for(outcome)
        elif whole != bare:
            messages = self.rendered(outcome, whole)
        live = box.live_for(outcome)
        for message in messages:
            live = Live(self._digest(await self.say(chat, message)), now, shown)
        return live

    def _whole(self, parcel: Parcel) -> Screen:
        """The newest screen, and in front of it what was not said yet."""
        outcome = parcel.newest
        assert outcome.screen
        screen = replace(outcome.screen, notes=(*parcel.told, *outcome.screen.notes))
        return toast(outcome.toast, screen) if outcome.toast else screen

    def _is_again(self, parcel: Parcel, live: Live | None, shown: bytes, now: int) -> bool:
        """A tap, or several, that lead to the message that has just been sent."""
        newest = parcel.newest
        taps = all(isinstance(update.doing, Tap) for update in parcel.updates)
        tells = newest.said or parcel.told or newest.toast not in (None, HERE)
        if live is None or live.shown != shown or not taps or tells:
            return False
        return 0 <= now - live.at < AGAIN_SECONDS

    async def say(self, chat: str, message: Message) -> str:
        """Sends one message, as plain text where Meta refuses its form. Gives its id."""
        try:
            id = await self._client.send(chat, message.content())
        except Refused as error:
            if error.meaning is not Meaning.OURS or not message.interactive:
                raise
            log.error("a message is sent as plain text, its form was refused: %s", error)
            id = await self._client.send(chat, message.typed().content())
        self._counted("service")
        return id
