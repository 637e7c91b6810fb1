"""/healthz, /readyz and /metrics: what load balancers and Prometheus ask."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.web import health as module
from bot.web.health import Health, create_health_app
from tests.support.world import Clock

Client = TestClient[web.Request, web.Application]


class Installation:
    """A database and a messenger that can be taken away; counts how often they are asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.away = False
        self.clock = Clock()
        self.health = Health(
            {"database": self.check, "telegram": self.there}, self.orders, self.clock
        )

    async def there(self) -> None:
        pass

    async def check(self) -> None:
        self.asked += 1
        await asyncio.sleep(0.01)
        if self.away:
            raise OSError

    async def orders(self) -> dict[tuple[str, str], int]:
        await self.check()
        return {("telegram", "wanted"): 7}


@pytest.fixture
async def running() -> AsyncIterator[tuple[Installation, Client]]:
    installation = Installation()
    async with TestClient(TestServer(create_health_app(installation.health))) as client:
        yield installation, client


async def _get(client: Client, path: str) -> tuple[int, str]:
    async with client.get(path) as response:
        return response.status, await response.text()


async def test_ready_while_all_can_be_reached(running: tuple[Installation, Client]) -> None:
    installation, client = running
    assert await _get(client, "/readyz") == (200, '{"database": true, "telegram": true}')
    installation.away = True
    installation.clock.now += 3
    assert await _get(client, "/readyz") == (503, '{"database": false, "telegram": true}')
    assert await _get(client, "/healthz") == (200, '{"ok": true}')


async def test_many_probes_ask_once_in_two_seconds(running: tuple[Installation, Client]) -> None:
    installation, client = running
    await asyncio.gather(*(_get(client, "/readyz") for _ in range(20)))
    assert installation.asked == 1
    installation.clock.now += 3
    await _get(client, "/readyz")
    assert installation.asked == 2


async def test_not_ready_from_sigterm_on_and_up_all_the_same(
    running: tuple[Installation, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    installation, client = running
    monkeypatch.setattr(module, "GRACE_SECONDS", 0.2)
    await _get(client, "/readyz")
    stopping = asyncio.create_task(installation.health.stop())
    await asyncio.sleep(0.05)
    assert not stopping.done(), "a load balancer has a moment to notice"
    assert await _get(client, "/readyz") == (503, '{"running": false}')
    assert (await _get(client, "/healthz"))[0] == 200
    await asyncio.wait_for(stopping, 1)


async def test_nobody_probes_so_nobody_is_waited_for(running: tuple[Installation, Client]) -> None:
    installation, client = running
    await asyncio.wait_for(installation.health.stop(), 0.1)
    assert (await _get(client, "/readyz"))[0] == 503


async def test_orders_in_the_metrics_are_never_those_of_yesterday(
    running: tuple[Installation, Client],
) -> None:
    installation, client = running
    line = 'pasito_orders{channel="telegram",state="wanted"} 7.0'
    assert line in (await _get(client, "/metrics"))[1]
    installation.away = True
    installation.clock.now += 3
    status, text = await _get(client, "/metrics")
    assert status == 200 and line not in text and "pasito_info" in text


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_a_question_without_a_body(running: tuple[Installation, Client], path: str) -> None:
    async with running[1].head(path) as response:
        assert response.status == 200 and await response.read() == b""


@pytest.mark.parametrize("told", [True, False])
async def test_figures_are_told_only_where_they_are_wanted(told: bool) -> None:
    """`PASITO_METRICS` asks for them on a public address; a worker's own port always has them."""
    app = web.Application()
    Installation().health.add_to(app, figures=told)
    async with TestClient(TestServer(app)) as client:
        assert (await _get(client, "/metrics"))[0] == (200 if told else 404)
        assert (await _get(client, "/healthz"))[0] == 200


async def test_it_proves_which_installation_it_is() -> None:
    app = web.Application()
    Health({}, Installation().orders, prove=str.upper).add_to(app)
    async with TestClient(TestServer(app)) as client:
        assert await _get(client, "/healthz?ask=abc") == (200, '{"ok": true, "proof": "ABC"}')
        assert await _get(client, "/healthz") == (200, '{"ok": true}')
