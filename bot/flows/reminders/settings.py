"""The reminder and the goal for a week: offered, never pressed, off as easily as on."""

from dataclasses import replace

from bot.conversation.action import Back, Home
from bot.conversation.event import Went
from bot.conversation.lexicon import lexicon
from bot.conversation.registry import does, reads, shows
from bot.conversation.screen import MENU, RETURN, Button, Screen, bar
from bot.conversation.turn import Decision, NotUsable, Turn
from bot.conversation.typed_time import clock_in
from bot.flows.account.actions import Resume
from bot.flows.account.privacy import SEND_AGAIN
from bot.flows.reminders.actions import (
    Goal,
    Reminders,
    SetGoal,
    SetReminder,
    SetZone,
    WhatTime,
    WhichPlace,
)
from bot.flows.reminders.events import GoalSet, ReminderSet, ZoneTold
from bot.model.channel import PULL_CHANNELS
from bot.model.reminders import GOALS, HOURS, this_week
from bot.model.words import Msg, Words, _, ngettext, verbatim
from bot.model.zones import KNOWN, LIKELY, ahead_of_utc, fixed, local, places_at, zone_at

OFFER = _("⏰ Remind me")
MINUTES, BEHIND = 24 * 60, 10 * 60 - 1
"""Of a day; and how far behind UTC a clock is at most, for there are some 14 hours ahead of it."""


def offered(turn: Turn) -> bool:
    """Where nothing can be sent a reminder is not offered; nor to somebody who has decided
    already."""
    return (
        turn.moment.channel not in PULL_CHANNELS
        and turn.learner.zone is None
        and not turn.learner.muted
    )


@shows(Reminders)
def show_reminders(_place: Reminders, turn: Turn) -> Screen:
    learner = turn.learner
    if learner.zone is None:
        return show_what_time(WhatTime(), turn)
    now = local(turn.now, learner.zone).strftime("%H:%M")
    hour = learner.rhythm.hour
    lines: list[Words] = [_("Where you are it is {time} now.").of(time=now)]
    if turn.moment.channel in PULL_CHANNELS:
        lines.append(
            _(
                "This page cannot send anything. Reminders come on your messenger, if you use one "
                "too."
            )
        )
    if learner.muted:
        lines.append(_("You said that you want no messages, so none comes."))
    lines.append(
        _(
            "You get a reminder at {time}: at most one a day and three a week, none when you have "
            "learned."
        ).of(time=f"{hour}:00")
        if hour is not None
        else _("You get no reminders. At which hour would you like one?")
    )
    options = [
        Button(
            Msg("{sign} {time}").of(sign="☑" if h == hour else "☐", time=f"{h}:00"),
            SetReminder(h),
        )
        for h in HOURS
    ]
    if hour is not None:
        options.append(Button(_("🔕 No reminders"), SetReminder(0)))
    return Screen(
        title=_("⏰ Reminders"),
        lines=tuple(lines),
        options=tuple(options),
        rows=(
            *(((Button(SEND_AGAIN, Resume()),),) if learner.muted else ()),
            (
                Button(_("🎯 Goal for a week"), Goal()),
                Button(_("It is another time here"), WhatTime()),
            ),
            (Button(RETURN, Back()), Button(MENU, Home())),
        ),
    )


@shows(WhatTime)
def show_what_time(_place: WhatTime, turn: Turn) -> Screen:
    times = {local(turn.now, zone).strftime("%H:%M"): zone for zone in LIKELY}
    return Screen(
        title=_("⏰ What time is it where you are?"),
        lines=(_("So nothing comes at night. Choose, or type the time, for example 14:30."),),
        options=tuple(
            Button(verbatim(time), _told(_ahead(turn.now, zone), turn.now))
            for time, zone in times.items()
        ),
        rows=((Button(_("Not now"), Back()), Button(MENU, Home())),),
        typing=_("The time where you are"),
    )


def _ahead(now: int, zone: str) -> int:
    here = local(now, zone)
    return ahead_of_utc(here.hour, here.minute, now)


