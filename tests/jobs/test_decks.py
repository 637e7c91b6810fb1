"""When changed decks are looked at, and that a fault leaves everything as it was."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import assembly, metrics
from bot.i18n.catalogues import Catalogues
from bot.jobs.decks import DeckWatch, lint_faults, stamps
from bot.jobs.recordings import Laid
from bot.settings import SettingError
from bot.web.pictures import Pictures
from bot.web.style import Style
from cards.model import Programme
from tests.support.own_decks import own_decks
from tests.support.service import Service
from tests.support.world import SMALL, taught


@pytest.fixture(autouse=True)
def unfrozen() -> Iterator[None]:
    """Taking decks hides what is there from the collector; tests that count objects look at it."""
    yield
    gc.unfreeze()


class Watched:
    """A folder that is looked at, and what became of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: tuple[str, ...] = ()
        self.taken: list[str] = []
        self.told: list[str] = []
        self.checks = 0
        self.meanwhile: list[str] = []
        """Files that somebody writes while the others are checked."""
        self.watch = DeckWatch([folder], self._faults, self._read, self.taken.append, self._tell, 0)

    async def _faults(self) -> tuple[str, ...]:
        self.checks += 1
        for name in self.meanwhile:
            (self.folder / name).write_text("x")
        return self.faults

    def _read(self) -> str:
        text = (self.folder / "deck.md").read_text()
        if not text:
            raise SettingError("empty")
        return text

    async def _tell(self, why: str) -> None:
        self.told.append(why)


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    (tmp_path / "deck.md").write_text("one")
    return Watched(tmp_path)


async def test_only_what_changed_is_read_and_only_once(watched: Watched) -> None:
    await watched.watch.look()
    assert watched.checks == 0
    (watched.folder / "deck.md").write_text("two!")
    (watched.folder / ".deck.md.swp").write_text("an editor's")
    for _ in range(3):
        await watched.watch.look()
    assert (watched.taken, watched.checks) == (["two!"], 1)


async def test_a_fault_is_told_once_and_nothing_is_taken(watched: Watched) -> None:
    (watched.folder / "deck.md").write_text("broken")
    watched.faults = ("deck.md:1: a", "deck.md:2: b", "deck.md:3: c", "deck.md:4: d")
    for _ in range(3):
        await watched.watch.look()
    assert not watched.taken
    assert watched.told == ["deck.md:1: a; deck.md:2: b; deck.md:3: c"]
    assert metrics.DECKS_REFUSED._value.get() == 1
    watched.faults = ()
    (watched.folder / "deck.md").write_text("")
    await watched.watch.look()
    assert watched.told[1:] == ["empty"] and not watched.taken
    (watched.folder / "deck.md").write_text("mended")
    await watched.watch.look()
    assert watched.taken == ["mended"] and metrics.DECKS_REFUSED._value.get() == 0


async def test_what_is_still_being_written_waits(watched: Watched) -> None:
    (watched.folder / "deck.md").write_text("two!")
    watched.meanwhile = ["more.md"]
    await watched.watch.look()
    assert not watched.taken
    watched.meanwhile = []
    await watched.watch.look()
    assert watched.taken == ["two!"]


def test_a_folder_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    assert stamps([tmp_path / "nowhere"]) == frozenset()


async def test_lint_is_asked_in_a_process_of_its_own(tmp_path: Path) -> None:
    file = own_decks(tmp_path)
    assert await lint_faults(tmp_path) == ()
    file.write_text(file.read_text("utf-8").replace("## You did not", "# You did not", 1), "utf-8")
    assert any("cell-phone.md" in fault for fault in await lint_faults(tmp_path))


async def test_everything_goes_on_with_the_newer_programme(
    service: Service, tmp_path: Path
) -> None:
    """Titles, words, pictures and colours, and none of it is kept from before."""
    folder = shutil.copytree(SMALL, tmp_path / "decks")
    programme, words = taught(SMALL)
    style, pictures = Style.of(programme), Pictures(programme)
    for follower in (style, pictures, service.files):
        service.dispatcher.follow(follower.teach)
    before = style.url
    file = folder / "programme.yaml"
    file.write_text(
        file.read_text("utf-8").replace("icon: 🟦", "icon: 🟦, colour: '#047857'"), "utf-8"
    )
    newer, more = taught(folder)
    parts = _Parts(programme, words, service)
    assembly.teach(parts, (newer, more))  # type: ignore[arg-type]
    assert service.dispatcher.programme is newer is service.files.programme
    assert service.dispatcher.world.say == more.say != words.say
    assert words.languages == more.languages
    assert style.url != before


class _Parts:
    def __init__(self, programme: Programme, words: Catalogues, service: Service) -> None:
        self.programme, self.words, self.dispatcher = programme, words, service.dispatcher
        self.decks, self.laid = programme, dict[str, Laid]()
