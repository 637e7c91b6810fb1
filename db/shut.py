"""Who may be written to on channels that count from somebody's last message: in SQL, for those who
choose an address."""

import sqlalchemy as sa

from bot.model.channel import MANNERS
from db import tables as t

_A = t.address.c


def shut(now: int) -> sa.ColumnElement[bool]:
    """Whether nothing but a template may be sent to an address."""
    closed = [
        (_A.channel == channel) & (sa.func.coalesce(_A.heard_at, 0) < now - manners.window)
        for channel, manners in MANNERS.items()
        if manners.window
    ]
    return sa.or_(*closed) if closed else sa.false()


def costly() -> sa.ColumnElement[bool]:
    """Whether each message there costs money."""
    return _A.channel.in_([channel for channel, manners in MANNERS.items() if manners.costly])


def agreed() -> sa.ColumnElement[bool]:
    """Whether they agreed to be written to when they did not write for long."""
    return _A.news.is_not(None) & sa.not_(_A.refused)
