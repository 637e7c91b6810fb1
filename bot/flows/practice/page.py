"""The practical task of a module: its steps, and the learner's word that it is done."""

from bot.conversation.action import Home
from bot.conversation.event import Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Screen
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.learning.actions import Cover
from bot.flows.practice.actions import (
    LeavePractice,
    PracticeDay,
    PracticePage,
    SharePractice,
    TickPractice,
)
from bot.flows.practice.events import PracticeLeft, PracticeTicked
from bot.model.days import day_words
from bot.model.learner import HomeTask
from bot.model.words import Msg, Words, _, minutes
from cards.model import Module
from cards.practice import Practice


def task_of(module_id: str, turn: Turn) -> tuple[Module, Practice]:
    """Raises `Gone` where there is none."""
    module = turn.module(module_id)
    if module.practice is None:
        raise Gone
    return module, module.practice


@shows(PracticePage)
def show_practice(place: PracticePage, turn: Turn) -> Screen:
    module, task = task_of(place.module, turn)
    progress = turn.learner.modules.get(module.id)
    done = progress.practised if progress else None
    mine = progress.home if progress else HomeTask()
    lines: list[Words] = [
        _("⏱ about {time}, away from the chat").of(time=minutes(task.minutes)),
        *(Msg("{number}. {step}").of(number=n, step=step) for n, step in enumerate(task.steps, 1)),
        _("What you have then: {result}").of(result=task.result),
    ]
    if done:
        lines.append(_("✅ You did it on {day}.").of(day=day_words(done)))
        lines.append(
            _("👤 Your counsellor confirmed it.")
            if mine.confirmed
            else _("Your certificate says: practice at home, stated by the learner.")
        )
    elif mine.on:
        lines.append(_("📅 You noted: {day}.").of(day=day_words(mine.on)))
    elif mine.left:
        lines.append(_("You leave it. Your certificate comes without it, too."))
    return Screen(
        title=Msg("🛠 {title}").of(title=task.title),
        lines=tuple(lines),
        rows=(
            (Button(_("Take it back") if done else _("✅ I have done it"), _tick(module, done)),),
            *_more(module, turn, mine, bool(done)),
            (Button(BACK, Cover(module.id)), Button(MENU, Home())),
        ),
        category=turn.programme.category_of(module.id),
    )


def _tick(module: Module, done: object) -> TickPractice:
    return TickPractice(module.id, not done)


def _more(module: Module, turn: Turn, mine: HomeTask, done: bool) -> tuple[tuple[Button, ...], ...]:
    """Before it is done: a day, or leave it. Then: the counsellor, where there is one."""
    if done:
        share = Button(_("📤 Show my counsellor"), SharePractice(module.id))
        return ((share,),) if set(turn.learner.groups) - set(mine.shown) else ()
    day = Button(_("📅 I note a day"), PracticeDay(module.id))
    return ((day, *(() if mine.left else (Button(_("I leave it"), LeavePractice(module.id)),))),)


@does(TickPractice)
def tick_practice(tap: TickPractice, turn: Turn) -> Decision:
    module = turn.programme.offered.get(tap.module)
    if module is None or module.practice is None:
        return Decision()
    return Decision((PracticeTicked(module.id, tap.done),))


@does(LeavePractice)
def leave_practice(tap: LeavePractice, turn: Turn) -> Decision:
    module, _task = task_of(tap.module, turn)
    progress = turn.learner.modules.get(module.id)
    if progress and progress.practised:
        return Decision((Went(PracticePage(module.id)),))
    return Decision((PracticeLeft(module.id), Went(PracticePage(module.id))))
