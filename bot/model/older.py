"""What an older version kept otherwise. Pure."""

from dataclasses import replace

from bot.model.learner import BOX_DAYS, Learner
from bot.model.spaced import MIDDLING, Recall, kept, recall


def carried_over(learner: Learner) -> Learner:
    """A snapshot of an older version, its reviews where they are kept now."""
    memory = learner.memory
    for ref, due in learner.reviews.items():
        module, deck, question = ref.split("/")
        days = BOX_DAYS[min(due.box, len(BOX_DAYS) - 1)]
        if recall(memory, module, deck, question) is None:
            memory = kept(
                memory, module, deck, question, Recall(due.day, days, float(days), MIDDLING)
            )
    return replace(learner, memory=memory, reviews={}) if learner.reviews else learner
