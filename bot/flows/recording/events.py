"""What happens to recordings that are made in the chat."""

from dataclasses import dataclass

from bot.conversation.event import Event
from bot.model.message import Traits, kind

_WORK = Traits(asked_for=True)
NOT_USED = kind("recording-not-used", _WORK)
"""A voice note could not be kept: `why`, and which card."""
NOT_THIS_ONE = kind("recording-not-this-one", _WORK)
"""A second person did not agree."""
ALL_HEARD = kind("recording-all-heard", _WORK)
"""Everything that somebody recorded of a module was agreed to."""
WAIT_FOR_YOU = kind("recording-to-hear", Traits(for_staff=True))


@dataclass(frozen=True)
class VoiceSent(Event):
    """A voice note for a card: `file` is the id by which `channel` gives it. It takes the place of
    one of theirs that nobody agreed to yet."""

    language: str
    module: str
    deck: str
    card: str
    said: str
    channel: str
    file: str


@dataclass(frozen=True)
class VoiceJudged(Event):
    """A second person heard a recording. After a yes learners hear it; otherwise it is deleted."""

    recording: int
    yes: bool


@dataclass(frozen=True)
class VoiceTakenDown(Event):
    """Deleted, whether learners heard it or not."""

    recording: int
