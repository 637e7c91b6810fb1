"""What a reader may have to copy runs from the left: a number with strokes, a domain, a telephone
number. In a line from right to left its parts would change places. Where the smallest phone has
room for it, it stays on one line, too.
"""

import re

from markupsafe import Markup

_PHONE = r"\+\d{1,3}(?: ?\d{2,4}){2,5}"
_NAME = r"\w+(?:[.-]\w+)+"
_FOUND = re.compile(rf"(?<![\w./:@+-])(?:{_PHONE}|{_NAME})(?![.-]?\w|[/@])", re.ASCII)
_AS_IT_IS, _WHOLE = '<bdi dir="ltr">{}</bdi>', '<bdi dir="ltr" class="whole">{}</bdi>'
_LONGEST = 17
"""Characters that have room on a line of a page that is 240 pixels wide."""


def unbroken(text: Markup) -> Markup:
    """The text, which is escaped and has no element yet, with elements around what stays whole. A
    word with a stroke, like `well-known`, may still be divided there."""
    return Markup(_FOUND.sub(_around, str(text)))  # noqa: S704 - was escaped


def _around(found: re.Match[str]) -> str:
    whole = found[0]
    apart = whole.startswith("+") or ("-" in whole and re.search(r"[\d.]", whole))
    form = _WHOLE if len(whole) <= _LONGEST else _AS_IT_IS
    return form.format(whole) if apart else whole
