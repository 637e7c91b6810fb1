"""How each kind of question is asked, a file each."""

from bot.flows.learning.kinds.base import Asking
from bot.flows.learning.kinds.choice import AskChoice
from bot.flows.learning.kinds.fill_in import AskFillIn
from bot.flows.learning.kinds.match import AskMatch
from bot.flows.learning.kinds.order import AskOrder
from bot.flows.learning.kinds.several import AskSeveral
from bot.flows.learning.kinds.true_false import AskTrueFalse
from bot.flows.learning.kinds.word import AskWord
from cards.question import Question

ASKED: tuple[Asking, ...] = (
    AskChoice(),
    AskTrueFalse(),
    AskFillIn(),
    AskWord(),
    AskSeveral(),
    AskOrder(),
    AskMatch(),
)
_OF = {asking.kind.name: asking for asking in ASKED}


def asking_of(question: Question) -> Asking:
    return _OF[question.kind.name]
