"""What is kept compiled of a language is what its files say, whatever happens to either."""

import os
from pathlib import Path
from shutil import copytree

import pytest

from bot.i18n.catalogues import SHIPPED, Catalogues
from bot.i18n.language import COMPILED, language_of
from cards.reader import SHIPPED as DECKS
from tests.support.world import taught

PROGRAMME = taught(DECKS)[0]
TEMPLATE = SHIPPED / "bot.pot"


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    for path in (*SHIPPED.glob("fr/LC_MESSAGES/bot.po"), *SHIPPED.glob("fr/**/computer.po")):
        there = tmp_path / path.relative_to(SHIPPED)
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_bytes(path.read_bytes())
    return tmp_path


def _kept(locales: Path) -> list[Path]:
    return sorted((locales / COMPILED).glob("fr-*"))


def test_the_second_reading_says_what_the_first_said(locales: Path) -> None:
    first = language_of([locales], "fr", TEMPLATE)
    (kept,) = _kept(locales)
    before = kept.stat().st_mtime_ns
    assert language_of([locales], "fr", TEMPLATE) == first
    assert kept.stat().st_mtime_ns == before
    assert first.lessons["computer"]["The computer"] == "L’ordinateur"


def test_a_changed_file_is_read_anew_and_the_old_reading_goes(locales: Path) -> None:
    language_of([locales], "fr", TEMPLATE)
    path = locales / "fr/LC_MESSAGES/cards/computer.po"
    before = path.stat()
    path.write_text(path.read_text("utf-8").replace("L’ordinateur", "L’ordi"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # not even the clock tells
    again = language_of([locales], "fr", TEMPLATE)
    assert again.lessons["computer"]["The computer"] == "L’ordi"
    assert len(_kept(locales)) == 1


@pytest.mark.parametrize("content", [b"", b"\x81", b"not what was kept", b"\x84"])
def test_what_cannot_be_read_is_made_again(locales: Path, content: bytes) -> None:
    first = language_of([locales], "fr", TEMPLATE)
    (kept,) = _kept(locales)
    kept.write_bytes(content)
    assert language_of([locales], "fr", TEMPLATE) == first


def test_where_nothing_can_be_kept_the_files_are_read(locales: Path) -> None:
    (locales / COMPILED).write_text("a file stands in the way")
    assert language_of([locales], "fr", TEMPLATE).lessons["computer"]


def test_what_is_to_mend_is_told_each_time(locales: Path) -> None:
    path = locales / "fr/LC_MESSAGES/bot.po"
    path.write_text(path.read_text("utf-8") + '\nmsgid "A {place}"\nmsgstr "Un lieu"\n', "utf-8")
    for _ in range(2):
        found = Catalogues(PROGRAMME, locales).findings
        assert any("the placeholder place is missing" in f.message for f in found)


def test_the_words_that_ship_are_the_same_without_what_is_kept(tmp_path: Path) -> None:
    copytree(SHIPPED, tmp_path / "locales", ignore=lambda _folder, names: {COMPILED} & {*names})
    plain, kept = Catalogues(PROGRAMME, tmp_path / "locales"), Catalogues(PROGRAMME)
    assert plain.languages == kept.languages
    for module in PROGRAMME.modules.values():
        for language in kept.languages:
            assert plain.taught_in(module.id, language) == kept.taught_in(module.id, language)
            assert [*(plain.say(t, language) for t in module.texts())] == [
                *(kept.say(t, language) for t in module.texts())
            ]
