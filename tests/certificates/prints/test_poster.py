"""Posters: one page, one code that can be read, in both directions of writing."""

from dataclasses import replace

import pypdfium2
import pytest

from bot.documents.print_facts import poster_facts
from bot.i18n.catalogues import Catalogues
from cards.model import Programme
from certificates import Fonts
from certificates.labels import Labels
from certificates.prints import (
    poster,
    poster_pair,
)
from certificates.prints.pictograms import STEPS
from certificates.prints.poster import words as words_of
from tests.certificates.prints.read import (
    GROUP,
    LANGUAGES,
    LINKS,
    MADE,
    PIXELS_PER_MM,
    assert_margin_is_white,
    assert_portrait,
    pages,
    picture,
    plain,
    poster_of,
    scanned,
)


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
    (code,) = scanned(picture(data))
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
    (code,) = scanned(picture(data))
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
    assert scanned(picture(data))[0].text == LINKS[0][1]
    assert "It opens in the browser. You install nothing." in pages(data)[0]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_poster_with_several_messengers_leads_to_the_page_that_offers_them(
    language: str, shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    links = (*LINKS, ("whatsapp", "https://wa.me/15550783881?text=Hello!%20g-7K3F9Q2MX4TDhs0v"))
    facts = poster_facts(replace(GROUP, language=language), shipped, shipped_words, links, MADE)
    data = poster(facts, fonts)
    assert scanned(picture(data))[0].text == LINKS[0][1]
    said = plain(pages(data)[0])
    assert "Telegram" in said and "WhatsApp" in said
    offline = poster_facts(GROUP, shipped, shipped_words, links[1:], MADE)
    assert offline.url == LINKS[1][1], "without a page it is the first messenger"


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
    assert scanned(picture(data))[0].text == made.url
