"""What happens to a learner's settings, channels and data."""

from dataclasses import dataclass, replace

from bot.conversation.event import Event
from bot.model.learner import CODE_SECONDS, Code, Learner
from bot.model.merge import merge
from bot.model.message import Traits, kind

CONNECTED = kind("connected", Traits(asked_for=True))
COMMANDS = kind("commands", Traits(unasked=True, commands=True))
"""Nothing to read: a messenger shows the commands of a role from now on."""


@dataclass(frozen=True)
class LanguageChosen(Event):
    language: str

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, language=self.language, greeted="")


@dataclass(frozen=True)
class Greeted(Event):
    """Somebody who chose no language yet wrote in this one."""

    language: str

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, greeted=self.language)


@dataclass(frozen=True)
class MinutesChosen(Event):
    """How long they want to learn on a day."""

    minutes: int

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, minutes=self.minutes)


@dataclass(frozen=True)
class DataUseChosen(Event):
    """With pictures, or without."""

    low: bool

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, low_data=self.low)


@dataclass(frozen=True)
class NewsChosen(Event):
    """Whether they may be written to, on the channel that this comes from, although they did not
    write for long."""

    yes: bool


@dataclass(frozen=True)
class CodeShown(Event):
    """A code that joins another channel to this learner, valid for a quarter of an hour."""

    code: str

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, code=Code(self.code, now + CODE_SECONDS))


@dataclass(frozen=True)
class Joined(Event):
    """The learner typed the other channel's code: that learner's progress and channels come over
    here."""

    told_once = True
    other: Learner

    def apply(self, learner: Learner, now: int) -> Learner:
        return merge(learner, self.other)

    def ends(self, learner: int) -> int:
        return self.other.id


@dataclass(frozen=True)
class WrongCode(Event):
    """A code was typed that is nobody's."""


@dataclass(frozen=True)
class ConnectionEnded(Event):
    """One of the learner's addresses was taken off; `connection` is a
    `bot.model.connection.Connection`'s id."""

    connection: str

    def ends(self, learner: int) -> str:
        return self.connection


@dataclass(frozen=True)
class AddressRenewed(Event):
    """A page's address is replaced by a new one, which only the store knows."""

    connection: str

    def ends(self, learner: int) -> str:
        return self.connection


@dataclass(frozen=True)
class Muted(Event):
    """STOP: nothing is sent any more that was not asked for."""

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, muted=True)


@dataclass(frozen=True)
class Unmuted(Event):
    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, muted=False)


@dataclass(frozen=True)
class Erased(Event):
    """Everything about the learner is deleted."""

    told_once = True

    def ends(self, learner: int) -> int:
        return learner
