"""The answers of a CV at a glance, in the learner's own language: a person checks what they can
read."""

from collections.abc import Iterable, Iterator
from datetime import date

from bot.conversation.turn import Turn
from bot.flows.papers.ask_person import LAYOUTS
from bot.flows.papers.ask_skills import tongue_label
from bot.flows.papers.ask_work import country_label, years_words
from bot.flows.papers.question import At
from bot.flows.papers.steps import UNPAID, Step, courses_of, form_at, forms_of, same_trades
from bot.flows.papers.trades import trade_label
from bot.model.days import day_words
from bot.model.learned import finished
from bot.model.papers import MOST_TONGUES, Cv, Job, Trade
from bot.model.words import InLanguage, Msg, Words, _, verbatim
from cards.occupations import BETWEEN_FORMS

Answer = tuple[Words, Words, tuple[Words, ...], At]
"""What it is called, what was answered, lines below it, and where it is asked."""
NOTHING = verbatim("–")


def listed(words: Iterable[Words | None]) -> Words:
    """With dots between; a dash where there is nothing."""
    found = [each for each in words if each is not None]
    if not found:
        return NOTHING
    names = [f"w{place}" for place in range(len(found))]
    return Msg(" · ".join(f"{{{name}}}" for name in names)).of(
        **dict(zip(names, found, strict=True))
    )


def answers_of(cv: Cv, turn: Turn) -> Iterator[Answer]:
    """All that can be changed, in the order of the questions."""
    word = turn.world.work.word
    yield _("Job"), _or_nothing(cv.wanted, turn), (), At(Step.SECTOR)
    if at := form_at(cv, turn):
        forms = forms_of(cv, turn)
        stands = cv.form and forms[cv.form - 1]
        said: Words = InLanguage(verbatim(stands or BETWEEN_FORMS.join(forms)), cv.language)
        yield _("On the paper"), said, (), at
    for item, job in enumerate(cv.jobs):
        if job.sort:
            yield from _job(cv, item, turn)
    yield _("School"), _word("school", cv.school, turn), (), At(Step.SCHOOL)
    if cv.school:
        known = _word("recognised", cv.recognised, turn)
        yield _("Recognised here"), known, (), At(Step.RECOGNISED)
    yield from _tongues(cv, turn)
    licences = [word(f"list licences {id}") for id in cv.licences]
    yield _("Licences"), listed(licences), (), At(Step.LICENCES)
    yield _("When"), _when(cv, turn), (), At(Step.WHEN)
    titles = [module.short for module, _done in finished(cv.courses, turn.learner, turn.programme)]
    if titles or courses_of(turn):
        yield _("Courses"), listed(titles), (), At(Step.COURSES)
    yield _("Name"), listed(_typed(cv.name, cv.latin)), (), At(Step.NAME)
    yield _("Phone"), listed(_typed(cv.phone)), (), At(Step.PHONE)
    yield _("E-mail"), listed(_typed(cv.mail)), (), At(Step.MAIL)
    yield _("Town"), listed(_typed(cv.town)), (), At(Step.TOWN)
    yield _("Your line"), listed(_typed(cv.line)), (), At(Step.LINE)
    yield _("Layout"), LAYOUTS[cv.layout], (), At(Step.LAYOUT)


def lines_of(answers: Iterable[Answer]) -> tuple[Words, ...]:
    """A line for each answer that there is."""
    lines: list[Words] = []
    for label, answer, below, _at in answers:
        if answer != NOTHING:
            lines.append(Msg("**{label}**: {answer}").of(label=label, answer=answer))
            lines += (Msg("• {line}").of(line=line) for line in below)
    return tuple(lines)


def _or_nothing(trade: Trade, turn: Turn) -> Words:
    return trade_label(trade, turn) if trade else NOTHING


def _word(name: str, id: str, turn: Turn) -> Words:
    return turn.world.work.word(f"list {name} {id}") if id else NOTHING


def _job(cv: Cv, item: int, turn: Turn) -> Iterator[Answer]:
    job, sort = cv.jobs[item], _word("kinds", cv.jobs[item].sort, turn)
    if job.sort == UNPAID:
        yield _("Work"), sort, (), At(Step.SORT, item)
    else:
        which = Step.WHICH if same_trades(cv, item) else Step.JOB_SECTOR
        known = trade_label(job.trade, turn) if job.trade else None
        yield _("Work"), listed([sort, known]), (), At(which, item)
        country = country_label(job.country, turn) if job.country else NOTHING
        yield _("Country"), country, (), At(Step.COUNTRY, item)
        yield _("How long"), _lasted(job, turn), (), At(Step.HOW_LONG, item)
    tasks = tuple(turn.world.work.word(f"task {id}") for id in job.tasks)
    count = verbatim(f"{len(tasks)}") if tasks else NOTHING
    yield _("What you did"), count, tasks, At(Step.TASKS, item)


def _lasted(job: Job, turn: Turn) -> Words:
    if job.first:
        return years_words(job.first, job.last)
    return _word("how_long", job.how_long, turn)


def _tongues(cv: Cv, turn: Turn) -> Iterator[Answer]:
    for item, tongue in enumerate(cv.tongues):
        if tongue.first:
            name = tongue_label(tongue.code, turn)
            yield _("First language"), name, (), At(Step.TONGUE)
        elif tongue.code:
            level = _word("levels", tongue.level, turn)
            yield tongue_label(tongue.code, turn), level, (), At(Step.LEVEL, item)
    if not cv.tongues:
        yield _("First language"), NOTHING, (), At(Step.TONGUE)
    elif cv.tongues[-1].code and len(cv.tongues) < MOST_TONGUES:
        yield _("Another language"), NOTHING, (), At(Step.MORE_TONGUES, len(cv.tongues) - 1)


def _when(cv: Cv, turn: Turn) -> Words:
    if not cv.when:
        return NOTHING
    said = turn.world.work.word(f"list when {cv.when}")
    if not cv.from_day:
        return said
    return Msg("{said}: {day}").of(said=said, day=day_words(date.fromisoformat(cv.from_day)))


def _typed(*texts: str) -> list[Words]:
    return [verbatim(text) for text in texts if text]
