"""A module whose author wrote in Arabic (`source: ar`): read, linted, translated, taught, printed,
found and exported like one in English (seed 10)."""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.commands.lint import check
from bot.conversation.turn import Moment, Turn
from bot.documents.print_facts import module_facts
from bot.flows.learning.actions import Cover
from bot.flows.recording.slots import languages_of
from bot.i18n.catalogues import FSI, PDI, RLM, SHIPPED, Catalogues, catalogues_of
from bot.i18n.extract import bring_up_to_date, decks
from bot.model.learner import Learner
from cards.model import Module, Programme
from cards.module_file import module_file
from cards.reader import read_programme
from catalogues import standing
from catalogues.header import written_in
from certificates import Fonts, prints
from db.store import Store
from tests.fakes.telegram import FakeTelegram
from tests.support.certificate_talk import handed_over
from tests.support.chat import Chat
from tests.support.command import pasito
from tests.support.pdf_text import by_pdfium
from tests.support.scholar import Scholar
from tests.support.service import serving
from tests.support.web import Reader, open_site
from tests.support.world import TESTS, Clock, world_of

DECKS = TESTS / "data" / "arabic"
IN_ENGLISH = TESTS / "data" / "arabic-in-english.po"
ID = "first-day"
TITLE = "أول يوم في العمل"


def _taught(root: Path) -> tuple[Programme, Catalogues]:
    programme = read_programme(root).programme
    words = Catalogues(programme, *catalogues_of(root), languages=("en", "ar", "fr"))
    return programme, words


@pytest.fixture(scope="module")
def programme() -> Programme:
    return read_programme(DECKS).programme


@pytest.fixture(scope="module")
def words(programme: Programme) -> Catalogues:
    return Catalogues(programme, SHIPPED, languages=("en", "ar", "fr"))


@pytest.fixture
def module(programme: Programme) -> Module:
    return programme.modules[ID]


@pytest.fixture
def english(tmp_path: Path) -> Path:
    """The same decks, with a catalogue that says all of it in English."""
    folder = Path(shutil.copytree(DECKS, tmp_path / "decks"))
    (catalogues := folder / "locales" / "en" / "LC_MESSAGES" / "cards").mkdir(parents=True)
    shutil.copy(IN_ENGLISH, catalogues / f"{ID}.po")
    return folder


@pytest.mark.row("10")
def test_it_is_read_and_taught_in_arabic(module: Module, words: Catalogues) -> None:
    assert module.written_in == "ar"
    assert [words.taught_in(ID, reader) for reader in ("ar", "fr", "en")] == ["ar"] * 3
    assert words.line(module.title, "fr") == f"{RLM}{TITLE}"
    kinds = {question.kind.name for deck in module.decks for question in deck.questions}
    assert len(kinds) == 7, "every kind of question"


@pytest.mark.row("10")
def test_lint_finds_nothing_and_holds_it_to_the_limits_of_arabic(tmp_path: Path) -> None:
    file = DECKS / "work" / f"{ID}.md"
    assert not check(file)
    assert not [found for found in check(DECKS) if found.path.startswith("work/")]
    longer = " ".join(["كلمة"] * 13)
    written = file.read_text("utf-8").replace("من يسأل يخطئ أقل.", f"{longer}.")
    (tmp_path / file.name).write_text(written, "utf-8")
    (found,) = check(tmp_path / file.name)
    assert "13 words in one sentence, 12 are allowed" in found.message and found.fails


