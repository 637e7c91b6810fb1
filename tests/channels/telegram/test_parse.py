"""What Telegram sends -> what a person did: only as far as it is used, and nothing believed."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.formatting import to_html
from bot.channels.telegram.parse import NotUnderstood, Seen, parse, read
from bot.conversation.update import Edited, Media, Sent, Start, Tap, Typed

AMINA = {"id": 1001, "type": "private"}


def said(**message: Any) -> dict[str, Any]:
    return {
        "update_id": 7,
        "message": {
            "message_id": 1,
            "chat": AMINA,
            "from": {"id": 1001, "language_code": "ar"},
            **message,
        },
    }


def tapped(data: Any, **query: Any) -> dict[str, Any]:
    return {
        "update_id": 7,
        "callback_query": {"id": "9", "from": {"id": 1001}, "data": data, **query},
    }


@pytest.mark.parametrize(
    "service",
    [
        {"pinned_message": {"message_id": 1}},
        {"new_chat_members": [{}]},
        {"left_chat_member": {}},
        {"boost_added": {}},
        {"write_access_allowed": {}},
        {"chat_background_set": {}},
        {"gift": {}},
        {"successful_payment": {}},
        {"message_auto_delete_timer_changed": {}},
        {"a_kind_that_nobody_thought_of_yet": {"text": "x"}},
        {},
    ],
)
def test_nobody_said_a_service_message(service: dict[str, Any]) -> None:
    assert read(said(**service)) == Seen()
    edited = said(**service)
    edited["edited_message"] = edited.pop("message")
    assert read(edited) == Seen()


@pytest.mark.parametrize(
    ("message", "doing"),
    [
        ({"text": "hello"}, Typed("hello")),
        ({"text": "a\ud800b"}, Typed("a�b")),
        (
            {"text": "\U0001f600 5 < 6", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
            None,
        ),
        ({"text": "/start m-computer"}, Start("m-computer")),
        ({"text": "/start@any_bot"}, Start("")),
        ({"voice": {}}, Sent(Media.VOICE)),
        ({"poll": {"options": "of a kind that nobody knows"}}, Sent(Media.OTHER)),
        (
            {"photo": [{"file_id": "small"}, {"file_id": "big"}], "caption": "x"},
            Sent(Media.PICTURE, "big"),
        ),
        ({"document": {"file_id": "d"}}, Sent(Media.FILE, "d")),
        ({"location": {"latitude": 1}}, Sent(Media.OTHER)),
    ],
)
def test_what_a_person_says(message: dict[str, Any], doing: Any) -> None:
    update = parse(said(**message))
    assert update and update.address == "1001" and update.language == "ar"
    assert update.doing == (doing or Typed("\U0001f600 5 < 6", "<b>\U0001f600</b> 5 &lt; 6"))


def test_somebody_who_shares_where_they_are_says_it_once() -> None:
    moved = said(location={"latitude": 1})
    moved["edited_message"] = moved.pop("message")
    changed = said(text="Hello")
    changed["edited_message"] = changed.pop("message")
    assert parse(moved) is None and (parse(changed) or changed) != changed
    assert (update := parse(changed)) and update.doing == Edited()


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"update_id": "7", "message": said(text="x")["message"]},
        {"update_id": -1, "message": said(text="x")["message"]},
        {"update_id": 2**70, "message": said(text="x")["message"]},
        {"update_id": 7.5, "message": said(text="x")["message"]},
        {"update_id": True, "message": said(text="x")["message"]},
        {"update_id": 7, "message": {"text": "x"}},
        {"update_id": 7, "message": "x"},
        {"update_id": 7, "message": [1]},
        {"update_id": 7, "a_kind_that_nobody_thought_of_yet": {}},
        *(
            {"update_id": 7, "message": {"chat": {"id": id, "type": "private"}, "text": "x"}}
            for id in (None, "1", 1.5, -1, 0, 2**60)
        ),
        said(text=["x"]),
        said(text=7),
        said(photo={"a": 1}),
        said(document={"file_id": 7}),
        tapped(7),
        tapped("x", id=9),
        tapped("x", message={"message_id": "1", "chat": AMINA}),
        {"update_id": 7, "callback_query": {"id": "9"}},
        {"update_id": 7, "my_chat_member": {"chat": AMINA}},
    ],
)
def test_an_odd_shape_is_told_from_all_else(odd: dict[str, Any]) -> None:
    with pytest.raises(NotUnderstood):
        read(odd)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "chat", "text", "type", "from"]), inner)
    ),
    max_leaves=8,
)


@given(
    JSON, st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member"]), JSON
)
def test_whatever_comes_is_read_or_not_understood(inner: Any, kind: str, whole: Any) -> None:
    for raw in ({"update_id": 7, kind: inner}, whole):
        with suppress(NotUnderstood):
            assert isinstance(read(raw, "our_bot"), Seen)


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("/start", True),
        ("/start@our_bot", True),
        ("/start@Our_Bot payload", True),
        ("/help\nplease", True),
        ("/start@other_bot", False),
        ("/start@other_bot payload", False),
        ("/startle", False),
        ("hello", False),
    ],
)
def test_in_a_group_only_a_command_for_us(text: str, ours: bool) -> None:
    raw = {"update_id": 7, "message": {"chat": {"id": -77, "type": "supergroup"}, "text": text}}
    assert read(raw, "our_bot") == Seen(group=-77 if ours else None)


def test_a_tap_on_a_message_too_old_to_be_shown() -> None:
    update = parse(tapped("h"))
    assert update and update.address == "1001" and update.doing == Tap("h")


def test_formatting_that_lies_inside_each_other() -> None:
    entities = [
        {"type": "italic", "offset": 2, "length": 2},
        {"type": "bold", "offset": 0, "length": 6},
        {"type": "text_link", "offset": 7, "length": 2, "url": 'http://a/?"<b>'},
        {"type": "mention", "offset": 7, "length": 2},
        {"type": "bold", "offset": 8, "length": 99},
        {"type": "underline", "offset": 5, "length": 3},
    ]
    assert (
        to_html("ab cd & ef", entities)
        == '<b>ab<i> c</i>d </b>&amp;<a href="http://a/?&quot;&lt;b&gt;"> e</a>f'
    )
