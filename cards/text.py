"""An author's words, and what names their translation."""

from dataclasses import dataclass

from babel import Locale, UnknownLocaleError

ENGLISH = "en"
"""The language of all words that do not say another."""


@dataclass(frozen=True, slots=True)
class Text:
    """`context` is the id of the module (or "programme") and the gettext context of the words."""

    source: str
    context: str


def language_tag(given: str) -> str:
    """The code of a language (BCP 47) as it is usually written; empty where it names none."""
    try:
        return str(Locale.parse(given, sep="-")).replace("_", "-")
    except (ValueError, UnknownLocaleError):
        return ""
