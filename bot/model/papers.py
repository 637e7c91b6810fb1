"""Papers that a learner makes to look for work, and the answers from which they are made. Pure.

An answer is an id wherever it can be one: its words stand in the catalogue of the paper's language.
Only a name, how somebody is reached, a town, a job that is in no list and a line of one's own are
typed. All of it is kept sealed, ids too, and only for a time (`db.drafts`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import ClassVar

import msgspec

from bot.model.message import Traits, kind
from bot.model.query import Query

DAY_SECONDS = 24 * 3600
DAYS, LONG_DAYS = 7, 90
"""How long answers are kept after the last change, and where the person says so."""
MOST_JOBS, MOST_TASKS, MOST_TONGUES = 4, 5, 5
LONGEST_BYTES = 16 << 10
MOST_FILE_BYTES, MOST_PAGES = 200_000, 2
"""Of a file that somebody sends back."""
MOST_PLACEMENTS, PLACEMENT_DAYS, MOST_CONFIRMED = 3, 14, 8
"""Links that are open at once, how long each is, and how many tasks are ticked."""
PLACEMENT_FILLED = kind("placement-filled")
CV_HERE = kind("cv-here", Traits(asked_for=True))
CV_NOT_READ = kind("cv-not-read", Traits(asked_for=True))
CV_THERE = kind("cv-there", Traits(asked_for=True))
CV_NOT_COME = kind("cv-not-come", Traits(asked_for=True))
"""What became of a CV's file that was sent back."""


class PaperKind(StrEnum):
    """The values are stored, and stay."""

    CV = "cv"
    LETTER = "letter"
    PROFILE = "profile"
    PLACEMENT = "placement"
    """What employers are asked to confirm; it has no questions."""


class Layout(StrEnum):
    WORK = "work"
    SKILLS = "skills"
    SHORT = "short"


@dataclass(frozen=True)
class PaperDraft:
    """`days` it is kept after the last change, which was at `changed` (seconds since the epoch);
    `step` and `item` say where the person is in it. `maybe` is what was typed and is asked about:
    it stands on no paper."""

    kind: ClassVar[PaperKind]
    days: int = DAYS
    changed: int = 0
    step: int = 0
    item: int = 0
    whole: bool = False
    """All was gone through once."""
    maybe: str = ""
    doubted: tuple[int, int] = (0, 0)
    """Step and item of the question that `maybe` answers."""
    language: str = ""
    """Of the paper."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to print yet."""
        return True


@dataclass(frozen=True)
class Trade:
    """A job as a trade: an id of `cards/work`, or words as they were typed. `sector` is what was
    chosen on the way."""

    id: str = ""
    typed: str = ""
    sector: str = ""

    def __bool__(self) -> bool:
        return bool(self.id or self.typed)


@dataclass(frozen=True)
class Job:
    """Work of one kind. `country` is a code of ISO 3166, or `country_typed`; `first` and `last` are
    years, 0 where none, `last` 0 also for "until now"."""

    sort: str = ""
    trade: Trade = field(default_factory=Trade)
    other: bool = False
    """Another trade than the one looked for is being chosen."""
    country: str = ""
    how_long: str = ""
    first: int = 0
    last: int = 0
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tongue:
    """A language (BCP 47) and its level (A1 to C1); `level` is empty for a first language."""

    code: str
    level: str = ""
    first: bool = False


@dataclass(frozen=True)
class Cv(PaperDraft):
    kind = PaperKind.CV
    wanted: Trade = field(default_factory=Trade)
    form: int = 0
    """Of a job with two forms: the first, the second, 0 both."""
    form_asked: bool = False
    no_work: bool = False
    jobs: tuple[Job, ...] = ()
    school: str = ""
    recognised: str = ""
    tongues: tuple[Tongue, ...] = ()
    licences: tuple[str, ...] = ()
    abroad: bool = False
    """The licences are from another country."""
    when: str = ""
    from_day: str = ""
    """ISO 8601."""
    courses: tuple[str, ...] = ()
    """Ids of modules."""
    choosing: bool = False
    """Courses are chosen one by one."""
    name: str = ""
    latin: str = ""
    """The same in the letters of the paper."""
    phone: str = ""
    mail: str = ""
    town: str = ""
    line: str = ""
    """A line of one's own, in its own language."""
    layout: Layout = Layout.WORK
    sent: tuple[int, ...] = ()
    """Ids of groups to whose counsellor it was sent."""
    handed: tuple[int, ...] = ()
    """Of these, whose counsellor had got one when another was sent: that one is asked back, too."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to print yet."""
        said = (self.wanted, self.jobs, self.school, self.tongues, self.licences, self.when)
        return not any((*said, self.courses, self.name, self.phone, self.mail, self.town))