def _told(ahead: int, now: int) -> SetZone | WhichPlace:
    """What it means that clocks are `ahead` minutes of UTC: a zone, or a choice between those that
    part later in the year."""
    places = places_at(ahead, now)
    if len(places) > 1:
        return WhichPlace(ahead % MINUTES)
    return SetZone(places[0][0] if places else zone_at(ahead, now))


@shows(WhichPlace)
def show_which_place(place: WhichPlace, turn: Turn) -> Screen:
    """Asked where the time alone does not tell: clocks change on different days, or not at all."""
    ahead = (place.ahead + BEHIND) % MINUTES - BEHIND
    return Screen(
        title=_("⏰ In which of these countries are you?"),
        lines=(
            _(
                "Their clocks change on different days. So nothing comes at night, in summer or in "
                "winter. Only the time is kept."
            ),
        ),
        options=(
            *(Button(words, SetZone(zone)) for zone, words in places_at(ahead, turn.now)),
            Button(_("Another country"), SetZone(fixed(ahead))),
        ),
        rows=((Button(_("Not now"), Back()), Button(MENU, Home())),),
    )


@reads(Reminders, WhatTime, commands=True)
def typed(place: Reminders | WhatTime, text: str, turn: Turn) -> Decision:
    """A time: that of the clock where they are, or then the hour of the reminder."""
    clock = clock_in(text, lexicon(turn.world.say, turn.world.languages))
    if clock is None:
        raise NotUsable(_("I did not understand this time. Type it like 14:30."))
    if turn.learner.zone is None or isinstance(place, WhatTime):
        told = _told(ahead_of_utc(*clock, turn.now), turn.now)
        if isinstance(told, WhichPlace):
            return Decision((Went(told),), fresh=True)
        return replace(set_zone(told, turn), fresh=True)
    hour = min(HOURS, key=lambda h: abs(h - clock[0]))
    return Decision((ReminderSet(hour), Went(Reminders())), fresh=True)


@does(SetZone)
def set_zone(tap: SetZone, _turn: Turn) -> Decision:
    told = (ZoneTold(tap.zone),) if tap.zone in KNOWN else ()
    return Decision((*told, Went(Reminders())))


@does(SetReminder)
def set_reminder(tap: SetReminder, turn: Turn) -> Decision:
    if tap.hour and (tap.hour not in HOURS or turn.learner.zone is None):
        return Decision((Went(Reminders()),))
    said = (
        _("🔕 No more reminders. You can switch them on again in the settings.")
        if not tap.hour
        else _("⏰ Done.")
    )
    return Decision((ReminderSet(tap.hour or None), Went(Reminders())), notes=(said,))


# --- the goal for a week


@shows(Goal)
def show_goal(_place: Goal, turn: Turn) -> Screen:
    goal = turn.learner.rhythm.goal
    options = [
        Button(
            Msg("{sign} {steps}").of(sign="☑" if n == goal else "☐", steps=_steps(n)), SetGoal(n)
        )
        for n in GOALS
    ]
    options.append(
        Button(Msg("{sign} {words}").of(sign="☐" if goal else "☑", words=_("No goal")), SetGoal(0))
    )
    return Screen(
        title=_("🎯 Goal for a week"),
        lines=(
            _("How many small steps do you want to do in a week? A week you miss costs nothing."),
            *week_line(turn),
        ),
        options=tuple(options),
        rows=((Button(RETURN, Back()), Button(MENU, Home())),),
    )


def _steps(count: int) -> Words:
    return ngettext("{count} small step", "{count} small steps", count)


@does(SetGoal)
def set_goal(tap: SetGoal, _turn: Turn) -> Decision:
    return Decision((*((GoalSet(tap.steps),) if tap.steps in (0, *GOALS) else ()), Went(Goal())))


def week_line(turn: Turn) -> tuple[Words, ...]:
    """How the week goes, for those who have a goal; a kind word at the step that reaches it."""
    goal = turn.learner.rhythm.goal
    if not goal:
        return ()
    done = this_week(turn.learner.rhythm, turn.now, turn.learner.zone)
    line = _("🎯 This week: {bar}").of(bar=bar(min(done, goal), goal))
    return (line, _("That was your goal for this week. Well done!")) if done == goal else (line,)
