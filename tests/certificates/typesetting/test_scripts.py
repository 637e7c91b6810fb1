"""Every script looks right: what is set is compared with a picture that a person has looked at, and
the name is found by other programs.

`PASITO_REWRITE=1` writes what is seen into `pictures/`. Look at each picture before you keep it:
letters joined and in order, marks on their letters, brackets around what they hold, numbers and
dates whole.
"""

import io
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from pdfminer.high_level import extract_text
from PIL import Image, ImageChops, ImageFilter

from certificates import Facts, Fonts, MissingGlyphs, render
from certificates.typesetting import shaping
from certificates.typesetting.pdf import Document
from certificates.typesetting.sheet import POINTS, WIDTH, Sheet, Style, Typesetter
from tests.support import certificates as samples

PICTURES = Path(__file__).parent / "pictures"
SCALE = 1.5
FINE = 4
"""PDFium puts small letters on whole pixels; drawn larger first, they stand where they should."""
SPECIMEN_WIDTH, SPECIMEN_HEIGHT = 170.0, 37.0
"""In millimetres."""
TOLERANCE = 50
"""Of 255. Edges drawn a little otherwise differ by less, a letter that is another, or elsewhere, by
more.
"""


@dataclass(frozen=True)
class Specimen:
    """A name, and a sentence with a number, a date and brackets in which the direction changes."""

    name: str
    sentence: str
    rtl: bool = False


SPECIMENS = {
    "fr": Specimen(
        "Zoë Nguyễn-Lefèvre", "Leçon 12 (« Où est Ali علي ? »), le 9 mars 2026 : cœur, garçon, île."
    ),
    "pt": Specimen(
        "João Gonçalves Araújo", "Lição 12 (Ali علي), em 9 de março de 2026: coração, avó, ações."
    ),
    "tr": Specimen(
        "İlknur Şahingöz Ağaoğlu",
        "12. ders (Ali علي), 9 Mart 2026: fiil, ışık, İğdır, çağrı, öğün.",
    ),
    "vi": Specimen(
        "Đặng Thị Phượng Ngữ",
        "Bài 12 (Ali علي), ngày 9 tháng 3 năm 2026: nghề, quyền lợi, sửa chữa.",
    ),
    "so": Specimen(
        "Cabdiraxmaan Xuseen", "Casharka 12aad (Ali علي), 9 Maarso 2026: shaqo, waxbarasho."
    ),
    "uk": Specimen(
        "Святослав Ґудзь-Їжакевич", "Урок 12 (Алі علي), 9 березня 2026 р.: пам’ять, ґанок, її, є."
    ),
    "ru": Specimen("Алёна Щукина", "Урок 12 (Али علي), 9 марта 2026 г.: объём, ещё, съёмка."),
    "ar": Specimen(
        "عبد الرحمن محمّد الأحمدي",
        "الدرس 12 (WhatsApp)، في 9 مارس 2026: مُحَمَّد، لا إله، مسؤولية.",
        rtl=True,
    ),
    "fa": Specimen(
        "پژواک یوسفزی گل‌چهره", "درس ۱۲ (WhatsApp)، ۹ مارس ۲۰۲۶: می‌خواهم، کارگاه، چگونه.", rtl=True
    ),
    "prs": Specimen(
        "محمدگل چاریکاری", "درس ۱۲ (WhatsApp)، ۱۸ حوت ۱۴۰۴: پوهنتون، چوکی، ژاله.", rtl=True
    ),
    "ps": Specimen(
        "ګلمینه څدراڼ ښایسته ږغ",
        "لوست ۱۲ (WhatsApp)، ۹ مارچ ۲۰۲۶: ښوونځی، نجلۍ ځي، ړوند، ډېر، ټول.",
        rtl=True,
    ),
    "ckb": Specimen(
        "ڕێبوار ئەحمەد ڵەوێنڵ",
        "وانەی ١٢ (WhatsApp)، ٩ی ئازاری ٢٠٢٦: خوێندن، ڕۆژ، گەڵا، ژیان.",
        rtl=True,
    ),
    "ur": Specimen(
        "ٹیپو گوہر ڈار بڑے", "سبق ۱۲ (WhatsApp)، ۹ مارچ ۲۰۲۶: گھر، چھوٹے، لڑکی، ہے۔", rtl=True
    ),
    "ti": Specimen("ገብረመድህን ተስፋሚካኤል ሃይለ", "ትምህርቲ 12 (Ali علي)፣ 9 መጋቢት 2026፦ ኣብ ዓዲ፣ ሰላም።"),
    "am": Specimen("ጽጌረዳ ኃይለማርያም", "ትምህርት 12 (Ali علي)፣ መጋቢት 9 ቀን 2026፦ ሥራ፣ ቋንቋ፣ ዕድል።"),
    "bn": Specimen("রফিকুল ইসলাম চৌধুরী", "শিক্ষার্থী (Ali علي) ১২টি পাঠ ৯ মার্চ ২০২৬ শেষ করেছে।"),
    "ta": Specimen("கிருஷ்ணமூர்த்தி கௌசல்யா", "பயிற்சி 12 (Ali علي), 9 மார்ச் 2026: கொடை, யோகா, தமிழ்."),
    "ka": Specimen("გიორგი ჩხეიძე", "გაკვეთილი 12 (Ali علي), 9 მარტი 2026: წყალი, ჭიქა, ჰაერი."),
    "zh": Specimen("王小明", "学习者（Ali علي）于2026年3月9日完成12门课程。"),
}
BASE = tuple(SPECIMENS)[:15]


