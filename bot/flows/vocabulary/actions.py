"""The buttons and places of one's own words. `word` is the code that a word has in its module's
glossary (`bot.flows.vocabulary.collected`)."""

from bot.conversation.action import Action, Place
from bot.model.roles import Right


class ExplainWord(Action, code="we", right=Right.ANYBODY):
    """What a bold word of the card on the screen means; `number` counts them from 0."""

    attempt: int
    step: int
    number: int


class MyWords(Place, code="ww", right=Right.ANYBODY):
    """The words that one has collected."""

    page: int = 0


class PractiseWords(Action, code="wp", right=Right.ANYBODY):
    """The next word; `round` counts those of this practice."""

    round: int = 0


class WordQuestion(Place, code="wq", right=Right.ANYBODY):
    """What does this word mean? `back`: which word means this?"""

    module: str
    word: int
    back: bool
    round: int


class AnswerWord(Action, code="wa", right=Right.ANYBODY):
    """`chosen` is a place on the screen."""

    module: str
    word: int
    back: bool
    round: int
    chosen: int


class WordTold(Place, code="wt", right=Right.ANYBODY):
    """Whether it was right, and the word with its meaning."""

    module: str
    word: int
    round: int
    knew: bool
