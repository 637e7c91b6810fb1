"""Which words of the glossary a card brings: it shows them bold."""

import re

from cards.model import Card, Module, Word

_BOLD = re.compile(r"\*\*(.+?)\*\*")


def bold_in(card: Card, module: Module) -> tuple[Word, ...]:
    """The words of the module's glossary that are bold on a card, in their order, each once."""
    bold = (mark.casefold() for text in card.body for mark in _BOLD.findall(text.source))
    found = (_meant(mark, module.glossary) for mark in bold)
    return tuple({word.term.source: word for word in found if word}.values())


def _meant(bold: str, glossary: tuple[Word, ...]) -> Word | None:
    """Exactly it, or else the first that is the same but for its ending."""
    exact = (word for word in glossary if word.term.source.casefold() == bold)
    near = (word for word in glossary if same_word(bold, word.term.source.casefold()))
    return next(exact, None) or next(near, None)


def same_word(bold: str, term: str) -> bool:
    """`notes` for `note`, `agreed` for `agree`: the first letters decide."""
    stem = term[: max(3, len(term) - 2)]
    return bold in term or stem in bold