@pytest.mark.parametrize("language", SPECIMENS)
def test_it_looks_as_in_the_picture(language: str, all_fonts: Fonts) -> None:
    seen = drawn(language, SPECIMENS[language], all_fonts)
    kept = PICTURES / f"{language}.png"
    if os.environ.get("PASITO_REWRITE"):
        seen.quantize(16).save(kept, optimize=True)
    assert difference(seen, Image.open(kept).convert("L")) < TOLERANCE


@pytest.mark.parametrize("language", BASE)
def test_the_base_fonts_are_enough(language: str, fonts: Fonts) -> None:
    assert (
        difference(
            drawn(language, SPECIMENS[language], fonts),
            Image.open(PICTURES / f"{language}.png").convert("L"),
        )
        < TOLERANCE
    )


def swapped(text: str) -> str:
    """Two neighbours change places."""
    return text[1] + text[0] + text[2:]


def apart(text: str) -> str:
    """Nothing joins: between all letters stands a zero width non-joiner."""
    return "\u200c".join(text)


@pytest.mark.parametrize(
    ("language", "damage"),
    [
        *((language, swapped) for language in SPECIMENS if language != "zh"),
        *((language, apart) for language in ("ar", "fa", "prs", "ps", "ckb", "ur", "bn")),
        *((language, lambda text: text[::-1]) for language in SPECIMENS),
        ("fr", lambda name: name.replace("ễ", "ê")),
        ("vi", lambda name: name.replace("ữ", "ử")),
        ("tr", lambda name: name.replace("Ş", "S")),
        ("ar", lambda name: name.replace("ّ", "")),
        ("ps", lambda name: name.replace("ږ", "ر")),
        ("ckb", lambda name: name.replace("ڵ", "ل", 1)),
        ("bn", lambda name: name.replace("ি", "ী")),
        ("zh", lambda name: name.replace("王", "玉")),
    ],
)
def test_a_picture_tells_what_is_wrong(
    language: str, damage: Callable[[str], str], all_fonts: Fonts
) -> None:
    """One line of the three is damaged: the picture must not pass for the right one."""
    right = SPECIMENS[language]
    wrong = replace(right, name=damage(right.name))
    assert wrong != right
    assert (
        difference(drawn(language, wrong, all_fonts), drawn(language, right, all_fonts))
        > 2 * TOLERANCE
    )


