"""The signs of a language: its spaces, its dates."""

import re
from datetime import date

import pytest

from bot.i18n.catalogues import SHIPPED, Catalogues
from bot.model.days import at_time, day_words
from bot.model.words import Msg, verbatim
from catalogues.french import french
from catalogues.po import read


def test_french_spaces_hold(words: Catalogues) -> None:
    assert (
        french("Oui ; non ? « Ah ! » : 5 minutes")
        == "Oui\u202f; non\u202f? «\u00a0Ah\u202f!\u00a0»\u00a0: 5\u00a0minutes"
    )
    assert french(french("Quoi ?")) == french("Quoi ?")
    named = Msg("**{term}**: {meaning}").of(term=verbatim("14:30"), meaning=verbatim("a: b?"))
    assert words.say(named, "fr") == "**14:30**\u00a0: a: b?", "what others wrote stays"
    assert words.say(Msg("{who}? {what}:").of(who="A", what="B"), "fr") == "A\u202f? B\u00a0:"
    assert words.say(named, "tr") == "**14:30**: a: b?"
    for message in read(SHIPPED / "fr" / "LC_MESSAGES" / "bot.po", "fr")[0] or ():
        strings = message.string if message.id else ""
        for text in [strings] if isinstance(strings, str) else strings:
            assert not any(sign in french(text) for sign in (" ;", " !", " ?", " »", "« ")), text
            assert not re.search(r"(?<=[\w})])[:;!?»](?:\s|$)", french(text)), text


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("en", "1 November 2026", "Sunday, 1 November, 18:00"),
        ("fr", "1er novembre 2026", "dimanche 1er novembre, 18:00"),
        ("pt", "1 de novembro de 2026", "domingo, 1 de novembro, 18:00"),
        ("ar", "1 نوفمبر 2026", "الأحد 1 نوفمبر، 18:00"),
        ("tr", "1 Kasım 2026", "1 Kasım Pazar 18:00"),
    ],
)
def test_a_day_and_a_time_stand_as_the_language_writes_them(
    language: str, day: str, moment: str, shipped_words: Catalogues
) -> None:
    first = date(2026, 11, 1)
    said = shipped_words.say(Msg("{day}").of(day=first), language)
    both = shipped_words.say(at_time(day_words(first), "18:00"), language)
    marks = re.compile("[\u2066-\u2069]")
    assert marks.sub("", said) == day and marks.sub("", both) == moment


def test_a_sentence_ends_with_one_full_stop(shipped_words: Catalogues) -> None:
    """Also where a day, or a name, ends with one of its own."""
    until = Msg("Until {day}. {more}.")
    said = until.of(day=date(2027, 5, 29), more="AMSED e.V.")
    assert shipped_words.say(said, "uk") == "Until 29 травня 2027\u202fр. AMSED e.V."
    assert shipped_words.say(said, "en") == "Until 29 May 2027. AMSED e.V."
    assert shipped_words.say(until.of(day="1", more="2"), "tr") == "Until 1. 2."
