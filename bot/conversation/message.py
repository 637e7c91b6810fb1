"""Messages that come unasked or from another person, and what can be done about them. Pure.

A note is stored sealed as its kind and values (`bot.model.message`) until it is handed over; its
words are found then, in the language of who reads it. Each feature has those of its own in a
function below `@says`.
"""

from collections.abc import Callable

from bot.conversation.screen import Screen
from bot.model.message import Note, NoteKind
from bot.model.words import _

GO_ON = _("▶ Go on")
Says = Callable[[Note], Screen | None]
_SCREENS: dict[NoteKind, Says] = {}


def says(kind: NoteKind) -> Callable[[Says], Says]:
    """Below it stands the message of this kind of note."""

    def registered(function: Says) -> Says:
        if kind in _SCREENS:
            raise ValueError(f"two messages for {kind}")
        _SCREENS[kind] = function
        return function

    return registered


def screen(note: Note) -> Screen | None:
    """The message; None for a kind that this version does not know."""
    made = _SCREENS.get(note.kind)
    return made(note) if made else None
