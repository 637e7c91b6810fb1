"""One question before a module and after it, from 1 to 5. Nobody else sees it: it is no mark."""

from bot.conversation.action import Home
from bot.conversation.event import Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Screen, bar
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.learning.actions import Cover
from bot.flows.sure.actions import SaySure, SurePage
from bot.flows.sure.events import SureSaid, said
from bot.model.words import Msg, Words, _
from cards.model import Module

LABELS: tuple[Words, ...] = (
    _("Not at all sure"),
    _("Not very sure"),
    _("In between"),
    _("Quite sure"),
    _("Very sure"),
)
MOST = len(LABELS)


def ask_how_sure(module: Module, turn: Turn) -> tuple[Button, ...]:
    """The way to the question: as long as no deck is done, and once the module is. Each time until
    it is answered."""
    progress = turn.learner.modules.get(module.id)
    before, after = said(turn.learner, module.id)
    done = progress is not None and progress.done is not None
    waits = not after if done else not before and not (progress and progress.decks)
    return (Button(_("How sure are you?"), SurePage(module.id)),) if waits else ()


def how_sure(module: Module, turn: Turn) -> tuple[Words, ...]:
    """What was said, once it was said before and after."""
    before, after = said(turn.learner, module.id)
    if not before or not after:
        return ()
    line = _("How sure you are: before {before}, now {after}. Only you see this.")
    return (line.of(before=bar(before, MOST), after=bar(after, MOST)),)


@shows(SurePage)
def show_sure(place: SurePage, turn: Turn) -> Screen:
    module = turn.module(place.module)
    if not ask_how_sure(module, turn):
        raise Gone(instead=Cover(module.id))
    after = turn.learner.done(module.id)
    return Screen(
        title=_("How sure are you that you can do this?"),
        lines=(
            *(Msg("• {objective}").of(objective=objective) for objective in module.objectives),
            _("It is no test. Only you see it."),
        ),
        options=tuple(
            Button(label, SaySure(module.id, after, value)) for value, label in enumerate(LABELS, 1)
        ),
        rows=((Button(BACK, Cover(module.id)), Button(MENU, Home())),),
        category=turn.programme.category_of(module.id),
    )


@does(SaySure)
def say_sure(tap: SaySure, turn: Turn) -> Decision:
    """An old button says nothing any more: what was said before stays as it was."""
    module = turn.module(tap.module)
    now = tap.after == turn.learner.done(module.id) and bool(ask_how_sure(module, turn))
    if not now or not 1 <= tap.value <= MOST:
        raise Gone
    happened = SureSaid(module.id, tap.after, tap.value)
    thanks = how_sure(module, turn.after(happened)) or (
        _("Thank you. I ask you again after the module."),
    )
    return Decision((happened, Went(Cover(module.id))), notes=() if tap.after else thanks)
