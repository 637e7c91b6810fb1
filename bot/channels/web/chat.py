"""The chat page: server-rendered, no script, no cookie. The link with its token is the learner's
key and is kept by the learner.

A form is answered with a redirect, so that going back or reloading sends nothing twice; `said`
keeps what the page behind it would not show by itself.
"""

import asyncio
import logging
import math
import re
import secrets
import time
from dataclasses import replace
from pathlib import PurePath
from typing import Any
from urllib.parse import quote
from weakref import WeakValueDictionary

from aiohttp import web

from bot import metrics
from bot.channels.web import parse, render
from bot.channels.web.files import Shelf
from bot.channels.web.inbox import FILES_OF, TYPE_HERE, Inbox
from bot.channels.web.said import SAID, Said, answering
from bot.channels.web.sorry import SORRY, SORRY_ELSE
from bot.conversation.action import Home
from bot.conversation.decide import UNREADABLE
from bot.conversation.places import place_of
from bot.conversation.screen import Screen
from bot.conversation.turn import Moment
from bot.conversation.update import Update
from bot.dispatcher import Dispatcher
from bot.documents.parcel import UNPRINTABLE, MadeFile, Make, NotNow, Unwanted, why_not
from bot.flows.account.actions import AddressIsNew, Connect, Connections, SettingsMenu
from bot.flows.certificates.actions import Delivered
from bot.flows.papers.actions import PaperReady
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner
from bot.model.words import Msg, Words, _, minutes
from bot.outcome import Outcome, Result
from bot.runtime.hourly import HOUR, Hourly
from bot.web import signs
from bot.web.not_now import TRY_AGAIN
from bot.web.page import PRIVATE, TEMPLATES, preferred
from bot.web.pictures import Pictures
from bot.web.recordings import HEARD, Recordings
from bot.web.style import Style
from bot.web.visitor import Proxies
from db.connections import RENEWED
from db.outbox import Delivery
from db.store import Store

log = logging.getLogger(__name__)

NEW_CHATS = 400
"""From one address in an hour: 300 people of a centre, and those who begin twice."""
AGAIN_SECONDS = 600
"""How long a form that comes once more finds the page that it made or moved: an impatient finger, a
slow network.
"""
_TO_KEEP = (Home, SettingsMenu, Connect, Connections, AddressIsNew)
"""Places that say how to come back."""
_BETWEEN = re.compile(r">\n+<")
SEND = _("Send")
KEEP_LINK = _("This page is yours. Keep its address (bookmark it) to come back. Show it to nobody.")
START_ANEW = _("Start here")
TO_THE_CHAT = _("Back to the chat")
CROWDED = _("Very many people began here within an hour. Please come again in {time}.")
MOVED = _("This page has a new address. The old one shows nothing any more.")
TAKEN_OFF = _("This page was taken off. It shows nothing any more.")
GET_IN_AGAIN = _(
    "To get in again: on another phone or page of yours open Settings, “Use another phone or "
    "messenger too”, make a code. "
    "Then start here and type it."
)
HAVE_A_PAGE = _("Do you have your own page already? Its address works all the time.")


