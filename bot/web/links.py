"""Addresses of pages in a text as links: on a phone a long one can hardly be selected. Pure."""

import re

from markupsafe import Markup

_NOT = "\\s<>&\u2066-\u2069\u200f"
_ADDRESS = re.compile(f"(?i)https?://(?:&amp;|[^{_NOT}])*(?:&amp;|[^{_NOT}.,;:!?)»”])")
"""In a text that is escaped: of the signs that begin with `&` an address has only that one."""
_LINK = '<a href="{0}" rel="noopener noreferrer"><bdi dir="ltr">{0}</bdi></a>'


def linked(text: Markup) -> Markup:
    """A text of a page, which is escaped, with links; none of them tells where it was tapped."""
    return Markup(_ADDRESS.sub(lambda found: _LINK.format(found[0]), str(text)))  # noqa: S704 - was escaped
