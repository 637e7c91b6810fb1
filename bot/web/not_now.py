"""The page for a moment in which the database takes nothing: within the patience of a phone, with a
button that sends the same again.

A form that waited too long may still be taken after the page went out. Sent again it carries the
same random text of its page, so it is the same update and counts once.
"""

import asyncio
import logging
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from sqlalchemy.exc import SQLAlchemyError

from bot import metrics
from bot.i18n.catalogues import Catalogues, is_rtl
from bot.model.words import _
from bot.web.page import PRIVATE, TEMPLATES, language_of
from bot.web.style import STYLE

log = logging.getLogger(__name__)

PATIENCE = 4.0
"""Seconds that a form waits for the database."""
AWAY = (SQLAlchemyError, OSError, TimeoutError)
"""What the database raises, and a file of it that is not at its place."""
NOT_NOW = _("This does not work just now. Nothing is lost: please send it again in a moment.")
AGAIN = _("Send again")
NO_PAGE = _("This page cannot be shown just now. Nothing is lost: please try again in a moment.")
TRY_AGAIN = _("Try again")
_FORM = ("u", "do", "text", "start", "shown")


def patient(words: Catalogues) -> Middleware:
    """Inside of what reads the body. Only pages of people, not what machines ask for."""

    @web.middleware
    async def while_it_may(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not (request.path == "/" or request.path.startswith(("/chat/", "/join/"))):
            return await handler(request)
        try:
            if request.method != "POST":
                return await handler(request)
            async with asyncio.timeout(PATIENCE):
                return await handler(request)
        except web.HTTPException:
            raise
        except AWAY as error:
            metrics.WEB_NOT_NOW.inc()
            log.warning("a page could not be given just now: %s", type(error).__name__)
            return await _page(request, words)

    return while_it_may


async def _page(request: web.Request, words: Catalogues) -> web.Response:
    # a form with a file is no form here: the file has to be chosen again
    form = request.content_type == "application/x-www-form-urlencoded"
    language = language_of(request, words)
    fields = (
        dict(
            parse_qsl(
                (await request.read()).decode("utf-8", "replace"),
                errors="replace",
                max_num_fields=20,
            )
        )
        if form
        else {}
    )
    text = TEMPLATES.get_template("not_now.html").render(
        language=language,
        direction="rtl" if is_rtl(language) else "ltr",
        style=request.app[STYLE].url,
        said=words.say(NOT_NOW if form else NO_PAGE, language),
        again=words.say(AGAIN if form else TRY_AGAIN, language),
        path=request.rel_url.raw_path_qs,
        form=form,
        fields=[(name, fields[name]) for name in _FORM if fields.get(name)],
    )
    headers = {**PRIVATE, "Retry-After": "5"}
    return web.Response(text=text, status=503, content_type="text/html", headers=headers)
