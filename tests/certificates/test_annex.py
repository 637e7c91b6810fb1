"""The annex: what employers read about the project, in every language that ships."""

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pypdfium2
import pytest
from support import SMALL

from bot.certify import NothingToCertify, annex_facts
from bot.i18n import Catalogues
from cards.model import Programme
from cards.reader import read_programme
from certificates import AnnexFacts, Fonts, annex

URL, MADE = "https://learn.example.org", date(2026, 3, 3)


def pages(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]


def facts(programme: Programme, language: str) -> AnnexFacts:
    return annex_facts(programme, Catalogues(programme), language, URL, MADE)


def test_it_says_all_that_the_seed_asks_for(shipped: Programme, fonts: Fonts) -> None:
    data = annex(facts(shipped, "en"), fonts)
    text = " ".join(" ".join(pages(data)).split())
    wanted = ["The project", "Reference and dates", "KA2", "Whom it is for", "What it wants to reach", "How it works", "Contact"]
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
    ((category, modules),) = few.modules
    many = annex(replace(few, modules=tuple((f"{category} {n}", modules[:5]) for n in range(8))), fonts)
    assert " ".join(pages(many)).count("hours") >= 40


def test_a_programme_that_says_nothing_has_none(fonts: Fonts) -> None:
    silent = replace(read_programme(SMALL).programme, annex=None)
    with pytest.raises(NothingToCertify):
        facts(silent, "en")
