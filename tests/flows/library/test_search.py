"""Searching: three ways on, always one to a human, and nothing of the text is kept."""

import re
from dataclasses import replace
from datetime import date
from math import ceil

import pytest

from bot.conversation.action import Place, decode, encode
from bot.conversation.turn import Moment, Turn, World
from bot.conversation.typed_text import commands
from bot.conversation.update import Tap
from bot.flows.learning.actions import Cover
from bot.flows.library.about import PAPERS, SIZE, SMALL, about, is_small
from bot.flows.library.actions import AnswerPage, CardPage, Library, WordPage
from bot.flows.library.search import code_of
from bot.flows.papers.actions import PaperStart
from bot.i18n.catalogues import Catalogues
from bot.model.about import Operator
from bot.model.group import Group
from bot.model.learner import Learner, Membership
from bot.model.papers import PaperKind
from cards.library import Shelf, entries
from catalogues.dates import day_in
from tests.support.chat import Chat


@pytest.fixture
def chat(shipped_world: World, shipped_words: Catalogues) -> Chat:
    return Chat(shipped_world, shipped_words, learner=Learner(1, language="en"))


@pytest.mark.row("22", "25")
@pytest.mark.parametrize("typed", ["/faq interview", "/library intreview"])
def test_words_behind_the_command_are_looked_for_at_once(chat: Chat, typed: str) -> None:
    """Seed 22 and 25."""
    told = chat.turn(typed)
    assert "💬 How do I prepare for an interview?" in told
    assert "📘 Preparation for a job interview" in told and "📄 On paper: Job interview" in told
    assert sum(line[:2] in ("1.", "2.", "3.", "4.") for line in told.splitlines()) == 3


@pytest.mark.row("25")
def test_what_is_found_is_opened(chat: Chat) -> None:
    chat.turn("/library")
    assert "📖 password" in chat.turn("pasword")
    told = chat.turn("[🔖 Your password]")
    assert "opens your account" in told and "The computer" in told
    assert "📎 PaperOrdered computer en" in chat.turn("[📄 On paper]")
    assert "Start and stop" in chat.turn("[▶ This lesson]") or chat.learner.attempts
    chat.turn("/library password")
    assert "**password**" in chat.turn("[📖 password]") or "password:" in chat.turn("(voice)")


@pytest.mark.row("25")
def test_what_is_found_is_opened_by_its_number_too(chat: Chat) -> None:
    for typed in ("/library", "cv", "/search cv", "/chercher cv"):
        told = chat.turn(typed)
    chat.turn(next(line[0] for line in told.splitlines() if "💬 How do I write a CV?" in line))
    assert isinstance(place_of(chat), AnswerPage)
    told = chat.turn("/library password")
    chat.turn(next(line[0] for line in told.splitlines() if "📖 password" in line))
    assert isinstance(place_of(chat), WordPage)


def test_an_answer_leads_to_the_page_that_it_speaks_of(chat: Chat) -> None:
    known = commands()
    answers = chat.world.programme.answers
    spoken = [(a.id, each[1:]) for a in answers for each in a.see if each.startswith("/")]
    assert len(spoken) >= 8
    for answer, name in spoken:
        chat.does(Tap(encode(AnswerPage(answer))))
        page = known[name]
        assert isinstance(page, Place) and page.command and page.command.menu
        chat.turn(f"[{page.command.menu.source}]")
        assert place_of(chat) == page, answer
    chat.does(Tap(encode(AnswerPage("interview"))))
    chat.turn("[Preparation for a job interview]")
    assert place_of(chat) == Cover("interview")


def place_of(chat: Chat) -> Place | None:
    found = decode(chat.learner.place)
    return found if isinstance(found, Place) else None


def test_everything_that_can_be_found_has_a_code_of_its_own(chat: Chat) -> None:
    all_of_them = list(entries(chat.world.programme))
    assert len({code_of(entry) for entry in all_of_them}) == len(all_of_them) > 1000


@pytest.mark.row("31")
def test_who_has_no_computer_learns_where_there_are_some(chat: Chat) -> None:
    assert "Where can I use a computer for free?" in chat.turn("/faq computer for free")


