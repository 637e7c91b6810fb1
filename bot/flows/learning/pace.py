"""The minutes a day that a learner chose: at the end of a lesson that reaches them it is enough,
and it is said when it goes on. Whoever likes goes on all the same.
"""

from datetime import timedelta

from bot.conversation.action import Home
from bot.conversation.screen import Button
from bot.conversation.turn import Turn
from bot.model.learner import spent_today
from bot.model.words import Words, _, minutes
from bot.model.zones import local


def reached(turn: Turn) -> bool:
    return spent_today(turn.learner, turn.now) >= turn.learner.minutes * 60


def goodbye(turn: Turn) -> tuple[Words, ...]:
    """Nothing as long as there is time left today."""
    if not reached(turn):
        return ()
    time = minutes(turn.learner.minutes)
    return (
        _("✅ That is your {time} for today. Everything is saved.").of(time=time),
        _goes_on(turn),
    )


def _goes_on(turn: Turn) -> Words:
    """With the next reminder, where one is planned."""
    learner, today = turn.learner, local(turn.now, turn.learner.zone).date()
    if learner.rhythm.due is None:
        return _("It goes on tomorrow, or whenever you write.")
    due = local(learner.rhythm.due, learner.zone)
    if due.date() == today + timedelta(days=1):
        return _("It goes on tomorrow at {time}: I remind you.").of(time=f"{due:%H:%M}")
    on = _("It goes on on {day} at {time}: I remind you. You can come before.")
    return on.of(day=due.date(), time=f"{due:%H:%M}")


def enough(turn: Turn) -> tuple[Button, ...]:
    """The first way on then, unless a certificate waits."""
    if turn.learner.owed or not reached(turn):
        return ()
    return (Button(_("✓ Enough for today"), Home()),)
