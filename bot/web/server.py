"""The aiohttp application: routes, and headers that protect the reader."""

import logging

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot import metrics
from bot.dispatcher import Dispatcher
from bot.i18n import Catalogues
from bot.jobs.post import Make
from bot.web import telegram_webhook
from bot.web.chat import Chat
from bot.web.health import Health
from bot.web.join import Join
from bot.web.look import style
from bot.web.verify import Verify
from db.store import Store

log = logging.getLogger(__name__)

LARGEST_BODY = 1 << 20
"""Bytes of a webhook call; forms are limited to `chat.LARGEST_FORM`."""
PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none';style-src 'self';img-src 'self';form-action 'self';base-uri 'none';"
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
"""Nothing from elsewhere is loaded, no address leaks to another site."""
TOKEN = "{token:[A-Za-z0-9_-]{32}}"  # noqa: S105 - a part of a route
ORDER = r"{order:\d{1,17}}"


def create_app(
    dispatcher: Dispatcher,
    words: Catalogues,
    store: Store,
    make: Make,
    *,
    health: Health,
    with_metrics: bool = True,
    join: Join,
    telegram: tuple[telegram_webhook.Receive, str] | None = None,
    verify: Verify,
) -> web.Application:
    """All pages. `telegram` is what takes webhook updates, and their secret; `join` are invite links, `verify` answers
    employers, `health` machines."""
    chat = Chat(dispatcher, words, store, make)
    logging.getLogger("aiohttp.server").addFilter(_without_address)
    app = web.Application(client_max_size=LARGEST_BODY, middlewares=[_friendly(chat), _from_here])
    app.on_response_prepare.append(_finish)
    app.router.add_get("/", chat.welcome)
    app.router.add_post("/", chat.begin)
    app.router.add_get(f"/chat/{TOKEN}", chat.look)
    app.router.add_post(f"/chat/{TOKEN}", chat.act)
    app.router.add_get(f"/chat/{TOKEN}/file/{ORDER}", chat.file, allow_head=False)
    app.router.add_get(f"/chat/{TOKEN}/file/{ORDER}/text", chat.file_text, allow_head=False)
    app.router.add_get("/static/pasito.{hash}.css", style)
    join.add_to(app)
    verify.add_to(app)
    app.router.add_get("/robots.txt", _robots)
    app.router.add_get("/favicon.ico", _no_icon)
    health.add_to(app, with_metrics)
    if telegram:
        app.router.add_post("/telegram/webhook", telegram_webhook.handler(*telegram))
    return app


@web.middleware
async def _from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """No other site sends our forms. It would have to know the secret link anyway; so only what browsers state plainly is asked.

    `Origin` is not: as our pages send no referrer it is "null" from them too, and behind a proxy that does not hand on the host
    it would lock out old phones.
    """
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        raise web.HTTPForbidden
    return await handler(request)


def _friendly(chat: Chat) -> Middleware:
    """Errors are small pages in the reader's language; what went wrong is logged without address or text."""

    @web.middleware
    async def friendly(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as error:
            if error.status < 400:
                return web.Response(status=error.status, headers={"Location": error.headers["Location"]})
            response = chat.sorry(request, error.status)
            if "Allow" in error.headers:
                response.headers["Allow"] = error.headers["Allow"]
            return response
        except Exception:
            resource = request.match_info.route.resource
            log.exception("a page failed: %s %s", request.method, resource.canonical if resource else "")
            return chat.sorry(request, 500)

    return friendly


async def _finish(_request: web.Request, response: web.StreamResponse) -> None:
    """The last headers of every answer, as few as protect the reader: each byte is paid for by somebody."""
    response.headers.popall("Server", None)
    if response.status in (204, 303):
        response.headers.popall("Content-Type", None)
    else:
        response.headers["X-Content-Type-Options"] = "nosniff"
        if response.content_type == "text/html":
            response.headers.update(PAGE_HEADERS)
    metrics.WEB_RESPONSES.labels(response.status).inc()


def _without_address(record: logging.LogRecord) -> bool:
    """aiohttp names the client's address, and what it sent, when it was not HTTP: that is nobody's business (product.md, Privacy)."""
    if "from %s" in str(record.msg):
        failure = record.exc_info[0] if record.exc_info else None
        record.msg, record.args, record.exc_info = "a request could not be read: %s", (failure and failure.__name__,), None
    return True


async def _robots(request: web.Request) -> web.Response:
    return web.Response(text="User-agent: *\nDisallow: /chat\n")


async def _no_icon(request: web.Request) -> web.Response:
    """Browsers ask for one by themselves: told once that there is none, they cost the reader no more data."""
    return web.Response(status=204, headers={"Cache-Control": "max-age=31536000"})
