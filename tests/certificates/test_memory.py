"""Memory stays flat, also when a certificate is refused."""

import gc
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from certificates import Facts, Fonts, MissingGlyphs, render
from certificates.typesetting import shaping
from certificates.typesetting.pdf import Document, EmbeddedFont, Page
from tests.support import certificates as samples

STATUS = Path("/proc/self/status")
LETTERS = "اأبتثجحخدذرزسشصضطظعغفقكلمنهوي"


def person(number: int) -> Facts:
    """Certificates of people who are all called otherwise."""
    name = " ".join(
        LETTERS[number % 29] + LETTERS[number // 29 % 29] + last for last in ("من", "علي", "بشر")
    )
    return replace(samples.FRENCH if number % 2 else samples.ARABIC, name=name)


def refused(number: int) -> Facts:
    """Found out late: the last text of the back has a character that no font has."""
    return replace(person(number), trainers=("Diane", f"𒀀 {number}"))


def make(facts: Facts, fonts: Fonts) -> None:
    try:
        render(facts, fonts)
    except MissingGlyphs:
        assert "𒀀" in facts.trainers[1]


def resident() -> int:
    """Memory of this process in KB, what C libraries hold included."""
    return int(STATUS.read_text().split("VmRSS:")[1].split()[0])


@pytest.mark.skipif(not STATUS.exists(), reason="only Linux tells")
@pytest.mark.parametrize("facts", [person, refused])
def test_memory_stays_flat(facts: Callable[[int], Facts], fonts: Fonts) -> None:
    """What is remembered of a new name is 10 KB until the memory of texts is full. The bytes of
    each file kept would be 33 KB, its pages and fonts 100 KB."""
    for number in range(20):
        make(facts(number), fonts)
    before = resident()
    for number in range(20, 80):
        make(facts(number), fonts)
    assert (resident() - before) / 60 < 20


@pytest.mark.parametrize("facts", [person, refused])
def test_nothing_of_a_document_stays(facts: Callable[[int], Facts], fonts: Fonts) -> None:
    gc.collect()
    make(facts(1), fonts)
    kept = Counter(type(thing) for thing in gc.get_objects())
    assert not kept[Document] and not kept[Page] and not kept[EmbeddedFont]


def test_what_is_remembered_has_a_limit(fonts: Fonts) -> None:
    for number in range(2500):
        shaping.paragraph(f"a{number}", fonts.regular, False, "en")
    assert shaping.paragraph.cache_info().currsize == shaping.paragraph.cache_info().maxsize
