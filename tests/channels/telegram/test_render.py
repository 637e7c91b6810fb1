"""Screens on Telegram."""

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.render import shorten


@given(st.text(max_size=300), st.integers(20, 100))
def test_a_shortened_text_fits(text: str, limit: int) -> None:
    assert len(shorten(text, limit).encode("utf-16-le")) // 2 <= limit
