"""What a card has to be. Filters combine; each can be dropped alone. Pure.

They are written into the place, in few bytes, and nothing else keeps them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cards.resources import Goal, Kind, Resource, key
from cards.text import Text

NAMES = ("goal", "country", "town", "kind", "language", "free", "paperless")
"""The order in which they are written, for ever: buttons hold them."""
ON = "1"


@dataclass(frozen=True)
class Filters:
    """`set_` holds name -> value of those that are set. A country and a town are keys
    (`cards.resources.key`); `free` and `paperless` are `ON`."""

    set_: Mapping[str, str]

    @classmethod
    def read(cls, written: str) -> "Filters":
        """What stands in a place. Values that nobody knows let nothing pass, and can be dropped."""
        values = zip(NAMES, written.split("."), strict=False)
        return cls({name: value for name, value in values if value})

    def written(self) -> str:
        """`work.portugal....1`, with nothing at its end that is empty."""
        return ".".join(self.of(name) for name in NAMES).rstrip(".")

    def of(self, name: str) -> str:
        """The value of a filter; empty where it is not set."""
        return self.set_.get(name, "")

    def but(self, **values: str) -> "Filters":
        """With other values; an empty one drops the filter."""
        both = {**self.set_, **values}
        return Filters({name: both[name] for name in NAMES if both.get(name)})

    def found(self, resources: Sequence[Resource]) -> tuple[Resource, ...]:
        """Those of a country come before those that are open from anywhere."""
        passed = (one for one in resources if self._passes(one))
        return tuple(sorted(passed, key=lambda one: (one.country is None, one.name.casefold())))

    def _passes(self, one: Resource) -> bool:
        """What is open from anywhere is open from each country."""
        return all(
            value in values_of(one, name) or (name == "country" and one.country is None)
            for name, value in self.set_.items()
        )

    def worth_dropping(self, resources: Sequence[Resource]) -> Iterator[tuple[str, int]]:
        """Each filter without which more passes, and how much then."""
        for name in self.set_:
            if count := len(self.but(**{name: ""}).found(resources)):
                yield name, count

    def values(self, name: str, resources: Sequence[Resource]) -> tuple[tuple[str, int], ...]:
        """What a filter can be set to, and how many cards pass then. What leads to nothing is not
        offered."""
        found = {value for one in resources for value in values_of(one, name)}
        counts = Counter(
            {value: len(self.but(**{name: value}).found(resources)) for value in found}
        )
        order = {str(value): n for n, value in enumerate((*Goal, *Kind))}
        ranked = sorted(found, key=lambda v: (order.get(v, -counts[v]), v))
        return tuple((value, counts[value]) for value in ranked if counts[value])


def values_of(one: Resource, name: str) -> tuple[str, ...]:
    """The values of one filter that a card passes with."""
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
    return ()


def _key(place: Text | None) -> tuple[str, ...]:
    return (key(place.source),) if place else ()
