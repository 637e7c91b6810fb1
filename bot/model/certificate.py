"""Certificates as plain data. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cards.audience import Audience
from cards.model import Programme
from cards.text import Text


class Earned(StrEnum):
    """What a certificate is for."""

    MODULE = "module"
    CATEGORY = "category"
    PATHWAY = "pathway"
    PROGRAMME = "programme"
    LEARNING = "learning"
    """The time that was learned so far, whatever was finished (seed C5)."""
    ORGANISATION = "organisation"
    """Somebody of an organisation finished the track for employers. It names no person."""

    @property
    def type(self) -> int:
        """The type of certificate (seed M1 to M3): 1 a module, 2 a category or pathway, 3 the whole
        programme; 0 is none of them."""
        none = {Earned.LEARNING: 0, Earned.ORGANISATION: 0}
        return {Earned.MODULE: 1, Earned.PROGRAMME: 3, **none}.get(self, 2)


class PapersIn(StrEnum):
    """In which language certificates are made: one's own, that of the country, or both."""

    MINE = "mine"
    COUNTRY = "country"
    BOTH = "both"

    @classmethod
    def _missing_(cls, value: object) -> "PapersIn":
        """Of a newer version."""
        return cls.MINE


@dataclass(frozen=True)
class Certificate:
    """`serial` is the number on the paper that was handed over last, `maker` the learner id that
    went into it. `marked` says that the learner wants the mark on it, `unkept` that another name
    stands on it than the one that is kept: made again, it asks for its name."""

    kind: Earned
    subject: str
    day: date
    serial: str = ""
    maker: int = 0
    marked: bool = False
    unkept: bool = False


def subject_title(programme: Programme, kind: Earned, subject: str) -> Text | None:
    """The title of what a certificate is about; None when the programme no longer has it."""
    match kind:
        case Earned.MODULE:
            return programme.modules[subject].title if subject in programme.modules else None
        case Earned.CATEGORY:
            return next((c.title for c in programme.categories if c.id == subject), None)
        case Earned.PATHWAY:
            return next((p.title for p in programme.pathways if p.id == subject), None)
        case Earned.PROGRAMME | Earned.LEARNING:
            return programme.title
        case Earned.ORGANISATION:
            track = programme.module(subject)
            return track.title if track else None


def is_for(kind: Earned, audience: Audience) -> bool:
    """Whether a certificate of this kind is for them: employers have their own, and no other."""
    return (kind is Earned.ORGANISATION) == (audience is Audience.EMPLOYER)
