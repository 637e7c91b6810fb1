"""Question cards: eight a page, then the key."""

import io
import re
from dataclasses import replace
from math import ceil

import pikepdf
import pytest

from bot.i18n.catalogues import Catalogues
from cards.model import Programme
from certificates import Fonts
from certificates.labels import Labels
from certificates.prints import (
    ModuleFacts,
    Question,
    card_sheet,
)
from certificates.prints.card_sheet import answer
from tests.certificates.prints.read import (
    LANGUAGES,
    assert_portrait,
    of_module,
    pages,
    picture,
    plain,
    sizes,
)


@pytest.mark.row("21")
@pytest.mark.parametrize("language", LANGUAGES)
def test_eight_cards_a_page_then_the_key(
    language: str, shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    made = of_module("computer", language, shipped, shipped_words)
    made = replace(made, stories=(), selftests=())  # they stand behind the key
    questions = [question for deck in made.decks for question in deck.questions]
    data = card_sheet(made, fonts)
    assert_portrait(data, ceil(len(questions) / 8) + 1)
    *sheets, key = pages(data)
    if language == "ar":  # readers of right-to-left text put digits and punctuation elsewhere
        return
    for number, question in enumerate(questions):
        sheet = sheets[number // 8]
        assert plain(question.text) in sheet and all(
            f"{n}. {plain(o)}" in sheet for n, o in enumerate(question.options, 1)
        )
        assert plain(question.reason) in key
        assert plain(question.reason) not in " ".join(sheets)
        assert plain(re.sub("[\u2066-\u2069]", "", answer(question, Labels(language)))) in key


def test_every_card_can_be_read(
    shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    for module in shipped.modules:
        for language in LANGUAGES:
            data = card_sheet(of_module(module, language, shipped, shipped_words), fonts)
            assert min(sizes(data)) >= 8.4, (module, language)


def test_cards_are_cut_in_the_middle_and_in_quarters(facts: ModuleFacts, fonts: Fonts) -> None:
    image = picture(card_sheet(facts, fonts), threshold=200)
    for x in (105,):
        column = image.crop((x * 8 - 3, 0, x * 8 + 3, image.height))
        assert 0.05 < column.histogram()[0] / (6 * image.height) < 0.6
    for y in (74.25, 148.5, 222.75):
        row = image.crop((0, round(y * 8) - 3, image.width, round(y * 8) + 3))
        assert 0.05 < row.histogram()[0] / (6 * image.width) < 0.6
    with pikepdf.open(io.BytesIO(card_sheet(facts, fonts))) as pdf:
        assert pdf.pages[0].Contents.read_bytes().count(b"[4] 0 d") == 4


def test_long_questions_stay_on_their_card(facts: ModuleFacts, fonts: Fonts) -> None:
    long = Question(
        "What do you do when " * 20 + "?",
        ("An option with many words " * 6,) * 4,
        (0,),
        "Because. " * 20,
    )
    data = card_sheet(
        replace(facts, decks=(replace(facts.decks[0], questions=(long,) * 8),)), fonts
    )
    image = picture(data)
    for x, y in ((105, 0), (0, 74.25), (105, 148.5)):  # a white strip inside of the cut lines
        strip = image.crop(
            (round((x + 1) * 8), round((y + 1) * 8), round((x + 104) * 8), round((y + 6) * 8))
        )
        assert strip.getextrema() == (255, 255)


def test_a_long_key_goes_on(facts: ModuleFacts, fonts: Fonts) -> None:
    decks = tuple(
        replace(deck, title=f"{deck.title} {n}") for n in range(8) for deck in facts.decks
    )
    count = sum(len(deck.questions) for deck in decks)
    data = card_sheet(replace(facts, decks=decks), fonts)
    assert len(pages(data)) > ceil(count / 8) + 1
    assert min(sizes(data)) >= 8.4


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (Question("?", ("a", "b", "c"), (1,), "!"), "2.\u00a0b"),
        (Question("?", ("a", "b", "c"), (0, 2), "!"), "1.\u00a0a · 3.\u00a0c"),
        (
            Question("?", ("b", "c", "a"), (2, 0, 1), "!", between=" > "),
            "3.\u00a0a > 1.\u00a0b > 2.\u00a0c",
        ),
        (
            Question("?", ("mouse", "key"), (1, 0), "!", ("write", "point")),
            "mouse = point · key = write",
        ),
    ],
)
def test_the_answer_of_each_kind(question: Question, said: str) -> None:
    assert answer(question, Labels("en")) == said
