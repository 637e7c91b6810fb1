"""What comes to one of a pair, and to staff, without their asking."""

from bot.conversation.message import says
from bot.conversation.screen import Button, Screen
from bot.flows.pairs.actions import (
    AskedPair,
    DecideMentor,
    EndPair,
    GoOn,
    HowItGoes,
    OfferedPair,
    PairTalk,
    Reason,
    ReportPair,
)
from bot.flows.pairs.events import (
    ASKED,
    BEGUN,
    CHECK,
    NOT_NOW,
    OFFERED,
    OVER,
    REPORTED,
    SAID,
    WANTS_TO_TALK,
    WORDS,
)
from bot.flows.pairs.report import REASONS
from bot.model.message import Note
from bot.model.words import _, verbatim

LOOK = _("👁 Read more")


@says(ASKED)
def _asked(note: Note) -> Screen:
    return Screen(
        title=_("🤝 {name}, {organisation}, would be your mentor").of(
            name=note["name"], organisation=note["organisation"]
        ),
        lines=(_("You decide. A no costs nothing."),),
        rows=((Button(LOOK, AskedPair(int(note["pair"]))),),),
    )


@says(OFFERED)
def _offered(note: Note) -> Screen:
    return Screen(
        title=_("🤝 {name} said yes").of(name=note["name"]),
        lines=(_("Will you be the mentor?"),),
        rows=((Button(LOOK, OfferedPair(int(note["pair"]))),),),
    )


@says(BEGUN)
def _begun(note: Note) -> Screen:
    return Screen(
        title=_("🤝 {name} is your mentor now").of(name=note["name"]),
        lines=(_("Write the first line: what would help you?"),),
        rows=((Button(_("✉ Write"), PairTalk(int(note["pair"]))),),),
    )


@says(SAID)
def _said(note: Note) -> Screen:
    pair = int(note["pair"])
    return Screen(
        title=_("🤝 {name} writes").of(name=note["name"]),
        lines=(verbatim(note["text"]),),
        rows=(
            (Button(_("✉ Write back"), PairTalk(pair)),),
            (Button(_("🛑 End it"), EndPair(pair)), Button(_("⚠ Report"), ReportPair(pair))),
        ),
    )


@says(OVER)
def _over(note: Note) -> Screen:
    """Without a name where it was stopped: nobody is told who did it."""
    title = (
        _("🛑 {name} has ended it").of(name=note["name"]) if note["name"] else _("🛑 It is over")
    )
    return Screen(title=title, lines=(_("Thank you for your time."),))


@says(NOT_NOW)
def _not_now(note: Note) -> Screen:
    return Screen(
        title=_("🤝 Not now"),
        lines=(
            _("The pair in “{title}” does not begin now. That is all right.").of(
                title=note["title"]
            ),
        ),
    )


@says(CHECK)
def _check(note: Note) -> Screen:
    pair = int(note["pair"])
    more = (Button(_("▶ Another six months"), GoOn(pair)),) if note["last"] else ()
    return Screen(
        title=_("🤝 How does it go with {name}?").of(name=note["name"]),
        lines=(
            _("Only you are asked this. The other does not see your answer."),
            *((_("It ends soon, unless both want it to go on."),) if note["last"] else ()),
        ),
        options=(
            Button(_("Good"), HowItGoes(pair, 2)),
            Button(_("So-so"), HowItGoes(pair, 1)),
            Button(_("Talk to the counsellor"), HowItGoes(pair, 0)),
            Button(_("🛑 End it"), EndPair(pair)),
        ),
        rows=(more,),
    )


@says(REPORTED)
def _reported(note: Note) -> Screen:
    return Screen(
        title=_("⚠ A pair in “{title}” was reported").of(title=note["title"]),
        lines=(
            REASONS.get(Reason(note["reason"]), REASONS[Reason.OTHER]),
            _("It is stopped. Who reported it is not told. Please talk to both, each alone."),
        ),
        rows=((Button(_("⚖ Decide (admins)"), DecideMentor(int(note["pair"]))),),),
    )


@says(WANTS_TO_TALK)
def _talk(note: Note) -> Screen:
    return Screen(
        title=_("🤝 {name} wants to talk to you").of(name=note["name"]),
        lines=(_("About a pair in “{title}”.").of(title=note["title"]),),
    )


@says(WORDS)
def _words(note: Note) -> Screen:
    return Screen(
        title=_("✉ About a reported pair in “{title}”").of(title=note["title"]),
        lines=(verbatim(note["text"]),),
    )
