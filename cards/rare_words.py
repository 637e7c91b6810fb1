"""How many words of a module are rare: a reader who learns the language stops at each; and how hard
that makes its text. Pure.

Rare is less than about three times in a million words (zipf 3.5, SUBTLEX's scale: the logarithm of
how often a word comes in a thousand million). Words of the glossary are explained, names and what
stands in quotation marks are said as they are: none of them counts. Uncommon is less than thirty
times in a million. The shares of uncommon words that go with a level of the CEFR were found by
reading what ships; nobody has tested them with readers.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from statistics import mean

from cards.cefr import Cefr
from cards.finding import Finding
from cards.lint import sentences, words
from cards.model import Card, Module

RARE = 3.5
SHARE = 0.03
"""Of a module's words."""
UNCOMMON = 4.5
HARDER = ((0.075, Cefr.B1), (0.05, Cefr.A2_PLUS))
"""From which share of uncommon words on a text is at least so hard."""
LONG = 9
"""Words of a sentence, on the average: above it a text is a step harder."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_NAMED = 3


def check_rare(module: Module, zipf: Callable[[str], float]) -> Iterator[Finding]:
    """A warning where more than 3 % are rare, with the words that come most often. `zipf` tells how
    frequent a word is."""
    said = _said(module)
    rare = Counter(word for word in said if zipf(word) < RARE)
    if said and rare.total() > SHARE * len(said):
        most = ", ".join(f"`{word}`" for word, _ in rare.most_common(_NAMED))
        share = f"{100 * rare.total() / len(said):.0f} %"
        yield Finding(
            module.path, 1, f"{share} of the words are rare, 3 % are best: {most}", fails=False
        )


def check_cefr(module: Module, zipf: Callable[[str], float]) -> Iterator[Finding]:
    """A warning where a text is more than a step harder than `cefr:` says. Easier it may be: what
    it speaks of makes it hard, too, and that nobody can count."""
    said = _said(module)
    if module.cefr is None or not said:
        return
    share = sum(zipf(word) < UNCOMMON for word in said) / len(said)
    length = mean([words(each) for text in _texts(module) for each in sentences(text)] or [0])
    scale = list(Cefr)
    least = next((level for most, level in HARDER if share >= most), Cefr.A1)
    measured = scale.index(least) + (length > LONG)
    if measured - scale.index(module.cefr) > 1:
        told = (
            f"`cefr: {module.cefr}`, but {100 * share:.0f} % of the words are uncommon and a "
            f"sentence has {length:.0f} words: nearer to {scale[measured]}"
        )
        yield Finding(module.path, module.line("cefr"), told, fails=False)


def _texts(module: Module) -> Iterator[str]:
    for deck in module.decks:
        for item in deck.items:
            for text in item.body if isinstance(item, Card) else (item.text, item.reason):
                yield text.source


def _said(module: Module) -> list[str]:
    """Its words, without those of the glossary, names, and what stands in quotation marks."""
    explained = {
        part[:4] for word in module.glossary for part in _WORD.findall(word.term.source.casefold())
    }
    return [
        word
        for text in _texts(module)
        for word in _WORD.findall(_QUOTED.sub("", text))
        if not word[0].isupper() and word[:4] not in explained
    ]
