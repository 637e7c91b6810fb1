"""Whether somebody looked lately at what a module says: laws, prices and addresses change (EQAVET:
seed C2). Pure."""

from collections.abc import Iterator
from datetime import date, timedelta

from cards.finding import Finding
from cards.model import Module

YEAR = timedelta(days=365)


def is_old(module: Module, today: date) -> bool:
    """Whether its last review is more than twelve months ago."""
    return module.reviewed_on is not None and today - module.reviewed_on > YEAR


def check_review(module: Module, today: date) -> Iterator[Finding]:
    reviewed, line = module.reviewed_on, module.line("reviewed_on")
    if reviewed and reviewed > today:
        yield Finding(module.path, line, f"`reviewed_on: {reviewed}` is still to come")
    elif is_old(module, today):
        said = f"last reviewed on {reviewed}, more than twelve months ago: look at it again"
        yield Finding(module.path, line, said, fails=False)
    if (reviewed is None) != (not module.reviewer):
        said = "`reviewed_on:` and `reviewer:` belong together: write both"
        yield Finding(
            module.path, module.line("reviewer" if module.reviewer else "reviewed_on"), said
        )
