"""What is typed in tests, and what a question makes of it."""

from bot.conversation.decide import decide
from bot.conversation.turn import Decision, Moment, Turn, World
from bot.conversation.update import Typed, Update
from bot.model.learner import Learner
from tests.support.memory import People

NOW = 1_790_000_000


def decision_on(learner: Learner, text: str, world: World) -> Decision:
    update = Update("telegram", "1", "1", Typed(text), "en")
    moment = Moment(now=NOW, channel="telegram")
    return People().knowing(lambda known: decide(update, Turn(learner, world, known)), moment)
