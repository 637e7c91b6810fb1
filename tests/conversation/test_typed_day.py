"""Days of the week as people type them, in every language there is."""

import re
from datetime import date, timedelta

import pytest

from bot.conversation.typed_day import When, when
from bot.i18n.catalogues import Catalogues
from bot.model.days import TODAY, TOMORROW, WEEKDAYS, day_words
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


def test_today_and_tomorrow_are_known_in_each_language(shipped_words: Catalogues) -> None:
    for language in shipped_words.languages:
        for ahead, word in enumerate((TODAY, TOMORROW)):
            for typed in spellings(shipped_words.say(word, language)):
                day = MONDAY + timedelta(days=ahead)
                for text in (f"{typed} 14:30", f"{typed}, 14:30", f"14:30 {typed}"):
                    found = when(text, MONDAY, shipped_words.say, language)
                    assert found == When(day, "14:30", ""), (language, text)


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("fr", "demain à 14h30"),
        ("fr", "Mardi 1er décembre, 14h30"),
        ("fr", "1er décembre 2026 14:30"),
        ("en", "December? No: tomorrow 2:30 pm"),
        ("en", "1st December 14:30"),
        ("ar", "غدا 14:30"),
        ("ar", "غداً ١٤:٣٠"),
        ("de", "Morgen, 14:30"),
        ("es", "1º de diciembre 14:30"),
    ],
)
def test_the_first_of_december_as_people_type_it(
    language: str, typed: str, shipped_words: Catalogues
) -> None:
    found = when(typed, MONDAY, shipped_words.say, language)
    assert (found.day, found.time) == (date(2026, 12, 1), "14:30")


def test_a_date_goes_before_a_weekday_and_that_before_tomorrow(shipped_words: Catalogues) -> None:
    found = when("Guten Morgen, Freitag 14:30", MONDAY, shipped_words.say, "de")
    assert found.day == date(2026, 12, 4)
    found = when("today: who comes on 8 June?", MONDAY, shipped_words.say, "en")
    assert found.day == date(2027, 6, 8)


def test_every_day_that_we_write_is_read_again(shipped_words: Catalogues) -> None:
    """French writes the first of a month as 1er."""
    for language in shipped_words.languages:
        for month in range(1, 13):
            for number in (1, 2, 14):
                day = date(2026 if month == 12 else 2027, month, number)
                typed = shipped_words.say(day_words(day), language)
                assert when(typed, MONDAY, shipped_words.say, language).day == day, typed
    assert shipped_words.say(day_words(date(2026, 12, 1)), "fr") == "mardi 1er décembre"
