"""What happens to papers for work. The learner's row knows only of which kind there are some."""

from dataclasses import dataclass, replace

from bot.conversation.event import Event
from bot.model.learner import Learner
from bot.model.message import Traits, kind
from bot.model.papers import PaperDraft, PaperKind

TAKEN_BACK = kind("cv-back", Traits(of_group=True, asked_for=True, from_learner=True))
"""A learner asks their counsellor to delete a CV that was sent."""


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


@dataclass(frozen=True)
class CvSent(Event):
    """To the counsellor `to` of a group, once. `who` is the name by which they know the learner."""

    to: int
    group: int
    language: str
    answers: str
    who: str


@dataclass(frozen=True)
class CvTakenBack(Event):
    """It does not come any more; where it was handed over, its reader is asked to delete it."""

    to: int
    group: int
    title: str
    who: str
    handed: bool = False
    """One was handed over before the one that is on its way."""
