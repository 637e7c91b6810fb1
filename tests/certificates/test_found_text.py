"""Other programs find the text of a certificate, and its name."""

import io
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pypdf
import pytest
import uharfbuzz as hb
from pdfminer.high_level import extract_text

from certificates import (
    Fonts,
    MissingGlyphs,
    render,
)
from certificates.typesetting.fonts import BOLD, FILES, REGULAR, SCRIPTS, file_of
from tests.support import certificates as samples
from tests.support.pdf_text import by_pdfium, words


def by_pypdf(data: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def by_pdfminer(data: bytes) -> list[str]:
    return extract_text(io.BytesIO(data)).split("\f")[:-1]


NAMES = [
    ("en", "Amina Diallo"),
    ("fr", "Zoë Nguyễn-Lefèvre"),
    ("tr", "İlknur Şahingöz Ağaoğlu"),
    ("pt", "João Gonçalves Araújo"),
    ("ar", "عبد الرحمن الأحمدي"),
    ("ar", "علاء الدين بن علي"),
    ("ar", "Jean-Baptiste Connor"),
    ("fr", "فاطمة الزهراء بن علي"),
    ("fa", "پژواک یوسفزی چگنی"),
    ("ps", "ګلمینه څدراڼ ښایسته ږغ"),
    ("ckb", "ڕێبوار ئەحمەد ڵەوێنڵ"),
    ("ur", "ٹیپو گوہر ڈار بڑے"),
    ("uk", "Святослав Ґудзь-Їжакевич"),
    ("ru", "Алёна Щукина"),
    ("vi", "Đặng Thị Phượng Ngữ"),
    ("ti", "ገብረመድህን ተስፋሚካኤል ሃይለ"),
    ("so", "Cabdiraxmaan Xuseen"),
]


@pytest.mark.parametrize("reader", [by_pdfium, by_pypdf])
@pytest.mark.parametrize(("language", "name"), NAMES)
def test_other_programs_find_the_name(
    language: str, name: str, reader: Callable[[bytes], list[str]], fonts: Fonts
) -> None:
    assert name in words(
        reader(render(replace(samples.ENGLISH, language=language, name=name), fonts))[0]
    )


@pytest.mark.parametrize(
    ("language", "name"), [pair for pair in NAMES if not re.search("[\u0600-\u06ff]", pair[1])]
)
def test_pdfminer_finds_names_from_left_to_right(language: str, name: str, fonts: Fonts) -> None:
    assert name in words(
        by_pdfminer(render(replace(samples.ENGLISH, language=language, name=name), fonts))[0]
    )


def test_a_vocalised_name_is_found_without_its_vowel_signs(fonts: Fonts) -> None:
    data = render(replace(samples.ARABIC, name="مُحَمَّد"), fonts)
    assert "محمد" in by_pdfium(data)[0] and "محمد" in by_pypdf(data)[0]


def test_arabic_paragraphs_are_found(fonts: Fonts) -> None:
    verso = words(by_pdfium(render(samples.ARABIC, fonts))[1])
    assert "تشغيل الحاسوب وإطفاؤه بأمان" in verso
    assert "حفظ ملف PDF والعثور عليه" in verso


@pytest.mark.parametrize("name", ["王小明", "Amina 王", "𞤀𞤣𞤤𞤢𞤥"])
def test_a_character_without_a_glyph_is_refused_by_name(name: str, fonts: Fonts) -> None:
    with pytest.raises(MissingGlyphs) as refused:
        render(replace(samples.ENGLISH, name=name), fonts)
    missing = {char for char in name if not unicodedata.name(char).startswith(("LATIN", "SPACE"))}
    assert set(refused.value.characters) == missing
    assert all(f"U+{ord(char):04X}" in str(refused.value) for char in missing)


def test_unused_fonts_stay_out(fonts: Fonts) -> None:
    names = font_names(render(samples.ENGLISH, fonts))
    assert {name.split("+")[1] for name in names} == {"NotoSans-Regular", "NotoSans-Bold"}


def test_every_script_has_both_weights_and_they_are_static() -> None:
    for name in SCRIPTS:
        for weight in (REGULAR, BOLD):
            face = hb.Face(hb.Blob.from_file_path(file_of(name, weight)))
            assert not face.axis_infos and len(face.unicodes) > 50, name
    assert sum(file.stat().st_size for file in FILES.iterdir()) < 12 << 20


def font_names(data: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
