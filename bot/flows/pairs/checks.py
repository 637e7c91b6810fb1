"""After 2, 6, 12 and 24 weeks each is asked apart how it goes."""

from dataclasses import replace

from bot.conversation.action import Home
from bot.conversation.event import Told, Went
from bot.conversation.registry import does
from bot.conversation.turn import STAY, Decision, Turn
from bot.flows.pairs.actions import GoOn, HowItGoes
from bot.flows.pairs.common import group_of, my_name, talk, talking
from bot.flows.pairs.events import WANTS_TO_TALK, PairKept
from bot.model.message import note
from bot.model.pairs import CHECKS, LASTS
from bot.model.words import _

BOTH = 3


@does(HowItGoes)
def how_it_goes(tap: HowItGoes, turn: Turn) -> Decision:
    """Good and so-so are told to nobody; who wants to talk is told to the counsellor."""
    pair = talking(tap.pair, turn)
    if tap.how:
        return Decision((talk(pair),), notes=(_("Thank you. Nobody else reads this."),), fresh=True)
    group = group_of(pair, turn)
    name = my_name(pair, turn, group.language)
    wants = note(WANTS_TO_TALK, title=group.title, name=name)
    said = _("{counsellor} is told that you want to talk.").of(counsellor=group.counsellor)
    return Decision((Told(group.owner, wants), Went(Home())), notes=(said,), fresh=True)


@does(GoOn)
def go_on(tap: GoOn, turn: Turn) -> Decision:
    """It takes both; one yes alone changes nothing."""
    pair = talking(tap.pair, turn)
    if pair.asked < len(CHECKS):
        return STAY
    more = pair.more | (1 if turn.learner.id == pair.learner else 2)
    longer = replace(pair, more=more)
    if more == BOTH:
        longer = replace(pair, more=0, asked=0, since=turn.now, until=turn.now + LASTS)
    said = _("Thank you. It goes on when both say so.")
    return Decision((PairKept(longer), talk(pair)), notes=(said,), fresh=True)
