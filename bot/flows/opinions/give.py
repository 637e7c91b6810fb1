"""One question and a free comment at the end of a module. Who says it is kept nowhere."""

from bot.conversation.action import Home
from bot.conversation.event import Went
from bot.conversation.everyday import NO, PARTLY, YES
from bot.conversation.registry import does, reads, shows
from bot.conversation.screen import BACK, MENU, Button, Screen
from bot.conversation.turn import Decision, Gone, Turn
from bot.conversation.typed_title import typed_message
from bot.flows.learning.actions import Cover
from bot.flows.opinions.actions import CommentPage, GiveOpinion, OpinionPage
from bot.flows.opinions.events import OpinionGiven
from bot.model.figures import FEWEST_IN_STATISTICS
from bot.model.words import Words, _
from cards.model import Module

HELPED: tuple[Words, ...] = (_("😐 Not really"), _("🙂 A little"), _("😀 Yes, much"))
"""From the least to the most: a button carries its place here."""
SAID = (NO, PARTLY, YES)


def asked_for_opinion(module: Module, turn: Turn) -> tuple[Button, ...]:
    """The way to it, of a module that is done, until it was given."""
    if not turn.learner.done(module.id) or module.id in turn.learner.opinions:
        return ()
    return (Button(_("💬 Your word on this module"), OpinionPage(module.id)),)


def _open(module: str, turn: Turn) -> Module:
    """Raises `Gone` where there is no such module, it is not done, or it was said already."""
    there = turn.module(module)
    if not asked_for_opinion(there, turn):
        raise Gone(instead=Cover(module))
    return there


@shows(OpinionPage)
def show_opinion(place: OpinionPage, turn: Turn) -> Screen:
    module = _open(place.module, turn)
    return Screen(
        title=_("💬 Did this module help you?"),
        lines=(
            module.title,
            _("Your answer is kept without your name: nobody can see who said it. So it stays."),
        ),
        options=tuple(
            Button(HELPED[helped], CommentPage(module.id, helped), also=(SAID[helped],))
            for helped in reversed(range(len(HELPED)))
        ),
        rows=((Button(BACK, Cover(module.id)), Button(MENU, Home())),),
        category=turn.programme.category_of(module.id),
    )


@shows(CommentPage)
def show_comment(place: CommentPage, turn: Turn) -> Screen:
    module = _open(place.module, turn)
    if place.helped >= len(HELPED):
        raise Gone(instead=OpinionPage(module.id))
    return Screen(
        title=_("💬 What was good, what was missing?"),
        lines=(
            HELPED[place.helped],
            _("Type it in your own words, or send your answer without."),
            _(
                "Staff read it without your name once {number} people have answered. Please write "
                "no names."
            ).of(number=FEWEST_IN_STATISTICS),
        ),
        rows=(
            (Button(_("Send without words"), GiveOpinion(module.id, place.helped)),),
            (Button(BACK, OpinionPage(module.id)), Button(MENU, Home())),
        ),
        typing=_("Your words"),
        category=turn.programme.category_of(module.id),
    )


@reads(CommentPage)
def commented(place: CommentPage, text: str, turn: Turn) -> Decision:
    return _given(place.module, place.helped, typed_message(text), turn)


@does(GiveOpinion)
def give_opinion(tap: GiveOpinion, turn: Turn) -> Decision:
    return _given(tap.module, tap.helped, "", turn)


def _given(module: str, helped: int, comment: str, turn: Turn) -> Decision:
    _open(module, turn)
    if helped >= len(HELPED):
        raise Gone
    thanks = _("💬 Thank you. It helps those who learn after you.")
    given = OpinionGiven(module, helped, comment)
    return Decision((given, Went(Cover(module))), notes=(thanks,), fresh=True)
