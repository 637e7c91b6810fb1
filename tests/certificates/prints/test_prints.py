"""Printed papers: everything is on them, on as many pages as promised, legible in black and white,
and their codes can be read.
"""

import io
import re
from dataclasses import replace
from datetime import date
from math import ceil

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from bot.documents.print_facts import _KEYS, module_facts, poster_facts
from bot.i18n.catalogues import Catalogues
from bot.model.group import Group
from cards.kinds.match import MATCH
from cards.kinds.order import ORDER
from cards.model import Programme
from certificates import Fonts
from certificates.labels import Labels
from certificates.prints import (
    Deck,
    Idea,
    ModuleFacts,
    PosterFacts,
    Question,
    Word,
    card_sheet,
    handout,
    poster,
    poster_pair,
    workshop,
)
from certificates.prints.card_sheet import answer
from certificates.prints.pictograms import STEPS
from certificates.prints.poster import words as words_of
from certificates.prints.workshop import plan

MADE = date(2026, 3, 9)
START = "https://learn.example.org/?start="
LANGUAGES = ["en", "fr", "ar"]
GROUP = Group(7, 1, "7K3F9Q2MX4TDhs0v", "Tuesday group", "AMSED", "Nadia", "en")
LINKS = (
    ("web", "https://learn.example.org/join/7K3F9Q2MX4TDhs0v"),
    ("telegram", "https://t.me/PasitoBot?start=g-7K3F9Q2MX4TDhs0v"),
)
PAPERS = {"handout": handout, "card sheet": card_sheet, "workshop": workshop}
PIXELS_PER_MM = 8


@pytest.fixture(scope="module")
def facts(shipped: Programme, shipped_words: Catalogues) -> ModuleFacts:
    return of_module("computer", "en", shipped, shipped_words)


def of_module(module: str, language: str, programme: Programme, words: Catalogues) -> ModuleFacts:
    return module_facts(
        programme.modules[module], programme, words, language, start=START, made=MADE
    )


def pages(data: bytes) -> list[str]:
    """The words of each page; a reader of the file does not see how they were isolated."""
    found = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    return [
        " ".join(text.replace("\ufffe\r\n", "-").replace("\ufffe", "-").split()) for text in found
    ]


def picture(data: bytes, page: int = 0, *, threshold: int = 127) -> Image.Image:
    """A page as a fax would show it: every point is black or white."""
    scale = PIXELS_PER_MM * 25.4 / 72
    grey = pypdfium2.PdfDocument(data)[page].render(scale=scale, grayscale=True).to_pil()
    return grey.point(lambda value: 255 if value > threshold else 0)


def plain(text: str) -> str:
    return " ".join(text.split())


def assert_portrait(data: bytes, count: int) -> None:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert [[round(float(edge)) for edge in page.mediabox] for page in pdf.pages] == [
            [0, 0, 595, 842]
        ] * count


def colours(data: bytes) -> set[tuple[float, ...]]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        content = b"\n".join(page.Contents.read_bytes() for page in pdf.pages)
    return {
        tuple(map(float, match.split()))
        for match in re.findall(rb"([\d.]+ [\d.]+ [\d.]+) (?:rg|RG)", content)
    }


def sizes(data: bytes) -> set[float]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        content = b"\n".join(page.Contents.read_bytes() for page in pdf.pages)
    return set(map(float, re.findall(rb"/F\d+ ([\d.]+) Tf", content)))


def assert_margin_is_white(data: bytes, millimetres: float = 6) -> None:
    """What stands nearer to the edge is lost in many printers."""
    edge = round(millimetres * PIXELS_PER_MM)
    for page in range(len(pypdfium2.PdfDocument(data))):
        image = picture(data, page, threshold=250)
        width, height = image.size
        for box in (
            (0, 0, width, edge),
            (0, height - edge, width, height),
            (0, 0, edge, height),
            (width - edge, 0, width, height),
        ):
            assert image.crop(box).getextrema() == (255, 255)


# --- poster


def poster_of(language: str, words: Catalogues, programme: Programme, **change: str) -> PosterFacts:
    return poster_facts(replace(GROUP, language=language, **change), programme, words, LINKS, MADE)


