"""What happened. Flows give events, `evolve` puts them into the learner, the store keeps them.

An event is a small frozen dataclass in its feature's `events.py`. What it does to the learner is
its `apply`; what it writes beside the learner's snapshot stands in `db`, in a function below
`@writes` (`db.writes`). Here are those of any conversation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from bot.conversation.action import Place, encode
from bot.conversation.places import place_of
from bot.conversation.reminder import planned
from bot.model.learner import SESSION_PAUSE, Learner, with_changes
from bot.model.message import Note
from bot.model.order import OrderKind


@dataclass(frozen=True)
class Event:
    """Something that happened to a learner."""

    by_learner: ClassVar[bool] = True
    """Whether it is a sign of life."""
    told_once: ClassVar[bool] = False
    """Whether its screen says something that does not come again: a verdict, what was earned, what
    is on its way."""

    def apply(self, learner: Learner, now: int) -> Learner:
        """The learner after it. `now` is seconds since the epoch."""
        return learner

    def ends(self, learner: int) -> int | str | None:
        """What is no more after it happened to the learner with this id: the id of a learner, or
        that of a `bot.model.connection.Connection`."""
        return None


def evolve(learner: Learner, event: Event, now: int) -> Learner:
    """The learner after the event. `now` is seconds since the epoch."""
    return evolve_all(learner, (event,), now)


def evolve_all(learner: Learner, happened: Sequence[Event], now: int) -> Learner:
    """The learner after these events, with the next reminder where it belongs then."""
    for event in happened:
        changed = event.apply(learner, now)
        if event.by_learner:
            session_at = now if now - learner.last_at > SESSION_PAUSE else learner.session_at
            changed = with_changes(changed, session_at=session_at, last_at=now)
        learner = changed
    return planned(learner, now) if happened else learner


@dataclass(frozen=True)
class Went(Event):
    """The learner is somewhere else now."""

    place: Place

    def apply(self, learner: Learner, now: int) -> Learner:
        place, encoded = self.place, encode(self.place)
        drafted = learner.drafted if place.draft or place.aside else ""
        if place.main:  # a name that was typed and not used is forgotten with the way to it
            return with_changes(
                learner, drafted=drafted, place=encoded, main=encoded, left="", pending_name=None
            )
        left = (learner.left if place_of(learner).aside else learner.place) if place.aside else ""
        return with_changes(learner, drafted=drafted, place=encoded, left=left)


@dataclass(frozen=True)
class Drafted(Event):
    """Something was written that is not sent yet."""

    text: str

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, drafted=self.text)


@dataclass(frozen=True)
class Ordered(Event):
    """Make this, and hand it over where it was ordered. `subject` is the id of what it is about;
    `name` stands on a certificate and is kept only until it is handed over, as are `note` and the
    `answers` of a paper for work."""

    told_once = True
    kind: OrderKind
    subject: str = ""
    language: str = ""
    name: str = ""
    serial: str = ""
    note: Note | None = None
    answers: str = ""


@dataclass(frozen=True)
class ToGroup:
    """Every member of a group."""

    group: int


@dataclass(frozen=True)
class ToAdmins:
    """Every admin but the one who does it."""


@dataclass(frozen=True)
class ToOtherConnections:
    """All other addresses of the learner."""


Addressee = int | ToGroup | ToAdmins | ToOtherConnections
"""An `int` is the id of a learner, who gets it where they were last."""


@dataclass(frozen=True)
class Told(Event):
    """Send a note. `held`: it waits until they want it."""

    to: Addressee
    note: Note
    held: bool = False


@dataclass(frozen=True)
class ForOther(Event):
    """An event of another learner: a nudge, a removal from a group."""

    learner: int
    event: Event
