"""A module with a practical task, and a group with its counsellor."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.turn import World
from bot.model.group import Group
from bot.model.learner import Learner
from bot.model.roles import Role
from tests.support.beside import PRACTICE, read
from tests.support.desk import member
from tests.support.office import LEA, MINA, SAMIR, Office


@pytest.fixture
def practising(world: World, tmp_path: Path) -> World:
    module, findings = read(tmp_path, PRACTICE)
    assert module and not findings
    modules = {**world.programme.modules, module.id: module}
    return replace(world, programme=replace(world.programme, modules=modules))


@pytest.fixture
def office(practising: World) -> Office:
    office = Office(practising)
    office.who[LEA] = Learner(LEA, language="en", role=Role.COUNSELLOR, staff_name="Lea")
    office.people.groups[1] = Group(1, LEA, "token", "Tuesday group", "AMSED", "Lea", "en")
    mina = replace(member(MINA, 1, nickname="Mina"), language="en")
    office.people.members[1] = {MINA: mina, SAMIR: member(SAMIR, 1, nickname="Samir")}
    office.who[MINA] = mina
    office.people.learners.update({MINA: mina})
    return office
