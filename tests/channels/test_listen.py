"""A card is heard on every channel where it is recorded, when somebody asks for it, and never
else.
"""

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.channels.terminal.channel import Terminal
from bot.conversation.update import Start, Typed
from bot.dispatcher import Dispatcher
from bot.documents.make import Files
from bot.i18n.catalogues import Catalogues
from cards.model import Programme
from cards.reader import read_programme
from certificates import Fonts
from db.store import Store
from tests.fakes.telegram import FakeTelegram
from tests.fakes.whatsapp import FakeWhatsApp
from tests.support.recordings import opus, write
from tests.support.service import serving
from tests.support.web import Reader, open_site
from tests.support.whatsapp import open_whatsapp
from tests.support.world import SMALL, Clock, issuer_of, world_of

DECK = "computer/meet-the-computer"
CARD = opus(6, kilobytes=18)

pytestmark = pytest.mark.row("26", "36")
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = Path(shutil.copytree(SMALL, tmp_path / "decks"))
    write(made, f"en/{DECK}/a-machine", CARD)
    write(made, f"en/{DECK}", opus(60, kilobytes=120))
    write(made, f"en/{DECK}/two-kinds.computer", opus(5, kilobytes=9))
    return made


@pytest.fixture
def spoken(folder: Path) -> Programme:
    return read_programme(folder).programme


@on_sqlite
async def test_on_telegram_it_is_uploaded_once_for_everybody(
    fake: FakeTelegram, store: Store, spoken: Programme, fonts: Fonts, clock: Clock
) -> None:
    words = Catalogues(spoken)
    async with serving(fake, store, world_of(spoken, words, fonts), words, fonts, clock) as service:
        for number in (1001, 1002):
            person = service.fake.user(number)
            await person.starts("m-computer")
            await person.expects(1)
            await person.taps("▶ Start")
            await person.expects(1)
            assert {"🔊 Listen · 18 KB", "🔊 All of it · 120 KB"} <= {
                button.label for button in person.screen.buttons
            }
            assert not person.voices, "nothing comes unasked"
            await person.taps("Listen")
            for _ in range(200):
                if person.voices:
                    break
                await asyncio.sleep(0.05)
            assert [file.content for file in person.voices] == [CARD]
        uploads = [f for f in service.fake.files.values() if f.kind == "voice"]
        assert len(uploads) == 1, "the second person is sent what Telegram has"


async def test_on_the_web_it_is_played_in_place_without_script(
    folder: Path, tmp_path: Path, fonts: Fonts
) -> None:
    async with open_site(folder, tmp_path, fonts) as site:
        reader = Reader(site.client)
        await reader.opens("/?start=m-computer")
        await reader.taps("English")
        await reader.taps("Start")
        assert reader.page.count('<audio controls preload="none"') == 2
        assert "Listen · 18 KB" in reader.text and "All of it · 120 KB" in reader.text
        assert not any("Listen" in label for _do, label in reader.buttons), "played in place"
        url = reader.page.split('<audio controls preload="none" src="')[1].split('"')[0]
        answer = await site.client.get(url)
        assert answer.status == 200 and await answer.read() == CARD
        assert answer.headers["Content-Type"] == "audio/ogg"
        part = await site.client.get(url, headers={"Range": "bytes=0-3"})
        assert part.status == 206 and await part.read() == b"OggS"
        assert (await site.client.get("/audio/0123456789abcdef.ogg")).status == 404
        page = await site.client.get(reader.url)
        assert "media-src 'self'" in page.headers["Content-Security-Policy"]


@on_sqlite
async def test_on_whatsapp_it_is_audio(
    store: Store, spoken: Programme, fonts: Fonts, clock: Clock
) -> None:
    words = Catalogues(spoken)
    world = world_of(spoken, words, fonts)
    async with (
        FakeWhatsApp(clock) as meta,
        open_whatsapp(store, spoken, words, world, fonts, clock, meta),
    ):
        amal = meta.person()
        await amal.says("m-computer")
        await amal.expects(1)
        await amal.taps("Meet the computer")
        await amal.expects(1)
        await amal.says("listen")
        for _ in range(200):
            if amal.shown[-1].file:
                break
            await asyncio.sleep(0.05)
        assert amal.shown[-1].kind == "audio" and amal.shown[-1].file[2] == CARD


@on_sqlite
async def test_in_the_terminal_it_says_where_it_is(
    store: Store, spoken: Programme, fonts: Fonts, tmp_path: Path
) -> None:
    words = Catalogues(spoken)
    world = world_of(spoken, words, fonts)
    dispatcher = Dispatcher(store, world)
    await dispatcher.start()
    files = Files(spoken, words, store, issuer_of(fonts), world.links)
    said: list[str] = []
    out = tmp_path / "files"
    out.mkdir()
    terminal = Terminal(dispatcher, words, store, files.make, out, "en", said.append)
    for step in (Start("m-computer"), Typed("Start"), Typed("Next"), Typed("Computer voice 9 KB")):
        await terminal.turn(step)
    await dispatcher.stop()
    (file,) = out.iterdir()
    assert f"📎 {file}" in said[-1] and "A computer's voice." in said[-1]
    assert file.read_bytes() == opus(5, kilobytes=9)
