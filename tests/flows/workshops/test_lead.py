"""A learner who finished a module leads a workshop on it (seed 7): asked first, counts, no names,
laid down or taken back at any time."""

from dataclasses import replace

import pytest

from bot.conversation.event import Ordered
from bot.conversation.turn import World
from bot.flows.groups.actions import Person
from bot.flows.groups.member_actions import MyGroup
from bot.flows.workshops.actions import AnswerAsking, MyWorkshop, SendAsking, WorkshopSheet
from bot.flows.workshops.lead import have_finished
from bot.model.group import Group
from bot.model.learner import Learner, ModuleProgress, Workshop, day_of
from bot.model.order import OrderKind
from bot.model.roles import Role
from tests.support.desk import NOW, member
from tests.support.office import LEA, MINA, SAMIR, Office

MODULE, TITLE = "computer", "The computer"


def done(learner: Learner, module: str = MODULE) -> Learner:
    day = day_of(NOW)
    finished = ModuleProgress(day, day, 60, done=day, mark=90, rule=70)
    return replace(learner, modules={**learner.modules, module: finished})


@pytest.fixture
def office(world: World) -> Office:
    office = Office(world)
    office.who[LEA] = Learner(LEA, language="en", role=Role.COUNSELLOR, staff_name="Lea")
    office.people.groups[1] = Group(1, LEA, "token", "Tuesday group", "AMSED", "Lea", "en")
    office.people.members[1] = {
        MINA: done(member(MINA, 1, nickname="Mina")),
        SAMIR: member(SAMIR, 1, nickname="Samir"),
    }
    office.who |= office.people.members[1]
    office.people.learners = dict(office.who)
    return office


def workshop(office: Office, of: int = MINA) -> Workshop | None:
    return office.people.fresh(office.who[of]).groups[1].workshop


def asked(office: Office) -> None:
    office.goes(LEA, Person(1, office.person(MINA)))
    office.taps(LEA, "Ask to lead a workshop", TITLE)


@pytest.mark.row("07")
def test_both_say_yes_the_learner_after_reading_what_it_is(office: Office) -> None:
    asked(office)
    assert workshop(office) == Workshop(MODULE)
    ((to, letter),) = office.told
    assert to == MINA and "Would you lead a workshop on “" in letter
    assert "no name, no result" in letter and "lay it down at any time" in letter
    assert "Is asked" in office.goes(LEA, Person(1, office.person(MINA)))
    office.goes(MINA, MyGroup(1))
    office.taps(MINA, "My workshop", "Yes, I lead it")
    assert workshop(office) == Workshop(MODULE, agreed=True)
    ((to, letter),) = office.told
    assert to == LEA and "Mina leads a workshop on" in letter
    assert "Leads a workshop" in office.goes(LEA, Person(1, office.person(MINA)))


@pytest.mark.row("07")
def test_a_no_costs_nothing(office: Office) -> None:
    asked(office)
    office.goes(MINA, MyWorkshop(1))
    page = office.taps(MINA, "Not now")
    assert workshop(office) is None and "My workshop" not in page and "Tuesday group" in page
    ((to, letter),) = office.told
    assert to == LEA and "does not lead" in letter


@pytest.mark.row("07")
def test_the_leader_sees_counts_from_five_on_and_never_names(office: Office) -> None:
    asked(office)
    office.goes(MINA, AnswerAsking(1, True))
    page = office.goes(MINA, MyWorkshop(1))
    assert "2 people have joined." in page and "Have finished it" not in page
    others = {n: member(n, 1, nickname=f"Name{n}") for n in range(20, 28)}
    for n in range(20, 24):
        others[n] = done(others[n])
    office.people.members[1] |= others
    page = office.goes(MINA, MyWorkshop(1))
    assert "10 people have joined." in page and "Have finished it: 5" in page
    assert "Samir" not in page and "Name2" not in page


def test_no_count_tells_of_a_single_person() -> None:
    def group(finished: int, others: int) -> list[Learner]:
        people = [Learner(n) for n in range(finished + others)]
        return [done(one) if n < finished else one for n, one in enumerate(people)]

    for finished in range(12):
        for others in range(12):
            told = have_finished(group(finished, others), MODULE)
            assert told == (finished if finished >= 5 and others >= 5 else None)


@pytest.mark.row("07")
def test_it_is_laid_down_or_taken_back_and_the_other_is_told(office: Office) -> None:
    asked(office)
    office.goes(MINA, AnswerAsking(1, True))
    office.goes(MINA, MyWorkshop(1))
    office.taps(MINA, "Lay it down")
    assert workshop(office) is None
    assert [to for to, _letter in office.told] == [LEA]
    asked(office)
    office.goes(MINA, AnswerAsking(1, True))
    office.goes(LEA, Person(1, office.person(MINA)))
    office.taps(LEA, "Take the workshop back")
    assert workshop(office) is None
    ((to, letter),) = office.told
    assert to == MINA and "You do not lead the workshop" in letter
    assert "Tuesday group" in office.goes(MINA, MyWorkshop(1)), "what is over leads to the group"


@pytest.mark.row("07")
def test_the_sheet_comes_to_who_leads_alone(office: Office) -> None:
    asked(office)
    for agreed, orders in ((False, []), (True, [(OrderKind.WORKSHOP, MODULE)])):
        if agreed:
            office.goes(MINA, AnswerAsking(1, True))
        office.goes(MINA, WorkshopSheet(1))
        assert [(o.kind, o.subject) for o in office.events if isinstance(o, Ordered)] == orders


def test_only_who_finished_it_is_asked_and_once(office: Office) -> None:
    assert "lead a workshop" not in office.goes(LEA, Person(1, office.person(SAMIR)))
    office.goes(LEA, SendAsking(1, office.person(SAMIR), MODULE))
    assert workshop(office, SAMIR) is None
    asked(office)
    office.goes(LEA, SendAsking(1, office.person(MINA), MODULE))
    assert not office.told


def test_who_leaves_the_group_leads_nothing(office: Office) -> None:
    asked(office)
    office.goes(MINA, MyGroup(1))
    office.taps(MINA, "Leave the group", "Yes, I leave")
    assert not office.people.fresh(office.who[MINA]).groups
    office.goes(MINA, AnswerAsking(1, True))
    assert not office.told
