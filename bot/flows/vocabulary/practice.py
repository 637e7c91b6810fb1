"""Practice: from the word to its meaning, and from the meaning to the word.

Where somebody reads two languages, the word is in the one of the country and the meaning in their
own. The word that is asked and the way are the place, so an old button does nothing.
"""

from bot.conversation.action import Home
from bot.conversation.event import Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import MENU, NEXT, Button, Screen
from bot.conversation.turn import STAY, Decision, Turn
from bot.flows.both_languages.pair import Pair, above, pair_of, twice
from bot.flows.vocabulary.actions import (
    AnswerWord,
    MyWords,
    PractiseWords,
    WordQuestion,
    WordTold,
)
from bot.flows.vocabulary.collected import Collected, code_of, collected, word_of
from bot.flows.vocabulary.events import WordPractised
from bot.model.learner import day_of
from bot.model.words import Msg, Words, _
from cards.ids import short_code
from cards.model import Module, Word

WORDS = 5
"""Words in one practice."""
OPTIONS = 3


@does(PractiseWords)
def practise(tap: PractiseWords, turn: Turn) -> Decision:
    """The word that is due longest; where none is, one that was not asked today."""
    waiting = [one for one in collected(turn) if _can_be_asked(one, turn)]
    if not waiting:
        return Decision((Went(MyWords()),), notes=(_("✅ All your words are asked for today."),))
    if tap.round >= WORDS:
        done = _("✅ {number} words practised. You can go on, now or another day.")
        return Decision((Went(MyWords()),), notes=(done.of(number=WORDS),))
    one = waiting[0]
    asked = WordQuestion(one.module.id, one.code, bool(tap.round % 2), tap.round)
    return Decision((Went(asked),))


def _can_be_asked(one: Collected, turn: Turn) -> bool:
    return one.memory.interval == 0 or one.memory.last < day_of(turn.now)


def offered(module: Module, word: Word, round: int) -> tuple[Word, ...]:
    """The word among others of its module, mixed anew each round."""

    def by_chance(other: Word) -> int:
        return short_code(f"{round}/{code_of(word)}", other.term.source)

    others = sorted((w for w in module.glossary if w != word), key=by_chance)[: OPTIONS - 1]
    return tuple(sorted((word, *others), key=by_chance))


@shows(WordQuestion)
def show_word_question(place: WordQuestion, turn: Turn) -> Screen:
    module, word = word_of(place.module, place.word, turn)
    pair = pair_of(module.id, turn)
    options = offered(module, word, place.round)
    return Screen(
        title=_own(word.meaning, pair) if place.back else above(word.term, pair),
        lines=(_("Which word is it?") if place.back else _("What does this word mean?"),),
        options=tuple(
            Button(
                above(other.term, pair) if place.back else _own(other.meaning, pair),
                AnswerWord(place.module, place.word, place.back, place.round, chosen),
            )
            for chosen, other in enumerate(options)
        ),
        rows=((Button(_("★ My words"), MyWords()), Button(MENU, Home())),),
        category=turn.programme.category_of(module.id),
        asks=True,
    )


def _own(words: Words, pair: Pair) -> Words:
    return above(words, pair[1:])


@does(AnswerWord)
def answer_word(tap: AnswerWord, turn: Turn) -> Decision:
    if turn.place != WordQuestion(tap.module, tap.word, tap.back, tap.round):
        return STAY
    module, word = word_of(tap.module, tap.word, turn)
    options = offered(module, word, tap.round)
    if tap.chosen >= len(options):
        return STAY
    knew = options[tap.chosen] == word
    told = WordTold(tap.module, tap.word, tap.round, knew)
    return Decision((WordPractised(module.id, word.term.source, knew), Went(told)), fresh=True)


@shows(WordTold)
def show_word_told(place: WordTold, turn: Turn) -> Screen:
    module, word = word_of(place.module, place.word, turn)
    line = Msg("**{term}**: {meaning}").of(term=word.term, meaning=word.meaning)
    verdict = _("✅ That is right.") if place.knew else _("🔁 Not this one.")
    again = () if place.knew else (_("It comes again soon."),)
    return Screen(
        lines=(verdict, *twice((line,), pair_of(module.id, turn)), *again),
        rows=((Button(NEXT, PractiseWords(place.round + 1)),), (Button(MENU, Home()),)),
        category=turn.programme.category_of(module.id),
    )
