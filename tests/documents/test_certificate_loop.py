"""While a certificate is made, everybody else is answered."""

import asyncio
import threading
from datetime import date
from typing import cast

import pytest

import certificates
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


async def test_the_event_loop_is_never_blocked(
    shipped: Programme, shipped_words: Catalogues, fonts: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drawing and the picture of it are the work; both are done in another thread, and the loop
    turns while they are."""
    where: list[int] = []
    drawing, turned = threading.Event(), threading.Event()

    def seen(pdf: bytes) -> bytes:
        where.append(threading.get_ident())
        drawing.set()
        assert turned.wait(20), "the event loop stands still while a certificate is made"
        return preview(pdf)

    monkeypatch.setattr(certificates, "preview", seen)
    words, issuer = shipped_words, issuer_of(fonts)
    files = Files(shipped, words, cast(Store, None), issuer, {"web": "http://w/?start="})
    progress = ModuleProgress(first_day=DAY, last_day=DAY, seconds=9000, done=DAY)
    learner = Learner(
        1, modules={"computer": progress}, earned=(Certificate(Earned.MODULE, "computer", DAY),)
    )
    order = Order(1, Earned.MODULE, "computer", "عبد الرحمن", "ar", "00c0ffee00c0ffee")
    delivery = Delivery(order, learner, "telegram", "", 0, 0)
    making = asyncio.create_task(files.make(delivery))
    while not drawing.is_set():
        await asyncio.sleep(0.01)
    turned.set()
    assert await making
    assert where and threading.get_ident() not in where
