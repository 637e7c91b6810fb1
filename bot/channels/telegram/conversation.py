"""Telegram's side of a conversation: from a raw update to the messages that answer it.

One lesson message is edited as the learner goes on; feedback, files, an answer to something typed
and anything after twelve hours is a new message, and the old one loses its buttons. Every tap is
answered.

`receive` returns when an update is decided and durable; it never waits for anything to be sent
(`bot.channels.answering`).
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Protocol

import msgspec
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.channels.answering import Answering
from bot.channels.mailbox import Mailbox, Parcel
from bot.channels.telegram import parse as p
from bot.channels.telegram.render import Key, Message, closed, render, toast
from bot.conversation.decide import apology
from bot.conversation.places import place_of
from bot.conversation.screen import Screen
from bot.conversation.update import Reachable, Tap, Update
from bot.dispatcher import Dispatcher
from bot.flows.broadcasts.actions import BroadcastView
from bot.i18n.catalogues import Catalogues
from bot.model.words import Words, _
from cards.picture import Picture
from db.arrivals import Live

log = logging.getLogger(__name__)

EDITABLE_SECONDS = 12 * 3600
"""An older message is not edited: it would change far above, out of sight (product.md, Screens)."""
TAP_SECONDS, TAP_PAUSE = 45, 3
"""So long an answer to a tap is tried, and this far apart."""
IN_FRONT, PAGE = 1500, 3000
"""Characters that are told in front of a screen, and in one message of their own where it is more.
"""
IN_A_GROUP = _("I teach one person at a time. Write to me here: {link}")


class Api(Protocol):
    """What a channel needs of a bot."""

    @property
    def username(self) -> str: ...

    async def call(self, method: str, **values: Any) -> Any:
        """Any method of the Bot API. Raises `telegram.error.TelegramError`."""


def _fields(message: Message) -> dict[str, Any]:
    preview: dict[str, Any] = {"is_disabled": True}
    if message.preview:
        preview = {"url": message.preview, "show_above_text": True, "prefer_large_media": True}
    fields = {"text": message.text, "parse_mode": "HTML", "link_preview_options": preview}
    return (
        fields | {"reply_markup": {"inline_keyboard": message.keyboard}}
        if message.keyboard
        else fields
    )


class Conversations(Answering[Message]):
    """Answers updates. `bot` is initialised by the caller."""

    def __init__(
        self,
        bot: Api,
        dispatcher: Dispatcher,
        words: Catalogues,
        clock: Callable[[], float] = time.time,
        picture_url: Callable[[Picture], str] = lambda picture: "",
    ) -> None:
        super().__init__(dispatcher)
        self._bot = bot
        self._words = words
        self._clock = clock
        self._picture_url = picture_url

    def render(self, screen: Screen, language: str) -> Message:
        return render(screen, language, self._words, self._picture_url)

    async def receive(self, raw: dict[str, Any], answering: bool = False) -> dict[str, Any] | None:
        """Makes the update durable and shows its result in the background. Returns once it is
        durable; raises when it is not.

        A webhook is `answering`: it gets the call that stops the tap's spinner back, to carry it in
        its answer to Telegram.
        """
        seen = p.read(raw, self._bot.username)
        if seen.group is not None:
            self.soon(self._greet_group(seen.group))
            return None
        update, query = seen.update, seen.query
        said = ""
        if update:
            outcome = await self.decide(update)
            said = toast(outcome.toast, outcome.language, self._words) if outcome.toast else ""
        if query is None:
            return None
        if not answering:
            self.soon(self._answer_tap(query, said))
            return None
        return {"method": "answerCallbackQuery", "callback_query_id": query} | (
            {"text": said} if said else {}
        )

    async def refresh(self, address: str, message: str, unless: str = "") -> str | None:
        """Brings a message that shows something under way up to date. Returns what it shows now, to
        be given back as `unless`; None where the person does not look at it any more."""
        found = await self._dispatcher.look(p.CHANNEL, address)
        if found is None or not isinstance(place_of(found[0]), BroadcastView):
            return None
        learner, screen = found
        shown = render(screen, learner.language or self._words.languages[0], self._words)
        if shown.text != unless:
            await self._edit(address, message, shown)
            self._dispatcher.unsure(p.CHANNEL, address)
        return shown.text

    async def answer(self, chat: str, box: Mailbox, parcel: Parcel) -> bool:
        """True when nothing of the parcel has to be sent any more."""
        newest = parcel.newest.update
        try:
            was = box.live_for(parcel.newest)
            box.live = live = await self._show(chat, box, parcel)
            self.answered(parcel, None if live == was else live)
            self.went_out(parcel)
        except Forbidden:
            gone = Update(newest.channel, f"blocked:{newest.id}", newest.address, Reachable(False))
            await self._dispatcher.handle(gone)
            self.answered(parcel)
        except BadRequest as error:  # final: sending the same again would be refused again
            refusal = error.message.partition('"')[0]  # behind it Telegram quotes what was written
            log.error("update %s cannot be answered: %s", newest.id, refusal)
            return await self._apologise(chat, box, parcel)
        except TelegramError as error:
            log.warning("update %s is not answered yet: %s", newest.id, type(error).__name__)
            box.forget_shown()
            return False
        return True

    async def _apologise(self, chat: str, box: Mailbox, parcel: Parcel) -> bool:
        """For a screen that Telegram refuses: the way on, once. Where that is refused as well (the
        chat is gone), it is over."""
        try:
            if parcel.newest.screen != apology():
                sent = await self._send_new(chat, self.rendered(parcel.newest, apology()))
                box.live = Live(str(sent["message_id"]), int(self._clock()))
        except BadRequest:
            pass
        except TelegramError as error:
            log.warning(
                "update %s is not answered yet: %s", parcel.newest.update.id, type(error).__name__
            )
            return False
        self.answered(parcel, box.live)
        return True

    async def _show(self, chat: str, box: Mailbox, parcel: Parcel) -> Live:
        """Edits the live message or sends a new one. Returns the message that is live now."""
        outcome = parcel.newest
        assert outcome.screen
        # too much for one message: the oldest go ahead, without buttons
        while (told := parcel.told) and self._length(parcel, told) > IN_FRONT:
            await self._send_ahead(chat, parcel)
        screen = outcome.screen
        if told or parcel.fresh:
            screen = replace(screen, notes=(*told, *screen.notes), fresh=True)
        message = self.rendered(outcome, screen)
        shown = self._dispatcher.digest(
            msgspec.json.encode((message.text, message.keyboard, message.preview)).decode()
        )
        tapped = outcome.update.doing.message if isinstance(outcome.update.doing, Tap) else ""
        live = box.live_for(outcome)
        now = int(self._clock())
        fits = (
            live is not None
            and tapped == live.message
            and not screen.fresh
            and now - live.at < EDITABLE_SECONDS
        )
        if live and fits and (live.shown == shown or await self._edit(chat, live.message, message)):
            return Live(live.message, live.at, shown)
        sent = await self._send_new(chat, message)
        # known from now on, whatever becomes of the rest
        box.live = Live(str(sent["message_id"]), now, shown)
        answered = screen.answered if live else None
        for old in {live.message if live else "", tapped} - {"", box.live.message}:
            rows = closed(answered, outcome.language, self._words) if answered else []
            await self._close(chat, old, rows)
        return box.live

    def _length(self, parcel: Parcel, told: Iterable[Words]) -> int:
        return sum(len(self._words.line(words, parcel.newest.language)) + 2 for words in told)

    async def _send_ahead(self, chat: str, parcel: Parcel) -> None:
        """The first of what is told, as much as one message holds: those updates are answered."""
        told, went = parcel.told_by(1), 1
        while went < len(parcel.before):
            more = parcel.told_by(went + 1)
            if told and self._length(parcel, more) > PAGE:
                break
            told, went = more, went + 1
        await self._send_new(chat, self.rendered(parcel.newest, Screen(notes=tuple(told))))
        for update in parcel.gone_ahead(went):
            self._dispatcher.answered(update)

    async def _send_new(self, chat: str, message: Message) -> Any:
        return await self._bot.call("sendMessage", chat_id=int(chat), **_fields(message))

    async def _edit(self, chat: str, id: str, message: Message) -> bool:
        """True when the message shows it now; False when it cannot be edited any more."""
        try:
            await self._bot.call(
                "editMessageText", chat_id=int(chat), message_id=int(id), **_fields(message)
            )
        except BadRequest as error:  # before its parent NetworkError: this one is final
            return "not modified" in error.message.lower()
        return True

    async def _close(self, chat: str, id: str, rows: list[list[Key]]) -> None:
        """Takes the buttons of a message away, or leaves `rows` that do nothing."""
        markup = {"reply_markup": {"inline_keyboard": rows}} if rows else {}
        try:
            await self._bot.call(
                "editMessageReplyMarkup", chat_id=int(chat), message_id=int(id), **markup
            )
        except BadRequest:
            pass  # it has no buttons any more, or is gone: as wanted
        except TelegramError as error:
            log.info("an old message kept its buttons: %s", type(error).__name__)

    async def _answer_tap(self, query: str, text: str) -> None:
        """Stops the spinner of a tap. In a bad spell it is tried again as long as Telegram takes
        it, about a minute."""
        until = time.monotonic() + TAP_SECONDS
        while True:
            try:
                await self._bot.call(
                    "answerCallbackQuery", callback_query_id=query, text=text or None
                )
                return
            except BadRequest:
                return  # older than a minute: the spinner is gone by itself
            except TelegramError as error:
                if time.monotonic() > until:
                    log.info("a tap was not answered: %s", type(error).__name__)
                    return
            await asyncio.sleep(TAP_PAUSE)

    async def _greet_group(self, group: int) -> None:
        text = self._words.say(
            IN_A_GROUP.of(link=f"https://t.me/{self._bot.username}"), self._words.languages[0]
        )
        try:
            await self._bot.call("sendMessage", chat_id=group, text=text)
        except TelegramError as error:
            log.info("a group was not greeted: %s", type(error).__name__)
