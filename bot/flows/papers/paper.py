"""What all papers have in common: the first screen, all answers at a glance, changes, the file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from bot.conversation.action import Home
from bot.conversation.event import Ordered, Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Screen, paged
from bot.conversation.turn import STAY, Decision, Gone, Turn
from bot.flows.papers.actions import (
    ChoosePaperLanguage,
    MakePaper,
    MorePaperLanguages,
    MyPapers,
    OrderExample,
    PaperAsk,
    PaperChange,
    PaperReady,
    PaperStart,
)
from bot.flows.papers.keep import (
    changed,
    delete_button,
    draft_of,
    gone,
    keep_button,
    kept,
    until,
)
from bot.flows.papers.question import PAGE, At, place_at
from bot.flows.papers.steps import form_at
from bot.flows.papers.summary import Answer, lines_of
from bot.model.channel import is_app
from bot.model.order import PAPERS as ORDERS
from bot.model.order import OrderKind
from bot.model.papers import DAYS, Cv, PaperDraft, PaperKind, packed_together
from bot.model.words import Msg, Words, _, verbatim

NUMBERS = 8
"""Buttons with a number in a row."""
KEPT_FOR = _("Your answers are locked and kept for {number} days after your last change.").of(
    number=DAYS
)


PLACEMENT = _("📋 Placement")
EXAMPLE = _("👀 See an example")
SEND_IT = _("Do you have a CV from here as a file? Send it here, and go on with it.")


@dataclass(frozen=True)
class Paper:
    """A kind of paper. `named` has its {language}; `new` begins one in a language; `answers` is all
    that can be changed; `makes` are the labels of what is made of it, with {language}; `more` are
    further buttons where it is ready, `also` where it is changed; `says` is told where it is ready.
    """

    kind: PaperKind
    title: Words
    named: Msg
    intro: tuple[Words, ...]
    new: Callable[[str], PaperDraft]
    answers: Callable[[PaperDraft, Turn], Iterator[Answer]]
    makes: tuple[tuple[OrderKind, Msg], ...]
    comes: Words
    example: OrderKind
    more: Callable[[PaperDraft, Turn], tuple[Button, ...]] = lambda _draft, _turn: ()
    also: Callable[[PaperDraft], tuple[Button, ...]] = lambda _draft: ()
    says: Callable[[PaperDraft, Turn], tuple[Words, ...]] = lambda _draft, _turn: ()


PAPERS: dict[PaperKind, Paper] = {}


def _paper(kind: PaperKind) -> Paper:
    """Raises `Gone` for a kind that has no questions."""
    if kind not in PAPERS:
        raise Gone
    return PAPERS[kind]


@shows(PaperStart)
def show_start(place: PaperStart, turn: Turn) -> Screen:
    return _start(place.kind, 0, turn)


@shows(MorePaperLanguages)
def show_more_languages(place: MorePaperLanguages, turn: Turn) -> Screen:
    return _start(place.kind, place.page, turn)


def _start(kind: PaperKind, number: int, turn: Turn) -> Screen:
    paper = _paper(kind)
    cv = kept(PaperKind.CV, turn)
    if paper.kind is not PaperKind.CV and (cv is None or cv.draft is None):
        return _after_the_cv(paper, gone(cv))
    found = kept(kind, turn)
    draft = found.draft if found else None
    begun = (Button(_("▶ Go on"), resumed(draft)),) if draft else ()
    takes = paper.kind is PaperKind.CV and draft is None
    offered = [
        language
        for language in languages(turn)
        if paper.kind is not PaperKind.PROFILE or language != turn.language
    ]
    page = paged(
        offered, number, PAGE, lambda to: MorePaperLanguages(kind, to) if to else PaperStart(kind)
    )
    return Screen(
        title=paper.title,
        lines=(
            *paper.intro,
            *_not_there(turn),
            until(draft) if draft else KEPT_FOR,
            _("Nobody else sees them."),
            *((SEND_IT,) if takes and is_app(turn.moment.channel) else ()),
            _("In which language shall the paper be?"),
        ),
        options=tuple(
            Button(verbatim(turn.world.name_of(language)), ChoosePaperLanguage(kind, language))
            for language in page.items
        ),
        rows=(
            (*begun, Button(EXAMPLE, OrderExample(kind))),
            (*page.row, Button(MENU, Home()), *((delete_button(kind),) if draft else ())),
        ),
        notes=gone(found),
        takes_file=SEND_IT if takes else None,
    )


def _after_the_cv(paper: Paper, notes: tuple[Words, ...]) -> Screen:
    """What a paper is that is made of a CV, where there is none."""
    return Screen(
        title=paper.title,
        lines=paper.intro,
        options=(
            Button(_("▶ First my CV"), PaperStart(PaperKind.CV)),
            Button(EXAMPLE, OrderExample(paper.kind)),
        ),
        rows=((Button(BACK, MyPapers()), Button(MENU, Home())),),
        notes=notes,
    )


def _not_there(turn: Turn) -> tuple[Words, ...]:
    """That there are none in the language of the country is said before anything is answered."""
    country = turn.world.country
    if country in ("", *turn.world.paper_languages):
        return ()
    name = turn.world.name_of(country, turn.language)
    return (_("I cannot make it in {language} yet.").of(language=name),)


def languages(turn: Turn) -> tuple[str, ...]:
    """Of papers: first that of the country, then one's own."""
    offered = turn.world.paper_languages
    first = (turn.world.country, turn.language)
    return tuple(dict.fromkeys((*(x for x in first if x in offered), *offered)))


