"""The annex: what employers read about the project, in every language that ships."""

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from bot.documents.certificate import NothingToCertify, annex_facts
from cards.model import Programme
from cards.reader import SHIPPED
from certificates import AnnexFacts, AnnexSection, Fonts, Look, annex
from certificates.labels import Labels
from certificates.template import small
from certificates.typesetting.bidi import reads_from_the_right
from certificates.typesetting.pdf import Colour
from certificates.typesetting.sheet import TEAL
from tests.support.world import SMALL, taught

URL, MADE = "https://learn.example.org", date(2026, 3, 3)


def pages(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]


def facts(programme: Programme, language: str) -> AnnexFacts:
    return annex_facts(programme, taught(SHIPPED)[1], language, URL, MADE)


@pytest.mark.row("M+")
def test_it_says_all_that_the_seed_asks_for(shipped: Programme, fonts: Fonts) -> None:
    data = annex(facts(shipped, "en"), fonts)
    text = " ".join(" ".join(pages(data)).split())
    wanted = [
        "The project",
        "Reference and dates",
        "KA2",
        "Whom it is for",
        "What it wants to reach",
        "How it works",
        "What came out of it",
        "Contact",
    ]
    wanted += [competence.title.source for competence in shipped.competences]
    wanted += [module.title.source for module in shipped.modules.values()]
    wanted += [f"{o.name} {o.country.source}" for o in shipped.organisations]
    assert [words for words in wanted if words not in text] == []
    assert len(shipped.competences) == 19 and "ESCO: manage time" in text
    assert annex(facts(shipped, "en"), fonts) == data, "the same facts give the same bytes"


@pytest.mark.parametrize("language", ["ar", "en", "fr", "pt", "tr"])
def test_every_language(language: str, shipped: Programme, fonts: Fonts) -> None:
    data = annex(facts(shipped, language), fonts)
    assert 2 <= len(pages(data)) <= 6
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == language
    assert len(data) < 80_000


def test_with_forty_modules(shipped: Programme, fonts: Fonts) -> None:
    few = facts(shipped, "en")
    category, modules = few.modules[0]
    many = annex(
        replace(few, modules=tuple((f"{category} {n}", modules[:5]) for n in range(8))), fonts
    )
    assert " ".join(pages(many)).count(" minutes") + " ".join(pages(many)).count("minutes") >= 40


def test_no_page_for_two_lines(shipped: Programme, fonts: Fonts) -> None:
    """What is a little too much for a page is set a little smaller; a page more has something to
    say."""
    bare = replace(facts(shipped, "en"), competences=(), modules=(), partners=(), contact="")
    paragraph = "The partners studied which skills companies look for, and compared what others do."
    made: list[str] = []
    for count in range(20, 80, 2):
        made = pages(
            annex(replace(bare, sections=(AnnexSection("Method", (paragraph,) * count),)), fonts)
        )
        if len(made) == 2:
            break
    assert len(made) == 2 and made[1].count("The partners studied") >= 5


def test_a_paragraph_longer_than_a_page_is_set_smaller(shipped: Programme, fonts: Fonts) -> None:
    long = replace(
        facts(shipped, "en"), sections=(AnnexSection("Method", ("It goes on and on. " * 600,)),)
    )
    assert "".join(" ".join(pages(annex(long, fonts))).split()).count("Itgoesonandon.") == 600


def test_it_wears_the_colours_and_logos_of_the_template(shipped: Programme, fonts: Fonts) -> None:
    english = facts(shipped, "en")
    logo = small(Image.new("RGB", (40, 20), (0, 0, 255)))
    data = annex(english, fonts, Look(colours={TEAL: Colour(1, 0, 0)}, logos=(logo,)))
    shown = pypdfium2.PdfDocument(data)[0].render(scale=1).to_pil().convert("RGB")
    seen = {colour for _, colour in shown.getcolors(1 << 20) or ()}
    assert {(255, 0, 0), (0, 0, 255)} <= seen
    assert data != annex(english, fonts)


def test_references_and_addresses_keep_their_order_among_arabic_letters() -> None:
    said = "مرجع المشروع هو 2020-1-FR01-KA204-080342. اختارته Erasmus+ عام 2020."
    isolated = said.replace("2020-1-FR01-KA204-080342", "\u20682020-1-FR01-KA204-080342\u2069")
    assert Labels("ar").prose(said) == isolated.replace("Erasmus+", "\u2068Erasmus+\u2069")
    partners = Labels("ar").prose(
        "الشريكان Factor Social وAnatolia Gençlik Derneği من Türkiye، وشركة École Numérique (TV5)."
    )
    names = ("Factor Social", "Anatolia Gençlik Derneği", "Türkiye", "École Numérique", "TV5")
    assert all(f"\u2068{name}\u2069" in partners for name in names), (
        "a name stays in one piece, its accents too"
    )
    english = "Say مرحبا (hello) in 3 languages."
    for language, untouched in (
        ("ar", "Not translated: KA2"),
        ("ar", english),
        ("fr", "Le mot مرحبا veut dire bonjour."),
    ):
        assert Labels(language).prose(untouched) == untouched


@pytest.mark.parametrize(
    ("text", "on_arabic", "on_french"),
    [
        ("MigranTech هو مشروع أوروبي", True, False),
        ("شركة Anatolia Youth Association", True, False),
        ("Say مرحبا (hello) in 3 languages.", False, False),
        ("تعلّم الفرنسية مع TV5 (المستوى 1)", True, True),
        ("آموزش با migrantech.org آسان است", True, True),
        ("\u2068AMSED\u2069 · \u2068Factor Social\u2069", True, False),
        ("2020-1", True, False),
    ],
)
def test_the_direction_of_a_sentence(text: str, on_arabic: bool, on_french: bool) -> None:
    assert (reads_from_the_right(text, page=True), reads_from_the_right(text, page=False)) == (
        on_arabic,
        on_french,
    )


def test_a_programme_that_says_nothing_has_none(fonts: Fonts) -> None:
    silent = replace(taught(SMALL)[0], annex=None)
    with pytest.raises(NothingToCertify):
        facts(silent, "en")
