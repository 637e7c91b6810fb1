"""The facts that a certificate states. Plain data: no clock, no file, no gettext, no drawing.

All texts of the programme (titles, descriptions, objectives, ...) arrive in the learner's language;
the words around them are ours (`wording`). The fields are those of seed M1 to M3.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

Hours = Fraction | int


class Kind(StrEnum):
    """What was completed: type 1 is a module, type 2 a category or a pathway, type 3 the whole
    programme (seed M1, M2, M3). That of an organisation names no person (seed 04)."""

    MODULE = "module"
    CATEGORY = "category"
    PATHWAY = "pathway"
    PROGRAMME = "programme"
    LEARNING = "learning"
    """The time that was learned so far, whatever was completed (seed C5)."""
    ORGANISATION = "organisation"

    @property
    def single(self) -> bool:
        """Whether it is about one module."""
        return self in (Kind.MODULE, Kind.ORGANISATION)


@dataclass(frozen=True, slots=True)
class Competence:
    """A competence in the programme's words, and the name and URI that ESCO gives to the skill it
    maps to, if there is one."""

    title: str
    esco_title: str | None = None
    esco_uri: str | None = None


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who stands for an organisation. Without a `name` the organisation and country are printed
    alone."""

    name: str | None
    organisation: str
    country: str
    role: str = ""
    image: str = ""
    """The file of their signature in the template."""


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """One module on the back of type 2 or 3. `trainer` is the organisation, `done` the day of
    completion."""

    title: str
    hours: Hours
    done: date
    trainer: str = ""
    description: str = ""


class HoursDoNotAddUp(ValueError):
    """The hours of the modules on the back are not the hours on the front (seed C9: they must
    be)."""

    def __init__(self, front: Hours, back: Hours) -> None:
        super().__init__(
            f"the certificate says {front} hours, its modules have {back} hours together"
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """What one certificate says.

    `hours` is the nominal duration. Where `rule` is None (papers of an older version) the author
    declared it; else it is what the modules offer, and what an author declared only where `chat`
    says how many minutes of it are in the chat. `rule` is the mark in per cent that was asked for,
    of first answers; 0 where an older version marked it. `country` is the language of the second
    disclaimer. `first_day`, `last_day` and `active` are the learning time that was measured, idle
    gaps left out. They are printed apart. `practice` are the minutes of practical tasks that the
    learner says they did, `confirmed` those of them that a counsellor confirmed. `organisations`
    are the trainer organisations, `trainers` the people. `tests_passed` says that there were
    mandatory tests (seed C11). `annex_url` is where the project is explained. `eqf_level` (1-8) is
    the author's estimate. `mark` is per cent of the first answers that were right, where
    the learner wants it on the paper (seed 28).

    `subject` is the id of the module, category, pathway or programme; `serial` (16 hexadecimal
    digits) is this certificate's own: made again with another spelling of the name, it has another.

    Types 2 and 3 have `modules` (one or more), type 1 has none. On a paper about learning time
    `hours` is what was measured, and so are the hours of its modules. Raises `HoursDoNotAddUp`, and
    `ValueError` for facts that no certificate can state.
    """

    kind: Kind
    language: str
    name: str
    title: str
    issued: date
    project: str
    reference: str
    platform: str
    hours: Hours
    first_day: date
    last_day: date
    active: timedelta
    organisations: tuple[str, ...]
    signatories: tuple[Signatory, ...] = ()
    category: str = ""
    description: str = ""
    decks: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    competences: tuple[Competence, ...] = ()
    modules: tuple[ModuleLine, ...] = ()
    trainers: tuple[str, ...] = ()
    verify_url: str | None = None
    tests_passed: bool = False
    eqf_level: int | None = None
    annex_url: str = ""
    subject: str = ""
    serial: str = ""
    rule: int | None = None
    chat: int = 0
    country: str = ""
    practice: int = 0
    confirmed: int = 0
    mark: int | None = None

    def __post_init__(self) -> None:
        if self.hours <= 0:
            raise ValueError("a certificate always states its hours")
        if self.last_day < self.first_day or self.active < timedelta():
            raise ValueError("learning ends after it began")
        if not 0 <= self.confirmed <= self.practice:
            raise ValueError("only practice that was stated can be confirmed")
        if self.eqf_level is not None and not 1 <= self.eqf_level <= 8:
            raise ValueError("the European Qualifications Framework has the levels 1 to 8")
        if self.mark is not None and (self.kind is not Kind.MODULE or not 0 <= self.mark <= 100):
            raise ValueError("a mark is a per cent of one module")
        if self.kind.single == bool(self.modules):
            raise ValueError(
                "the certificates of a category, a pathway and the programme list their modules, "
                "and only they"
            )
        if (
            self.modules
            and (together := sum(module.hours for module in self.modules)) != self.hours
        ):
            raise HoursDoNotAddUp(self.hours, together)
