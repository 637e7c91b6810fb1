"""What was completed, and how its certificates are handed over: name, keep it or not, the files.

Order (seed M2): type 1 for the module, then type 2 for a category or pathway it completed,
then type 3.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.conversation.action import Back, Home
from bot.conversation.decide import TAP_OR_TYPE
from bot.conversation.event import Event, Ordered, Went
from bot.conversation.everyday import NO, YES
from bot.conversation.registry import does, follows, reads, shows
from bot.conversation.screen import MENU, Button, Screen
from bot.conversation.turn import Decision, Gone, NameRefused, NotUsable, Turn
from bot.conversation.typed_text import command
from bot.flows.certificates.actions import (
    Again,
    AskKeep,
    AskLatin,
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
    ProveTime,
    Respell,
    WithMark,
)
from bot.flows.certificates.events import (
    AnnexExplained,
    CalledOff,
    CertificateIssued,
    CertificateWanted,
    MarkChosen,
    NameForgotten,
    NameGiven,
    NameKept,
    PaperLanguageChosen,
    TimeWanted,
)
from bot.flows.certificates.latin import unread
from bot.flows.certificates.organisation import (
    ask_organisation,
    organisation_delivered,
    organisation_name,
)
from bot.flows.learning.actions import Cover
from bot.flows.learning.next_step import next_module
from bot.model.certificate import Certificate, Earned, PapersIn, is_for
from bot.model.channel import PULL_CHANNELS
from bot.model.learned import learned
from bot.model.learner import printable_mark
from bot.model.order import OrderKind
from bot.model.query import Revoked
from bot.model.words import Msg, Words, _, ngettext
from cards.audience import Audience

TAKEN_BACK = _(
    "This certificate was taken back by those who issued it. Ask them if you have questions."
)

NOTHING_LEARNED = _("There is no learning time yet. Begin a lesson, then ask again.")


@does(Claim)
def claim(_tap: Claim, turn: Turn) -> Decision:
    """Receive what is owed. With a kept name at once, else the name is asked."""
    if not turn.learner.owed:
        return Decision((Went(Certificates()),))
    if _choices(turn):
        return Decision((Went(PaperLanguage()),))
    return _named(turn)


def _named(turn: Turn) -> Decision:
    """With the kept name; a paper that got another one is asked for it, as what was said last."""
    if turn.learner.name is None or any(paper.unkept for paper in turn.learner.owed):
        return Decision((Went(AskName()),))
    if _asks_latin(turn.learner.name, turn):
        return Decision((NameGiven(turn.learner.name), Went(AskLatin())), fresh=True)
    return _handed_over(turn.learner.name, turn)


def _asks_latin(name: str, turn: Turn) -> bool:
    return turn.learner.audience is not Audience.EMPLOYER and unread(name, _languages(turn))


def _languages(turn: Turn) -> tuple[str, ...]:
    """Of the files."""
    return _choices(turn).get(turn.learner.papers_in, (turn.language,))


def _choices(turn: Turn) -> dict[PapersIn, tuple[str, ...]]:
    """What can be chosen -> the languages of the files; nothing where there is no choice."""
    mine = turn.language
    if not turn.world.country or turn.world.country == mine:
        return {}
    country = turn.world.country
    return {
        PapersIn.MINE: (mine,),
        PapersIn.COUNTRY: (country,),
        PapersIn.BOTH: (mine, country),
    }


@does(MakePaperIn)
def make_in(tap: MakePaperIn, turn: Turn) -> Decision:
    """The language is chosen; then the name, if it is not kept."""
    if not turn.learner.owed or tap.which not in _choices(turn):
        return Decision((Went(Certificates()),))
    chosen = PaperLanguageChosen(tap.which)
    decision = _named(turn.after(chosen))
    return replace(decision, events=(chosen, *decision.events))


@shows(PaperLanguage)
def show_paper_language(_place: PaperLanguage, turn: Turn) -> Screen:
    choices = _choices(turn)
    if not choices or not turn.learner.owed:
        raise Gone
    both = _("Both: two files")
    named: dict[PapersIn, Msg] = {
        which: Msg("{language}").of(language=turn.world.name_of(of[0]))
        for which, of in choices.items()
    } | {PapersIn.BOTH: both}
    first = turn.learner.papers_in
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
def again(tap: Again, turn: Turn) -> Decision:
    """One that was handed over before is made again, up to date."""
    return _wanted(tap, lambda after: claim(Claim(), after), turn)


@does(ProveTime)
def prove_time(_tap: ProveTime, turn: Turn) -> Decision:
    """The time until now, with what it was spent on; before anything is finished, too."""
    if not learned(turn.learner, turn.programme):
        return Decision((Went(Certificates()),), notes=(NOTHING_LEARNED,), fresh=True)
    kept = next((c for c in turn.learner.earned if c.kind is Earned.LEARNING), None)
    if kept:
        return again(Again(kept.kind, kept.subject), turn)
    asked = TimeWanted(turn.programme.id)
    decision = claim(Claim(), turn.after(asked))
    return replace(decision, events=(asked, *decision.events))


@does(Respell)
def respell(tap: Respell, turn: Turn) -> Decision:
    """One is made again with another spelling; the old paper then says so when it is checked."""
    return _wanted(tap, lambda _after: Decision((Went(AskName()),)), turn)


@does(WithMark)
def with_mark(tap: WithMark, turn: Turn) -> Decision:
    """The mark stands on it from now on, or no longer; the same certificate is made again."""
    chosen = MarkChosen(tap.module, tap.shown)

    def made(after: Turn) -> Decision:
        decision = claim(Claim(), after.after(chosen))
        return replace(decision, events=(chosen, *decision.events))

    return _wanted(Again(Earned.MODULE, tap.module), made, turn)


@follows
def called_off(decision: Decision, turn: Turn) -> tuple[Event, ...]:
    """Whoever leaves without a name has what they had: another spelling or the mark was only asked
    for."""
    if not turn.learner.again:
        return ()
    after = turn.after(*decision.events)
    left = not isinstance(after.place, AskName | AskLatin | AskKeep | PaperLanguage)
    return (CalledOff(),) if left and after.learner.again else ()


def _wanted(tap: Again | Respell, then: Callable[[Turn], Decision], turn: Turn) -> Decision:
    wanted = [c for c in turn.learner.earned if (c.kind, c.subject) == (tap.kind, tap.subject)]
    if not wanted or not is_for(tap.kind, turn.learner.audience):
        return Decision((Went(Certificates()),))
    if wanted[0].serial and turn.ask(Revoked(wanted[0].serial)):
        return Decision(
            (Went(CertificatePage(tap.kind, tap.subject)),), notes=(TAKEN_BACK,), fresh=True
        )
    asked = CertificateWanted(wanted[0].kind, wanted[0].subject)
    decision = then(turn.after(asked))
    return replace(decision, events=(asked, *decision.events))


def _handed_over(name: str, turn: Turn) -> Decision:
    """Type 1, then 2, then 3; last the annex, where one of these types is the learner's first."""
    learner, languages = turn.learner, _languages(turn)
    owed = sorted(learner.owed, key=lambda certificate: certificate.kind.type)
    orders = [
        event for certificate in owed for event in _issued(certificate, name, languages, turn)
    ]
    first = (
        tuple(sorted({c.kind.type for c in owed} - set(learner.explained)))
        if turn.world.explains
        else ()
    )
    annex = (Ordered(OrderKind.ANNEX, language=turn.language), AnnexExplained(first))
    return Decision(
        (*orders, *(annex if first else ()), Went(Delivered())),
        notes=tuple(_coming(len(owed) * len(languages), languages, bool(first), turn)),
        fresh=True,
    )


