"""What modules belong together, and which competences they are about. Plain data."""

from dataclasses import dataclass

from cards.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """What belongs together and is certified together: a category or a pathway."""

    id: str
    title: Text
    description: Text
    modules: tuple[str, ...]
    """Those that are here, in their order."""
    missing: tuple[str, ...] = ()
    """Those that belong to it and are not here: still to come, or not readable."""

    @property
    def whole(self) -> bool:
        """Whether all that belongs to it is here. Only then it can be completed; an empty one never
        is."""
        return bool(self.modules) and not self.missing

    @property
    def total(self) -> int:
        """How many modules belong to it; `len(modules)` of them are here."""
        return len(self.modules) + len(self.missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(Collection):
    """A theme. Its colour is a coloured square in front of its name: colour is never the only sign
    (seed 19)."""

    icon: str
    colour: str
    symbol: str = ""
    """What it is about, as one symbol."""
    sensitive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway(Collection):
    """An ordered list of modules across categories."""


@dataclass(frozen=True, slots=True)
class Competence:
    """`esco` is the preferred label and URI of the ESCO skill it maps to, where one fits."""

    id: str
    title: Text
    description: Text
    esco: tuple[str, str] | None = None
