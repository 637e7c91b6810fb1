"""A video that a card leads to: `video: 12 MB https://example.org/first-day`.

It lies on a page of its own. How many MB it has stands on the button, before anybody taps it.
"""

import re
from dataclasses import dataclass

_VIDEO = re.compile(
    r"video:\s+(?P<size>\d{1,3}(\.\d)?) MB (?P<url>https://[^\s/]+\.[^\s/]+(/\S*)?)"
)


@dataclass(frozen=True, slots=True)
class Video:
    """`megabytes` as the author wrote it: `4.5`."""

    url: str
    megabytes: str


def is_video(paragraph: str) -> bool:
    return paragraph.startswith("video:")


def read_video(paragraph: str) -> Video | str:
    """The video that a paragraph is, or what is wrong with it."""
    found = _VIDEO.fullmatch(paragraph.strip())
    if found is None:
        return "write a video as `video: 12 MB https://example.org/first-day`, with its size"
    return Video(found["url"], found["size"])