def _coming(papers: int, languages: Sequence[str], annex: bool, turn: Turn) -> Iterator[Words]:
    """What is sent from now on; nothing where the files stand on the page itself."""
    if turn.moment.channel in PULL_CHANNELS:
        return
    yield ngettext(
        "I am sending you {count} PDF file.", "I am sending you {count} PDF files.", papers + annex
    )
    if annex:
        yield _("The last one is for employers: it explains the project.")
    if not turn.moment.costly:
        beside = _("Every certificate in {language} also comes as a picture and as text.")
        yield beside.of(language=turn.world.name_of(languages[0], turn.language))


def _issued(paper: Certificate, name: str, languages: Sequence[str], turn: Turn) -> Iterator[Event]:
    """The same certificate in several languages has one number."""
    serial = turn.world.serial(paper.maker or turn.learner.id, paper.kind, paper.subject, name)
    replaces = paper.serial if paper.serial != serial else ""
    for language in languages:
        yield Ordered(OrderKind(paper.kind), paper.subject, language, name, serial)
    unkept = turn.learner.name not in (None, name)
    yield CertificateIssued(paper.kind, paper.subject, serial, replaces, unkept)


@does(Explain)
def explain(_tap: Explain, turn: Turn) -> Decision:
    """The annex, as often as it is asked for."""
    if not turn.world.explains:
        return Decision((Went(Certificates()),))
    ordered = Ordered(OrderKind.ANNEX, language=turn.language)
    return Decision(
        (ordered, Went(Certificates())),
        notes=(_("The file about the project comes here."),),
        fresh=True,
    )


