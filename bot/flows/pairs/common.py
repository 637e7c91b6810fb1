"""What all of a pair need: the pair, the other one, and what each reads of the other."""

from bot.conversation.action import Home
from bot.conversation.event import Event, ForOther, Told, Went
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.pairs.actions import PairTalk
from bot.flows.pairs.events import OVER, PairJoined, PairKept
from bot.model.group import Group, GroupById, seen_as
from bot.model.message import Note, note
from bot.model.pairs import Pair, PairById, PairState, Said, SaidBy
from bot.model.sectors import sector_name
from bot.model.words import Words, _, verbatim

NO_PAIR = _("This pair is not there any more.")
OVER_ALREADY = Decision((Went(Home()),), notes=(NO_PAIR,), fresh=True)


def pair_of(id: int, turn: Turn, *states: PairState) -> Pair:
    """A pair that they are in, in one of these states; raises `Gone`."""
    pair = turn.ask(PairById(id)) if id else _newest(turn)
    if pair is None or not pair.has(turn.learner.id) or pair.state not in states:
        raise Gone(OVER_ALREADY, instead=Home())
    return pair


def _newest(turn: Turn) -> Pair | None:
    mine = turn.learner.about_me.pairs
    return turn.ask(PairById(mine[-1])) if mine else None


def talking(id: int, turn: Turn) -> Pair:
    return pair_of(id, turn, PairState.PAIRED)


def group_of(pair: Pair, turn: Turn) -> Group:
    group = turn.ask(GroupById(pair.group))
    if group is None:
        raise Gone(OVER_ALREADY, instead=Home())
    return group


def said_by(who: int, turn: Turn) -> Said:
    found = turn.ask(SaidBy(who))
    if found is None:
        raise Gone(OVER_ALREADY, instead=Home())
    return found


def name_of_other(pair: Pair, turn: Turn) -> Words:
    """A mentor by the name that they chose, a learner by the nickname in the group."""
    if turn.learner.id == pair.learner:
        return verbatim(said_by(pair.mentor, turn).about.name)
    return nickname(pair, turn)


def my_name(pair: Pair, turn: Turn, language: str) -> str:
    """What the other reads as their name."""
    if turn.learner.id == pair.mentor:
        return turn.learner.about_me.name
    mine = turn.learner.groups.get(pair.group)
    return (
        turn.world.say(seen_as(mine), language) if mine else turn.world.say(_("Learner"), language)
    )


def nickname(pair: Pair, turn: Turn) -> Words:
    """Of the learner, as they are called in the group."""
    return verbatim(said_by(pair.learner, turn).about.name) or _("Learner")


def known_of(about: Said, turn: Turn) -> tuple[Words, ...]:
    """Languages, and the work that is known or looked for."""
    tongues = about.about.tongues or (about.language,)
    names = " · ".join(turn.world.atlas.tongue(code, turn.language) for code in tongues)
    lines: list[Words] = [_("Languages: {languages}").of(languages=names)]
    if about.about.sector:
        sector = sector_name(about.about.sector)
        lines.append(_("Work: {work}").of(work=sector))
    return tuple(lines)


def over(pair: Pair, state: PairState, turn: Turn, told: Note | None = None) -> tuple[Event, ...]:
    """The pair is over at once, for both; the other is told."""
    other = pair.other(turn.learner.id)
    told = told or note(OVER, name="")
    return (
        PairKept(pair.moved(state, turn.now)),
        PairJoined(pair.id, out=True),
        ForOther(other, PairJoined(pair.id, out=True)),
        Told(other, told),
    )


def talk(pair: Pair) -> Went:
    return Went(PairTalk(pair.id))
