"""What happens to papers for work. The learner's row knows only of which kind there are some."""

from dataclasses import dataclass, replace

from bot.conversation.event import Event
from bot.model.learner import Learner
from bot.model.papers import PaperDraft, PaperKind


@dataclass(frozen=True)
class DraftKept(Event):
    """An answer was given: the whole paper is kept anew, and its days begin again."""

    draft: PaperDraft

    def apply(self, learner: Learner, now: int) -> Learner:
        kind = str(self.draft.kind)
        if kind in learner.papers:
            return learner
        return replace(learner, papers=tuple(sorted((*learner.papers, kind))))


@dataclass(frozen=True)
class DraftErased(Event):
    """The answers are deleted, and what waits to be handed over of them."""

    kind: PaperKind

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, papers=tuple(k for k in learner.papers if k != self.kind))