@reads(AskName)
def named(_place: AskName, text: str, turn: Turn) -> Decision:
    """A name was typed. It is checked before it is shown back; what cannot be printed is
    explained."""
    try:
        organisation = turn.learner.audience is Audience.EMPLOYER
        name = organisation_name(text, turn) if organisation else turn.world.checked_name(text)
    except NameRefused as refused:
        return Decision(notes=(refused.why,), fresh=True)
    to = AskLatin() if _asks_latin(name, turn) else AskKeep()
    return Decision((NameGiven(name), Went(to)), fresh=True)


@reads(AskKeep, commands=True)
def named_again(_place: AskKeep, text: str, turn: Turn) -> Decision:
    """Another name instead of the one that stands there; here a word of the menu is one."""
    if command(text, turn.world.languages, turn.world.say):
        raise NotUsable(TAP_OR_TYPE)
    return named(AskName(), text, turn)


@does(KeepName)
def keep_name(tap: KeepName, turn: Turn) -> Decision:
    name = turn.learner.pending_name
    if name is None or not turn.learner.owed:
        return Decision((Went(Certificates()),))
    kept: tuple[Event, ...] = (NameKept(name),) if tap.keep else ()
    other = "" if tap.keep else _other_kept(turn)
    decision = _handed_over(name, turn.after(*kept))
    said = (_("Kept for your next certificates: {name}").of(name=other),) if other else ()
    return replace(decision, events=(*kept, *decision.events), notes=(*decision.notes, *said))


def _other_kept(turn: Turn) -> str:
    """The name that is kept, where it is another one than that in hand."""
    kept = turn.learner.name or ""
    return kept if kept != turn.learner.pending_name else ""


@does(ForgetName)
def forget_name(_tap: ForgetName, _turn: Turn) -> Decision:
    return Decision(
        (NameForgotten(), Went(Certificates())), notes=(_("Your name is deleted here."),)
    )


# --- what the learner sees


@shows(AskName)
def show_ask_name(_place: AskName, turn: Turn) -> Screen:
    if not turn.learner.owed:
        raise Gone(instead=Certificates())
    if turn.learner.audience is Audience.EMPLOYER:
        return ask_organisation()
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
def show_ask_keep(_place: AskKeep, turn: Turn) -> Screen:
    if turn.learner.pending_name is None:
        raise Gone
    other = _other_kept(turn)
    return Screen(
        title=Msg("🎓 {name}").of(name=turn.learner.pending_name),
        lines=(
            _(
                "This name will stand on your certificate. May we keep it for your next "
                "certificates?"
            ),
            *((_("Kept until now: {name}").of(name=other),) if other else ()),
        ),
        options=(
            Button(_("Make it, and keep my name"), KeepName(True), also=(YES,)),
            Button(_("Make it, and do not keep my name"), KeepName(False), also=(NO,)),
            Button(_("Type the name again"), AskName()),
        ),
        typing=_("Your name"),
    )


@shows(Delivered)
def show_delivered(_place: Delivered, turn: Turn) -> Screen:
    if turn.learner.audience is Audience.EMPLOYER:
        return organisation_delivered()
    last = [c for c in turn.learner.earned if c.kind is Earned.MODULE][-1:]
    following = next_module(turn.learner, turn.programme, last[0].subject) if last else None
    step = (
        ((Button(_("▶ {title}").of(title=following.short), Cover(following.id)),),)
        if following
        else ()
    )
    asked = [found for paper in last if (found := mark_of(paper, turn))]
    spelling = ((Button(_("Another spelling of my name"), Certificates()),),)
    return Screen(
        title=_("🎓 Well done."),
        lines=(
            _("Show your certificate, print it or send it to an employer."),
            _("You can have it made again at any time: type “certificates”."),
            *(said for said, _button in asked),
        ),
        rows=(*step, *((button,) for _said, button in asked), *spelling, (Button(MENU, Home()),)),
    )


def mark_of(paper: Certificate, turn: Turn) -> tuple[Words, Button] | None:
    """Whether the mark stands on the certificate, and the button that changes it: off by itself.
    Nothing where there is no mark of this kind."""
    mark = printable_mark(turn.learner, paper.subject) if paper.kind is Earned.MODULE else None
    if mark is None:
        return None
    if paper.marked:
        said = _("Your mark is on it: {mark} % right at the first answer.").of(mark=mark)
        return said, Button(_("Make it without my mark"), WithMark(paper.subject, False))
    said = _(
        "It says “passed”, without your mark. Do you want the mark on it? {mark} % right at the "
        "first answer."
    )
    return said.of(mark=mark), Button(_("Put my mark on it"), WithMark(paper.subject, True))
