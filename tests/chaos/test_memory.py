"""Whoever learns leaves nothing behind in memory (R20): after many people and taps there are as
many objects as before them, and what is kept to be quick is bounded.
"""

import asyncio
import functools
import gc
import itertools
import sys
from collections import Counter
from typing import Any

import pytest

from bot.channels.telegram.conversation import Conversations
from bot.conversation.turn import World
from bot.dispatcher import Dispatcher
from bot.i18n.catalogues import Catalogues
from bot.runtime import supervisor
from db.store import Store
from tests.support.world import Clock

PEOPLE, TAPS, ROUNDS = 20, 15, 4
"""Of one round: each person is new, and taps so often. A leak grows in each round, a table of the
interpreter that doubles in one of them: the round that grew least is judged."""
WRITTEN = 0.5
"""Seconds in which it is noted that the last answers went out (`LONGEST_PAUSE`)."""
LEFT = 0.4
"""Objects, and blocks of memory, that a tap may leave behind: a leak leaves one or more."""
ROOM = ("bot.", "cards.", "catalogues.", "certificates.", "db.")
OF_FIXED_THINGS = {
    "db.migrate": "revisions of the tables",
    "cards.lint_programme": "what is known of a programme that is looked at, in `pasito lint`",
    "certificates.typesetting.pdf_a": "one colour profile",
}
"""Caches without a bound, and what bounds them all the same."""


class Chat:
    """A Bot API that keeps the last keyboard of each chat, and nothing else."""

    username = "pasito_bot"

    def __init__(self) -> None:
        self.buttons: dict[int, list[str]] = {}
        self.numbers = itertools.count(1)

    async def call(self, method: str, **values: Any) -> Any:
        if keyboard := values.get("reply_markup"):
            self.buttons[values["chat_id"]] = [
                button["callback_data"]
                for row in keyboard["inline_keyboard"]
                for button in row
                if "callback_data" in button
            ]
        return {"message_id": values.get("message_id") or next(self.numbers)}


class People:
    """They tap, each time another button, and type in between."""

    def __init__(self, conversations: Conversations, chat: Chat) -> None:
        self._conversations, self._chat = conversations, chat
        self._updates = itertools.count(1)
        self._ids = itertools.count(1000)

    async def round(self) -> None:
        people = [next(self._ids) for _ in range(PEOPLE)]
        for step in range(TAPS):
            await asyncio.gather(*(self._does(person, step) for person in people))
            await self._conversations.drain()
        for person in people:
            del self._chat.buttons[person]
        await asyncio.sleep(WRITTEN)

    async def _does(self, person: int, step: int) -> None:
        buttons = self._chat.buttons.get(person, ())
        whom = {"id": person, "is_bot": False, "first_name": "A", "language_code": "en"}
        chat = {"id": person, "type": "private", "first_name": "A"}
        message: dict[str, Any] = {"message_id": 1, "date": 1_790_000_000, "chat": chat}
        if buttons and step % 5:
            what = {
                "callback_query": {
                    "id": str(next(self._updates)),
                    "from": whom,
                    "chat_instance": "1",
                    "data": buttons[(step + person) % len(buttons)],
                    "message": message,
                }
            }
        else:
            text = ("/start m-computer", "what?", f"word {step}")[step % 3]
            what = {"message": {**message, "from": whom, "text": text}}
        await self._conversations.receive({"update_id": next(self._updates), **what})


def _caches() -> dict[str, Any]:
    """All caches of ours, by module and name."""
    found = (each for each in gc.get_objects() if isinstance(each, functools._lru_cache_wrapper))
    return {
        f"{each.__module__}.{each.__qualname__}": each
        for each in found
        if each.__module__.startswith(ROOM)
    }


def _objects(store: Store) -> Counter[str]:
    """What is there, without what is kept to be quick: our caches, statements that SQLAlchemy
    translated (500 of an engine)."""
    for cache in _caches().values():
        cache.cache_clear()
    for engine in (store.engine, store.reading):
        engine.sync_engine.clear_compiled_cache()
    gc.collect()
    return Counter(type(each).__qualname__ for each in gc.get_objects())


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_who_learns_leaves_nothing_in_memory(
    store: Store, world: World, words: Catalogues, clock: Clock
) -> None:
    dispatcher, chat = Dispatcher(store, world, clock), Chat()
    conversations = Conversations(chat, dispatcher, words, clock)
    await dispatcher.start()
    try:
        await _leaves_nothing(store, conversations, People(conversations, chat))
    finally:
        await dispatcher.stop()


async def _leaves_nothing(store: Store, conversations: Conversations, people: People) -> None:
    for _ in range(3):  # what is filled once is filled
        await people.round()
        before = _objects(store)  # looking, too, leaves something behind the first time
    grown, blocks = [], [sys.getallocatedblocks()]
    for _ in range(ROUNDS):
        await people.round()
        now = _objects(store)
        grown.append(now - before)
        blocks.append(sys.getallocatedblocks())
        before = now
    least = min(grown, key=Counter.total)
    assert least.total() < LEFT * PEOPLE * TAPS, least.most_common(10)
    growth = [after - earlier for earlier, after in itertools.pairwise(blocks)]
    assert min(growth) < LEFT * PEOPLE * TAPS, f"bytes and strings, too: {growth}"
    assert conversations._boxes == {} and not supervisor.unwell()


def test_what_is_kept_to_be_quick_is_bounded() -> None:
    caches = _caches()
    assert len(caches) > 10
    for name, cache in caches.items():
        bound = cache.cache_parameters()["maxsize"]
        if bound is None:
            assert name.rpartition(".")[0].startswith(tuple(OF_FIXED_THINGS)), name
        else:
            assert bound <= 20_000, name
