"""Day and hour of a broadcast, as people type them."""

from datetime import date, timedelta

import pytest

from bot.conversation.event import evolve_all
from bot.conversation.turn import Moment, Turn, World, or_otherwise
from bot.flows.broadcasts import when
from bot.flows.broadcasts.actions import BroadcastTime
from bot.model.learner import Learner
from tests.support.broadcasts import DRAFT


@pytest.mark.parametrize(
    ("language", "typed", "day", "clock"),
    [
        ("en", "tomorrow 14:30", 1, (14, 30)),
        ("en", "Tomorrow at 2 pm", 1, (14, 0)),
        ("fr", "demain à 14h30", 1, (14, 30)),
        ("ar", "غدًا ١٤:٣٠", 1, (14, 30)),
        ("pt", "amanhã às 14:30", 1, (14, 30)),
        ("tr", "yarın 14:30", 1, (14, 30)),
        ("tr", "BUGÜN 18:00", 0, (18, 0)),
        ("en", "18:00", 0, (18, 0)),
        ("en", "10:00", 1, (10, 0)),
        ("fr", "mardi 8 juin 2027", None, None),
        ("en", "1 October, 10:15", 10, (10, 15)),
        ("en", "today 9:00", None, None),
        ("en", "tomorrow 22:00", None, None),
        ("en", "1 March 2027 10:00", None, None),
        ("en", "2026-01-01 10:00", None, None),
        ("en", "some day", None, None),
        ("en", "tomorrow", None, None),
    ],
)
def test_day_and_time_as_people_type_them(
    language: str, typed: str, day: int | None, clock: tuple[int, int] | None, world: World
) -> None:
    """D4. It is Monday, 21 September 2026, 14:13 by the author's clock."""
    learner = Learner(1, language=language, role="admin", broadcast=DRAFT)
    now = 1_790_000_000
    turn = Turn(learner, world, Moment(now=now))
    decision = or_otherwise(when.typed_day, BroadcastTime(), typed, turn)
    after = evolve_all(learner, decision.events, now).broadcast
    assert after and after.time == clock
    assert after.day == (None if day is None else date(2026, 9, 21) + timedelta(days=day))
    assert decision.events or decision.notes, "never silence"
