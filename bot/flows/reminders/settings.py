"""The reminder and the goal for a week: offered, never pressed, off as easily as on."""

from dataclasses import replace

from bot.conversation.action import Back, Home
from bot.conversation.event import Went
from bot.conversation.lexicon import lexicon
from bot.conversation.registry import does, reads, shows
from bot.conversation.screen import MENU, RETURN, Button, Screen, bar
from bot.conversation.turn import Decision, Moment, World
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
from bot.model.learner import Learner
from bot.model.reminders import GOALS, HOURS, this_week
from bot.model.words import Msg, Words, _, ngettext, verbatim
from bot.model.zones import KNOWN, LIKELY, ahead_of_utc, fixed, local, places_at, zone_at

OFFER = _("⏰ Remind me")


def offered(learner: Learner, moment: Moment) -> bool:
    """Where nothing can be sent a reminder is not offered; nor to somebody who has decided
    already."""
    return moment.channel not in PULL_CHANNELS and learner.zone is None and not learner.muted


@shows(Reminders)
def show_reminders(learner: Learner, place: Reminders, world: World, moment: Moment) -> Screen:
    if learner.zone is None:
        return show_what_time(learner, WhatTime(), world, moment)
    now = local(moment.now, learner.zone).strftime("%H:%M")
    hour = learner.rhythm.hour
    lines: list[Words] = [_("Where you are it is {time} now.").of(time=now)]
    if moment.channel in PULL_CHANNELS:
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
def show_what_time(learner: Learner, place: WhatTime, world: World, moment: Moment) -> Screen:
    times = {local(moment.now, zone).strftime("%H:%M"): zone for zone in LIKELY}
    return Screen(
        title=_("⏰ What time is it where you are?"),
        lines=(_("So nothing comes at night. Choose, or type the time, for example 14:30."),),
        options=tuple(
            Button(verbatim(time), _told(_ahead(moment.now, zone), moment.now))
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
        return WhichPlace(ahead)
    return SetZone(places[0][0] if places else zone_at(ahead, now))


@shows(WhichPlace)
def show_which_place(learner: Learner, place: WhichPlace, world: World, moment: Moment) -> Screen:
    """Asked where the time alone does not tell: clocks change on different days, or not at all."""
    ahead = max(-720, min(840, place.ahead))
    return Screen(
        title=_("⏰ In which of these countries are you?"),
        lines=(
            _(
                "Their clocks change on different days. So nothing comes at night, in summer or in "
                "winter. Only the time is kept."
            ),
        ),
        options=(
            *(Button(words, SetZone(zone)) for zone, words in places_at(ahead, moment.now)),
            Button(_("Another country"), SetZone(fixed(ahead))),
        ),
        rows=((Button(_("Not now"), Back()), Button(MENU, Home())),),
    )


@reads(Reminders, WhatTime, commands=True)
def typed(
    learner: Learner, place: Reminders | WhatTime, text: str, world: World, moment: Moment
) -> Decision:
    """A time: that of the clock where they are, or then the hour of the reminder."""
    clock = clock_in(text, lexicon(world.say, world.languages))
    if clock is None:
        return Decision(
            notes=(_("I did not understand this time. Type it like 14:30."),), fresh=True
        )
    if learner.zone is None or isinstance(place, WhatTime):
        told = _told(ahead_of_utc(*clock, moment.now), moment.now)
        if isinstance(told, WhichPlace):
            return Decision((Went(told),), fresh=True)
        return replace(set_zone(learner, told, world, moment), fresh=True)
    hour = min(HOURS, key=lambda h: abs(h - clock[0]))
    return Decision((ReminderSet(hour), Went(Reminders())), fresh=True)


@does(SetZone)
def set_zone(learner: Learner, tap: SetZone, world: World, moment: Moment) -> Decision:
    told = (ZoneTold(tap.zone),) if tap.zone in KNOWN else ()
    return Decision((*told, Went(Reminders())))


@does(SetReminder)
def set_reminder(learner: Learner, tap: SetReminder, world: World, moment: Moment) -> Decision:
    if tap.hour and (tap.hour not in HOURS or learner.zone is None):
        return Decision((Went(Reminders()),))
    said = (
        _("🔕 No more reminders. You can switch them on again in the settings.")
        if not tap.hour
        else _("⏰ Done.")
    )
    return Decision((ReminderSet(tap.hour or None), Went(Reminders())), notes=(said,))


# --- the goal for a week


@shows(Goal)
def show_goal(learner: Learner, place: Goal, world: World, moment: Moment) -> Screen:
    goal = learner.rhythm.goal
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
            *week_line(learner, moment),
        ),
        options=tuple(options),
        rows=((Button(RETURN, Back()), Button(MENU, Home())),),
    )


def _steps(count: int) -> Words:
    return ngettext("{count} small step", "{count} small steps", count)


@does(SetGoal)
def set_goal(learner: Learner, tap: SetGoal, world: World, moment: Moment) -> Decision:
    return Decision((*((GoalSet(tap.steps),) if tap.steps in (0, *GOALS) else ()), Went(Goal())))


def week_line(learner: Learner, moment: Moment) -> tuple[Words, ...]:
    """How the week goes, for those who have a goal; a kind word at the step that reaches it."""
    goal = learner.rhythm.goal
    if not goal:
        return ()
    done = this_week(learner.rhythm, moment.now, learner.zone)
    line = _("🎯 This week: {bar}").of(bar=bar(min(done, goal), goal))
    return (line, _("That was your goal for this week. Well done!")) if done == goal else (line,)
