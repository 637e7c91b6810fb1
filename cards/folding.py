"""When are two texts the same for somebody who types? By the rules of the script and the language.
Pure.

A text has a key on each of five levels, from strict to forgiving, and `match` asks them in this
order. The first level on which anything is the same decides, and only when one candidate alone is:
what is exactly an option's text is that option, and forgiveness never chooses between two.

0. **Exact**: canonical Unicode (NFC), single spaces. Format characters (soft hyphen, direction
   marks, BOM, word joiner,
   variation selectors) are nothing, not a space. Joiners between letters stay: in Bengali, Sinhala
   or Persian they are writing.
1. **Same letters**: compatibility forms (full width, circled, Arabic presentation forms), digits of
   any script, case by language:
   in Turkish and Azeri I is ı and İ is i; Greek ς is σ.
2. **Same words**: quotes, brackets and the punctuation around the text are nothing.
3. **As people type it**: what keyboards lack or people leave out. Latin and Greek accents, letters
   with strokes (ø ł đ ı), ß and
   ss, æ and ae, German ä and ae; Arabic vowel signs, hamza, tatweel, ة and ه, ى and ي, Persian ک
   and ی, Pashto ۍ and ګ; Hebrew points; ё; joiners;
   punctuation inside, but for that of a number. Vowel signs of Indic scripts, Thai, Khmer or
   Myanmar are letters like others.
4. **Without spaces**: `e mail` and `email`, `می روم` and `می‌روم`.

A key is a set of spellings, because a few letters are left out in two ways (`ö` as `o` or `oe`);
keys meet when they share one. No level keeps what was typed: only our own texts are remembered
(`_known`).
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

LONGEST = 400
"""Characters that are looked at. Cut before anything else: one sign can unfold into eighteen
(U+FDFA).
"""
LEVELS = 5
SAME = 3
"""Texts whose keys meet below this level look the same to a reader."""

Key = frozenset[str]
JOINERS = "\u200c\u200d"
_TURKIC = ("tr", "az", "crh", "tt", "kk")
_UPPER_I = str.maketrans({"I": "ı", "İ": "i"})
_ORNAMENT = frozenset(
    map(chr, (0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0, 0x17B4, 0x17B5, *range(0x180B, 0x180F)))
)
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
COMMAS = ",،、，፣"
"""Of every script that is written here: what stands between the parts of a label or a list."""
AROUND = " \t\n.,;:!?…،؛؟۔。、，！？：；।॥።፣፤՞՜¿¡·\"'`´‘’‚‛“”„‟«»‹›「」『』()[]{}（）【】–—"
_PLAIN_LETTERS = str.maketrans(
    {
        **{
            "ø": "o",
            "ł": "l",
            "đ": "d",
            "ı": "i",
            "ħ": "h",
            "ŧ": "t",
            "ð": "d",
            "ŋ": "n",
            "ɓ": "b",
            "ɗ": "d",
            "ƙ": "k",
        },
        **{
            "ɛ": "e",
            "ɔ": "o",
            "ə": "e",
            "ƴ": "y",
            "ĸ": "k",
            "æ": "ae",
            "œ": "oe",
            "ß": "ss",
            "þ": "th",
            "ĳ": "ij",
        },
        **{
            "ة": "ه",
            "ى": "ي",
            "ی": "ي",
            "ې": "ي",
            "ۍ": "ي",
            "ګ": "گ",
            "ے": "ي",
            "ک": "ك",
            "ہ": "ه",
            "ھ": "ه",
            "ە": "ه",
            "ٱ": "ا",
            "ء": "",
        },
        **{"\u0640": "", "\u0901": "\u0902", "\u093c": "", "\u2019": "'", "\u02bc": "'"},
    }
)
_LONG_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_GROUPED = re.compile(r"(?<=\d)[.,'’ \u00a0\u202f٬](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"(?<![\w])[-−](?=\d)|(?<=\d)[.,:/٫](?=\d)|[+#]")
"""The signs that belong to a number or a name: -5, 3.5, 14:30, C++, C#."""


def match(
    typed: str, candidates: Sequence[Iterable[str]], language: str = "", levels: int = LEVELS
) -> int | None:
    """The index of the one candidate that `typed` is on the first `levels` levels; each candidate
    is a list of its spellings. None when it is none of them, or when it cannot be told which."""
    return Candidates(candidates, language).match(typed, levels)


class Candidates:
    """Texts of ours that something typed may be, each a list of its spellings. Kept where they are
    always the same (commands, titles): then a text costs a look into a few tables."""

    def __init__(self, candidates: Sequence[Iterable[str]], language: str = "") -> None:
        self._language = language
        self._known = [
            (i, _known(spelling, language))
            for i, spellings in enumerate(candidates)
            for spelling in spellings
        ]
        self._tables: dict[int, dict[str, set[int]]] = {}

    def match(self, typed: str, levels: int = LEVELS) -> int | None:
        """As `folding.match`."""
        wanted = keys(typed, self._language)
        for level in range(levels):
            table = self._table(level) if wanted[level] else {}
            found = {i for key in wanted[level] for i in table.get(key, ())}
            if found:
                return found.pop() if len(found) == 1 else None
        return None

    def _table(self, level: int) -> dict[str, set[int]]:
        if level not in self._tables:
            table = self._tables[level] = {}
            for i, known in self._known:
                for key in known[level]:
                    table.setdefault(key, set()).add(i)
        return self._tables[level]


