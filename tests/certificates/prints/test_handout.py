"""Handouts and plans of a workshop: everything is on them, on as many pages as promised."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace

import pikepdf
import pytest

from bot.documents.print_facts import _KEYS
from bot.i18n.catalogues import Catalogues
from cards.kinds.match import MATCH
from cards.kinds.order import ORDER
from cards.model import Programme
from certificates import Fonts
from certificates.prints import (
    Deck,
    Idea,
    ModuleFacts,
    Word,
    card_sheet,
    handout,
    workshop,
)
from certificates.prints.workshop import plan
from tests.certificates.prints.read import (
    LANGUAGES,
    START,
    assert_margin_is_white,
    assert_portrait,
    of_module,
    pages,
    picture,
    plain,
    poster_of,
    scanned,
    sizes,
)

PAPERS = {"handout": handout, "card sheet": card_sheet, "workshop": workshop}


def colours(data: bytes) -> set[tuple[float, ...]]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        content = b"\n".join(page.Contents.read_bytes() for page in pdf.pages)
    return {
        tuple(map(float, match.split()))
        for match in re.findall(rb"([\d.]+ [\d.]+ [\d.]+) (?:rg|RG)", content)
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS.keys())
def test_papers_are_small_plain_and_always_the_same(
    paper: object, language: str, shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    made = of_module("schedule", language, shipped, shipped_words)
    data = paper(made, fonts)  # type: ignore[operator]
    assert data == paper(made, fonts)  # type: ignore[operator]
    assert len(data) <= 60 * 1024
    assert all(max(colour) <= 0.26 or min(colour) == 1 for colour in colours(data))
    assert min(sizes(data)) >= 8
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.Lang == language and str(pdf.docinfo.Title) == made.title


@pytest.mark.row("19")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_module_is_a_handout_of_two_pages(
    language: str, shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    for module in shipped.modules:
        facts = of_module(module, language, shipped, shipped_words)
        data = handout(facts, fonts)
        assert_portrait(data, 2)
        assert min(sizes(data)) >= 8.5
        assert [code.text for code in scanned(picture(data))] == [f"{START}m-{module}"]


def on_the_handout(facts: ModuleFacts) -> Iterator[str]:
    yield from (facts.title, facts.description, *facts.objectives)
    for word in facts.glossary:
        yield from (word.term, word.meaning)
    for deck in facts.decks:
        yield from (deck.title, deck.aim, *(idea.title for idea in deck.ideas))
        for idea in (deck.memo, deck.task):
            yield from idea.lines if idea else ()
    if facts.practice:
        yield from (facts.practice.title, *facts.practice.steps, facts.practice.result)


def on_the_card_sheet(facts: ModuleFacts) -> Iterator[str]:
    for story in facts.stories:
        yield from (story.title, story.aim)
        for scene in story.scenes:
            yield from (scene.title, *scene.lines)
            yield from (part for way in scene.ways for part in (way.label, way.notice))
    for test in facts.selftests:
        yield from (test.title, test.aim, *test.scale, *(text for text, _ in test.statements))
        yield from (part for result in test.results for part in (result.title, *result.lines))


def test_everything_of_every_module_is_on_paper(
    shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    modules = shipped.modules.values()
    assert any(m.stories for m in modules) and any(m.selftests for m in modules)
    for module in shipped.modules:
        facts = of_module(module, "en", shipped, shipped_words)
        for said, data in (
            (on_the_handout(facts), handout(facts, fonts)),
            (on_the_card_sheet(facts), card_sheet(facts, fonts)),
        ):
            text = " ".join(re.sub(rf"{re.escape(facts.title)} · .*?$", "", p) for p in pages(data))
            wanted = [each for part in said if (each := plain(part.removeprefix("• ")))]
            assert [each for each in wanted if each not in text] == [], module


def test_the_scenes_of_a_story_lead_to_their_numbers(
    shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    for module in shipped.modules.values():
        made = of_module(module.id, "en", shipped, shipped_words)
        for story, printed in zip(module.stories, made.stories, strict=True):
            for scene, paper in zip(story.scenes, printed.scenes, strict=True):
                led = [printed.scenes[way.to - 1].title for way in paper.ways]
                assert led == [story.by_id[way.to].title.source for way in scene.ways]


def test_a_module_that_is_too_long_keeps_titles_and_first_sentences(
    facts: ModuleFacts, fonts: Fonts
) -> None:
    ideas = tuple(
        Idea(f"Idea {n}", ("First things first. " + "Then more words follow. " * 11,))
        for n in range(8)
    )
    decks = tuple(
        Deck(f"Deck {n}", "An aim", 6, ideas, (), Idea("Keep", ("• one", "• two")))
        for n in range(5)
    )
    data = handout(replace(facts, decks=decks), fonts)
    assert_portrait(data, 2)
    assert_margin_is_white(data)
    text = " ".join(pages(data))
    shortened = text.count("First things first. […]")
    assert text.count("First things first.") == 40 and shortened
    assert text.count("Then more words follow.") == 11 * (40 - shortened), "whole or not at all"
    assert "[…] The lesson says more here: scan the code." in text
    assert all(word.meaning in text for word in facts.glossary)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_card_is_whole_or_says_that_there_is_more(
    language: str, shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    """No more cards are shortened than the page needs; the longest first."""
    for module in ("computer", "rights-duties", "schedule"):
        facts = of_module(module, language, shipped, shipped_words)
        text = " ".join(pages(handout(facts, fonts)))
        ideas = [idea for deck in facts.decks for idea in deck.ideas]
        lines = [[plain(line.removeprefix("• ")) for line in idea.lines] for idea in ideas]
        cut = [card for card in lines if not all(line in text for line in card)]
        note = text.count("[…]") and 1
        assert text.count("[…]") == len(cut) + note and len(cut) < len(ideas) * 0.7, module
        assert (not cut) == (not note) and (module != "schedule" or not cut)


def test_a_short_module_leaves_room_for_notes(facts: ModuleFacts, fonts: Fonts) -> None:
    data = handout(replace(facts, decks=facts.decks[:1], glossary=()), fonts)
    assert_portrait(data, 2)
    assert pages(data)[0].count("My notes") + pages(data)[1].count("My notes") == 1
    assert picture(data, 1).histogram()[0] > 1000


def counted(decks: int) -> str:
    return f"{decks} deck{'s' * (decks != 1)}"


def test_workshop(facts: ModuleFacts, fonts: Fonts) -> None:
    data = workshop(facts, fonts)
    assert_portrait(data, 2)
    assert_margin_is_white(data)
    first, second = pages(data)
    plans = [plan(minutes, facts.decks) for minutes in (60, 90)]
    for said in (
        facts.title,
        *facts.objectives,
        "60 minutes",
        "90 minutes",
        *(f"{made.pairs} ({counted(made.decks)})" for made in plans),
        f"This module has {counted(len(facts.decks))}.",
    ):
        assert said in first
    for deck in facts.decks:
        assert deck.task and plain(deck.task.lines[0]) in second
        assert any(
            plain(question.text) in second and plain(question.reason) in second
            for question in deck.questions
        )
    assert scanned(picture(data))[0].text == facts.url


@pytest.mark.row("07")
@pytest.mark.parametrize("count", [1, 8])
def test_a_workshop_has_two_pages_whatever_the_module(
    count: int, facts: ModuleFacts, fonts: Fonts
) -> None:
    long = replace(
        facts,
        decks=(facts.decks * 2)[:count],
        objectives=facts.objectives * (2 if count > 1 else 1),
    )
    data = workshop(long, fonts)
    assert_portrait(data, 2)
    assert_margin_is_white(data)


@pytest.mark.parametrize(
    ("minutes", "decks", "planned"),
    [
        (60, (6, 6, 6, 6), (10, 25, 15, 10, 2)),
        (90, (6, 6, 6, 6), (15, 40, 20, 15, 3)),
        (60, (20,), (10, 25, 15, 10, 1)),
    ],
)
def test_a_plan_fills_the_meeting(
    minutes: int, decks: tuple[int, ...], planned: tuple[int, ...]
) -> None:
    made = plan(minutes, [Deck("", "", each, (), ()) for each in decks])
    assert (made.welcome, made.pairs, made.together, made.closing, made.decks) == planned
    assert made.minutes == minutes


def test_questions_on_paper_have_the_same_right_answers(
    shipped: Programme, shipped_words: Catalogues
) -> None:
    for module in shipped.modules.values():
        printed = of_module(module.id, "en", shipped, shipped_words)
        for deck, sheet in zip(module.decks, printed.decks, strict=True):
            for question, card in zip(deck.questions, sheet.questions, strict=True):
                right = [question.options[i] for i in question.right]
                if question.kind is MATCH:
                    pairs = [
                        (card.options[i], card.meanings[own]) for i, own in enumerate(card.right)
                    ]
                    assert pairs == [
                        (option.text.source, option.pair.source) for option in right if option.pair
                    ]
                    assert card.meanings != tuple(meaning for _, meaning in pairs)
                else:
                    assert [card.options[i] for i in card.right] == [
                        option.text.source for option in right
                    ]
                if question.kind is ORDER:
                    assert card.right != tuple(sorted(card.right))


def test_a_paper_is_in_one_language(shipped: Programme, shipped_words: Catalogues) -> None:
    assert of_module("computer", "ar", shipped, shipped_words).language == "ar"
    somali = of_module("computer", "so", shipped, shipped_words)  # no deck is in Somali
    assert somali.language == "en" and somali.title == shipped.modules["computer"].title.source


def test_marks_of_the_screen_stay_there(
    shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    made = poster_of("fr", shipped_words, shipped, title="🌻 **Mardi** : à 14 h ☕️")
    assert made.title == "Mardi\u00a0: à 14 h"
    text = str([of_module(module, "en", shipped, shipped_words) for module in shipped.modules])
    assert "**" not in text


def test_a_word_of_the_glossary(facts: ModuleFacts) -> None:
    assert Word("screen", "The part that shows text and pictures.") in facts.glossary


def test_signs_of_keys_are_printed(
    shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    """A card that says “look for the sign ⏻” shows it on paper, too; every such sign has a face."""
    made = of_module("computer", "en", shipped, shipped_words)
    assert "Look for the sign ⏻," in " ".join(pages(handout(made, fonts)))
    every = " ".join(sorted(_KEYS))
    assert every in " ".join(pages(handout(replace(made, description=every), fonts)))
