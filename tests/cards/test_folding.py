"""Texts that are the same for whoever types them."""

import pytest

from cards.folding import keys, match

SAME = [
    *[
        ("tr", "YARDIM", "yardım"),
        ("tr", "yardim", "Yardım"),
        ("tr", "İSTANBUL", "istanbul"),
        ("az", "QIRMIZI", "qırmızı"),
    ],
    *[
        ("tr", "istanbul", "İstanbul"),
        ("tr", "CIKIS", "çıkış"),
        ("az", "ə", "Ə"),
        ("az", "sehv", "səhv"),
        ("en", "INTERNET", "internet"),
    ],
    *[
        ("el", "ΟΔΟΣ", "οδός"),
        ("el", "οδοσ", "οδός"),
        ("el", "μεσα", "μέσα"),
        ("de", "STRASSE", "Straße"),
        ("de", "gross", "groß"),
    ],
    *[
        ("de", "schoen", "schön"),
        ("de", "schon", "schön"),
        ("de", "Aerger", "Ärger"),
        ("da", "smorrebrod", "smørrebrød"),
    ],
    *[
        ("da", "aa", "å"),
        ("pl", "lodz", "Łódź"),
        ("fr", "oeuvre", "œuvre"),
        ("fr", "ECOLE", "école"),
        ("fr", "l'ecole", "l’école"),
    ],
    *[
        ("pt", "coracao", "coração"),
        ("pt", "nao", "não"),
        ("vi", "duong", "đường"),
        ("vi", "Nguye\u0302\u0303n", "Nguyễn"),
    ],
    *[
        ("ar", "القائمه", "القائمة"),
        ("ar", "اسلام", "إسلام"),
        ("ar", "محمد", "مُحَمَّد"),
        ("ar", "مستشفي", "مستشفى"),
    ],
    *[
        ("ar", "مســاعدة", "مساعدة"),
        ("ar", "مسا", "مساء"),
        ("ar", "ﻣﺤﻤﺪ", "محمد"),
        ("ar", "کتاب", "كتاب"),
        ("fa", "يک", "یک"),
    ],
    *[
        ("fa", "می روم", "می\u200cروم"),
        ("fa", "میروم", "می\u200cروم"),
        ("he", "שלום", "שָׁלוֹם"),
        ("ru", "елка", "ёлка"),
    ],
    *[
        ("hi", "हां", "हाँ"),
        ("hi", "क\u094d\u200dष", "क\u094dष"),
        ("bn", "ব\u09be\u0982ল\u09be", "বাংলা"),
        ("th", "เเมว", "แมว"),
    ],
    *[
        ("ko", "\u1112\u1161\u11ab", "한"),
        ("ja", "ｶﾞ", "ガ"),
        ("en", "e mail", "e-mail"),
        ("en", "email", "e-mail"),
    ],
    *[
        ("fr", "ca\u00adfé", "café"),
        ("fr", "\ufeffcafé", "café"),
        ("en", "\u202ecafe\u2060", "café"),
        ("en", "ye\u200ds", "yes"),
    ],
    *[
        ("en", "“Yes”.", "yes"),
        ("en", "  two   words ", "two words"),
        ("en", "Yes!", "yes"),
        ("fr", "oui\u00a0!", "oui"),
    ],
    *[
        ("en", "1000", "1,000"),
        ("fr", "1 000", "1,000"),
        ("en", "٣٫٥", "3.5"),
        ("fr", "3,5", "3.5"),
        ("en", "ａｂｃ", "abc"),
    ],
]


DIFFERENT = [
    *[
        ("hi", "मारना", "मरना"),
        ("hi", "पीना", "पानी"),
        ("bn", "কাল", "কল"),
        ("th", "มา", "มี"),
        ("ta", "கால்", "கல்"),
    ],
    *[
        ("ru", "и", "й"),
        ("ja", "か", "が"),
        ("en", "35", "3.5"),
        ("en", "5", "-5"),
        ("en", "C#", "C"),
        ("ar", "كتاب", "كتب"),
    ],
    *[("ko", "강", "간"), ("my", "မြို့", "မြူ"), ("km", "កា", "កី"), ("en", "14:30", "1430 ")],
]


@pytest.mark.parametrize(("language", "typed_text", "text"), SAME)
def test_the_same_for_whoever_types_it(language: str, typed_text: str, text: str) -> None:
    assert match(typed_text, [["something else"], [text]], language) == 1


@pytest.mark.parametrize(("language", "typed_text", "text"), DIFFERENT)
def test_other_words_stay_other_words(language: str, typed_text: str, text: str) -> None:
    assert match(typed_text, [[text]], language) is None


def test_a_long_text_costs_little() -> None:
    """It is cut before it unfolds: U+FDFA is one character and becomes eighteen."""
    assert all(len(key) < 1000 for level in keys("\ufdfa" * 5000) for key in level)
