"""The answers inside a CV's file: those that are printed, as ids. Whoever sends the file back goes
on with them, after a year and on another messenger. Pure.

A file that comes back was in strange hands: it has our keys and no others, an id that no list has
(any more) is left out, and what was typed is read as if it were typed now.
"""

import re
from collections.abc import Callable
from datetime import date

import msgspec
from babel import Locale

from bot.documents.paper_words import FROM_DAY, UNPAID, told
from bot.documents.work import RECOGNISED
from bot.model.clean_text import one_line
from bot.model.days import iso_day
from bot.model.papers import (
    MOST_JOBS,
    MOST_TASKS,
    MOST_TONGUES,
    Cv,
    Job,
    Layout,
    Tongue,
    Trade,
)
from cards.occupations import Work

_KNOWN = Locale("en")
_EARLIEST = 1900


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class JobAnswers(_Part, frozen=True):
    sort: str
    trade: str = ""
    typed: str = ""
    country: str = ""
    how_long: str = ""
    first: int = 0
    last: int = 0
    tasks: tuple[str, ...] = ()


class TongueAnswers(_Part, frozen=True):
    code: str
    level: str = ""
    first: bool = False


class Answers(_Part, frozen=True):
    """The names are in files that people keep: they stay."""

    language: str
    trade: str = ""
    typed: str = ""
    form: int = 0
    jobs: tuple[JobAnswers, ...] = ()
    school: str = ""
    recognised: str = ""
    tongues: tuple[TongueAnswers, ...] = ()
    licences: tuple[str, ...] = ()
    abroad: bool = False
    when: str = ""
    from_day: str = ""
    courses: tuple[str, ...] = ()
    name: str = ""
    latin: str = ""
    phone: str = ""
    mail: str = ""
    town: str = ""
    line: str = ""
    layout: Layout = Layout.WORK


def printed(cv: Cv) -> Answers:
    """What stands on the page, and nothing else: an employer may look into the file."""
    jobs = (
        JobAnswers(
            job.sort,
            job.trade.id,
            "" if job.trade.id else job.trade.typed,
            job.country,
            job.how_long,
            job.first,
            job.last,
            job.tasks,
        )
        if job.sort != UNPAID
        else JobAnswers(UNPAID, tasks=job.tasks)
        for job in cv.jobs
        if job.sort
    )
    return Answers(
        language=cv.language,
        trade=cv.wanted.id,
        typed="" if cv.wanted.id else cv.wanted.typed,
        form=cv.form,
        jobs=tuple(jobs),
        school=cv.school,
        recognised=cv.recognised if cv.school and cv.recognised in RECOGNISED else "",
        tongues=tuple(TongueAnswers(t.code, t.level, t.first) for t in cv.tongues if told(t)),
        licences=cv.licences,
        abroad=cv.abroad and bool(cv.licences),
        when="" if cv.when == FROM_DAY and not cv.from_day else cv.when,
        from_day=cv.from_day if cv.when == FROM_DAY else "",
        courses=cv.courses,
        name=cv.name,
        latin=cv.latin,
        phone=cv.phone,
        mail=cv.mail,
        town=cv.town,
        line=cv.line,
        layout=cv.layout,
    )


class AnswersReader:
    """`named` cleans a name and raises `ValueError`; `unprintable` tells the signs that no font
    has; `offered` are the languages of papers."""

    def __init__(
        self,
        work: Work,
        offered: tuple[str, ...],
        named: Callable[[str], str],
        unprintable: Callable[[str], str],
        today: date,
    ) -> None:
        self._work = work
        self._offered = offered
        self._named = named
        self._unprintable = unprintable
        self._today = today

    def cv(self, content: bytes) -> Cv:
        """Of a `resume.json`. Raises `msgspec.MsgspecError` where it has no answers of ours."""
        return self._cv(msgspec.json.decode(content, type=_Resume).x_answers)

    def _cv(self, said: Answers) -> Cv:
        licences = self._of("licences", said.licences)
        known = self._tongues(said)
        wanted = self._trade(said.trade, said.typed)
        return Cv(
            whole=True,
            language=said.language if said.language in self._offered else self._offered[0],
            wanted=wanted,
            form=said.form if said.form in (0, 1, 2) else 0,
            form_asked=bool(wanted.id),
            no_work=not said.jobs,
            jobs=tuple(map(self._job, self._jobs(said))),
            school=self._one("school", said.school),
            recognised=self._one("recognised", said.recognised),
            tongues=known,
            licences=licences,
            abroad=said.abroad and bool(licences),
            when=self._one("when", said.when),
            from_day=day.isoformat() if (day := iso_day(said.from_day)) else "",
            courses=tuple(dict.fromkeys(id for id in said.courses if _ID.fullmatch(id))),
            name=self._name(said.name),
            latin=self._name(said.latin),
            phone=self._text(said.phone, 40),
            mail=self._text(said.mail, 80),
            town=self._text(said.town),
            line=self._text(said.line, 120),
            layout=said.layout,
        )

    def _jobs(self, said: Answers) -> list[JobAnswers]:
        return [j for j in said.jobs if j.sort in self._work.list("kinds")][:MOST_JOBS]

    def _job(self, said: JobAnswers) -> Job:
        tasks = dict.fromkeys(id for id in said.tasks if id in self._work.tasks)
        first, last = self._year(said.first), self._year(said.last)
        if last and last < first:
            first = last = 0
        return Job(
            said.sort,
            self._trade(said.trade, said.typed),
            country=self._country(said.country),
            how_long=self._one("how_long", said.how_long),
            first=first,
            last=last,
            tasks=tuple(tasks)[:MOST_TASKS],
        )

    def _year(self, year: int) -> int:
        return year if _EARLIEST <= year <= self._today.year else 0

    def _country(self, said: str) -> str:
        code = len(said) == 2 and said in _KNOWN.territories
        return said if code else self._text(said) if len(said) > 2 else ""

    def _trade(self, id: str, typed: str) -> Trade:
        known = self._work.occupations.get(id)
        return Trade(known.id, sector=known.sector) if known else Trade(typed=self._text(typed))

    def _tongues(self, said: Answers) -> tuple[Tongue, ...]:
        levels, known = self._work.list("levels"), _KNOWN.languages
        found = [
            Tongue(t.code, "" if t.first else t.level, t.first)
            for t in said.tongues
            if t.code.replace("-", "_") in known and (t.first or t.level in levels)
        ]
        return tuple({t.code: t for t in found}.values())[:MOST_TONGUES]

    def _one(self, name: str, id: str) -> str:
        return next(iter(self._of(name, (id,))), "")

    def _of(self, name: str, ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(id for id in self._work.list(name) if id in ids)

    def _name(self, said: str) -> str:
        try:
            name = self._named(said) if said else ""
        except ValueError:
            return ""
        return name if len(name) <= 60 else ""

    def _text(self, said: str, most: int = 60) -> str:
        clean = one_line(said)
        return "" if len(clean) > most or self._unprintable(clean) else clean


class _Resume(msgspec.Struct):
    """Of all that a resume says only this is read: our own answers."""

    x_answers: Answers


_ID = re.compile(r"[a-z0-9-]{1,60}")
