"""Does somebody come to a meeting? The answer as buttons, and as people type it under the message
that asks.

The newest message is what they answer, whatever stands above it: `1`, `2`, yes and no, and the
buttons' own words in any language. Later only those own words are, while nothing was said.
"""

import re

from bot.conversation.action import Action
from bot.conversation.chosen import bare_number
from bot.conversation.everyday import NO, YES
from bot.conversation.lexicon import lexicon
from bot.conversation.registry import Said, When, understands
from bot.conversation.screen import Button, Screen
from bot.conversation.turn import Turn
from bot.conversation.typed_text import option
from bot.flows.groups.member_actions import AnswerMeeting, AnswerSure, ForWhom
from bot.model.group import LastLetter, Letter
from bot.model.words import _
from cards.folding import COMMAS, folded


def answers(group: int, meeting: int) -> tuple[Button, ...]:
    return (
        Button(_("Yes, I will"), AnswerMeeting(group, meeting, True), also=(YES,)),
        Button(_("No, I cannot"), AnswerMeeting(group, meeting, False), also=(NO,)),
    )


@understands(When.REPLY)
def _right_under_it(said: Said) -> Action | None:
    """Where a text is asked for, a number is that text."""
    letter = _last(said)
    if letter is None or letter.at < said.turn.learner.last_at:
        return None
    asked_for = said.reads and not _under_an_answer(said)
    if asked_for and bare_number(said.text) is not None:
        return None
    return meant(said.text, letter, said.turn)


@understands(When.BETWEEN)
def _its_words_later(said: Said) -> Action | None:
    letter = None if said.reads and not _under_an_answer(said) else _last(said)
    if letter is None or letter.meeting in said.turn.learner.groups[letter.group].replies:
        return None
    world, typed = said.turn.world, folded(said.text)
    found = (
        button.action
        for button in answers(letter.group, letter.meeting)
        for language in world.languages
        if typed in _own_words(world.say(button.label, language))
    )
    return next(found, None)


def _own_words(label: str) -> set[str]:
    """Of “No, I cannot”: that, and “I cannot”, which answers nothing else."""
    return {folded(label), folded(re.split(f"[{COMMAS}] ", label)[-1])}


def _last(said: Said) -> Letter | None:
    """The letter that came last, where it asks."""
    learner = said.turn.learner
    if said.slashed or not learner.language or not learner.groups:
        return None
    letter = said.turn.ask(LastLetter(learner.id))
    return letter if letter and letter.meeting and letter.group in learner.groups else None


def _under_an_answer(said: Said) -> bool:
    return isinstance(said.turn.place, AnswerSure | ForWhom)


def meant(text: str, letter: Letter, turn: Turn) -> Action | None:
    """What a text says to the question of a letter, in the language of the chat, then in others."""
    if not letter.meeting or letter.group not in turn.learner.groups:
        return None
    world, screen = turn.world, Screen(options=answers(letter.group, letter.meeting))
    words = lexicon(world.say, world.languages)
    languages = dict.fromkeys((turn.language, *world.languages))
    found = (option(text, screen, words, language, world.say) for language in languages)
    return next(filter(None, found), None)
