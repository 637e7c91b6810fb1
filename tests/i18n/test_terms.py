"""A term is said as the term list says: named with file and line where it is not."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from bot.i18n.catalogues import SHIPPED
from bot.i18n.terms import NAME, check_terms_said, read_terms
from catalogues.po import read


def _list(folder: Path, text: str) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    path = folder / NAME
    path.write_text(text, "utf-8")
    terms, findings = read_terms(path, "xx/terms.yaml")
    return dict(terms), list(map(str, findings))


def _found(folder: Path, terms: str, **texts: str) -> list[str]:
    po = Catalog("fr", fuzzy=False)
    for line, (source, said) in enumerate(texts.items(), 1):
        po.add(source.replace("_", " "), said, lineno=line)
    return [str(f) for f in check_terms_said(po, _list(folder, terms)[0], "fr/bot.po")]


def test_a_term_that_is_said_otherwise_is_named_with_its_line(tmp_path: Path) -> None:
    said = {"Your_contract": "Votre accord", "Two_contracts": "Deux contrats"}
    assert _found(tmp_path, "contract: contrat", **said) == [
        "fr/bot.po:1: warning: “contract” is “contrat” in the term list: Your contract"
    ]


@pytest.mark.parametrize(
    ("terms", "source", "said", "quiet"),
    [
        ("office: [service, bureau]", "An office", "Un bureau", True),
        ("office: [service, bureau]", "An office", "Une poste", False),
        ("skill: compétence", "Skills", "COMPETENCES", True),
        ("agency: agence", "Two agencies", "Deux agences", True),
        ("agency: agence", "Two agencies", "Deux bureaux", False),
        ("link: lien", "Blinking links", "Des clients", False),
        ("link: lien", "Blinking", "Clignotant", True),
        ("counsellor: conseill", "{counsellor} writes", "{counsellor} écrit", True),
        ("employer: صاحب العمل", "The employer", "وصاحبُ العمل", True),
        ("language: ቋንቋ", "In your language", "ብቋንቋኹም", True),
    ],
)
def test_forms_are_found_as_words_are_written(
    tmp_path: Path, terms: str, source: str, said: str, quiet: bool
) -> None:
    assert (not _found(tmp_path, terms, **{source: said})) is quiet


def test_what_is_not_finished_is_not_held_to_the_list(tmp_path: Path) -> None:
    po = Catalog("fr", fuzzy=False)
    po.add("A contract", "", lineno=1)
    po.add("Two contracts", "Deux accords", lineno=2, flags={"fuzzy"})
    terms = _list(tmp_path, "contract: contrat")[0]
    assert not list(check_terms_said(po, terms, "fr/bot.po"))


@pytest.mark.parametrize(
    "text", ["- a\n- b", "just a word", "card: ''", "card: 7", "card: [", "1: x"]
)
def test_a_broken_list_is_named_and_stops_nothing(tmp_path: Path, text: str) -> None:
    terms, findings = _list(tmp_path, text)
    assert terms == {} and findings and findings[0].startswith("xx/terms.yaml:")


def test_a_language_without_a_list_has_no_terms(tmp_path: Path) -> None:
    assert read_terms(tmp_path / NAME, "xx") == ({}, [])


@pytest.mark.parametrize("language", ["fr", "ar", "pt", "tr"])
def test_the_lists_that_ship_are_said_nearly_everywhere(language: str) -> None:
    """Thirty terms and more, and one sentence in a hundred does without one of them."""
    terms, findings = read_terms(SHIPPED / language / NAME, NAME)
    assert not findings and len(terms) >= 30
    named = texts = 0
    for path in SHIPPED.glob(f"{language}/LC_MESSAGES/**/*.po"):
        po = read(path, language)[0]
        assert po is not None
        named += len(list(check_terms_said(po, terms, path.name)))
        texts += len(po)
    assert named <= texts / 100
