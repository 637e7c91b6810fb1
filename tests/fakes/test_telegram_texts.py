"""The fake reads texts and keyboards as Telegram does, and refuses what Telegram refuses."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.calls import Ask
from tests.fakes.telegram import (
    JSON,
    FakeTelegram,
    Refusal,
    clean,
    inline_rows,
    is_blank,
    parse_html,
)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "message text is empty"),
        (" \n\t", "text must be non-empty"),
        ("\u200f\u200f\u2068", "message is fine"),
        ("\u200f\u200b\u00a0", "text must be non-empty"),
        ("x" * 4096, "message is fine"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2048, "message is fine"),
        ("😀" * 2049, "message is too long"),
        ("  " + "x" * 4096 + "\n\n", "message is fine"),
        ("é" * 20000, "text is too long"),
    ],
)
async def test_length_of_a_text(fake: FakeTelegram, ask: Ask, text: str, why: str) -> None:
    fake.user(1001)
    answer = await ask("sendMessage", chat_id=1001, text=text)
    assert answer.get("description", "Bad Request: message is fine") == f"Bad Request: {why}"


async def test_length_counts_after_parsing(fake: FakeTelegram, ask: Ask) -> None:
    fake.user(1001)
    text = "<b>" + "&lt;" * 4096 + "</b>"
    answer = await ask("sendMessage", chat_id=1001, text=text, parse_mode="HTML")
    assert answer["result"]["text"] == "<" * 4096
    assert answer["result"]["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]


@pytest.mark.parametrize(
    ("html", "error"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x"', "Unclosed start tag at byte offset 0"),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ],
)
def test_html_is_refused_as_telegram_does(html: str, error: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parse_html(html)
    assert refusal.value.description == f"Bad Request: can't parse entities: {error}"


def test_html_becomes_entities() -> None:
    text, entities = parse_html(
        '😀 <b>bold <i>both</i></b> &amp;&nbsp;<a href="https://a.b/?x&amp;y">link</a>&#8207;'
    )
    assert text == "😀 bold both &&nbsp;link\u200f"
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == [
        ("bold", 3, 9),
        ("italic", 8, 4),
        ("text_link", 20, 4),
    ]
    assert entities[2]["url"] == "https://a.b/?x&y"


def test_a_text_is_cleaned_as_telegram_does() -> None:
    assert clean("a\tb\r\nc\u202ed\u2029 \n")[0] == "a b\ncd"
    assert (
        clean("\u200f\u2068ن\u2069")[0] == "\u200f\u2068ن\u2069"
    )  # what right-to-left screens are made of stays
    assert clean("\u200f\u200fx")[0] == "\u200c\u200fx"
    assert clean("  😀 <b>", [{"type": "bold", "offset": 5, "length": 3}])[1] == [
        {"type": "bold", "offset": 3, "length": 3}
    ]
    assert is_blank("\u200f \u00a0\u2800") and not is_blank("\u200f.")


@given(st.text(alphabet="a 😀ن\n\r\t\u200e\u200f\u202e\u2068\u030a", max_size=12))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)[0]
    assert clean(once)[0] == once


@given(st.text(alphabet="<>/&;b a=\"'#x1é😀", max_size=20))
def test_any_html_is_parsed_or_refused(html: str) -> None:
    with suppress(Refusal):
        text, entities = parse_html(html)
        assert all(
            0 <= e["offset"] < e["offset"] + e["length"] <= len(text.encode("utf-16-le")) // 2
            for e in entities
        )


def button(data: str = "d", text: str = "x", **more: str) -> JSON:
    return {"text": text, "callback_data": data} | more


@pytest.mark.parametrize(
    ("keyboard", "why"),
    [
        ([[button("é" * 32)]], ""),
        ([[button("é" * 33)]], "BUTTON_DATA_INVALID"),
        (
            [[button("")]],
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ([[button()] * 8] * 12 + [[button()] * 4], ""),
        ([[button()] * 8] * 12 + [[button()] * 5], "reply markup is too long"),
        ([[button()] * 9], "reply markup is too long"),
        ([[button("d" * 60, "x" * 60)] * 8] * 12, "reply markup is too long"),
        ([[button("", url="https://pasito.example/join")]], ""),
        (
            [[button("", url="http://localhost:8080/join")]],
            "inline keyboard button URL 'http://localhost:8080/join' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x"},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
    ],
)
def test_limits_of_a_keyboard(keyboard: Any, why: str) -> None:
    if not why:
        assert inline_rows(keyboard)
        return
    with pytest.raises(Refusal) as refusal:
        inline_rows(keyboard)
    assert refusal.value.description == f"Bad Request: {why}"


def test_a_button_without_a_label_is_not_there() -> None:
    assert [
        b.label for row in inline_rows([[button(text=""), button(text=" Go ")]]) for b in row
    ] == ["Go"]
