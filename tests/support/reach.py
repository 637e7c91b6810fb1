"""Whom a broadcast would reach, of people in memory."""

from collections import Counter
from collections.abc import Mapping
from typing import Protocol

from bot.model.broadcast import Audience, Counts, DryRun
from bot.model.channel import PULL_CHANNELS
from bot.model.connection import Connection
from bot.model.learner import Learner
from bot.model.local_time import quiet_until


class Reached(Protocol):
    now: int
    zone: str
    members: dict[int, dict[int, Learner]]
    connections: dict[int, list[Connection]]
    unreachable: set[str]

    @property
    def everybody(self) -> Mapping[int, Learner]: ...


def counts(people: Reached, query: DryRun) -> Counts:
    found = Counter(
        why
        for one in people.everybody.values()
        if one.id != query.besides and _is_meant(people, one, query.audience)
        for why in _why(people, one, query)
    )
    return Counts(**found)


def _is_meant(people: Reached, learner: Learner, audience: Audience) -> bool:
    progress = learner.modules.get(audience.module or "")
    reached = "not-begun" if not progress else "done" if progress.done else "begun"
    return (
        (not audience.languages or learner.language in audience.languages)
        and (audience.group is None or learner.id in people.members.get(audience.group, ()))
        and (not audience.module or not audience.state or audience.state == reached)
    )


def _why(people: Reached, learner: Learner, query: DryRun) -> tuple[str, ...]:
    """The fields of `Counts` in which somebody is counted."""
    channel = query.audience.channel
    theirs = [
        one for one in people.connections.get(learner.id, ()) if channel in (None, one.channel)
    ]
    reached = [one for one in theirs if one.id not in people.unreachable]
    if not theirs:
        return ("no_channel",)
    if not reached:
        return ("blocked",)
    if learner.muted:
        return ("stopped",)
    if learner.language not in query.languages:
        return ("no_language",)
    if all(one.channel in PULL_CHANNELS for one in reached):
        return ("page", "will_get")
    return (
        ("will_get", "night")
        if quiet_until(people.now, learner.zone or people.zone)
        else ("will_get",)
    )
