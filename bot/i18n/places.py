"""Countries and languages by name, in every language that CLDR knows, and found by a typed name."""

from functools import lru_cache

from babel import Locale

from bot.model.atlas import Atlas
from cards.folding import folded

_SOURCE = "en"


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")


def country_name(code: str, reader: str) -> str:
    """Of a code of ISO 3166; the code itself where it has no name."""
    return str(_locale(reader).territories.get(code, code))


def tongue_name(code: str, reader: str) -> str:
    """Of a language (BCP 47), as it stands in a sentence of the reader: Dari, not Persian of
    Afghanistan."""
    return str(_locale(reader).languages.get(code.replace("-", "_"), code))


@lru_cache(maxsize=16)
def _countries(reader: str) -> dict[str, str]:
    """Folded name -> code of two letters: no continents."""
    return {
        folded(name): code
        for code, name in _locale(reader).territories.items()
        if len(code) == 2 and code not in ("EU", "EZ", "UN", "ZZ", "QO")
    }


@lru_cache(maxsize=16)
def _tongues(reader: str) -> dict[str, str]:
    named = _locale(reader).languages.items()
    return {
        folded(name): code.replace("_", "-")
        for code, name in sorted(named, key=lambda each: -len(each[0]))
    }


def country_in(text: str, reader: str) -> str:
    """The code of a country that was typed, in the reader's language or in English; empty where
    there is none."""
    typed = folded(text)
    return _countries(reader).get(typed) or _countries(_SOURCE).get(typed, "")


def tongue_in(text: str, reader: str) -> str:
    """The same of a language; its own name is known, too."""
    typed = folded(text)
    found = _tongues(reader).get(typed) or _tongues(_SOURCE).get(typed)
    return found or _own_names().get(typed, "")


@lru_cache(maxsize=1)
def _own_names() -> dict[str, str]:
    codes = ("ar", "fa", "ps", "ti", "am", "so", "uk", "ru", "tr", "ku", "bn", "ur", "ro", "bg")
    also = ("fr", "pt", "es", "it", "de", "nl", "pl", "sq", "hi", "ta", "zh", "vi", "sw", "ha")
    return {folded(str(_locale(code).get_display_name() or code)): code for code in (*codes, *also)}


ATLAS = Atlas(country_name, tongue_name, country_in, tongue_in)
