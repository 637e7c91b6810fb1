"""The places of the library."""

from bot.conversation.action import Action, Command, Place
from bot.model.roles import Right
from bot.model.words import _


class Library(
    Place,
    code="bk",
    right=Right.ANYBODY,
    home=_("🔎 Find"),
    command=Command(
        "library",
        order=64,
        # Translators: words that people type to search cards, words and answers.
        words=_("library|search"),
        menu=_("Search cards, words and answers"),
    ),
):
    """Words to look for are typed here."""


class Questions(
    Place,
    code="bq",
    right=Right.ANYBODY,
    command=Command(
        "faq",
        order=65,
        # Translators: words that people type to see what is asked often.
        words=_("faq|questions"),
        menu=_("Questions and answers"),
    ),
):
    """What is asked often."""

    page: int = 0


class Found(Place, code="bf", right=Right.ANYBODY):
    """The ways on that a search found, by their codes (`bot.flows.library.search.code_of`); 0 is
    none. What was typed is not in it."""

    first: int = 0
    second: int = 0
    third: int = 0
    fourth: int = 0


class AnswerPage(Place, code="ba", right=Right.ANYBODY):
    """One of these with its answer."""

    answer: str


class CardPage(Place, code="bc", right=Right.ANYBODY):
    """A card outside of its lesson; `card` is its code in the module
    (`cards.ids.short_code`)."""

    module: str
    card: int


class WordPage(Place, code="bw", right=Right.ANYBODY):
    """A word of a module's glossary; `word` is its code there."""

    module: str
    word: int


class GetHandout(Action, code="bp", right=Right.ANYBODY):
    """The module on paper, as a handout."""

    module: str
