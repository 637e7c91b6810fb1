"""The sheet with the questions of a CV: two pages, two languages, the numbers of the chat."""

import re
from datetime import date
from itertools import permutations

import pytest

from bot.conversation.turn import World
from bot.documents.cv_sheet import sheet_facts
from bot.flows.papers.actions import PaperAsk
from bot.flows.papers.steps import COUNT, Step
from bot.i18n.catalogues import Catalogues
from certificates.prints.cv_sheet import cv_sheet
from tests.support.group_talk import document_of, does, new_counsellor
from tests.support.papers import ONE_JOB, Applicant
from tests.support.pdf_text import by_pdfium, words
from tests.support.service import Service
from tests.support.world import WORK, every_font

DAY = date(2026, 11, 27)


def test_two_pages_in_every_pair_of_languages(
    shipped_world: World, shipped_words: Catalogues
) -> None:
    for mine, theirs in permutations(shipped_world.paper_languages, 2):
        facts = sheet_facts(mine, theirs, shipped_words, WORK, "MigranTech", DAY)
        assert len(facts.parts) == COUNT
        content = cv_sheet(facts, every_font())
        assert len(by_pdfium(content)) == 2 and len(content) < 60_000
        if "ar" not in (mine, theirs):
            text = words(" ".join(by_pdfium(content)))
            for part in facts.parts:
                for line in (part.heading, *part.lines):
                    assert words(line.mine) in text and words(line.theirs) in text


@pytest.mark.parametrize(
    "step", [Step.SORT, Step.HOW_LONG, Step.SCHOOL, Step.RECOGNISED, Step.LICENCES, Step.WHEN]
)
def test_a_number_means_the_same_in_the_chat(
    step: Step, shipped_world: World, shipped_words: Catalogues
) -> None:
    person = Applicant(shipped_world, shipped_words, "en", "fr")
    person.begin()
    while not (isinstance(person.place, PaperAsk) and person.place.step == step):
        person.answer(ONE_JOB)
    seen: list[str] = []
    for _page in range(4):
        screen = person.chat.screens[-1]
        said = [shipped_words.say(option.label, "en") for option in screen.options]
        numbered = [f"{n}. {text.lstrip('☐☑ ')}" for n, text in enumerate(said, 1)]
        if set(numbered) & set(seen):
            break
        seen += numbered
        more = [b.action for b in screen.buttons if isinstance(b.action, PaperAsk)]
        turn = next((a for a in more if (a.step, a.page) == (step, len(seen) // 5)), None)
        if turn is None:
            break
        person.tap(turn)
    sheet = sheet_facts("en", "fr", shipped_words, WORK, "MigranTech", DAY)
    lines = [line.mine for part in sheet.parts for line in part.lines]
    printed = [line for line in lines if re.match(r"\d+\. ", line)]
    starts = [at for at in range(len(printed)) if printed[at : at + len(seen)] == seen]
    assert len(seen) >= 4 and starts, (seen, printed)


@pytest.mark.row("27")
async def test_a_counsellor_prints_it(service: Service) -> None:
    lea = await new_counsellor(service)
    await does(lea, "Back", "Print, lists", "CV sheet")
    assert "afterwards the learner types the numbers in the chat" in lea.screen
    await does(lea, "العربية")
    text = words(" ".join(by_pdfium((await document_of(lea)).content)))
    assert "1. What work do you look for?" in text and "12. How can an employer" in text
