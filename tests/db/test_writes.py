"""Every event does something, every question has an answer, and what is written at once is taken
back when the screen that follows fails."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from bot.conversation.event import Event, ForOther, evolve
from bot.conversation.update import Start, Update
from bot.flows.account.events import WrongCode
from bot.flows.groups.events import ColleagueKept, GroupKept
from bot.flows.staff.events import RoleGiven
from bot.model.group import AllStaff, Colleague, Group, GroupById
from bot.model.learner import Learner
from bot.model.query import Query
from bot.model.roles import Role
from db import outbox, queries
from db.store import Store
from db.writes import AT_ONCE, LAST, writes, writes_last

NOW = 1_790_000_000
NOWHERE = {WrongCode, ForOther}
"""One is counted by the dispatcher; the other holds an event of somebody else."""


def _kinds(of: type) -> Iterator[type]:
    for kind in of.__subclasses__():
        yield kind
        yield from _kinds(kind)


@pytest.mark.parametrize("event", sorted(set(_kinds(Event)), key=lambda e: e.__name__))
def test_an_event_changes_the_learner_or_writes_something(event: type[Event]) -> None:
    kept = event.apply is not Event.apply or event in AT_ONCE or event in LAST
    assert kept is not (event in NOWHERE)


def test_every_question_of_a_flow_has_an_answer() -> None:
    asked = {q for q in _kinds(Query) if q.__module__.startswith("bot.") and not list(_kinds(q))}
    assert {q.__name__ for q in asked} == {q.__name__ for q in queries._ANSWERS}


def test_the_store_alone_brings_all_its_areas() -> None:
    """Imported by itself, in a process of its own: what happens is written by anybody's store."""
    said = "import db.store; from db.writes import AT_ONCE, LAST; print(len(AT_ONCE), len(LAST))"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(len(AT_ONCE)), str(len(LAST))]


def test_an_event_has_one_writer_of_each_moment() -> None:
    with pytest.raises(ValueError, match="two writers for GroupKept"):
        writes(GroupKept)(outbox.ordered)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="two last writers for RoleGiven"):
        writes_last(RoleGiven)(outbox.told)  # type: ignore[arg-type]


async def test_what_is_written_at_once_is_taken_back_when_the_screen_fails(store: Store) -> None:
    """The group, the colleague it went to, and the note about it."""
    people: list[int] = []
    async with store.batch(NOW) as tx:
        updates = [Update("telegram", name, name, Start()) for name in ("lea", "ben")]
        people = [one.learner_id for one in await tx.load_arrivals(updates)]
        for id in people:  # a staff row counts where its own learner says so
            tx.learners[id] = evolve(Learner(id), RoleGiven(Role.COUNSELLOR), NOW)
        await tx.write(())
    lea, ben = people
    group = Group(1, lea, "token", "Tuesday group", "AMSED", "Lea", "en")
    async with store.batch(NOW) as tx:
        for who, event in (
            (lea, RoleGiven(Role.COUNSELLOR)),
            (ben, RoleGiven(Role.COUNSELLOR)),
            (lea, GroupKept(group)),
            (lea, ColleagueKept(1, Colleague(ben, "Ben"))),
        ):
            async with tx.applied(who, [event]):
                pass
        await tx.change(lea, RoleGiven(Role.COUNSELLOR))
        await tx.write(())
    async with store.batch(NOW) as tx:
        with pytest.raises(ZeroDivisionError):
            async with tx.applied(lea, [RoleGiven(Role.LEARNER)]):
                assert (await tx.ask(GroupById(1))).owner == ben, "it is there inside"
                raise ZeroDivisionError
        await tx.write(())
    found = await store.ask(GroupById(1))
    assert found.owner == lea and [c.learner for c in found.colleagues] == [ben]
    assert {one.learner for one in await store.ask(AllStaff())} == {lea, ben}
    assert await store.outbox.take("telegram", NOW, 60) == [], "nobody is told of it"
