"""`GET` and `POST /whatsapp/webhook`: Meta is told 200 once everything of a call is durable, and
503 when it should send the call again (it does, for seven days).
"""

import hmac
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.channels.whatsapp import metrics
from bot.channels.whatsapp.parse import Call, Digest, read
from bot.channels.whatsapp.shapes import NotUnderstood
from bot.channels.whatsapp.signature import HEADER, is_signed
from db.vault import Vault

log = logging.getLogger(__name__)

PATH = "/whatsapp/webhook"
LARGEST = 4 << 20
"""Bytes of a call; Meta sends up to 3 MB."""
Take = Callable[[Call], Awaitable[None]]
"""Returns when all of a call is durable; raises when something is not."""


def verify_token(vault: Vault) -> str:
    """Of the handshake, where the settings give none."""
    return vault.derive(b"whatsapp webhook").hex()[:32]


def handshake(verify_token: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Meta asks whether this address is ours, once, when it is entered there."""
    expected = verify_token.encode()

    async def verify(request: web.Request) -> web.Response:
        given = request.query.get("hub.verify_token", "").encode("utf-8", "surrogateescape")
        asked = request.query.get("hub.mode") == "subscribe"
        if not hmac.compare_digest(given, expected) or not asked:
            return web.Response(status=403)
        return web.Response(text=request.query.get("hub.challenge", "")[:200])

    return verify


def handler(
    take: Take, app_secret: str, phone_id: str, digest: Digest
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def whatsapp(request: web.Request) -> web.Response:
        given = request.headers.get(HEADER, "")
        if not given.startswith("sha256="):
            metrics.UNSIGNED.inc()
            return web.Response(status=401)
        body = await request.read()
        if not is_signed(body, given, app_secret):
            metrics.UNSIGNED.inc()
            return web.Response(status=401)
        try:
            call = read(body, phone_id, digest)
        except NotUnderstood as error:
            step_over("", str(error))
            return web.Response()  # never again: repeated, it would be no better
        for id, why in call.odd:
            step_over(id, why)
        try:
            await take(call)
        except Exception as error:
            log.error("a call was not saved and comes again: %s", type(error).__name__)
            return web.Response(status=503)
        return web.Response()

    return whatsapp


def step_over(id: str, why: str) -> None:
    """Tells of something that nobody will ever answer, without what stood in it."""
    metrics.STEPPED_OVER.inc()
    log.warning("something from WhatsApp was stepped over: %s %s", id or "without an id", why)
