"""Papers of modules for anybody, while decks are changed."""

import asyncio
from dataclasses import replace
from typing import cast

import pytest

from bot.documents.make import Files
from bot.documents.parcel import Unwanted
from bot.i18n.catalogues import Catalogues
from bot.model.order import OrderKind
from cards.model import Programme
from cards.text import Text
from certificates import Fonts
from db.store import Store
from tests.support.pdf_text import by_pdfium
from tests.support.world import issuer_of


async def test_what_waits_to_be_drawn_is_of_the_decks_of_its_turn(
    shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    """Not old cards with new words; and nothing of a module that was taken out."""
    issuer, links = issuer_of(fonts), {"web": "http://w/?start="}
    files = Files(shipped, shipped_words, cast(Store, None), issuer, links)
    one, other = shipped.modules["computer"], shipped.modules["cv"]
    changed = replace(one, title=Text("Another machine", one.title.context))
    modules = {id: m for id, m in shipped.modules.items() if id != other.id}
    first, waits, gone = (
        asyncio.create_task(files.printed(OrderKind.HANDOUT, module, "en"))
        for module in (one, one, other)
    )
    while not first.done():
        files.teach(replace(shipped, modules={**modules, one.id: changed}))
        await asyncio.sleep(0)
    assert "Another machine" in " ".join(by_pdfium((await waits).content))
    with pytest.raises(Unwanted):
        await gone
