"""The aiohttp application: routes, headers that protect the reader, health and metrics."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

import prometheus_client
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.dispatcher import Dispatcher
from bot.i18n import Catalogues
from bot.jobs.files import MakeFile
from bot.web import telegram_webhook
from bot.web.chat import Chat
from db.store import Store

log = logging.getLogger(__name__)

Checks = Mapping[str, Callable[[], Awaitable[object]]]
CHECK_SECONDS = 5
LARGEST_BODY = 1 << 20
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def create_app(
    dispatcher: Dispatcher,
    words: Catalogues,
    store: Store,
    make: MakeFile,
    *,
    checks: Checks,
    registry: prometheus_client.CollectorRegistry,
    telegram: tuple[telegram_webhook.Receive, str] | None = None,
) -> web.Application:
    """All pages. `checks` are asked by /readyz; `telegram` is what takes webhook updates, and their secret."""
    chat = Chat(dispatcher, words, store, make)
    app = web.Application(client_max_size=LARGEST_BODY, middlewares=[_protected, _friendly(chat)])
    app.router.add_get("/", chat.welcome, allow_head=False)
    app.router.add_post("/", chat.begin)
    app.router.add_get("/chat/{token}", chat.look, allow_head=False)
    app.router.add_post("/chat/{token}", chat.act)
    app.router.add_get(r"/chat/{token}/file/{order:\d{1,17}}", chat.file, allow_head=False)
    app.router.add_get(r"/chat/{token}/file/{order:\d{1,17}}.txt", chat.file_text, allow_head=False)
    app.router.add_get(chat.style_path, chat.style)
    app.router.add_get("/robots.txt", _robots)
    app.router.add_get("/favicon.ico", _no_icon)
    app.router.add_get("/healthz", _healthy)
    app.router.add_get("/readyz", _ready(checks))
    app.router.add_get("/metrics", _metrics(registry))
    if telegram:
        app.router.add_post("/telegram/webhook", telegram_webhook.handler(*telegram))
    return app


@web.middleware
async def _protected(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Nothing from elsewhere is loaded, no address leaks to another site, no other site sends our forms."""
    if request.method == "POST" and not request.path.endswith("/webhook"):
        if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
            raise web.HTTPForbidden
        if (request.content_length or 0) > 8192:
            raise web.HTTPRequestEntityTooLarge(max_size=8192, actual_size=request.content_length or 0)
    return await handler(request)


def _friendly(chat: Chat) -> Middleware:
    """Errors are small pages in the reader's language; what went wrong is logged without address or text."""

    @web.middleware
    async def friendly(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            response = await handler(request)
        except web.HTTPException as error:
            if error.status < 400:
                error.headers.update(HEADERS)
                raise
            response = chat.sorry(request, error.status)
            response.headers.update({k: v for k, v in error.headers.items() if k == "Allow"})
        except Exception:
            log.exception("a page failed: %s", request.match_info.route.name or request.method)
            response = chat.sorry(request, 500)
        response.headers.update(HEADERS)
        return response

    return friendly


async def _robots(request: web.Request) -> web.Response:
    return web.Response(text="User-agent: *\nDisallow: /chat\n")


async def _no_icon(request: web.Request) -> web.Response:
    """Browsers ask for one by themselves: told once that there is none, they cost the reader no more data."""
    return web.Response(status=204, headers={"Cache-Control": "max-age=31536000"})


async def _healthy(request: web.Request) -> web.Response:
    return web.json_response({"ok": True})


def _ready(checks: Checks) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def ready(request: web.Request) -> web.Response:
        results = await asyncio.gather(*(_passes(name, check) for name, check in checks.items()))
        answer = dict(results)
        return web.json_response(answer, status=200 if all(answer.values()) else 503)

    return ready


async def _passes(name: str, check: Callable[[], Awaitable[object]]) -> tuple[str, bool]:
    try:
        await asyncio.wait_for(check(), CHECK_SECONDS)
    except Exception as error:
        log.warning("not ready: %s: %s", name, type(error).__name__)
        return name, False
    return name, True


def _metrics(registry: prometheus_client.CollectorRegistry) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def metrics(request: web.Request) -> web.Response:
        text = prometheus_client.generate_latest(registry)
        return web.Response(body=text, headers={"Content-Type": prometheus_client.CONTENT_TYPE_LATEST})

    return metrics
