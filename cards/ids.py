"""Ids of decks, cards and questions. Progress hangs on them: what `slug` gave once it gives for
ever.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache

from cards.finding import brief

LETTERS = 30
"""The most that an id has."""
DECK_AND_MODULE = 60
"""Bytes that the ids of a deck and its module have together, at most: a button of 64 bytes holds
both, with its code and two colons between them.
"""
MODULE_BYTES = 32
"""More of them would leave no room for the id of a deck, or for a group's number."""


def slug(text: str) -> str:
    """A stable id out of a heading: lower-case words joined with hyphens, at most 30 characters."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    words = re.findall(r"[^\W_]+", "".join(c for c in folded if not unicodedata.combining(c)))
    return "-".join(words)[:LETTERS].strip("-") or "x"


def size(text: str) -> int:
    """Bytes in a button."""
    return len(text.encode())


def deck_slug(heading: str, module: str) -> str:
    """The id of a deck. Where it would not fit into a button beside its module (letters of many
    scripts have two to four bytes), it is made of the heading's fingerprint."""
    id = slug(heading)
    if fits(id, module):
        return id
    words = " ".join(unicodedata.normalize("NFC", heading).casefold().split())
    return f"d-{hashlib.sha256(words.encode()).hexdigest()[:12]}"


def fits(deck: str, module: str) -> bool:
    return size(deck) + size(module) <= DECK_AND_MODULE


def can_be_module(id: str) -> bool:
    """Whether this can be the name of a file and part of a button; `cards.lint` asks for more."""
    return (
        bool(re.fullmatch(r"[^\W_][\w .-]*", id))
        and size(id) <= MODULE_BYTES
        and not id.endswith((".", " "))
    )


def fault(id: str) -> str:
    """What is wrong with an id that an author wrote; empty when nothing is."""
    if not re.fullmatch(r"[\w-]+", id):
        said = "has signs that an id cannot have: use letters, digits and hyphens"
        return f"the id `{brief(id)}` {said}"
    return (
        f"the id `{id}` has {len(id)} characters, {LETTERS} are allowed"
        if len(id) > LETTERS
        else ""
    )


@lru_cache(maxsize=4096)
def short_code(deck: str, question: str) -> int:
    """Two bytes that stand for a question within its module; lint names questions that share
    one."""
    return int.from_bytes(hashlib.blake2b(f"{deck}/{question}".encode(), digest_size=2).digest())
