"""A practical task: half an hour or more away from the chat, with something that remains.

# One difficult talk, prepared {.practice}
40 minutes

1. Choose a talk that you put off.
2. Write four lines.

Four lines, before and after the practice.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cards.text import Text


@dataclass(frozen=True, slots=True)
class Practice:
    """`result` is what the learner has at the end."""

    id: str
    title: Text
    minutes: int
    steps: tuple[Text, ...]
    result: Text
    line: int = 0

    def texts(self) -> Iterator[Text]:
        yield from (self.title, *self.steps, self.result)
