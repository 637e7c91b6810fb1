"""The CV: its first screen, its script, all answers at a glance, and the file."""

from dataclasses import replace

from bot.conversation.action import Home
from bot.conversation.event import Ordered, Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Screen, ratio
from bot.conversation.turn import STAY, Decision, Turn
from bot.flows.papers import ask_person, ask_skills, ask_work
from bot.flows.papers.actions import (
    AddJob,
    ChoosePaperLanguage,
    MakePaper,
    OrderExample,
    PaperAsk,
    PaperChange,
    PaperReady,
    PaperStart,
)
from bot.flows.papers.keep import (
    changed,
    cv_of,
    delete_button,
    gone,
    keep_button,
    kept,
    until,
)
from bot.flows.papers.question import PAGE, SCRIPTS, At, Script, place_at
from bot.flows.papers.steps import ALSO, COUNT, Step, empty, group, number, path
from bot.flows.papers.summary import answers_of, summary
from bot.model.order import OrderKind
from bot.model.papers import DAYS, MOST_JOBS, Cv, Job, PaperDraft, PaperKind, packed
from bot.model.words import Msg, Words, _, verbatim

SCRIPTS[PaperKind.CV] = Script(
    kind=PaperKind.CV,
    count=COUNT,
    path=path,
    number=number,
    group=group,
    empty=empty,
    also=ALSO,
    once=frozenset((Step.DAY,)),
    forms={
        Step.SECTOR: ask_work.sector,
        Step.TRADE: ask_work.trade,
        Step.FORM: ask_work.form,
        Step.SORT: ask_work.sort,
        Step.WHICH: ask_work.which,
        Step.JOB_SECTOR: ask_work.job_sector,
        Step.JOB_TRADE: ask_work.job_trade,
        Step.COUNTRY: ask_work.country,
        Step.HOW_LONG: ask_work.how_long,
        Step.TASKS: ask_work.tasks,
        Step.ANOTHER: ask_work.another,
        Step.SCHOOL: ask_skills.school,
        Step.RECOGNISED: ask_skills.recognised,
        Step.TONGUE: ask_skills.tongue,
        Step.LEVEL: ask_skills.level,
        Step.MORE_TONGUES: ask_skills.more_tongues,
        Step.LICENCES: ask_skills.licences,
        Step.ABROAD: ask_skills.abroad,
        Step.WHEN: ask_skills.when,
        Step.DAY: ask_skills.day,
        Step.COURSES: ask_skills.courses,
        Step.WHICH_COURSES: ask_skills.which_courses,
        Step.NAME: ask_person.name,
        Step.LATIN: ask_person.latin,
        Step.PHONE: ask_person.ask_phone,
        Step.MAIL: ask_person.ask_mail,
        Step.TOWN: ask_person.ask_town,
        Step.LINE: ask_person.line,
        Step.LAYOUT: ask_person.layout,
    },
)


@shows(PaperStart)
def show_start(place: PaperStart, turn: Turn) -> Screen:
    found = kept(place.kind, turn)
    draft = found.draft if found else None
    begun = (Button(_("▶ Go on"), _resumed(draft)),) if draft else ()
    pages = tuple(
        Button(verbatim(turn.world.name_of(language)), ChoosePaperLanguage(place.kind, language))
        for language in languages(turn)
    )
    few = len(pages) <= PAGE
    return Screen(
        title=_("📄 Your CV"),
        lines=(
            _("One page, about 10 minutes. You tap in your language."),
            _("The CV comes out in the language of the employer."),
            until(draft) if draft else KEPT_FOR,
            _("Nobody else sees them."),
            _("In which language shall the CV be?"),
        ),
        options=pages if few else (),
        rows=(
            *(() if few else (pages[at : at + 2] for at in range(0, len(pages), 2))),
            (*begun, Button(_("👀 See an example"), OrderExample(place.kind))),
            (Button(MENU, Home()), *((delete_button(place.kind),) if draft else ())),
        ),
        notes=gone(found),
    )


KEPT_FOR = _("Your answers are locked and kept for {number} days after your last change.").of(
    number=DAYS
)


def languages(turn: Turn) -> tuple[str, ...]:
    """Of papers: first that of the country, then one's own."""
    offered = turn.world.paper_languages
    first = (turn.world.country, turn.language)
    return tuple(dict.fromkeys((*(x for x in first if x in offered), *offered)))


def _resumed(draft: PaperDraft) -> PaperAsk | PaperReady:
    at = At(draft.step, draft.item) if draft.step else None
    return place_at(draft.kind, at)


