"""Which option is meant by a text without its article, or with a slip: one alone, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from cards.folding import folded
from cards.meant import ARTICLES, FAR, meant

WORD = st.text("abcdeéاشلميдіб", min_size=1, max_size=8)
TEXT = st.lists(st.one_of(WORD, st.sampled_from(["der", "la", "the", "no"])), max_size=4)
OPTIONS = st.lists(TEXT.map(" ".join), min_size=1, max_size=4)
LANGUAGE = st.sampled_from([*ARTICLES, "ar", "uk", ""])


@pytest.mark.parametrize(
    ("language", "options", "typed", "found"),
    [
        ("fr", ("L'écran", "La souris", "Le clavier"), "ecran", 0),
        ("fr", ("L'écran", "La souris", "Le clavier"), "la souri", 1),
        ("fr", ("L'écran", "La souris", "Le clavier"), "clavié", 2),
        ("ar", ("الشاشة", "الفأرة", "لوحة المفاتيح"), "شاشة", 0),
        ("ar", ("الشاشة", "الفأرة", "لوحة المفاتيح"), "شاشه", 0),
        ("ar", ("الشاشة", "الفأرة", "لوحة المفاتيح"), "لوحة مفاتيح", 2),
        ("de", ("Die Maus", "Den Bildschirm", "Die Tastatur"), "Maus", 0),
        ("de", ("Die Maus", "Den Bildschirm", "Die Tastatur"), "bildschrim", 1),
        ("es", ("El ratón", "La pantalla"), "pantala", 1),
        ("pt", ("O rato", "O ecrã"), "rato", 0),
        ("en", ("The mouse", "A screen"), "the scren", 1),
        ("fr", ("The mouse", "A screen"), "mouse", 0),
        ("de", ("Die Karte", "Die Karten"), "Karte", 0),
        ("de", ("Die Karte", "Die Karten"), "Kartem", None),
        ("de", ("Ein Vertrag", "Kein Vertrag"), "Vertrag", None),
        ("en", ("A contract", "No contract"), "contract", None),
        ("en", ("A contract", "No contract"), "contrct", None),
        ("en", ("Legal", "Illegal"), "ilegal", None),
        ("de", ("der", "die", "das"), "den", None),
        ("de", ("der Band", "die Band"), "Band", None),
        ("en", ("mouse", "house"), "louse", None),
        ("en", ("mice", "screen"), "mise", None),
        ("en", ("Room 10001", "The park"), "room 10002", None),
        ("hi", ("किताबें", "कलम"), "किताबों", None),
        ("en", ("On Monday at noon", "In the evening"), "on munday at noon", 0),
        ("en", ("On Monday at noon", "In the evening"), "on munday at non", None),
        ("en", ("mouse", "screen"), "", None),
        ("en", ("mouse", "screen"), "the", None),
    ],
)
def test_an_article_and_a_slip_count_for_nothing(
    language: str, options: tuple[str, ...], typed: str, found: int | None
) -> None:
    assert meant(typed, [(each,) for each in options], language) == found


@given(OPTIONS, TEXT.map(" ".join), LANGUAGE)
def test_it_never_decides_between_two(options: list[str], typed: str, language: str) -> None:
    """Whatever is typed: no other option is as near, the order of the options is nothing, and a
    second one of the same text leaves none."""
    each = [(option,) for option in options]
    found = meant(typed, each, language)
    turned = meant(typed, each[::-1], language)
    assert turned == (None if found is None else len(each) - 1 - found)
    if found is None:
        return
    assert meant(typed, [*each, each[found]], language) is None
    distances = [OSA.distance(folded(typed, language), folded(o, language)) for o in options]
    articles = {*ARTICLES.get(language, "").split(), *ARTICLES["en"].split()}
    if articles.isdisjoint(f"{typed} {' '.join(options)}".split()) and "ال" not in typed:
        assert distances[found] <= 1 or "ال" in options[found]
        slip = folded(typed, language) != folded(options[found], language)
        if slip and not any("ال" in option for option in options):
            assert all(d >= FAR for i, d in enumerate(distances) if i != found)
