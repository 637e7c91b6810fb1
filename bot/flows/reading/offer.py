"""Which language it is about, and the button that leads there."""

from bot.conversation.screen import Button
from bot.conversation.turn import Turn
from bot.flows.reading.actions import ReadingPage
from bot.model.words import _


def other_language(turn: Turn) -> str:
    """The language of the country; where the operator named none, what somebody reads besides
    their own. Empty where there are no texts in it, or where it is their own."""
    other = turn.world.country or turn.learner.also
    offered = other in turn.programme.entry.passages and other in turn.world.languages
    return other if offered and other != turn.language else ""


def can_you_read(turn: Turn) -> tuple[Button, ...]:
    """The way to the texts, where there are some."""
    if not (other := other_language(turn)):
        return ()
    name = turn.world.name_of(other, turn.language)
    return (Button(_("📗 Can I read {language}?").of(language=name), ReadingPage()),)
