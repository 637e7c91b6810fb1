"""The bot in the terminal, to the certificate and the annex in a folder."""

from pathlib import Path

import pytest

from bot.channels.terminal.channel import Terminal
from bot.conversation.turn import World
from bot.conversation.update import Start, Typed
from bot.dispatcher import Dispatcher
from bot.documents.make import Files
from bot.documents.parcel import MadeFile, Make, Unwanted
from bot.i18n.catalogues import Catalogues
from cards.model import Programme
from certificates import Fonts, MissingGlyphs
from db.outbox import Delivery
from db.store import Store
from tests.support.world import Clock, issuer_of

TYPED = ("▶ Start", "next", "1", "next", "Get my certificate", "Amina Diallo", "1")


async def _to_the_certificate(
    store: Store, world: World, words: Catalogues, make: Make, folder: Path
) -> str:
    said: list[str] = []
    dispatcher = Dispatcher(store, world, Clock())
    await dispatcher.start()
    terminal = Terminal(dispatcher, words, store, make, folder, "en", said.append)
    for step in (Start("m-phone"), *map(Typed, TYPED)):
        await terminal.turn(step)
    await dispatcher.stop()
    return "\n".join(said)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_certificate_and_annex_are_files_in_a_folder(
    store: Store,
    world: World,
    words: Catalogues,
    programme: Programme,
    fonts: Fonts,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    said = await _to_the_certificate(
        store,
        world,
        words,
        Files(programme, words, store, issuer_of(fonts), world.links).make,
        folder,
    )
    names = sorted(path.name for path in folder.iterdir())
    assert (
        len(names) == 2
        and any("Amina-Diallo" in name for name in names)
        and any("About-the-project" in name for name in names)
    )
    assert all(path.read_bytes().startswith(b"%PDF") for path in folder.iterdir())
    assert (
        said.count("📎") == 2
        and "This certificate is not a diploma" in said
        and "/annex/en.pdf" in said
    )
    assert await store.outbox.of("terminal", "here") == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("why", "said"),
    [(MissingGlyphs("𒀀"), "could not be made"), (Unwanted(), "There is no file")],
    ids=["letters", "taken away"],
)
async def test_a_file_that_cannot_be_made_is_one_sentence(
    store: Store, world: World, words: Catalogues, tmp_path: Path, why: Exception, said: str
) -> None:
    async def refused(delivery: Delivery) -> MadeFile:
        raise why

    assert said in await _to_the_certificate(store, world, words, refused, tmp_path)
    assert await store.outbox.of("terminal", "here") == []
