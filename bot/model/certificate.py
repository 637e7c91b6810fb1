"""Certificates as plain data. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Earned(StrEnum):
    """What a certificate is for."""

    MODULE = "module"
    CATEGORY = "category"
    PATHWAY = "pathway"
    PROGRAMME = "programme"

    @property
    def type(self) -> int:
        """The certificate types of the seed (1982-2035): 1 a module, 2 a category or pathway, 3 the
        whole programme."""
        return {Earned.MODULE: 1, Earned.PROGRAMME: 3}.get(self, 2)


@dataclass(frozen=True)
class Certificate:
    """`serial` is the number on the paper that was handed over last, `maker` the learner id that
    went into it."""

    kind: Earned
    subject: str
    day: date
    serial: str = ""
    maker: int = 0
