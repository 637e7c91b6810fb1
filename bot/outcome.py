"""What became of an update: what is to be shown for it, and what of that would not come again."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot import metrics
from bot.conversation.action import decode
from bot.conversation.decide import apology, unreadable
from bot.conversation.event import Ordered
from bot.conversation.screen import Screen
from bot.conversation.turn import Decision
from bot.conversation.typed_text import code_in
from bot.conversation.update import Start, Tap, Typed, Update
from bot.flows.account.actions import JoinChannels
from bot.model.learner import Learner
from bot.model.words import Words
from db.arrivals import Arrival, Live
from db.connections import id_of


class Result(StrEnum):
    """What became of an update, for /metrics."""

    DONE = "done"
    REPEATED = "repeated"
    FAILED = "failed"
    UNSAVED = "unsaved"


@dataclass(frozen=True)
class Outcome:
    """What became of an update: the screen to send, in which language, and where the live buttons
    are.

    `screen` is None where nothing is to be said (the person blocked us). `orders` tells that files
    were ordered.
    """

    update: Update
    screen: Screen | None
    language: str
    live: Live | None
    toast: Words | None = None
    said: bool = False
    """The screen carries notes, or is of no place: looking again would not show it."""
    orders: bool = False
    erased: bool = False
    moved: bool = False
    """The address that this came from is no more: it has another one, or was taken off."""
    result: Result = Result.DONE
    told: tuple[Words, ...] = ()
    """What this answer says that looking again would not show: notes, a verdict, what was earned.
    Of a repetition it stands here alone, and not on the screen (`whole`)."""
    shown: bool = False
    """It is a repetition, and its answer went out already: a messenger shows nothing."""

    @property
    def whole(self) -> Screen | None:
        """The screen, and in front of it what a repetition has to tell again."""
        if self.screen is None or self.result is not Result.REPEATED:
            return self.screen
        again = tuple(words for words in self.told if words not in says(self.screen))
        return replace(self.screen, notes=(*again, *self.screen.notes))


@dataclass
class PendingUpdate:
    """An update until it is durable, or surely is not."""

    update: Update
    arrived: float = field(default_factory=time.perf_counter)
    outcome: "asyncio.Future[Outcome]" = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    def saved(self, outcome: Outcome) -> None:
        channel = self.update.channel
        metrics.updates(channel, outcome.result).inc()
        metrics.commit_seconds(channel).observe(time.perf_counter() - self.arrived)
        if not self.outcome.done():
            self.outcome.set_result(outcome)

    def unsaved(self, error: Exception) -> None:
        metrics.updates(self.update.channel, Result.UNSAVED).inc()
        if not self.outcome.done():
            self.outcome.set_exception(error)


def told_by(update: Update, screen: Screen, decision: Decision) -> tuple[Words, ...]:
    """What is lost when this screen is skipped for a newer one. A tap's toast is told by the answer
    to the tap."""
    said = [*decision.notes]
    if decision.toast and not isinstance(update.doing, Tap):
        said.append(decision.toast)
    if decision.screen or any(event.told_once for event in decision.events):
        said += [*([screen.title] if screen.title else []), *screen.lines]
    return tuple(said)


def says(screen: Screen) -> set[Words]:
    """What somebody reads on it, besides its buttons."""
    return {*([screen.title] if screen.title else []), *screen.lines, *screen.notes}


def with_notes(screen: Screen, decision: Decision) -> Screen:
    if not decision.notes and not decision.fresh:
        return screen
    notes = (*decision.notes, *screen.notes)
    return replace(screen, notes=notes, fresh=screen.fresh or decision.fresh)


def code_of(update: Update) -> str | None:
    """The code of another channel that stands in the update."""
    match update.doing:
        case Tap(data) if data.startswith(f"{JoinChannels.code}:"):
            action = decode(data)
            return action.digits if isinstance(action, JoinChannels) else None
        case Typed(text) | Start(text):
            return code_in(text)
        case _:
            return None


def outcome_of(
    proposed: Callable[[str], str],
    arrival: Arrival,
    learner: Learner,
    screen: Screen,
    decision: Decision | None = None,
    result: Result = Result.DONE,
) -> Outcome:
    """What came of an update whose decision is durable; without a decision what can be said all the
    same. `proposed` is the language for somebody who chose none."""
    update, happened = arrival.update, decision.events if decision else ()
    ended = {event.ends(learner.id) for event in happened}
    sorry = screen.lines if not decision and screen in (apology(), unreadable()) else ()
    return Outcome(
        update,
        screen,
        learner.language or proposed(learner.greeted or update.language),
        arrival.live,
        toast=decision.toast if decision else None,
        said=bool(decision.notes or decision.screen) if decision else bool(sorry or arrival.told),
        orders=any(isinstance(event, Ordered) for event in happened),
        erased=learner.id in ended,
        moved=id_of(arrival.hash) in ended,
        result=result,
        told=told_by(update, screen, decision) if decision else (*arrival.told, *sorry),
        shown=arrival.answered,
    )
