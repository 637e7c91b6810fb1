"""The web channel alone: screens to pages, forms to updates, without a server."""

import pytest

from bot.channels.web.parse import Form, tapped_or_typed
from bot.channels.web.render import page_of_text, render
from bot.conversation.action import Home
from bot.conversation.screen import NEXT, Button, Link, Screen
from bot.conversation.update import Tap, Typed
from bot.flows.account.actions import Delete, Help, SpeakLanguage
from bot.flows.learning.actions import Begin, Cover, Next
from bot.i18n.catalogues import Catalogues
from bot.model.words import Msg, _, verbatim
from bot.web.page import preferred
from cards.model import Programme

HERE = _("Or type here")
OFFERED = ("en", "ar", "fr")


@pytest.mark.parametrize(
    ("header", "tag"),
    [
        ("", ""),
        ("ar", "ar"),
        ("fr-CH, fr;q=0.9, en;q=0.8", "fr-CH"),
        ("so, ti;q=0.9, fr;q=0.5, en;q=0.7", "en"),
        ("so;q=0.3, ti", "ti"),
        ("en;q=0, fr;q=0.1", "fr"),
        ("*", ""),
        ("ar;q=x, <b>, fr", "fr"),
        ("AR-eg", "AR-eg"),
    ],
)
def test_the_language_liked_best_that_is_offered(header: str, tag: str) -> None:
    assert preferred(header, OFFERED) == tag


def test_the_same_press_is_the_same_update_and_nothing_else_is() -> None:
    def id(token: str = "t", **form: str) -> str:
        return tapped_or_typed(Form(**form), token, "").id

    assert id(u="1", do="h") == id(u="1", do="h")
    assert id(u="1", text="2") == id(u="1", text="2")
    different = [
        id(u="1", do="h"),
        id(u="1", do="se"),
        id(u="2", do="h"),
        id("s", u="1", do="h"),
        id(u="1", text="h"),
        id(do="h"),
        id(do="h"),
    ]
    assert len(set(different)) == len(different) and all(len(i) <= 64 for i in different)


def test_a_form_is_a_tap_or_a_text() -> None:
    assert tapped_or_typed(Form(do="h", text="hello"), "t", "fr").doing == Tap("h")
    assert tapped_or_typed(Form(text="x" * 5000), "t", "fr").doing == Typed("x" * 1000)


def _page(screen: Screen, words: Catalogues, language: str = "en"):  # type: ignore[no-untyped-def]
    return render(screen, language, words, HERE)


def test_lines(words: Catalogues) -> None:
    page = _page(
        Screen(title=Msg("**Bold** <b>"), lines=(Msg("• one & **two**"), Msg("plain"))), words
    )
    assert page.title == "Bold <b>" and str(page.heading.text) == "<strong>Bold</strong> &lt;b&gt;"
    assert [(str(line.text), line.bullet) for line in page.lines] == [
        ("one &amp; <strong>two</strong>", True),
        ("plain", False),
    ]


def test_without_a_title_the_first_line_is_the_heading(words: Catalogues) -> None:
    page = _page(Screen(lines=(Msg("✅ That is right."), Msg("more"))), words)
    assert (
        page.title == "That is right."
        and "<i class=k>" in page.heading.text
        and [str(line.text) for line in page.lines] == ["more"]
    )
    assert _page(Screen(), words).title == "Or type here"


def test_each_line_knows_its_language(words: Catalogues, programme: Programme) -> None:
    """The small programme is not translated: its texts are English on an Arabic page, whatever
    signs stand around them."""
    module = programme.modules["phone"]
    screen = Screen(
        title=Msg("{icon} {title}").of(icon="🟦", title=module.title),
        lines=(
            module.description,
            Msg("• {objective}").of(objective=module.objectives[0]),
            _("Your progress never expires."),
        ),
        options=(
            Button(verbatim("français"), SpeakLanguage("fr")),
            Button(module.short, Cover("phone")),
        ),
    )
    page = _page(screen, words, "ar")
    assert page.direction == "rtl" and (page.heading.language, page.heading.direction) == (
        "en",
        "ltr",
    )
    assert [line.language for line in page.lines] == ["en", "en", "ar"]
    assert [choice.label.language for choice in page.options] == ["fr", "en"]


def test_the_main_button_leads_on_and_never_deletes(words: Catalogues) -> None:
    def main(*rows: tuple[Button | Link, ...]) -> list[str]:
        return [
            c.do
            for row in _page(Screen(title=Msg("x"), rows=rows), words).rows
            for c in row.choices
            if c.main
        ]

    delete, menu = Button(Msg("🗑"), Delete()), Button(Msg("☰"), Home())
    assert main((delete,), (menu,)) == []
    assert main((Button(NEXT, Next(1, 2)),), (menu,)) == ["x:1:2"]
    assert main((Button(Msg("◀"), Help(0)), Button(NEXT, Help(2))), (menu,)) == ["?:2"]
    assert main(
        (Link(Msg("there"), "https://x.example"),),
        (Button(Msg("▶"), Begin("m", "d")), Button(Msg("▶"), Cover("m"))),
    ) == ["b:m:d"]


def test_a_text_becomes_a_page() -> None:
    page = page_of_text("\u200fA <b>\n\u200fB\n\n\u200fC\n\u200fD", "x.pdf", "ar")
    assert str(page.heading.text) == "A &lt;b&gt;" and page.direction == "rtl"
    assert [str(line.text) for line in page.lines] == [
        "<bdi>B</bdi>",
        "<bdi>C</bdi><br><bdi>D</bdi>",
    ]
    assert page_of_text("", "x.pdf", "en").title == "x.pdf"
