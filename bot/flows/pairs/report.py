"""A report stops the pair at once, and nobody is told who reported."""

from bot.conversation.action import Home
from bot.conversation.event import Event, ForOther, ToAdmins, Told, Went
from bot.conversation.registry import does, reads, shows
from bot.conversation.screen import BACK, MENU, Button, Screen
from bot.conversation.turn import Decision, Gone, Turn
from bot.conversation.typed_title import typed_message
from bot.flows.pairs.actions import (
    AddWords,
    AfterReport,
    Decided,
    DecideMentor,
    PairTalk,
    Reason,
    Report,
    ReportPair,
)
from bot.flows.pairs.common import group_of, name_of_other, over, pair_of, talking
from bot.flows.pairs.events import REPORTED, WORDS, PairJoined, PairKept
from bot.model.message import note
from bot.model.pairs import Pair, PairById, PairsOf, PairState
from bot.model.words import Msg, Words, _

REASONS: dict[Reason, Words] = {
    Reason.MONEY: _("Asked for money"),
    Reason.PRIVATE: _("Sexual or private"),
    Reason.WORK: _("No pay, or my papers"),
    Reason.INSULTS: _("Insults, racism"),
    Reason.OTHER: _("Something else"),
}


@shows(ReportPair)
def show_report(place: ReportPair, turn: Turn) -> Screen:
    pair = talking(place.pair, turn)
    return Screen(
        title=_("⚠ What happened?"),
        lines=(
            _("One tap, and you and {name} cannot write to each other any more.").of(
                name=name_of_other(pair, turn)
            ),
            _("Nobody is told who reported. You need not explain it."),
        ),
        options=tuple(Button(said, Report(pair.id, why)) for why, said in REASONS.items()),
        rows=((Button(BACK, PairTalk(pair.id)),),),
    )


@does(Report)
def report(tap: Report, turn: Turn) -> Decision:
    """The counsellor and the admins get a note without any text of it."""
    pair = talking(tap.pair, turn)
    group = group_of(pair, turn)
    told = note(REPORTED, pair=pair.id, reason=tap.reason, title=group.title)
    staff = sorted({c.learner for c in group.counsellors} - {turn.learner.id})
    events: tuple[Event, ...] = (
        *over(pair, PairState.REPORTED, turn),
        *(Told(who, told) for who in staff),
        Told(ToAdmins(), told),
        *_others_stop(pair, turn),
        Went(AfterReport(pair.id)),
    )
    return Decision(events, fresh=True)


def _others_stop(pair: Pair, turn: Turn) -> tuple[Event, ...]:
    """What else the mentor is only asked about does not go on before an admin decides."""
    if turn.learner.id == pair.mentor:
        return ()
    asked = (PairState.INVITED, PairState.ASKED, PairState.OFFERED)
    open_ = [p for p in turn.ask(PairsOf(pair.mentor)) if p.state in asked and p.id != pair.id]
    return tuple(
        PairKept(p.moved(PairState.DECLINED, turn.now)) for p in open_ if p.mentor == pair.mentor
    )


@shows(AfterReport)
def show_after(place: AfterReport, turn: Turn) -> Screen:
    pair = pair_of(place.pair, turn, PairState.REPORTED, PairState.CLEARED, PairState.BARRED)
    group = group_of(pair, turn)
    helpers = turn.world.programme.crisis.helpers
    return Screen(
        title=_("🛑 It is stopped"),
        lines=(
            _("You cannot reach each other here any more. Thank you for telling."),
            _("In danger, or without pay and passport: police 112."),
            *(
                Msg("• ☎ {call}: {who}").of(call=one.call, who=one.named(turn.language))
                for one in helpers[:5]
            ),
            _("Help with forced work and violence is free, and it asks for no papers."),
        ),
        options=(
            Button(
                _("✉ Add words for {counsellor}").of(counsellor=group.counsellor),
                AddWords(pair.id),
            ),
        ),
        rows=((Button(MENU, Home()),),),
    )


@shows(AddWords)
def show_words(place: AddWords, turn: Turn) -> Screen:
    pair = pair_of(place.pair, turn, PairState.REPORTED, PairState.CLEARED, PairState.BARRED)
    group = group_of(pair, turn)
    return Screen(
        title=_("✉ For {counsellor}").of(counsellor=group.counsellor),
        lines=(
            _("Only {counsellor} reads it. It is passed on and then not kept here.").of(
                counsellor=group.counsellor
            ),
        ),
        rows=((Button(_("Not now"), AfterReport(pair.id)),),),
        typing=_("Your message"),
    )


@reads(AddWords)
def words(place: AddWords, text: str, turn: Turn) -> Decision:
    pair = pair_of(place.pair, turn, PairState.REPORTED, PairState.CLEARED, PairState.BARRED)
    group = group_of(pair, turn)
    letter = note(WORDS, title=group.title, text=typed_message(text))
    return Decision((Told(group.owner, letter), Went(Home())), notes=(_("✉ Sent."),), fresh=True)


@shows(DecideMentor)
def show_decide(place: DecideMentor, turn: Turn) -> Screen:
    pair = turn.ask(PairById(place.pair))
    if pair is None or pair.state is not PairState.REPORTED:
        raise Gone
    return Screen(
        title=_("⚖ May this mentor have another pair?"),
        lines=(_("Talk to the counsellor of the group first. These two are never a pair again."),),
        options=(
            Button(_("Yes, again"), Decided(pair.id, True)),
            Button(_("No, not any more"), Decided(pair.id, False)),
            Button(_("Later"), Home()),
        ),
    )


@does(Decided)
def decide(tap: Decided, turn: Turn) -> Decision:
    pair = turn.ask(PairById(tap.pair))
    if pair is None or pair.state is not PairState.REPORTED:
        raise Gone
    if turn.place != DecideMentor(pair.id):
        return Decision((Went(DecideMentor(pair.id)),))
    if tap.again:
        kept: tuple[Event, ...] = (PairKept(pair.moved(PairState.CLEARED, turn.now)),)
    else:
        theirs = [p for p in turn.ask(PairsOf(pair.mentor)) if p.mentor == pair.mentor]
        running = [p for p in theirs if p.state is PairState.PAIRED]
        kept = (
            PairKept(pair.moved(PairState.BARRED, turn.now)),
            *(PairKept(p.moved(PairState.ENDED, turn.now)) for p in running),
            *(
                ForOther(who, PairJoined(p.id, out=True))
                for p in running
                for who in (p.learner, p.mentor)
            ),
        )
    return Decision((*kept, Went(Home())), notes=(_("⚖ Decided."),), fresh=True)
