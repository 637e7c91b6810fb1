"""Updates in, decisions out: each update once, a learner's updates in order, many learners in one
transaction.

Theory. Updates that arrive while a transaction commits wait in a list; the next transaction takes
them all (natural batching). When idle a batch is one update and there is no delay. When busy one
commit serves dozens, and the next one begins when those of the last were answered
(`runtime.calm`): a transaction costs as much as several updates in it, so few large ones serve more
people than many small ones, and each of them sooner. In the transaction nothing waits for a
messenger and nothing is rendered. An update's id is stored with what it changed, and with what its
answer tells: repeated, it changes nothing, and as long as its answer was not sent, the learner is
told that again and shown where they are. So the state changes exactly once, the answer comes at
least once. What was sent is told with `answered`, which rides along with the next updates, and has
a transaction of its own where none come within `NOTED_WITHIN`.

Whatever is wrong with one update, one learner's row or one flow spoils only its own update: the
learner reads an apology, the log has the update's id. A batch that failed for any reason but a
database that is away is tried one by one. An update that cannot be worked through even alone is
noted and apologised for, so that it does not come again for ever.

Sending is not done here, and nobody here waits for it: `channels.mailbox` says what becomes of
several outcomes of one chat.
"""

import asyncio
import logging
import math
import time
from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy.exc import DBAPIError

from bot import metrics
from bot.conversation.decide import apology, decide, show, unreadable
from bot.conversation.event import Event, evolve_all
from bot.conversation.screen import Screen
from bot.conversation.turn import Decision, Moment, Turn, World, knowing
from bot.conversation.update import Edited, Moved, Reachable, Update
from bot.flows.account.connections import WRONG_CODES, WRONG_CODES_OF_ALL
from bot.flows.account.events import WrongCode
from bot.model.channel import manners_of
from bot.model.learner import Learner
from bot.outcome import Outcome, PendingUpdate, Result, code_of, outcome_of, with_notes
from bot.runtime.calm import calm
from bot.runtime.hourly import Hourly
from bot.runtime.supervisor import SILENT_SECONDS, Supervised, supervise
from cards.model import Programme
from db.arrivals import AnswerSent, Arrival, Live
from db.batch import Batch
from db.connections import id_of, moved
from db.engine import away, collided
from db.store import Store
from db.vault import Fresh

log = logging.getLogger(__name__)
STOP_SECONDS = 15
"""For what was handed in, at the end."""
LARGEST_BATCH = 200
"""Updates in one transaction at most: keeps a commit under a few tens of milliseconds."""
LONGEST_PAUSE = 0.04
"""Seconds from one transaction to the next, at most, while many people come."""
NOTED_WITHIN = 0.04
"""Seconds from an answer that went out to the note of it, at most: sooner than somebody who saw it
taps again, perhaps at another process."""
MOMENT = 0.02
"""Seconds of deciding after which pages and messages of others go on."""
COLLISIONS = 3
"""How often a transaction is tried again that waited in a circle with that of another process."""


