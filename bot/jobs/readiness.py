"""What takes long the first time in a language is made before anybody asks for it: a language a
second, in a thread of this process. So no answer waits for it. It takes half of what a core can do
as long as it lasts, so a second in which there was much to do is left to those who wait.
"""

import asyncio
from collections.abc import Callable
from time import process_time

from bot.conversation.registry import MAKES_READY
from bot.conversation.turn import World

LOOK_SECONDS = 1.0
BUSY = 0.3
"""Seconds of a core since the last look, from which on there is much to do."""


class Readiness:
    """`world` gives the one in which is decided now: decks and words may change."""

    def __init__(self, world: Callable[[], World]) -> None:
        self._world = world
        self._of: World | None = None
        self._left: list[str] = []
        self._worked = process_time()

    async def look(self) -> None:
        """Makes what one language needs. The first look at a world only sees what there is: a start
        has other things to do."""
        world, busy = self._world(), process_time() - self._worked > BUSY
        if world is not self._of:
            likely = (world.country, *world.languages)
            self._left = list(dict.fromkeys(x for x in likely if x in world.languages))
            self._of = world
        elif self._left and not busy:
            language = self._left.pop(0)
            for make in MAKES_READY:
                await asyncio.to_thread(make, world, language)
        self._worked = process_time()
