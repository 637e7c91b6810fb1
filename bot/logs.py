"""Logs without personal data: JSON lines for machines, readable lines where a person sits at the
terminal.

No line holds an address, a name, a text that somebody typed, a key or an IP (product.md, Privacy 3
and 10). Our own messages are written that way. For what slips in from elsewhere there are two
guards: of an exception only its class and the places in the code are told, because messages of
exceptions quote values; and what looks like a key, an address or an IP is blacked out.
"""

import ipaddress
import logging
import re
import sqlite3
import sys
import threading
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import IO

import msgspec

from bot.runtime.proportion import Proportion

NOISY = ("alembic", "fontTools", "asyncio", "pikepdf")
"""Libraries of which only warnings are of interest."""
HIDDEN = "[hidden]"
STATEMENT = 100
"""Characters by which a statement is known."""
_IPV4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\d)")
_IPV6 = re.compile(r"(?<![\w:.])[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(?!\w)")
_SECRET = [
    re.compile(r"(/(?:chat|join|verify|placement)/)[^{/\s\"'?]+"),
    re.compile(r"([?&](?:start|code|key|text)=)[^&\s\"']+"),
    re.compile(r"(://)[^/\s@]+(?=@)"),  # a password in the address of a database
    re.compile(r"()(?<![\w/])[\w.+-]+@[\w-]+\.[\w.-]+"),
    re.compile(r"()\+\d[\d ()-]{6,}\d"),
    re.compile(r"(\b(?:chat|user|chat_id|user_id|phone)[\"']?\s*[:=]\s*)[\"']?[-+]?\w+[\"']?"),
]


def set_up() -> None:
    """All logs of this process go to standard error, those of faults that nobody caught as well."""
    logging.root.handlers[:] = [handler(sys.stderr)]
    logging.root.setLevel(logging.INFO)
    for noisy in NOISY:
        logging.getLogger(noisy).setLevel(logging.WARNING)
    logging.captureWarnings(True)
    sys.excepthook = uncaught
    threading.excepthook = lambda args: uncaught(
        args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
    )


def silence(*libraries: str) -> None:
    """For libraries that log what they received, when it fails too. What matters of theirs comes as
    an exception, and we tell of that."""
    for library in libraries:
        logging.getLogger(library).setLevel(logging.CRITICAL + 1)


def hide(*secrets: str) -> None:
    """Blacks out what matches, but for its first group, in every line: the keys of a channel."""
    _SECRET.extend(map(re.compile, secrets))


def handler(stream: IO[str]) -> logging.Handler:
    """JSON lines, unless `stream` is a terminal."""
    made = logging.StreamHandler(stream)
    made.setFormatter(Readable() if stream.isatty() else JsonLines())
    made.addFilter(Proportion())
    return made


def tell_counts() -> None:
    """What the handlers left out because it was said before. To be called about once a minute."""
    for made in logging.root.handlers:
        for one in made.filters:
            if isinstance(one, Proportion):
                one.tell(made.handle)


class JsonLines(logging.Formatter):
    """A line a record: time (UTC), level, logger, message and, where there is one, the
    exception."""

    def format(self, record: logging.LogRecord) -> str:
        at = (
            datetime.fromtimestamp(record.created, UTC)
            .isoformat(timespec="milliseconds")
            .replace("+00:00", "Z")
        )
        line: dict[str, object] = {
            "time": at,
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message(record),
        }
        if more := getattr(record, "more", 0):
            line["more"] = more
        if record.exc_info and record.exc_info[1]:
            line["exception"] = _once(record, record.exc_info[1])
        return msgspec.json.encode(line).decode()


class Readable(logging.Formatter):
    """For the eyes of the one who started it."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created).strftime("%H:%M:%S")
        more = getattr(record, "more", 0)
        line = f"{at} {record.levelname:7} {record.name}: {message(record)}" + (
            f" (and {more} times more)" if more else ""
        )
        return (
            f"{line}\n{_once(record, record.exc_info[1])}"
            if record.exc_info and record.exc_info[1]
            else line
        )


def message(record: logging.LogRecord) -> str:
    """What a record says. asyncio puts tasks and their values below the first line."""
    text = record.getMessage()
    return discreet(text.partition("\n")[0] if record.name == "asyncio" else text)


def discreet(text: str) -> str:
    """The text without what looks like a key, an address or an IP."""
    for pattern in _SECRET:
        text = pattern.sub(rf"\1{HIDDEN}", text)
    return _IPV6.sub(_without_ip, _IPV4.sub(HIDDEN, text))


def _without_ip(found: re.Match[str]) -> str:
    try:
        ipaddress.ip_address(found[0].rstrip(".:") or found[0])
    except ValueError:
        return found[0]
    return HIDDEN


def told(error: BaseException) -> str:
    """An exception, what caused it first: classes, places in the code, and reasons that quote
    nobody."""
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    places = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    this = places + _kind(error)
    return f"{told(earlier)}\n-- then --\n{this}" if earlier else this


def _once(record: logging.LogRecord, error: BaseException) -> str:
    """The places in the code once; then what it was is enough."""
    return _kind(error) if getattr(record, "brief", False) else told(error)


def _kind(error: BaseException) -> str:
    kind, reason = type(error), _reason(error)
    return f"{kind.__module__}.{kind.__qualname__}" + (f": {reason}" if reason else "")


def _reason(error: BaseException) -> str:
    """Only what the system and SQLite say, and what a database was asked: theirs are sentences
    without values."""
    if type(error).__module__ == "sqlalchemy.exc":
        return " ".join((getattr(error, "statement", None) or "").split())[:STATEMENT]
    if isinstance(error, OSError):
        return discreet(error.strerror or "")
    return str(error) if isinstance(error, sqlite3.OperationalError) else ""


def uncaught(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    """What ends the process, or a thread of it, is told as everything else is."""
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger(__name__).critical(
        "stopped by a fault that nobody caught", exc_info=(kind, error, where)
    )
