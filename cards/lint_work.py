"""The checks of jobs, tasks and lists of the papers for work, and of their words in a language.

A task stands on a paper below a name that may be anybody's: it says what is done, in a form that
agrees with nobody's sex. So each language has a form that its tasks are written in.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from cards.finding import Finding
from cards.occupations import (
    BETWEEN_FORMS,
    COMMON,
    LISTS,
    OCCUPATIONS,
    RULES,
    TASKS,
    UNPAID,
    Work,
)

BUTTON, FORM, TASK, SENTENCE = 24, 40, 60, 150
TASKS_OF_A_JOB = 12
PRINTED = " printed"
"""Ends the name of what stands on a paper."""
CONDITIONS = frozenset(
    (
        "not-recognised",
        "regulated-wanted",
        "language-below-b1",
        "licence-abroad",
        "no-work-here",
        "only-unpaid",
        "own-business",
        "no-mail",
        "wants-person",
    )
)
"""What a rule can ask. Nothing about status, residence or nationality can be asked."""
_LISTS = frozenset(
    (
        "sectors",
        "kinds",
        "how_long",
        "school",
        "recognised",
        "licences",
        "when",
        "levels",
        "seen",
        "wish",
        "proof",
    )
)
_ESCO = re.compile(r"http://data\.europa\.eu/esco/(occupation|skill|isced-f)/[\w-]+")
_TASK_FORMS: Mapping[str, Callable[[str], bool]] = {
    "fr": lambda text: bool(re.match(r"(ne pas |s'|s’|se )?\w*(er|ir|re)\b", text.casefold())),
    "pt": lambda text: bool(re.match(r"\w*[aeioô]r(-se|-\w+)?\b", text.casefold())),
    "es": lambda text: bool(re.match(r"\w*[aeií]r(se)?\b", text.casefold())),
    "de": lambda text: text.endswith("n"),
    "tr": lambda text: bool(re.search(r"m[ae]\b", re.sub(r"\s*\(.*\)$", "", text))),
}
"""Infinitive in fr, pt, es; at the end in de; -ma/-me in tr."""
_SEX = re.compile(r"\(e\)|·|\(a\)|/|\w\(\w{1,3}\)|[oa]s?/[oa]s?\b")
_VALUE = re.compile(r"\{[a-z_]+\}")
_SELF = re.compile(r"\b(I|my|je|mon|ma|mes|eu|yo|ich|ben)\b")


def check_work(work: Work) -> Iterator[Finding]:
    """The tables, whatever the language."""
    for name in sorted(_LISTS - set(work.lists)):
        yield _finding(LISTS, f"the list `{name}` is missing")
    for sector, jobs in work.by_sector.items():
        if not jobs:
            yield _finding(OCCUPATIONS, f"`{sector}` has no job")
        if not work.tasks_of(sector):
            yield _finding(TASKS, f"`{sector}` has no task")
    for job in work.occupations.values():
        if len(job.tasks) != TASKS_OF_A_JOB:
            said = f"`{job.id}` has {len(job.tasks)} tasks, {TASKS_OF_A_JOB} are needed"
            yield _finding(OCCUPATIONS, said)
        if not _ESCO.fullmatch(job.esco):
            yield _finding(
                OCCUPATIONS, f"`{job.id}`: {job.esco or 'nothing'} is no address of ESCO"
            )
        if not re.fullmatch(r"\d{4}", job.isco):
            yield _finding(OCCUPATIONS, f"`{job.id}`: ISCO has four digits, not `{job.isco}`")
        if bad := [c for c in job.regulated if not re.fullmatch(r"[A-Z]{2}", c)]:
            yield _finding(OCCUPATIONS, f"`{job.id}`: `{bad[0]}` is no country of ISO 3166")
    places = {*work.list("sectors"), COMMON, UNPAID}
    for task in work.tasks.values():
        if task.where not in places:
            yield _finding(TASKS, f"`{task.id}`: `{task.where}` is no sector")
        if task.esco and not _ESCO.fullmatch(task.esco):
            yield _finding(TASKS, f"`{task.id}`: {task.esco} is no address of ESCO")
    for rule in work.rules:
        if rule.when not in CONDITIONS:
            yield _finding(RULES, f"`{rule.id}`: `{rule.when}` is no condition")


def check_work_words(work: Work, said: Mapping[str, str], language: str) -> Iterator[str]:
    """What is wrong with the words of one language; `said` is context -> text. One that has no
    printed form is only read in the chat: what it does not have is said in English there."""
    printed = any(name.endswith(PRINTED) for name in said)
    for name in work.needed() if printed else ():
        if not said.get(name, "").strip():
            yield f"`{name}` is missing"
    for name, text in said.items():
        most = limit_of(name)
        forms = text.split(BETWEEN_FORMS) if name.endswith(PRINTED) else [text]
        if len(forms) > 2:
            yield f"`{name}` has {len(forms)} forms, 2 are allowed: {text}"
        for form in forms:
            if len(form) > most:
                yield f"`{name}` has {len(form)} characters, {most} are allowed: {form}"
        if name in work.words and _values(text) != _values(work.words[name]):
            yield f"`{name}` has other values than in English: {text}"
        if name.startswith("task "):
            yield from (f"`{name}`: {fault}: {text}" for fault in _task_faults(text, language))
    for sector, jobs in work.by_sector.items():
        buttons = Counter(said.get(f"job {job.id} button", job.id).casefold() for job in jobs)
        for text, count in buttons.items():
            if count > 1:
                yield f"{count} jobs of `{sector}` have the same button: {text}"


def _values(text: str) -> list[str]:
    return sorted(_VALUE.findall(text))


def limit_of(name: str) -> int:
    """Characters that the text of this name may have; of each of its forms, where it has two."""
    kind = name.split(" ")[0]
    if name.endswith(PRINTED):
        return FORM
    if kind == "task":
        return TASK
    return BUTTON if kind in ("sector", "job", "list") else SENTENCE


def _task_faults(text: str, language: str) -> Iterator[str]:
    if text.rstrip().endswith((".", "。", "۔")):
        yield "a task has no full stop"
    if any(char.isdigit() for char in text):
        yield "a task has no figure"
    if _SELF.search(text):
        yield "a task says nothing of “I”"
    if _SEX.search(text):
        yield "a task agrees with nobody's sex"
    if (fits := _TASK_FORMS.get(language)) and not fits(text):
        yield "a task stands in the form of its language (docs/translating.md)"


def _finding(file: str, message: str) -> Finding:
    return Finding(f"work/{file}", 1, message)
