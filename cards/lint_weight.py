"""What a deck costs whoever pays for each byte (product.md, Numbers). Pure.

Counted as the web page costs it, which is the dearest: a page for each card, two for each question
(`tests/channels/web/test_bytes.py` measures them), and each picture once.
"""

from collections.abc import Iterator

from cards.finding import Finding
from cards.model import Deck, Item, Programme, texts

PAGE = 1_300
"""Bytes of a page and of its request, without the words."""
PLAIN, PICTURED = 30_000, 100_000
"""The most that a deck may cost, without pictures and with them."""


def check_weight(programme: Programme) -> Iterator[Finding]:
    for module in programme.offered.values():
        for deck in module.decks:
            plain = words_of(deck)
            pictures = pictures_of(deck, programme)
            if plain > PLAIN:
                yield Finding(module.path, deck.line, _said(plain, PLAIN, "without pictures"))
            elif plain + pictures > PICTURED:
                yield Finding(module.path, deck.line, _said(plain + pictures, PICTURED, "in all"))


def _said(bytes: int, most: int, what: str) -> str:
    return (
        f"this deck costs about {bytes // 1000} KB of data {what}, {most // 1000} are allowed: "
        "make two of it"
    )


def words_of(deck: Deck) -> int:
    """Bytes of its pages; words are packed to about a half."""
    pages = len(deck.cards) + 2 * len(deck.questions)
    shown: tuple[Item, ...] = (*deck.cards, *deck.questions, *deck.questions)
    size = sum(len(text.source.encode()) for item in shown for text in texts(item))
    return pages * PAGE + size // 2


def pictures_of(deck: Deck, programme: Programme) -> int:
    """Bytes of its pictures, each once."""
    names = {card.picture.file for card in deck.cards if card.picture}
    return sum(len(programme.pictures.get(name, b"")) for name in names)
