"""How old a text is, and whether somebody looked lately at what it says: laws, prices and addresses
change (EQAVET: seed C2; seed 25). Pure."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from cards.faq import NAME, Answer
from cards.finding import Finding
from cards.model import Module

YEAR = timedelta(days=365)


def is_old(module: Module, today: date) -> bool:
    """Whether its last review is more than twelve months ago."""
    return module.reviewed_on is not None and today - module.reviewed_on > YEAR


def check_review(module: Module, today: date) -> Iterator[Finding]:
    yield from check_modified(module, today)
    reviewed, line = module.reviewed_on, module.line("reviewed_on")
    if reviewed and reviewed > today:
        yield Finding(module.path, line, f"`reviewed_on: {reviewed}` is still to come")
    elif is_old(module, today):
        said = f"last reviewed on {reviewed}, more than twelve months ago: look at it again"
        yield Finding(module.path, line, said, fails=False)
    elif reviewed and module.modified and reviewed < module.modified:
        said = f"reviewed on {reviewed}, before its text was changed: look at it again"
        yield Finding(module.path, line, said, fails=False)
    if (reviewed is None) != (not module.reviewer):
        said = "`reviewed_on:` and `reviewer:` belong together: write both"
        yield Finding(
            module.path, module.line("reviewer" if module.reviewer else "reviewed_on"), said
        )


def check_modified(module: Module, today: date) -> Iterator[Finding]:
    """A day that is missing is no fault: what comes from elsewhere may have none, and a search then
    says none."""
    line = module.line("modified")
    if module.modified is None:
        said = "no `modified: 2026-11-27`: a search cannot say how old this text is"
        yield Finding(module.path, line, said, fails=False)
    elif module.modified > today:
        yield Finding(module.path, line, f"`modified: {module.modified}` is still to come")


def check_answers(answers: Iterable[Answer], today: date) -> Iterator[Finding]:
    """The same of the questions and answers."""
    for answer in answers:
        if answer.modified is None or answer.modified > today:
            said = f"`{answer.id}` has no `modified:` that is a day up to today"
            yield Finding(NAME, answer.line, said, fails=answer.modified is not None)
