"""French spaces that may not break: before `: ; ! ? »`, after `«`, between a number and its unit;
and the first day of a month.

Translators type plain spaces; they are put right when a text is said. Our own messages that are in
no language, `{label}: {value}`, have none: they get one.
"""

import re
from functools import lru_cache

NARROW, FIRM = "\u202f", "\u00a0"
_UNITS = r"(?:%|€|[kMG]o|minutes?|min|heures?|h|jours?|semaines?|mois|ans?)(?!\w)"
_BEFORE_NARROW = re.compile(r"(?<=\S)[ \u00a0](?=[;!?])")
_BEFORE_FIRM = re.compile(r"(?<=\S) (?=[:»](?:\W|$))")
_BEHIND_VALUE = re.compile(r"(?<=[}*])(?=[:;!?](?:\s|$))")
_AFTER = re.compile(r"« ")
_FIRST = re.compile(r"(?<!\d)1(?= (?:janv|févr|mars|avril|mai|juin|juil|août|sept|oct|nov|déc))")
_UNIT = re.compile(rf"(?<=[\d}}]) (?={_UNITS})")


@lru_cache(maxsize=8192)
def french(text: str) -> str:
    text = _BEHIND_VALUE.sub(" ", text)
    text = _BEFORE_NARROW.sub(NARROW, text)
    text = _BEFORE_FIRM.sub(FIRM, text)
    return _UNIT.sub(FIRM, _AFTER.sub(f"«{FIRM}", text))


def french_date(text: str) -> str:
    """A date as CLDR writes it, with 1er for a month's first day, as CLDR does not."""
    return _FIRST.sub("1er", text)
