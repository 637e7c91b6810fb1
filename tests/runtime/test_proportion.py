"""The log in proportion: the same trouble once, then a count."""

import io
import logging
import sqlite3
from collections.abc import Callable

import msgspec
import pytest

from bot.logs import JsonLines
from bot.runtime import proportion
from bot.runtime.proportion import Proportion


class Log:
    """A log with a clock that is set."""

    def __init__(self) -> None:
        self.now = 0.0
        self.stream = io.StringIO()
        self.handler = logging.StreamHandler(self.stream)
        self.handler.setFormatter(JsonLines())
        self.limit = Proportion(lambda: self.now)
        self.handler.addFilter(self.limit)
        self.logger = logging.Logger("some.part")
        self.logger.addHandler(self.handler)

    def tell(self) -> None:
        self.limit.tell(self.handler.handle)

    @property
    def lines(self) -> list[dict[str, object]]:
        return [msgspec.json.decode(line) for line in self.stream.getvalue().splitlines()]


@pytest.fixture
def log() -> Log:
    return Log()


def _fails(
    log: Log, error: Exception, said: str = "updates were not saved: %s", *args: object
) -> None:
    try:
        raise error
    except Exception as caught:
        log.logger.error(said, *(args or (type(caught).__name__,)), exc_info=caught)


def test_a_disk_that_is_full_for_an_hour_is_a_few_lines_a_minute(log: Log) -> None:
    for second in range(3600):
        log.now = float(second)
        for n in range(10):
            _fails(log, sqlite3.OperationalError("database or disk is full"))
            _fails(
                log,
                sqlite3.OperationalError("database or disk is full"),
                "page %d failed",
                10 * second + n,
            )
        if second % 60 == 59:
            log.tell()
    size = len(log.stream.getvalue())
    assert size < 100_000, f"{size} bytes in an hour"
    whole = [
        line
        for line in log.lines
        if "Traceback" in str(line.get("exception")) or "File " in str(line.get("exception"))
    ]
    assert len(whole) == 2, "each with its places once"
    told = sum(1 + int(str(line.get("more", 0))) for line in log.lines)
    assert told > 70_000, "none is left out of the count, but those of the last minute"


def test_another_trouble_is_told_at_once(log: Log) -> None:
    for _ in range(50):
        _fails(log, OSError(28, "No space left on device"))
    _fails(log, ValueError("x"))
    log.logger.warning("something else")
    assert [str(line.get("exception", "")).rpartition("\n")[2] for line in log.lines] == [
        "builtins.OSError: No space left on device",
        "builtins.ValueError",
        "",
    ]


def test_what_was_left_out_is_told_when_it_is_over(log: Log) -> None:
    for _ in range(50):
        _fails(log, OSError(28, "No space left on device"))
    log.tell()
    assert len(log.lines) == 1, "not before the minute is over"
    log.now = 61
    log.tell()
    log.tell()
    assert [line.get("more") for line in log.lines] == [None, 48]
    log.now += proportion.OVER + 1
    _fails(log, OSError(28, "No space left on device"))
    assert "File " in str(log.lines[-1]["exception"]), "a new trouble"


@pytest.mark.parametrize("make", [lambda n: (f"text {n}", ()), lambda n: ("text %s", (n,))])
def test_a_stranger_does_not_make_it_grow(
    log: Log, make: Callable[[int], tuple[str, tuple[object, ...]]]
) -> None:
    for n in range(2000):
        said, args = make(n)
        log.logger.info(said, *args)
    assert log.limit.remembered <= proportion.MOST
