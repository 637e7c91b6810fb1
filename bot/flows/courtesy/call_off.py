"""“Cancel”, typed where a text or a file is asked for, leads out and leaves nothing of it behind.

In some languages the word also stops all messages (`bot.flows.account.stop_words`): it does, where
nothing is being written.
"""

from dataclasses import replace
from functools import lru_cache

from bot.conversation.action import Action, Back
from bot.conversation.decide import act, show
from bot.conversation.everyday import NO, plainly
from bot.conversation.lexicon import Say, lexicon
from bot.conversation.registry import READERS, RECEIVERS, Said, When, does, understands
from bot.conversation.screen import BACK
from bot.conversation.turn import Decision, Turn
from bot.conversation.typed_text import by_words
from bot.flows.courtesy.actions import CallOff
from bot.model.words import Words, _
from cards.folding import Candidates
from cards.text import ENGLISH

CALLED_OFF = _("Called off. Nothing was sent. You are here:")
NOTHING = _("You are not writing anything just now. You are here:")
_OUT = ("Not now", "No")
"""Labels, as their authors wrote them, of buttons that lead out of what is asked for."""


@understands(When.BUTTON)
def _typed(said: Said) -> Action | None:
    """Before the same word stops messages. A button of the screen that has it is that button, and a
    question that is no text is answered no."""
    turn, world = said.turn, said.turn.world
    if said.slashed or _words(world.languages, world.say).match(said.text) is None:
        return None
    if _asked_for(turn):
        return CallOff()
    if own := by_words(said.text, said.screen, turn.language, world.say):
        return own
    words = lexicon(world.say, world.languages)
    no = plainly(world.say(NO, ENGLISH).split("|")[0], said.screen.options, words, world.say)
    return no.action if no else None


@does(CallOff)
def call_off(_tap: CallOff, turn: Turn) -> Decision:
    """At a last look at what was written it is the way back. Anywhere else nothing is called off,
    and nobody may think so: of what they agreed to, or of what is being sent."""
    say = turn.world.say
    shown = {say(b.label, ENGLISH): b.action for b in show(turn).buttons}
    way = next((shown[label] for label in _OUT if label in shown), None)
    if _asked_for(turn):
        way = way or Back()
    elif turn.place.draft:
        way = way or shown.get(say(BACK, ENGLISH))
    if way is None:
        return Decision(notes=(NOTHING,), fresh=True)
    left = act(way, turn)
    return replace(left, notes=(CALLED_OFF, *left.notes), fresh=True)


def _asked_for(turn: Turn) -> bool:
    """Whether a text is, or a file alone."""
    place = type(turn.place)
    return place in READERS or (place in RECEIVERS and not show(turn).options)


@lru_cache(maxsize=8)
def _words(languages: tuple[str, ...], say: Say) -> Candidates:
    given = CallOff.command
    assert given and given.words
    spoken: Words = given.words
    return Candidates([[word for each in languages for word in say(spoken, each).split("|")]])
