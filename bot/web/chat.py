"""The chat page: server-rendered, no script, no cookie. The link with its token is the learner's key and is kept by the learner.

A form is answered with a redirect, so that going back or reloading sends nothing twice; only when there is something to say that the
page itself would not show (a note) is it answered with the page.
"""

import hashlib
import secrets
import time
from functools import cached_property
from importlib import resources
from typing import Any
from urllib.parse import quote

from aiohttp import web
from jinja2 import Environment, PackageLoader, select_autoescape

import certificates as paper
from bot import action as a
from bot.certify import NothingToCertify
from bot.channels import web as channel
from bot.dispatcher import Dispatcher, Outcome
from bot.flows.decision import Moment
from bot.i18n import Catalogues
from bot.jobs.files import NOT_MADE, MadeFile, MakeFile
from bot.screen import Msg, Screen, Words, _
from bot.update import Update
from db.store import Delivery, Store

FILE_SECONDS = 24 * 3600
"""How long a file waits on the page."""
_PRIVATE = {"Cache-Control": "no-store"}
TYPE_HERE = _("Or type here")
SEND = _("Send")
KEEP_LINK = _("This page is yours. Keep its address (bookmark it) to come back. Show it to nobody.")
DOWNLOAD = _("📎 {name}")
READ_AS_TEXT = _("Read it as text")
START_ANEW = _("Start here")
_SORRY: dict[int, Words] = {
    403: _("This form was sent from another site. Please go back to Pasito and try again."),
    404: _("There is nothing at this address. Perhaps a part of the link is missing."),
    413: _("This text is too long. Please send a shorter one."),
}
_SORRY_ELSE = _("Sorry, something went wrong here. Nothing is lost. Please go back and try again.")


