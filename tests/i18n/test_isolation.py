"""What is inserted into a sentence keeps to itself."""

from bot.i18n.catalogues import FSI, PDI, RLM, Catalogues
from bot.model.words import verbatim


def test_what_is_inserted_is_isolated_from_right_to_left(words: Catalogues) -> None:
    spoken = words.line(verbatim("Amina \u202edrow\u202c (2)"), "ar")
    assert spoken == f"{RLM}{FSI}Amina drow (2){PDI}"
    assert words.line(verbatim("Amina"), "fr") == "Amina"
