"""A language is found by its name as people type it."""

import pytest

from bot.i18n.places import country_in
from bot.i18n.tongues import tongue_in, tongue_name
from tests.support.languages import TWELVE


@pytest.mark.row("18")
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *((typed, "ar") for typed in ("عربي", "العربية", "Arabe", "arabisch", "Arapça")),
        *((typed, "de") for typed in ("ألمانية", "الماني", "بالالماني", "آلمانی", "allemande")),
        *((typed, "ku") for typed in ("كردي", "الكردية", "كردية", "kurdî", "Kurmancî", "Kürtçe")),
        *((typed, "en") for typed in ("انكليزي", "إنجليزية", "англійська", "İNGİLİZCE")),
        *((typed, "ru") for typed in ("روسي", "русский", "російською", "Russe")),
        ("صومالي", "so"),
        ("Dari", "fa-AF"),
        ("ኣምሓርኛ", "am"),
        ("الصومال", ""),
        ("ألمانيا", ""),
        ("Deutschland", ""),
        ("", ""),
        ("?!", ""),
    ],
)
def test_a_name_as_people_type_it(typed: str, code: str) -> None:
    assert tongue_in(typed, ("fr", *TWELVE)) == code


def test_every_name_of_every_language_leads_to_it() -> None:
    """To a language that a reader calls so: a few names are those of two."""
    for reader in TWELVE:
        for code in ("ar", "fa", "ku", "so", "ti", "am", "ru", "sq", "ro", "zh", "sw", "ln"):
            name = tongue_name(code, reader)
            assert tongue_name(tongue_in(name, (reader,)), reader) == name


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("سوريا", "SY"),
        ("سورية", "SY"),
        ("سوريه", "SY"),
        ("تركية", "TR"),
        ("صومال", "SO"),
        ("بيت", ""),
    ],
)
def test_a_country_is_known_however_arabic_writers_end_it(typed: str, code: str) -> None:
    assert country_in(typed, "ar") == code


@pytest.mark.parametrize(
    ("typed", "reader", "code"),
    [
        ("Turkey", "en", "TR"),
        ("Ivory Coast", "en", "CI"),
        ("Palestine", "fr", "PS"),
        ("England", "de", "GB"),
        ("USA", "uk", "US"),
        ("Congo", "en", ""),
    ],
)
def test_a_country_by_what_people_call_it(typed: str, reader: str, code: str) -> None:
    """Also where CLDR has another name first; a name of two countries tells nothing."""
    assert country_in(typed, reader) == code
