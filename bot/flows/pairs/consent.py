"""Both are asked, the learner first; a no is told as "not now", without who."""

from dataclasses import replace

from bot.conversation.action import Home
from bot.conversation.event import ForOther, Told, Went
from bot.conversation.everyday import LEFT_OUT, NO, YES
from bot.conversation.registry import does, shows
from bot.conversation.screen import MENU, Button, Screen, paged
from bot.conversation.turn import STAY, Decision, Turn
from bot.flows.groups.member_actions import AskCounsellor
from bot.flows.pairs.actions import (
    AnswerPair,
    AskedPair,
    MyWork,
    OfferedPair,
    PickMyWork,
    TakePair,
)
from bot.flows.pairs.common import (
    group_of,
    known_of,
    my_name,
    nickname,
    pair_of,
    said_by,
    talk,
)
from bot.flows.pairs.events import (
    BEGUN,
    NOT_NOW,
    OFFERED,
    PairJoined,
    PairKept,
    ToldAboutMe,
)
from bot.model.message import note
from bot.model.pairs import Pair, PairState
from bot.model.sectors import sector_name
from bot.model.words import _

PAGE, SKIP = 4, 999
NOT_THIS_TIME = _("All right: not now. Nothing changes for you.")


@shows(AskedPair)
def show_asked(place: AskedPair, turn: Turn) -> Screen:
    pair = pair_of(place.pair, turn, PairState.ASKED)
    group, mentor = group_of(pair, turn), said_by(pair.mentor, turn)
    return Screen(
        title=_("🤝 {name}, {organisation}, would be your mentor").of(
            name=mentor.about.name, organisation=group.organisation
        ),
        lines=(
            *known_of(mentor, turn),
            _("You write about work, through this bot."),
            _("They do not see your number, name, results or papers."),
            _("You can end it at any time, without a reason."),
            _("You must be 18. If you are younger, please say no."),
        ),
        options=(
            Button(_("Yes, and I am 18 or older"), AnswerPair(pair.id, True)),
            Button(_("No"), AnswerPair(pair.id, False), also=(NO,)),
            Button(
                _("Ask {counsellor}").of(counsellor=group.counsellor), AskCounsellor(pair.group)
            ),
        ),
        rows=((Button(MENU, Home()),),),
    )


@does(AnswerPair)
def answer(tap: AnswerPair, turn: Turn) -> Decision:
    pair = pair_of(tap.pair, turn, PairState.ASKED)
    if pair.learner != turn.learner.id:
        return STAY
    if not tap.yes:
        return _declined(pair, turn)
    return Decision((Went(MyWork(pair.id)),))


@shows(MyWork)
def show_my_work(place: MyWork, turn: Turn) -> Screen:
    pair = pair_of(place.pair, turn, PairState.ASKED)
    sectors = list(enumerate(turn.world.work.list("sectors")))
    page = paged(sectors, place.page, PAGE, lambda to: MyWork(pair.id, to))
    return Screen(
        title=_("Which work do you look for?"),
        lines=(_("The mentor reads this, your nickname and your language."),),
        options=tuple(Button(sector_name(id), PickMyWork(pair.id, n)) for n, id in page.items),
        rows=(page.row, (Button(_("I do not say"), PickMyWork(pair.id, SKIP), also=LEFT_OUT),)),
    )


@does(PickMyWork)
def pick_my_work(tap: PickMyWork, turn: Turn) -> Decision:
    """With it the learner's yes is said, and the mentor is asked."""
    pair = pair_of(tap.pair, turn, PairState.ASKED)
    if pair.learner != turn.learner.id or not isinstance(turn.place, MyWork):
        return STAY
    sectors = tuple(turn.world.work.list("sectors"))
    sector = sectors[tap.sector] if tap.sector < len(sectors) else ""
    name = my_name(pair, turn, said_by(pair.mentor, turn).language)
    about = replace(turn.learner.about_me, sector=sector, adult=True, name=name)
    return Decision(
        (
            ToldAboutMe(about),
            PairKept(pair.moved(PairState.OFFERED, turn.now)),
            Told(pair.mentor, note(OFFERED, pair=pair.id, name=name)),
            Went(Home()),
        ),
        notes=(_("🤝 Thank you. Now the mentor is asked."),),
        fresh=True,
    )


@shows(OfferedPair)
def show_offered(place: OfferedPair, turn: Turn) -> Screen:
    pair = pair_of(place.pair, turn, PairState.OFFERED)
    learner = said_by(pair.learner, turn)
    return Screen(
        title=_("🤝 {name} said yes").of(name=nickname(pair, turn)),
        lines=(*known_of(learner, turn), _("Will you be the mentor?")),
        options=(
            Button(_("Yes"), TakePair(pair.id, True), also=(YES,)),
            Button(_("Not now"), TakePair(pair.id, False), also=(NO,)),
        ),
        rows=((Button(MENU, Home()),),),
    )


@does(TakePair)
def take(tap: TakePair, turn: Turn) -> Decision:
    pair = pair_of(tap.pair, turn, PairState.OFFERED)
    if pair.mentor != turn.learner.id:
        return STAY
    if not tap.yes:
        return _declined(pair, turn)
    begun = pair.moved(PairState.PAIRED, turn.now)
    told = note(BEGUN, pair=pair.id, name=turn.learner.about_me.name)
    return Decision(
        (
            PairKept(begun),
            PairJoined(pair.id),
            ForOther(pair.learner, PairJoined(pair.id)),
            Told(pair.learner, told),
            talk(pair),
        ),
        fresh=True,
    )


def _declined(pair: Pair, turn: Turn) -> Decision:
    """The counsellor and the other read "not now"; who said it, neither is told."""
    group = group_of(pair, turn)
    told = note(NOT_NOW, title=group.title)
    others = {pair.other(turn.learner.id)} | {c.learner for c in group.counsellors}
    kept = PairKept(pair.moved(PairState.DECLINED, turn.now))
    events = (kept, *(Told(who, told) for who in sorted(others)), Went(Home()))
    return Decision(events, notes=(NOT_THIS_TIME,), fresh=True)