def alike(one: str, other: str, language: str = "") -> int | None:
    """The first level on which two of our own texts cannot be told apart; None when they always
    can."""
    pairs = zip(_known(one, language), _known(other, language), strict=True)
    return next((level for level, (mine, its) in enumerate(pairs) if mine & its), None)


def keys(text: str, language: str = "") -> tuple[Key, ...]:
    """The keys of a text, one for each level. A text without letters has empty ones on the
    forgiving levels."""
    exact = _exact(text)
    letters = same_letters(exact, language)
    inside = _stripped(letters)
    forgiven = frozenset(filter(None, map(_forgiven, _spellings(inside))))
    return (
        _key(exact),
        _key(letters),
        _key(inside),
        forgiven,
        frozenset(spelling.replace(" ", "") for spelling in forgiven),
    )


def folded(text: str, language: str = "") -> str:
    """A text in its most forgiving form with spaces: for words of commands, numbers and times."""
    if text.isascii() and text.isalpha():  # the many plain words, thirty times as fast
        return text[:LONGEST].lower()
    return _forgiven(_stripped(same_letters(_exact(text), language)))


@lru_cache(maxsize=20_000)
def _known(text: str, language: str) -> tuple[Key, ...]:
    """The keys of a text of ours: an option, a command, a title. Never of what was typed."""
    return keys(text, language)


def _key(text: str) -> Key:
    return frozenset((text,)) if text else frozenset()


def visible(text: str) -> str:
    """A text cut to what is looked at, without characters that only steer its display. Joiners stay
    where letters meet."""
    kept = [c for c in text[:LONGEST] if c in JOINERS or not _ignorable(c)]
    around = zip(kept, ["", *kept], [*kept[1:], ""], strict=False)
    return "".join(
        c for c, before, after in around if c not in JOINERS or (_joins(before) and _joins(after))
    )


def _joins(char: str) -> bool:
    """Whether a joiner beside this letter can be writing: not in scripts that have none."""
    written = bool(char) and unicodedata.category(char)[0] in "LM"
    return written and script(char) not in ("LATIN", "GREEK", "CYRILLIC", "HEBREW")


@lru_cache(maxsize=4096)
def _ignorable(char: str) -> bool:
    if char in _ORNAMENT or any(ord(char) in selectors for selectors in _SELECTORS):
        return True
    return unicodedata.category(char) in ("Cf", "Cc", "Cs") and not char.isspace()


@lru_cache(maxsize=4096)
def script(char: str) -> str:
    """The script of a letter, as the first word of its Unicode name: LATIN, ARABIC, DEVANAGARI.
    Empty for what has no name."""
    return unicodedata.name(char, "").partition(" ")[0]


def _exact(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", visible(text)).split())


def same_letters(text: str, language: str = "") -> str:
    """Compatibility forms, digits and case as one: what a reader would read out the same."""
    text = unicodedata.normalize("NFKC", text)[:LONGEST]
    if language.split("-")[0] in _TURKIC:
        text = text.translate(_UPPER_I)
    text = text.lower().replace("i\u0307", "i").replace("ς", "σ")
    return " ".join(unicodedata.normalize("NFC", "".join(map(_digit, text))).split())


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None) if not char.isascii() else None
    return char if value is None else str(value)


def _stripped(text: str) -> str:
    """Without the punctuation around, but for a point before a figure."""
    bare = text.strip(AROUND)
    start = text.find(bare)
    return f".{bare}" if bare[:1].isdigit() and text[max(0, start - 1) : start] == "." else bare


def _spellings(text: str) -> tuple[str, ...]:
    plain = _GROUPED.sub("", text)
    return tuple({text, plain, text.translate(_LONG_UMLAUTS)})


def _forgiven(text: str) -> str:
    text = text.replace("เเ", "แ").replace("٫", ".").translate(_PLAIN_LETTERS)
    base, kept = "", ""
    for char in unicodedata.normalize("NFD", text):
        if unicodedata.category(char) in ("Mn", "Me"):
            kept += "" if _left_out(char, base) else char
        else:
            base = char
            kept += char
    kept = unicodedata.normalize("NFC", kept.translate(_PLAIN_LETTERS))
    belongs = {found.start() for found in _NUMBER.finditer(kept)}
    words = "".join(_inside(c, n in belongs) for n, c in enumerate(kept) if c not in JOINERS)
    return " ".join(words.split())


def _inside(char: str, belongs: bool) -> str:
    if belongs:
        return {"−": "-", ",": "."}.get(char, char)
    return char if char.isalnum() or unicodedata.category(char)[0] == "M" else " "


def _left_out(mark: str, base: str) -> bool:
    """Whether people leave this mark out when they type this letter."""
    match script(base) if base else "":
        case "LATIN" | "GREEK" | "ARABIC" | "HEBREW" | "":
            return True
        case "CYRILLIC":  # й is a letter of its own, ё is typed as е, stress is for dictionaries
            return mark in "\u0300\u0301" or (mark == "\u0308" and base == "е")
        case _:
            return False
