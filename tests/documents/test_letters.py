"""Letters and profiles: sentences that fall away, two languages line by line, named rules."""

import re
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from bot.documents.letters import call_script, letter_facts, mail_text
from bot.documents.paper_words import PaperWords
from bot.documents.profiles import profile_facts
from bot.documents.work import cv_facts
from bot.flows.library.about import PAPER_SIZE
from bot.model.group import is_sensitive
from bot.model.learner import Learner, ModuleProgress
from bot.model.papers import Cv, Job, Letter, Profile, Tongue, Trade
from bot.model.suggestions import CONDITIONS, MOST, Answers, known_tasks, suggestions
from cards.lint_work import CONDITIONS as KNOWN
from cards.reader import SHIPPED
from certificates.prints.cv_text import cv_text
from certificates.prints.letter import letter, letter_text
from certificates.prints.profile import profile, profile_text
from tests.support.pdf_text import by_pdfium, words
from tests.support.world import WORK, every_font, taught

PROGRAMME, WORDS = taught(SHIPPED)
LANGUAGES = WORDS.complete(WORK.texts())
DAY = date(2026, 11, 27)
LEARNER = Learner(
    1,
    modules={"computer": ModuleProgress(DAY, DAY, 1800, done=DAY, mark=90, rule=70)},
)
CV = Cv(
    wanted=Trade("cook"),
    form=1,
    jobs=(
        Job(
            "paid", Trade("cook"), country="SY", how_long="3-5", tasks=WORK.tasks_of("kitchen")[:4]
        ),
    ),
    tongues=(Tongue("ar", first=True), Tongue("fr", "A2")),
    licences=("car-b",),
    when="any-hours",
    courses=("computer",),
    name="Amina Rahimi",
    phone="06 12 34 56 78",
    mail="amina@example.org",
)
LETTER = Letter(seen="internet", wish="trial", company="Chez Ali", contact="Mme Durand")
BARE = Cv(wanted=Trade("cook"))


def said(language: str) -> PaperWords:
    return PaperWords(WORDS, WORK, language)


def written(cv: Cv, answers: Letter, language: str) -> str:
    return letter_text(letter_facts(cv, answers, said(language), LEARNER, PROGRAMME, DAY))


@pytest.mark.row("24")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_is_one_page_with_every_answer(language: str) -> None:
    facts = letter_facts(CV, LETTER, said(language), LEARNER, PROGRAMME, DAY)
    content = letter(facts, every_font())
    with pypdfium2.PdfDocument(content) as document:
        assert len(document) == 1
    assert len(content) <= PAPER_SIZE * 1000
    text = letter_text(facts)
    for answer in ("Chez Ali", "Mme Durand", "06 12 34 56 78", "amina@example.org"):
        assert answer in text
    for told in (
        text,
        call_script(CV, LETTER, said(language)),
        mail_text(CV, LETTER, said(language)),
    ):
        assert not re.search(r"[{}]", told), "every slot is filled"
        assert "Amina Rahimi" in told


