"""A video, or something to hear, that a card leads to, and the words for who does not play it.

    video: 12 MB https://example.org/first-day

    transcript:

    The cook: Who washes the salad today?

    Two people in white clean a long table.

It lies on a page of its own. How many MB it has stands on the button, before anybody taps it. All
that stands on the card behind `transcript:` says what is said and, where nobody speaks, what is
shown: one tap away, in the chat, without data of its own.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from cards.text import Text

TRANSCRIPT = "transcript:"
_MEDIUM = re.compile(
    r"(?P<kind>video|audio):\s+(?P<size>\d{1,3}(\.\d)?) MB (?P<url>https://[^\s/]+\.[^\s/]+(/\S*)?)"
)


class MediumKind(StrEnum):
    VIDEO = "video"
    AUDIO = "audio"


@dataclass(frozen=True, slots=True)
class Medium:
    """`megabytes` as the author wrote it: `4.5`. `words` are the paragraphs of its transcript."""

    kind: MediumKind
    url: str
    megabytes: str
    words: tuple[Text, ...] = ()


def is_medium(paragraph: str) -> bool:
    return paragraph.startswith(tuple(f"{kind}:" for kind in MediumKind))


def read_medium(paragraph: str) -> Medium | str:
    """The medium that a paragraph is, or what is wrong with it."""
    found = _MEDIUM.fullmatch(paragraph.strip())
    if found is None:
        kind = paragraph.partition(":")[0]
        return (
            f"write `{kind}: 12 MB https://example.org/first-day`, with its size, in a paragraph "
            "of its own"
        )
    return Medium(MediumKind(found["kind"]), found["url"], found["size"])
