"""One translation against its source: only plain `{name}`, none lost, no foreign link. Filling in
knows nothing but names.

The format language of Python is kept out: a translation may not ask for widths, attributes or
conversions.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from babel.messages.catalog import Message

_NAME = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s\"“”«»<>)]+|(?<![\w@])(?:[a-z0-9-]+\.)+(?:[a-z]{2,})(?:/[^\s\"“”«»<>)]*)?",
    re.IGNORECASE,
)
_MAYBE = re.compile(r"://|\.\S")
"""In every link, and in few sentences: looking for a link costs ten times as much."""
_SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?", re.IGNORECASE)


def fill(text: str, values: Mapping[str, str]) -> str:
    """`{name}` for each name that has a value; everything else stays as it is."""
    pieces = [*_cut(text)]
    pieces[1::2] = [values.get(name, f"{{{name}}}") for name in pieces[1::2]]
    return "".join(pieces)


@lru_cache(maxsize=4096)
def _cut(text: str) -> tuple[str, ...]:
    """What stands between the names, and the names, in turns: the same texts are filled in again
    and again."""
    return tuple(_NAME.split(text))


def names(text: str) -> frozenset[str]:
    return frozenset(_NAME.findall(text))


def faults(message: Message) -> Iterator[str]:
    """What would break or forge a sentence. Decks (with a context) have no placeholders, and may
    have braces."""
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
    wanted = frozenset[str]().union(*map(names, sources))
    for text in filter(None, strings):
        if message.context is None:
            odd = _NAME.sub("", text)
            if ("{" in odd or "}" in odd) and not any(
                "{" in _NAME.sub("", source) for source in sources
            ):
                yield f"only plain {{name}} can be filled in, nothing else in braces: {text[:50]}"
            elif more := names(text) - wanted:
                kept = ", ".join(sorted(more))
                yield f"a placeholder that is not in the source ({kept}): {text[:50]}"
            elif lost := wanted - names(text) - ({"count"} if len(sources) > 1 else set()):
                yield f"the placeholder {', '.join(sorted(lost))} is missing: {text[:50]}"
        if foreign := _links(text) - frozenset[str]().union(*map(_links, sources)):
            links = ", ".join(sorted(foreign))[:60]
            yield f"a link that is not in the source ({links}): {text[:50]}"


def _links(text: str) -> frozenset[str]:
    if not _MAYBE.search(text):
        return frozenset()
    return frozenset(
        _SCHEME.sub("", found).rstrip(".,;:/").casefold() for found in _LINK.findall(text)
    )
