"""What a deck may cost in data."""

from dataclasses import replace

from cards.lint_weight import PICTURED, PLAIN, check_weight, pictures_of, words_of
from cards.model import Programme
from cards.picture import Picture
from cards.text import Text


def test_what_ships_is_light_enough(shipped: Programme) -> None:
    assert list(check_weight(shipped)) == []
    computer = shipped.modules["computer"].decks[0]
    assert 15_000 < words_of(computer) < PLAIN, "23 KB, by test_bytes"


def test_many_words_and_many_pictures_are_named(programme: Programme) -> None:
    module = programme.modules["computer"]
    deck = module.decks[0]
    card = deck.cards[0]
    long = replace(card, body=(Text("word " * 10_000, "computer"),))
    pictured = tuple(
        replace(card, id=str(n), picture=Picture(f"p{n}.png", Text("x", "computer")))
        for n in range(13)
    )
    files = {f"p{n}.png": bytes(8_000) for n in range(13)}
    for items, why in (((long, *deck.items), "without pictures"), (pictured, "in all")):
        heavy = replace(module, decks=(replace(deck, items=items),))
        changed = replace(programme, modules={"computer": heavy}, pictures=files)
        (finding,) = check_weight(changed)
        assert why in finding.message and finding.line == deck.line and finding.fails
    once = replace(deck, items=(pictured[0], pictured[0]))
    assert pictures_of(once, replace(programme, pictures=files)) == 8_000
    assert PLAIN < PICTURED
