"""Days of the week as people type them, in every language there is."""

import re
from datetime import date

import pytest

from bot.conversation.typed_day import When, when
from bot.i18n.catalogues import Catalogues
from bot.model.days import WEEKDAYS
from bot.model.words import Words

MONDAY = date(2026, 11, 30)


def spellings(name: str) -> set[str]:
    """What keyboards make of it: joiners and apostrophes left out, or a space in their place."""
    return {name, name.upper(), *(re.sub("[’'\u200c-]", put, name) for put in ("", " ", "'"))}


def test_a_weekday_is_known_in_each_language_however_it_is_typed(shipped_words: Catalogues) -> None:
    for language in shipped_words.languages:
        for place, word in enumerate(WEEKDAYS):
            for typed in spellings(shipped_words.say(word, language)):
                found = when(f"{typed} 14:00 A1", MONDAY, shipped_words.say, language)
                assert found.day and found.day.weekday() == place, (language, typed)
                assert (found.time, found.rest) == ("14:00", "A1"), (language, typed)


@pytest.mark.parametrize("typed", ["سه شنبه", "سه‌شنبه", "سهشنبه"])
def test_a_name_of_two_words_is_not_taken_for_its_second(typed: str) -> None:
    names = dict(
        zip(
            WEEKDAYS,
            ["دوشنبه", "سه\u200cشنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه"],
            strict=True,
        )
    )

    def say(words: Words, language: str) -> str:
        return names.get(words, "–") if language == "fa" else "–"

    assert when(typed, MONDAY, say, "fa") == When(date(2026, 12, 1), "", "")
