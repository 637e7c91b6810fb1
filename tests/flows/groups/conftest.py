"""A group with two counsellors, pure."""

import pytest

from bot.conversation.turn import World
from bot.model.group import Group
from bot.model.learner import Learner
from bot.model.roles import Role
from tests.support.desk import member
from tests.support.office import LEA, MINA, SAMIR, Office


@pytest.fixture
def office(world: World) -> Office:
    office = Office(world)
    office.who[LEA] = Learner(LEA, language="en", role=Role.COUNSELLOR, staff_name="Lea")
    office.people.groups[1] = Group(1, LEA, "token", "Tuesday group", "AMSED", "Lea", "en")
    office.people.members[1] = {
        MINA: member(MINA, 1, nickname="Mina"),
        SAMIR: member(SAMIR, 1, nickname="Samir"),
    }
    return office
