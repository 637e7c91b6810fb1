"""What is said of papers for work where somebody asks what is kept of them."""

from bot.conversation.turn import Turn
from bot.flows.papers.keep import kept, until
from bot.flows.papers.paper import PAPERS
from bot.flows.papers.summary import lines_of
from bot.model.papers import LONG_DAYS, PaperKind
from bot.model.words import Words, _

EXCEPTION = _(
    "One exception: a paper for work that you start. Its answers are locked and kept for 7 days, "
    "{number} if you say so."
).of(number=LONG_DAYS)
ERASED_TOO = _("The answers of your papers for work are deleted, too.")


def stored_papers(turn: Turn) -> tuple[Words, ...]:
    """Every answer of each paper, readable, and until when it is kept."""
    lines: list[Words] = []
    for kind in PaperKind:
        found = kept(kind, turn)
        if found and found.draft:
            paper = PAPERS[kind]
            lines += (paper.title, until(found.draft))
            lines += lines_of(paper.answers(found.draft, turn))
    return tuple(lines)
