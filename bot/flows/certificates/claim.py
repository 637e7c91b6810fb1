"""What was completed, and how its certificates are handed over: name, keep it or not, the files.

Order (seed l.2054-2056): type 1 for the module, then type 2 for a category or pathway it completed,
then type 3.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.conversation.action import Back, Home
from bot.conversation.event import Event, Ordered, Went, evolve
from bot.conversation.registry import does, reads, shows
from bot.conversation.screen import MENU, Button, Screen
from bot.conversation.turn import Decision, Moment, NameRefused, World
from bot.flows.certificates.actions import (
    Again,
    AskKeep,
    AskName,
    CertificatePage,
    Certificates,
    Claim,
    Delivered,
    Explain,
    ForgetName,
    KeepName,
    MakePaperIn,
    PaperLanguage,
    Respell,
)
from bot.flows.certificates.events import (
    AnnexExplained,
    CertificateIssued,
    CertificateWanted,
    NameForgotten,
    NameGiven,
    NameKept,
    PaperLanguageChosen,
)
from bot.flows.learning.actions import Cover
from bot.flows.learning.next_step import next_module
from bot.model.certificate import Certificate, Earned
from bot.model.channel import PULL_CHANNELS
from bot.model.learner import Learner
from bot.model.order import OrderKind
from bot.model.query import Revoked
from bot.model.words import Msg, _

TAKEN_BACK = _(
    "This certificate was taken back by those who issued it. Ask them if you have questions."
)


@does(Claim)
def claim(learner: Learner, tap: Claim, world: World, moment: Moment) -> Decision:
    """Receive what is owed. With a kept name at once, else the name is asked."""
    if not learner.owed:
        return Decision((Went(Certificates()),))
    if _choices(learner, world):
        return Decision((Went(PaperLanguage()),))
    return _named(learner, world)


def _named(learner: Learner, world: World) -> Decision:
    if learner.name is None:
        return Decision((Went(AskName()),))
    return Decision(_orders(learner, learner.name, world), fresh=True)


def _choices(learner: Learner, world: World) -> dict[str, tuple[str, ...]]:
    """What can be chosen -> the languages of the files; nothing where there is no choice."""
    mine = learner.language or "en"
    if not world.country or world.country == mine:
        return {}
    return {"mine": (mine,), "country": (world.country,), "both": (mine, world.country)}


@does(MakePaperIn)
def make_in(learner: Learner, tap: MakePaperIn, world: World, moment: Moment) -> Decision:
    """The language is chosen; then the name, if it is not kept."""
    if not learner.owed or tap.which not in _choices(learner, world):
        return Decision((Went(Certificates()),))
    chosen = PaperLanguageChosen(tap.which)
    decision = _named(evolve(learner, chosen, moment.now), world)
    return replace(decision, events=(chosen, *decision.events))


@shows(PaperLanguage)
def show_paper_language(
    learner: Learner, place: PaperLanguage, world: World, moment: Moment
) -> Screen | None:
    choices = _choices(learner, world)
    if not choices or not learner.owed:
        return None
    both = _("Both: two files")
    named = {
        which: Msg("{language}").of(language=world.name_of(of[0])) for which, of in choices.items()
    } | {"both": both}
    first = learner.papers_in if learner.papers_in in named else "mine"
    return Screen(
        title=_("🎓 In which language?"),
        lines=(
            _(
                "An employer reads the language of the country. You can have both, and any of them "
                "again later."
            ),
        ),
        options=tuple(
            Button(named[which], MakePaperIn(which))
            for which in (first, *(w for w in named if w != first))
        ),
        rows=((Button(_("Not now"), Back()),),),
    )


@does(Again)
def again(learner: Learner, tap: Again, world: World, moment: Moment) -> Decision:
    """One that was handed over before is made again, up to date."""
    return _wanted(learner, tap, moment, lambda after: claim(after, Claim(), world, moment))


@does(Respell)
def respell(learner: Learner, tap: Respell, world: World, moment: Moment) -> Decision:
    """One is made again with another spelling; the old paper then says so when it is checked."""
    return _wanted(learner, tap, moment, lambda after: Decision((Went(AskName()),)))


def _wanted(
    learner: Learner, tap: Again | Respell, moment: Moment, then: Callable[[Learner], Decision]
) -> Decision:
    wanted = [c for c in learner.earned if (c.kind, c.subject) == (tap.kind, tap.subject)]
    if not wanted:
        return Decision((Went(Certificates()),))
    if wanted[0].serial and moment.ask(Revoked(wanted[0].serial)):
        return Decision(
            (Went(CertificatePage(tap.kind, tap.subject)),), notes=(TAKEN_BACK,), fresh=True
        )
    asked = CertificateWanted(wanted[0].kind, wanted[0].subject)
    decision = then(evolve(learner, asked, moment.now))
    return replace(decision, events=(asked, *decision.events))


def _orders(learner: Learner, name: str, world: World) -> tuple[Event, ...]:
    """Type 1, then 2, then 3; last the annex, where one of these types is the learner's first."""
    language = learner.language or "en"
    languages = _choices(learner, world).get(learner.papers_in, (language,))
    owed = sorted(learner.owed, key=lambda certificate: certificate.kind.type)
    orders = [
        event
        for certificate in owed
        for event in _issued(learner, certificate, name, languages, world)
    ]
    first = (
        tuple(sorted({c.kind.type for c in owed} - set(learner.explained)))
        if world.explains
        else ()
    )
    annex = (Ordered(OrderKind.ANNEX, language=language), AnnexExplained(first)) if first else ()
    return (*orders, *annex, Went(Delivered()))


