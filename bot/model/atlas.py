"""What countries and languages are called. Pure: the names come from outside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Atlas:
    """`country` and `tongue` give the name of a code (ISO 3166, BCP 47) for a reader's language;
    `country_in` and `tongue_in` the code of what was typed, or nothing: a name in the language of
    one reader, or of the first of several who calls one so. `country_of` is the code of the country
    of a city, where it is a larger one."""

    country: Callable[[str, str], str] = lambda code, _reader: code
    tongue: Callable[[str, str], str] = lambda code, _reader: code
    country_in: Callable[[str, str], str] = lambda _text, _reader: ""
    tongue_in: Callable[[str, Sequence[str]], str] = lambda _text, _readers: ""
    country_of: Callable[[str, str], str] = lambda _city, _reader: ""
