"""Questions of before, asked again: those that are due, from all modules."""

from bot.conversation.action import Home
from bot.conversation.event import Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import MENU, Button, Screen
from bot.conversation.turn import Decision, Turn
from bot.flows.certificates.actions import Claim
from bot.flows.learning.actions import (
    Lesson,
    Review,
    ReviewDone,
)
from bot.flows.learning.adapting import ease, fitting, share_of
from bot.flows.learning.attempt import REVIEW
from bot.flows.learning.events import Began
from bot.flows.learning.next_step import go_on, in_another_language
from bot.model.learner import Learner, day_of
from bot.model.spaced import recall, upcoming
from bot.model.words import Msg, Words, _
from cards.model import Programme

REVIEWS = 5
"""Questions in one review (product.md, Numbers)."""


FROM_BEFORE = _("🔁 First: {number} from before")


@does(Review)
def review(_tap: Review, turn: Turn) -> Decision:
    """Questions that were answered come again, from all modules: those that are due, or the next
    ones where none is."""
    learner = turn.learner
    went = Went(Lesson("", REVIEW))
    if learner.attempt("", REVIEW):
        return Decision((went,))
    due = due_now(learner, turn.programme, turn.now) or _ahead(learner, turn.programme, turn.now)
    if not due:
        return Decision((Went(ReviewDone()),))
    number = learner.attempts_begun
    asked = (_or_its_sister(turn, ref, number) for ref in due[:REVIEWS])
    return Decision((went, Began("", REVIEW, "", tuple(asked))))


def _ahead(learner: Learner, programme: Programme, now: int) -> tuple[str, ...]:
    """What would come soonest; never what was asked today, so that it comes to an end."""

    def asked_today(ref: str) -> bool:
        entry = recall(learner.memory, *ref.split("/"))
        return entry is None or entry.last >= day_of(now)

    return tuple(ref for _day, ref in upcoming(learner.memory, programme) if not asked_today(ref))


def due_now(learner: Learner, programme: Programme, now: int) -> tuple[str, ...]:
    """What comes again today, longest due first."""
    return tuple(ref for day, ref in upcoming(learner.memory, programme) if day <= day_of(now))


def exists(programme: Programme, ref: str) -> bool:
    module_id, deck_id, question = ref.split("/")
    module = programme.offered.get(module_id)
    return bool(module and deck_id in module.by_id and question in module.by_id[deck_id].by_id)


def _or_its_sister(turn: Turn, ref: str, attempt: int) -> str:
    """Another case of the same, where there is one, as hard as fits. Which of several changes from
    time to time."""
    module_id, deck_id, question = ref.split("/")
    module = turn.programme.offered[module_id]
    deck = module.by_id[deck_id]
    wanted = ease(share_of(turn.learner, module, deck))
    sisters = fitting(deck.sisters.get(question, ()), wanted)
    return f"{module_id}/{deck_id}/{sisters[attempt % len(sisters)].id}" if sisters else ref


@shows(ReviewDone)
def show_review_done(_place: ReviewDone, turn: Turn) -> Screen:
    left = len(due_now(turn.learner, turn.programme, turn.now))
    lines: tuple[Words, ...] = (
        (_("There is more to look at again. Do it now or another day."),)
        if left
        else (
            _(
                "Nothing is waiting to be asked again. What you have answered comes back here on "
                "another day."
            ),
        )
    )
    onward = (
        (_("🎓 Get my certificate"), Claim())
        if turn.learner.owed
        else go_on(turn.learner, turn.programme)
    )
    lines += in_another_language(onward[1], turn) if onward else ()
    rows: list[tuple[Button, ...]] = [(Button(*onward),)] if onward else []
    rows += [(Button(_("🔁 Go on"), Review()),)] if left else []
    return Screen(
        title=Msg("🔁 {title}").of(title=_("Review")),
        lines=lines,
        rows=(*rows, (Button(MENU, Home()),)),
    )
