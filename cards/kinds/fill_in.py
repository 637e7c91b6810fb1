"""Fill-in: `___` in the sentence is where the word goes. It is chosen, or typed."""

from collections.abc import Callable, Iterator

from rapidfuzz.distance import OSA

from cards.folding import folded, match, script
from cards.kinds.base import Fault, OneOf, Written, one_box
from cards.meant import ALPHABETS
from cards.question import Choices, Question
from cards.text import Text

GAP = "___"


class FillIn(OneOf):
    name = "fill_in"

    def fits(self, written: Written) -> bool:
        return written.boxed and GAP in written.title

    def faults(self, written: Written) -> Iterator[Fault]:
        yield from one_box(written)
        if written.title.count(GAP) > 1:
            message = "more than one gap `___`: a question has one"
            yield Fault(written.number, message, breaks=False)

    def lint(self, question: Question, say: Callable[[Text], str]) -> Iterator[str]:
        if GAP not in say(question.text):
            yield f"the gap {GAP} is missing"


FILL_IN = FillIn()


def typed_word(
    question: Question, typed: str, translate: Callable[[Text], str], language: str = ""
) -> Choices | None:
    """What was typed into a gap, as a choice; None when it is none of the words. Forgiven is what
    `folding` forgives, and one typo in five letters of an alphabet, as long as that points to one
    option alone."""
    options = [
        [translate(spelling) for spelling in (option.text, *option.also)]
        for option in question.options
    ]
    found = match(typed, options, language)
    if found is not None:
        return (found,)
    wanted = folded(typed, language)
    near = {
        i
        for i, spellings in enumerate(options)
        for spelling in spellings
        if _one_slip(wanted, folded(spelling, language))
    }
    return (near.pop(),) if len(near) == 1 else None


def _one_slip(typed: str, word: str) -> bool:
    """Whether one key was missed in a word of five letters or more. Only in alphabets: elsewhere
    one sign is a syllable or a vowel, and a figure is never a slip."""
    if len(word) < 5 or not all(map(_slips, typed)) or not all(map(_slips, word)):
        return False
    return OSA.distance(typed, word, score_cutoff=1) == 1


def _slips(char: str) -> bool:
    return char in " -'" or (char.isalpha() and script(char) in ALPHABETS)
