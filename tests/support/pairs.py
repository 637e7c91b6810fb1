"""Pairs that are kept in memory, as the store keeps them."""

from bot.flows.pairs.events import PairKept
from bot.model.pairs import Pair, PairById, PairByToken, PairsIn, PairsOf, PairState
from bot.model.query import Query


class Pairs:
    def __init__(self) -> None:
        self.kept: dict[int, Pair] = {}
        self.tokens: dict[str, int] = {}

    def answer(self, query: Query[object], now: int) -> Pair | tuple[Pair, ...] | None:
        newest = sorted(self.kept.values(), key=lambda pair: (-pair.since, pair.id))
        match query:
            case PairById(id):
                return self.kept.get(id)
            case PairByToken(token):
                pair = self.kept.get(self.tokens.get(token, 0))
                usable = pair and pair.state is PairState.INVITED and not pair.mentor
                return pair if pair and usable and pair.until > now else None
            case PairsOf(who):
                return tuple(pair for pair in newest if pair.has(who))
            case PairsIn(group):
                return tuple(pair for pair in newest if pair.group == group)
        raise TypeError(query)

    def happen(self, event: PairKept) -> None:
        pair = event.pair
        if event.token:
            for old in list(self.kept.values()):
                same = (old.learner, old.group) == (pair.learner, pair.group)
                if same and old.state is PairState.INVITED and not old.mentor:
                    del self.kept[old.id]
            self.tokens[event.token] = pair.id
        self.kept[pair.id] = pair
