"""The questions of a CV and their order, as the answers call for it. Pure.

Twelve are counted; some have several steps. The value of a step stands in buttons and in places: it
stays.
"""

import unicodedata
from enum import IntEnum

from bot.conversation.turn import Turn
from bot.flows.papers.question import At
from bot.model.certificate import Earned
from bot.model.group import is_sensitive
from bot.model.papers import MOST_JOBS, MOST_TONGUES, Cv, Job, Trade
from bot.model.query import Revoked
from cards.occupations import BETWEEN_FORMS


class Step(IntEnum):
    SECTOR = 1
    TRADE = 2
    FORM = 3
    SORT = 4
    WHICH = 5
    JOB_SECTOR = 6
    JOB_TRADE = 7
    COUNTRY = 8
    HOW_LONG = 9
    TASKS = 10
    ANOTHER = 11
    SCHOOL = 12
    RECOGNISED = 13
    TONGUE = 14
    LEVEL = 15
    MORE_TONGUES = 16
    LICENCES = 17
    ABROAD = 18
    WHEN = 19
    DAY = 20
    COURSES = 21
    WHICH_COURSES = 22
    NAME = 23
    LATIN = 24
    PHONE = 25
    MAIL = 26
    TOWN = 27
    LINE = 28
    LAYOUT = 29
    JOB_FORM = 30


COUNT = 12
NUMBERS = {
    1: (Step.SECTOR, Step.TRADE, Step.FORM),
    2: (
        Step.SORT,
        Step.WHICH,
        Step.JOB_SECTOR,
        Step.JOB_TRADE,
        Step.JOB_FORM,
        Step.COUNTRY,
    ),
    3: (Step.HOW_LONG,),
    4: (Step.TASKS,),
    5: (Step.ANOTHER,),
    6: (Step.SCHOOL, Step.RECOGNISED),
    7: (Step.TONGUE, Step.LEVEL, Step.MORE_TONGUES),
    8: (Step.LICENCES, Step.ABROAD),
    9: (Step.WHEN, Step.DAY),
    10: (Step.COURSES, Step.WHICH_COURSES),
    11: (Step.NAME, Step.LATIN),
    12: (Step.PHONE, Step.MAIL, Step.TOWN, Step.LINE, Step.LAYOUT),
}
_NUMBER = {step: number for number, steps in NUMBERS.items() for step in steps}
UNPAID = "unpaid"
NOT_YET = "not-yet"
FROM_DAY = "from-day"


def number(step: int) -> int:
    return _NUMBER.get(Step(step), COUNT)


def group(step: int) -> int:
    """What is asked together when one answer is changed: a job is one, a way to reach somebody
    is one each."""
    if Step(step) in (Step.PHONE, Step.MAIL, Step.TOWN, Step.LINE, Step.LAYOUT):
        return 100 + step
    return 2 if number(step) in (2, 3, 4) else number(step)


def path(cv: Cv, turn: Turn) -> tuple[At, ...]:
    steps = [At(Step.SECTOR)]
    if cv.wanted.sector:
        steps.append(At(Step.TRADE))
    form = form_at(cv, turn)
    if form == At(Step.FORM):
        steps.append(form)
    steps += _jobs(cv, form)
    steps.append(At(Step.SCHOOL))
    if cv.school:
        steps.append(At(Step.RECOGNISED))
    steps += _tongues(cv, turn.world.country)
    steps.append(At(Step.LICENCES))
    if cv.licences:
        steps.append(At(Step.ABROAD))
    steps.append(At(Step.WHEN))
    if cv.when == FROM_DAY:
        steps.append(At(Step.DAY))
    if courses_of(turn):
        steps.append(At(Step.COURSES))
        if cv.choosing:
            steps.append(At(Step.WHICH_COURSES))
    steps.append(At(Step.NAME))
    if cv.name and not fits_script(cv.name, cv.language):
        steps.append(At(Step.LATIN))
    steps += [At(Step.PHONE), At(Step.MAIL), At(Step.TOWN)]
    return tuple(steps)


ALSO = (At(Step.LINE), At(Step.LAYOUT))
"""What is asked only where somebody wants to change it."""


def _jobs(cv: Cv, form: At | None) -> list[At]:
    if cv.no_work:
        return [At(Step.SORT)]
    steps: list[At] = []
    jobs = cv.jobs or (Job(),)
    for item, job in enumerate(jobs):
        steps.append(At(Step.SORT, item))
        if not job.sort:
            continue
        if job.sort != UNPAID:
            steps += _trade(cv, item, job)
            if form == At(Step.JOB_FORM, item):
                steps.append(form)
            steps += [At(Step.COUNTRY, item), At(Step.HOW_LONG, item)]
        steps.append(At(Step.TASKS, item))
        last = item == len(jobs) - 1 or not jobs[item + 1].sort
        if last and item < MOST_JOBS - 1:
            steps.append(At(Step.ANOTHER, item))
    return steps


