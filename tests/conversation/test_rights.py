"""Who may do what: every action, every role."""

from dataclasses import fields
from enum import StrEnum
from typing import Any

import pytest

from bot.conversation.action import REGISTERED, Action, Home, Place, encode
from bot.conversation.decide import NOT_YOURS, decide, show
from bot.conversation.event import Went, evolve_all
from bot.conversation.registry import DOERS, READERS, SHOWERS
from bot.conversation.rights import may
from bot.conversation.turn import Drawn, Moment, Turn, World
from bot.conversation.update import Tap, Typed, Update
from bot.flows import broadcasts, groups, staff
from bot.flows.groups.colleague_actions import (
    BeColleague,
    BecomeColleague,
    ColleagueFrom,
    ColleagueName,
)
from bot.flows.staff import people
from bot.flows.staff.actions import AcceptRole, BecomeStaff
from bot.model.learner import Learner
from bot.model.roles import RIGHTS, Right, Role
from tests.support.memory import People

LEARNERS_SIDE = (
    ".consent",
    ".membership",
    ".share_too",
    ".my_group",
    ".my_meeting",
    ".ask_counsellor",
    ".reply",
)
SAMPLES: dict[Any, Any] = {int: 1, str: "x", bool: True, tuple[int, ...]: (0,)}
STAFF_ACTIONS = sorted(
    (cls for cls in REGISTERED.values() if cls.right is not Right.ANYBODY),
    key=lambda action: action.code,
)


def sample(action: type[Action]) -> Action:
    return action(*(_sample(f.type) for f in fields(action)))


def _sample(kind: Any) -> Any:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return next(iter(kind))
    return SAMPLES[kind]


def test_what_staff_do_needs_a_right() -> None:
    read = {place: reads.read for place, reads in READERS.items()}
    handlers: dict[Any, Any] = {**DOERS, **SHOWERS, **read}
    keepers = tuple(m.__name__ for m in (groups, staff, broadcasts))
    of_staff = {
        action
        for action, flow in handlers.items()
        if flow.__module__.startswith(keepers) and not flow.__module__.endswith(LEARNERS_SIDE)
    }
    by_link = {
        BecomeStaff,
        AcceptRole,
        BecomeColleague,
        BeColleague,
        ColleagueFrom,
        ColleagueName,
    }
    assert {action for action in of_staff if action.right is Right.ANYBODY} == by_link


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", STAFF_ACTIONS, ids=lambda action: action.__name__)
def test_what_is_not_allowed_changes_nothing(
    action: type[Action], role: Role, world: World
) -> None:
    learner = Learner(5, language="en", role=role, staff_name="Lea")
    moment = Moment(now=1_790_000_000, spare=Drawn("12", "t"))
    allowed = action.right in RIGHTS[role]
    assert may(sample(action), Turn(learner, world, moment)) is allowed
    tap = Update("telegram", "1", "5", Tap(encode(sample(action))))
    decision = People().knowing(lambda known: decide(tap, Turn(learner, world, known)), moment)
    refused = decision.events == (Went(Home()),) and decision.notes == (NOT_YOURS,)
    assert refused is not allowed
    if isinstance(sample(action), Place):  # the role was taken away while they stood there
        there = evolve_all(learner, [Went(sample(action))], moment.now)  # type: ignore[arg-type]
        screen = People().knowing(lambda known: show(Turn(there, world, known)), moment)
        home = People().knowing(
            lambda known: show(Turn(evolve_all(learner, [Went(Home())], moment.now), world, known)),
            moment,
        )
        assert allowed or screen == home
        words = Update("telegram", "2", "5", Typed("2027-06-30"))
        typed = People().knowing(lambda known: decide(words, Turn(there, world, known)), moment)
        assert allowed or typed.events == ()


def test_an_admin_of_the_settings_may_do_everything(world: World) -> None:
    nobody = Learner(5, language="en")
    assert all(
        may(sample(action), Turn(nobody, world, Moment(now=1, admin=True)))
        for action in STAFF_ACTIONS
    )
    assert not any(
        may(sample(action), Turn(nobody, world, Moment(now=1))) for action in STAFF_ACTIONS
    )


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
