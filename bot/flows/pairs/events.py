"""What happens to pairs."""

from dataclasses import dataclass, replace

from bot.conversation.event import Event
from bot.model.learner import Learner, day_of
from bot.model.message import Traits, kind
from bot.model.pairs import AboutMe, Pair

_WORK = Traits(asked_for=True, for_staff=True)
ASKED = kind("pair-asked")
OFFERED = kind("pair-offered")
BEGUN = kind("pair-begun")
SAID = kind("pair-said", Traits(of_pair=True, from_learner=True))
"""A message of one to the other, sealed until it is handed over."""
OVER = kind("pair-over", Traits(asked_for=True))
NOT_NOW = kind("pair-not-now")
CHECK = kind("pair-check", Traits(of_pair=True))
REPORTED = kind("pair-reported", _WORK)
WANTS_TO_TALK = kind("pair-talk", _WORK)
WORDS = kind("pair-words", _WORK)


@dataclass(frozen=True)
class PairKept(Event):
    """A pair is new, or changed. One that is not `paired` any more takes along what waits to be
    handed over in it. `token` is what its link carries."""

    pair: Pair
    token: str = ""


@dataclass(frozen=True)
class PairJoined(Event):
    """The person is in this pair now, or (`out`) not any more."""

    pair: int
    out: bool = False

    def apply(self, learner: Learner, now: int) -> Learner:
        rest = tuple(id for id in learner.about_me.pairs if id != self.pair)
        return _with(learner, pairs=rest if self.out else (*rest, self.pair))


@dataclass(frozen=True)
class ToldAboutMe(Event):
    """What somebody says of themselves for a pair."""

    about: AboutMe

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, about_me=self.about)


@dataclass(frozen=True)
class PairWritten(Event):
    """They wrote to the other: counted for a day."""

    def apply(self, learner: Learner, now: int) -> Learner:
        today = day_of(now)
        return _with(learner, sent_on=today, sent=learner.about_me.sent_today(today) + 1)


@dataclass(frozen=True)
class TalkWanted(Event):
    """The counsellor is told that they want to talk about this pair."""

    pair: int

    def apply(self, learner: Learner, now: int) -> Learner:
        return _with(learner, talk=self.pair, talk_at=now)


def _with(learner: Learner, **changes: object) -> Learner:
    return replace(learner, about_me=replace(learner.about_me, **changes))  # type: ignore[arg-type]
