"""From the answers of a CV to what its page says: the facts in the language of the paper. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bot.documents.certificate import NothingToCertify
from bot.documents.certificate import facts as certificate_facts
from bot.documents.issue import Issuer
from bot.documents.paper_words import UNPAID, PaperWords, large, told
from bot.model.certificate import Certificate, Earned
from bot.model.learned import finished
from bot.model.learner import Learner
from bot.model.papers import Cv, Job, Layout, Tongue, Trade
from cards.model import Programme
from cards.occupations import Work
from certificates.prints.cv import Course, CvFacts, Entry, Headings

RECOGNISED = ("yes", "asked")
"""What a CV says of a school paper."""

Linked = Callable[[str], str]
"""The address at which the certificate of a module is checked; empty where there is none to
show."""


def cv_facts(
    cv: Cv, words: PaperWords, learner: Learner, programme: Programme, linked: Linked, made: date
) -> CvFacts:
    """What the page says; nothing that was not answered."""

    def heading(name: str) -> str:
        return words.large(f"head {name}")

    jobs = [job for job in cv.jobs if job.sort and job.sort != UNPAID]
    home = dict.fromkeys(task for job in cv.jobs if job.sort == UNPAID for task in job.tasks)
    tasks = dict.fromkeys(task for job in cv.jobs for task in job.tasks)
    contact = (cv.phone, cv.mail, cv.town)
    return CvFacts(
        language=words.language,
        headings=Headings(
            paper=heading("cv"),
            work=heading("work"),
            home=heading("home"),
            skills=heading("skills"),
            school=heading("school"),
            courses=heading("courses"),
            languages=heading("languages"),
            licences=heading("licences"),
            when=heading("when"),
            name=heading("name"),
        ),
        made=made,
        name=cv.latin or cv.name,
        also=cv.name if cv.latin else "",
        wanted=large(words.trade(cv.wanted, cv.form), words.language),
        contact=tuple(filter(None, contact)),
        line=cv.line,
        jobs=tuple(_entry(cv, job, words) for job in jobs),
        home=tuple(words.word(f"task {task}") for task in home),
        skills=tuple(words.word(f"task {task}") for task in tasks),
        school=_school(cv, words),
        courses=_courses(cv, words, learner, programme, linked),
        tongues=tuple(words.tongue(tongue) for tongue in cv.tongues if told(tongue)),
        licences=tuple(
            words.large(f"list licences {id} printed")
            if not cv.abroad
            else large(
                words.word("head abroad", licence=words.listed("licences", id)), words.language
            )
            for id in cv.licences
        ),
        when=large(words.when(cv), words.language),
        layout=str(cv.layout),
    )


def _entry(cv: Cv, job: Job, words: PaperWords) -> Entry:
    sort = words.listed("kinds", job.sort)
    title = words.job_title(cv, job) if job.trade else large(sort, words.language)
    said = [] if job.sort == "paid" or not job.trade else [sort]
    regulated = words.work.occupations.get(job.trade.id)
    country = "" if regulated and regulated.regulated else words.country(job.country)
    return Entry(
        title,
        large(words.labels.joined([*said, country, words.lasted(job)]), words.language),
        tuple(words.word(f"task {task}") for task in job.tasks),
    )


def _school(cv: Cv, words: PaperWords) -> tuple[str, ...]:
    """What is missing still is for the skills profile: a CV says what there is."""
    if not cv.school:
        return ()
    parts = [words.listed("school", cv.school)]
    if cv.recognised in RECOGNISED:
        parts.append(words.listed("recognised", cv.recognised))
    return (large(words.labels.joined(parts), words.language),)


def _courses(
    cv: Cv, words: PaperWords, learner: Learner, programme: Programme, linked: Linked
) -> tuple[Course, ...]:
    """Those that are finished still, with what a course is: its programme, minutes and month."""
    found = []
    for module, progress in finished(cv.courses, learner, programme):
        assert progress.done
        text = words.labels.joined(
            (
                words.words.say(module.title, words.language),
                words.words.say(programme.title, words.language),
                words.labels.hours(Fraction(max(module.minutes, 1), 60)),
                words.month(progress.done),
            )
        )
        found.append(Course(text, linked(module.id)))
    return tuple(found)


@dataclass(frozen=True)
class Links:
    """Addresses of certificates. `serial` is the number of a certificate by learner, kind, subject
    and name: only the name that stands on the certificate has its number."""

    learner: Learner
    programme: Programme
    words: PaperWords
    issuer: Issuer
    serial: Callable[[int, str, str, str], str]
    names: tuple[str, ...]
    revoked: frozenset[str] = frozenset()

    def __call__(self, module: str) -> str:
        found = next(
            (
                c
                for c in self.learner.earned
                if (c.kind, c.subject) == (Earned.MODULE, module) and c.serial
            ),
            None,
        )
        if found is None or found.serial in self.revoked:
            return ""
        name = next((name for name in self.names if self._is_on(name, found)), "")
        if not name:
            return ""
        ordered = _Ordered(found.kind, module, name, self.words.language, found.serial)
        try:
            stated = certificate_facts(self.learner, self.programme, self.words.words, ordered)
        except NothingToCertify:
            return ""
        return self.issuer.signed(stated).verify_url or ""

    def _is_on(self, name: str, certificate: Certificate) -> bool:
        maker = certificate.maker or self.learner.id
        return self.serial(maker, certificate.kind, certificate.subject, name) == certificate.serial


@dataclass(frozen=True)
class _Ordered:
    kind: str
    subject: str
    name: str
    language: str
    serial: str


def example(work: Work, language: str) -> Cv:
    """The CV of somebody who does not exist: the first job of the first sector."""
    first = next(iter(work.occupations.values()))
    trade = Trade(first.id, sector=first.sector)
    tongues = (Tongue("fa-AF", first=True), Tongue(language, "A2"))
    return Cv(
        language=language,
        wanted=trade,
        jobs=(
            Job("paid", trade, country="AF", how_long="3-5", tasks=first.tasks[:4]),
            Job(UNPAID, tasks=work.tasks_of(UNPAID)[:3]),
        ),
        school="secondary",
        recognised="not-yet",
        tongues=tongues,
        licences=work.list("licences")[:1],
        when=work.list("when")[0],
        name="Amina Rahimi",
        phone="06 00 00 00 00",
        mail="amina.rahimi@example.org",
        layout=Layout.WORK,
    )