def _trade(cv: Cv, item: int, job: Job) -> list[At]:
    known = bool(same_trades(cv, item))
    steps = [At(Step.WHICH, item)] if known else []
    if job.other or not known:
        steps.append(At(Step.JOB_SECTOR, item))
        if job.trade.sector:
            steps.append(At(Step.JOB_TRADE, item))
    return steps


def same_trades(cv: Cv, item: int) -> tuple[tuple[str, str], ...]:
    """Trades that were named before this job, as id and typed words."""
    named = [cv.wanted, *(job.trade for job in cv.jobs[:item])]
    return tuple(dict.fromkeys((trade.id, trade.typed) for trade in named if trade))


def _tongues(cv: Cv, country: str) -> list[At]:
    """Of the language of the paper, and that of the country, only how much."""
    given = (cv.language, country)
    steps = [At(Step.TONGUE)]
    for item, tongue in enumerate(cv.tongues):
        if not item:
            continue
        if tongue.code not in given:
            steps.append(At(Step.TONGUE, item))
        if tongue.code:
            steps.append(At(Step.LEVEL, item))
    if cv.tongues and cv.tongues[-1].code and len(cv.tongues) < MOST_TONGUES:
        steps.append(At(Step.MORE_TONGUES, len(cv.tongues) - 1))
    return steps


def empty(cv: Cv, at: At) -> bool:
    """Whether this question has no answer yet."""
    job = cv.jobs[at.item] if at.item < len(cv.jobs) else Job()
    tongue = cv.tongues[at.item] if at.item < len(cv.tongues) else None
    match Step(at.step):
        case Step.TRADE:
            return not cv.wanted
        case Step.FORM | Step.JOB_FORM:
            return not cv.form_asked
        case Step.WHICH | Step.JOB_SECTOR | Step.JOB_TRADE:
            return not job.trade
        case Step.COUNTRY:
            return not job.country
        case Step.HOW_LONG:
            return not (job.how_long or job.first)
        case Step.TASKS:
            return not job.tasks
        case Step.RECOGNISED:
            return not cv.recognised
        case Step.TONGUE:
            return tongue is None or not tongue.code
        case Step.LEVEL:
            return tongue is not None and not tongue.level
        case Step.DAY:
            return not cv.from_day
        case Step.LATIN:
            return not cv.latin
        case Step.WHICH_COURSES:
            return True
        case _:
            return False


def form_at(cv: Cv, turn: Turn) -> At | None:
    """Where it is asked how a job with two forms stands on the paper: once, at the first that has
    them; for the others the answer is the same."""
    if len(_forms(cv.wanted, cv, turn)) > 1:
        return At(Step.FORM)
    two = (item for item, job in enumerate(cv.jobs) if len(_forms(job.trade, cv, turn)) > 1)
    return next((At(Step.JOB_FORM, item) for item in two), None)


def forms_of(cv: Cv, turn: Turn) -> tuple[str, ...]:
    """How the job that is asked about can stand on the paper, in its language; empty where all jobs
    have one form."""
    at = form_at(cv, turn)
    if at is None:
        return ()
    return _forms(cv.wanted if at == At(Step.FORM) else cv.jobs[at.item].trade, cv, turn)


def _forms(trade: Trade, cv: Cv, turn: Turn) -> tuple[str, ...]:
    if not trade.id:
        return ()
    said = turn.world.say(turn.world.work.word(f"job {trade.id} printed"), cv.language)
    return tuple(said.split(BETWEEN_FORMS))


def courses_of(turn: Turn) -> tuple[str, ...]:
    """The modules that are finished; none that is sensitive, and none whose certificate was taken
    back."""
    papers = {c.subject: c for c in turn.learner.earned if c.kind is Earned.MODULE}
    done = [
        id
        for id, module in turn.programme.modules.items()
        if turn.learner.done(id) and not is_sensitive(module, turn.programme)
    ]
    return tuple(
        m
        for m in done
        if not (m in papers and papers[m].serial and turn.ask(Revoked(papers[m].serial)))
    )


_SCRIPTS = {"uk": "CYRILLIC", "ti": "ETHIOPIC"} | dict.fromkeys(("ar", "fa", "ps", "ur"), "ARABIC")


def fits_script(text: str, language: str) -> bool:
    """Whether who reads the paper's language can read these letters. Latin letters can be read by
    all."""
    mine = {_SCRIPTS.get(language.split("-")[0], "LATIN"), "LATIN"}
    scripts = {unicodedata.name(c, "").split(" ")[0] for c in text if c.isalpha()}
    return scripts <= mine
