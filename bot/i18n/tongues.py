"""Languages by name, in every language that CLDR knows, and found by a name as people type it.

A name is known in the languages of the readers, in English and in itself. Forms that people use
for it lead to it: without the article and as an adjective in Arabic (الألمانية, الماني, بالألماني),
in another case in Ukrainian and Turkish (українською, almancaya), of a feminine noun (allemande).
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

from babel import Locale

from cards.folding import folded, script

_SOURCE = "en"
_ARABIC = "ar"
_BEFORE = ("بال", "وال", "لل", "ال", "ب", "ل")
"""What Arabic writes together with a noun."""
_ENDINGS = {
    "LATIN": ("e", "ya", "ye", "yi", "da", "de"),
    "CYRILLIC": ("ою", "ої", "ий", "ій", "а", "у", "и"),
}
_SHORTEST = 3
"""Letters that are left of a word without its article or ending."""
_MOST_WORDS = 3
"""Words of a name whose forms are looked at."""
_ALSO_CALLED: dict[str, tuple[str, ...]] = {
    "am": ("amharinya", "amarinya", "amharigna"),
    "ar": ("arabi",),
    "ckb": ("sorani", "سوراني", "كوردي سوراني", "کوردیی سۆرانی"),
    "de": ("جرمني", "جرمن", "ጀርመንኛ", "ጀርመን", "jarmal", "jarmalka"),
    "en": ("انكليزي", "انقليزي", "انجلش", "ingles"),
    "fa": ("farsi", "parsi"),
    "fa-AF": ("dari", "دری"),
    "fr": ("فرنساوي", "فرانسه"),
    "ku": ("kurmanci", "kurmandji", "kurmanji", "kurdi", "kurde", "کوردی", "كردي كرمانجي"),
    "ps": ("pashtu", "pushto", "pukhto"),
    "so": ("af soomaali", "afsoomaali", "somaliga"),
    "ti": ("tigrigna", "tigray"),
    "tr": ("ترکی", "turki"),
    "uk": ("ukrainska", "ukrayinska"),
    "zgh": ("tamazight", "amazigh", "امازيغي"),
}
"""Other names that people give a language, beside those of CLDR."""
_OWN = (
    *("ar", "fa", "ps", "ti", "am", "so", "uk", "ru", "tr", "ku", "ckb", "bn", "ur", "ro", "bg"),
    *("en", "fr", "pt", "es", "it", "de", "nl", "pl", "sq", "hi", "ta", "zh", "vi", "sw", "ha"),
    *("sr", "hr", "bs", "hu", "cs", "el", "th", "id", "ne", "pa", "om", "az", "ka", "hy"),
)
"""Languages whose own name is known everywhere."""


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")


def tongue_name(code: str, reader: str) -> str:
    """Of a language (BCP 47), as it stands in a sentence of the reader: Dari, not Persian of
    Afghanistan."""
    return str(_locale(reader).languages.get(code.replace("-", "_"), code))


def tongue_in(text: str, readers: Sequence[str]) -> str:
    """The code of a language (BCP 47) whose name this is, for the first of these readers who calls
    one so, in English, or in itself; empty where there is none."""
    typed = folded(text)
    tables = (*(_names(reader) for reader in dict.fromkeys((*readers, _SOURCE))), _own_names())
    for form in dict.fromkeys((_form(typed), *_forms(typed))):
        for table in tables:
            if form in table:
                return table[form]
    return ""


@lru_cache(maxsize=32)
def _names(reader: str) -> dict[str, str]:
    """Form of a name -> code. Of two languages of one name the shorter code is meant."""
    named = sorted(_locale(reader).languages.items(), key=lambda each: -len(each[0]))
    return {_named(folded(name), reader): code.replace("_", "-") for code, name in named}


@lru_cache(maxsize=1)
def _own_names() -> dict[str, str]:
    names = {
        _named(folded(name), code): code
        for code in _OWN
        if (whole := str(_locale(code).get_display_name() or code))
        for name in (whole, whole.partition("(")[0])
    }
    also = {_form(folded(n)): code for code, spelled in _ALSO_CALLED.items() for n in spelled}
    return names | also


def _named(name: str, reader: str) -> str:
    """The form of a name of ours: in Arabic it has its article."""
    if reader == _ARABIC:
        name = " ".join(word.removeprefix("ال") for word in name.split())
    return _form(name)


def _form(name: str) -> str:
    """An adjective and the noun made of it as one: الماني, المانية; українська, українською."""
    return " ".join(map(_adjective, name.split()))


def _adjective(word: str) -> str:
    if word.endswith("يه"):
        return word[:-1]
    if word and script(word[-1]) == "CYRILLIC":
        return next(_without(word, _ENDINGS["CYRILLIC"]), word)
    return word


def _forms(typed: str) -> Iterator[str]:
    """What it may be without what is written together with it."""
    words = typed.split()
    if not 0 < len(words) <= _MOST_WORDS:
        return
    for parts in product(*([word, *_bare(word)] for word in words)):
        yield _form(" ".join(parts))


def _bare(word: str) -> Iterator[str]:
    match script(word[-1]):
        case "ARABIC":
            for before in _BEFORE:
                if word.startswith(before) and len(word) - len(before) >= _SHORTEST:
                    yield word.removeprefix(before)
        case "LATIN":
            yield from _without(word, _ENDINGS["LATIN"])


def _without(word: str, endings: Sequence[str]) -> Iterator[str]:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            yield word.removesuffix(ending)