class Dispatcher:
    """One per process. `start` before the first `handle`; `stop` finishes what was handed in."""

    def __init__(self, store: Store, world: World, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self.world = world
        self._clock = clock
        self._guesses = Hourly(WRONG_CODES, clock, WRONG_CODES_OF_ALL)
        self._pending: list[PendingUpdate] = []
        self._answered: list[AnswerSent] = []
        self._noting: asyncio.TimerHandle | None = None
        self._work = asyncio.Event()
        self._task: Supervised | None = None
        self._stopping = False
        self._followers: list[Callable[[Programme], None]] = []

    async def start(self) -> None:
        self._stopping = False
        metrics.UPDATES_WAITING.set_function(lambda: self.depth)
        self._task = supervise("dispatcher", self._run)

    async def stop(self) -> None:
        self._stopping = True
        self._work.set()
        if self._task:
            await self._task.stop(STOP_SECONDS)
            self._task = None

    @property
    def programme(self) -> Programme:
        return self.world.programme

    def follow(self, take: Callable[[Programme], None]) -> None:
        """`take` is called with each newer programme (`teach`)."""
        self._followers.append(take)

    def teach(self, world: World) -> None:
        """What is decided from now on is decided in this world: its decks were changed."""
        self.world = world
        for take in self._followers:
            take(world.programme)

    @property
    def depth(self) -> int:
        """Updates that wait for a transaction."""
        return len(self._pending)

    async def handle(self, update: Update) -> Outcome:
        """Returns when the update and all it changed are durable. Raises what the database raises;
        then nothing was changed."""
        pending = PendingUpdate(update)
        self._pending.append(pending)
        self._work.set()
        return await pending.outcome

    def answered(self, update: Update, live: Live | None = None, forget_live: bool = False) -> None:
        """The answer went out, and became this message. Lost when the process dies now: then it is
        sent once more."""
        self._note_soon(AnswerSent(update, live, forget_live))

    def unsure(self, channel: str, address: str) -> None:
        """The live message of this address was changed beside its conversation: what it shows is
        not known."""
        self._note_soon(AnswerSent(Update(channel, "", address, Edited()), unsure=True))

    def _note_soon(self, sent: AnswerSent) -> None:
        self._answered.append(sent)
        if self._noting is None:
            self._noting = asyncio.get_running_loop().call_later(NOTED_WITHIN, self._note_now)

    def _note_now(self) -> None:
        self._noting = None
        self._work.set()

    @property
    def _notes_are_due(self) -> bool:
        return bool(self._answered) and (self._noting is None or self._stopping)

    def digest(self, shown: str) -> bytes:
        """By which it is known again that a message shows this, without keeping it."""
        return self._store.vault.hash("shown", shown)

    async def _run(self) -> None:
        while True:
            self._beat(math.inf)
            await self._work.wait()
            self._work.clear()
            while self._pending or self._notes_are_due:
                self._beat()
                began = time.perf_counter()
                batch, self._pending = self._pending[:LARGEST_BATCH], self._pending[LARGEST_BATCH:]
                answered, self._answered = self._answered, []
                try:
                    await self._work_through(batch, answered)
                # it hung, and is begun again: nobody waits for what was in hand
                except asyncio.CancelledError:
                    self._failed(batch, answered, TimeoutError())
                    raise
                if len(batch) > 1:
                    await calm(lambda: self.depth, began + LONGEST_PAUSE)
            if self._stopping:
                return

    async def _work_through(
        self, batch: Sequence[PendingUpdate], answered: Sequence[AnswerSent]
    ) -> None:
        try:
            outcomes = await self._through(batch, answered)
        except Exception as error:
            if batch and not away(error):
                self._answered = [*answered, *self._answered]
                await self._each_alone(batch)
                return
            self._failed(batch, answered, error)
            if answered:
                await asyncio.sleep(0.5)  # the database is away: do not turn in circles
        else:
            if batch:
                metrics.BATCH_UPDATES.observe(len(batch))
            for pending, outcome in zip(batch, outcomes, strict=True):
                pending.saved(outcome)

    def _beat(self, within: float = SILENT_SECONDS) -> None:
        if self._task:
            self._task.beat(within)

    def _failed(
        self, batch: Sequence[PendingUpdate], answered: Sequence[AnswerSent], error: Exception
    ) -> None:
        if batch:
            log.error("updates were not saved: %s", type(error).__name__, exc_info=error)
        else:
            log.warning("that answers went out could not be noted yet: %s", type(error).__name__)
        if not self._stopping:
            self._answered = [*answered, *self._answered]
        for pending in batch:
            pending.unsaved(error)

    async def _through(
        self, batch: Sequence[PendingUpdate], answered: Sequence[AnswerSent]
    ) -> list[Outcome]:
        for _ in range(COLLISIONS):
            try:
                return await self._transact(batch, answered)
            except Exception as error:
                if not collided(error):
                    raise
                log.info("a batch of %d updates met another one, and is tried again", len(batch))
        return await self._transact(batch, answered)

    async def _each_alone(self, batch: Sequence[PendingUpdate]) -> None:
        """What failed together, one by one: the one update that cannot be worked through is
        apologised for, the others are not touched."""
        for pending in batch:
            try:
                (outcome,) = await self._through([pending], ())
            except Exception as error:
                if away(error):
                    self._failed([pending], (), error)
                    continue
                log.exception(
                    "update %s of %s cannot be worked through",
                    pending.update.id,
                    pending.update.channel,
                )
                outcome = await self._only_noted(pending.update)
            pending.saved(outcome)

    async def _only_noted(self, update: Update) -> Outcome:
        """An update that changes nothing, so that it does not come again and again."""
        now = int(self._clock())
        try:
            async with self._store.batch(now) as tx:
                (arrival,) = await tx.load_arrivals([update])
            learner = tx.learners.get(arrival.learner_id) or Learner(arrival.learner_id)
            return outcome_of(
                self.world.proposed, arrival, learner, apology(), result=Result.FAILED
            )
        except Exception as error:  # not even that: it is told from memory
            log.error("update %s cannot be noted: %s", update.id, type(error).__name__)
            language = self.world.proposed(update.language)
            return Outcome(
                update,
                apology(),
                language,
                None,
                said=True,
                result=Result.FAILED,
                told=apology().lines,
            )

    async def _transact(
        self, batch: Sequence[PendingUpdate], answered: Sequence[AnswerSent]
    ) -> list[Outcome]:
        now = int(self._clock())
        async with self._store.batch(now) as tx:
            await tx.acknowledge(answered)
            if not batch:
                return []
            updates = [pending.update for pending in batch]
            codes = [code for code in map(code_of, updates) if code]
            arrivals = await tx.load_arrivals(updates, codes)
            outcomes: list[Outcome] = []
            changes: list[tuple[Arrival, Learner, Sequence[Event]]] = []
            gone: set[int | str] = set()
            begun = time.perf_counter()
            for arrival in arrivals:
                if time.perf_counter() - begun > MOMENT:  # typed texts cost much to understand
                    await asyncio.sleep(0)
                    begun = time.perf_counter()
                outcome, change = await self._decide(tx, arrival, now, gone)
                outcomes.append(outcome)
                tx.came.tells(arrival.update, outcome.told)
                doing = arrival.update.doing
                reachable = doing.yes if isinstance(doing, Reachable) else True
                if reachable != arrival.reachable:
                    await tx.reachable(arrival.hash, reachable)
                if change:
                    changes.append((arrival, *change))
            await tx.save(changes)
            return outcomes

    async def _decide(
        self, tx: Batch, arrival: Arrival, now: int, gone: set[int | str]
    ) -> tuple[Outcome, tuple[Learner, Sequence[Event]] | None]:
        update = arrival.update
        learner = tx.learners.get(arrival.learner_id)
        moment = self._moment(update, now, tx, arrival.hash)
        came = partial(outcome_of, self.world.proposed, arrival)
        if isinstance(update.doing, Reachable | Moved):
            if isinstance(update.doing, Moved) and arrival.new:
                await moved(tx, arrival, update.doing.to)
            return Outcome(update, None, (learner and learner.language) or "en", arrival.live), None
        if arrival.learner_id in tx.unreadable:
            log.error(
                "update %s of %s is from a learner who cannot be read", update.id, update.channel
            )
            return came(Learner(arrival.learner_id), unreadable(), result=Result.FAILED), None
        # erased or joined a moment ago, in this very batch
        if learner is None or not gone.isdisjoint((learner.id, moment.here)):
            learner = Learner(arrival.learner_id)
            result = Result.DONE if arrival.new else Result.REPEATED
            return came(learner, show(Turn(learner, self.world, moment)), result=result), None
        try:
            if not arrival.new:
                return came(
                    learner, await self._show(tx, learner, moment), result=Result.REPEATED
                ), None
            decision, after, screen = await self._flow(tx, learner, update, moment)
        except Exception as error:
            if isinstance(error, DBAPIError):  # the whole transaction is over
                raise
            log.exception("the flow failed at update %s of %s", update.id, update.channel)
            tx.learners[learner.id] = learner
            return came(learner, apology(), result=Result.FAILED), None
        for event in decision.events:
            if (ended := event.ends(learner.id)) is not None:
                gone.add(ended)
            elif isinstance(event, WrongCode):
                self._guesses.count(f"{update.channel}:{update.address}")
        return came(after, with_notes(screen, decision), decision), (
            after,
            decision.events,
        )

    async def _flow(
        self, tx: Batch, learner: Learner, update: Update, moment: Moment
    ) -> tuple[Decision, Learner, Screen]:
        decision = await knowing(
            tx.ask, moment, lambda known: decide(update, Turn(learner, self.world, known))
        )
        after = evolve_all(learner, decision.events, moment.now)
        tx.learners[learner.id] = after
        async with tx.applied(learner.id, decision.events):
            return decision, after, decision.screen or await self._show(tx, after, moment)

    async def _show(self, source: Batch | Store, learner: Learner, moment: Moment) -> Screen:
        return await knowing(
            source.ask, moment, lambda known: show(Turn(learner, self.world, known))
        )

    def _moment(self, update: Update, now: int, tx: Batch, hash: bytes) -> Moment:
        code = code_of(update)
        may_guess = not (code and self._guesses.wait(f"{update.channel}:{update.address}"))
        return Moment(
            now=now,
            channel=update.channel,
            language=update.language,
            wrote=update.wrote,
            spare=Fresh(),
            found=tx.with_code(code) if code and may_guess else None,
            may_guess=may_guess,
            here=id_of(hash),
            admin=self._store.is_admin(hash),
            entry=self._store.entry_of(update.channel, update.address, hash),
            costly=manners_of(update.channel).costly,
        )

    def welcome(self, moment: Moment) -> Screen:
        """What somebody sees whom nobody knows yet."""
        return show(Turn(Learner(0), self.world, moment))

    async def look(
        self, channel: str, address: str, language: str = ""
    ) -> tuple[Learner, Screen] | None:
        """Where a learner is, without changing anything; None for an address that nobody has."""
        learner = await self._store.learner_at(channel, address)
        if learner is None:
            return None
        hash = self._store.vault.hash(channel, address)
        moment = Moment(
            now=int(self._clock()),
            channel=channel,
            language=language,
            admin=self._store.is_admin(hash),
            entry=self._store.entry_of(channel, address, hash),
            costly=manners_of(channel).costly,
            here=id_of(hash),
        )
        return learner, await self._show(self._store, learner, moment)
