"""Text into lines: order, breaks, faces, and composite glyphs."""

import io
from itertools import groupby
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates import Fonts, MissingGlyphs
from certificates.typesetting.bidi import levels
from certificates.typesetting.glyphs import Composite, Part, arranged
from certificates.typesetting.shaping import BREAK, Paragraph, first_strong_is_rtl


def paragraph(text: str, fonts: Fonts, rtl: bool = False) -> Paragraph:
    return Paragraph(text, fonts.regular, rtl, "ar" if rtl else "en")


def visual(text: str, fonts: Fonts, rtl: bool) -> str:
    """The text as it stands on paper, from left to right."""
    line = paragraph(text, fonts, rtl).line(0, len(text))
    return "".join(
        cluster.text for run in line.runs for piece in run.pieces for cluster in piece.clusters
    )


@pytest.mark.parametrize(
    ("text", "rtl", "on_paper"),
    [
        ("Amina", False, "Amina"),
        ("محمد", True, "دمحم"),
        ("محمد Amina", True, "Amina دمحم"),
        ("Amina محمد", False, "Amina دمحم"),
        ("علي (Ali) بن", True, "نب )Ali( يلع"),
        ("في 2026 و 12", True, "12 و 2026 يف"),
        ("A العمل في 2026 B", False, "A 2026 يف لمعلا B"),
        ("رقم \u20682020-1-FR01\u2069", True, "2020-1-FR01 مقر"),
        ("\u2068AMSED\u2069 · \u20683 ساعات\u2069", True, "تاعاس 3 · AMSED"),
    ],
)
def test_the_order_on_paper(text: str, rtl: bool, on_paper: str, fonts: Fonts) -> None:
    assert visual(text, fonts, rtl) == on_paper


CONTROLS = "\u200b\u200d\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
DIRECTIONS = f"ab אב عل 12 ١٢ $%+-,.:/ ()[]<>«»!·\u0301\u064b{CONTROLS}"


@settings(max_examples=400, deadline=None)
@given(st.text(DIRECTIONS, max_size=14), st.booleans())
def test_the_order_is_that_of_the_whole_algorithm(text: str, rtl: bool) -> None:
    """Of each text `levels` shows fpdf2 a pattern only; the order has to be the one of the text
    itself."""
    whole = BidiParagraph(text, base_direction=TextDirection.RTL if rtl else TextDirection.LTR)
    expected = {char.character_index: char.embedding_level for char in whole.characters}
    ours = levels(text, rtl)
    assert in_order({place: ours[place] for place in expected}) == in_order(expected)
    assert all(ours[place] % 2 == level % 2 for place, level in expected.items())


def in_order(levels: dict[int, int]) -> list[int]:
    """Rule L2, character by character."""
    order = sorted(levels)
    for level in range(max(levels.values(), default=0), 0, -1):
        together = groupby(order, key=lambda place: levels[place] >= level)
        order = [
            place
            for higher, places in together
            for place in (reversed(list(places)) if higher else places)
        ]
    return order


def test_letters_join(fonts: Fonts) -> None:
    """The same letter has four forms; joined, the three beh of this word are three glyphs."""
    (run,) = paragraph("ببب", fonts, rtl=True).line(0, 3).runs
    assert len({cluster.parts for piece in run.pieces for cluster in piece.clusters}) == 3


def test_a_vowel_sign_belongs_to_its_letter(fonts: Fonts) -> None:
    (run,) = paragraph("مُ", fonts, rtl=True).line(0, 2).runs
    (cluster,) = run.pieces[0].clusters
    assert len(cluster.parts) == 2 and cluster.text == "م"


def test_lines_break_between_words_and_after_hyphens(fonts: Fonts) -> None:
    text = "one two-three four"
    lines = paragraph(text, fonts).lines(paragraph("one two-", fonts).width)
    assert [text[start:end] for start, end in lines] == ["one two-", "three ", "four"]


@settings(max_examples=60, deadline=None)
@given(st.text("ab علي-/ (12", max_size=60), st.floats(0.3, 12), st.booleans())
def test_lines_hold_all_of_the_text_and_fit(
    fonts: Fonts, text: str, width: float, rtl: bool
) -> None:
    whole = paragraph(text, fonts, rtl)
    lines = whole.lines(width)
    assert "".join(whole.text[start:end] for start, end in lines) == whole.text
    assert lines[0][0] == 0 and lines[-1][1] == len(whole.text)
    for start, end in lines:
        assert whole.line(start, end).width <= width + 1 or end - start == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("做一步（在家）。好！再来", ["做", "一", "步", "（在", "家）。", "好！", "再", "来"]),
        ("用WhatsApp聊", ["用", "WhatsApp", "聊"]),
        ("ሰላም፡ሰላም", ["ሰላም፡", "ሰላም"]),
        ("a/b 1/2 1-2 x-y", ["a/", "b ", "1/2 ", "1-2 ", "x-", "y"]),
    ],
)
def test_where_a_line_may_end(text: str, words: list[str], all_fonts: Fonts) -> None:
    """As narrow as the widest of these words, each of them stands on a line of its own or with its
    neighbour."""
    assert BREAK.split(text) == words
    whole = paragraph(text, all_fonts)
    lines = whole.lines(max(paragraph(word, all_fonts).width for word in words))
    starts = {sum(map(len, words[:count])) for count in range(len(words))}
    assert {start for start, _ in lines} <= starts


