"""The questions 1 to 5 of a CV: the job that is looked for, and work until now."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.conversation.everyday import NO, YES
from bot.conversation.turn import NotUsable, Turn
from bot.conversation.typed_title import typed_name
from bot.flows.papers.everyday_words import LASTS
from bot.flows.papers.question import DOUBTS, Form, Option
from bot.flows.papers.steps import UNPAID, forms_of, same_trades
from bot.flows.papers.trades import (
    doubtful,
    how_it_stands,
    job_label,
    jobs_of,
    printable,
    sectors,
    trade_label,
    typed_trade,
)
from bot.flows.papers.typed_years import NOW, InFuture, NoYears, Years, years_in
from bot.model.papers import MOST_JOBS, MOST_TASKS, Cv, Job, PaperDraft, Trade
from bot.model.words import Msg, Words, _, verbatim
from cards.occupations import COMMON

WHAT_JOB = _("What work do you look for?")
WHICH_JOB = _("Which job was it?")
IN_COUNTRY = _("That is in {country}. The country stands on your paper.")
NO_COUNTRY = _("I do not know a country of this name. It is printed as you typed it.")
_LIKELY = {
    "ar": ("SY", "IQ", "MA", "SD"),
    "fr": ("CM", "CI", "CD", "GN"),
    "pt": ("BR", "AO", "CV", "MZ"),
    "tr": ("TR", "SY", "AF", "IR"),
    "fa": ("AF", "IR", "PK", "TR"),
    "uk": ("UA", "PL", "RO", "MD"),
    "en": ("NG", "GH", "PK", "IN"),
}
_HOST = {"fr": "FR", "pt": "PT", "tr": "TR", "nl": "NL", "de": "DE", "es": "ES", "it": "IT"}
"""Country of the papers in a language, most likely."""


def sector(cv: Cv, _item: int, turn: Turn) -> Form:
    return sectors(WHAT_JOB, cv, turn, lambda trade: _wanted(cv, trade))


def trade(cv: Cv, _item: int, turn: Turn) -> Form:
    return jobs_of(WHAT_JOB, cv.wanted.sector, cv, turn, lambda trade: _wanted(cv, trade))


def _wanted(cv: Cv, trade: Trade) -> Cv:
    return replace(cv, wanted=trade, maybe="")


def form(cv: Cv, _item: int, turn: Turn) -> Form:
    return how_it_stands(cv, forms_of(cv, turn))


def job_of(cv: Cv, item: int) -> Job:
    return cv.jobs[item] if item < len(cv.jobs) else Job()


def with_job(cv: Cv, item: int, job: Job) -> Cv:
    """The paper with this job; an empty one at the end is none."""
    jobs = [*cv.jobs[:item], job, *cv.jobs[item + 1 :]]
    while jobs and not jobs[-1].sort:
        jobs.pop()
    return replace(cv, jobs=tuple(jobs), maybe="")


def sort(cv: Cv, item: int, turn: Turn) -> Form:
    job, work = job_of(cv, item), turn.world.work
    options = [
        Option(
            work.word(f"list kinds {id}"),
            replace(with_job(cv, item, _of_sort(job, id)), no_work=False),
        )
        for id in work.list("kinds")
    ]
    none = replace(cv, jobs=(), no_work=True, maybe="")
    options += _take_out(cv, item)
    if not item and not job.sort:
        options.append(Option(_("No work yet"), none, 9, also=(NO,)))
    return Form(
        title=_("Work until now"),
        lines=(
            _("Choose one. You can add more afterwards."),
            _("Work at home and for others counts, too."),
        ),
        options=tuple(options),
        blank=with_job(cv, item, Job()),
    )


def _take_out(cv: Cv, item: int) -> list[Option]:
    """Of a job that was answered: what comes behind it moves up."""
    job = job_of(cv, item)
    if not (job.trade or job.tasks):
        return []
    rest = replace(cv, jobs=(*cv.jobs[:item], *cv.jobs[item + 1 :]))
    return [Option(_("✖ Take this out"), rest, 10)]


def _of_sort(job: Job, sort: str) -> Job:
    """Unpaid work has no employer and no dates; its tasks are others."""
    if (job.sort == UNPAID) != (sort == UNPAID):
        return Job(sort)
    return replace(job, sort=sort)


def which(cv: Cv, item: int, turn: Turn) -> Form:
    def chosen(trade: Trade) -> PaperDraft:
        return _did(cv, item, trade)

    if cv.maybe:
        return doubtful(WHICH_JOB, cv, turn, chosen)
    job = job_of(cv, item)
    options = [
        Option(
            _("The same: {job}").of(job=job_label(id, turn) if id else verbatim(typed)),
            chosen(Trade(id, typed)),
        )
        for id, typed in same_trades(cv, item)[:3]
    ]
    another = with_job(cv, item, replace(job, other=True, trade=Trade()))
    options.append(Option(_("Another"), another, 9))
    options += _take_out(cv, item)
    return Form(
        title=WHICH_JOB,
        options=tuple(options),
        blank=chosen(Trade()),
        typing=_("The name of the job"),
        read=lambda text: typed_trade(text, cv, turn, chosen),
    )


def _did(cv: Cv, item: int, trade: Trade, other: bool = False) -> Cv:
    """Tasks stay where the job does."""
    job = job_of(cv, item)
    same = (trade.id, trade.typed) == (job.trade.id, job.trade.typed)
    return with_job(
        cv, item, replace(job, trade=trade, other=other, tasks=job.tasks if same else ())
    )


def job_sector(cv: Cv, item: int, turn: Turn) -> Form:
    return sectors(WHICH_JOB, cv, turn, lambda trade: _did(cv, item, trade, other=True))


def job_trade(cv: Cv, item: int, turn: Turn) -> Form:
    sector = job_of(cv, item).trade.sector
    return jobs_of(WHICH_JOB, sector, cv, turn, lambda trade: _did(cv, item, trade, other=True))


def country(cv: Cv, item: int, turn: Turn) -> Form:
    job = job_of(cv, item)
    named = [other.country for other in cv.jobs if len(other.country) == 2]
    likely = (*named, *_LIKELY.get(turn.language, ()), _HOST.get(cv.language, ""))
    codes = list(dict.fromkeys(filter(None, likely)))[:5]

    def there(country: str) -> Cv:
        return with_job(cv, item, replace(job, country=country))

    def typed(text: str) -> Cv | Option:
        clean, atlas = printable(typed_name(text), turn), turn.world.atlas
        if known := atlas.country_in(clean, turn.language):
            return there(known)
        if code := atlas.country_of(clean, turn.language):
            told = IN_COUNTRY.of(country=country_label(code, turn))
            return Option(country_label(code, turn), there(code), says=told)
        return Option(verbatim(clean), there(clean), says=NO_COUNTRY)

    return Form(
        title=_("In which country?"),
        lines=(_("Or type the country. You need not say it."),),
        options=tuple(
            Option(country_label(code, turn), there(code), _number(code)) for code in codes
        ),
        blank=there(""),
        skip=_("I do not say"),
        typing=_("The country"),
        read=typed,
    )


def country_label(country: str, turn: Turn) -> Words:
    known = len(country) == 2 and country.isupper()
    return verbatim(turn.world.atlas.country(country, turn.language) if known else country)


def _number(code: str) -> int:
    return (ord(code[0]) - 65) * 26 + ord(code[1]) - 65


def how_long(cv: Cv, item: int, turn: Turn) -> Form:
    job, work = job_of(cv, item), turn.world.work

    def lasted(id: str = "", first: int = 0, last: int = 0) -> Cv:
        return with_job(cv, item, replace(job, how_long=id, first=first, last=last))

    def typed(text: str) -> PaperDraft:
        years = _years(text, turn)
        if years.sure:
            return lasted(first=years.first, last=years.last)
        return replace(cv, maybe=f"{years.first}-{years.last}")

    doubt = cv.maybe.partition("-")
    if cv.maybe and doubt[0].isdigit() and doubt[2].isdigit():
        first, last = int(doubt[0]), int(doubt[2])
        years = years_words(first, last)
        return Form(
            title=_("Is this {years}?").of(years=years),
            options=(
                Option(_("Yes, {years}").of(years=years), lasted("", first, last), DOUBTS),
                Option(_("Type it again"), replace(cv, maybe=""), DOUBTS + 1, stays=True),
            ),
            blank=lasted(),
            typing=_("Years"),
            read=typed,
        )
    return Form(
        title=_("How long?"),
        lines=(_("Or type the years: 2015-2019."),),
        options=tuple(
            Option(work.word(f"list how_long {id}"), lasted(id), lasts=LASTS.get(id))
            for id in work.list("how_long")
        ),
        blank=lasted(),
        typing=_("Years"),
        read=typed,
    )


def _years(text: str, turn: Turn) -> Years:
    this_year = datetime.fromtimestamp(turn.now, UTC).year
    say = turn.world.say
    try:
        return years_in(text, this_year, f"{say(NOW, 'en')}|{say(NOW, turn.language)}")
    except InFuture:
        too_late = _("This year is {year}. Please type years until then.")
        raise NotUsable(too_late.of(year=this_year)) from None
    except NoYears:
        raise NotUsable(_("I do not find years there. Please type them so: 2015-2019.")) from None


def years_words(first: int, last: int) -> Words:
    if not last:
        return Msg("{first} – …").of(first=first)
    if last == first:
        return verbatim(str(first))
    return Msg("{first}–{last}").of(first=first, last=last)


def tasks_for(job: Job, turn: Turn) -> tuple[str, ...]:
    """What can be ticked: the tasks of the job, then those of many jobs."""
    work = turn.world.work
    if job.sort == UNPAID:
        return (*work.tasks_of(UNPAID), *work.tasks_of(COMMON))
    occupation = work.occupations.get(job.trade.id)
    own = occupation.tasks if occupation else work.tasks_of(job.trade.sector)
    return tuple(dict.fromkeys((*own, *work.tasks_of(COMMON))))


def tasks(cv: Cv, item: int, turn: Turn) -> Form:
    job, work = job_of(cv, item), turn.world.work
    number = {id: place for place, id in enumerate(work.tasks)}
    full = len(job.tasks) >= MOST_TASKS

    def option(id: str) -> Option:
        ticked = id in job.tasks
        after = tuple(t for t in job.tasks if t != id) if ticked else (*job.tasks, id)
        label = work.word(f"task {id}")
        if full and not ticked:
            said = _("At most {number}. Take one out first.").of(number=MOST_TASKS)
            return Option(label, cv, number[id], ticked=False, stays=True, says=said)
        draft = with_job(cv, item, replace(job, tasks=after))
        return Option(label, draft, number[id], ticked=ticked, stays=True)

    title = _("What did you do?") if job.sort == UNPAID else _("What did you do there?")
    return Form(
        title=title,
        lines=(
            *((trade_label(job.trade, turn),) if job.trade else ()),
            _("Choose up to {number}. You can type several: 1 3 4.").of(number=MOST_TASKS),
        ),
        options=tuple(map(option, tasks_for(job, turn))),
        many=True,
        most=MOST_TASKS,
    )


def another(cv: Cv, item: int, _turn: Turn) -> Form:
    more = replace(cv, jobs=(*cv.jobs[: item + 1], Job()))
    enough = with_job(cv, item, job_of(cv, item))
    return Form(
        title=_("Another job?"),
        lines=(_("At most {number}.").of(number=MOST_JOBS),),
        options=(
            Option(_("Yes, another job"), more, also=(YES,)),
            Option(_("No"), enough, also=(NO,)),
        ),
        blank=enough,
    )
