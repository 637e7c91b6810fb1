"""Which work: one word of a line is enough where it stands in no other, on whichever page."""

from collections.abc import Iterator

from bot.conversation.action import Action
from bot.conversation.lexicon import Lexicon, lexicon
from bot.conversation.registry import Said, When, understands
from bot.flows.pairs.actions import MentorWork, MyWork, PickMyWork, PickWork
from bot.model.sectors import sector_name
from cards.folding import folded
from cards.meant import meant

SHORTEST = 4
"""Letters of a word that says what work it is."""


@understands(When.NEAR)
def _one_word(said: Said) -> Action | None:
    turn, place = said.turn, said.turn.place
    if said.slashed or not isinstance(place, MentorWork | MyWork):
        return None
    world = turn.world
    words = lexicon(world.say, world.languages)
    labels = [world.say(sector_name(id), turn.language) for id in world.work.list("sectors")]
    index = meant(said.text, [(label, *_words(label, words)) for label in labels], turn.language)
    if index is None:
        return None
    return PickMyWork(place.pair, index) if isinstance(place, MyWork) else PickWork(index)


def _words(label: str, words: Lexicon) -> Iterator[str]:
    """Each, also without an "and" that is written in one with it."""
    for word in folded(label).split():
        if word in words.between or len(word) < SHORTEST:
            continue
        yield word
        yield from (word.removeprefix(a) for a in words.prefixes if word.startswith(a))