@pytest.mark.parametrize("language", SPECIMENS)
def test_a_picture_tells_what_stands_in_the_wrong_order(
    language: str, all_fonts: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if all of a text were of one direction."""
    right = drawn(language, SPECIMENS[language], all_fonts)
    with monkeypatch.context() as damage:
        damage.setattr(shaping, "levels", lambda text, rtl: [int(rtl)] * len(text))
        shaping.paragraph.cache_clear()
        wrong = drawn(language, SPECIMENS[language], all_fonts)
    shaping.paragraph.cache_clear()
    assert difference(wrong, right) > 2 * TOLERANCE


def by_pdfium(data: bytes) -> str:
    return str(pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range())


def by_pypdf(data: bytes) -> str:
    """Reverses right-to-left text as it should, and what follows it up to the next single character
    as it should not."""
    return pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()


def by_pdfminer(data: bytes) -> str:
    """Knows left to right only."""
    return extract_text(io.BytesIO(data), page_numbers=[0])


@pytest.mark.parametrize("facts", [samples.FRENCH, samples.ARABIC], ids=["French", "Arabic"])
@pytest.mark.parametrize("language", SPECIMENS)
def test_any_name_on_any_certificate_is_found(
    language: str, facts: Facts, all_fonts: Fonts
) -> None:
    specimen = SPECIMENS[language]
    data = render(replace(facts, name=specimen.name), all_fonts)
    for reader in (by_pdfium, by_pypdf if specimen.rtl else by_pdfminer):
        assert readable(specimen.name) in " ".join(reader(data).split())


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Արմեն Սարգսյան",
            "नारायण प्रसाद श्रेष्ठ",
            "ગુજરાતી",
            "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
            "דוד כהן",
            "ಕನ್ನಡ",
            "សុខ ចាន់",
            "ສົມພອນ",
        ),
        *("മലയാളം", "အောင်ဆန်း", "ଓଡ଼ିଆ", "සුනිල් පෙරේරා", "తెలుగు", "สมชาย"),
    ],
)
def test_names_in_other_scripts_are_found_in_the_text(name: str, all_fonts: Fonts) -> None:
    assert name in by_pdfium(render(replace(samples.FRENCH, name=name), all_fonts))


def test_hundreds_of_letters_are_found(all_fonts: Fonts) -> None:
    """More than the codes of one byte, as a description in Chinese has."""
    chinese = all_fonts.regular[-1].characters
    text = "".join(sorted(char for char in chinese if char >= "\u4e00")[:600])
    document = Document("", "zh", date(2026, 3, 9))
    sheet = Sheet(document.page(), Typesetter(all_fonts, "zh", False))
    sheet.write(text, Style(9), 10, 10, 270)
    data = document.save()
    for reader in (by_pdfium, by_pypdf, by_pdfminer):
        assert "".join(reader(data).split()) == text


def readable(name: str) -> str:
    """Vowel signs and joiners of right-to-left scripts are drawn but not told."""
    return "".join(char for char in name if char not in "\u0651\u200c")


@pytest.mark.parametrize("language", [language for language in SPECIMENS if language not in BASE])
def test_a_script_without_a_font_is_refused(language: str, fonts: Fonts) -> None:
    name = SPECIMENS[language].name
    with pytest.raises(MissingGlyphs) as refused:
        render(replace(samples.FRENCH, name=name), fonts)
    assert set(refused.value.characters) == set(name) - {" "}


def drawn(language: str, specimen: Specimen, fonts: Fonts) -> Image.Image:
    """The name in bold and the sentence in regular and in bold, as a certificate in this language
    sets them."""
    document = Document("", language, date(2026, 3, 9))
    sheet = Sheet(document.page(), Typesetter(fonts, language, specimen.rtl))
    left, top = (WIDTH - SPECIMEN_WIDTH) / 2, 10.0
    below = sheet.write(
        specimen.name, Style(22, bold=True), left + 3, top + 1, SPECIMEN_WIDTH - 6, is_name=True
    )
    below = sheet.write(specimen.sentence, Style(14), left + 3, below + 2, SPECIMEN_WIDTH - 6)
    sheet.write(specimen.sentence, Style(14, bold=True), left + 3, below, SPECIMEN_WIDTH - 6)
    edges = (left, 210.0 - top - SPECIMEN_HEIGHT, left, top)
    page = pypdfium2.PdfDocument(document.save())[0]
    large = page.render(
        scale=FINE * SCALE, crop=tuple(edge * POINTS for edge in edges), grayscale=True
    ).to_pil()
    return large.convert("L").reduce(FINE)


def difference(one: Image.Image, other: Image.Image) -> float:
    """The largest difference of two pictures, 0 to 255, where a place is as large as the stroke of
    a letter."""
    assert one.size == other.size
    _, largest = ImageChops.difference(one, other).filter(ImageFilter.BoxBlur(2)).getextrema()
    return float(largest)