@pytest.mark.parametrize("language", ["en", "fr", "ar", "pt", "tr", "so"])
def test_poster(language: str, shipped: Programme, shipped_words: Catalogues, fonts: Fonts) -> None:
    made = poster_of(language, shipped_words, shipped)
    data = poster(made, fonts)
    assert_portrait(data, 1)
    assert_margin_is_white(data)
    assert len(data) <= 40 * 1024 and data == poster(made, fonts)
    text = pages(data)[0]
    assert (
        "Tuesday group" in text
        and "AMSED" in text
        and "t.me/PasitoBot?start=g-7K3F9Q2MX4TDhs0v" in text
    )
    assert LINKS[0][1].split("//")[1] in text, "who has no such app types the page's address"
    if language == "en":
        for said in (
            "Point the phone’s camera at the code.",
            "Tap the link, then the button.",
            "Start the first card.",
            "It is free. We ask for no name and no phone number.",
            "It opens in Telegram.",
        ):
            assert said in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_of_a_poster_is_large_and_can_be_read(
    language: str, shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    data = poster(poster_of(language, shipped_words, shipped), fonts)
    (code,) = zxingcpp.read_barcodes(picture(data))
    assert code.text == LINKS[1][1]
    assert (code.position.top_right.x - code.position.top_left.x) / PIXELS_PER_MM >= 80


@pytest.mark.parametrize(
    ("first", "second"), [("en", "ar"), ("ar", "en"), ("fr", "tr"), ("ar", "ar")]
)
def test_a_poster_in_two_languages_is_one_page_with_one_code(
    first: str, second: str, shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    made = poster_of(first, shipped_words, shipped)
    data = poster_pair(made, second, fonts)
    assert_portrait(data, 1)
    assert_margin_is_white(data)
    assert len(data) <= 40 * 1024 and data == poster_pair(made, second, fonts)
    (code,) = zxingcpp.read_barcodes(picture(data))
    assert (
        code.text == LINKS[1][1]
        and (code.position.top_right.x - code.position.top_left.x) / PIXELS_PER_MM >= 70
    )
    text = plain(pages(data)[0])
    assert LINKS[0][1].split("//")[1] in text and text.count("Tuesday group") == 1
    for language in {first, second} - {"ar"}:
        said = words_of(made, Labels(language))
        mixed = "ar" in (
            first,
            second,
        )  # in a line of both directions the order of what is taken out of a page is not ours
        for sentence in (said.slogan,) if mixed else (said.slogan, *said.steps, said.promise):
            assert sentence.split()[0] in text and sentence.split()[-1] in text


def test_each_language_of_a_poster_stands_where_its_reading_starts(
    shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    """English at the left, Arabic at the right, whichever is first; two that read alike stand in
    their order."""

    english, arabic = (
        poster_pair(poster_of(one, shipped_words, shipped), two, fonts)
        for one, two in (("en", "ar"), ("ar", "en"))
    )
    column = (
        int(125 * PIXELS_PER_MM),
        170 * PIXELS_PER_MM,
        195 * PIXELS_PER_MM,
        240 * PIXELS_PER_MM,
    )
    assert picture(english).crop(column).tobytes() == picture(arabic).crop(column).tobytes()
    french, turkish = (
        poster_pair(poster_of(one, shipped_words, shipped), two, fonts)
        for one, two in (("fr", "tr"), ("tr", "fr"))
    )
    assert picture(french).crop(column).tobytes() != picture(turkish).crop(column).tobytes()


def test_a_poster_without_a_messenger_leads_to_the_page(
    shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    data = poster(poster_facts(GROUP, shipped, shipped_words, LINKS[:1], MADE), fonts)
    assert zxingcpp.read_barcodes(picture(data))[0].text == LINKS[0][1]
    assert "It opens in the browser. You install nothing." in pages(data)[0]


def test_the_steps_follow_the_reading_direction(
    shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    def place(language: str, text: str) -> float:
        data = poster(poster_of(language, shipped_words, shipped), fonts)
        page = pypdfium2.PdfDocument(data)[0].get_textpage()
        found = page.search(Labels(language).text(text).split()[-1].rstrip(".")).get_next()
        assert found
        return float(page.get_charbox(found[0])[0])

    first, last = "Point the phone’s camera at the code.", "Start the first card."
    assert place("en", first) < place("en", last)
    assert place("ar", first) > place("ar", last)


def test_a_step_has_a_picture_each(
    shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    """Between the numbers there is a lot of black in every third of the row."""
    image = picture(poster(poster_of("en", shipped_words, shipped), fonts)).crop(
        (0, 195 * 8, 210 * 8, 230 * 8)
    )
    thirds = [
        image.crop((round(left * 8), 0, round((left + 40) * 8), image.height))
        for left in (27, 91, 155)
    ]
    assert len(STEPS) == 3
    assert all(0.03 < third.histogram()[0] / (third.width * third.height) < 0.5 for third in thirds)


@pytest.mark.parametrize(
    "title",
    [
        "A" * 80,
        "Compétences numériques : le groupe du mardi après-midi à la maison de quartier",
        "x",
    ],
)
def test_any_title_fits(
    title: str, shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    made = poster_of("fr", shipped_words, shipped, title=title, organisation="Association " * 8)
    data = poster(made, fonts)
    assert_margin_is_white(data)
    assert zxingcpp.read_barcodes(picture(data))[0].text == made.url


# --- papers of a module


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_module_is_a_handout_of_two_pages(
    language: str, shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    for module in shipped.modules:
        made = of_module(module, language, shipped, shipped_words)
        data = handout(made, fonts)
        assert_portrait(data, 2)
        assert min(sizes(data)) >= 8.5
        assert [code.text for code in zxingcpp.read_barcodes(picture(data))] == [
            f"{START}m-{module}"
        ]


def test_everything_is_on_the_handout(facts: ModuleFacts, fonts: Fonts) -> None:
    data = handout(facts, fonts)
    assert_margin_is_white(data)
    text = " ".join(pages(data))
    for said in (
        facts.title,
        facts.description,
        *facts.objectives,
        *(part for word in facts.glossary for part in (word.term, word.meaning)),
        *(part for deck in facts.decks for part in (deck.title, deck.aim)),
        *(
            part
            for deck in facts.decks
            for idea in deck.ideas
            for part in (idea.title, *idea.lines)
        ),
        *(
            line.removeprefix("• ")
            for deck in facts.decks
            for idea in (deck.memo, deck.task)
            if idea
            for line in idea.lines
        ),
    ):
        assert plain(said) in text


def test_a_module_that_is_too_long_keeps_titles_and_first_sentences(
    facts: ModuleFacts, fonts: Fonts
) -> None:
    ideas = tuple(
        Idea(f"Idea {n}", ("First things first. " + "Then more words follow. " * 11,))
        for n in range(8)
    )
    decks = tuple(
        Deck(f"Deck {n}", "An aim", 6, ideas, (), Idea("Keep", ("• one", "• two")))
        for n in range(8)
    )
    data = handout(replace(facts, decks=decks), fonts)
    assert_portrait(data, 2)
    assert_margin_is_white(data)
    text = " ".join(pages(data))
    assert text.count("First things first.") == 64 and "Then more" not in text
    assert all(word.meaning in text for word in facts.glossary)


def test_a_short_module_leaves_room_for_notes(facts: ModuleFacts, fonts: Fonts) -> None:
    data = handout(replace(facts, decks=facts.decks[:1], glossary=()), fonts)
    assert_portrait(data, 2)
    assert pages(data)[0].count("My notes") + pages(data)[1].count("My notes") == 1
    assert picture(data, 1).histogram()[0] > 1000


@pytest.mark.parametrize("language", LANGUAGES)
def test_eight_cards_a_page_then_the_key(
    language: str, shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    made = of_module("computer", language, shipped, shipped_words)
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


def test_workshop(facts: ModuleFacts, fonts: Fonts) -> None:
    data = workshop(facts, fonts)
    assert_portrait(data, 2)
    assert_margin_is_white(data)
    first, second = pages(data)
    for said in (
        facts.title,
        *facts.objectives,
        "60 minutes",
        "90 minutes",
        "25 (1 deck)",
        "40 (3 decks)",
        "This module has 4 decks.",
    ):
        assert said in first
    for deck in facts.decks:
        assert deck.task and plain(deck.task.lines[0]) in second
        assert any(
            plain(question.text) in second and plain(question.reason) in second
            for question in deck.questions
        )
    assert zxingcpp.read_barcodes(picture(data))[0].text == facts.url


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


# --- from programme to facts


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
    ukrainian = of_module("computer", "uk", shipped, shipped_words)  # no deck is in Ukrainian
    assert (
        ukrainian.language == "en" and ukrainian.title == shipped.modules["computer"].title.source
    )


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
