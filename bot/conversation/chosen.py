"""Which option was typed, by number, letter or text, one or a list of them (product.md, Screens).
Pure.

In this order: the bare number of an option; exactly an option's text; a number in any dress (`2️⃣`,
`(2)`, `no. 2`, `the second`); a text as people type it. Whatever could mean two options means none:
nobody is guessed into an answer.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

from bot.conversation.lexicon import Lexicon
from cards.folding import COMMAS, SAME, folded, match, same_letters, visible

Labels = Sequence[Sequence[str]]
"""For each option its spellings."""
MOST_PARTS = 10
"""Parts of a list that are looked at: no question has more options."""
_BARE = re.compile(r"\d{1,3}", re.ASCII)
_SEPARATORS = rf"\s*[{COMMAS};؛；፤\n+&/>→]\s*"
_KEYCAP_TEN = "\U0001f51f"


def numbers(text: str) -> str:
    """Digits of any script as 0-9: ٢, ۲ and ② are 2."""
    return "".join(str(d) if (d := unicodedata.digit(c, -1)) >= 0 else c for c in text)


def bare_number(text: str) -> int | None:
    """`2`, `٢` or `２` as an index, with nothing around it."""
    digits = numbers(unicodedata.normalize("NFKC", visible(text))).strip()
    return int(digits) - 1 if _BARE.fullmatch(digits) else None


def _counted(text: str, words: Lexicon) -> list[str] | None:
    """The numbers in a text that holds nothing else but words around numbers, as digits; None when
    it says more. A letter is its place; `1 and 3`, `option 2`, `the second`, `١ و٣`, `2nd`, `(2)`.
    """
    text = same_letters(numbers(visible(text).replace(_KEYCAP_TEN, "10")))
    text = re.sub(r"(?<=\d)['’](?=[^\W\d])", "", text)  # 2'nci
    runs = [(kind, "".join(run)) for kind, run in groupby(text, key=_kind)]
    found: list[str] = []
    for place, (kind, run) in enumerate(runs):
        if kind == "digits":
            found.append(run)
        elif kind == "letters":
            after = place > 0 and runs[place - 1][0] == "digits"
            before = runs[place + 1 : place + 2] and runs[place + 1][0] == "digits"
            number = _word(folded(run), words, glued=bool(after and not before))
            if number is None:
                return None
            found += number
    return found


def _kind(char: str) -> str:
    category = unicodedata.category(char)
    return (
        "digits"
        if char.isascii() and char.isdigit()
        else "letters"
        if category[0] == "L" or category in ("Mn", "Mc")
        else ""
    )


def _word(word: str, words: Lexicon, glued: bool) -> list[str] | None:
    """What a word adds to the numbers: itself, nothing, or None when it means something else."""
    if glued and word in words.suffixes:
        return []
    if word in words.numbers:
        return [str(words.numbers[word])]
    if word in words.letters:
        return [str(words.letters[word] + 1)]
    if word in words.leads or word in words.between:
        return []
    rest = next((word[1:] for prefix in words.prefixes if word.startswith(prefix)), "")
    return _word(rest, words, glued=False) if rest else None


def number(text: str, words: Lexicon) -> int | None:
    """A typed option as an index: `2`, `۲.`, `(2)`, `12`, `b`, `2️⃣`, `no. 2`, `the second`,
    `الخيار ٢`. None when it is none, or when it is more than one."""
    bare = folded(text)
    if len(bare) == 1 and "a" <= bare <= "z":
        return ord(bare) - ord("a")
    found = _counted(text, words)
    return int(found[0]) - 1 if found and len(found) == 1 and len(found[0]) <= 3 else None


def choices(text: str, count: int, words: Lexicon) -> tuple[int, ...] | None:
    """Typed numbers or letters as indexes: `3142`, `3 1`, `a, c`, `1 and 3`, `١ و٣`. None when it
    is not that, or beyond `count` options."""
    found = _counted(text, words)
    if not found:
        return None
    one_by_one = [sign for run in found for sign in (run if int(run) > count else [run])]
    if len(one_by_one) > MOST_PARTS or not all(1 <= int(sign) <= count for sign in one_by_one):
        return None
    return tuple(int(sign) - 1 for sign in one_by_one)


def one(text: str, labels: Labels, words: Lexicon, language: str, gap: bool = False) -> int | None:
    """The option that was typed. In a gap the word comes first, even where it is the number of
    another option."""
    bare = bare_number(text)
    if not gap and bare is not None and 0 <= bare < len(labels):
        return bare
    exact = match(text, labels, language, levels=SAME)
    if exact is not None:
        return exact
    found = match(text, labels, language) if gap else None
    if found is not None:
        return found
    index = number(text, words)
    if index is not None and 0 <= index < len(labels):
        return index
    return match(text, labels, language)


def several(text: str, labels: Labels, words: Lexicon, language: str) -> tuple[int, ...] | None:
    """Two options or more that were typed at once, in their order: numbers, or texts with commas or
    "and" between them. An option whose own text has a comma or an "and" is found first."""
    if match(text, labels, language, levels=SAME) is not None:
        return None
    found = choices(text, len(labels), words)
    if found is None:
        found = _texts(visible(text), labels, words, language)
    return found if found and len(found) > 1 else None


def _texts(text: str, labels: Labels, words: Lexicon, language: str) -> tuple[int, ...] | None:
    """The split into the fewest parts that are all options; None where there is none or two are as
    good."""
    joiners = "|".join(
        rf"\s+{re.escape(j)}" + ("" if j in words.prefixes else r"\s+") for j in words.joiners
    )
    breaks = [
        (m.start(), m.end()) for m in re.finditer(rf"{_SEPARATORS}|{joiners}", text, re.IGNORECASE)
    ]
    if not 0 < len(breaks) < MOST_PARTS:
        return None
    starts, ends = (
        [0, *(end for _start, end in breaks)],
        [*(start for start, _end in breaks), len(text)],
    )
    ways: list[set[tuple[int, ...]]] = [set() for _ in starts] + [{()}]
    for i in reversed(range(len(starts))):
        for j in range(i, len(ends)):
            chosen = match(text[starts[i] : ends[j]], labels, language) if ways[j + 1] else None
            if chosen is not None:
                ways[i] |= {(chosen, *rest) for rest in ways[j + 1]}
    shortest = min(map(len, ways[0]), default=0)
    best = [way for way in ways[0] if len(way) == shortest]
    return best[0] if len(best) == 1 else None
