"""An author's words, and what names their translation."""

from dataclasses import dataclass

ENGLISH = "en"
"""The language of all words that do not say another."""


@dataclass(frozen=True, slots=True)
class Text:
    """`context` is the id of the module (or "programme") and the gettext context of the words."""

    source: str
    context: str
