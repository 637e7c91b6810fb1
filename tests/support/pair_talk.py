"""A counsellor, a learner and a mentor, pure: from a proposal to a pair."""

from dataclasses import replace

from bot.conversation.turn import World
from bot.conversation.update import Start
from bot.flows.groups.actions import Person
from bot.flows.groups.membership import number_of
from bot.flows.pairs.actions import (
    AnswerPair,
    AskedPair,
    MentorReady,
    MentorSteps,
    OfferedPair,
    PickMyWork,
    PickWork,
    TakePair,
    TickRule,
)
from bot.model.group import Group
from bot.model.learner import Learner, Membership, ModuleProgress, day_of
from bot.model.pairs import RULES, Pair
from bot.model.roles import Role
from tests.support.desk import NOW
from tests.support.office import LEA, MINA, Office

MARC, ADMIN = 20, 30


def office(world: World) -> Office:
    """Lea's group with Mina in it."""
    there = Office(world)
    day = day_of(NOW)
    mine = Membership("Tuesday", "AMSED", "Lea", day, 1, nickname="Mina")
    there.people.groups[1] = Group(1, LEA, "token", "Tuesday", "AMSED", "Lea", "en")
    lea = Learner(LEA, "en", role=Role.COUNSELLOR, staff_name="Lea")
    mina = Learner(MINA, "en", groups={1: mine}, place="h")
    admin = Learner(ADMIN, "en", role=Role.ADMIN, staff_name="Ada", place="h")
    there.who = {LEA: lea, MINA: mina, ADMIN: admin, MARC: Learner(MARC, "en")}
    there.people.learners = dict(there.who)
    there.people.members[1] = {MINA: mina}
    return there


def proposed(there: Office) -> str:
    """Lea makes the link; returns what she reads."""
    who = number_of(there.world, 1, MINA)
    there.goes(LEA, Person(1, who))
    there.taps(LEA, "Propose a mentor")
    return there.taps(LEA, "Yes, make the link")


def prepared(there: Office, mentor: int = MARC) -> None:
    """The mentor opens the link and does all steps but the last."""
    there.does(mentor, Start("p-fresh"))
    there.taps(mentor, "Yes, I am 18")
    day = day_of(there.now)
    done = ModuleProgress(day, day, 60, done=day, mark=90, rule=70)
    known = there.people.fresh(there.who[mentor])
    there.who[mentor] = replace(known, modules={**known.modules, "for-mentors": done})
    there.people.learners[mentor] = there.who[mentor]
    for rule in range(RULES):
        there.goes(mentor, TickRule(rule))
    there.goes(mentor, MentorSteps())
    there.taps(mentor, "My name")
    there.types(mentor, "Marc")
    there.taps(mentor, "My languages")
    there.types(mentor, "French")
    there.goes(mentor, PickWork(0))


def pair(there: Office) -> Pair:
    """The newest."""
    return max(there.people.pairs.kept.values(), key=lambda each: (each.since, each.id))


def asked(there: Office, mentor: int = MARC) -> Pair:
    proposed(there)
    prepared(there, mentor)
    there.goes(mentor, MentorReady(pair(there).id))
    return pair(there)


def paired(there: Office, mentor: int = MARC) -> Pair:
    id = asked(there, mentor).id
    there.goes(MINA, AskedPair(id))
    there.goes(MINA, AnswerPair(id, True))
    there.goes(MINA, PickMyWork(id, 0))
    there.goes(mentor, OfferedPair(id))
    there.goes(mentor, TakePair(id, True))
    return pair(there)
