"""A picture or a file that an author sent on one messenger and that goes out on this one: brought
over once, and known here for as long as that lives."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.documents.parcel import NoSuchFile, SentFile
from bot.model.broadcast import Media

Fetch = Callable[[Media], Awaitable[SentFile]]
K = TypeVar("K")
MOST = 64


@dataclass
class _One(Generic[K]):
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)
    known: K | None = None
    until: float = 0.0


class BroughtOver(Generic[K]):
    """`seconds` is how long it is known; `K` is by what."""

    def __init__(self, fetch: Fetch, seconds: float) -> None:
        self._fetch = fetch
        self._seconds = seconds
        self._files: dict[Media, _One[K]] = {}

    async def known(self, media: Media, bring: Callable[[SentFile], Awaitable[K]]) -> K | None:
        """By what it is known here; None where it cannot be had, or cannot be sent here. Whoever is
        first brings it, and the others wait. Raises what `bring` raises, and `Later`."""
        while len(self._files) >= MOST and media not in self._files:
            del self._files[next(iter(self._files))]
        one = self._files.setdefault(media, _One())
        async with one.asking:
            if time.monotonic() >= one.until:
                try:
                    one.known = await bring(await self._fetch(media))
                except NoSuchFile:
                    one.known = None
                one.until = time.monotonic() + self._seconds
            return one.known

    def forget(self, media: Media) -> None:
        """It is not known there any more."""
        self._files.pop(media, None)