@does(ChoosePaperLanguage)
def choose_language(tap: ChoosePaperLanguage, turn: Turn) -> Decision:
    """Of a paper that is begun; or it begins."""
    if tap.language not in turn.world.paper_languages:
        return STAY
    found = kept(tap.kind, turn)
    if found and isinstance(found.draft, Cv):
        draft = replace(found.draft, language=tap.language, form_asked=False, maybe="")
    else:
        draft = Cv(language=tap.language, step=Step.SECTOR)
    return Decision((changed(draft, turn), Went(_resumed(draft))))


@shows(PaperReady)
def show_ready(place: PaperReady, turn: Turn) -> Screen:
    """All answers in words that the person reads, and what can be done with them."""
    draft = cv_of(turn)
    mine = turn.world.name_of(draft.language)
    other = _second(draft, turn)
    second = (
        (
            Button(
                _("The same in {language}").of(language=turn.world.name_of(other)),
                MakePaper(place.kind, other),
            ),
        )
        if other
        else ()
    )
    lines = summary(draft, turn) or (_("There is nothing to print yet."),)
    return Screen(
        title=_("📄 Your CV, in {language}").of(language=mine),
        lines=(*lines, until(draft)),
        options=(
            Button(
                _("📄 Make my CV: {language}").of(language=mine),
                MakePaper(place.kind, draft.language),
            ),
            *second,
            Button(_("Change something"), PaperChange(place.kind)),
            Button(_("Layout"), PaperAsk(place.kind, Step.LAYOUT, edit=True)),
        ),
        rows=(
            (keep_button(draft), delete_button(place.kind)),
            (Button(MENU, Home()),),
        ),
    )


def _second(draft: Cv, turn: Turn) -> str:
    """The language of a second file in one tap: one's own, or that of many employers."""
    offered = turn.world.paper_languages
    wanted = (turn.language, turn.world.country, "en", *offered)
    return next((x for x in wanted if x in offered and x != draft.language), "")


@shows(PaperChange)
def show_change(place: PaperChange, turn: Turn) -> Screen:
    draft = cv_of(turn)
    answers = list(answers_of(draft, turn))
    lines: list[Words] = [
        Msg("{number}. {label}: {answer}").of(number=number, label=label, answer=answer)
        for number, (label, answer, _below, _at) in enumerate(answers, 1)
    ]
    buttons = [
        Button(verbatim(str(number)), PaperAsk(place.kind, at.step, at.item, edit=True))
        for number, (_label, _answer, _below, at) in enumerate(answers, 1)
    ]
    add = len(draft.jobs) < MOST_JOBS
    return Screen(
        title=_("What do you want to change?"),
        lines=(*lines, _("Tap or type the number.")),
        rows=(
            *(tuple(buttons[at : at + NUMBERS]) for at in range(0, len(buttons), NUMBERS)),
            (
                *((Button(_("➕ Another job"), AddJob()),) if add else ()),
                Button(_("🌐 Its language"), PaperStart(place.kind)),
            ),
            (Button(BACK, PaperReady(place.kind)), delete_button(place.kind)),
        ),
    )


NUMBERS = 8
"""Buttons with a number in a row."""


@does(AddJob)
def add_job(_tap: AddJob, turn: Turn) -> Decision:
    draft = cv_of(turn)
    jobs = tuple(job for job in draft.jobs if job.sort)
    if len(jobs) >= MOST_JOBS:
        return STAY
    begun = replace(draft, jobs=(*jobs, Job()), no_work=False)
    ask = PaperAsk(PaperKind.CV, Step.SORT, len(jobs), edit=True)
    return Decision((changed(begun, turn), Went(ask)))


@does(MakePaper)
def make(tap: MakePaper, turn: Turn) -> Decision:
    draft = cv_of(turn)
    if tap.language not in turn.world.paper_languages:
        return STAY
    if draft.empty:
        nothing = _("There is nothing to print yet. Please answer at least one question.")
        return Decision((Went(PaperReady(tap.kind)),), notes=(nothing,), fresh=True)
    ordered = Ordered(OrderKind.CV, language=tap.language, answers=packed(draft).decode())
    here = _("Your CV comes here as a file, and as text to paste.")
    return Decision((ordered, Went(PaperReady(tap.kind))), notes=(here,), fresh=True)


@does(OrderExample)
def example(tap: OrderExample, turn: Turn) -> Decision:
    language = next(iter(languages(turn)), "")
    if not language:
        return STAY
    said = _("The example comes here as a file. This person does not exist.")
    ordered = Ordered(OrderKind.CV_EXAMPLE, language=language)
    return Decision((ordered, Went(PaperStart(tap.kind))), notes=(said,), fresh=True)


def go_on(turn: Turn) -> tuple[Button, ...]:
    """The way back into a CV that is not whole yet."""
    found = kept(PaperKind.CV, turn)
    if not found or not found.draft or found.draft.whole:
        return ()
    count = ratio(number(found.draft.step), COUNT)
    label = _("📄 Go on with your CV ({count})").of(count=count)
    return (Button(label, _resumed(found.draft)),)
