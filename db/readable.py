"""Rows of several people, each by itself: one that cannot be read costs nobody else anything.

Bit rot, the form of another version, or somebody who wrote into the database: such a row is left
out, named in the log by its number, and counted. It is never written over."""

import logging
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from bot import metrics

log = logging.getLogger(__name__)
T = TypeVar("T")


def readable(
    kind: str, rows: Iterable[Any], read: Callable[[Any], T], id: str = "id"
) -> list[tuple[Any, T]]:
    """The rows that can be read, each with what `read` made of it. `kind` and the column `id` name
    the others in the log."""
    found: list[tuple[Any, T]] = []
    for row in rows:
        try:
            found.append((row, read(row)))
        except Exception as error:
            log.error("%s %s cannot be read: %s", kind, getattr(row, id), type(error).__name__)
            metrics.UNREADABLE.labels(kind).inc()
    return found
