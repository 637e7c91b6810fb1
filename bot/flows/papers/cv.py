"""The CV: its script, and what is its own."""

from collections.abc import Iterator
from dataclasses import replace

from bot.conversation.event import Went
from bot.conversation.registry import does
from bot.conversation.screen import Button, ratio
from bot.conversation.turn import STAY, Decision, Turn
from bot.flows.papers import ask_person, ask_skills, ask_work
from bot.flows.papers.actions import AddJob, MakePaper, PaperAsk, SendCv
from bot.flows.papers.keep import changed, cv_of, kept
from bot.flows.papers.paper import PAPERS, Paper, resumed
from bot.flows.papers.question import SCRIPTS, Script
from bot.flows.papers.steps import ALSO, COUNT, Step, empty, group, number, path
from bot.flows.papers.summary import Answer, answers_of
from bot.model.order import OrderKind
from bot.model.papers import MOST_JOBS, Cv, Job, PaperDraft, PaperKind
from bot.model.words import _

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
        Step.JOB_FORM: ask_work.form,
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


def _answers(draft: PaperDraft, turn: Turn) -> Iterator[Answer]:
    if isinstance(draft, Cv):
        yield from answers_of(draft, turn)


def _more(draft: PaperDraft, turn: Turn) -> tuple[Button, ...]:
    """The same in a second language, in one tap; the layout."""
    offered = turn.world.paper_languages
    wanted = (turn.language, turn.world.country, "en", *offered)
    other = next((x for x in wanted if x in offered and x != draft.language), "")
    label = _("The same in {language}").of(language=turn.world.name_of(other or "en"))
    second = (Button(label, MakePaper(OrderKind.CV, other)),) if other else ()
    layout = Button(_("Layout"), PaperAsk(PaperKind.CV, Step.LAYOUT, edit=True))
    send = Button(_("📤 To my counsellor"), SendCv())
    return (*second, layout, *((send,) if turn.learner.groups else ()))


def _also(draft: PaperDraft) -> tuple[Button, ...]:
    full = isinstance(draft, Cv) and len(draft.jobs) >= MOST_JOBS
    return () if full else (Button(_("➕ Another job"), AddJob()),)


PAPERS[PaperKind.CV] = Paper(
    kind=PaperKind.CV,
    title=_("📄 Your CV"),
    named=_("📄 Your CV, in {language}"),
    intro=(
        _("One page, about 10 minutes. You tap in your language."),
        _("The CV comes out in the language of the employer."),
    ),
    new=lambda language: Cv(language=language, step=Step.SECTOR),
    answers=_answers,
    makes=((OrderKind.CV, _("📄 Make my CV: {language}")),),
    comes=_("Your CV comes here as a file, and as text to paste."),
    example=OrderKind.CV_EXAMPLE,
    more=_more,
    also=_also,
)


@does(AddJob)
def add_job(_tap: AddJob, turn: Turn) -> Decision:
    draft = cv_of(turn)
    jobs = tuple(job for job in draft.jobs if job.sort)
    if len(jobs) >= MOST_JOBS:
        return STAY
    begun = replace(draft, jobs=(*jobs, Job()), no_work=False)
    ask = PaperAsk(PaperKind.CV, Step.SORT, len(jobs), edit=True)
    return Decision((changed(begun, turn), Went(ask)))


def go_on(turn: Turn) -> tuple[Button, ...]:
    """The way back into a CV that is not whole yet."""
    found = kept(PaperKind.CV, turn)
    if not found or not found.draft or found.draft.whole:
        return ()
    count = ratio(number(found.draft.step), COUNT)
    label = _("📄 Go on with your CV ({count})").of(count=count)
    return (Button(label, resumed(found.draft)),)