def _sentences(text: str) -> set[str]:
    return {part.strip() for part in re.split(r"(?<=[.!?؟])\s|\n", text)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_without_its_answer_falls_away(language: str) -> None:
    whole = _sentences(written(CV, LETTER, language))
    for changes in ({"phone": ""}, {"when": ""}, {"licences": ()}, {"tongues": ()}, {"jobs": ()}):
        less = _sentences(written(replace(CV, **changes), LETTER, language))
        assert less < whole, changes
    bare = written(BARE, Letter(), language)
    assert bare.count("\n\n") == 3, "greeting, what it is about, thanks, end"
    assert not re.search(r"[:،,]\s*[.]|\{", bare)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_say_leaves_out_what_was_not_answered(language: str) -> None:
    words_ = said(language)
    assert words_.word("script hello-no-name") in call_script(BARE, Letter(), words_)
    assert words_.word("script ask", job=words_.trade(Trade("cook"), 0)) in call_script(
        BARE, Letter(seen="ask"), words_
    )
    assert words_.word("mail attached") in mail_text(Cv(), Letter(), words_)


@pytest.mark.row("29")
@pytest.mark.parametrize("theirs", LANGUAGES)
def test_a_profile_has_both_languages_line_by_line(theirs: str) -> None:
    mine = "ar" if theirs != "ar" else "fr"
    facts = profile_facts(
        CV, Profile(person=True), said(mine), said(theirs), LEARNER, PROGRAMME, DAY
    )
    content = profile(facts, every_font())
    assert len(content) <= PAPER_SIZE * 1000
    with pypdfium2.PdfDocument(content) as document:
        assert len(document) == 1
    assert len(content) <= PAPER_SIZE * 1000
    for part in facts.parts:
        for line in (part.heading, *part.lines):
            assert line.mine and line.theirs and line.mine != line.theirs, line
    text = profile_text(facts)
    for task in known_tasks(CV):
        assert said(mine).word(f"task {task}") in text and said(theirs).word(f"task {task}") in text
    assert said(mine).word("profile foot") in text and said(theirs).word("profile foot") in text
    if theirs != "ar":
        page = words(" ".join(by_pdfium(content)))
        assert words(said(theirs).word("profile foot"))[:40] in page


@pytest.mark.row("24")
def test_a_course_that_was_not_finished_stands_on_no_paper() -> None:
    """A file that came back names any, and one that is done may be nobody's business by now."""
    done = ModuleProgress(DAY, DAY, 1800, done=DAY, mark=90, rule=70)
    sensitive = next(m for m in PROGRAMME.modules.values() if is_sensitive(m, PROGRAMME))
    learner = replace(LEARNER, modules={**LEARNER.modules, sensitive.id: done})
    mine = replace(CV, courses=(*PROGRAMME.modules, *PROGRAMME.sectors))
    english = said("en")
    whole = profile_facts(mine, Profile(), said("fr"), english, learner, PROGRAMME, DAY)
    (part,) = [part for part in whole.parts if part.heading.theirs == "Courses finished"]
    papers = (
        cv_text(cv_facts(mine, english, learner, PROGRAMME, lambda _id: "", DAY)),
        letter_text(letter_facts(mine, LETTER, english, learner, PROGRAMME, DAY)),
        "\n".join(line.theirs for line in part.lines),
    )
    for text in papers:
        named = [m.id for m in PROGRAMME.offered.values() if m.title.source in text]
        assert named == ["computer"]


@pytest.mark.row("C4")
def test_a_course_says_finished_and_worked_on_and_never_more() -> None:
    facts = profile_facts(CV, Profile(), said("ar"), said("en"), LEARNER, PROGRAMME, DAY)
    (courses,) = [part for part in facts.parts if part.heading.theirs == "Courses finished"]
    first, *rest = courses.lines
    assert first.theirs.startswith("Finished: ") and "at least 90 %" in first.theirs
    assert rest and all(line.theirs.startswith("Worked on: ") for line in rest)
    named = [c for c in PROGRAMME.competences if c.id in PROGRAMME.modules["computer"].competences]
    assert {line.link for line in rest} == {c.esco[1] if c.esco else "" for c in named}
    text = " ".join(line.theirs for line in courses.lines).casefold()
    for word in ("certified", "verified", "masters", "level", "skilled"):
        assert word not in text


def fired(cv: Cv, person: bool = False, language: str = "fr") -> set[str]:
    return {rule.when for rule in suggestions(Answers(cv, Profile(person=person), WORK, language))}


@pytest.mark.row("29")
def test_each_rule_fires_for_its_reason_alone() -> None:
    quiet = Cv(
        mail="a@b.org",
        jobs=(Job("paid", Trade("cook"), country="FR"),),
        tongues=(Tongue("fr", "B1"),),
        licences=("car-b",),
        school="secondary",
        recognised="yes",
        wanted=Trade("cook"),
    )
    assert fired(quiet) == set()
    nurse = next(o.id for o in WORK.occupations.values() if "FR" in o.regulated)
    cases = {
        "not-recognised": replace(quiet, recognised="not-yet"),
        "regulated-wanted": replace(quiet, wanted=Trade(nurse)),
        "language-below-b1": replace(quiet, tongues=(Tongue("fr", "A2"),)),
        "licence-abroad": replace(quiet, abroad=True),
        "no-work-here": replace(quiet, jobs=(Job("paid", Trade("cook"), country="SY"),)),
        "only-unpaid": replace(quiet, jobs=(Job("unpaid"),)),
        "own-business": replace(quiet, jobs=(Job("own", country="FR"),)),
        "no-mail": replace(quiet, mail=""),
    }
    for when, cv in cases.items():
        assert fired(cv) == {when}
    assert fired(quiet, person=True) == {"wants-person"}
    assert {*cases, "wants-person"} == set(CONDITIONS) == KNOWN
    assert {rule.when for rule in WORK.rules} == set(CONDITIONS)
    everything = Cv(
        wanted=Trade(nurse),
        school="primary",
        recognised="asked",
        tongues=(Tongue("fr", "A1"),),
        licences=("car-b",),
        abroad=True,
        jobs=(Job("own", country="SY"),),
    )
    assert len(fired(everything, person=True)) == MOST