def test_a_word_wider_than_the_line_is_cut_and_stays_joined(fonts: Fonts) -> None:
    whole = paragraph("ببببببببب", fonts, rtl=True)
    lines = whole.lines(whole.width / 2)
    assert len(lines) > 1 and lines[-1][1] == 9
    middle = whole.line(*lines[0]).runs[0].pieces[0].clusters
    assert (
        middle[0].parts == middle[1].parts
    )  # the last letter of the line is a middle one, it goes on below


def test_words_are_shaped_once(fonts: Fonts) -> None:
    """Another text with the same word takes the glyphs from there."""
    (one,), (other,) = (paragraph(text, fonts).line(0, 6).runs for text in ("Amina ", "Amina, Ali"))
    assert one.pieces[0] is paragraph("Amina Diallo", fonts).line(0, 5).runs[0].pieces[0]
    assert one.pieces[0] is not other.pieces[0]


def test_invisible_characters_need_no_font_and_leave_no_trace(fonts: Fonts) -> None:
    assert visual("a\u00adb\n\u2060c\ufeff\u202ed\u202c", fonts, rtl=False) == "ab cd"


def test_direction_of_a_text() -> None:
    assert first_strong_is_rtl("(علي) Ali") is True
    assert first_strong_is_rtl("Ali علي") is False
    assert first_strong_is_rtl("12-3") is None


def test_all_that_is_missing_is_named(fonts: Fonts) -> None:
    with pytest.raises(MissingGlyphs) as refused:
        paragraph("a王b明c王", fonts)
    assert refused.value.characters == "明王"


def test_glyphs_are_numbered_as_asked_and_composed(fonts: Fonts) -> None:
    """An é (two components in the font itself), a composite of o and e, the e again."""
    face = fonts.regular[0]
    o, e, acute = (face.shape(char, 0, 1, False, "en")[0].number for char in "oeé")
    data, numbers = face.subset((o, e, acute))
    parts = (Part(numbers[o], 0, 0), Part(numbers[e], 600, -40))
    again = Composite((Part(numbers[e], 0, 0),), face.width(e))
    font = TTFont(
        io.BytesIO(arranged(data, [numbers[acute], Composite(parts, 1176), again])),
        checkChecksums=2,
    )
    names, glyphs = font.getGlyphOrder(), font["glyf"]
    advances = [round(face.width(acute) / 2), 588, round(face.width(e) / 2)]
    assert [font["hmtx"][name][0] for name in names[1:4]] == advances and font[
        "head"
    ].unitsPerEm == 500
    assert [(part.x, part.y) for part in glyphs[names[2]].components] == [(0, 0), (300, -20)]
    for name, text in zip(names[1:4], ("é", "oe", "e"), strict=True):
        glyph = glyphs[name]
        declared = box(glyph)
        assert glyph.isComposite() and len(glyph.components) == (1 if text == "e" else 2)
        glyph.recalcBounds(glyphs)
        assert declared == box(glyph)
        assert font["hmtx"][name][1] == declared[0]


def test_every_glyph_of_a_font_keeps_its_outline(fonts: Fonts) -> None:
    """No point is moved by more than one of 500 units."""
    face = fonts.regular[1]
    data, numbers = face.subset(
        face.shape("محمّد بيت ثلاثة", 0, 15, True, "ar")[place].number for place in range(10)
    )
    before, after = (
        TTFont(io.BytesIO(data)),
        TTFont(io.BytesIO(arranged(data, sorted(numbers.values())[1:]))),
    )
    assert before["maxp"].numGlyphs == after["maxp"].numGlyphs
    for one, other in zip(before.getGlyphOrder(), after.getGlyphOrder(), strict=True):
        (was, *_), (now, *_) = (
            font["glyf"][name].getCoordinates(font["glyf"])
            for font, name in ((before, one), (after, other))
        )
        assert len(was) == len(now)
        assert all(
            abs(a / 2 - b) <= 1
            for here, there in zip(was, now, strict=True)
            for a, b in zip(here, there, strict=True)
        )


def box(glyph: Any) -> tuple[int, int, int, int]:
    return glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax
