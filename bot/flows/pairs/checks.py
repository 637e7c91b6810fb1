"""After 2, 6, 12 and 24 weeks each is asked apart how it goes."""

from dataclasses import replace

from bot.conversation.action import Home
from bot.conversation.event import Told, Went
from bot.conversation.registry import does
from bot.conversation.turn import STAY, Decision, Turn
from bot.flows.pairs.actions import GoOn, HowItGoes
from bot.flows.pairs.common import group_of, my_name, talk, talking
from bot.flows.pairs.events import WANTS_TO_TALK, PairKept, TalkWanted
from bot.model.days import at_time, day_words
from bot.model.message import note
from bot.model.pairs import CHECKS, LASTS
from bot.model.words import _
from bot.model.zones import local

BOTH = 3
DAY = 24 * 3600


@does(HowItGoes)
def how_it_goes(tap: HowItGoes, turn: Turn) -> Decision:
    """Good and so-so are told to nobody; who wants to talk is told to the counsellor: once in the
    days within which these answer."""
    pair = talking(tap.pair, turn)
    if tap.how:
        return Decision((talk(pair),), notes=(_("Thank you. Nobody else reads this."),), fresh=True)
    group = group_of(pair, turn)
    me = turn.learner.about_me
    if me.talk == pair.id and turn.now - me.talk_at < group.promise * DAY:
        then = local(me.talk_at, turn.learner.zone or turn.world.zone)
        when = at_time(day_words(then.date()), f"{then:%H:%M}")
        known = _("{counsellor} was told already that you want to talk: {when}.")
        return Decision(
            (Went(Home()),),
            notes=(known.of(counsellor=group.counsellor, when=when),),
            fresh=True,
        )
    name = my_name(pair, turn, group.language)
    wants = note(WANTS_TO_TALK, title=group.title, name=name)
    said = _("{counsellor} is told that you want to talk.").of(counsellor=group.counsellor)
    told = (Told(group.owner, wants), TalkWanted(pair.id))
    return Decision((*told, Went(Home())), notes=(said,), fresh=True)


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