@pytest.mark.row("22")
def test_nothing_found_leads_to_a_human(chat: Chat) -> None:
    told = chat.turn("/faq xqzz qwrt")
    assert "I found nothing for that" in told and "Who runs this answers, too. " in told
    assert "📍 Help near you" in told and "💬 Questions and answers" in told


def test_somebody_of_a_group_is_led_to_the_counsellor(chat: Chat) -> None:
    mine = Membership("Tuesday", "AMSED", "Rim", date(2026, 9, 1), 1)
    chat.people.groups[1] = Group(1, 2, "token", "Tuesday", "AMSED", "Rim", "en")
    chat.learner = replace(chat.learner, groups={1: mine})
    for typed in ("/faq xqzz", "/library cv", "/faq"):
        told = chat.turn(typed)
        assert "[✉ Ask Rim]" in told and "Who runs this" not in told
    assert "Your message to Rim" in chat.turn("[✉ Ask Rim]")
    for place in ("0", "/library", "/faq"):  # the words of its button, where it is and where not
        chat.turn(place)
        assert "Your message to Rim" in chat.turn("ask rim")


def test_who_runs_the_service_is_named_where_the_settings_say_it(chat: Chat) -> None:
    chat.world = replace(chat.world, operator=Operator(name="Verein Ankommen, Berlin"))
    told = chat.turn("/faq xqzz qwrt")
    assert "Who runs this answers, too: Verein Ankommen, Berlin" in told
    assert "migrantech.org" not in told


def test_unknown_words_anywhere_are_looked_up_but_not_at_a_question(chat: Chat) -> None:
    chat.turn("0")
    told = chat.turn("salary not paid this month")
    assert "Perhaps this helps" in told or "🔎" in told
    chat.turn("[▶ Start]")
    while not chat.screens[-1].asks:
        chat.turn("[Next]")
    asked = chat.screens[-1].title
    told = chat.turn("unpaid wages exploitation")
    assert chat.screens[-1].title == asked and "Perhaps this helps" not in told


def test_the_list_of_questions_and_an_answer(chat: Chat) -> None:
    told = chat.turn("/faq")
    assert "Is it free?" in told and "[More ▶]" in told
    assert "Nobody asks for your name" in chat.turn("[Do I need]")
    chat.turn("[Back]")
    assert "💬 How do I delete everything?" in chat.turn("erase my account")


def test_what_is_typed_is_kept_nowhere(chat: Chat) -> None:
    for typed in ("/library Amina Haddad certificate", "/faq Amina Haddad", "Amina Haddad cv"):
        chat.turn(typed)
        assert "Haddad" not in repr(chat.learner)


@pytest.mark.parametrize(
    "gone", [AnswerPage("x"), CardPage("computer", 1), CardPage("x", 1), WordPage("computer", 1)]
)
def test_what_is_gone_is_no_dead_end(chat: Chat, gone: Library) -> None:
    chat.learner = replace(chat.learner, place=encode(gone))
    chat.turn("(voice)")
    assert chat.screens[-1].buttons


@pytest.mark.parametrize(("language", "typed"), [("ar", "شهاده"), ("fr", "certifcat")])
def test_in_the_readers_language(chat: Chat, language: str, typed: str) -> None:
    chat.learner = replace(chat.learner, language=language, place=encode(Library()))
    told = chat.turn(typed)
    answer = next(a for a in chat.world.programme.answers if a.id == "certificate")
    assert chat.words.say(answer.question, language) in told


def test_a_card_of_a_hard_module_begins_with_a_word_on_it(chat: Chat) -> None:
    trauma = chat.world.programme.modules["trauma"]
    card = trauma.decks[0].cards[0]
    chat.turn("/library")
    chat.turn(card.title.source)
    label = next(b for b in chat.screens[-1].options if "🔖" in chat.words.say(b.label, "en"))
    chat.turn(f"[{chat.words.say(label.label, 'en')}]")
    assert "hard things" in chat.turn("(voice)") or not trauma.sensitive


