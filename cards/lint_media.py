"""No medium without words beside it: whoever cannot hear, see or pay for it reads the same. Pure.

A picture says what it shows (`cards.picture`), a recording is of a text that stands there
(`cards.recordings_folder`), a video or something to hear has its transcript. So an address of a
video or a recording that stands in a text is refused: nothing would be beside it.
"""

import re
from collections.abc import Iterator

from cards.finding import Finding, brief
from cards.model import Card, Module, texts

FEWEST = 5
"""Words of a transcript, also of a film in which nobody speaks."""
_FILES = "mp3|mp4|m4a|m4v|ogg|oga|ogv|opus|webm|wav|mov|avi|mkv|aac|flac|m3u8"
_PLAYERS = (
    r"youtube(-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|dai\.ly|tiktok\.com"
    r"|soundcloud\.com|spotify\.com|podcasts\.apple\.com"
)
_ADDRESS = re.compile(
    rf"\S*?(https?://\S+\.({_FILES})(?!\w)|(?<![\w-])({_PLAYERS})/\S)\S*", re.IGNORECASE
)


def check_media(module: Module) -> Iterator[Finding]:
    for card in _cards(module):
        medium = card.medium
        if medium and sum(len(text.source.split()) for text in medium.words) < FEWEST:
            said = (
                f"the {medium.kind} has no transcript: write `transcript:` under it, and what is "
                "said, or what is to be seen"
            )
            yield Finding(module.path, card.line, said)
    lines = {
        text: item.line for deck in module.all_decks for item in deck.items for text in texts(item)
    }
    for text in dict.fromkeys(module.texts()):
        if found := _ADDRESS.search(text.source):
            said = (
                f"`{brief(found[0])}` is to be played: write it on a card as `video:` or "
                "`audio:`, with its size and its transcript"
            )
            yield Finding(module.path, lines.get(text, 1), said)


def _cards(module: Module) -> Iterator[Card]:
    if module.trailer:
        yield module.trailer
    for deck in module.all_decks:
        yield from deck.cards
