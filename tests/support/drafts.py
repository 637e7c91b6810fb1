"""Papers for work that are kept in memory, as the store keeps them."""

from bot.flows.papers.events import DraftErased, DraftKept
from bot.model.papers import (
    DAY_SECONDS,
    DraftOf,
    HowFar,
    Kept,
    PaperDraft,
    PaperKind,
    Sent,
    packed,
    unpacked,
)


class Drafts:
    def __init__(self) -> None:
        self.kept: dict[tuple[int, PaperKind], PaperDraft] = {}
        self.how_far = Sent.HANDED

    def answer(self, query: DraftOf | HowFar, now: int) -> Kept | Sent | None:
        if isinstance(query, HowFar):
            return self.how_far
        draft = self.kept.get((query.learner, query.kind))
        if draft is None:
            return None
        until = draft.changed + draft.days * DAY_SECONDS
        if until <= now:
            return Kept(None, until)
        return Kept(unpacked(query.kind, packed(draft)), until)

    def happen(self, who: int, event: DraftKept | DraftErased) -> None:
        if isinstance(event, DraftKept):
            self.kept[who, event.draft.kind] = event.draft
        else:
            self.kept.pop((who, event.kind), None)
