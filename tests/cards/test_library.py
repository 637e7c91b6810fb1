"""What is found by meaningful words with slips, in each language that has lessons; what is not."""

import time
from functools import cache

import pytest

from bot.conversation.lexicon import empty
from cards.library import Entry, Index, Shelf, entries
from cards.model import Programme
from cards.near import nearest
from cards.reader import SHIPPED
from cards.text import Text
from tests.support.world import taught


@cache
def _index(language: str) -> Index:
    programme, words = taught(SHIPPED)
    nothing = empty(words.say, language)
    return Index(entries(programme), lambda text: words.say(text, language), language, nothing)


def _found(text: str, language: str, most: int = 3) -> list[tuple[str, ...]]:
    return [(e.shelf, *e.id[:2]) for e in _index(language).find(text, most)]


@pytest.mark.parametrize(
    ("language", "typed", "wanted"),
    [
        ("en", "interview", ("answer", "interview")),
        ("en", "How do I prepare an intreview?", ("answer", "interview")),
        ("en", "certificat", ("answer", "certificate")),
        ("en", "my boss dont pay me", ("answer", "not-paid")),
        ("en", "pasword", ("word", "computer", "password")),
        ("en", "cv", ("module", "cv")),
        ("fr", "entretiens d'embauche", ("module", "interview")),
        ("fr", "mot de pase", ("word", "computer", "password")),
        ("fr", "certifcat", ("answer", "certificate")),
        ("ar", "شهاده", ("answer", "certificate")),
        ("ar", "كيف اكتب سيره ذاتيه", ("answer", "cv")),
        ("ar", "المقابلة", ("module", "interview")),
        ("ar", "للمقابله", ("answer", "interview")),
        ("tr", "sertifikamı", ("answer", "certificate")),
        ("tr", "ozgecmis", ("answer", "cv")),
        ("pt", "entrevsta", ("answer", "interview")),
        ("pt", "curriculo", ("answer", "cv")),
    ],
)
def test_the_top_three_hold_what_is_meant(language: str, typed: str, wanted: tuple[str]) -> None:
    assert wanted in _found(typed, language)


@pytest.mark.parametrize("language", ["en", "fr", "ar", "pt", "tr"])
def test_every_question_is_found_by_itself_and_with_a_slip(language: str) -> None:
    programme, words = taught(SHIPPED)
    for one in programme.answers:
        said = words.say(one.question, language)
        longest = max(said.split(), key=len)
        slip = longest[:2] + longest[3:] if len(longest) > 5 else longest
        for typed in (said, said.replace(longest, slip)):
            assert ("answer", one.id) in _found(typed, language), (typed, one.id)


@pytest.mark.parametrize(
    "text", ["", " ", "?!", "xqzz", "the of a", "🙂", "ш" * 400, "\u200f", "1"]
)
def test_what_means_nothing_finds_nothing(text: str) -> None:
    for language in ("en", "ar"):
        assert _found(text, language) == []


def test_three_ways_on_differ() -> None:
    for typed in ("password", "interview", "stress", "contract"):
        found = _index("en").find(typed, 9)
        marks = [(e.shelf, e.title.source if e.shelf is Shelf.WORD else e.id[:2]) for e in found]
        assert len(set(marks)) == len(marks)


def test_a_card_of_each_module_is_found_by_its_own_heading(shipped: Programme) -> None:
    missed = [
        module.id
        for module in shipped.modules.values()
        if ("card", module.id)
        not in [each[:2] for each in _found(module.decks[1].cards[1].title.source, "en", 9)]
    ]
    assert not missed


def test_reading_costs_little(shipped: Programme) -> None:
    """The index is made when it is asked for; finding takes a moment."""
    index = _index("fr")
    began = time.process_time()
    for _ in range(20):
        index.find("entretein d'embauche demain", 3)
    assert (time.process_time() - began) / 20 < 0.1


def test_a_title_counts_more_than_a_text() -> None:
    def entry(id: str, title: str, body: str) -> Entry:
        return Entry(Shelf.ANSWER, (id,), Text(title, ""), (), (Text(body, ""),))

    index = Index(
        (
            entry("a", "Bread", "Bake a cake."),
            entry("b", "Cake", "Bake bread."),
            *(entry(f"c{n}", f"Word{n} other{n}", "Nothing.") for n in range(20)),
        ),
        lambda text: text.source,
        "en",
    )
    assert [found.id[0] for found in index.find("cake", 2)] == ["b", "a"]


@pytest.mark.parametrize(
    ("typed", "index"),
    [("Lisboa", 0), ("lisbao", 0), ("Bruxeles", 1), ("Pari", 2), ("Liege", None), ("x", None)],
)
def test_a_name_with_a_slip_is_the_one_that_is_near(typed: str, index: int | None) -> None:
    assert nearest(typed, [["Lisboa"], ["Bruxelles", "Brussel"], ["Paris"]]) == index


def test_what_is_near_two_is_neither() -> None:
    assert nearest("Bonna", [["Bonn"], ["Banna"]]) is None
