"""Pictures on Telegram: above the text of the one message that is edited (docs/decisions/
pictures.md)."""

import shutil
from collections.abc import AsyncIterator

import pytest

from bot.i18n.catalogues import Catalogues
from cards.model import Programme
from cards.reader import SHIPPED, read_programme
from certificates import Fonts
from db.store import Store
from tests.fakes.telegram import FakeTelegram, User
from tests.support.service import Service, serving
from tests.support.world import SMALL, Clock, world_of

CARD = "![A phone](📱)\n\nYou press the green button to call."


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    decks = tmp_path_factory.mktemp("pictured") / "decks"
    shutil.copytree(SMALL, decks)
    phone = decks / "digital-skills" / "phone.md"
    phone.write_text(phone.read_text("utf-8").replace(CARD.split("\n\n")[1], CARD), "utf-8")
    (decks / "pictures").mkdir()
    shutil.copy(SHIPPED / "pictures" / "1F4F1.svg", decks / "pictures")
    return read_programme(decks).programme


@pytest.fixture
async def served(
    request: pytest.FixtureRequest,
    fake: FakeTelegram,
    store: Store,
    pictured: Programme,
    fonts: Fonts,
    clock: Clock,
) -> AsyncIterator[Service]:
    words = Catalogues(pictured)
    world = world_of(pictured, words, fonts)
    async with serving(fake, store, world, words, fonts, clock, request.param) as service:
        yield service


async def _to_the_card(service: Service) -> User:
    amina = service.fake.user(1001)
    await amina.says("/start m-phone")
    await amina.expects(1)
    await amina.taps("Start")
    await amina.expects()
    return amina


@pytest.mark.parametrize("served", ["https://learn.example.org"], indirect=True)
async def test_a_picture_costs_no_message(served: Service) -> None:
    amina = await _to_the_card(served)
    preview = amina.screen.preview
    assert preview["url"].startswith("https://learn.example.org/picture/")
    assert preview["url"].endswith("/1F4F1.svg.png") and preview["show_above_text"]
    assert "A phone" not in amina.screen
    before = len(served.fake.calls_of("sendMessage", "sendPhoto"))
    card = amina.screen
    await amina.taps("Next")
    await amina.expects()
    assert amina.screen is card and not card.preview, "the question has none"
    assert len(served.fake.calls_of("sendMessage", "sendPhoto")) == before


@pytest.mark.parametrize("served", [""], indirect=True)
async def test_without_a_public_address_it_is_said(served: Service) -> None:
    amina = await _to_the_card(served)
    assert not amina.screen.preview and "📱 A phone" in amina.screen


@pytest.mark.row("36")
@pytest.mark.parametrize("served", ["https://learn.example.org"], indirect=True)
async def test_low_data_is_remembered(served: Service) -> None:
    amina = await _to_the_card(served)
    await amina.says("/data low")
    await amina.expects()
    assert not amina.screen.preview and "📱 A phone" in amina.screen
    assert "No pictures from now on" in amina.screen
    await amina.says("/data full")
    await amina.expects()
    assert amina.screen.preview and "A phone" not in amina.screen
