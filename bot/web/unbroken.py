"""What a reader may have to copy runs from the left: a number with strokes, a domain, a telephone
number. In a line from right to left its parts would change places. Where the phone has room for
it, it stays on one line, too.
"""

import re

from markupsafe import Markup

_PHONE = r"\+\d{1,3}(?: ?\d{2,4}){2,5}"
_NAME = r"\w+(?:[.-]\w+)+"
_FOUND = re.compile(rf"(?<![\w./:@+-])(?:{_PHONE}|{_NAME})(?![.-]?\w|[/@])", re.ASCII)
_FORMS = (
    (17, '<bdi dir="ltr" class="whole">{}</bdi>'),
    (26, '<bdi dir="ltr" class="wide">{}</bdi>'),
)
"""Characters that have room on a line of a page that is 240 pixels wide, and of one of 360."""
_AS_IT_IS = '<bdi dir="ltr">{}</bdi>'


def unbroken(text: Markup) -> Markup:
    """The text, which is escaped and has no element yet, with elements around what stays whole. A
    word with a stroke, like `well-known`, may still be divided there."""
    return Markup(_FOUND.sub(_around, str(text)))  # noqa: S704 - was escaped


def _around(found: re.Match[str]) -> str:
    whole = found[0]
    apart = whole.startswith("+") or ("-" in whole and re.search(r"[\d.]", whole))
    form = next((form for most, form in _FORMS if len(whole) <= most), _AS_IT_IS)
    return form.format(whole) if apart else whole
