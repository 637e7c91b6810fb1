"""The places of it. What is answered stands in the place alone."""

from enum import StrEnum

from bot.conversation.action import Action, Place
from bot.model.roles import Right


class Lessons(StrEnum):
    """In which language lessons come: that of the country, both, one's own."""

    COUNTRY = "c"
    BOTH = "b"
    OWN = "o"


class ReadingPage(Place, code="ro", right=Right.ANYBODY, aside=True, asks=True):
    """A text: could one read it? `answers` are those before it, from 1, the easiest first. After
    the last: what is proposed."""

    answers: tuple[int, ...] = ()


class TakeLessons(Action, code="ra", right=Right.ANYBODY):
    """Lessons come like this from now on."""

    how: Lessons
