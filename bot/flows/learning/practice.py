"""The practical task of a module: its steps, and the learner's word that it is done."""

from bot.conversation.action import Home
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Screen
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.learning.actions import Cover, PracticePage, TickPractice
from bot.flows.learning.events import PracticeTicked
from bot.model.words import Msg, Words, _, minutes


@shows(PracticePage)
def show_practice(place: PracticePage, turn: Turn) -> Screen:
    module = turn.programme.modules.get(place.module)
    task = module.practice if module else None
    if module is None or task is None:
        raise Gone
    progress = turn.learner.modules.get(module.id)
    day = progress.practised if progress else None
    lines: list[Words] = [
        _("⏱ about {time}, away from the chat").of(time=minutes(task.minutes)),
        *(Msg("{number}. {step}").of(number=n, step=step) for n, step in enumerate(task.steps, 1)),
        _("What you have then: {result}").of(result=task.result),
    ]
    if day:
        lines.append(_("✅ You did it on {day}.").of(day=day.isoformat()))
    tick = Button(
        _("Take it back") if day else _("✅ I have done it"), TickPractice(module.id, not day)
    )
    return Screen(
        title=Msg("🛠 {title}").of(title=task.title),
        lines=tuple(lines),
        rows=((tick,), (Button(BACK, Cover(module.id)), Button(MENU, Home()))),
        category=turn.programme.category_of(module.id),
    )


@does(TickPractice)
def tick_practice(tap: TickPractice, turn: Turn) -> Decision:
    module = turn.programme.modules.get(tap.module)
    if module is None or module.practice is None:
        return Decision()
    return Decision((PracticeTicked(module.id, tap.done),))
