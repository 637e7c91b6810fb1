"""A broadcast that is on its way, or was: how far it is, pause, go on, cancel, the second admin's
yes, the list of failures, a copy.
"""

from collections.abc import Iterator

from bot.conversation.action import Home
from bot.conversation.event import Ordered, Went
from bot.conversation.everyday import NO, YES
from bot.conversation.registry import OpenQuestion, does, shows, waits
from bot.conversation.rights import has
from bot.conversation.screen import MENU, Button, Screen, ratio
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.broadcasts.actions import (
    BroadcastList,
    BroadcastView,
    CopyBroadcast,
    PreviewBroadcast,
    Steer,
)
from bot.flows.broadcasts.common import (
    FEW,
    NOTHING,
    PREVIEW,
    TWICE,
    beginning,
    figure,
    state_words,
    when_words,
    who,
)
from bot.flows.broadcasts.events import BroadcastSteered
from bot.flows.broadcasts.when import passed
from bot.model.broadcast import (
    AllBroadcasts,
    Audience,
    BroadcastById,
    Guarantee,
    Progress,
    State,
    Steering,
)
from bot.model.figures import FEWEST_IN_STATISTICS
from bot.model.group import SecondAdmins
from bot.model.naming import NOT_SECOND
from bot.model.order import OrderKind
from bot.model.roles import Right
from bot.model.words import Words, _, ngettext


@shows(BroadcastView)
def show_view(place: BroadcastView, turn: Turn) -> Screen:
    """Changes by itself while it is on the screen."""
    progress = turn.ask(BroadcastById(place.id))
    if progress is None:
        raise Gone
    draft = progress.draft
    lines: list[Words] = [state_words(progress, turn.now)]
    if progress.state is State.APPROVAL:
        lines.append(
            _("Languages: {languages}").of(
                languages=", ".join(map(turn.world.name_of, draft.texts))
            )
        )
        lines.append(_("Who: {who}").of(who=who(draft.audience, turn)))
        lines.append(_("When: {when}").of(when=when_words(draft)))
        lines.append(TWICE if draft.guarantee is Guarantee.AT_LEAST_ONCE else NOTHING)
        if passed(draft, turn):
            lines.append(_("This time has passed: after a yes it is sent at once, by day."))
        if progress.author != turn.learner.id and not _may_agree(progress, turn):
            lines.append(NOT_SECOND)
    if progress.total and draft.audience != Audience() and progress.total < FEWEST_IN_STATISTICS:
        lines.append(FEW)
    elif progress.total:
        lines.append(_("✅ sent: {number}").of(number=ratio(progress.sent, progress.total)))
    shown = (
        (progress.page, _("📄 waits on the web page, not read yet: {number}")),
        (progress.failed, _("⚠ failed: {number}")),
        (progress.unknown, _("❔ unknown: {number}")),
        (progress.skipped, _("🔕 left out: {number}")),
        (progress.another_day, _("⏳ get it on another day, today is full: {number}")),
    )
    lines += [words.of(number=figure(draft.audience, number)) for number, words in shown if number]
    if progress.state is State.SENDING and progress.rate:
        lines.append(
            _("⏱ {rate} a second, {minutes} left").of(
                rate=f"{progress.rate:.0f}", minutes=_minutes_left(progress)
            )
        )
    steering = _steering(progress, turn)
    return Screen(
        title=_("📣 {text}").of(text=beginning(next(iter(progress.draft.texts.values()), ""), 60)),
        lines=tuple(lines),
        options=tuple(
            Button(label, Steer(progress.id, what), also=_also(progress, what, turn))
            for what, label in steering
        ),
        rows=(
            (
                Button(PREVIEW, PreviewBroadcast(progress.id)),
                Button(_("✏ Copy as a new one"), CopyBroadcast(progress.id)),
            ),
            (Button(_("📣 Broadcasts"), BroadcastList()), Button(MENU, Home())),
        ),
    )


def _minutes_left(progress: Progress) -> Words:
    return ngettext(
        "{count} minute", "{count} minutes", max(1, round((progress.seconds_left or 0) / 60))
    )


def _may_agree(progress: Progress, turn: Turn) -> bool:
    return turn.learner.id in turn.ask(SecondAdmins(progress.author))


def _steering(progress: Progress, turn: Turn) -> list[tuple[Steering, Words]]:
    rest = (Steering.CANCEL, _("⏹ Cancel the rest"))
    match progress.state:
        case State.APPROVAL if progress.author != turn.learner.id:
            agree = (Steering.APPROVE, _("✅ I agree: send it"))
            cancel = (Steering.CANCEL, _("No, cancel it"))
            return [agree, cancel] if _may_agree(progress, turn) else [cancel]
        case State.APPROVAL:
            return [(Steering.CANCEL, _("Cancel it"))]
        case State.WAITING | State.SENDING:
            return [(Steering.PAUSE, _("⏸ Pause")), rest]
        case State.PAUSED:
            return [(Steering.RESUME, _("▶ Go on sending")), rest]
        case _:
            who_not = (Steering.LIST, _("📊 List of who did not get it (CSV)"))
            return [who_not] if progress.listed else []


def _also(progress: Progress, what: Steering, turn: Turn) -> tuple[Words, ...]:
    """Who is asked to agree may type yes or no."""
    if progress.state is not State.APPROVAL or progress.author == turn.learner.id:
        return ()
    return (YES,) if what is Steering.APPROVE else (NO,)


@waits
def to_agree(turn: Turn) -> Iterator[OpenQuestion]:
    if has(Right.BROADCASTS, turn):
        for progress in turn.ask(AllBroadcasts()):
            others = progress.author != turn.learner.id and progress.state is State.APPROVAL
            if others and _may_agree(progress, turn):
                yield OpenQuestion(BroadcastView(progress.id), progress.created)


@does(Steer)
def steer(tap: Steer, turn: Turn) -> Decision:
    progress = turn.ask(BroadcastById(tap.id))
    if progress is None or tap.what not in dict(_steering(progress, turn)):
        return Decision((Went(BroadcastView(tap.id)),))
    went = Went(BroadcastView(tap.id))
    if tap.what is Steering.LIST:
        return Decision(
            (Ordered(OrderKind.FAILURES, str(tap.id), turn.language), went),
            fresh=True,
        )
    return Decision((BroadcastSteered(tap.id, tap.what), went))
