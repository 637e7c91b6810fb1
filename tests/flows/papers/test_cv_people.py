"""Five people make a CV; each reads another language than the employer (issue on papers for work).

`pytest -s` prints the table: what they tapped and typed, and what their file is.
"""

import time
from dataclasses import dataclass
from datetime import date

import pytest

from bot.conversation.turn import World
from bot.documents.paper_words import PaperWords
from bot.documents.resume import resume
from bot.documents.work import cv_facts
from bot.flows.papers.actions import AddJob, MakePaper
from bot.flows.papers.steps import Step
from bot.i18n.catalogues import Catalogues
from bot.model.order import OrderKind
from certificates import Attachment
from certificates.prints.cv import cv
from tests.support.papers import NOTHING, ONE_JOB, UNPAID, Answers, Applicant
from tests.support.world import WORK, every_font

MOST_BYTES, MOST_MS = 40_000, 100
OTHER_TRADE: Answers = {**ONE_JOB, Step.WHICH: 9}


@dataclass(frozen=True)
class Who:
    """`jobs` are the trades of further jobs."""

    name: str
    reads: str
    paper: str
    answers: Answers
    job: str = "cook"
    jobs: tuple[str, ...] = ()
    most: tuple[int, int] = (25, 6)


PEOPLE = (
    Who("one job", "ar", "fr", ONE_JOB),
    Who("another trade", "tr", "fr", OTHER_TRADE, most=(25, 6)),
    Who("three jobs", "fr", "en", ONE_JOB, jobs=("plumber", "painter"), most=(47, 6)),
    Who("unpaid work only", "pt", "ar", UNPAID, most=(22, 6)),
    Who("everything skipped", "en", "tr", NOTHING, most=(25, 0)),
)


@pytest.mark.row("18")
@pytest.mark.parametrize("who", PEOPLE, ids=lambda who: who.name)
def test_a_cv_of(who: Who, shipped_world: World, shipped_words: Catalogues) -> None:
    person = Applicant(shipped_world, shipped_words, who.reads, who.paper)
    person.begin()
    person.fill(who.answers, who.job)
    for job in who.jobs:
        person.tap(AddJob())
        person.fill({**ONE_JOB, Step.WHICH: 9, Step.TASKS: [0, 1]}, job)
    said = person.tap(MakePaper(OrderKind.CV, who.paper))
    taps, typed = who.most
    assert person.taps <= taps and person.typed <= typed, (person.taps, person.typed)
    counted = f"| {who.name} | {who.reads} | {who.paper} | {person.taps} | {person.typed}"
    if who.answers is NOTHING:
        assert "\U0001f4ce" not in said
        print(counted, "| no file |")
        return
    words = PaperWords(shipped_words, WORK, who.paper)
    programme = shipped_world.programme
    day = date(2026, 11, 27)
    facts = cv_facts(person.cv, words, person.chat.learner, programme, lambda _id: "", day)
    data = Attachment("resume.json", resume(person.cv, facts, words), "application/json", "")
    spent, content = [], b""
    for _ in range(4):
        began = time.process_time()
        content = cv(facts, every_font(), (data,)).content
        spent.append((time.process_time() - began) * 1000)
    assert len(content) <= MOST_BYTES and min(spent) <= MOST_MS
    print(counted, f"| {len(content)} bytes | {min(spent):.0f} ms |")
