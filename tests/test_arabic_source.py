"""A module whose author wrote in Arabic (`source: ar`): read, linted, translated, taught, printed,
found and exported like one in English (seed 10)."""

import shutil
from pathlib import Path

import pytest

from bot.commands.lint import check
from bot.i18n.catalogues import RLM, SHIPPED, Catalogues
from bot.i18n.extract import bring_up_to_date, decks
from cards.model import Module, Programme
from cards.module_file import module_file
from cards.reader import read_programme
from catalogues.header import written_in
from certificates import Fonts
from tests.support.chat import Chat
from tests.support.world import TESTS, world_of

ARABIC = TESTS / "data" / "arabic"
ID = "first-day"

pytestmark = pytest.mark.row("10")


@pytest.fixture(scope="module")
def programme() -> Programme:
    return read_programme(ARABIC).programme


@pytest.fixture(scope="module")
def words(programme: Programme) -> Catalogues:
    return Catalogues(programme, SHIPPED, languages=("en", "ar", "fr"))


@pytest.fixture
def module(programme: Programme) -> Module:
    return programme.modules[ID]


def test_it_is_read_and_taught_in_arabic(module: Module, words: Catalogues) -> None:
    assert module.written_in == "ar"
    assert [words.taught_in(ID, reader) for reader in ("ar", "fr", "en")] == ["ar"] * 3
    assert words.line(module.title, "fr") == f"{RLM}أول يوم في العمل"
    kinds = {question.kind.name for deck in module.decks for question in deck.questions}
    assert len(kinds) == 7, "every kind of question"


def test_lint_finds_nothing_and_holds_it_to_the_limits_of_arabic(tmp_path: Path) -> None:
    file = ARABIC / "work" / f"{ID}.md"
    assert not check(file)
    assert not [found for found in check(ARABIC) if found.path.startswith("work/")]
    longer = " ".join(["كلمة"] * 13)
    written = file.read_text("utf-8").replace("من يسأل يخطئ أقل.", f"{longer}.")
    (tmp_path / file.name).write_text(written, "utf-8")
    (found,) = check(tmp_path / file.name)
    assert "13 words in one sentence, 12 are allowed" in found.message and found.fails


@pytest.mark.parametrize("tag", ["arabic", "العربية", "12"])
def test_a_language_that_nobody_knows_is_one_sentence(tag: str, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    written = (ARABIC / "work" / f"{ID}.md").read_text("utf-8")
    path.write_text(written.replace("source: ar", f"source: {tag}"), "utf-8")
    module, (found,) = module_file(path)
    assert module is None
    assert str(found) == f"a.md:2: `source: {tag}` names no language: use a code like ar"


def test_translators_are_told_from_which_language(programme: Programme, tmp_path: Path) -> None:
    template = decks(programme)[ID]
    assert written_in(template) == "ar" and template.get("السلامة", ID)
    assert written_in(decks(programme)["help"]) == "en"
    folder = Path(shutil.copytree(ARABIC, tmp_path / "decks"))
    assert bring_up_to_date(folder, ("en", "ar", "fr")) == 0
    made = {path.parts[-4] for path in folder.glob(f"locales/*/LC_MESSAGES/cards/{ID}.po")}
    assert made == {"en", "fr"}, "nobody translates Arabic into Arabic"
    french = folder / "locales" / "fr" / "LC_MESSAGES" / "cards" / f"{ID}.po"
    before = french.read_bytes()
    assert b"X-Source-Language: ar" in before
    assert bring_up_to_date(folder) == 0 and french.read_bytes() == before


def test_who_reads_arabic_is_taught_and_who_reads_french_is_told(
    programme: Programme, words: Catalogues, fonts: Fonts
) -> None:
    world = world_of(programme, words, fonts)
    mine = Chat(world, words, "ar").turn(f"/start m-{ID}")
    assert "هذه الوحدة" not in mine and "تسأل عن السلامة قبل أن تبدأ" in mine
    theirs = Chat(world, words, "fr").turn(f"/start m-{ID}")
    assert "Ce module est pour l’instant en arabe." in theirs
    assert "تسأل عن السلامة قبل أن تبدأ" in theirs