@dataclass(frozen=True)
class Letter(PaperDraft):
    """What a letter needs besides the CV."""

    kind = PaperKind.LETTER
    seen: str = ""
    wish: str = ""
    company: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Profile(PaperDraft):
    """How each task is known: task -> id of the list `proof`."""

    kind = PaperKind.PROFILE
    known: Mapping[str, str] = field(default_factory=dict)
    person: bool = False
    """Wants to talk to somebody."""
    asked: bool = False
    """All tasks were gone through, or passed over."""


@dataclass(frozen=True)
class Confirmed:
    """What somebody filled in who had the link: days as ISO 8601, tasks as ids; `on` is when."""

    organisation: str
    role: str
    first: str
    last: str
    hours: int
    tasks: tuple[str, ...]
    on: str


@dataclass(frozen=True)
class Placement:
    """`token` is in its link, which is open until `until` (seconds since the epoch)."""

    number: int
    token: str
    sector: str
    until: int
    filled: Confirmed | None = None


@dataclass(frozen=True)
class Placements(PaperDraft):
    kind = PaperKind.PLACEMENT
    days: int = PLACEMENT_DAYS
    all: tuple[Placement, ...] = ()

    def and_those_of(self, newer: "Placements") -> "Placements":
        """Of one person who was two: those of the newer ones keep their numbers."""
        after = max((p.number for p in newer.all), default=0)
        mine = (replace(p, number=n) for n, p in enumerate(self.all, after + 1))
        return replace(newer, all=(*newer.all, *mine))


_DRAFTS: dict[PaperKind, type[PaperDraft]] = {
    draft.kind: draft for draft in (Cv, Letter, Profile, Placements)
}


def packed_together(drafts: Iterable[PaperDraft]) -> str:
    """What is drawn of several papers, as an order carries it."""
    return msgspec.json.encode({str(draft.kind): draft for draft in drafts}).decode()


def unpacked_together(answers: str) -> dict[PaperKind, PaperDraft]:
    """Raises `msgspec.MsgspecError`."""
    found = msgspec.json.decode(answers, type=dict[PaperKind, msgspec.Raw])
    return {kind: unpacked(kind, bytes(content)) for kind, content in found.items()}


def packed(draft: PaperDraft) -> bytes:
    return msgspec.json.encode(draft)


def unpacked(kind: PaperKind, content: bytes | str) -> PaperDraft:
    """Raises `msgspec.MsgspecError`."""
    return msgspec.json.decode(content, type=_DRAFTS[kind])


@dataclass(frozen=True)
class Kept:
    """What is kept of a paper: nothing any more (`draft` is None) once its day, `until` in seconds
    since the epoch, is past, or where it cannot be opened (`until` 0)."""

    draft: PaperDraft | None
    until: int


class Sent(StrEnum):
    """How far a CV came that was sent to a counsellor."""

    WAITS = "waits"
    PERHAPS = "perhaps"
    """It is being handed over, or lies on their page, where they may have fetched it."""
    HANDED = "handed"


@dataclass(frozen=True)
class HowFar(Query[Sent]):
    """Of the CV that this learner sent to the counsellor of a group. What it says holds until the
    end of the transaction."""

    learner: int
    group: int


@dataclass(frozen=True)
class DraftOf(Query[Kept | None]):
    """A learner's paper of this kind; None where there was none lately."""

    learner: int
    kind: PaperKind
