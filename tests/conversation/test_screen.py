"""The bar of a screen."""

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.screen import bar


def test_the_bar_is_never_full_before_the_end() -> None:
    assert bar(0, 8).values[0] == ("bar", "▱▱▱▱▱")
    assert bar(7, 8).values[0] == ("bar", "▰▰▰▰▱")
    assert bar(8, 8).values[0] == ("bar", "▰▰▰▰▰")
    assert bar(0, 0).values[0] == ("bar", "▱▱▱▱▱")


@given(st.integers(1, 60), st.integers(1, 60), st.integers(2, 10))
def test_the_bar_shows_the_first_step_and_only_grows(total: int, done: int, width: int) -> None:
    def filled(done: int) -> int:
        return str(bar(done, total, width).values[0][1]).count("▰")

    assert filled(0) == 0 < filled(done) and (filled(done) == width) == (done >= total)
    assert filled(done - 1) <= filled(done)
