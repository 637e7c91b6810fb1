"""Names: what people are called stays, what decorates them goes, what cannot be read is refused
with a reason.
"""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from certificates import NameRefused, Reason, clean_name, names
from certificates.names import LONGEST_FILENAME, LONGEST_NAME, file_name

KEPT = [
    "Amina Diallo",
    "Zoë Nguyễn-Lefèvre",
    "Jean-Luc O'Connor",
    "র‍্যাচেল",
    "မြို့သူ",
    "ศรีสุดา",
    "Maria da Conceição Aparecida Fernandes de Oliveira Albuquerque dos Santos",
    "J.R. St.John",
    "山田 はな",
    "İlknur Şahingöz",
    "Святослав Ґудзь-Їжакевич",
    "عبد الرحمن محمّد الأحمدي",
    "مُحَمَّدٌ",
    "گل‌چهره پژواک یوسف‌زی",
    "ګل‌مینه څدراڼ",
    "ገብረመድህን ተስፋሚካኤል",
    "শ্রী চৌধুরী",
    "李小龍",
    "Ó",
]


@pytest.mark.parametrize("name", KEPT)
def test_a_name_stays_as_it_is(name: str) -> None:
    assert clean_name(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("  Amina \t\n Diallo  ", "Amina Diallo"),
        ("Amina 🌸 Diallo ❤️", "Amina Diallo"),
        ("👩🏽‍🎓 Amina", "Amina"),
        ("Amina\u202eolaiD", "AminaolaiD"),
        ("\u2067Amina\u2069 \u200fDiallo", "Amina Diallo"),
        ("Amina\x00\x07 Diallo\x1b", "Amina Diallo"),
        ("Zoe\u0308", "Zoë"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("𝓐𝓶𝓲𝓷𝓪 Ｄｉａｌｌｏ", "Amina Diallo"),
        ("ﻣﺤﻤﺪ", "محمد"),
        ("N`Diaye O´Connor", "N'Diaye O'Connor"),
        ("\u0301Amina", "Amina"),
        ("Amina\u200d Diallo\u200c", "Amina Diallo"),
        ("Amina\u00a0Diallo\u200b", "Amina Diallo"),
        ("Amina\ue000\ud800", "Amina"),
    ],
)
def test_what_is_not_part_of_a_name_goes(typed: str, printed: str) -> None:
    assert clean_name(typed) == printed


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", Reason.EMPTY),
        ("   \n", Reason.EMPTY),
        ("\u202e\u200f", Reason.EMPTY),
        ("🌸🌸", Reason.EMPTY),
        ("12345", Reason.NO_LETTERS),
        ("...", Reason.NO_LETTERS),
        ("- 7 -", Reason.NO_LETTERS),
        ("٣٤", Reason.NO_LETTERS),
        ("A" * 101, Reason.TOO_LONG),
        ("Zarmina (verified)", Reason.SIGNS),
        ("https://evil.example/verify", Reason.SIGNS),
        ("evil.example", Reason.SIGNS),
        ("@evil", Reason.SIGNS),
        ("Amina 2", Reason.SIGNS),
        ("Amina ٣", Reason.SIGNS),
        ("Am\u0456na", Reason.MIXED),
        ("Olg\u0430", Reason.MIXED),
        ("Z\u0351\u0324\u030f\u0315algo", Reason.TOO_MANY_MARKS),
        ("ا" + "\u064b" * 3, Reason.TOO_MANY_MARKS),
    ],
)
def test_what_cannot_be_a_name_is_refused(typed: str, reason: Reason) -> None:
    with pytest.raises(NameRefused) as refused:
        clean_name(typed)
    assert refused.value.reason is reason


def test_the_longest_name_is_counted_after_normalising() -> None:
    assert len(clean_name("e\u0301" * 100)) == LONGEST_NAME


@given(st.text(max_size=130))
@example("example.$com")
def test_any_text_is_a_clean_name_or_refused(text: str) -> None:
    try:
        name = clean_name(text)
    except NameRefused:
        return
    assert clean_name(name) == name
    assert 0 < len(name) <= LONGEST_NAME
    assert name == unicodedata.normalize("NFC", name) == " ".join(name.split())
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Co", "So") for char in name)
    assert not any("\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069" for char in name)


@given(st.lists(st.text(max_size=100), max_size=4))
def test_a_file_name_is_safe_everywhere(parts: list[str]) -> None:
    name = file_name("Pasito", *parts)
    assert name.startswith("Pasito") and name.endswith(".pdf")
    assert len(name) <= LONGEST_FILENAME and len(name.encode()) <= 240
    assert not set(name[:-4]) & set("/\\:*?\"<>|.\0 ~%#&{}$!'`@+=")
    assert all(
        char == "-" or unicodedata.category(char)[0] in "LM" or char.isdecimal()
        for char in name[:-4]
    )


@pytest.mark.parametrize("sign", ["\ufdfa", "ﷺ ", "\U0001d4d0", "é", "😀", " "])
def test_a_long_text_is_cut_before_it_is_unfolded(
    sign: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """U+FDFA unfolds into 18 characters: what is looked at stays bounded, however much is typed
    (counted, not timed)."""
    looked_at = 0
    normalize = unicodedata.normalize

    def counted(form: str, text: str) -> str:
        nonlocal looked_at
        looked_at += len(text)
        return normalize(form, text)  # type: ignore[arg-type]

    monkeypatch.setattr(unicodedata, "normalize", counted)
    with pytest.raises(NameRefused):
        clean_name(sign * 4096)
    assert looked_at <= 3 * names.MOST_READ