@pytest.mark.parametrize("tag", ["arabic", "العربية", "12"])
def test_a_language_that_nobody_knows_is_one_sentence(tag: str, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    written = (DECKS / "work" / f"{ID}.md").read_text("utf-8")
    path.write_text(written.replace("source: ar", f"source: {tag}"), "utf-8")
    module, (found,) = module_file(path)
    assert module is None
    assert str(found) == f"a.md:2: `source: {tag}` names no language: use a code like ar"


@pytest.mark.row("10")
def test_translators_are_told_from_which_language(programme: Programme, tmp_path: Path) -> None:
    templates = decks(programme)
    assert written_in(templates[ID]) == "ar" and templates[ID].get("السلامة", ID)
    assert [written_in(templates[name]) for name in ("programme", "help")] == ["ar", "en"]
    folder = Path(shutil.copytree(DECKS, tmp_path / "decks"))
    assert bring_up_to_date(folder, ("en", "ar", "fr")) == 0
    made = {path.parts[-4] for path in folder.glob(f"locales/*/LC_MESSAGES/cards/{ID}.po")}
    assert made == {"en", "fr"}, "nobody translates Arabic into Arabic"
    french = folder / "locales" / "fr" / "LC_MESSAGES" / "cards" / f"{ID}.po"
    before = french.read_bytes()
    assert b"X-Source-Language: ar" in before
    assert bring_up_to_date(folder) == 0 and french.read_bytes() == before
    (row,) = (line for line in standing.modules(folder / "locales").splitlines() if ID in line)
    assert row == f"| {ID} | ✔ |  |  |", "whole in Arabic, begun in English and French"


def test_a_catalogue_in_the_language_of_the_author_is_named(english: Path) -> None:
    arabic = english / "locales" / "ar" / "LC_MESSAGES" / "cards" / f"{ID}.po"
    arabic.parent.mkdir(parents=True)
    written = IN_ENGLISH.read_text("utf-8").replace("Language: en", "Language: ar")
    arabic.write_text(written, "utf-8")
    _programme, words = _taught(english)
    assert words.say(_programme.modules[ID].title, "ar") == TITLE
    said = {f.message for f in check(english) if f.path == f"ar/LC_MESSAGES/cards/{ID}.po"}
    assert f"{ID} was written in this language: nobody reads this file" in said


@pytest.mark.row("10")
@pytest.mark.parametrize(
    ("reader", "told"),
    [
        ("ar", "هذه الوحدة متاحة حاليًا باللغة"),
        ("fr", "Ce module est pour l’instant en arabe."),
        ("en", "This module is in Arabic for now."),
    ],
)
def test_who_cannot_be_taught_in_their_language_is_told(
    reader: str, told: str, programme: Programme, words: Catalogues, fonts: Fonts
) -> None:
    chat = Chat(world_of(programme, words, fonts), words, reader)
    cover = chat.turn(f"/start m-{ID}")
    assert (told in cover) is (reader != "ar") and "تسأل عن السلامة قبل أن تبدأ" in cover
    apart = f"🟩 {FSI}{TITLE}{PDI}" in cover
    assert apart is (reader != "ar"), "kept apart from the words around"
    card = chat.turn({"ar": "[◀ ابدأ]", "fr": "[▶ Commencer]", "en": "[▶ Start]"}[reader])
    assert f"\n{RLM}سمية تبدأ غدًا في مطبخ مدرسة." in card


def test_both_languages_stand_one_above_the_other(english: Path, fonts: Fonts) -> None:
    programme, words = _taught(english)
    reader = Learner(1, language="en", also="ar")
    chat = Chat(world_of(programme, words, fonts), words, learner=reader)
    chat.turn(f"/start m-{ID}")
    card = chat.turn("[▶ Start]")
    assert card.index(f"{RLM}سمية تبدأ غدًا") < card.index("Sumaya begins tomorrow")
    french = Chat(world_of(programme, words, fonts), words, learner=replace(reader, language="fr"))
    french.turn(f"/start m-{ID}")
    assert "Sumaya" not in french.turn("[▶ Commencer]"), "theirs would be Arabic, too: once"


@pytest.mark.row("10")
@pytest.mark.parametrize(
    ("reader", "in_english", "title"),
    [("ar", False, TITLE), ("fr", False, TITLE), ("en", True, "The first day at work")],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_it_is_learned_to_the_end_and_certified(
    reader: str,
    in_english: bool,
    title: str,
    english: Path,
    swift: FakeTelegram,
    store: Store,
    fonts: Fonts,
    clock: Clock,
) -> None:
    """By somebody who reads Arabic, by somebody who reads French and knows Arabic, and in the
    English of a catalogue; on the fake Telegram, each question read from the screen."""
    programme, words = _taught(english if in_english else DECKS)
    world = world_of(programme, words, fonts)
    async with serving(swift, store, world, words, fonts, clock) as service:
        scholar = Scholar(service, swift.user(1001), reader)
        await scholar.begins()
        await scholar.learns(programme.modules[ID])
        await scholar.claims("Amina Diallo")
        await handed_over(service)
        papers = [m.file for m in scholar.user.messages if m.file and m.file.kind == "document"]
        learner = await store.learner_at("telegram", "1001")
    assert learner and learner.modules[ID].mark == 100
    module, category, whole = (by_pdfium(paper.content) for paper in papers)
    assert len(module) == len(category) == len(whole) == 2, "its page and its back"
    text = _read(" ".join(module))
    assert _read(title) in text and "Amina Diallo" in text
    assert _read(words.say(programme.modules[ID].outcomes[2], reader)) in text


def _read(text: str) -> str:
    """As it is read: without direction marks and vowel signs, in whatever lines."""
    bare = re.sub("[\u064b-\u0652\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)
    return " ".join(bare.split())


def test_it_is_recorded_in_arabic_also_where_nobody_is_offered_it(
    module: Module, programme: Programme, fonts: Fonts
) -> None:
    without = Catalogues(programme, SHIPPED, languages=("en", "fr"))
    reader = Learner(1, language="fr")
    turn = Turn(reader, world_of(programme, without, fonts), Moment(now=1_790_000_000))
    assert languages_of(module, turn) == ["ar"]


@pytest.mark.row("10")
def test_its_papers_are_in_arabic_and_say_so(
    module: Module, programme: Programme, words: Catalogues, fonts: Fonts
) -> None:
    facts = module_facts(
        module, programme, words, "fr", start="https://t.me/x?start=", made=date(2026, 11, 28)
    )
    assert facts.language == "ar" and facts.glossary[2].term == "السلامة"
    for draw in (prints.handout, prints.card_sheet, prints.workshop, prints.session):
        pages = by_pdfium(draw(facts, fonts))
        assert _read(TITLE) in _read(" ".join(pages))


async def test_the_page_of_papers_says_in_which_language_they_are(
    tmp_path: Path, fonts: Fonts
) -> None:
    async with open_site(DECKS, tmp_path, fonts) as site:
        french = {"Accept-Language": "fr"}
        page = await (await site.client.get(f"/print/{ID}", headers=french)).text()
        assert "en arabe" in page and TITLE in page
        assert f'<h1 lang="ar" dir="rtl">{TITLE}</h1>' in page
        assert '<p lang="ar" dir="rtl">ماذا تفعل' in page
        page = await (await site.client.get("/print", headers=french)).text()
        assert f'href="/print/{ID}?language=fr" lang="ar" dir="rtl">{TITLE}</a>' in page


async def test_a_page_says_of_each_line_which_language_it_is_in(
    tmp_path: Path, fonts: Fonts
) -> None:
    async with open_site(DECKS, tmp_path, fonts) as site:
        reader = Reader(site.client, "fr")
        await reader.opens("/")
        await reader.taps("Français")
        await reader.act(Cover(ID))
        assert '<p lang="ar" dir="rtl">ماذا تفعل قبل أول يوم' in reader.page
        assert "<p>Ce module est pour l’instant en arabe.</p>" in reader.page
        await reader.taps("Commencer")
        assert reader.heading == "سمية عندها عمل جديد"
        assert '<p lang="ar" dir="rtl">سمية تبدأ غدًا' in reader.page


@pytest.mark.row("10")
@pytest.mark.parametrize(
    ("reader", "typed", "found"),
    [
        ("ar", "السلامه", "السلامة – العربية"),
        ("fr", "كشف راتب", "كشف الراتب – العربية"),
        ("en", "payslip", "payslip – English"),
    ],
)
def test_it_is_found_in_the_language_in_which_it_is_taught(
    reader: str, typed: str, found: str, english: Path, fonts: Fonts
) -> None:
    programme, words = _taught(english if reader == "en" else DECKS)
    chat = Chat(world_of(programme, words, fonts), words, learner=Learner(1, language=reader))
    told = re.sub("[\u200f\u2066-\u2069]", "", chat.turn(f"/library {typed}"))
    assert f"• {found} · " in told


@pytest.mark.row("10")
@pytest.mark.parametrize("ending", ["gift", "xml"])
def test_its_questions_go_out_and_come_back(ending: str, tmp_path: Path) -> None:
    out, back = tmp_path / f"first-day.{ending}", tmp_path / f"{ID}.md"
    told = pasito(tmp_path, "export", ID, str(out), cards_dir=str(DECKS))
    assert told.exit_code == 0 and "11 questions" in told.output
    told = pasito(tmp_path, "import", str(out), str(back), "--source", "ar")
    assert "11 questions taken, 0 left out" in told.output
    assert back.read_text("utf-8").startswith("---\nsource: ar\n")
    again, _cards_are_missing = module_file(back)
    mine, _nothing = module_file(DECKS / "work" / f"{ID}.md")
    assert again and mine and again.written_in == "ar"
    for there, here in zip(again.decks, mine.decks, strict=True):
        assert there.id == here.id
        assert [replace(q, line=0) for q in there.questions] == [
            replace(q, line=0) for q in here.questions
        ]
    told = pasito(tmp_path, "import", str(out), str(back), "--force", "--source", "arabic")
    assert told.exit_code == 1 and "“arabic” is no language" in told.output


def test_what_is_missing_is_counted_from_arabic(english: Path, words: Catalogues) -> None:
    programme, translated = _taught(english)
    texts = list(programme.modules[ID].texts())
    assert translated.untranslated(texts, "en") == (0, 0)
    assert words.untranslated(texts, "ar")[1] == 0
    assert words.untranslated(texts, "en")[1] == len({*texts}) == 106
