"""`POST /telegram/webhook`: Telegram is told 200 once the update is durable, and 503 when it should
send it again.
"""

import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from aiohttp import web

from bot.channels.telegram.answers import decoded, id_of
from bot.channels.telegram.parse import NotUnderstood
from bot.channels.telegram.polling import step_over

log = logging.getLogger(__name__)

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
Receive = Callable[[dict[str, Any], bool], Awaitable[dict[str, Any] | None]]
"""Returns when an update is durable, with the call that stops a tap's spinner; raises when it is
not durable.
"""


def handler(receive: Receive, secret: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The handler. The answer to Telegram carries the call that stops a tap's spinner: one request
    less."""
    expected = secret.encode()

    async def telegram(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, expected):  # bytes: text that is not ASCII would raise
            return web.Response(status=401)
        body = await request.read()
        try:
            raw = decoded(body)
        except Exception as error:  # whatever a reader raises: too deep for it is no ValueError
            step_over(
                None,
                NotUnderstood(f"{len(body)} bytes that cannot be read, {type(error).__name__}"),
            )
            return web.Response()  # never again: repeated, it would be no better
        id = id_of(raw)
        try:
            if id is None:
                raise NotUnderstood("no object with an id")
            call = await receive(raw, True)
        except NotUnderstood as error:
            step_over(id, error)
            return web.Response()
        except Exception as error:
            log.error("update %s was not saved and comes again: %s", id, type(error).__name__)
            return web.Response(status=503)
        return (
            web.Response(body=msgspec.json.encode(call), content_type="application/json")
            if call
            else web.Response()
        )

    return telegram
