"""Marks are exact, and a gap forgives."""

from fractions import Fraction

import pytest

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


@pytest.mark.row("33")
def test_partial_credit() -> None:
    several = _question(SEVERAL, "xx-", "a", "b", "c")
    assert [hits(several, chosen) for chosen in ((0, 1), (0,), (2,), (0, 1, 2))] == [3, 2, 0, 2]
    order = _question(ORDER, "---", "a", "b", "c")
    assert [hits(order, chosen) for chosen in ((0, 1, 2), (0, 2, 1), (1, 2, 0))] == [3, 1, 0]
    assert is_right(order, (0, 1, 2)) and not is_right(several, (0,))


@pytest.mark.row("28", "C6")
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
