"""Opinions on modules in memory: what staff are shown of them."""

from collections.abc import Iterable, Mapping

from bot.flows.opinions.events import OpinionGiven
from bot.model.figures import FEWEST_IN_STATISTICS
from bot.model.opinion import ANSWERS, Counts, OnModule, OpinionCounts, OpinionsOn


def found_in(
    opinions: Iterable[OpinionGiven], query: OpinionCounts | OpinionsOn
) -> Mapping[str, Counts] | OnModule:
    """The answer to what staff ask."""
    of = _shown(opinions)
    if isinstance(query, OpinionsOn):
        return of.get(query.module, OnModule())
    return {module: on.counts for module, on in of.items()}


def _shown(opinions: Iterable[OpinionGiven]) -> dict[str, OnModule]:
    """Of modules of which five people said something."""
    found: dict[str, list[OpinionGiven]] = {}
    for given in opinions:
        found.setdefault(given.module, []).append(given)
    return {
        module: OnModule(
            tuple(sum(one.helped == n for one in all) for n in range(ANSWERS)),
            tuple(sorted(one.comment for one in all if one.comment)),
        )
        for module, all in found.items()
        if len(all) >= FEWEST_IN_STATISTICS
    }
