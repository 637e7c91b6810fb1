"""Who named whom as staff: whether two of them are really two people. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.model.words import _

NEW = timedelta(days=7)
"""So long a naming may still be one person who made themselves a second page: the others see it in
the list of staff, and take the role away.
"""
NOT_SECOND = _(
    "You cannot be the second one: the author named you as staff, or one of you is new this week."
)
_SOMEBODY = 0
"""Who named those whose namer nobody knows: from before that was kept, or gone."""


@dataclass(frozen=True)
class Naming:
    """Who gave a role (None: nobody knows), and the day."""

    by: int | None
    since: date | None


def independent(
    author: int,
    second: int,
    namings: Mapping[int, Naming],
    in_settings: Collection[int],
    today: date,
) -> bool:
    """Whether the second one's yes is that of another person: not named by the author, ever, nor
    today; and where a chain of namings connects the two, through whomever, no link of it is new.
    Whom the settings name was named by nobody here."""
    if second == author:
        return False
    mine = namings.get(second)
    if mine and second not in in_settings and (mine.by == author or mine.since == today):
        return False
    up, theirs = list(_up(second, namings, in_settings)), list(_up(author, namings, in_settings))
    meets = next((one for one in up if one in theirs), None)
    if meets is None:
        return True
    links = (*up[: up.index(meets)], *theirs[: theirs.index(meets)])
    days = (naming.since for one in links if (naming := namings.get(one)))
    return all(day is not None and day <= today - NEW for day in days)


def _up(one: int, namings: Mapping[int, Naming], in_settings: Collection[int]) -> Iterator[int]:
    """They, who named them, and so on."""
    seen: set[int] = set()
    while one not in seen:
        yield one
        seen.add(one)
        if one in in_settings or one == _SOMEBODY:
            return
        naming = namings.get(one)
        one = naming.by if naming and naming.by else _SOMEBODY
