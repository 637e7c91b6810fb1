"""The buttons: what a code means, what it carries, who may do it. Buttons of today stand in chats
for years and in snapshots, so the list in `golden/actions.txt` grows and never changes."""

from dataclasses import MISSING, fields
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.action import REGISTERED, Action, Place, decode, encode
from bot.conversation.decide import decide
from bot.conversation.registry import DOERS, READERS, SHOWERS
from bot.conversation.turn import HERE, Decision, Moment, Turn, World
from bot.conversation.update import Tap, Update
from bot.model.learner import Learner
from bot.model.roles import Role
from tests.support.world import TESTS

GOLDEN = TESTS / "golden" / "actions.txt"


def _named(function: Any) -> str:
    if function is None:
        return "-"
    feature = function.__module__.removeprefix("bot.flows.").split(".")[0]
    return f"{feature}.{function.__name__}"


def _field(field: Any) -> str:
    text = isinstance(field.type, type) and issubclass(field.type, str)  # an enum is its value
    kind = "str" if text else getattr(field.type, "__name__", str(field.type))
    kind = str(field.type) if kind == "tuple" else kind
    return f"{field.name}:{kind}" + ("" if field.default is MISSING else f"={field.default!r}")


def _line(code: str, cls: type[Action]) -> str:
    kind = "action"
    if issubclass(cls, Place):
        kind = "place" + " main" * cls.main + " draft" * cls.draft
    words = " ".join((*cls.command.also, cls.command.name)) if cls.command else "-"
    read = READERS.get(cls)  # type: ignore[arg-type]
    done = (DOERS.get(cls), SHOWERS.get(cls), read and read.read)  # type: ignore[arg-type]
    does, shows, reads = map(_named, done)
    holds = " ".join(map(_field, fields(cls))) or "-"
    return " | ".join((code, holds, cls.right, kind, words, does, shows, reads))


def test_every_button_means_what_it_always_meant() -> None:
    listed = "\n".join(_line(code, cls) for code, cls in sorted(REGISTERED.items()))
    assert listed + "\n" == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("filling", ["é", "م", "🙂", "\u200f", "x", "0"])
def test_a_forged_button_is_counted_in_bytes(filling: str) -> None:
    """S22: Telegram's 64 are bytes. Whatever passes here can be written on a button again."""
    for code in REGISTERED:
        for length in (1, 20, 31, 50, 61, 64):
            action = decode(f"{code}:{filling * length}")
            assert action is None or len(encode(action).encode()) <= 64
            if len(f"{code}:{filling * length}".encode()) > 64:
                assert action is None


_VALUES: dict[Any, st.SearchStrategy[Any]] = {
    int: st.integers(-3, 2**64) | st.integers(),
    bool: st.booleans(),
    str: st.text(max_size=20),
    tuple[int, ...]: st.lists(st.integers(-2, 12), max_size=4).map(tuple),
}


@st.composite
def _actions(draw: st.DrawFn) -> Action:
    """Any action with any values of its fields' types."""
    cls = REGISTERED[draw(st.sampled_from(sorted(REGISTERED)))]
    types: list[Any] = [field.type for field in fields(cls)]
    values = (_VALUES[each] if each in _VALUES else st.sampled_from(list(each)) for each in types)
    return cls(*map(draw, values))


@given(_actions())
def test_what_a_button_can_be_made_of_is_read_back_as_it_was(action: Action) -> None:
    """Everything else is refused when it is made, not when somebody taps it."""
    try:
        data = encode(action)
    except ValueError:
        sound = all(
            (not isinstance(value, int) or 0 <= value < 2**63)
            and (not isinstance(value, str) or (value.isprintable() and ":" not in value))
            and (not isinstance(value, tuple) or all(0 <= each <= 9 for each in value))
            for value in (getattr(action, field.name) for field in fields(action))
        )
        held = "".join(str(getattr(action, field.name)) for field in fields(action))
        assert not sound or len(held.encode()) > 30
    else:
        assert decode(data) == action


@pytest.mark.parametrize("forged", ["x", "", "TITLE"])
def test_a_choice_that_does_not_exist_is_an_old_button(forged: str, world: World) -> None:
    """Of every action that carries one: nothing happens, and they see where they are."""
    admin = Learner(1, language="en", role=Role.ADMIN)
    tried = 0
    for code, cls in REGISTERED.items():
        for place, field in enumerate(fields(cls)):
            if not (isinstance(field.type, type) and issubclass(field.type, StrEnum)):
                continue
            values = ["1"] * len(fields(cls))
            values[place] = forged
            tapped = Update("telegram", "1", "1", Tap(":".join((code, *values))))
            decision = decide(tapped, Turn(admin, world, Moment(now=1)))
            assert decision == Decision(toast=HERE, fresh=True), cls
            tried += 1
    assert tried > 10
