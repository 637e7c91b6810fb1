"""What is guessed from a typed text stands beside a screen's own buttons, never instead of them."""

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.whatsapp.render import render
from bot.conversation.action import Home
from bot.conversation.screen import MORE, MOST_ROWS, Button, Screen, suggesting
from bot.flows.learning.actions import Cover
from bot.i18n.catalogues import Catalogues
from bot.model.words import verbatim

LIKELY = [Button(verbatim(f"guess {n}"), Cover(f"guess-{n}")) for n in range(3)]


@given(st.integers(0, 6), st.lists(st.integers(0, 3), max_size=7), st.integers(1, 3))
def test_own_buttons_stay_and_seven_rows_are_enough(
    options: int, across: list[int], guesses: int
) -> None:
    rows = tuple(
        tuple(Button(verbatim(f"{row}.{n}"), Cover(f"{row}-{n}")) for n in range(count))
        for row, count in enumerate(across)
    )
    own = tuple(Button(verbatim(f"o{n}"), Cover(f"option-{n}")) for n in range(options))
    screen = Screen(options=own, rows=rows)
    found = suggesting(screen, LIKELY[:guesses], Button(MORE, Home()))
    kept = [row for row in rows if row]
    if found is None:
        assert len(kept) + bool(own) >= MOST_ROWS
        return
    assert found.options == own and list(found.rows[: len(kept)]) == kept
    assert len(found.rows) + bool(own) <= MOST_ROWS
    guessed = [button.action for row in found.rows[len(kept) :] for button in row]
    assert guessed[0] == LIKELY[0].action
    assert guessed == [b.action for b in LIKELY[:guesses]] or guessed[-1] == Home()


def test_a_list_that_is_full_has_the_likeliest(words: Catalogues) -> None:
    """On WhatsApp ten rows are all: the others are typed, as they were before."""
    ways = tuple((Button(verbatim(f"way {n}"), Cover(f"way-{n}")),) for n in range(5))
    options = tuple(Button(verbatim(f"option {n}"), Cover(f"o-{n}")) for n in range(8))
    found = suggesting(Screen(options=options, rows=ways), LIKELY, Button(MORE, Home()))
    assert found
    (message,) = render(found, "en", words)
    assert len(message.rows) == 10 and "guess 0" in [row.title for row in message.rows]
    assert all(f"way {n}" in message.body for n in range(1, 5))
