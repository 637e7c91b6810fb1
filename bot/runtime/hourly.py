"""Counts for an hour, by somebody whom nobody can name afterwards.

Who did something is a hash with a key that is made for the hour and thrown away with it. Nothing is
stored or logged.
"""

import hashlib
import secrets
from collections.abc import Callable

HOUR = 3600
MOST_KNOWN = 50_000
"""Counts kept at once (some 10 MB): the oldest gives way."""


class Hourly:
    """At most `most` an hour for each, and `together` for all. Holds for one process."""

    def __init__(self, most: int, clock: Callable[[], float], together: int | None = None) -> None:
        self._most = most
        self._together = together
        self._clock = clock
        self._hour = -1
        self._key = b""
        self._counts: dict[bytes, int] = {}
        self._all = 0

    def wait(self, who: str) -> int:
        """Seconds until they may again; 0 where they may now."""
        key = self._now(who)
        free = self._counts.get(key, 0) < self._most and (
            self._together is None or self._all < self._together
        )
        return 0 if free else max(1, int((self._hour + 1) * HOUR - self._clock()))

    def count(self, who: str) -> None:
        key = self._now(who)
        if key not in self._counts and len(self._counts) >= MOST_KNOWN:
            del self._counts[next(iter(self._counts))]
        self._counts[key] = self._counts.get(key, 0) + 1
        self._all += 1

    def _now(self, who: str) -> bytes:
        hour = int(self._clock() // HOUR)
        if hour != self._hour:
            self._hour, self._key, self._counts, self._all = hour, secrets.token_bytes(32), {}, 0
        return hashlib.blake2b(who.encode(), key=self._key, digest_size=16).digest()
