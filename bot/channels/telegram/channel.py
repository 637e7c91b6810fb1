"""Telegram's side of a conversation: from a raw update to the messages that answer it.

One lesson message is edited as the learner goes on; feedback, files, an answer to something typed and anything after twelve
hours is a new message, and the old one loses its buttons. Every tap is answered. Updates of one chat are worked through one after another.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Protocol

from telegram.error import BadRequest, Forbidden, TelegramError

from bot import metrics
from bot.action import BroadcastView
from bot.channels.telegram import parse as p
from bot.channels.telegram.render import Message, render, toast
from bot.dispatcher import Dispatcher, Outcome
from bot.i18n import Catalogues
from bot.screen import Screen, _
from bot.supervisor import Group
from bot.update import Reachable, Tap, Update
from db.store import Live

log = logging.getLogger(__name__)

EDITABLE_SECONDS = 12 * 3600
"""An older message is not edited: it would change far above, out of sight (product.md, Screens)."""
IN_A_GROUP = _("I teach one person at a time. Write to me here: {link}")


@dataclass
class _Turn:
    """A chat's updates wait here for the one before them; forgotten when none waits."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Api(Protocol):
    """What a channel needs of a bot."""

    @property
    def username(self) -> str: ...

    async def call(self, method: str, **values: Any) -> Any:
        """Any method of the Bot API. Raises `telegram.error.TelegramError`."""


def _fields(message: Message) -> dict[str, Any]:
    fields = {"text": message.text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    return fields | {"reply_markup": {"inline_keyboard": message.keyboard}} if message.keyboard else fields


class TelegramChannel:
    """Answers updates. `bot` is initialised by the caller."""

    def __init__(
        self,
        bot: Api,
        dispatcher: Dispatcher,
        words: Catalogues,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._words = words
        self._clock = clock
        self._chats: dict[str, _Turn] = {}
        self._tasks = Group()
        self._under_way: set[str] = set()

    async def receive(self, raw: dict[str, Any], answering: bool = False) -> dict[str, Any] | None:
        """Makes the update durable and shows its result in the background. Returns once it is durable; raises when it is not.

        A webhook is `answering`: it gets the call that stops the tap's spinner back, to carry it in its answer to Telegram.
        """
        seen = p.read(raw, self._bot.username)
        if seen.group is not None:
            self._soon(self._greet_group(seen.group))
            return None
        update, query = seen.update, seen.query
        said = ""
        if update:
            durable: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
            self._soon(self._converse(update, durable))
            outcome = await durable
            said = toast(outcome.toast, outcome.language, self._words) if outcome.toast else ""
        if query is None:
            return None
        if not answering:
            self._soon(self._answer_tap(query, said))
            return None
        return {"method": "answerCallbackQuery", "callback_query_id": query} | ({"text": said} if said else {})

    async def refresh(self, address: str, message: str, unless: str = "") -> str | None:
        """Brings a message that shows something under way up to date. Returns what it shows now, to be given back as `unless`; None
        where the person does not look at it any more."""
        found = await self._dispatcher.look(p.CHANNEL, address)
        if found is None or not isinstance(found[0].at(), BroadcastView):
            return None
        learner, screen = found
        shown = render(screen, learner.language or self._words.languages[0], self._words)
        if shown.text != unless:
            await self._edit(address, message, shown)
        return shown.text

    async def converse(self, update: Update) -> None:
        """Shows a learner where they are, for an update that was committed and never answered."""
        if update.id not in self._under_way:
            durable: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
            await self._converse(update, durable)
            durable.exception()  # it was logged; the next sweep tries again

    async def _converse(self, update: Update, durable: "asyncio.Future[Outcome]") -> None:
        self._under_way.add(update.id)
        begun = time.perf_counter()
        lock = self._chats.setdefault(update.address, _Turn())
        lock.waiting += 1
        try:
            async with lock.lock:
                try:
                    outcome = await self._dispatcher.handle(update)
                except Exception as error:
                    if not durable.done():
                        durable.set_exception(error)
                    return
                if not durable.done():
                    durable.set_result(outcome)
                await self._answer(update, outcome, begun)
        finally:
            self._under_way.discard(update.id)
            lock.waiting -= 1
            if not lock.waiting:
                self._chats.pop(update.address, None)

    async def _answer(self, update: Update, outcome: Outcome, begun: float) -> None:
        try:
            if outcome.screen:
                live = await self._show(update, outcome, outcome.screen)
                # an edited message is the same as before: nothing to remember
                self._dispatcher.answered(update, None if live == outcome.live else live)
                metrics.ANSWER_SECONDS.labels(update.channel).observe(time.perf_counter() - begun)
        except Forbidden:
            gone = Update(update.channel, f"blocked:{update.id}", update.address, Reachable(False))
            await self._dispatcher.handle(gone)
            self._dispatcher.answered(update)
        except BadRequest as error:  # final: sending the same again would be refused again
            refusal = error.message.partition('"')[0]  # behind it Telegram quotes what was written
            log.error("update %s cannot be answered: %s", update.id, refusal)
            self._dispatcher.answered(update)
        except TelegramError as error:
            # not marked as answered: it is shown again by `retry_unanswered`
            log.warning("update %s is not answered yet: %s", update.id, type(error).__name__)

    async def _show(self, update: Update, outcome: Outcome, screen: Screen) -> Live:
        """Edits the live message or sends a new one. Returns the message that is live now."""
        message = render(screen, outcome.language, self._words)
        tapped = update.doing.message if isinstance(update.doing, Tap) else ""
        live = outcome.live
        now = int(self._clock())
        fits = live is not None and tapped == live.message and not screen.fresh and now - live.at < EDITABLE_SECONDS
        if live and fits and await self._edit(update.address, live.message, message):
            return live
        sent = await self._bot.call("sendMessage", chat_id=int(update.address), **_fields(message))
        for old in {live.message if live else "", tapped} - {""}:
            await self._strip(update.address, old)
        return Live(str(sent["message_id"]), now)

    async def _edit(self, chat: str, id: str, message: Message) -> bool:
        """True when the message shows it now; False when it cannot be edited any more."""
        try:
            await self._bot.call("editMessageText", chat_id=int(chat), message_id=int(id), **_fields(message))
        except BadRequest as error:  # before its parent NetworkError: this one is final
            return "not modified" in error.message.lower()
        return True

    async def _strip(self, chat: str, id: str) -> None:
        try:
            await self._bot.call("editMessageReplyMarkup", chat_id=int(chat), message_id=int(id))
        except BadRequest:
            pass  # it has no buttons any more, or is gone: as wanted
        except TelegramError as error:
            log.info("an old message kept its buttons: %s", type(error).__name__)

    async def _answer_tap(self, query: str, text: str) -> None:
        try:
            await self._bot.call("answerCallbackQuery", callback_query_id=query, text=text or None)
        except BadRequest:
            pass  # older than a minute: the spinner is gone by itself
        except TelegramError as error:
            log.info("a tap was not answered: %s", type(error).__name__)

    async def _greet_group(self, group: int) -> None:
        text = self._words.say(IN_A_GROUP.of(link=f"https://t.me/{self._bot.username}"), self._words.languages[0])
        try:
            await self._bot.call("sendMessage", chat_id=group, text=text)
        except TelegramError as error:
            log.info("a group was not greeted: %s", type(error).__name__)

    def _soon(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.spawn("answering", work)

    async def drain(self, seconds: float = 10) -> None:
        """Waits for the answers that are under way."""
        await self._tasks.drain(seconds)
