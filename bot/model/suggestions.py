"""What a skills profile suggests, and the rule that says so. Pure.

No rule asks about status, residence or nationality: a rule reads answers about school, work,
languages, licences, an e-mail address, and whether somebody wants to talk to a person.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.model.papers import Cv, Profile
from cards.occupations import Rule, Work

MOST = 5
SKILLS_TOOL = "https://ec.europa.eu/migrantskills/"
"""EU Skills Profile Tool for Third Country Nationals: its interview with an adviser comes next."""
HOSTS: Mapping[str, tuple[str, ...]] = {
    "fr": ("FR", "BE"),
    "nl": ("NL", "BE"),
    "de": ("DE", "AT"),
    "pt": ("PT",),
    "tr": ("TR",),
    "es": ("ES",),
    "en": ("IE",),
}
"""Where papers in a language are shown, most likely."""
_BELOW_B1 = ("A1", "A2", "not-yet")


@dataclass(frozen=True)
class Answers:
    cv: Cv
    profile: Profile
    work: Work
    language: str
    """Of the country."""

    @property
    def host(self) -> tuple[str, ...]:
        return HOSTS.get(self.language, ())


def _not_recognised(a: Answers) -> bool:
    return bool(a.cv.school) and a.cv.recognised in ("asked", "not-yet")


def _regulated(a: Answers) -> bool:
    wanted = a.work.occupations.get(a.cv.wanted.id)
    return wanted is not None and not wanted.regulated.isdisjoint(a.host)


def _below_b1(a: Answers) -> bool:
    return any(t.code == a.language and t.level in _BELOW_B1 for t in a.cv.tongues)


def _no_work_here(a: Answers) -> bool:
    jobs = [job for job in a.cv.jobs if job.country]
    return bool(a.host) and bool(jobs) and not any(job.country in a.host for job in jobs)


def _only_unpaid(a: Answers) -> bool:
    return bool(a.cv.jobs) and all(job.sort == "unpaid" for job in a.cv.jobs)


CONDITIONS: Mapping[str, Callable[[Answers], bool]] = {
    "not-recognised": _not_recognised,
    "regulated-wanted": _regulated,
    "language-below-b1": _below_b1,
    "licence-abroad": lambda a: bool(a.cv.licences) and a.cv.abroad,
    "no-work-here": _no_work_here,
    "only-unpaid": _only_unpaid,
    "own-business": lambda a: any(job.sort == "own" for job in a.cv.jobs),
    "no-mail": lambda a: not a.cv.mail,
    "wants-person": lambda a: a.profile.person,
}


def suggestions(answers: Answers) -> Sequence[Rule]:
    """The rules that fire, in their order, at most five."""
    known = [rule for rule in answers.work.rules if rule.when in CONDITIONS]
    return [rule for rule in known if CONDITIONS[rule.when](answers)][:MOST]


def known_tasks(cv: Cv) -> tuple[str, ...]:
    """The tasks of a CV, each once."""
    return tuple(dict.fromkeys(task for job in cv.jobs for task in job.tasks))
