"""Recordings that staff made, in memory."""

from collections.abc import Iterable
from dataclasses import replace

from bot.flows.recording.events import VoiceJudged, VoiceSent, VoiceTakenDown
from bot.model.query import Query
from bot.model.recordings import (
    Spoken,
    SpokenBy,
    SpokenById,
    SpokenIn,
    State,
    ToBeHeard,
)

Happening = VoiceSent | VoiceJudged | VoiceTakenDown


class Recorded:
    """What the store knows of them. A voice note is on its way until it `arrives`."""

    def __init__(self) -> None:
        self.all: dict[int, Spoken] = {}

    def answer(self, query: Query[object]) -> object:
        match query:
            case SpokenById(id):
                return self.all.get(id)
            case SpokenIn(module, language):
                where = (module, language)
                return self._those(o for o in self.all.values() if (o.module, o.language) == where)
            case SpokenBy(speaker):
                return self._those(o for o in self.all.values() if o.speaker == speaker)[::-1]
            case ToBeHeard(besides):
                return self._those(
                    o
                    for o in self.all.values()
                    if o.state is State.WAITING and o.speaker != besides
                )
            case _:
                return self._those(o for o in self.all.values() if o.state is State.HEARD)

    @staticmethod
    def _those(found: Iterable[Spoken]) -> tuple[Spoken, ...]:
        return tuple(sorted(found, key=lambda one: (one.at, one.id)))

    def happens(self, learner: int, event: Happening, now: int) -> None:
        match event:
            case VoiceSent():
                id = max(self.all, default=0) + 1
                new = Spoken(
                    id,
                    event.language,
                    event.module,
                    event.deck,
                    event.card,
                    event.said,
                    learner,
                    State.ON_ITS_WAY,
                    now,
                    5,
                    18_000,
                )
                self._drop(new.key, False)
                self.all[id] = new
            case VoiceJudged(id, True):
                self._drop(self.all[id].key, True)
                self.all[id] = replace(self.all[id], state=State.HEARD)
            case VoiceJudged(id, False) | VoiceTakenDown(id):
                del self.all[id]

    def _drop(self, key: str, heard: bool) -> None:
        for id, one in list(self.all.items()):
            if one.key == key and (one.state is State.HEARD) is heard:
                del self.all[id]

    def arrives(self) -> None:
        """Every voice note."""
        self.all = {
            id: replace(o, state=State.WAITING) if o.state is State.ON_ITS_WAY else o
            for id, o in self.all.items()
        }
