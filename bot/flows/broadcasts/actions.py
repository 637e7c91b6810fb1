"""The buttons and places of broadcasts."""

from enum import StrEnum

from bot.conversation.action import Action, Command, Place
from bot.model.broadcast import Reached, Steering
from bot.model.roles import Right
from bot.model.words import _


class BroadcastList(
    Place,
    code="q",
    right=Right.BROADCASTS,
    main=True,
    home=_("📣 Broadcasts"),
    command=Command("broadcasts", order=320, words=_("broadcasts"), menu=_("What was sent")),
):
    page: int = 0


class Broadcast(
    Place,
    code="qd",
    right=Right.BROADCASTS,
    main=True,
    command=Command("broadcast", order=310, words=_("broadcast"), menu=_("Write to everybody")),
):
    """The draft."""


class BroadcastText(Place, code="qt", right=Right.BROADCASTS):
    """The text in one language is typed."""

    language: str


class BroadcastTexts(Place, code="ql", right=Right.BROADCASTS):
    """The languages of those who are meant: which have a text, which not yet."""

    page: int = 0


class DropText(Action, code="qT", right=Right.BROADCASTS):
    language: str


class BroadcastFile(Place, code="qf", right=Right.BROADCASTS):
    """A picture or a file is awaited."""


class DropFile(Action, code="qF", right=Right.BROADCASTS): ...


class BroadcastAudience(Place, code="qw", right=Right.BROADCASTS): ...


class AudienceLanguages(Place, code="qL", right=Right.BROADCASTS):
    page: int = 0


class AudienceGroup(Place, code="qG", right=Right.BROADCASTS):
    page: int = 0


class AudienceModule(Place, code="qm", right=Right.BROADCASTS):
    """By how far somebody is with a module."""

    module: str = ""
    page: int = 0


class AudienceField(StrEnum):
    """By what is chosen who gets it. The values stand on buttons."""

    ALL = "all"
    LANGUAGE = "language"
    GROUP = "group"
    CHANNEL = "channel"
    BEGUN = Reached.BEGUN
    DONE = Reached.DONE
    NOT_BEGUN = Reached.NOT_BEGUN


class SetAudience(Action, code="qW", right=Right.BROADCASTS):
    """`value` is the language, group, channel, or the module that one is so far with."""

    field: AudienceField
    value: str


class BroadcastTime(Place, code="qh", right=Right.BROADCASTS): ...


class BroadcastHour(Place, code="qk", right=Right.BROADCASTS):
    """The hour of this day (ISO)."""

    day: str


class SetTime(Action, code="qH", right=Right.BROADCASTS):
    """A day (ISO) and a time (1430) of the learners; both empty is now."""

    day: str
    clock: str


class CopyBroadcast(Action, code="qC", right=Right.BROADCASTS):
    """An old one as a new draft."""

    id: int


class ClearBroadcast(Action, code="q0", right=Right.BROADCASTS): ...


class BroadcastCheck(Place, code="qc", right=Right.BROADCASTS, draft=True):
    """Who would get it, and the last yes."""


class SetGuarantee(Action, code="qg", right=Right.BROADCASTS):
    at_least_once: bool


class PreviewBroadcast(Action, code="qp", right=Right.BROADCASTS):
    """How it looks: the draft (0), or a broadcast that is there already."""

    id: int


class StartBroadcast(Action, code="qs", right=Right.BROADCASTS): ...


class BroadcastView(Place, code="qv", right=Right.BROADCASTS, main=True):
    """One that is on its way, or was."""

    id: int


class Steer(Action, code="qS", right=Right.BROADCASTS):
    id: int
    what: Steering
