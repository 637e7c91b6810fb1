"""What is found when an installation is looked at (`pasito doctor`): a line for the operator.

A finding is ok, a note (good to know) or a PROBLEM, which says what to do.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum

import aiohttp

SECONDS = 10
"""After so long something counts as away."""
CLOCK_SECONDS = 30
"""A clock that is so far off spoils times of certificates, links and reminders."""


class Level(StrEnum):
    OK = "ok"
    NOTE = "note"
    PROBLEM = "PROBLEM"


@dataclass(frozen=True)
class Finding:
    level: Level
    text: str

    def __str__(self) -> str:
        return f"{self.level:8} {self.text}"


Findings = AsyncIterator[Finding]


def ok(text: str) -> Finding:
    return Finding(Level.OK, text)


def note(text: str) -> Finding:
    return Finding(Level.NOTE, text)


def problem(text: str) -> Finding:
    return Finding(Level.PROBLEM, text)


def clock_of(whose: str, ahead: float) -> Finding:
    """`ahead` is by how many seconds another clock is ahead of this machine's."""
    if abs(ahead) > CLOCK_SECONDS:
        return problem(
            f"this machine's clock is {abs(ahead):.0f} s off {whose}: set it, and turn time "
            "synchronisation on"
        )
    return ok(f"this machine's clock agrees with {whose}")


def session() -> aiohttp.ClientSession:
    """For a few calls of a look; no cookies, ten seconds for each."""
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=SECONDS), cookie_jar=aiohttp.DummyCookieJar()
    )
