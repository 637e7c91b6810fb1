"""A question of a pair that waits for a yes: it is seen again, whatever became of its message, and
read where it is answered."""

from collections.abc import Iterator

from bot.conversation.registry import OpenQuestion, waits
from bot.conversation.screen import Button
from bot.conversation.turn import Turn
from bot.flows.pairs.actions import AskedPair, OfferedPair
from bot.model.pairs import PairsOf, PairState
from bot.model.words import _
from cards.audience import Audience


@waits
def asked(turn: Turn) -> Iterator[OpenQuestion]:
    """Who is in no group and no mentor was never asked, and the store neither."""
    me = turn.learner
    if not me.groups and me.audience is not Audience.MENTOR:
        return
    for pair in turn.ask(PairsOf(me.id)):
        if pair.learner == me.id and pair.state is PairState.ASKED:
            yield OpenQuestion(AskedPair(pair.id), pair.since)
        elif pair.mentor == me.id and pair.state is PairState.OFFERED:
            yield OpenQuestion(OfferedPair(pair.id), pair.since)


def waiting(turn: Turn) -> tuple[Button, ...]:
    places = [one.place for one in asked(turn)]
    return (
        *(Button(_("🤝 A mentor for you?"), at) for at in places if isinstance(at, AskedPair)),
        *(Button(_("🤝 Somebody said yes"), at) for at in places if isinstance(at, OfferedPair)),
    )
