"""Somebody says hello or thank you, as one does in a chat: they are answered, and read where they
are.
"""

from functools import lru_cache

from bot.conversation.lexicon import Say
from bot.conversation.registry import Said, When, understands
from bot.conversation.turn import Decision
from bot.conversation.typed_greeting import GREETINGS
from bot.model.words import Msg, _
from cards.folding import folded

# Translators: words of thanks, separated by |, the most usual first.
THANKS = _("thank you|thanks|many thanks|thank you very much|thank you so much")
ANSWERS = {GREETINGS: _("Hello! You are here:"), THANKS: _("You are welcome. You are here:")}


@understands(When.POLITE)
def polite(said: Said) -> Decision | None:
    """In any language offered. Words that stand in the text besides make it another one. The first
    screen of all is a greeting itself."""
    if said.turn.learner.language is None:
        return None
    world = said.turn.world
    answer = _answers(world.say, tuple(world.languages)).get(folded(said.text))
    return Decision(notes=(answer,), fresh=True) if answer else None


@lru_cache(maxsize=4)
def _answers(say: Say, languages: tuple[str, ...]) -> dict[str, Msg]:
    """What is typed, folded -> what is answered."""
    return {
        folded(each): answer
        for words, answer in ANSWERS.items()
        for language in languages
        for each in say(words, language).split("|")
    }
