"""The sheet for a conversation round: two pages for any module, with all that a round needs."""

import pytest

from bot.i18n.catalogues import Catalogues
from cards.model import Programme
from certificates import Fonts
from certificates.prints import session
from tests.certificates.prints.read import (
    LANGUAGES,
    assert_portrait,
    of_module,
    pages,
    sizes,
)


@pytest.mark.row("38")
@pytest.mark.parametrize("language", LANGUAGES)
def test_any_module_is_talked_about_on_two_pages(
    language: str, shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    for module in list(shipped.modules)[::4]:
        data = session(of_module(module, language, shipped, shipped_words), fonts)
        assert_portrait(data, 2)
        assert min(sizes(data)) >= 8.5, module


@pytest.mark.row("38")
def test_level_words_situations_and_an_hour(
    shipped: Programme, shipped_words: Catalogues, fonts: Fonts
) -> None:
    facts = of_module("interview", "en", shipped, shipped_words)
    first, second = pages(session(facts, fonts))
    assert facts.level == "intermediate" and facts.level in first
    for word in facts.glossary:
        assert f"{word.term} – {word.meaning}" in first
    for said in ("Please say it again", "You may pass", "Opening question · 10 minutes"):
        assert said in first
    asked = {question.text for deck in facts.decks for question in deck.questions}
    assert sum(text in second for text in asked) == len(facts.decks)
    assert facts.stories[0].title in second
    assert "How is this where you lived before?" in second
