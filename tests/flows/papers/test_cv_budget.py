"""How many taps and typed texts a CV takes (work-papers, section 10), over all 120 jobs."""

import pytest

from bot.conversation.turn import World
from bot.flows.papers.actions import (
    AddJob,
    MakePaper,
    PaperAsk,
    PaperChange,
    PaperReady,
)
from bot.flows.papers.steps import Step
from bot.i18n.catalogues import Catalogues
from bot.model.order import OrderKind
from bot.model.papers import PaperKind
from tests.support.papers import NOTHING, ONE_JOB, UNPAID, Applicant

MOST_TAPS, MOST_TYPED, MOST_UNPAID, MOST_MORE, MOST_CHANGE = 25, 6, 22, 11, 4


def test_one_job_in_the_trade_that_is_looked_for(
    shipped_world: World, shipped_words: Catalogues
) -> None:
    counts = set()
    for job in shipped_world.work.occupations:
        person = Applicant(shipped_world, shipped_words, "ar", "fr")
        person.begin()
        person.fill(ONE_JOB, job)
        person.tap(MakePaper(OrderKind.CV, "fr"))
        counts.add((person.taps, person.typed))
        assert person.cv.wanted.id == job and person.cv.jobs[0].trade.id == job
    print("one job", sorted(counts))
    assert max(taps for taps, _typed in counts) <= MOST_TAPS
    assert max(typed for _taps, typed in counts) <= MOST_TYPED


def test_a_further_job(shipped_world: World, shipped_words: Catalogues) -> None:
    counts = set()
    for job in list(shipped_world.work.occupations)[9::10]:
        person = Applicant(shipped_world, shipped_words, "fr", "en")
        person.begin()
        person.fill(ONE_JOB, "cook")
        before = person.taps
        person.tap(AddJob())
        person.fill({**ONE_JOB, Step.WHICH: 9, Step.TASKS: [0, 1]}, job)
        counts.add(person.taps - before)
        assert len(person.cv.jobs) == 2 and person.cv.jobs[1].trade.id == job
    print("a further job", sorted(counts))
    assert max(counts) <= MOST_MORE


def test_work_at_home_alone(shipped_world: World, shipped_words: Catalogues) -> None:
    counts = set()
    for job in list(shipped_world.work.occupations)[9::10]:
        person = Applicant(shipped_world, shipped_words, "fr", "ar")
        person.begin()
        person.fill(UNPAID, job)
        person.tap(MakePaper(OrderKind.CV, "ar"))
        counts.add(person.taps)
    print("unpaid", sorted(counts))
    assert max(counts) <= MOST_UNPAID


@pytest.mark.row("18")
def test_one_answer_is_changed(shipped_world: World, shipped_words: Catalogues) -> None:
    """Any answer of somebody with one job, and the file once more."""
    person = Applicant(shipped_world, shipped_words, "en", "fr")
    person.begin()
    person.fill(ONE_JOB, "cook")
    most = 0
    for step in (Step.WHICH, Step.COUNTRY, Step.HOW_LONG, Step.SCHOOL, Step.RECOGNISED, Step.WHEN):
        before = person.taps
        person.tap(PaperChange(PaperKind.CV))
        edit = PaperAsk(PaperKind.CV, step, 0, 0, True)
        assert edit in [button.action for button in person.chat.screens[-1].buttons]
        person.tap(edit)
        person.tap(person.picks()[0])
        assert isinstance(person.place, PaperReady), step
        person.tap(MakePaper(OrderKind.CV, "fr"))
        most = max(most, person.taps - before)
    assert most <= MOST_CHANGE


def test_everything_can_be_skipped(shipped_world: World, shipped_words: Catalogues) -> None:
    person = Applicant(shipped_world, shipped_words, "en", "fr")
    person.begin()
    person.fill(NOTHING)
    assert person.cv.empty and person.taps <= MOST_TAPS
    said = person.tap(MakePaper(OrderKind.CV, "fr"))
    assert "There is nothing to print yet" in said and "📎" not in said


@pytest.mark.row("18")
def test_each_answer_can_be_left_out_alone(shipped_world: World, shipped_words: Catalogues) -> None:
    """Without it the others stand, and there is a file."""
    for step in Step:
        if step in (Step.LINE, Step.LAYOUT, Step.ANOTHER, Step.MORE_TONGUES):
            continue
        person = Applicant(shipped_world, shipped_words, "en", "fr")
        person.begin()
        person.fill({**ONE_JOB, step: -1}, "cook")
        assert "📎" in person.tap(MakePaper(OrderKind.CV, "fr")), step
