"""What is said of papers for work where somebody asks what is kept of them."""

from bot.conversation.turn import Turn
from bot.flows.papers.keep import kept, until
from bot.flows.papers.paper import PAPERS
from bot.flows.papers.summary import lines_of
from bot.model.papers import LONG_DAYS, PLACEMENT_DAYS, PaperKind, Placements
from bot.model.placement_words import TITLE
from bot.model.words import Msg, Words, _, verbatim

EXCEPTION = _(
    "One exception: a paper for work that you start. Its answers are locked and kept for 7 days, "
    "{number} if you say so."
).of(number=LONG_DAYS)
CONFIRMED_KEPT = _(
    "What an employer confirms for you is locked, too, for {number} days after its last change."
).of(number=PLACEMENT_DAYS)
ERASED_TOO = _("The answers of your papers for work are deleted, too.")


def stored_papers(turn: Turn) -> tuple[Words, ...]:
    """Every answer of each paper, readable, and until when it is kept."""
    lines: list[Words] = []
    for kind in PaperKind:
        found = kept(kind, turn)
        if found and isinstance(found.draft, Placements):
            lines += (Msg("📋 {title}").of(title=TITLE), until(found.draft))
            lines += (verbatim(p.filled.organisation) for p in found.draft.all if p.filled)
        elif found and found.draft:
            paper = PAPERS[kind]
            lines += (paper.title, until(found.draft))
            lines += lines_of(paper.answers(found.draft, turn))
    return tuple(lines)
