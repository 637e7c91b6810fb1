"""Words that come by themselves: the reminder at the hour chosen, the notice after a year."""

from bot.conversation.action import Home
from bot.conversation.message import GO_ON, says
from bot.conversation.screen import Button, Screen, bar
from bot.flows.account.actions import Delete
from bot.flows.reminders.actions import SetReminder
from bot.flows.reminders.events import IDLE, REMINDER
from bot.model.message import Note
from bot.model.words import Words, _


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


@says(IDLE)
def _idle(note: Note) -> Screen:
    return Screen(
        title=_("👋 You were last here a year ago"),
        lines=(
            _(
                "Nobody's data is kept longer than needed. On {day} everything about you is "
                "deleted here."
            ).of(day=note["day"]),
            _("Would you like to keep it? Then just go on learning."),
        ),
        rows=((Button(GO_ON, Home()), Button(_("🗑 Delete everything"), Delete())),),
    )