@pytest.mark.row("25")
def test_each_find_says_its_language_its_size_and_when_somebody_looked(chat: Chat) -> None:
    told = chat.turn("/library cv")
    assert "1. 📄 My CV" in told, "the paper to fill in"
    assert "📘 How to write a CV" in told and "[📄 On paper: My CV]" in told
    assert re.search(
        r"• 📄 My CV – \u2068English, العربية.* · at most 40 KB · made on the day you ask for it\n",
        told,
    ), "in which languages it is made"
    module = chat.world.programme.modules["cv"]
    assert f"• How to write a CV – English · text of {day_in(module.modified, 'en')}\n" in told
    assert "Without a size: less than 20 KB." in told, "what is small is said once for all"
    chat.turn("[My CV]")
    assert chat.learner.place == encode(PaperStart(PaperKind.CV))
    told = chat.turn("/library bapa brussels")
    (one,) = [one for one in chat.world.programme.resources if one.id == "bapa-bxl"]
    assert f"Français, English · checked on {day_in(one.checked, 'en')}" in told


@pytest.mark.row("25")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_whatever_can_be_found_has_a_language_a_size_and_a_day(chat: Chat, language: str) -> None:
    """Each of more than a thousand entries. A day is never a bare number: it says what it is of."""
    chat.learner = replace(chat.learner, language=language)
    turn = Turn(chat.learner, chat.world, Moment(now=chat.now))
    everything = [*PAPERS, *entries(turn.programme)]
    assert len(everything) > 1000
    for entry in everything:
        said = re.sub("[\u200f\u2066-\u2069]", "", chat.words.say(about(entry, turn), language))
        if entry.shelf is Shelf.HELP:  # of a bare name what it is comes before
            _is, _dot, said = said.partition(" · ")
        what, *size, day = said.split(" · ")
        assert what.strip() and (size or is_small(entry, turn)), said
        assert all(re.search(r"\d+ (KB|كيلوبايت)", each) for each in size), said
        assert entry.shelf is Shelf.PAPER or re.search(r"\w+ \d+ \w+ 20\d\d$", day), said


@pytest.mark.row("25")
def test_the_day_of_a_text_is_never_taken_for_that_of_a_review(chat: Chat) -> None:
    turn = Turn(chat.learner, chat.world, Moment(now=chat.now))
    cv = next(e for e in entries(turn.programme) if e.shelf is Shelf.MODULE and e.id == ("cv",))
    module = replace(turn.programme.modules["cv"], modified=date(2026, 11, 26))
    for changes, end in (
        ({"reviewed_on": None}, "English · text of 26 November 2026"),
        (
            {"reviewed_on": date(2026, 12, 1)},
            "26 November 2026 · reviewed on 1 December 2026",
        ),
        (
            {"reviewed_on": date(2026, 12, 1), "modified": None},
            "reviewed on 1 December 2026",
        ),
        ({"modified": None}, "English"),
    ):
        modules = {**turn.programme.modules, "cv": replace(module, **changes)}
        world = replace(turn.world, programme=replace(turn.programme, modules=modules))
        said = chat.words.say(about(cv, replace(turn, world=world)), "en")
        assert re.sub("[\u2066-\u2069]", "", said).endswith(end), said


@pytest.mark.row("25")
def test_what_is_not_translated_is_said_to_be_in_english(chat: Chat) -> None:
    chat.learner = replace(chat.learner, language="so")
    told = chat.turn("/library interview")
    assert re.search(r"\n• Preparation for a job interview – English · ", told)
    assert "? – Soomaali · " in told, "the answer is translated, the lessons are not"
    chat.learner = replace(chat.learner, language="ar")
    assert "سيرتي" in chat.turn("/library سيرة ذاتية"), "a paper that is not far behind comes, too"


@pytest.mark.row("25", "31")
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_search_and_the_cover_say_the_same_size(chat: Chat, language: str) -> None:
    """Of every module, in kilobytes of the language in which it is read, from 20 on."""
    chat.learner = replace(chat.learner, language=language)
    turn = Turn(chat.learner, chat.world, Moment(now=chat.now))
    modules = [e for e in entries(turn.programme) if e.shelf is Shelf.MODULE]
    assert len(modules) > 30
    for entry in modules:
        module = turn.programme.offered[entry.id[0]]
        size = ceil(sum(len(chat.words.say(t, language).encode()) for t in module.texts()) / 1024)
        said = re.compile(rf"(?<!\d){re.escape(chat.words.say(SIZE.of(size=size), language))}")
        assert bool(said.search(chat.words.say(about(entry, turn), language))) is (size >= SMALL)
        assert is_small(entry, turn) is (size < SMALL)
        assert said.search(chat.does(Tap(encode(Cover(module.id)))))