class Chat:
    """The handlers of the chat pages."""

    def __init__(
        self, dispatcher: Dispatcher, words: Catalogues, store: Store, make: Make, proxies: Proxies
    ) -> None:
        self._dispatcher = dispatcher
        self._words = words
        self._store = store
        self._inbox = Inbox(words, store, make, dispatcher.programme)
        self._said = Said(store)
        self._shelf = Shelf(make)
        self._proxies = proxies
        self._new_chats = Hourly(NEW_CHATS, time.time)
        self._sent: dict[str, bytes] = {}
        self._beginning: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self.style = Style.of(dispatcher.programme)
        self.pictures = Pictures(dispatcher.programme)
        self.recordings = Recordings(dispatcher.programme)
        self._page = TEMPLATES.get_template("page.html")
        for follower in (self.style, self.pictures, self.recordings, self._inbox):
            dispatcher.follow(follower.teach)

    # --- pages

    async def welcome(self, request: web.Request) -> web.Response:
        """The first page. Nobody is stored before a button is pressed; a code or a module in the
        link is only carried along."""
        tag = self._tag(request)
        if goodbye := self._said.unsealed(request.query.get(SAID, "")):
            return self._first(request, goodbye[0])
        screen = self._dispatcher.welcome(
            Moment(now=int(time.time()), channel=parse.CHANNEL, language=tag)
        )
        code = request.query.get("code")
        return self._first(
            request,
            self._rendered(screen, self._words.proposed(tag)),
            f"link-{code}" if code else request.query.get("start", ""),
        )

    async def begin(self, request: web.Request) -> web.Response:
        """The first button: from here on there is a learner with a private link, which is made
        here. The same form again, from the same visitor, finds the page that it made."""
        form, tag = _form(await request.read()), self._tag(request)
        visitor = self._proxies.visitor(request)
        sender = "\0".join(
            (
                visitor,
                request.headers.get("User-Agent", ""),
                request.headers.get("Accept-Language", ""),
            )
        )
        make = parse.tapped_or_typed if form.do or form.text else parse.start
        first = make(form, "", tag, sender).id
        with metrics.ANSWER_SECONDS.labels(parse.CHANNEL).time():
            async with self._beginning.setdefault(first, asyncio.Lock()):
                token = await self._sent_before(first)
                if token is None:
                    if wait := self._new_chats.wait(visitor):
                        return self._crowded(request, wait)
                    self._new_chats.count(visitor)
                    token = parse.new_token()
                outcome = await self._dispatcher.handle(make(form, token, tag, sender))
                if form.start and make is not parse.start:
                    self._dispatcher.answered(outcome.update)
                    outcome = await self._dispatcher.handle(parse.start(form, token, tag, sender))
            return await self._answer(request, token, outcome)

    def _crowded(self, request: web.Request, wait: int) -> web.Response:
        time = minutes(math.ceil(wait / 60)) if wait < HOUR else minutes(60)
        log.warning(
            "new chats are refused: too many from one address, or a proxy that does not say who "
            "comes"
        )
        said = (CROWDED.of(time=time), HAVE_A_PAGE)
        response = self._words_alone(429, said, self._proposed(request), "/", START_ANEW)
        response.headers["Retry-After"] = str(wait)
        return response

    async def look(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        found = await self._dispatcher.look(parse.CHANNEL, token, self._tag(request))
        if found is None:
            return await self._gone(request, token)
        learner, screen = found
        language = learner.language or self._proposed(request)
        said = await self._said.of(token, request.query.get(SAID, ""))
        here = self._rendered(screen, language)
        if said and said[0].title != here.title:  # what belongs to the place is not on it
            return self._html(200, said[0], here=request.path, action=f"/chat/{token}")
        return await self._chat(request, token, learner, *(said or (here,)))

    async def act(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        form = _form(await request.read())
        update = parse.tapped_or_typed(form, token, self._tag(request))
        if await self._store.learner_at(parse.CHANNEL, token) is None:
            # only the first page makes a learner: a mistyped link does not
            return await self._gone(request, token, await self._sent_before(update.id))
        with metrics.ANSWER_SECONDS.labels(parse.CHANNEL).time():
            if form.shown:
                await self._inbox.read(token, form.shown)
            return await self._answer(request, token, await self._handle(request, update))

    async def send(self, request: web.Request) -> web.Response:
        """A file is sent: it is here while the form is worked on, and nowhere afterwards."""
        token, tag = request.match_info["token"], self._tag(request)
        given = parse.fields(request.headers.get("Content-Type", ""), await request.read())
        form = parse.Form(u=given.get("u", b"").decode("utf-8", "replace"))
        if await self._store.learner_at(parse.CHANNEL, token) is None:
            return await self._gone(request, token)
        id = secrets.token_hex(16)
        self._sent[id] = given.get("file", b"")
        try:
            outcome = await self._handle(request, parse.sent(form, token, tag, id))
            page = await self._inbox.came_of(token, id, outcome.language)
        finally:
            del self._sent[id]
        found = await self._dispatcher.look(parse.CHANNEL, token, tag) if page else None
        if page is None or found is None:
            return await self._answer(request, token, outcome)
        return await self._answer(request, token, replace(outcome, screen=found[1]), page)

    def sent(self, id: str) -> bytes | None:
        return self._sent.get(id)

    async def _gone(
        self, request: web.Request, token: str, moved_to: str | None = None
    ) -> web.Response:
        """An address that leads nowhere. The very form that changed it, sent twice, finds the new
        one; nothing else does."""
        if moved_to:
            raise web.HTTPSeeOther(f"/chat/{moved_to}")
        why = await self._store.closed(parse.CHANNEL, token)
        if why is None:
            raise web.HTTPNotFound
        said = (MOVED if why == RENEWED else TAKEN_OFF, GET_IN_AGAIN)
        return self._words_alone(410, said, self._proposed(request), "/", START_ANEW)

    async def _sent_before(self, update: str) -> str | None:
        """The token of the page that this very form led to a moment ago. Later nobody finds a page
        by an old form."""
        return await self._store.arrivals.address_of(
            parse.CHANNEL, update, int(time.time()) - AGAIN_SECONDS
        )

    async def _handle(self, request: web.Request, update: Update) -> Outcome:
        """The page that the form stood on was read."""
        if read := answering(update.address, request.query.get(SAID, "")):
            self._dispatcher.answered(read)
        return await self._dispatcher.handle(update)

    async def _answer(
        self, request: web.Request, token: str, outcome: Outcome, *came: render.Page
    ) -> web.Response:
        update, screen = outcome.update, outcome.whole
        if outcome.moved or outcome.result is Result.REPEATED:
            address = await self._sent_before(update.id)
            if address and address != token:
                raise web.HTTPSeeOther(f"/chat/{address}")
        if screen and (outcome.erased or outcome.moved):
            goodbye = self._said.carried(self._rendered(screen, outcome.language))
            raise web.HTTPSeeOther(f"/?{SAID}={goodbye}")
        once = came or outcome.said or outcome.toast
        if outcome.shown:  # sent twice: what was said the first time
            once = await self._said.of(token, update.id)
        elif screen and once:
            page = self._rendered(screen, outcome.language, outcome.toast)
            if not await self._said.keep(update, page, *came):
                learner = await self._store.learner_at(parse.CHANNEL, token)
                return await self._chat(request, token, learner, page, *came)
        else:
            self._dispatcher.answered(update)
        raise web.HTTPSeeOther(f"/chat/{token}?{SAID}={update.id}" if once else f"/chat/{token}")

    def _first(self, request: web.Request, page: render.Page, payload: str = "") -> web.Response:
        """A page for somebody whom nobody knows (any more). They get a link of their own when they
        send its form."""
        return self._html(
            200, page, here=request.path, action="/", payload=payload[:64], first=True
        )

    async def _chat(
        self,
        request: web.Request,
        token: str,
        learner: Learner | None,
        page: render.Page,
        *came: render.Page,
    ) -> web.Response:
        place = place_of(learner) if learner else Home()
        notes = await self._inbox.notes(token, page.language) if learner else {}
        return self._html(
            200,
            page,
            here=request.path,
            action=f"/chat/{token}",
            keep=self._words.say(KEEP_LINK, page.language) if isinstance(place, _TO_KEEP) else "",
            files=await self._inbox.links(token, place, page.language)
            if type(place) in FILES_OF
            else (),
            fetch=isinstance(place, Delivered | PaperReady),
            paper=isinstance(place, Delivered),
            token=token,
            asked=request.query_string and f"?{request.rel_url.raw_query_string}",
            letters=(*came, *notes.values()),
            shown=",".join(map(str, notes)),
        )

    def sorry(
        self, request: web.BaseRequest, status: int, unreadable: bool = False
    ) -> web.Response:
        """A small page for an error, with a way on: for somebody whose row cannot be read the same
        page again, because to begin anew would be to lose it."""
        language = self._proposed(request)
        if unreadable:
            return self._words_alone(status, (UNREADABLE,), language, request.path, TRY_AGAIN)
        return self._words_alone(
            status, (SORRY.get(status, SORRY_ELSE),), language, "/", START_ANEW
        )

    def _words_alone(
        self, status: int, said: tuple[Words, ...], language: str, url: str, label: Words
    ) -> web.Response:
        screen = Screen(title=Msg("👣 Pasito"), lines=said)
        page = self._rendered(screen, language)
        return self._html(status, page, way=(url, self._words.say(label, language)))

    def _rendered(self, screen: Screen, language: str, toast: Words | None = None) -> render.Page:
        return render.render(
            screen,
            language,
            self._words,
            TYPE_HERE,
            toast,
            picture_url=self.pictures.url,
            sound_url=self.recordings.url,
        )

    def _html(self, status: int, page: render.Page, **values: Any) -> web.Response:
        text = self._page.render(
            page=page,
            style=self.style.url,
            u=secrets.token_urlsafe(6),
            send=self._words.say(SEND, page.language),
            tick=signs.drawing("✓"),
            turn=signs.drawing("🔁"),
            **values,
        )
        text = _BETWEEN.sub("><", text)
        response = web.Response(text=text, status=status, content_type="text/html", headers=PRIVATE)
        response[HEARD] = bool(page.sounds)
        response.enable_compression()
        return response

    # --- files

    async def _made(self, request: web.Request) -> tuple[Delivery, MadeFile] | web.Response:
        """The file, or a page with one sentence that says why there is none."""
        token, wanted = request.match_info["token"], int(request.match_info["order"])
        delivery = next((d for d in await self._inbox.files(token) if d.order.id == wanted), None)
        if delivery is None:
            raise web.HTTPNotFound
        try:
            made = await self._shelf.get(token, delivery)
        except (*UNPRINTABLE, Unwanted, NotNow) as error:
            language = delivery.learner.language or delivery.order.language
            return self._words_alone(
                422, (why_not(delivery, error),), language, f"/chat/{token}", TO_THE_CHAT
            )
        if not isinstance(made, MadeFile):
            raise web.HTTPNotFound
        return delivery, made

    async def file(self, request: web.Request) -> web.Response:
        made = await self._made(request)
        if isinstance(made, web.Response):
            return made
        _delivery, file = made
        plain, named = f"pasito{PurePath(file.name).suffix}", quote(file.name, safe="")
        disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{named}"
        headers = {"Content-Type": file.mime, "Content-Disposition": disposition, **PRIVATE}
        return web.Response(body=file.content, headers=headers)

    async def file_text(self, request: web.Request) -> web.Response:
        """What the file says, as a page: a plain text has no language and no direction."""
        made = await self._made(request)
        if isinstance(made, web.Response):
            return made
        delivery, file = made
        if not file.text:
            raise web.HTTPNotFound
        language = delivery.order.language
        page = render.page_of_text(file.text, file.name, language)
        way = (f"/chat/{request.match_info['token']}", self._words.say(TO_THE_CHAT, language))
        return self._html(200, page, way=way)

    # --- the reader's language

    def _tag(self, request: web.BaseRequest) -> str:
        return preferred(request.headers.get("Accept-Language", ""), self._words.languages)

    def _proposed(self, request: web.BaseRequest) -> str:
        return self._words.proposed(self._tag(request))


def _form(body: bytes) -> parse.Form:
    try:
        return parse.form(body)
    except ValueError as error:
        raise web.HTTPBadRequest from error
