"""Options that cannot be told apart when they are typed, in the author's words and in each
translation. Pure.
"""

from collections.abc import Callable, Iterator
from itertools import combinations

from cards.folding import SAME, alike
from cards.question import Question
from cards.text import Text


def cannot_tell(
    question: Question, say: Callable[[Text], str], language: str = ""
) -> Iterator[tuple[str, bool]]:
    """What to say of each pair of options, and whether it fails the check: two that look the same
    do; two that differ by what people leave out on a keyboard are a warning, for they can still be
    typed exactly."""
    if not question.kind.worded:
        return
    spellings = [
        [say(option.pair or option.text), *map(say, option.also)] for option in question.options
    ]
    for mine, others in combinations(spellings, 2):
        if mine[0] == others[0]:  # said by `lint` already
            continue
        pairs = [
            (level, one, other)
            for one in mine
            for other in others
            if (level := alike(one, other, language)) is not None
        ]
        for level, one, other in sorted(pairs)[:1]:
            if level < SAME:
                yield f"the options `{one}` and `{other}` cannot be told apart when typed", True
            else:
                yield (
                    f"the options `{one}` and `{other}` can be told apart only by what people "
                    "leave out when they type",
                    False,
                )
