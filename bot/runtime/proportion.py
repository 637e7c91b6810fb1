"""The log stays in proportion: the same trouble once, then how often it came again (attacks on a
disk that is full: a log of a gigabyte a day would fill the next one).

The same trouble is a logger, a message before its values are put in, and the kind of an exception.
In a minute each says a few different things, one of them with the places in the code; the rest is
counted, and the count told once a minute.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

MINUTE = 60.0
FEW, FEW_FAILURES = 30, 5
"""Different lines of one trouble in a minute; of one that carries an exception."""
OVER = 600.0
"""After so many seconds of silence it is a new trouble, told with its places again."""
MOST = 500
"""Troubles that are remembered."""


@dataclass
class _Trouble:
    since: float
    seen: float
    told: set[int] = field(default_factory=set)
    placed: bool = False
    left_out: int = 0
    last: logging.LogRecord | None = None


class Proportion(logging.Filter):
    """A filter for a handler. A record that passes has `more`, how many like it were left out, and
    `brief`, whether the places in the code were told before. `tell` has to be called about once a
    minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._troubles: dict[tuple[str, int, str, type[BaseException] | None], _Trouble] = {}
        self._lock = threading.Lock()

    @property
    def remembered(self) -> int:
        """How many troubles are known at this moment."""
        return len(self._troubles)

    def filter(self, record: logging.LogRecord) -> bool:
        kind = record.exc_info[0] if record.exc_info else None
        key = (record.name, record.levelno, str(record.msg), kind)
        with self._lock:
            now = self._clock()
            trouble = self._troubles.get(key)
            if trouble is None or now - trouble.seen >= OVER:
                trouble = self._new(key, now)
            trouble.seen = now
            if now - trouble.since >= MINUTE:
                trouble.since, trouble.told = now, set()
            said = hash(str(record.args))
            if said in trouble.told or len(trouble.told) >= (FEW_FAILURES if kind else FEW):
                trouble.left_out += 1
                trouble.last = record
                return False
            trouble.told.add(said)
            record.more, record.brief = trouble.left_out, trouble.placed
            trouble.left_out, trouble.placed, trouble.last = (
                0,
                trouble.placed or kind is not None,
                None,
            )
            return True

    def _new(self, key: tuple[str, int, str, type[BaseException] | None], now: float) -> _Trouble:
        if len(self._troubles) >= MOST:
            del self._troubles[min(self._troubles, key=lambda key: self._troubles[key].seen)]
        trouble = self._troubles[key] = _Trouble(now, now)
        return trouble

    def tell(self, handle: Callable[[logging.LogRecord], object]) -> None:
        """Hands on the last record of each trouble of which some were left out more than a minute
        ago."""
        with self._lock:
            now = self._clock()
            waiting = [
                one for one in self._troubles.values() if one.last and now - one.since >= MINUTE
            ]
            for trouble in waiting:
                trouble.left_out -= 1  # the one that is handed on
        for trouble in waiting:
            if trouble.last:
                handle(trouble.last)
