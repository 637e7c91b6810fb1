"""What learners say of a module, without who. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.model.query import Query

ANSWERS = 3
"""Not really, a little, much."""
Counts = tuple[int, ...]
"""Of each answer, how many gave it."""


@dataclass(frozen=True)
class OnModule:
    """`comments` in no order that tells of when they came."""

    counts: Counts = (0,) * ANSWERS
    comments: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpinionCounts(Query[Mapping[str, Counts]]):
    """Module -> counts, of modules of which enough people said something."""


@dataclass(frozen=True)
class OpinionsOn(Query[OnModule]):
    """Empty as long as fewer people answered than can be told apart."""

    module: str
