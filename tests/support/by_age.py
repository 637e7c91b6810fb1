"""Connections in the order in which they are shown."""

from collections.abc import Iterable
from datetime import date

from bot.model.connection import Connection


def by_age(connections: Iterable[Connection]) -> tuple[Connection, ...]:
    """The oldest first."""

    def age(one: Connection) -> tuple[date, str, str]:
        return one.since or date.min, one.channel, one.id

    return tuple(sorted(connections, key=age))
