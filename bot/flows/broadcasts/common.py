"""What the screens of broadcasts share: the draft in hand, who and when in words, the state of one
in words.
"""

from bot.conversation.action import Place
from bot.conversation.event import Went
from bot.conversation.turn import Decision, Turn
from bot.flows.broadcasts.actions import Broadcast
from bot.flows.broadcasts.events import BroadcastDrafted
from bot.model.broadcast import Audience, Draft, Progress, Reached, State, plain
from bot.model.channel import label_of
from bot.model.clean_text import whole
from bot.model.days import day_words
from bot.model.figures import FEWEST_IN_STATISTICS
from bot.model.group import GroupById
from bot.model.learner import Learner
from bot.model.words import Msg, Words, _, verbatim

PAGE = 8
REACHED: dict[Reached, Words] = {
    Reached.BEGUN: _("begun, not finished"),
    Reached.DONE: _("finished"),
    Reached.NOT_BEGUN: _("not begun"),
}
PREVIEW = _("👁 Show me how it looks")
TWICE, NOTHING = (
    _("If a machine fails, a few may get it twice."),
    _("If a machine fails, a few may get nothing. They are listed."),
)
FEW: Words = _("Fewer than 5 people will get it, or nobody.")
"""Of a part of the learners there are no smaller figures (product.md, Privacy 6)."""
NOW = _("now (where it is night: in the morning)")
SOON = _("begins in a moment")
STATES: dict[State, Words] = {
    State.APPROVAL: _("waits for a second admin"),
    State.PAUSED: _("paused"),
    State.DONE: _("done"),
    State.CANCELLED: _("cancelled"),
}


def draft_of(learner: Learner) -> Draft:
    return learner.broadcast or Draft()


def edited(draft: Draft, to: Place | None = None) -> Decision:
    return Decision((BroadcastDrafted(draft), Went(to or Broadcast())))


def beginning(text: str, most: int) -> str:
    line = " ".join(plain(text).split())
    return line if len(line) <= most else f"{whole(line, most - 1)}…"


def figure(audience: Audience, number: int) -> str:
    return (
        f"<{FEWEST_IN_STATISTICS}"
        if audience != Audience() and number < FEWEST_IN_STATISTICS
        else str(number)
    )


def who(audience: Audience, turn: Turn) -> Words:
    parts: list[Words] = []
    if audience.languages:
        parts.append(verbatim(", ".join(map(turn.world.name_of, audience.languages))))
    if audience.group is not None:
        group = turn.ask(GroupById(audience.group))
        parts.append(verbatim(group.title) if group else _("a group that is closed"))
    if audience.module and audience.state and audience.module in turn.programme.modules:
        title = turn.programme.modules[audience.module].short
        parts.append(Msg("{title}: {state}").of(title=title, state=REACHED[audience.state]))
    if audience.channel:
        parts.append(verbatim(label_of(audience.channel)))
    if not parts:
        return _("everybody")
    joined = parts[0]
    for part in parts[1:]:
        joined = Msg("{first} · {second}").of(first=joined, second=part)
    return joined


def when_words(draft: Draft) -> Words:
    if draft.time is None:
        return NOW
    if draft.day is None:  # of an older version
        return _("at {time} where the learner is").of(time=draft.clock)
    return _("on {day}, at {time}, where each learner is").of(
        day=day_words(draft.day), time=draft.clock
    )


def will_be_sent(draft: Draft) -> Words:
    if draft.day is None:
        return _("It will be sent at {time}, where each learner is.").of(time=draft.clock)
    return _("It will be sent on {day}, at {time}, where each learner is.").of(
        day=day_words(draft.day), time=draft.clock
    )


def state_words(progress: Progress, now: int) -> Words:
    """True at this moment: what is to be sent later is not being sent."""
    draft = progress.draft
    if progress.state not in (State.WAITING, State.SENDING):
        return STATES[progress.state]
    later = (
        draft.starts > now
        if progress.state is State.WAITING
        else progress.due is not None and progress.due > now
    )
    if not later:
        return SOON if progress.state is State.WAITING else _("is being sent")
    if progress.sent + progress.failed + progress.unknown:
        return _("goes on when it is time where the others are")
    return (
        will_be_sent(draft)
        if draft.time is not None
        else _("It is night where they are: it is sent in the morning.")
    )
