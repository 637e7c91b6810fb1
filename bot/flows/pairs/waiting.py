"""A question of a pair that waits for a yes: it is seen again, whatever became of its message."""

from bot.conversation.screen import Button
from bot.conversation.turn import Turn
from bot.flows.pairs.actions import AskedPair, OfferedPair
from bot.model.pairs import PairsOf, PairState
from bot.model.words import _
from cards.audience import Audience


def waiting(turn: Turn) -> tuple[Button, ...]:
    """Who is in no group and no mentor was never asked, and the store neither."""
    me = turn.learner
    if not me.groups and me.audience is not Audience.MENTOR:
        return ()
    pairs = turn.ask(PairsOf(me.id))
    asked = (p.id for p in pairs if p.learner == me.id and p.state is PairState.ASKED)
    offered = (p.id for p in pairs if p.mentor == me.id and p.state is PairState.OFFERED)
    return (
        *(Button(_("🤝 A mentor for you?"), AskedPair(id)) for id in asked),
        *(Button(_("🤝 Somebody said yes"), OfferedPair(id)) for id in offered),
    )
