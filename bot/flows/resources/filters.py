"""What a card, or the lesson of a trade, has to be. Filters combine, each can be dropped alone.

They are written into the place, in few bytes, and nothing else keeps them. Pure.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cards.model import Module
from cards.resources import Goal, Kind, Resource, key, trade_key
from cards.text import Text

Found = Resource | Module
"""A card of the table, or the lesson of a sector."""

NAMES = ("goal", "country", "town", "kind", "language", "free", "paperless", "trade")
"""The order in which they are written, for ever: buttons hold them."""
ON = "1"


@dataclass(frozen=True)
class Filters:
    """`set_` holds name -> value of those that are set. A country and a town are keys
    (`cards.resources.key`), of which there is one: a town has its country. So is a trade
    (`trade_key`); `free` and `paperless` are `ON`."""

    set_: Mapping[str, str]

    @classmethod
    def read(cls, written: str) -> "Filters":
        """What stands in a place. Values that nobody knows let nothing pass, and can be dropped."""
        values = zip(NAMES, written.split("."), strict=False)
        return cls({}).but(**dict(values))

    def written(self) -> str:
        """`work.portugal....1`, with nothing at its end that is empty."""
        return ".".join(self.of(name) for name in NAMES).rstrip(".")

    def of(self, name: str) -> str:
        """The value of a filter; empty where it is not set."""
        return self.set_.get(name, "")

    def but(self, **values: str) -> "Filters":
        """With other values; an empty one drops the filter."""
        both = {**self.set_, **values}
        other = "town" if values.get("country") and not values.get("town") else "country"
        if both.get("town"):
            both[other] = ""
        return Filters({name: both[name] for name in NAMES if both.get(name)})

    def found(self, all_: Sequence[Found]) -> tuple[Found, ...]:
        """Those of a country come before those that are open from anywhere. Lessons come last, and
        first where a trade is looked for."""

        def place(one: Found) -> tuple[bool, bool, str]:
            if isinstance(one, Module):
                return not self.of("trade"), False, one.title.source
            return bool(self.of("trade")), one.country is None, one.name.casefold()

        return tuple(sorted((one for one in all_ if self._passes(one)), key=place))

    def _passes(self, one: Found) -> bool:
        """What is open from anywhere is open from each country; a lesson is in one's own
        language."""
        lesson = isinstance(one, Module)
        passes = {"country": isinstance(one, Module) or one.country is None, "language": lesson}
        return all(
            value in values_of(one, name) or passes.get(name, False)
            for name, value in self.set_.items()
        )

    def worth_dropping(self, resources: Sequence[Found]) -> Iterator[tuple[str, int]]:
        """Each filter without which more passes, and how much then."""
        for name in self.set_:
            if count := len(self.but(**{name: ""}).found(resources)):
                yield name, count

    def values(self, name: str, resources: Sequence[Found]) -> tuple[tuple[str, int], ...]:
        """What a filter can be set to, and how many cards pass then. What leads to nothing is not
        offered."""
        found = {str(value) for one in resources for value in values_of(one, name)}
        counts = Counter(
            {value: len(self.but(**{name: value}).found(resources)) for value in found}
        )
        order = {str(value): n for n, value in enumerate((*Goal, *Kind))}
        ranked = sorted(found, key=lambda v: (order.get(v, -counts[v]), v))
        return tuple((value, counts[value]) for value in ranked if counts[value])


LESSON = {"goal": Goal.WORK, "kind": Kind.ONLINE, "free": ON, "paperless": ON}
"""What the lesson of every sector passes with."""


def values_of(one: Found, name: str) -> tuple[str, ...]:
    """The values of one filter that a card or a lesson passes with."""
    if isinstance(one, Module):
        return (trade_key(one.id),) if name == "trade" else tuple(filter(None, (LESSON.get(name),)))
    match name:
        case "goal":
            return tuple(map(str, one.goals))
        case "kind":
            return (str(one.kind),)
        case "language":
            return one.languages
        case "country":
            return _key(one.country)
        case "town":
            return _key(one.town)
        case "free":
            return (ON,) if one.free else ()
        case "paperless":
            return (ON,) if one.papers is False else ()
        case "trade":
            return tuple(map(trade_key, one.trades))
    return ()


def _key(place: Text | None) -> tuple[str, ...]:
    return (key(place.source),) if place else ()
