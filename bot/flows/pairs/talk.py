"""The two write to each other: relayed, counted, and held where a number would be given away."""

from bot.conversation.action import Home
from bot.conversation.chosen import numbers
from bot.conversation.event import Drafted, Told, Went
from bot.conversation.registry import does, reads, shows
from bot.conversation.screen import MENU, Button, Screen
from bot.conversation.turn import Decision, Gone, NotUsable, Turn
from bot.conversation.typed_title import typed_message, with_more
from bot.flows.pairs.actions import (
    EndPair,
    PairHeld,
    PairOver,
    PairTalk,
    ReportPair,
    SendHeld,
)
from bot.flows.pairs.common import (
    known_of,
    my_name,
    name_of_other,
    over,
    said_by,
    talking,
)
from bot.flows.pairs.events import OVER, SAID, PairWritten
from bot.model.learner import day_of
from bot.model.message import note
from bot.model.pairs import MOST_A_DAY, Hears, Pair, PairState, WhenHeard, gives_away
from bot.model.words import Msg, _, verbatim

# Translators: words that people use when they speak of money. Separated by |.
MONEY = _("money|euro|euros|cash|dollar|dollars|lend|borrow|loan|bank|iban|transfer|pay")
SENT: dict[Hears, Msg] = {
    Hears.SOON: _("✉ Sent to {name}."),
    Hears.WHEN_THEY_WRITE: _("✉ Kept for {name}, who gets it when they write here again."),
    Hears.WHEN_THEY_LOOK: _("✉ Kept for {name}, who gets it when they open their page."),
}
AT_NIGHT = _("It is handed over between 9 and 20 o'clock.")


def end_and_report(pair: int) -> tuple[Button, ...]:
    return (
        Button(_("🛑 End it"), EndPair(pair)),
        Button(_("⚠ Report"), ReportPair(pair)),
    )


@shows(PairTalk)
def show_talk(place: PairTalk, turn: Turn) -> Screen:
    pair = talking(place.pair, turn)
    other = said_by(pair.other(turn.learner.id), turn)
    until = day_of(pair.until)
    return Screen(
        title=_("🤝 You and {name}").of(name=name_of_other(pair, turn)),
        lines=(
            *known_of(other, turn),
            _("What you type here goes to {name}. It is not kept here once it is handed over.").of(
                name=name_of_other(pair, turn)
            ),
            AT_NIGHT,
            _("Your number, results and papers are not shown. Until {day}.").of(day=until),
        ),
        rows=(end_and_report(pair.id), (Button(MENU, Home()),)),
        typing=_("Your message"),
    )


@reads(PairTalk)
def written(place: PairTalk, text: str, turn: Turn) -> Decision:
    pair = talking(place.pair, turn)
    message = typed_message(text)
    if turn.learner.about_me.sent_today(day_of(turn.now)) >= MOST_A_DAY:
        many = _("That was {number} messages today. Please write again tomorrow.")
        raise NotUsable(many.of(number=MOST_A_DAY))
    if gives_away(numbers(message), _money(turn)):
        return Decision((Drafted(message), Went(PairHeld(pair.id))), fresh=True)
    return _sent(pair, message, turn)


def _money(turn: Turn) -> str:
    """In every language that is offered: people mix them."""
    languages = dict.fromkeys((turn.language, *turn.world.languages))
    return "|".join(turn.world.say(MONEY, language) for language in languages)


def _sent(pair: Pair, message: str, turn: Turn) -> Decision:
    other = pair.other(turn.learner.id)
    name = my_name(pair, turn, said_by(other, turn).language)
    passed_on = note(SAID, pair=pair.id, learner=turn.learner.id, name=name, text=message)
    said = SENT[turn.ask(WhenHeard(other))].of(name=name_of_other(pair, turn))
    return Decision(
        (Told(other, passed_on), PairWritten(), Went(PairTalk(pair.id))), notes=(said,), fresh=True
    )


@shows(PairHeld)
def show_held(place: PairHeld, turn: Turn) -> Screen:
    pair = talking(place.pair, turn)
    if not turn.learner.drafted:
        raise Gone(Decision((Went(PairTalk(pair.id)),)), instead=PairTalk(pair.id))
    return Screen(
        title=_("✋ Wait a moment"),
        lines=(
            verbatim(turn.learner.drafted),
            _("You are about to give away a number, an address or something about money."),
            _("Once sent you cannot take it back. A mentor never needs it."),
        ),
        options=(
            Button(_("Change it"), PairTalk(pair.id)),
            Button(_("Send it"), SendHeld(pair.id)),
        ),
        rows=(end_and_report(pair.id),),
        typing=_("Your message"),
    )


@reads(PairHeld)
def more(place: PairHeld, text: str, turn: Turn) -> Decision:
    talking(place.pair, turn)
    return Decision((Drafted(with_more(turn.learner.drafted, text)),), fresh=True)


@does(SendHeld)
def send_held(tap: SendHeld, turn: Turn) -> Decision:
    """Only from the question itself, and only what stands there."""
    pair = talking(tap.pair, turn)
    if turn.place != PairHeld(pair.id) or not turn.learner.drafted:
        return Decision((Went(PairTalk(pair.id)),))
    return _sent(pair, turn.learner.drafted, turn)


@shows(EndPair)
def show_end(place: EndPair, turn: Turn) -> Screen:
    pair = talking(place.pair, turn)
    return Screen(
        title=_("🛑 End it with {name}?").of(name=name_of_other(pair, turn)),
        lines=(
            _("It ends at once, for both. What waits is not handed over any more."),
            _("No reason is asked."),
        ),
        options=(
            Button(_("No, go on"), PairTalk(pair.id)),
            Button(_("Yes, end it"), PairOver(pair.id)),
        ),
    )


@does(PairOver)
def end(tap: PairOver, turn: Turn) -> Decision:
    """One tap and one question; an old button asks again."""
    pair = talking(tap.pair, turn)
    if turn.place != EndPair(pair.id):
        return Decision((Went(EndPair(pair.id)),))
    name = my_name(pair, turn, said_by(pair.other(turn.learner.id), turn).language)
    events = over(pair, PairState.ENDED, turn, note(OVER, name=name))
    said = _("🛑 It is ended. You may tell your counsellor why; you need not.")
    return Decision((*events, Went(Home())), notes=(said,), fresh=True)
