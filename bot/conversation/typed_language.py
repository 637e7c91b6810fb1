"""Which language is named in a typed text: alone, or in a few words that say no more than that it
is wanted (`parle français`, `بالألماني`, `je veux en français`). Pure.

Whoever wants to learn a language says a verb for it: `learns_language`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.conversation.lexicon import Say, empty, lexicon
from bot.conversation.turn import Turn
from bot.model.words import _
from cards.folding import COMMAS, folded

MOST_WORDS, MOST_PARTS = 6, 8
SEPARATORS = rf"[{COMMAS};؛；፤\n+&/·]"
SHORTEST = 4
"""Letters of a word that is written in one with the name of a language."""
SMALL_WORDS = _(
    # Translators: words that people type around the name of a language when they want to read in
    # it ("I want to speak in French, please"), all forms of them; none that means to learn.
    "in|into|to|the|a|i|me|we|want|would|like|need|prefer|can|could|you|speak|talk|write|read|"
    "change|switch|put|set|it|is|my|please|only|language|lang|version|not|no|yes"
)


# Translators: words that people type around the name of a language when they want to learn it, all
# forms of them: "learn German", "German course", "lessons in German".
LEARNING = _(
    "learn|learning|study|studying|practise|practice|course|courses|class|classes|lesson|lessons|"
    "teach|teacher|school|improve|better|for beginners|online|free"
)


def learns_language(text: str, turn: Turn) -> str:
    """The name of the language that somebody wants to learn, as it was typed and folded: `learn
    German`, `Deutschkurs`. Empty where none is named with such a word, or more is said."""
    learning = _learning(turn.world.languages, turn.world.say)
    ends = _ends(learning)
    words = [part for word in folded(text).split() for part in _parted(word, ends)]
    if not 1 < len(words) <= MOST_WORDS + 2 or learning.isdisjoint(words):
        return ""
    nothing = _small(turn.world.languages, turn.world.say) | empty(turn.world.say, turn.language)
    around = learning | nothing
    readers = (turn.language, *turn.world.languages)
    for name, rest in _runs(words):
        wanted = around.issuperset(rest) and not learning.isdisjoint(rest)
        if wanted and around.isdisjoint(name.split()) and turn.world.atlas.tongue_in(name, readers):
            return name
    return ""


def _parted(word: str, ends: tuple[str, ...]) -> tuple[str, ...]:
    """Deutschkurs is Deutsch and Kurs."""
    if not word.endswith(ends):
        return (word,)
    end = max((end for end in ends if word.endswith(end)), key=len)
    return (word.removesuffix(end), end) if len(word) - len(end) > SHORTEST else (word,)


@lru_cache(maxsize=8)
def _ends(learning: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in learning if len(word) >= SHORTEST)


@lru_cache(maxsize=8)
def _learning(languages: tuple[str, ...], say: Say) -> frozenset[str]:
    said = (word for language in languages for word in say(LEARNING, language).split("|"))
    return frozenset(part for word in said for part in folded(word).split())


def typed_language(text: str, turn: Turn) -> str:
    """The code of the language (BCP 47); empty where none is named, or more is said."""
    words = folded(text).split()
    if not 0 < len(words) <= MOST_WORDS:
        return ""
    small = _small(turn.world.languages, turn.world.say)
    readers = (turn.language, *turn.world.languages)
    for name, rest in _runs(words):
        if small.issuperset(rest) and (code := turn.world.atlas.tongue_in(name, readers)):
            return code
    return ""


def typed_languages(text: str, turn: Turn) -> tuple[str, ...]:
    """The codes of several, in their order, with commas, spaces or an "and" between them; nothing
    where a part of it is no language."""
    if code := typed_language(text, turn):
        return (code,)
    words = lexicon(turn.world.say, turn.world.languages)
    ands = "|".join(
        rf"\s{re.escape(a)}" + ("" if a in words.prefixes else r"\s") for a in words.joiners
    )
    for between in (rf"{SEPARATORS}|{ands}", rf"{SEPARATORS}|{ands}|\s"):
        parts = [part for part in re.split(between, text, flags=re.IGNORECASE) if part.strip()]
        codes = [typed_language(part, turn) for part in parts[:MOST_PARTS]]
        if codes and all(codes):
            return tuple(dict.fromkeys(codes))
    return ()


def _runs(words: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Words that follow each other, the most first, and those around them."""
    for size in range(len(words), 0, -1):
        for at in range(len(words) - size + 1):
            yield " ".join(words[at : at + size]), words[:at] + words[at + size :]


@lru_cache(maxsize=8)
def _small(languages: tuple[str, ...], say: Say) -> frozenset[str]:
    said = (word for language in languages for word in say(SMALL_WORDS, language).split("|"))
    return frozenset(part for word in said for part in folded(word).split())