class Chat:
    """The handlers of the chat pages."""

    def __init__(self, dispatcher: Dispatcher, words: Catalogues, store: Store, make: MakeFile) -> None:
        self._dispatcher = dispatcher
        self._words = words
        self._store = store
        self._make = make
        templates = Environment(
            loader=PackageLoader("bot.web"), autoescape=select_autoescape(default=True), trim_blocks=True, lstrip_blocks=True
        )
        self._page = templates.get_template("page.html")

    @cached_property
    def _style(self) -> bytes:
        return resources.files("bot.web").joinpath("static/pasito.css").read_bytes()

    @cached_property
    def style_path(self) -> str:
        """The stylesheet's address changes with its content, so that it may be kept for ever."""
        return f"/static/pasito.{hashlib.sha256(self._style).hexdigest()[:8]}.css"

    async def style(self, request: web.Request) -> web.Response:
        response = web.Response(body=self._style, content_type="text/css", headers={"Cache-Control": "max-age=31536000, immutable"})
        response.enable_compression()
        return response

    # --- pages

    async def welcome(self, request: web.Request) -> web.Response:
        """The first page. Nobody is stored before a button is pressed; a code or a module in the link is only carried along."""
        language = self._language(request)
        screen = self._dispatcher.welcome(Moment(now=int(time.time()), channel=channel.CHANNEL, language=language))
        payload = f"link-{request.query['code']}" if "code" in request.query else request.query.get("start", "")
        return self._show(screen, self._proposed(request), action="/", payload=payload)

    async def begin(self, request: web.Request) -> web.Response:
        """The first button: from here on there is a learner with a private link."""
        form = await request.post()
        token = secrets.token_urlsafe(24)
        language = self._language(request)
        payload, text, do = _text(form, "start"), _text(form, "text"), _text(form, "do")
        outcome = None
        if do or text:
            outcome = await self._handle(channel.parse(token, _text(form, "u") or secrets.token_hex(8), do, text, language))
        if payload or outcome is None:
            outcome = await self._handle(channel.start(token, secrets.token_hex(8), payload, language))
        return self._answer(token, outcome)

    async def look(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        found = await self._dispatcher.look(channel.CHANNEL, token, self._language(request))
        if found is None:
            raise web.HTTPNotFound
        learner, screen = found
        files = await self._files(token) if isinstance(learner.at(), a.Delivered | a.MyData) else []
        keep = isinstance(learner.at(), a.Home | a.Settings | a.Connect)
        return self._show(screen, learner.language or self._proposed(request), action=f"/chat/{token}", files=files, keep=keep)

    async def act(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        if await self._store.learner_at(channel.CHANNEL, token) is None:
            raise web.HTTPNotFound  # only the first page makes a learner: a mistyped link does not
        form = await request.post()
        update_id = _text(form, "u") or secrets.token_hex(8)
        update = channel.parse(token, update_id, _text(form, "do"), _text(form, "text"), self._language(request))
        return self._answer(token, await self._handle(update))

    async def _handle(self, update: Update) -> Outcome:
        outcome = await self._dispatcher.handle(update)
        self._dispatcher.answered(update)
        return outcome

    def _answer(self, token: str, outcome: Outcome) -> web.Response:
        if outcome.screen and (outcome.said or outcome.toast or outcome.erased):
            action = "/" if outcome.erased else f"/chat/{token}"
            return self._show(outcome.screen, outcome.language, action=action, toast=outcome.toast)
        raise web.HTTPSeeOther(f"/chat/{token}", headers=_PRIVATE)

    def _show(
        self,
        screen: Screen,
        language: str,
        *,
        action: str,
        toast: Words | None = None,
        payload: str = "",
        files: list[Delivery] | None = None,
        keep: bool = False,
    ) -> web.Response:
        page = channel.render(screen, language, self._words, TYPE_HERE, toast)
        return self._html(
            200,
            page=page,
            action=action,
            payload=payload[:64],
            nonce=secrets.token_urlsafe(6),
            send=self._words.say(SEND, language),
            keep=self._words.say(KEEP_LINK, language) if keep else "",
            files=[
                (f"{action}/file/{d.order.id}", self._file_label(d, n, language), d.order.kind)
                for n, d in enumerate(files or [], 1)
            ],
            as_text=self._words.say(READ_AS_TEXT, language),
        )

    def _file_label(self, delivery: Delivery, number: int, language: str) -> str:
        name = "pasito-my-data.json" if delivery.order.kind == "data" else f"{delivery.order.kind} {number} (PDF)"
        return self._words.say(DOWNLOAD.of(name=name), language)

    def sorry(self, request: web.Request, status: int) -> web.Response:
        """A small page for an error, with a way on."""
        language = self._proposed(request)
        screen = Screen(title=Msg("👣 Pasito"), lines=(_SORRY.get(status, _SORRY_ELSE),))
        page = channel.render(screen, language, self._words, TYPE_HERE)
        return self._html(status, page=page, action="", home=self._words.say(START_ANEW, language))

    def _html(self, status: int, **values: Any) -> web.Response:
        text = self._page.render(style=self.style_path, **values)
        response = web.Response(text=text, status=status, content_type="text/html", headers=_PRIVATE)
        response.enable_compression()
        return response

    # --- files

    async def _files(self, token: str) -> list[Delivery]:
        return await self._store.orders_of(channel.CHANNEL, token, int(time.time()) - FILE_SECONDS)

    async def _made(self, request: web.Request) -> MadeFile:
        wanted = int(request.match_info["order"])
        delivery = next((d for d in await self._files(request.match_info["token"]) if d.order.id == wanted), None)
        if delivery is None:
            raise web.HTTPNotFound
        try:
            return await self._make(delivery)
        except (NothingToCertify, paper.MissingGlyphs):
            language = delivery.order.language
            return MadeFile("pasito.txt", self._words.say(NOT_MADE, language).encode(), "text/plain; charset=utf-8")

    async def file(self, request: web.Request) -> web.Response:
        made = await self._made(request)
        disposition = f"attachment; filename=\"pasito{made.name[made.name.rfind('.') :]}\"; filename*=UTF-8''{quote(made.name)}"
        return web.Response(body=made.content, headers={"Content-Type": made.mime, "Content-Disposition": disposition, **_PRIVATE})

    async def file_text(self, request: web.Request) -> web.Response:
        made = await self._made(request)
        return web.Response(text=made.text or made.content.decode("utf-8", "replace"), headers=_PRIVATE)

    # --- the reader's language

    def _language(self, request: web.Request) -> str:
        """The first language of Accept-Language, a BCP 47 tag."""
        return request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip()[:35]

    def _proposed(self, request: web.Request) -> str:
        return self._words.proposed(self._language(request))


def _text(form: Any, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
