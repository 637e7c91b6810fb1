"""Countries by name, in every language that CLDR knows, and found by a typed name."""

import re
from collections import Counter
from functools import lru_cache

from babel import Locale

from bot.i18n.cities import country_of
from bot.i18n.tongues import tongue_in, tongue_name
from bot.model.atlas import Atlas
from cards.folding import folded

_SOURCE = "en"
_FREE = re.compile(r"(?<!\w)(?:ال)?([\u0621-\u064a]{3,}?)[اه]?(?!\w)")


_ALSO = {
    "AE": "Emirates|UAE|Émirats|Emiratos|الإمارات",
    "BA": "Bosnia|Bosnie|Bosnien",
    "CD": "DR Congo|DRC|RDC|RD Congo|Congo Kinshasa|Zaire|Zaïre",
    "CG": "Congo Brazzaville",
    "CI": "Ivory Coast|Elfenbeinküste|Costa de Marfil|Costa do Marfim|Fildişi Sahili|ساحل العاج",
    "CV": "Cape Verde|Cap Vert|Cabo Verde",
    "CZ": "Czech Republic|Tschechische Republik|République tchèque",
    "GB": "UK|England|Great Britain|Britain|Scotland|Wales|Angleterre|Grande-Bretagne|Inglaterra|"
    "Großbritannien|İngiltere|بريطانيا|إنجلترا|انگلستان|Англія|Велика Британія",
    "GW": "Guinea-Bissau|Guinée-Bissau",
    "KR": "South Korea|Korea|Corée",
    "MK": "Macedonia|Macédoine|Mazedonien",
    "MM": "Myanmar|Burma|Birma|Birmanie|Birmania",
    "PS": "Palestine|Palästina|Palestina|Filistin|فلسطين|فلسطین|Палестина",
    "SA": "Saudi|السعودية|سعودي",
    "SZ": "Swaziland",
    "TR": "Turkey|Turkiye",
    "US": "USA|U.S.A.|US|America|Amérique|Amerika|أمريكا|امریکا|Америка|США",
}
"""What people call countries besides CLDR's first name for them, whichever language they read."""


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")


def country_name(code: str, reader: str) -> str:
    """Of a code of ISO 3166; the code itself where it has no name."""
    return str(_locale(reader).territories.get(code, code))


@lru_cache(maxsize=16)
def _countries(reader: str) -> dict[str, str]:
    """Folded name -> code of two letters: no continents."""
    return {
        folded(name): code
        for code, name in _locale(reader).territories.items()
        if len(code) == 2 and code not in ("EU", "EZ", "UN", "ZZ", "QO")
    }


def country_in(text: str, reader: str) -> str:
    """The code of a country that was typed, in the reader's language or in English; empty where
    there is none."""
    typed = folded(text)
    tables = (_countries(reader), _countries(_SOURCE), _called())
    known = next((table[typed] for table in tables if typed in table), "")
    return known or _freely_spelled(reader).get(_bare(typed), "")


@lru_cache(maxsize=1)
def _called() -> dict[str, str]:
    return {folded(name): code for code, names in _ALSO.items() for name in names.split("|")}


def _bare(name: str) -> str:
    """Without what Arabic writers vary: the article, and the ending of «سوريا», «سورية»."""
    return _FREE.sub(r"\1", name)


@lru_cache(maxsize=16)
def _freely_spelled(reader: str) -> dict[str, str]:
    """As `_countries`, of names that no other country is like."""
    names = _countries(reader)
    alike = Counter(_bare(name) for name in names)
    return {_bare(name): code for name, code in names.items() if alike[_bare(name)] == 1}


ATLAS = Atlas(country_name, tongue_name, country_in, tongue_in, country_of)
