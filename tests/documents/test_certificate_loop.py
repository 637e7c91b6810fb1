"""While a certificate is made, everybody else is answered."""

import asyncio
import time
from dataclasses import replace
from datetime import date
from typing import cast

from bot.documents.certificate import facts
from bot.documents.make import Files
from bot.i18n.catalogues import Catalogues
from bot.model.certificate import Certificate, Earned
from bot.model.learner import Learner, ModuleProgress
from cards.model import Programme
from certificates import Fonts, preview
from db.orders import Order
from db.outbox import Delivery
from db.store import Store
from tests.support.world import issuer_of

DAY = date(2026, 3, 9)
TIMES = 6


async def longest_pause(done: asyncio.Task[object]) -> float:
    """Seconds for which the event loop ran nothing else, until something is done."""
    longest, before = 0.0, time.perf_counter()
    while not done.done():
        await asyncio.sleep(0)
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
    return longest


async def test_the_event_loop_is_never_blocked(
    shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    """Blocked, it would stand still for as long as the work takes. The best of several, because the
    machine may be busy with other things; a thread hands over every 5 ms."""
    words, issuer = shipped_words, issuer_of(fonts)
    files = Files(shipped, words, cast(Store, None), issuer, {"web": "http://w/?start="})
    progress = ModuleProgress(first_day=DAY, last_day=DAY, seconds=9000, done=DAY)
    learner = Learner(
        1, modules={"computer": progress}, earned=(Certificate(Earned.MODULE, "computer", DAY),)
    )
    order = Order(1, Earned.MODULE, "computer", "عبد الرحمن", "ar", "00c0ffee00c0ffee")
    paused: list[float] = []
    worked: list[float] = []
    for number in range(TIMES):
        delivery = Delivery(
            replace(order, name=f"{order.name} {'محمد' * (number + 1)}"),
            learner,
            "telegram",
            "",
            0,
            0,
        )
        making = asyncio.create_task(files.make(delivery))
        paused.append(await longest_pause(making))
        assert making.result()
        stated = issuer.signed(facts(learner, shipped, words, delivery.order))
        start = time.perf_counter()
        preview(issuer.pdf(stated))
        worked.append(time.perf_counter() - start)
    assert min(paused) < min(worked) / 2
