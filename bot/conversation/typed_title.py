"""What a person types to be read by others: cleaned and kept within limits. Pure."""

from bot.conversation.turn import NotUsable
from bot.model.clean_text import nickname, one_line, paragraphs
from bot.model.words import Words, _

NICKNAME, TITLE, MESSAGE = 30, 60, 1000
"""Characters at most."""
LETTERS = _("Please type a name with letters.")


def typed_title(text: str) -> str:
    """A name of something; raises `NotUsable` where it has no letter or digit, or is too long."""
    return _fitting(one_line(text), TITLE, LETTERS)


def typed_name(text: str) -> str:
    """The same of what is read by others on a paper: a number alone is an answer that belongs
    elsewhere."""
    return typed_title(text if any(map(str.isalpha, text)) else "")


def typed_nickname(text: str, nothing: Words = LETTERS) -> str:
    """The same of a person in a list."""
    return _fitting(nickname(text), NICKNAME, nothing)


def typed_message(text: str) -> str:
    """The same of a message with its paragraphs."""
    return _fitting(paragraphs(text), MESSAGE, _("Please type your message."))


def with_more(drafted: str, text: str) -> str:
    """A message that waits for a yes, and what was typed below it."""
    return typed_message(f"{drafted}\n{text}")


def _fitting(clean: str, limit: int, nothing: Words) -> str:
    if not clean:
        raise NotUsable(nothing)
    if len(clean) > limit:
        too_long = _(
            "This is too long: {number} letters at most. Please make it shorter and type it again."
        )
        raise NotUsable(too_long.of(number=limit))
    return clean
