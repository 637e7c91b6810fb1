"""A message that goes to somebody who did not just write: from one person to another, or from
nobody. Pure.

It is stored sealed as its kind and values until it is handed over; its words are found then, in the
language of who reads it (`bot.conversation.message`).
"""

from dataclasses import dataclass, field
from typing import NewType

NoteKind = NewType("NoteKind", str)
"""Made by `kind`, by the feature that has notes of it; a stored one may be of a newer version."""


@dataclass(frozen=True)
class Note:
    """`kind` names its words, `values` go into them."""

    kind: NoteKind
    values: tuple[tuple[str, str], ...] = field(default=())

    def __getitem__(self, name: str) -> str:
        return dict(self.values)[name]

    @property
    def traits(self) -> "Traits":
        """Those of its kind; none for a kind that this version does not know."""
        return _KINDS.get(self.kind, Traits())


@dataclass(frozen=True)
class Traits:
    """How a kind of note is treated on its way."""

    asked_for: bool = False
    """It answers somebody, or is work: STOP and the night do not hold it back."""
    unasked: bool = False
    """It comes by itself, from nobody: last, and only where something can be sent."""
    for_staff: bool = False
    """Work of staff: who is none any more gets none."""
    of_group: bool = False
    """Between a counsellor and a learner of their group: who left gets none. Has `group`."""
    from_learner: bool = False
    """It holds a learner's words for their counsellor. Has `learner`."""
    of_pair: bool = False
    """Between the two of a pair: nothing is handed over once it is not one any more. Has `pair`."""
    of_meeting: bool = False
    """Of a meeting: one that was changed, cancelled or is over is not told any more. Has `group`
    and `meeting`."""
    announces: bool = False
    """Words of an admin, as they wrote them. Has `text`, `language` and perhaps `media`."""
    commands: bool = False
    """Nothing to read: a messenger that shows commands shows those of `role`."""
    seconds: int = 14 * 24 * 3600
    """How long it is kept for who cannot be reached."""


_KINDS: dict[str, Traits] = {}


def kind(name: str, traits: Traits | None = None) -> NoteKind:
    """Registers a kind of note; `name` is stored and stays. Returns it."""
    if name in _KINDS:
        raise ValueError(f"two kinds of note are called {name}")
    _KINDS[name] = traits or Traits()
    return NoteKind(name)


def note(kind: NoteKind, **values: object) -> Note:
    return Note(kind, tuple((name, str(value)) for name, value in values.items()))
