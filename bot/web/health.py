"""What operators and their machines ask: is it up, is it ready, what does it measure.

`/healthz` is 200 while the process answers. `/readyz` is 200 while what is written is kept, the
channels can be reached and every loop in the background runs, and 503 from SIGTERM on, so that a
load balancer looks elsewhere before the server closes. It names each check that failed. What was
found holds for two seconds: probes never reach Telegram more often than that.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping

import prometheus_client
from aiohttp import web

from bot import metrics
from bot.runtime import supervisor

log = logging.getLogger(__name__)

CHECK_SECONDS = 5
"""A check that takes longer has failed."""
FRESH_SECONDS = 2
WATCHED_SECONDS = 60
GRACE_SECONDS = 5
"""How long a process that somebody probes goes on after SIGTERM."""

Checks = Mapping[str, Callable[[], Awaitable[object]]]
Orders = Callable[[], Awaitable[Mapping[tuple[str, str], int]]]
"""Orders that wait, by channel and state."""


class Health:
    """The handlers of /healthz, /readyz and /metrics. A check passes unless it raises. Of `also`
    only those that fail are named; so are `hints`, which are no reason to look elsewhere."""

    def __init__(
        self,
        checks: Checks,
        orders: Orders,
        clock: Callable[[], float] = time.monotonic,
        also: Checks | None = None,
        hints: Checks | None = None,
        prove: Callable[[str], str] = lambda _asked: "",
        figures: bool = True,
    ) -> None:
        """Without `figures` nobody is told them: a public address has no business with them.
        `prove` answers `pasito doctor`, which asks whether this is the installation that it
        looks at."""
        self._checks = checks
        self._also = also or {}
        self._hints = hints or {}
        self._orders = orders
        self._clock = clock
        self._prove = prove
        self._figures = figures
        self._found: dict[str, bool] = {}
        self._found_at = self._counted_at = self._asked_at = float("-inf")
        self._one_at_a_time = asyncio.Lock()
        self.stopping = False

    def add_to(self, app: web.Application, figures: bool | None = None) -> None:
        app.router.add_get("/healthz", self._healthy)
        app.router.add_get("/readyz", self._ready)
        if self._figures if figures is None else figures:
            app.router.add_get("/metrics", self._metrics)

    async def stop(self) -> None:
        """Not ready any more. Where somebody looks whether we are, returns after a moment in which
        they notice."""
        self.stopping = True
        if self._clock() - self._asked_at < WATCHED_SECONDS:
            await asyncio.sleep(GRACE_SECONDS)

    async def _healthy(self, request: web.Request) -> web.Response:
        """With `?ask=…` it proves that it is this installation: `pasito doctor` knows the same
        secret."""
        asked = request.query.get("ask", "")[:64]
        return web.json_response({"ok": True} | ({"proof": self._prove(asked)} if asked else {}))

    async def _ready(self, _request: web.Request) -> web.Response:
        self._asked_at = self._clock()
        if self.stopping:
            return web.json_response({"running": False}, status=503)
        async with self._one_at_a_time:
            if self._clock() - self._found_at >= FRESH_SECONDS:
                every = {**self._checks, **self._also, **self._hints}
                found = dict(await asyncio.gather(*(_passes(*check) for check in every.items())))
                self._found = {
                    name: passed
                    for name, passed in found.items()
                    if name in self._checks or not passed
                }
                self._found_at = self._clock()
        unwell = supervisor.unwell()
        found = self._found | ({"tasks": False} if unwell else {})
        well = all(passed for name, passed in found.items() if name not in self._hints)
        return web.json_response(
            found | ({"unwell": unwell} if unwell else {}), status=200 if well else 503
        )

    async def _metrics(self, _request: web.Request) -> web.Response:
        async with self._one_at_a_time:
            if self._clock() - self._counted_at >= FRESH_SECONDS:
                await self._count()
                supervisor.measure()
                self._counted_at = self._clock()
        text = prometheus_client.generate_latest()
        return web.Response(
            body=text, headers={"Content-Type": prometheus_client.CONTENT_TYPE_LATEST}
        )

    async def _count(self) -> None:
        metrics.ORDERS.clear()  # what is not known is not shown
        try:
            found = await asyncio.wait_for(self._orders(), CHECK_SECONDS)
        except Exception as error:
            log.warning("orders could not be counted: %s", type(error).__name__)
            return
        for (channel, state), number in found.items():
            metrics.ORDERS.labels(channel, state).set(number)


def create_health_app(health: Health) -> web.Application:
    """Nothing but the three: for a worker."""
    app = web.Application()
    health.add_to(app, figures=True)
    return app


async def _passes(name: str, check: Callable[[], Awaitable[object]]) -> tuple[str, bool]:
    try:
        await asyncio.wait_for(check(), CHECK_SECONDS)
    except Exception as error:
        log.warning("not ready: %s: %s", name, type(error).__name__)
        return name, False
    return name, True
