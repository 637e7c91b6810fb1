"""What an organisation is called, typed by somebody whom nobody knows. Pure."""

import re
from collections.abc import Callable

from bot.model.words import Words, _

LONGEST = 60
_ADDRESS = re.compile(
    r"@|://|\bwww\.|\w{2,}\.(?!kg\b)[a-z]{2,}\b|\w\.\w{2,}/|(?:\d[\s().-]*){7,}", re.IGNORECASE
)
"""What a messenger makes a link or a call of. `Co.KG` and `E.ON` are firms."""


def why_not(name: str, unprintable: Callable[[str], str]) -> Words | None:
    """Why this line cannot stand on a paper or in a chat, which would say it in our voice: figures
    and signs belong to names of firms, addresses and telephone numbers do not. None where it
    can. `unprintable` tells the signs that no font has."""
    if not any(map(str.isalpha, name)) or _ADDRESS.search(name):
        return _("Please type only the name of the organisation, without an address.")
    if len(name) > LONGEST:
        too_long = _("This name is too long for the paper. Please type at most {number} letters.")
        return too_long.of(number=LONGEST)
    if signs := unprintable(name):
        cannot = _("I cannot print this sign: {signs} Please type it with other letters.")
        return cannot.of(signs=signs)
    return None
