"""Who may do what: every action, every role."""

from dataclasses import dataclass, fields
from typing import Any

import pytest
from support import People

from bot import flows
from bot.conversation import action as a
from bot.conversation.event import Went, evolve_all
from bot.conversation.rights import FOR_ALL, NEEDS, RIGHTS, may
from bot.conversation.update import Tap, Typed, Update
from bot.flows import Moment, World, broadcasts, decide, groups, show, staff
from bot.flows.staff import people
from bot.model.group import Role
from bot.model.learner import Learner

LEARNERS_SIDE = (".consent", ".membership", ".newcomers", ".my_meeting", ".reply")
SAMPLES: dict[Any, Any] = {int: 1, str: "x", bool: True, tuple[int, ...]: (0,)}
STAFF_ACTIONS = sorted(NEEDS, key=lambda action: action.code)


def sample(action: type[a.Action]) -> a.Action:
    types = {"int": int, "str": str, "bool": bool, "tuple[int, ...]": tuple[int, ...]}
    return action(*(SAMPLES[types.get(str(f.type), f.type)] for f in fields(action)))


def test_every_action_is_for_all_or_needs_a_right() -> None:
    handlers = {**flows._DO, **flows._SHOW, **flows._TYPED}
    assert not FOR_ALL & set(NEEDS)
    assert FOR_ALL | set(NEEDS) == set(handlers)
    keepers = tuple(m.__name__ for m in (groups, staff, broadcasts))
    of_staff = {
        action
        for action, flow in handlers.items()
        if flow.__module__.startswith(keepers) and not flow.__module__.endswith(LEARNERS_SIDE)
    }
    by_link = {
        a.BecomeStaff,
        a.AcceptRole,
        a.BecomeColleague,
        a.BeColleague,
        a.ColleagueFrom,
        a.ColleagueName,
    }
    assert of_staff & FOR_ALL == by_link


def test_an_action_without_a_decision_about_it_is_for_nobody() -> None:
    @dataclass(frozen=True)
    class New(a.Action):
        code = "new"

    assert not may(Learner(5, role=Role.ADMIN), Moment(now=1, admin=True), New())


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", STAFF_ACTIONS, ids=lambda action: action.__name__)
def test_what_is_not_allowed_changes_nothing(
    action: type[a.Action], role: Role, world: World
) -> None:
    learner = Learner(5, language="en", role=role, staff_name="Lea")
    moment = Moment(now=1_790_000_000, spare_code="12", spare_token="t")
    allowed = NEEDS[action] in RIGHTS[role]
    assert may(learner, moment, sample(action)) is allowed
    tap = Update("telegram", "1", "5", Tap(a.encode(sample(action))))
    decision = People().knowing(lambda known: decide(learner, tap, world, known), moment)
    refused = decision.events == (Went(a.Home()),) and decision.notes == (flows.NOT_YOURS,)
    assert refused is not allowed
    if isinstance(sample(action), a.Place):  # the role was taken away while they stood there
        there = evolve_all(learner, [Went(sample(action))], moment.now)  # type: ignore[arg-type]
        screen = People().knowing(lambda known: show(there, world, known), moment)
        home = People().knowing(
            lambda known: show(evolve_all(learner, [Went(a.Home())], moment.now), world, known),
            moment,
        )
        assert allowed or screen == home
        words = Update("telegram", "2", "5", Typed("2027-06-30"))
        typed = People().knowing(lambda known: decide(there, words, world, known), moment)
        assert allowed or typed.events == ()


def test_an_admin_of_the_settings_may_do_everything(world: World) -> None:
    nobody = Learner(5, language="en")
    assert all(may(nobody, Moment(now=1, admin=True), sample(action)) for action in NEEDS)
    assert not any(may(nobody, Moment(now=1), sample(action)) for action in NEEDS)


@pytest.mark.parametrize(
    ("typed", "serial"),
    [
        ("00C0 FFEE 00c0 ffee", "00c0ffee00c0ffee"),
        ("certificate 0123 4567 89ab cdef", "0123456789abcdef"),
        ("Please take back 0123456789abcdef!", "0123456789abcdef"),
        ("№ ٠١٢٣ ٤٥٦٧ 89ab cdef", "0123456789abcdef"),
        ("0123456789abcdef0", None),
        ("what?", None),
    ],
)
def test_the_number_of_a_certificate_is_found_among_words(typed: str, serial: str | None) -> None:
    assert people.serial_in(typed) == serial
