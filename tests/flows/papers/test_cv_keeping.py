"""How long answers of a CV are there, and that nothing of them is anywhere else."""

from dataclasses import replace

import msgspec

from bot.conversation.action import Home, encode
from bot.conversation.turn import World
from bot.conversation.update import Tap
from bot.flows.account.actions import Delete, MyData, Privacy
from bot.flows.learning.actions import ForStaff
from bot.flows.papers.actions import (
    DeletePaper,
    ErasePaper,
    KeepPaper,
    MakePaper,
    MyPapers,
    PaperAsk,
    PaperReady,
    PaperStart,
    PickAnswer,
)
from bot.flows.papers.steps import Step
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner
from bot.model.merge import merge
from bot.model.pairs import AboutMe
from bot.model.papers import PaperKind
from tests.support.papers import ONE_JOB, Applicant


def whole(world: World, words: Catalogues, language: str = "en") -> Applicant:
    person = Applicant(world, words, language, "fr")
    person.begin()
    person.fill(ONE_JOB, "plumber")
    return person


def test_nothing_of_it_is_in_the_snapshot_or_on_a_button(
    shipped_world: World, shipped_words: Catalogues
) -> None:
    person = Applicant(shipped_world, shipped_words, "en", "fr")
    person.begin()
    planted = ("plumber", "Zarmina", "12 34 56", "zarmina@", "Villeurbanne", "building")
    for _ in range(60):
        snapshot = msgspec.json.encode(person.chat.learner).decode()
        buttons = [encode(b.action) for b in person.chat.screens[-1].buttons]
        assert not [w for w in planted if w in snapshot or any(w in b for b in buttons)]
        if isinstance(person.place, PaperReady):
            return
        person.answer(ONE_JOB, "plumber")
    raise AssertionError


def test_the_first_screen_privacy_and_my_data_say_it(
    shipped_world: World, shipped_words: Catalogues
) -> None:
    person = whole(shipped_world, shipped_words)
    new = Applicant(shipped_world, shipped_words, "en", "fr")
    assert "locked and kept for 7 days after your last change" in new.tap(PaperStart(PaperKind.CV))
    assert "locked and kept for 7 days, 90 if you say so" in person.tap(Privacy())
    told = person.tap(MyData())
    for said in ("Your CV", "Plumber", "Zarmina Qaderi", "+33 6 12 34 56 78", "Villeurbanne"):
        assert said in told
    assert "papers for work are deleted, too" in person.tap(Delete())
    assert "papers for work are deleted" not in new.tap(Delete())


def test_a_draft_past_its_day_says_so(shipped_world: World, shipped_words: Catalogues) -> None:
    person = whole(shipped_world, shipped_words)
    person.tap(PaperAsk(PaperKind.CV, Step.SCHOOL, 0, 0, True))
    person.chat.now += 8 * 86400
    said = person.tap(PickAnswer(PaperKind.CV, Step.SCHOOL, 0, 1))
    assert said.count("Your answers were deleted on 28 September 2026, as promised.") == 1
    assert "In which language shall the paper be?" in said
    assert "Go on with your CV" not in person.tap(Home())


def test_kept_for_ninety_days(shipped_world: World, shipped_words: Catalogues) -> None:
    person = whole(shipped_world, shipped_words)
    person.tap(KeepPaper(PaperKind.CV, True))
    person.chat.now += 89 * 86400
    assert "Plumber" in person.tap(PaperReady(PaperKind.CV))
    assert person.cv.days == 90
    person.tap(KeepPaper(PaperKind.CV, False))
    person.chat.now += 8 * 86400
    assert "as promised" in person.tap(PaperReady(PaperKind.CV))


def test_one_question_and_it_is_deleted(shipped_world: World, shipped_words: Catalogues) -> None:
    person = whole(shipped_world, shipped_words)
    drafts = person.chat.people.drafts.kept
    person.tap(ErasePaper(PaperKind.CV))
    assert drafts, "an old button asks"
    assert DeletePaper(PaperKind.CV) == person.place
    person.tap(ErasePaper(PaperKind.CV))
    assert not drafts and person.chat.learner.papers == ()
    assert "In which language" in person.tap(PaperReady(PaperKind.CV))


