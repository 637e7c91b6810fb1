"""The aiohttp application: routes, and headers that protect the reader."""

import asyncio
import logging
from collections.abc import Collection

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from yarl import URL

from bot import metrics
from bot.channels.telegram import webhook
from bot.channels.web.chat import LARGEST_FORM, Chat
from bot.dispatcher import Dispatcher
from bot.documents.parcel import Make
from bot.i18n.catalogues import Catalogues
from bot.web.doors import REFUSAL, SILENT_SECONDS, Nameless, Refusal, while_answering
from bot.web.health import Health
from bot.web.join import Join
from bot.web.not_now import patient
from bot.web.page import style
from bot.web.verify import Verify
from bot.web.visitor import Proxies
from db.sealed import Unreadable
from db.store import Store

log = logging.getLogger(__name__)

LARGEST_BODY = 1 << 20
"""Bytes of a webhook call; forms are limited to `chat.LARGEST_FORM`."""
_ASK_FIRST = frozenset(("/telegram/webhook", "/whatsapp/webhook"))
"""These read what comes by themselves, once they know who sends it."""
PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none';style-src 'self';img-src 'self';form-action 'self';base-uri 'none';"
        "frame-ancestors 'none'"
    ),
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
    telegram: tuple[webhook.Receive, str] | None = None,
    verify: Verify,
    public_url: str = "",
    proxies: Proxies | None = None,
) -> web.Application:
    """All pages. `telegram` is what takes webhook updates, and their secret; `join` are invite
    links, `verify` answers employers, `health` machines."""
    chat = Chat(dispatcher, words, store, make, proxies or Proxies())
    logging.getLogger("aiohttp.server").addFilter(_without_address)
    app = web.Application(
        client_max_size=LARGEST_BODY,
        middlewares=[
            _friendly(chat),
            _from_here(public_url),
            _whole,
            while_answering,
            patient(words),
        ],
    )
    app[REFUSAL] = _refusal(chat)
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
        app.router.add_post("/telegram/webhook", webhook.handler(*telegram))
    return app


def _from_here(public_url: str) -> Middleware:
    """No other site sends our forms. Browsers say where a form comes from, newer ones in
    `Sec-Fetch-Site`, old ones in `Origin`: that of the public address, or of the host that was
    asked for (a proxy may hand on another). As our pages send no referrer, it is "null" from them,
    too."""
    ours = _origin(public_url)

    @web.middleware
    async def from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.method == "POST":
            if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
                raise web.HTTPForbidden
            if origins := request.headers.getall("Origin", ()):
                here = {_origin(f"{scheme}://{request.host}") for scheme in ("http", "https")}
                if not _all_ours(origins, {ours, *here}):
                    raise web.HTTPForbidden
        return await handler(request)

    return from_here


def _all_ours(origins: Collection[str], ours: Collection[str]) -> bool:
    return all(origin in ("", "null") or (_origin(origin) or "?") in ours for origin in origins)


def _origin(url: str) -> str:
    """Scheme, host and port, as browsers write them; nothing of what is no address."""
    try:
        return str(URL(url).origin()).lower()
    except ValueError:
        return ""


@web.middleware
async def _whole(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The body is there, and no larger than a form of ours, before anybody works for the one who
    sends it."""
    if not request.can_read_body or request.path in _ASK_FIRST:
        return await handler(request)
    request = request.clone(client_max_size=LARGEST_FORM)
    try:
        async with asyncio.timeout(SILENT_SECONDS):
            await request.read()
    except TimeoutError as error:
        raise web.HTTPRequestTimeout from error
    except (ConnectionError, web.RequestPayloadError) as error:
        log.info("a form broke off on its way")
        raise web.HTTPBadRequest from error
    return await handler(request)


def _refusal(chat: Chat) -> Refusal:
    """The page that everybody gets whose request is none."""

    def refusal(request: web.BaseRequest, status: int) -> web.Response:
        page = chat.sorry(request, status)
        response = Nameless(body=page.body, status=status, headers=page.headers)
        _protect(response)
        return response

    return refusal


def _friendly(chat: Chat) -> Middleware:
    """Errors are small pages in the reader's language; what went wrong is logged without address or
    text."""

    @web.middleware
    async def friendly(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as error:
            if error.status < 400:
                return web.Response(
                    status=error.status, headers={"Location": error.headers["Location"]}
                )
            response = chat.sorry(request, error.status)
            if "Allow" in error.headers:
                response.headers["Allow"] = error.headers["Allow"]
            return response
        except Unreadable as error:
            log.error("a page cannot be shown: %s cannot be read", error)
            return chat.unreadable(request)
        except Exception:
            resource = request.match_info.route.resource
            log.exception(
                "a page failed: %s %s", request.method, resource.canonical if resource else ""
            )
            return chat.sorry(request, 500)

    return friendly


async def _finish(_request: web.Request, response: web.StreamResponse) -> None:
    """The last headers of every answer, as few as protect the reader: each byte is paid for by
    somebody."""
    response.headers.popall("Server", None)
    _protect(response)


def _protect(response: web.StreamResponse) -> None:
    if response.status in (204, 303):
        response.headers.popall("Content-Type", None)
    else:
        response.headers["X-Content-Type-Options"] = "nosniff"
        if response.content_type == "text/html":
            response.headers.update(PAGE_HEADERS)
    metrics.web_responses(response.status).inc()


def _without_address(record: logging.LogRecord) -> bool:
    """aiohttp names the client's address, and what it sent, when it was not HTTP: that is nobody's
    business (product.md, Privacy)."""
    if "from %s" in str(record.msg):
        failure = record.exc_info[0] if record.exc_info else None
        record.msg, record.args, record.exc_info = (
            "a request could not be read: %s",
            (failure and failure.__name__,),
            None,
        )
    return True


async def _robots(request: web.Request) -> web.Response:
    return web.Response(text="User-agent: *\nDisallow: /chat\n")


async def _no_icon(request: web.Request) -> web.Response:
    """Browsers ask for one by themselves: told once that there is none, they cost the reader no
    more data."""
    return web.Response(status=204, headers={"Cache-Control": "max-age=31536000"})
