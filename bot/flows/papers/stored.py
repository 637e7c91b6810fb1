"""What is said of papers for work where somebody asks what is kept of them."""

from bot.conversation.turn import Turn
from bot.flows.papers.keep import kept, until
from bot.flows.papers.summary import summary
from bot.model.papers import LONG_DAYS, Cv, PaperKind
from bot.model.words import Words, _

EXCEPTION = _(
    "One exception: a paper for work that you start. Its answers are locked and kept for 7 days, "
    "{number} if you say so."
).of(number=LONG_DAYS)
ERASED_TOO = _("The answers of your papers for work are deleted, too.")
TITLES: dict[PaperKind, Words] = {
    PaperKind.CV: _("📄 Your CV"),
    PaperKind.LETTER: _("✉ Your letter"),
    PaperKind.PROFILE: _("🧩 Your skills profile"),
}


def stored_papers(turn: Turn) -> tuple[Words, ...]:
    """Every answer of each paper, readable, and until when it is kept."""
    lines: list[Words] = []
    for kind in PaperKind:
        found = kept(kind, turn)
        if found and found.draft:
            lines += (TITLES[kind], until(found.draft))
            if isinstance(found.draft, Cv):
                lines += summary(found.draft, turn)
    return tuple(lines)