def test_the_way_to_delete_is_on_every_screen(
    shipped_world: World, shipped_words: Catalogues
) -> None:
    person = Applicant(shipped_world, shipped_words, "ar", "fr")
    person.begin()
    for _ in range(60):
        actions = [button.action for button in person.chat.screens[-1].buttons]
        assert DeletePaper(PaperKind.CV) in actions
        screen = person.chat.screens[-1]
        assert len(screen.options) + len([row for row in screen.rows if row]) <= 7, screen.title
        if isinstance(person.place, PaperReady):
            return
        person.answer(ONE_JOB)
    raise AssertionError


def test_an_old_button_answers_no_other_question(
    shipped_world: World, shipped_words: Catalogues
) -> None:
    person = Applicant(shipped_world, shipped_words, "en", "fr")
    person.begin()
    old = person.picks()[3]
    person.fill(ONE_JOB)
    before = person.cv
    said = person.tap(old)
    assert "This is where you are now" in said and person.cv == before
    person.tap(Home())
    person.tap(old)
    assert person.cv == before


def test_a_lesson_in_between_and_a_new_start(
    shipped_world: World, shipped_words: Catalogues
) -> None:
    person = Applicant(shipped_world, shipped_words, "en", "fr")
    person.begin()
    for _ in range(8):
        person.answer(ONE_JOB)
    where = person.place
    person.type("/start")
    assert "Go on with your CV" in person.chat.drawn(person.chat.screens[-1], "en")
    person.chat.turn("[Go on with your CV]")
    assert person.place == where


def test_an_admin_with_a_pair_and_a_cv_begun_finds_all_ways_at_home(
    shipped_world: World, shipped_words: Catalogues
) -> None:
    """What staff has lies behind one button."""
    person = Applicant(shipped_world, shipped_words, "en", "fr")
    person.begin()
    person.answer(ONE_JOB)
    person.chat.admin = True
    person.chat.learner = replace(person.chat.learner, about_me=AboutMe(pairs=(1,)))
    home = person.tap(Home())
    for way in ("My pair", "Go on with your CV", "My papers", "For staff"):
        assert way in home
    staff = person.tap(ForStaff())
    for way in ("Your groups", "Broadcasts", "Staff", "Record"):
        assert way in staff


def test_two_accounts_that_join_know_that_there_is_a_paper() -> None:
    one, other = Learner(1, papers=("cv",)), Learner(2, papers=("letter",))
    assert merge(one, other).papers == ("cv", "letter")
    assert replace(one, papers=("cv",)).begun


def test_the_second_language_is_one_tap(shipped_world: World, shipped_words: Catalogues) -> None:
    person = whole(shipped_world, shipped_words, "ar")
    buttons = [b.action for b in person.chat.screens[-1].buttons if isinstance(b.action, MakePaper)]
    assert [button.language for button in buttons] == ["fr", "ar"]
    said = person.chat.does(Tap(encode(buttons[1])))
    assert "📎 PaperOrdered ar" in said
    assert "zarmina" not in encode(buttons[1])


def test_all_papers_are_named_before_a_first_cv(
    shipped_world: World, shipped_words: Catalogues
) -> None:
    """Who wants a letter alone sees that there is one, reads what it is made of, and begins."""
    new = Applicant(shipped_world, shipped_words, "en", "fr")
    said = new.tap(MyPapers())
    for paper in ("1. 📄 My CV", "Letter, phone, e-mail", "Skills profile", "Placement"):
        assert paper in said
    for kind in (PaperKind.LETTER, PaperKind.PROFILE):
        assert "made of your CV" in new.tap(PaperStart(kind))
        said = new.tap(new.chat.screens[-1].options[0].action)
        assert "Your CV" in said and "In which language shall the paper be?" in said
