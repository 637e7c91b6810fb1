"""Papers of the modules for anybody, without a group and without a login.

To make one is work for the machine, so that no stranger has it done at will: what was made is kept,
each visitor has a number of new ones an hour, one is drawn at a time, and only a few wait for it.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from aiohttp import web

from bot.documents.parcel import MadeFile, Unwanted
from bot.i18n.catalogues import Catalogues, name_of
from bot.model.about import TITLE as ABOUT
from bot.model.order import OrderKind
from bot.model.prints import MODULE_PRINTS, USES
from bot.model.words import Msg, Words, _
from bot.runtime.hourly import Hourly
from bot.runtime.supervisor import Group
from bot.web.page import language_of, page
from bot.web.visitor import Proxies
from cards.model import Module, Programme

AN_HOUR = 60
"""Papers that one visitor has made anew in an hour: those of a dozen modules."""
WAITING = 8
"""Papers that wait to be drawn; each takes less than a second."""
KEPT = 256
"""Papers that are kept, of about 25 KB each."""
TITLE = _("🖨 Papers to print")
FREE = _("For a group, a class or at home. A4, black on white. You need no account.")
OTHER_LANGUAGE = _("These papers are in {language} for now.")
ALL = _("All modules")
SECTORS = _("🧰 Lessons for a trade")

Link = tuple[str, Words, Words | None]
"""An address below `/print/`, what is there, and what it is for."""
Sections = list[tuple[Words, list[Link]]]
"""A title, and links."""
Known = tuple[str, OrderKind, str]
"""Module, kind, language."""
Make = Callable[[OrderKind, Module, str], Awaitable[MadeFile]]


@dataclass
class Prints:
    """`make` draws a paper of a module in a language."""

    words: Catalogues
    programme: Programme
    make: Make
    proxies: Proxies = field(default_factory=Proxies)
    clock: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self._made: OrderedDict[Known, MadeFile] = OrderedDict()
        self._drawing: dict[Known, asyncio.Task[MadeFile]] = {}
        self._tasks = Group()
        self._visitors = Hourly(AN_HOUR, self.clock)

    def teach(self, programme: Programme) -> None:
        """Papers are of this one from now on."""
        self.programme = programme
        self._made.clear()
        self._drawing = {}

    def add_to(self, app: web.Application) -> None:
        kinds = "|".join(MODULE_PRINTS)
        app.router.add_get("/print", self.all)
        app.router.add_get(r"/print/{module:[\w-]{1,60}}", self.one)
        app.router.add_get(rf"/print/{{module:[\w-]{{1,60}}}}/{{kind:{kinds}}}.pdf", self.paper)

    async def all(self, request: web.Request) -> web.Response:
        """The modules by category, and the lessons for a trade beside them."""
        themes: Sections = [
            (
                Msg("{symbol} {title}").of(symbol=category.symbol or "📘", title=category.title),
                [(id, self.programme.modules[id].title, None) for id in category.modules],
            )
            for category in self.programme.categories
        ]
        if sectors := self.programme.sectors:
            themes.append((SECTORS, [(id, one.title, None) for id, one in sectors.items()]))
        return self._page(request, TITLE, (FREE,), themes)

    async def one(self, request: web.Request) -> web.Response:
        """What there is of a module."""
        module = self._module(request)
        language = language_of(request, self.words)
        taught = self.words.taught_in(module.id, language)
        lines: list[Words] = [module.description, FREE]
        if taught != language:
            lines.append(OTHER_LANGUAGE.of(language=name_of(taught, language)))
        papers: list[Link] = [
            (f"{module.id}/{kind}.pdf", name, USES[kind]) for kind, name in MODULE_PRINTS.items()
        ]
        return self._page(request, module.title, tuple(lines), [(TITLE, papers)], ALL)

    def _module(self, request: web.Request) -> Module:
        module = self.programme.offered.get(request.match_info["module"])
        if module is None:
            raise web.HTTPNotFound
        return module

    async def paper(self, request: web.Request) -> web.Response:
        """A paper as PDF. 429 for who wants too many new ones, 503 while too many wait."""
        module, kind = self._module(request), OrderKind(request.match_info["kind"])
        language = self.words.taught_in(module.id, language_of(request, self.words))
        try:
            made = await self._found(request, (module.id, kind, language), module)
        except Unwanted:
            raise web.HTTPNotFound from None
        headers = {
            "Content-Disposition": f"inline; filename*=UTF-8''{quote(made.name)}",
            "Cache-Control": "max-age=3600",
            "Vary": "Accept-Language",
        }
        return web.Response(body=made.content, content_type="application/pdf", headers=headers)

    async def _found(self, request: web.Request, known: Known, module: Module) -> MadeFile:
        """A class that asks for the same paper at once waits for one drawing."""
        if known in self._made:
            self._made.move_to_end(known)
            return self._made[known]
        if known not in self._drawing:
            self._let_in(request)
            self._drawing[known] = self._tasks.spawn("print", self._draw(known, module))
        return await asyncio.shield(self._drawing[known])

    def _let_in(self, request: web.Request) -> None:
        visitor = self.proxies.visitor(request)
        if wait := self._visitors.wait(visitor):
            raise web.HTTPTooManyRequests(headers={"Retry-After": str(wait)})
        if len(self._drawing) >= WAITING:
            raise web.HTTPServiceUnavailable(headers={"Retry-After": "10"})
        self._visitors.count(visitor)

    async def _draw(self, known: Known, module: Module) -> MadeFile:
        """What was drawn of decks that were changed meanwhile is not kept."""
        drawing = self._drawing
        try:
            made = await self.make(known[1], module, known[2])
        finally:
            drawing.pop(known, None)
        if drawing is self._drawing:
            self._made[known] = made
            while len(self._made) > KEPT:
                self._made.popitem(last=False)
        return made

    def _page(
        self,
        request: web.Request,
        heading: Words,
        lines: tuple[Words, ...],
        sections: Sections,
        up: Words | None = None,
    ) -> web.Response:
        language = language_of(request, self.words)

        def say(words: Words) -> str:
            return self.words.say(words, language)

        def spoken(words: Words) -> str:
            return self.words.spoken(words, language)

        return page(
            request,
            "print.html",
            self.words,
            language,
            200,
            heading=say(heading),
            heading_in=spoken(heading),
            lines=[(say(line), spoken(line)) for line in lines],
            sections=[
                (
                    say(title),
                    spoken(title),
                    [
                        (f"/print/{to}", say(label), spoken(label), say(use) if use else "")
                        for to, label, use in links
                    ],
                )
                for title, links in sections
            ],
            up=say(up) if up else "",
            about=say(ABOUT),
        )
