"""The kinds of question, a file each. The first that fits an author's lines reads them."""

from cards.kinds.base import WrittenKind
from cards.kinds.choice import CHOICE
from cards.kinds.fill_in import FILL_IN
from cards.kinds.match import MATCH
from cards.kinds.order import ORDER
from cards.kinds.several import SEVERAL
from cards.kinds.true_false import TRUE_FALSE
from cards.kinds.word import WORD
from cards.question import Question

KINDS: tuple[WrittenKind, ...] = (ORDER, MATCH, WORD, FILL_IN, TRUE_FALSE, SEVERAL, CHOICE)
_NAMED = {kind.name: kind for kind in KINDS}


def kind_of(question: Question) -> WrittenKind:
    """The question's kind with all it can: how it is written, checked and guessed."""
    return _NAMED[question.kind.name]
