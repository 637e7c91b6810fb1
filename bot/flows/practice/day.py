"""“I will do it on …”: a day is noted, and that day brings it back to mind."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.conversation import typed_day
from bot.conversation.action import Home
from bot.conversation.event import Event, Went
from bot.conversation.message import says
from bot.conversation.registry import does, reads, shows
from bot.conversation.reminder import Reminder, reminds
from bot.conversation.screen import BACK, MENU, Button, Screen
from bot.conversation.turn import Decision, NotUsable, Turn
from bot.flows.practice.actions import (
    NotePracticeDay,
    PracticeDay,
    PracticePage,
    TickPractice,
)
from bot.flows.practice.events import PRACTICE_DAY, PracticeNoted
from bot.flows.practice.page import task_of
from bot.flows.reminders.actions import Reminders
from bot.model.channel import PULL_CHANNELS
from bot.model.days import day_words, iso_day
from bot.model.learner import HomeTask, Learner, task_days
from bot.model.message import Note, note
from bot.model.reminders import free_for, reminded
from bot.model.words import Words, _
from bot.model.zones import local

DAYS = 5
"""Days that are buttons; another one is typed."""
FARTHEST = 60
"""Days ahead that can be noted."""


@shows(PracticeDay)
def show_day(place: PracticeDay, turn: Turn) -> Screen:
    module, task = task_of(place.module, turn)
    today = local(turn.now, turn.learner.zone).date()
    noted = _home(turn.learner, module.id).on
    days = (today + timedelta(days=ahead) for ahead in range(DAYS))
    off = (Button(_("No day"), NotePracticeDay(module.id, "")),) if noted else ()
    return Screen(
        title=_("📅 When will you do it?"),
        lines=(
            task.title,
            _("Choose a day, or type it, for example 8.6."),
            _reminder_line(turn),
        ),
        options=tuple(
            Button(day_words(day), NotePracticeDay(module.id, day.isoformat())) for day in days
        ),
        rows=(
            (*off, Button(_("⏰ Reminders"), Reminders())),
            (Button(BACK, PracticePage(module.id)), Button(MENU, Home())),
        ),
        typing=_("The day"),
    )


def _reminder_line(turn: Turn) -> Words:
    learner = turn.learner
    if turn.moment.channel in PULL_CHANNELS:
        return _(
            "This page cannot send anything. Reminders come on your messenger, if you use one too."
        )
    if learner.rhythm.hour is None or learner.zone is None or learner.muted:
        return _("You get no reminders. You can switch them on, then one comes on that day.")
    return _("On that day a reminder comes at {time}.").of(time=f"{learner.rhythm.hour}:00")


@reads(PracticeDay, commands=True)
def typed(place: PracticeDay, text: str, turn: Turn) -> Decision:
    today = local(turn.now, turn.learner.zone).date()
    found = typed_day.when(text, today, turn.world.say, turn.language).day
    if found is None:
        raise NotUsable(_("I did not understand this day. Type it like 8.6. or Tuesday."))
    return replace(_noted(place.module, found, turn), fresh=True)


@does(NotePracticeDay)
def note_day(tap: NotePracticeDay, turn: Turn) -> Decision:
    day = iso_day(tap.day)
    if tap.day and day is None:
        return Decision((Went(PracticePage(tap.module)),))
    return _noted(tap.module, day, turn)


def _noted(module_id: str, day: date | None, turn: Turn) -> Decision:
    module, _task = task_of(module_id, turn)
    today = local(turn.now, turn.learner.zone).date()
    if day and not today <= day <= today + timedelta(days=FARTHEST):
        raise NotUsable(_("Please choose a day of the next two months."))
    progress = turn.learner.modules.get(module.id)
    happened: tuple[Event, ...] = (PracticeNoted(module.id, day),)
    if progress and progress.practised:
        happened = ()
    return Decision((*happened, Went(PracticePage(module.id))))


def _home(learner: Learner, module: str) -> HomeTask:
    progress = learner.modules.get(module)
    return progress.home if progress else HomeTask()


@reminds
class OnTheDay(Reminder):
    """At the hour of the reminders, also after other learning on that day: the day was asked
    for."""

    def next_at(self, learner: Learner, now: int) -> int | None:
        rhythm = learner.rhythm
        if rhythm.hour is None or learner.zone is None or learner.muted:
            return None
        zone = ZoneInfo(learner.zone)
        times = (
            int(datetime(day.year, day.month, day.day, rhythm.hour, tzinfo=zone).timestamp())
            for day, _module in task_days(learner)
            if free_for(rhythm, day)
        )
        return min((at for at in times if at > now), default=None)

    def note(self, learner: Learner, now: int) -> Note:
        today = local(now, learner.zone).date()
        modules = (module for day, module in task_days(learner) if day == today)
        return note(PRACTICE_DAY, module=next(modules, ""))

    def after(self, learner: Learner, now: int) -> Learner:
        return replace(learner, rhythm=reminded(learner.rhythm, now, learner.zone, learner.last_at))


@says(PRACTICE_DAY)
def _today(note: Note) -> Screen:
    module = note["module"]
    return Screen(
        title=_("🛠 Today is the day for your practical task"),
        lines=(_("That is what you noted. Another day is fine, too."),),
        rows=(
            (
                Button(_("👁 Look at it"), PracticePage(module)),
                Button(_("✅ I have done it"), TickPractice(module, True)),
            ),
            (Button(_("📅 I note a day"), PracticeDay(module)),),
        ),
    )
