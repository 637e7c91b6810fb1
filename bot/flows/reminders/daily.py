"""The reminder at the hour that somebody chose: a small step today?"""

from dataclasses import replace

from bot.conversation.action import Home
from bot.conversation.message import GO_ON, says
from bot.conversation.reminder import Reminder, reminds
from bot.conversation.screen import Button, Screen, bar
from bot.flows.reminders.actions import SetReminder
from bot.flows.reminders.events import REMINDER_SECONDS
from bot.model.learner import Learner, task_days
from bot.model.message import Note, Traits, kind, note
from bot.model.reminders import next_reminder, reminded, this_week
from bot.model.words import Words, _

REMINDER = kind("reminder", Traits(unasked=True, seconds=REMINDER_SECONDS))


@reminds
class Daily(Reminder):
    def next_at(self, learner: Learner, now: int) -> int | None:
        if learner.rhythm.hour is None:
            return None
        wanted = tuple(day for day, _module in task_days(learner))
        return next_reminder(
            learner.rhythm, now, learner.zone, learner.last_at, learner.muted, wanted
        )

    def note(self, learner: Learner, now: int) -> Note:
        rhythm = learner.rhythm
        done = this_week(rhythm, now, learner.zone)
        return note(
            REMINDER, goal=rhythm.goal, done=done, last="" if rhythm.hour is not None else "1"
        )

    def after(self, learner: Learner, now: int) -> Learner:
        return replace(learner, rhythm=reminded(learner.rhythm, now, learner.zone, learner.last_at))


@says(REMINDER)
def _reminder(note: Note) -> Screen:
    goal, done = int(note["goal"]), int(note["done"])
    lines: list[Words] = [_("Your next small step takes about five minutes.")]
    if goal and done < goal:
        lines.append(_("🎯 This week: {bar}").of(bar=bar(done, goal)))
    if note["last"]:
        lines.append(
            _(
                "This is the last reminder for now. You can switch them on again in the settings. "
                "All you did is kept."
            )
        )
    off = () if note["last"] else (Button(_("🔕 No reminders"), SetReminder(0)),)
    return Screen(
        title=_("👣 A small step today?"),
        lines=tuple(lines),
        rows=((Button(GO_ON, Home()), *off),),
    )
