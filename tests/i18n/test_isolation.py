"""What is inserted into a sentence keeps to itself."""

from bot.i18n.catalogues import FSI, PDI, RLM, Catalogues
from bot.model.words import Msg, verbatim


def test_what_is_inserted_is_isolated_from_right_to_left(words: Catalogues) -> None:
    spoken = words.line(verbatim("Amina \u202edrow\u202c (2)"), "ar")
    assert spoken == f"{RLM}{FSI}Amina drow (2){PDI}"
    assert words.line(verbatim("Amina"), "fr") == "Amina"


def test_a_name_from_the_right_takes_no_number_along(words: Catalogues) -> None:
    said = words.say(Msg("“{name}” · {done}").of(name="ليلى", done="1/29"), "fr")
    assert said == f"“{FSI}ليلى{PDI}” · 1/29"
    named = Msg("“{name}” · {done}").of(name=verbatim("ليلى"), done="1/29")
    assert words.say(named, "fr") == said and words.say(verbatim("ليلى"), "fr") == "ليلى"