def _issued(
    learner: Learner, paper: Certificate, name: str, languages: Sequence[str], world: World
) -> Iterator[Event]:
    """The same certificate in several languages has one number."""
    serial = world.serial(paper.maker or learner.id, paper.kind, paper.subject, name)
    replaces = paper.serial if paper.serial != serial else ""
    for language in languages:
        yield Ordered(OrderKind(paper.kind), paper.subject, language, name, serial)
    yield CertificateIssued(paper.kind, paper.subject, serial, replaces)


@does(Explain)
def explain(learner: Learner, tap: Explain, world: World, moment: Moment) -> Decision:
    """The annex, as often as it is asked for."""
    if not world.explains:
        return Decision((Went(Certificates()),))
    ordered = Ordered(OrderKind.ANNEX, language=learner.language or "en")
    return Decision(
        (ordered, Went(Certificates())),
        notes=(_("The file about the project comes here."),),
        fresh=True,
    )


@reads(AskName)
def named(learner: Learner, place: AskName, text: str, world: World, moment: Moment) -> Decision:
    """A name was typed. It is checked before it is shown back; what cannot be printed is
    explained."""
    try:
        name = world.checked_name(text)
    except NameRefused as refused:
        return Decision(notes=(refused.why,), fresh=True)
    return Decision((NameGiven(name), Went(AskKeep())), fresh=True)


@does(KeepName)
def keep_name(learner: Learner, tap: KeepName, world: World, moment: Moment) -> Decision:
    name = learner.pending_name
    if name is None or not learner.owed:
        return Decision((Went(Certificates()),))
    kept: tuple[Event, ...] = (NameKept(name),) if tap.keep else ()
    return Decision((*kept, *_orders(learner, name, world)), fresh=True)


@does(ForgetName)
def forget_name(learner: Learner, tap: ForgetName, world: World, moment: Moment) -> Decision:
    return Decision(
        (NameForgotten(), Went(Certificates())), notes=(_("Your name is deleted here."),)
    )


# --- what the learner sees


@shows(AskName)
def show_ask_name(learner: Learner, place: AskName, world: World, moment: Moment) -> Screen:
    return Screen(
        title=_("🎓 Your name on the certificate"),
        lines=(
            _(
                "Type your name as it should stand on the paper. First name and family name, in "
                "your letters."
            ),
            _("You are asked afterwards if we keep it."),
        ),
        rows=((Button(_("Not now"), Back()),),),
        typing=_("Your name"),
    )


@shows(AskKeep)
def show_ask_keep(learner: Learner, place: AskKeep, world: World, moment: Moment) -> Screen | None:
    if learner.pending_name is None:
        return None
    return Screen(
        title=Msg("🎓 {name}").of(name=learner.pending_name),
        lines=(
            _(
                "This name will stand on your certificate. May we keep it for your next "
                "certificates?"
            ),
        ),
        options=(
            Button(_("Make it, and keep my name"), KeepName(True)),
            Button(_("Make it, and do not keep my name"), KeepName(False)),
            Button(_("Type the name again"), AskName()),
        ),
    )


@shows(Delivered)
def show_delivered(learner: Learner, place: Delivered, world: World, moment: Moment) -> Screen:
    last = [c for c in learner.earned if c.kind is Earned.MODULE][-1:]
    following = next_module(learner, world.programme, last[0].subject) if last else None
    step = (
        ((Button(_("▶ {title}").of(title=following.short), Cover(following.id)),),)
        if following
        else ()
    )
    spelling = ((Button(_("Another spelling of my name"), Certificates()),),)
    here = _("Your certificate is here as a PDF file. Show it, print it or send it to an employer.")
    comes = _(
        "Your certificate comes here as a PDF file and as a picture. Show it, print it or send it "
        "to an employer."
    )
    return Screen(
        title=_("🎓 Well done."),
        lines=(
            here if moment.channel in PULL_CHANNELS else comes,
            _("You can have it made again at any time: type “certificates”."),
        ),
        rows=(*step, *spelling, (Button(MENU, Home()),)),
    )
