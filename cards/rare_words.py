"""How many words of a module are rare: a reader who learns the language stops at each. Pure.

Rare is less than about three times in a million words (zipf 3.5, SUBTLEX's scale: the logarithm of
how often a word comes in a thousand million). Words of the glossary are explained, names and what
stands in quotation marks are said as they are: none of them counts.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from cards.finding import Finding
from cards.model import Card, Module

RARE = 3.5
SHARE = 0.03
"""Of a module's words."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_NAMED = 3


def check_rare(module: Module, zipf: Callable[[str], float]) -> Iterator[Finding]:
    """A warning where more than 3 % are rare, with the words that come most often. `zipf` tells how
    frequent a word is."""
    explained = {
        part[:4] for word in module.glossary for part in _WORD.findall(word.term.source.casefold())
    }
    texts = (
        text.source
        for deck in module.decks
        for item in deck.items
        for text in (item.body if isinstance(item, Card) else (item.text, item.reason))
    )
    said = [
        word
        for text in texts
        for word in _WORD.findall(_QUOTED.sub("", text))
        if not word[0].isupper() and word[:4] not in explained
    ]
    rare = Counter(word for word in said if zipf(word) < RARE)
    if said and rare.total() > SHARE * len(said):
        most = ", ".join(f"`{word}`" for word, _ in rare.most_common(_NAMED))
        share = f"{100 * rare.total() / len(said):.0f} %"
        yield Finding(
            module.path, 1, f"{share} of the words are rare, 3 % are best: {most}", fails=False
        )
