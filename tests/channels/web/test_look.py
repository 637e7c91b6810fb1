"""What the page of a card, a question, an answer and the end of a deck holds."""

import re

import pytest

from bot.channels.web.inbox import TYPE_HERE
from bot.channels.web.render import render
from bot.conversation.screen import Screen
from bot.flows.library.actions import Library
from bot.i18n.catalogues import Catalogues
from bot.model.words import InLanguage, Msg, _, verbatim
from cards.model import Programme
from tests.support.web import Client, Reader, right_answer
from tests.support.web_learner import who_learns


async def _to_a_question(reader: Reader) -> None:
    await reader.opens("/?start=m-interview")
    await reader.taps("English")
    await reader.taps("Start")
    while not re.search(r'value="a:', reader.page):
        await reader.taps("Next")


async def test_an_answer_is_shown_in_place(shipped_site: Client, shipped: Programme) -> None:
    """Question, options, choice and place stay on the page; right and not yet differ in words."""
    amina = Reader(shipped_site)
    await _to_a_question(amina)
    question, way = amina.heading, re.search(r"<header>.*</header>", amina.page)
    options = [label.split(". ", 1)[1] for do, label in amina.buttons if do.startswith("a:")]
    right = int(right_answer(amina.page, shipped))
    await amina.types(str(right % len(options) + 1))
    assert way and way[0] in amina.page and question in amina.text
    assert all(option in amina.text for option in options)
    assert amina.heading == "Not this one." and 'class="verdict later"' in amina.page
    assert f"{options[right - 1]}right answer" in amina.text
    assert f"{options[right % len(options)]}your answer" in amina.text


async def test_right_is_said_and_marked(shipped_site: Client, shipped: Programme) -> None:
    amina = Reader(shipped_site)
    await _to_a_question(amina)
    await amina.types(right_answer(amina.page, shipped))
    assert amina.heading == "That is right." and 'class="verdict"' in amina.page
    assert "your answer" in amina.text and "right answer" not in amina.text


@pytest.mark.row("19")
async def test_colour_and_pictures_belong_to_the_module(shipped_site: Client) -> None:
    amina = Reader(shipped_site)
    await amina.opens("/?start=m-interview")
    await amina.taps("English")
    assert '<body class="c-finding-a-job">' in amina.page
    picture = re.search(r'<img src="(/picture/[^"]+)" alt="([^"]+)"', amina.page)
    assert picture and picture[2] == "Two hands meet"
    async with shipped_site.get(picture[1]) as response:
        assert response.content_type == "image/svg+xml" and response.status == 200
        assert "immutable" in response.headers["Cache-Control"]
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    for gone in (picture[1].replace("/picture/", "/picture/0"), "/picture/00000000/1F91D.svg"):
        async with shipped_site.get(gone) as response:
            assert response.status == 404


async def test_no_sign_hangs_on_an_emoji_font(shipped_site: Client) -> None:
    """On the pages that every learner sees."""
    amina = Reader(shipped_site)
    await amina.opens("/")
    for label in ("English", "Digital skills", "The computer", "Start", "Next"):
        emoji = re.findall("[\U0001f000-\U0001ffff☀-➿▰▱▶◀☰]", amina.page)
        assert not emoji, (label, emoji)
        await amina.taps(label)


async def test_finds_stand_before_what_else_is_said_of_them(shipped_site: Client) -> None:
    amina = await who_learns(shipped_site)
    await amina.act(Library())
    await amina.types("cv")
    assert amina.page.index('value="js:cv"') < amina.page.index("at most 40 KB")
    assert "Without a size" in amina.text.partition("at most 40 KB")[2]


def test_a_line_of_two_languages_runs_as_the_reader_reads(shipped_words: Catalogues) -> None:
    paper = InLanguage(verbatim("Köchin"), "de")
    mixed = Msg("{label}: {value}").of(label=_("On the paper"), value=paper)
    alone = Msg("{icon} {value}").of(icon="📄", value=paper)
    page = render(Screen(_("Menu"), (mixed, alone)), "ar", shipped_words, TYPE_HERE)
    assert [line.direction for line in page.lines] == ["rtl", "ltr"]
