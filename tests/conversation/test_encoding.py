"""A button says what it said, and any data is an action or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.action import decode, encode
from bot.conversation.typed_text import payload_in
from bot.flows.learning.actions import Answer, Cover


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("https://learn.example.org/join/aB3-_x", "g-aB3-_x"),
        ("Come! http://127.0.0.1:8080/join/abc?language=ar 🙂", "g-abc"),
        ("https://t.me/some_bot?start=g-abc", "g-abc"),
        ("https://learn.example.org/?start=s-abc", "s-abc"),
        ("https://learn.example.org/?start=link-0123456789", "link-0123456789"),
        ("join/abc", None),
        ("https://learn.example.org/verify/abc", None),
        ("https://learn.example.org/?start=", None),
    ],
)
def test_a_link_of_ours_can_be_pasted(text: str, payload: str | None) -> None:
    assert payload_in(text) == payload


@given(
    st.builds(
        Answer,
        st.integers(0, 10**6),
        st.integers(0, 10**6),
        st.lists(st.integers(0, 3), max_size=4).map(tuple),
    )
)
def test_a_button_says_what_it_said(tap: Answer) -> None:
    assert decode(encode(tap)) == tap


@given(st.text(max_size=20), st.text(":\n", min_size=1, max_size=2), st.integers(0, 20))
def test_what_could_not_be_read_back_is_refused(text: str, odd: str, at: int) -> None:
    with pytest.raises(ValueError, match="colon"):
        encode(Cover(text[:at] + odd + text[at:]))


@given(st.text(max_size=70))
def test_any_text_is_read_back_or_refused(text: str) -> None:
    try:
        data = encode(Cover(text))
    except ValueError:
        return
    assert decode(data) == Cover(text)


@given(st.text(max_size=80))
def test_any_data_is_an_action_or_nothing(data: str) -> None:
    found = decode(data)
    assert found is None or decode(encode(found)) == found
