"""What an operator can mend, in one sentence."""

import asyncpg
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.base import Unusable
from bot.settings import SettingError
from db.backup import NotPossible
from db.migrate import TooNew

PLAIN = (SettingError, Unusable, TooNew, NotPossible)
"""Errors whose text is that sentence."""
OF_THE_DATABASE = (
    SQLAlchemyError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    ConnectionError,
    TimeoutError,
)
MENDABLE = (*PLAIN, *OF_THE_DATABASE, OSError)


def sentence(error: Exception) -> str:
    """For one of `MENDABLE`. Quotes no password: drivers leave those out."""
    if isinstance(error, PLAIN):
        return str(error)
    cause = getattr(error, "orig", None) or error
    reason = (str(cause).splitlines() or [""])[0] or type(cause).__name__
    if isinstance(error, OSError) and error.filename and not isinstance(error, OF_THE_DATABASE):
        return f"{error.filename} cannot be used: {error.strerror}"
    return f"the database of PASITO_DATABASE_URL cannot be used: {reason}"