def resumed(draft: PaperDraft) -> PaperAsk | PaperReady:
    at = At(draft.step, draft.item) if draft.step else None
    return place_at(draft.kind, at)


@does(ChoosePaperLanguage)
def choose_language(tap: ChoosePaperLanguage, turn: Turn) -> Decision:
    """Of a paper that is begun; or it begins."""
    if tap.language not in turn.world.paper_languages:
        return STAY
    paper = _paper(tap.kind)
    if paper.kind is not PaperKind.CV:
        draft_of(PaperKind.CV, turn)
    found = kept(tap.kind, turn)
    draft = found.draft if found else None
    if draft is None:
        draft = paper.new(tap.language)
    elif isinstance(draft, Cv):
        draft = replace(draft, language=tap.language, maybe="")
        at = form_at(draft, turn)
        if at and draft.whole and not draft.form_asked:
            return Decision((changed(draft, turn), Went(place_at(draft.kind, at, edit=True))))
    else:
        draft = replace(draft, language=tap.language)
    return Decision((changed(draft, turn), Went(resumed(draft))))


@shows(PaperReady)
def show_ready(place: PaperReady, turn: Turn) -> Screen:
    """All answers in words that the person reads, and what can be done with them."""
    paper, draft = _paper(place.kind), draft_of(place.kind, turn)
    mine = turn.world.name_of(draft.language)
    lines = lines_of(paper.answers(draft, turn)) or (_("There is nothing to print yet."),)
    return Screen(
        title=paper.named.of(language=mine),
        lines=(*lines, *paper.says(draft, turn), until(draft)),
        options=(
            *(
                Button(label.of(language=mine), MakePaper(what, draft.language))
                for what, label in paper.makes
            ),
            *paper.more(draft, turn),
            Button(_("Change something"), PaperChange(place.kind)),
        ),
        rows=(
            (keep_button(draft), delete_button(place.kind)),
            (Button(MENU, Home()),),
        ),
    )


@shows(PaperChange)
def show_change(place: PaperChange, turn: Turn) -> Screen:
    paper, draft = _paper(place.kind), draft_of(place.kind, turn)
    answers = list(paper.answers(draft, turn))
    lines: list[Words] = [
        Msg("{number}. {label}: {answer}").of(number=number, label=label, answer=answer)
        for number, (label, answer, _below, _at) in enumerate(answers, 1)
    ]
    buttons = [
        Button(verbatim(str(number)), PaperAsk(place.kind, at.step, at.item, edit=True))
        for number, (_label, _answer, _below, at) in enumerate(answers, 1)
    ]
    return Screen(
        title=_("What do you want to change?"),
        lines=(*lines, _("Tap or type the number.")),
        rows=(
            *(tuple(buttons[at : at + NUMBERS]) for at in range(0, len(buttons), NUMBERS)),
            (*paper.also(draft), Button(_("🌐 Its language"), PaperStart(place.kind))),
            (Button(BACK, PaperReady(place.kind)), delete_button(place.kind)),
        ),
    )


@does(MakePaper)
def make(tap: MakePaper, turn: Turn) -> Decision:
    """The order carries the answers: what is made is what was seen."""
    paper = ORDERS.get(tap.kind)
    if paper is None or tap.language not in turn.world.paper_languages:
        raise Gone
    drafts = [draft_of(each, turn) for each in dict.fromkeys((PaperKind.CV, paper))]
    if all(draft.empty for draft in drafts):
        nothing = _("There is nothing to print yet. Please answer at least one question.")
        return Decision((Went(PaperReady(paper)),), notes=(nothing,), fresh=True)
    answers = packed_together(drafts)
    mine = turn.language if turn.language in turn.world.paper_languages else "en"
    ordered = Ordered(tap.kind, mine, tap.language, answers=answers)
    here = _paper(paper).comes
    return Decision((ordered, Went(PaperReady(paper))), notes=(here,), fresh=True)


@does(OrderExample)
def example(tap: OrderExample, turn: Turn) -> Decision:
    language = next(iter(languages(turn)), "")
    if not language:
        return STAY
    said = _("The example comes here as a file. This person does not exist.")
    mine = turn.language if turn.language in turn.world.paper_languages else "en"
    ordered = Ordered(_paper(tap.kind).example, mine, language=language)
    return Decision((ordered, Went(PaperStart(tap.kind))), notes=(said,), fresh=True)
