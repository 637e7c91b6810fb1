"""What a reader may have to copy stays on one line and runs from the left: a number with strokes, a
domain, a telephone number. In a line from right to left its parts would change places.
"""

import re

from markupsafe import Markup

_PHONE = r"\+\d{1,3}(?: ?\d{2,4}){2,5}"
_NAME = r"\w+(?:[.-]\w+)+"
_FOUND = re.compile(rf"(?<![\w./:@+-])(?:{_PHONE}|{_NAME})(?![.-]?\w|[/@])", re.ASCII)
_WHOLE = '<bdi dir="ltr" class="whole">{}</bdi>'


def unbroken(text: Markup) -> Markup:
    """The text, which is escaped and has no element yet, with elements around what stays whole. A
    word with a stroke, like `well-known`, may still be divided there."""
    return Markup(_FOUND.sub(_around, str(text)))  # noqa: S704 - was escaped


def _around(found: re.Match[str]) -> str:
    whole = found[0]
    apart = whole.startswith("+") or ("-" in whole and re.search(r"[\d.]", whole))
    return _WHOLE.format(whole) if apart else whole
