"""Quotation marks of a language: those of Unicode's CLDR 45, and « » in Arabic and Pashto, whose
writers prefer them to the curly ones that CLDR names. Portuguese is that of Portugal.

A language that is not here, as one of an operator's own, is held to none.
"""

import re

QUOTES = {
    **dict.fromkeys(("ar", "es", "fa", "ps", "pt", "ti", "uk"), ("«", "»")),
    **dict.fromkeys(("so", "tr"), ("“", "”")),
    "de": ("„", "“"),
    "fr": ("« ", " »"),
}
_ANY = re.compile('[“”„«»"]')


def foreign_quotes(text: str, language: str) -> str:
    """The quotation marks that stand outside of those of the language, each once; within its own
    any others may stand, for words that are quoted in what is quoted."""
    if language not in QUOTES:
        return ""
    opening, closing = QUOTES[language]
    rest = re.sub(f"{opening}[^{closing.strip()}]*{closing}", "", text)
    return "".join(dict.fromkeys(_ANY.findall(rest)))
