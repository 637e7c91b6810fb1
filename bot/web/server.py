"""The aiohttp application: routes, and headers that protect the reader."""

import logging
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from typing import Protocol

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from yarl import URL

from bot import metrics
from bot.i18n.catalogues import Catalogues
from bot.web.doors import REFUSAL, Nameless, Refusal, while_answering
from bot.web.forms import FILE_SECONDS, LARGEST_FORM, whole_body
from bot.web.not_now import patient
from bot.web.recordings import HEARD
from bot.web.style import STYLE, Style
from db.sealed import Unreadable

log = logging.getLogger(__name__)

POLICY = "Content-Security-Policy"
PAGE_HEADERS = {
    POLICY: (
        "default-src 'none';style-src 'self';img-src 'self';form-action 'self';base-uri 'none';"
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
"""Nothing from elsewhere is loaded, no address leaks to another site."""
_KEPT = {"Allow", "Retry-After"}
"""What an error tells programs, and its page too."""
Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Sorry(Protocol):
    """A small page in the reader's language for a status that is an error. `unreadable`: the
    reader's row cannot be read, and to begin anew would be to lose it."""

    def __call__(
        self, request: web.BaseRequest, status: int, unreadable: bool = False
    ) -> web.Response: ...


class Pages(Protocol):
    """Some routes of the server."""

    def add_to(self, app: web.Application) -> None: ...


def create_app(
    words: Catalogues,
    sorry: Sorry,
    pages: Iterable[Pages],
    routes: Iterable[web.RouteDef] = (),
    webhooks: Iterable[tuple[str, Handle, int, bool]] = (),
    public_url: str = "",
    style: Style | None = None,
) -> web.Application:
    """The pages and routes. A webhook is path, handler, the most bytes of a body, and whether
    people send it: then the body is there; else its handler reads it, once it knows who sends
    it."""
    largest: dict[str, int] = {}
    machines: dict[object, int] = {}
    logging.getLogger("aiohttp.server").addFilter(_without_address)
    app = web.Application(
        middlewares=[
            _at_once(machines),
            _friendly(sorry),
            _from_here(public_url),
            whole_forms(largest),
            while_answering,
            patient(words),
        ],
    )
    app[REFUSAL] = _refusal(sorry)
    app.on_response_prepare.append(_finish)
    app[STYLE] = style or Style()
    app.router.add_get("/static/pasito.{hash}.css", app[STYLE].serve)
    app.router.add_get("/robots.txt", _robots)
    app.router.add_get("/favicon.ico", _no_icon)
    app.router.add_routes(routes)
    for each in pages:
        each.add_to(app)
    for path, handler, size, by_people in webhooks:
        resource = app.router.add_post(path, handler).resource
        if not by_people:
            machines[handler] = size
        elif resource:
            largest[resource.canonical] = size
    return app


def _at_once(machines: Mapping[object, int]) -> Middleware:
    """What a messenger sends goes straight to its handler: it reads no page and fills in no form.
    By handler, with the most bytes of a body."""

    @web.middleware
    async def at_once(request: web.Request, handler: Handler) -> web.StreamResponse:
        hook = request.match_info.handler
        size = machines.get(hook)
        if size is None:
            return await handler(request)
        if size != request.client_max_size:
            request = request.clone(client_max_size=size)
        try:
            return await while_answering(request, hook)
        except web.HTTPException:
            raise
        except Exception as error:
            log.exception("a webhook failed: %s", type(error).__name__)
            return web.Response(status=500)

    return at_once


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


def whole_forms(largest: Mapping[str, int]) -> Middleware:
    """The body is there, and no larger than a form of ours, before anybody works for the one who
    sends it. `largest` are the bytes of forms with a file, by their resource."""

    @web.middleware
    async def whole(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.can_read_body:
            return await handler(request)
        resource = request.match_info.route.resource
        size = largest.get(resource.canonical) if resource else None
        request = request.clone(client_max_size=size or LARGEST_FORM)
        await whole_body(request, FILE_SECONDS if size else 0)
        return await handler(request)

    return whole


def _refusal(sorry: Sorry) -> Refusal:
    """The page that everybody gets whose request is none."""

    def refusal(request: web.BaseRequest, status: int) -> web.Response:
        page = sorry(request, status)
        response = Nameless(body=page.body, status=status, headers=page.headers)
        _protect(response)
        return response

    return refusal


def _friendly(sorry: Sorry) -> Middleware:
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
            response = sorry(request, error.status)
            for name in _KEPT & error.headers.keys():
                response.headers[name] = error.headers[name]
            return response
        except Unreadable as error:
            log.error("a page cannot be shown: %s cannot be read", error)
            return sorry(request, 500, unreadable=True)
        except Exception:
            resource = request.match_info.route.resource
            log.exception(
                "a page failed: %s %s", request.method, resource.canonical if resource else ""
            )
            return sorry(request, 500)

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
            if response.get(HEARD):
                response.headers[POLICY] += ";media-src 'self'"
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
