"""Broadcasts on their way: recipients are made, then lanes send.

Theory. Each worker runs one lane for each broadcast that is under way and each channel that can be
written to (`db.broadcasts` says how lanes share). A channel that is away or slow thus holds up
nobody of another one, and none touches another one's recipients. A lane has only so many recipients
in hand: half a second's worth of its channel's rate. The rate itself is not its business: the
channel lets a broadcast's message go when its turn has come, after everything that a person waits
for, and asks the lane first. The lane asks the database
(`depart`), for a few whose turn has come together: is the broadcast still being sent, is the person
still there? Then they are on the wire, and only those does a kill -9 leave unknown, or send to
twice where the author preferred that. So a pause holds back all but what is on the wire, also among
sixteen people. A lane that slept longer than its lease lets go what it had.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from bot import metrics
from bot.channels.base import (
    Blocked,
    Later,
    PushChannel,
    TooLate,
    Unsure,
    WindowClosed,
    at_once,
)
from bot.documents.parcel import Announcement, NotNow
from bot.model.broadcast import Draft, Guarantee, State
from bot.runtime.supervisor import Group
from db import broadcasts, recipients, seeding
from db.recipients import Recipient, RecipientState, Result
from db.store import Store

log = logging.getLogger(__name__)

RENEW = recipients.LEASE / 3
LONGEST_REST = 60.0
PAUSE = 1.0
"""Seconds until a database that is away is tried again."""


def in_hand(rate: float) -> int:
    """The most recipients that one worker has in hand at `rate` messages a second: half a second's
    worth, at least one."""
    return max(1, round(rate / 2))


class Broadcasts:
    """The broadcasts of one worker, on all channels that can be written to."""

    def __init__(
        self,
        store: Store,
        channels: Iterable[PushChannel],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._store = store
        self._channels = tuple(channels)
        self._clock = clock
        self._lanes: dict[tuple[int, str], asyncio.Task[None]] = {}
        self._tasks = Group()
        self._stopping = False

    async def look(self) -> None:
        """Begins a lane for every broadcast that is under way, on every channel that has none for
        it here."""
        await recipients.reap_stopped(self._store.engine)
        self._lanes = {key: lane for key, lane in self._lanes.items() if not lane.done()}
        for id, state in await broadcasts.active(self._store.engine, int(self._clock())):
            for channel in self._channels:
                key = (id, channel.name)
                if channel.open and key not in self._lanes and not self._stopping:
                    work = self._work(id, state, channel)
                    self._lanes[key] = self._tasks.spawn("broadcast lane", work)

    async def stop(self) -> None:
        """What is in hand is sent, nothing new is taken."""
        self._stopping = True
        await asyncio.gather(*self._lanes.values())

    async def _work(self, id: int, state: State, channel: PushChannel) -> None:
        try:
            while state is State.WAITING and not self._stopping:
                if not await seeding.seed(
                    self._store.engine, self._store.vault, id, int(self._clock()), self._store.zone
                ):
                    break
            await _Lane(self, id, channel).run()
        except Exception:
            log.exception("broadcast %d stands still, it is tried again", id)


@dataclass
class _Lane:
    """One worker at one broadcast on one channel."""

    of: Broadcasts
    id: int
    channel: PushChannel
    lane: int = field(default_factory=lambda: secrets.randbits(53))
    under_way: set["asyncio.Task[Result]"] = field(default_factory=set)
    settled: list[Result] = field(default_factory=list)
    alive: float = 0.0
    """When the lease was last written, by this process' own clock."""
    leaving: list[int] = field(default_factory=list)
    """Whose turn has come and for whom nobody asked yet."""
    free: set[int] = field(default_factory=set)
    """Who may leave, and has not heard it yet."""
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)
    rest: float = 0.0
    rest_until: float = 0.0
    """A messenger that takes nothing is left alone for so many seconds, each time longer, and
    nobody is given up."""

    async def run(self) -> None:
        """Returns when nothing is due, the broadcast does not go on, or the process stops."""
        more = True
        while more or self.under_way or self.settled:
            more = more and not self.of._stopping
            if more and not self.under_way and not self.settled and self._resting():
                await asyncio.sleep(max(0.0, min(PAUSE, self.rest_until - time.monotonic())))
                continue
            # after a rest one is tried, not a handful
            most = 1 if self.rest else in_hand(self.channel.rate)
            room = (
                max(0, min(at_once(self.channel.rate), most - len(self.under_way)))
                if more and not self._resting()
                else 0
            )
            try:
                found = await self._turn(room)
            except (
                SQLAlchemyError,
                OSError,
            ) as error:  # what became of those in hand is said when the database is back
                log.warning(
                    "broadcast %d waits for the database: %s", self.id, type(error).__name__
                )
                found, room = False, 0
                await asyncio.sleep(PAUSE)
            more = found if room else more
            if self.under_way and not (found and len(self.under_way) < most):
                await asyncio.wait(
                    self.under_way, timeout=RENEW, return_when=asyncio.FIRST_COMPLETED
                )
            self._collect()

    async def _turn(self, room: int) -> bool:
        """One transaction: what became of the last ones, and up to `room` more. True when some were
        due."""
        store, now = self.of._store, int(self.of._clock())
        begun = time.monotonic()
        if self.under_way and begun - self.alive >= RENEW:
            async with (
                self.asking,
                store.engine.begin() as connection,
            ):  # the same rows as those that leave just now
                await recipients.renew(connection, self.id, self.lane)
            self.alive = begun
        async with store.engine.begin() as connection:
            settled, self.settled = self.settled, []
            try:
                if settled:
                    await recipients.settle(connection, self.id, self.lane, settled, now)
                whose = (store.vault, self.id, self.lane, self.channel.name)
                claim = await recipients.claim(connection, *whose, room, now, store.zone)
                if claim is None and settled:
                    await recipients.finish(connection, self.id)
                if claim and not claim.found and not self.under_way and room:
                    lost = await recipients.reap(connection, self.id, claim.draft.guarantee)
                    await recipients.finish(connection, self.id)
                    if lost:
                        log.warning(
                            "broadcast %d: %d were in the hand of a worker that died", self.id, lost
                        )
            except BaseException:
                self.settled = [*settled, *self.settled]  # the next turn says it
                raise
        if claim is None:
            return False
        if claim.recipients and not self.under_way:
            self.alive = begun
        for recipient in claim.recipients:
            self.under_way.add(
                self.of._tasks.spawn("broadcast message", self._send(recipient, claim.draft))
            )
        return claim.found

    def _collect(self) -> None:
        done = {task for task in self.under_way if task.done()}
        self.under_way -= done
        for result in (task.result() for task in done):
            metrics.BROADCAST_RECIPIENTS.labels(result.state.name.lower()).inc()
            self.settled.append(result)

    async def _may_leave(self, learner: int) -> bool:
        """Whether this message may go now; it is on the wire then. One question for a few whose
        turn comes while another one is asked: after a standstill the turn of all in hand comes
        together, and whoever is on the wire without having left is lost with this process."""
        most = at_once(self.channel.rate)
        if time.monotonic() - self.alive > recipients.LEASE - 2:
            return False
        self.leaving.append(learner)
        async with self.asking:
            while learner in self.leaving:
                together, self.leaving = self.leaving[:most], self.leaving[most:]
                try:
                    async with self.of._store.engine.begin() as connection:
                        self.free |= await recipients.depart(
                            connection, self.id, self.lane, together
                        )
                except (SQLAlchemyError, OSError) as error:  # nobody left
                    log.warning(
                        "broadcast %d waits for the database: %s", self.id, type(error).__name__
                    )
        free = learner in self.free
        self.free.discard(learner)
        return free

    async def _send(self, to: Recipient, draft: Draft) -> Result:
        announcement = Announcement(draft.texts[to.language], to.language, draft.media)
        now = int(self.of._clock())
        try:
            await self.channel.announce(to, announcement, partial(self._may_leave, to.learner))
        except Blocked:
            return Result(to.learner, RecipientState.FAILED, recipients.BLOCKED)
        except WindowClosed:
            return Result(to.learner, RecipientState.SKIPPED, recipients.WINDOW_CLOSED)
        except TooLate:
            return Result(to.learner, RecipientState.NOT_TRIED, due=now)
        except NotNow as full:
            return Result(to.learner, RecipientState.NOT_TRIED, recipients.DAY_FULL, full.until)
        except Unsure as error:  # it may have arrived; the next ones wait until one gets through
            self._rests(None)
            if draft.guarantee is Guarantee.AT_MOST_ONCE:
                return Result(to.learner, RecipientState.UNKNOWN, str(error.__cause__ or error))
            if to.attempts >= recipients.MOST_ATTEMPTS:
                return Result(to.learner, RecipientState.FAILED, "given up")
            return Result(to.learner, RecipientState.WAITING, due=now + 2**to.attempts)
        except Later as later:
            self._rests(later.seconds)
            return Result(to.learner, RecipientState.NOT_TRIED, due=now)
        except Exception as error:
            return Result(to.learner, RecipientState.FAILED, str(error))
        self.rest = 0.0
        return Result(to.learner, RecipientState.SENT)

    def _resting(self) -> bool:
        return time.monotonic() < self.rest_until

    def _rests(self, seconds: float | None) -> None:
        """Many in hand say the same: one rest for all of them."""
        if not self._resting():
            self.rest = min(LONGEST_REST, seconds or max(1.0, 2 * self.rest))
            self.rest_until = time.monotonic() + self.rest
