"""Small pure parts: grading, understanding, words, actions."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.parse import NotUnderstood, parse
from bot.channels.telegram.render import shorten
from bot.conversation.action import decode, encode
from bot.conversation.screen import bar
from bot.conversation.typed_text import payload_in
from bot.conversation.update import Edited, Media, Reachable, Sent, Start, Tap, Typed
from bot.flows.learning.actions import Answer
from bot.i18n.catalogues import FSI, PDI, RLM, Catalogues
from bot.model.words import verbatim
from cards.grading import hits, is_right, mark
from cards.kinds.fill_in import FILL_IN, typed_word
from cards.kinds.order import ORDER
from cards.kinds.several import SEVERAL
from cards.model import Module, Programme
from cards.question import Kind, Option, Question
from cards.text import Text


def _question(kind: Kind, rights: str, *words: str) -> Question:
    options = tuple(
        Option(Text(word, "m"), right == "x") for word, right in zip(words, rights, strict=True)
    )
    return Question("q", kind, Text("?", "m"), options, Text("!", "m"))


def test_partial_credit() -> None:
    several = _question(SEVERAL, "xx-", "a", "b", "c")
    assert [hits(several, chosen) for chosen in ((0, 1), (0,), (2,), (0, 1, 2))] == [3, 2, 0, 2]
    order = _question(ORDER, "---", "a", "b", "c")
    assert [hits(order, chosen) for chosen in ((0, 1, 2), (0, 2, 1), (1, 2, 0))] == [3, 1, 0]
    assert is_right(order, (0, 1, 2)) and not is_right(several, (0,))


def test_the_mark_is_exact(programme: Programme) -> None:
    module: Module = programme.modules["computer"]
    everything = {deck.id: {q.id: 9 for q in deck.questions} for deck in module.decks}
    assert mark(module, everything) == 1 and mark(module, {}) == 0
    first = module.decks[0].questions[0].id
    assert mark(module, {module.decks[0].id: {first: 1}}) == Fraction(1, 6)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("mouse", 0),
        ("MICE!", 0),
        ("mouze", 0),
        ("mosue", 0),
        ("screen", 1),
        ("scren", 1),
        ("rain", None),
        ("", None),
        ("é", None),
    ],
)
def test_a_gap_forgives_case_marks_and_one_slip(typed: str, found: int | None) -> None:
    options = (
        Option(Text("mouse", "m"), True, also=(Text("mice", "m"),)),
        Option(Text("screen", "m")),
    )
    question = Question("q", FILL_IN, Text("___", "m"), options, Text("!", "m"))
    assert typed_word(question, typed, lambda text: text.source) == (
        None if found is None else (found,)
    )


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


def test_what_is_inserted_is_isolated_from_right_to_left(words: Catalogues) -> None:
    spoken = words.line(verbatim("Amina \u202edrow\u202c (2)"), "ar")
    assert spoken == f"{RLM}{FSI}Amina drow (2){PDI}"
    assert words.line(verbatim("Amina"), "fr") == "Amina"


def test_the_bar_is_never_full_before_the_end() -> None:
    assert bar(0, 8).values[0] == ("bar", "▱▱▱▱▱")
    assert bar(7, 8).values[0] == ("bar", "▰▰▰▰▱")
    assert bar(8, 8).values[0] == ("bar", "▰▰▰▰▰")
    assert bar(0, 0).values[0] == ("bar", "▱▱▱▱▱")


@given(st.integers(1, 60), st.integers(1, 60), st.integers(2, 10))
def test_the_bar_shows_the_first_step_and_only_grows(total: int, done: int, width: int) -> None:
    def filled(done: int) -> int:
        return str(bar(done, total, width).values[0][1]).count("▰")

    assert filled(0) == 0 < filled(done) and (filled(done) == width) == (done >= total)
    assert filled(done - 1) <= filled(done)


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


@given(st.text(max_size=80))
def test_any_data_is_an_action_or_nothing(data: str) -> None:
    found = decode(data)
    assert found is None or decode(encode(found)) == found


@given(st.text(max_size=300), st.integers(20, 100))
def test_a_shortened_text_fits(text: str, limit: int) -> None:
    assert len(shorten(text, limit).encode("utf-16-le")) // 2 <= limit


@pytest.mark.parametrize(
    ("message", "doing"),
    [
        ({"text": "/start m-computer"}, Start("m-computer")),
        ({"text": "/start@SomeBot"}, Start("")),
        ({"text": "hello"}, Typed("hello")),
        ({"voice": {}}, Sent(Media.VOICE)),
        ({"photo": [], "caption": "my passport"}, Sent(Media.PICTURE)),
        ({"contact": {"phone_number": "1"}}, Sent(Media.OTHER)),
        ({"sticker": {}}, Sent(Media.STICKER)),
    ],
)
def test_what_a_person_sent_is_told_apart_and_nothing_else_is_kept(
    message: dict[str, object], doing: object
) -> None:
    chat = {"id": 7, "type": "private", "first_name": "Amina"}
    update = parse(
        {
            "update_id": 1,
            "message": {"chat": chat, "from": {"id": 7, "language_code": "ar"}, **message},
        }
    )
    assert (
        update and update.doing == doing and update.language == "ar" and "Amina" not in repr(update)
    )


def test_other_updates() -> None:
    chat = {"id": 7, "type": "private"}
    edited = parse({"update_id": 1, "edited_message": {"chat": chat, "text": "x"}})
    assert edited and edited.doing == Edited()
    gone = parse(
        {
            "update_id": 2,
            "my_chat_member": {
                "chat": chat,
                "from": {"id": 7},
                "new_chat_member": {"status": "kicked"},
            },
        }
    )
    assert gone and gone.doing == Reachable(False)
    tap = parse({"update_id": 3, "callback_query": {"id": "1", "from": {"id": 7}, "data": "h"}})
    assert tap and tap.doing == Tap("h") and tap.address == "7"
    assert (
        parse({"update_id": 4, "message": {"chat": {"id": -7, "type": "group"}, "text": "hi"}})
        is None
    )
    with pytest.raises(NotUnderstood):
        parse({"update_id": 5, "poll": {}})
