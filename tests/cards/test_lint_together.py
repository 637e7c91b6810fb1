"""What `pasito lint` sees only over all modules, and in a translation."""

from dataclasses import replace
from pathlib import Path

import pytest

from cards.lint_programme import check_terms, check_together
from cards.lint_translation import check_translation
from cards.model import Module, Programme
from cards.module_file import module_file
from cards.rare_words import check_cefr, check_rare
from cards.reader import SHIPPED
from cards.text import Text
from tests.support.decks import DECK, HEAD
from tests.support.world import taught

SECOND = DECK.replace("# ", "# Once more: ", 1)


def _module(folder: Path, name: str, text: str) -> Module:
    path = folder / f"{name}.md"
    path.write_text(text, encoding="utf-8")
    module, _ = module_file(path)
    assert module
    return module


def _programme(*modules: Module) -> Programme:
    shipped, _words = taught(SHIPPED)
    return replace(shipped, modules={module.id: module for module in modules})


def _said(*modules: Module) -> list[str]:
    return [finding.message for finding in check_together(_programme(*modules))]


def _story(person: str, term: str = "mouse", meaning: str = "You point with it.") -> str:
    return (
        HEAD.replace("glossary: {", f"glossary: {{{term}: {meaning}, ")
        + f"# Deck of {person}\nAim.\n\n## One morning\nAt eight {person} opens the door.\n\n"
        + DECK.partition("\n## ")[2].join(["## ", ""])
    )


def test_a_person_is_in_one_module_only(tmp_path: Path) -> None:
    one, two = (_module(tmp_path, name, _story("Zubeyde")) for name in ("one", "two"))
    assert any("Zubeyde is a person of" in message for message in _said(one, two))
    other = _module(tmp_path, "three", _story("Kwame"))
    assert not any("is a person of" in message for message in _said(one, other))


@pytest.mark.parametrize("word", ["Monday", "Sundays", "Turkey", "French", "June"])
def test_a_day_a_month_and_a_country_are_nobodys_name(tmp_path: Path, word: str) -> None:
    one, two = (_module(tmp_path, name, _story(word)) for name in ("one", "two"))
    assert not any("is a person of" in message for message in _said(one, two))


def test_a_term_has_one_meaning(tmp_path: Path) -> None:
    one = _module(tmp_path, "one", _story("Kwame", "gap", "A time without paid work."))
    two = _module(tmp_path, "two", _story("Zubeyde", "gap", "A hole."))
    assert any("`gap` has another meaning" in message for message in _said(one, two))


def test_two_modules_that_say_the_same_are_named(tmp_path: Path) -> None:
    same = HEAD + DECK.replace("Some words.", "Turn the tap, rinse the pan and dry the plate.")
    one, two = (_module(tmp_path, name, same) for name in ("one", "two"))
    third = _module(tmp_path, "three", HEAD + DECK)
    assert any("says much of what" in message for message in _said(one, two, third))


def test_two_decks_do_not_begin_alike_but_for_a_content_note(tmp_path: Path) -> None:
    module = _module(tmp_path, "one", HEAD + DECK + "\n" + SECOND)
    assert any("begins in the same words" in message for message in _said(module))
    told = replace(module, sensitive=True)
    notes = tuple(
        replace(deck, items=(deck.items[0], *deck.items[n:])) for n, deck in enumerate(told.decks)
    )
    assert not any("begins in the same" in m for m in _said(replace(told, decks=notes)))


@pytest.mark.row("03")
def test_bold_is_for_what_can_be_looked_up(tmp_path: Path) -> None:
    text = _story("Kwame", "agree", "Say yes together.")
    agreed = _module(tmp_path, "one", text.replace("opens", "**agreed**"))
    assert not any("is bold" in message for message in _said(agreed))
    loud = _module(tmp_path, "two", text.replace("opens", "**shouts**"))
    assert any("`shouts` is bold" in message for message in _said(loud))


def test_a_translation_names_a_term_in_one_way(tmp_path: Path) -> None:
    one = _module(tmp_path, "one", _story("Kwame", "gap", "A time without paid work."))
    two = _module(tmp_path, "two", _story("Zubeyde", "gap", "A time without paid work."))
    programme = _programme(one, two)

    def say(text: Text) -> str:
        return "trou" if text.source == "gap" and text.context == "two" else "période vide"

    (found,) = check_terms(programme, {"one", "two"}, say, "fr")
    assert "`gap` is `trou` here and `période vide`" in found.message
    assert not list(check_terms(programme, {"one"}, say, "fr"))


@pytest.mark.parametrize(
    ("source", "said", "language", "message"),
    [
        ("At 14:30 he calls.", "Il appelle le soir.", "fr", "the number 14, 30 is not in it"),
        ("At 9:00 he calls.", "À 9 h, il appelle.", "fr", ""),
        ("Press 5 now.", "اضغط ٥ الآن.", "ar", ""),
        ("One. Two. Three. Four.", "Un, deux, trois et quatre.", "fr", "has 1 sentences"),
        ("Wait for the bus here.", "Wait for the bus here.", "fr", "is as in the source"),
        ("You wait.", "Tu attends.", "fr", "as to a friend"),
        ("He says: go!", "Il dit : « Tu viens ? » Ça va.", "fr", ""),
        ("You wait.", "Você espera.", "pt", "as to a friend"),
        ("Go.", "va " * 19 + ".", "fr", "19 words in one sentence, 18 are best"),
    ],
)
def test_what_a_translation_lost(
    tmp_path: Path, source: str, said: str, language: str, message: str
) -> None:
    text = HEAD + DECK.partition("\n## ")[0] + f"\n## A card\n{source}\n"
    module = _module(tmp_path, "one", text)
    found = [
        finding.message
        for finding in check_translation(
            module, lambda text: said if text.source == source else "…", language
        )
    ]
    assert bool(found) == bool(message)
    assert all(message in each for each in found)


def test_rare_words_are_counted_without_names_quotes_and_explained_ones(tmp_path: Path) -> None:
    text = _story("Kwame", "whorl", "A turn.").replace(
        "opens the door", 'hears "zyzzyva" at a whorl'
    )
    common = {"hears": 5.0}
    plain = _module(tmp_path, "one", text)
    assert not list(check_rare(plain, lambda word: common.get(word, 6.0)))
    rare = _module(tmp_path, "two", text.replace("hears", "perambulates"))
    (found,) = check_rare(rare, lambda word: 1.0 if word == "perambulates" else 6.0)
    assert "`perambulates`" in found.message
    assert not found.fails


@pytest.mark.row("03")
@pytest.mark.parametrize(
    ("stated", "zipf", "flagged"),
    [
        ("A1", 6.0, False),
        ("A1", 3.0, True),
        ("A2", 3.0, True),
        ("A2+", 3.0, False),
        ("", 3.0, False),
    ],
)
def test_a_text_is_not_said_to_be_much_easier_than_its_words(
    tmp_path: Path, stated: str, zipf: float, flagged: bool
) -> None:
    head = f"level: beginner\ncefr: {stated}".removesuffix("\ncefr: ")
    module = _module(tmp_path, "one", _story("Kwame").replace("level: beginner", head))
    found = [str(each) for each in check_cefr(module, lambda _word: zipf)]
    assert bool(found) is flagged
    assert all(f"warning: `cefr: {stated}`, but 100 %" in each for each in found)
