"""A paper case study (seed 33): a story begins on the handout, and the page stays one sheet."""

import pytest

from bot.i18n.catalogues import Catalogues
from cards.model import Programme
from certificates import Fonts
from certificates.prints import handout
from tests.certificates.prints.read import assert_portrait, of_module
from tests.support.pdf_text import by_pdfium, words


@pytest.mark.row("33")
@pytest.mark.parametrize(
    ("language", "said"), [("en", "A case: what would you do?"), ("fr", "Un cas")]
)
def test_a_case_stands_on_the_handout(
    language: str, said: str, shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    made = of_module("interview", language, shipped, shipped_words)
    data = handout(made, fonts)
    assert_portrait(data, 2)
    text = words(" ".join(by_pdfium(data)))
    assert said in text and made.stories[0].title in text
    assert made.stories[0].scenes[0].ways[0].label.split()[0] in text
    listed = made.decks[0].ideas[1].lines
    assert all(words(line).split()[-1] in text for line in listed[:6]), "no empty promise"
