"""Voice notes of staff: fetched from the messenger, looked at, and laid where they are played.

Theory. The database holds each recording at every step (`db.recordings`), so a process may die
anywhere: what was not written down is fetched again, and what learners hear is a file that can be
written again, `recorded/<id>.ogg` in the data folder. Nobody waits for a download: it is a job's.
A messenger that is away is asked again for a day; then, and for what cannot be played, the one who
sent it is told.
"""

import asyncio
import hashlib
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.channels.base import Later
from bot.documents.parcel import Bring, NoSuchFile, TooLarge
from bot.i18n.catalogues import Catalogues
from bot.model.recordings import Spoken, card_of, mark_of
from cards.model import Programme
from cards.recording import ENDING, NotOpus, Recording
from cards.voice_note import TooLong, cleaned
from db import voices
from db.store import Store
from db.vault import Sealed
from db.voices import OnItsWay

log = logging.getLogger(__name__)

FOLDER = "recorded"
LOOK_SECONDS = 10.0
FETCH_SECONDS, LEASE = 60, 90
"""For one voice note; a process that died leaves it to others so long after it took it."""
AT_ONCE = 4
LARGEST = 2_000_000
"""Bytes that are fetched: what is less and still too much is told as too long."""
LONGEST_WAIT, GIVEN_UP = 600, 24 * 3600
"""Seconds between two attempts while a messenger is away, and until it is told as lost."""


@dataclass(frozen=True)
class Laid:
    """A recording that learners hear, as a file. `spoken.said` is the mark of its words."""

    spoken: Spoken
    file: Recording


class Fetching:
    """`look` is a job of the worker."""

    def __init__(
        self,
        store: Store,
        bring: Bring,
        programme: Callable[[], Programme],
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`bring` raises `NoSuchFile` and `Later`."""
        self._store = store
        self._bring_file = bring
        self._programme = programme
        self._clock = clock

    async def look(self) -> bool:
        """Fetches what is due. True where there may be more."""
        due = await voices.take(self._store, int(self._clock()), LEASE, AT_ONCE)
        await asyncio.gather(*map(self._bring, due))
        return len(due) == AT_ONCE

    async def _bring(self, one: OnItsWay) -> None:
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                content = await self._bring_file(one.channel, one.file)
            kept = await asyncio.to_thread(cleaned, content)
        except (TooLarge, TooLong):
            await self._refuse(one, "long")
        except NoSuchFile:
            await self._refuse(one, "lost")
        except NotOpus:
            await self._refuse(one, "no-voice")
        except Exception as error:  # a messenger that is away, or a fault of ours: one waits, alone
            if not isinstance(error, Later | TimeoutError):
                log.exception("a voice note cannot be fetched, it is tried again")
            await self._again(one, getattr(error, "seconds", None))
        else:
            seconds = -int(-kept.seconds // 1)
            now = int(self._clock())
            await voices.arrived(self._store, one, kept.content, seconds, now)

    async def _refuse(self, one: OnItsWay, why: str) -> None:
        await voices.refused(self._store, one, why, self._programme(), int(self._clock()))

    async def _again(self, one: OnItsWay, seconds: float | None) -> None:
        now = int(self._clock())
        if now - one.spoken.at > GIVEN_UP:
            await self._refuse(one, "lost")
            return
        wait = seconds or min(LONGEST_WAIT, 2.0 ** min(one.attempts + 1, 10))
        await voices.again(self._store, one, now + int(wait) + 1)


class Laying:
    """Keeps the files of one process as the database says. `look` is a job of the worker."""

    def __init__(
        self, store: Store, folder: Path, take: Callable[[Mapping[str, Laid]], None]
    ) -> None:
        """`take` is told when something else can be heard: key of a recording -> the recording."""
        self._store = store
        self._folder = folder
        self._take = take
        self._now: dict[str, Laid] = {}
        self._seen: set[Spoken] | None = None
        """What was there when all of it that can be laid was."""

    async def look(self) -> None:
        """One that cannot be laid keeps no other from being heard, or from being taken down. Raises
        the `OSError` of the last one: it is tried again."""
        there = await voices.heard(self._store)
        if self._seen == set(there):
            return
        self._seen, trouble = None, None
        laid: dict[str, Laid] = {}
        for one in there:
            try:
                laid |= await self._lay(one)
            except OSError as error:
                trouble = error
        if laid != self._now:
            self._take(laid)
        self._now = laid
        await asyncio.to_thread(_tidy, self._folder, {one.file.path for one in laid.values()})
        if trouble:
            raise trouble
        self._seen = set(there)

    async def _lay(self, one: Spoken) -> dict[str, Laid]:
        """Empty where it cannot be opened, or was taken down meanwhile."""
        path = self._folder / f"{one.id:x}{ENDING}"
        if not path.exists() or path.stat().st_size != one.bytes:
            try:
                content = await voices.content_of(self._store, one.id)
            except Sealed:
                log.error("a recording cannot be opened: it is not played")
                content = None
            if content is None:
                return {}
            await asyncio.to_thread(_write, path, content)
        mark = hashlib.sha256(f"recorded {one.id}".encode()).hexdigest()[:16]
        return {one.key: Laid(one, Recording(path, one.bytes, one.seconds, False, mark))}


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}")
    new.write_bytes(content)
    new.replace(path)


def _tidy(folder: Path, wanted: Iterable[Path]) -> None:
    """What was taken down, and what a dead process left, is deleted."""
    kept = set(wanted)
    for path in folder.iterdir() if folder.is_dir() else ():
        if path not in kept:
            path.unlink(missing_ok=True)


def with_recorded(programme: Programme, words: Catalogues, laid: Mapping[str, Laid]) -> Programme:
    """The programme with what was recorded in the chat, as far as its words are still the same."""
    same = {
        key: one.file
        for key, one in laid.items()
        if (card := card_of(one.spoken, programme))
        and mark_of(card, one.spoken.language, words.say) == one.spoken.said
    }
    return replace(programme, audio={**programme.audio, **same}) if same else programme
