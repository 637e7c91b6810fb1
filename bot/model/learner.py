"""What we know of a person, as plain frozen data.

The snapshot is small on purpose: it is read and written whole on every tap. A module in hand keeps
its decks' results; once the module is done one line remains. Answers go to a table of their own and
are never needed here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from math import ceil
from typing import TypeVar

from bot.model.broadcast import Draft
from bot.model.certificate import Certificate, PapersIn
from bot.model.pairs import AboutMe
from bot.model.reminders import Rhythm
from bot.model.roles import Role
from bot.model.spaced import Memory
from bot.model.zones import local
from cards.audience import Audience
from cards.grading import Hits
from cards.question import Choices

Record = TypeVar("Record")
IDLE_SECONDS = 120
"""A longer pause is not learning time (product.md, Completion and certificates; seed C5)."""
BOX_DAYS = (1, 3, 7, 21)
"""Days between two reviews in the boxes that an older version kept (`Due`)."""
CODE_SECONDS = 900
SESSION_PAUSE = 1800


@dataclass(frozen=True)
class Feedback:
    """A question was answered and the learner has not gone on yet. `order` is how its options stood
    on the screen."""

    question: str
    choices: Choices
    hits: Hits
    order: Choices = ()


@dataclass(frozen=True)
class Attempt:
    """A deck in hand. Buttons carry `id` and `step`, so that an old one is recognised.

    `queue` holds the ids still to come, the first is on the screen; a missed question, or its
    sister, stands in it again. In a review the ids are `module/deck/question`. `answers` holds the
    first answer to each question of this sitting: it counts. `mixed` is False for an attempt that
    an older version began: its options stand as they are written. In an exam `version` is what it
    is about, and `missed` what has to be looked at again.
    """

    id: int
    module: str
    deck: str
    version: str
    queue: tuple[str, ...]
    step: int = 0
    chosen: Choices = ()
    feedback: Feedback | None = None
    missed: tuple[str, ...] = ()
    answers: Mapping[str, Hits] = field(default_factory=dict)
    mixed: bool = False

    @property
    def loose(self) -> bool:
        """Whether its questions come from anywhere: a review, an exam."""
        return not self.module


@dataclass(frozen=True)
class ModuleProgress:
    """`decks` holds deck id -> question id -> hits for decks that were gone through; empty again
    once the module is done.

    `rule` is the mark in per cent that was asked for when it was done, of first answers; 0 where an
    older version counted the better of two.
    """

    first_day: date
    last_day: date
    seconds: int = 0
    decks: Mapping[str, Mapping[str, Hits]] = field(default_factory=dict)
    done: date | None = None
    mark: int = 0
    tested: bool = False
    rule: int = 0
    practised: date | None = None
    """The day on which the learner said that the practical task is done."""
    task: "HomeTask | None" = None

    @property
    def home(self) -> "HomeTask":
        return self.task or HomeTask()


@dataclass(frozen=True)
class HomeTask:
    """The practical task beside the word that it is done: the day that was noted, whether it is
    `left`, the groups whose counsellors were `shown` it, and the day on which one `confirmed`
    it."""

    on: date | None = None
    left: bool = False
    shown: tuple[int, ...] = ()
    confirmed: date | None = None


@dataclass(frozen=True)
class Due:
    """How an older version kept when a question is asked again, and in which box of `BOX_DAYS` it
    is."""

    day: date
    box: int = 0


@dataclass(frozen=True)
class Code:
    text: str
    until: int


@dataclass(frozen=True)
class Workshop:
    """A workshop on a module that a learner is asked to lead for a group; `agreed` after their
    yes."""

    module: str
    agreed: bool = False


@dataclass(frozen=True)
class Membership:
    """A group that the learner said yes to. `number` is what the counsellor sees without a
    `nickname`.

    `sensitive` is the separate yes for sensitive modules, `replies` holds meeting id -> coming or
    not.
    """

    title: str
    organisation: str
    counsellor: str
    joined: date
    number: int
    nickname: str = ""
    sensitive: bool = False
    replies: Mapping[int, bool] = field(default_factory=dict)
    nudged: date | None = None
    asks: int = 0
    """How often they wrote to the counsellor since the last answer."""
    answered: bool = False
    """Whether the counsellor ever wrote to them."""
    also: Mapping[str, int] = field(default_factory=dict)
    """Other organisations that they said yes to, those of colleagues of the counsellor, and when:
    seconds since the epoch."""
    sensitive_at: int = 0
    """When `sensitive` was said, seconds since the epoch: it holds for the counsellors of that
    moment."""
    workshop: Workshop | None = None


@dataclass(frozen=True)
class Learner:
    """`place`, `main` and `left` are encoded places: where the learner is, where `*` leads back to,
    and what they left for a choice on the way, a language."""

    id: int
    language: str | None = None
    greeted: str = ""
    """The language in which they greeted, until they choose one."""
    place: str = "w"
    main: str = "h"
    left: str = ""
    minutes: int = 5
    low_data: bool = False
    """No pictures: what they show is said."""
    attempts_begun: int = 0
    attempts: Mapping[str, Attempt] = field(default_factory=dict)
    modules: Mapping[str, ModuleProgress] = field(default_factory=dict)
    reviews: Mapping[str, Due] = field(default_factory=dict)
    """Of an older version: `bot.model.older` puts them into `memory`."""
    memory: Memory = field(default_factory=dict)
    """When each question that was answered is asked again (`bot.model.spaced`)."""
    owed: tuple[Certificate, ...] = ()
    earned: tuple[Certificate, ...] = ()
    pending_name: str | None = None
    name: str | None = None
    papers_in: PapersIn = PapersIn.MINE
    """The language of certificates, as chosen last: mine, country or both."""
    sure: Mapping[str, str] = field(default_factory=dict)
    """Module -> two digits: how sure they were before it and after it, 1 to 5, 0 not said."""
    opinions: tuple[str, ...] = ()
    """The modules on which they gave one; which, nobody knows."""
    path: str = ""
    """The pathway or category that they chose to follow; nothing where it is empty."""
    audience: Audience = Audience.LEARNER
    """As whom they are here: an employer or a mentor finds a track of their own."""
    about_me: AboutMe = field(default_factory=AboutMe)
    """What they said of themselves for a pair, and the pairs that they are in."""
    also: str = ""
    """The language in which cards are read besides their own; none where it is empty."""
    papers: tuple[str, ...] = ()
    """The kinds of papers for work that they are making; nothing of what is in them."""
    again: tuple[Certificate, ...] = ()
    """Those of `owed` that were handed over before, as they were: while a name is asked for."""
    explained: tuple[int, ...] = ()
    """The certificate types with which the annex was sent."""
    muted: bool = False
    code: Code | None = None
    role: str = Role.LEARNER
    staff_name: str = ""
    """The name that learners read, of a counsellor or an admin."""
    drafted: str = ""
    """What a counsellor or an admin wrote and has not sent yet."""
    broadcast: Draft | None = None
    groups: Mapping[int, Membership] = field(default_factory=dict)
    joined: bool = False
    """Two became one: the other phone or page is told."""
    failed: Mapping[str, int] = field(default_factory=dict)
    """`module/deck` -> how often it was gone through in a row below the pass mark."""
    zone: str | None = None
    """The learner's time zone (IANA); None until they told us what time it is."""
    rhythm: Rhythm = field(default_factory=Rhythm)
    session_at: int = 0
    """When this sitting began: half an hour of silence ends one."""
    last_at: int = 0
    spent_on: date | None = None
    """The day that `spent` is about."""
    spent: int = 0
    """Seconds learned on that day."""

    def attempt(self, module: str, deck: str) -> Attempt | None:
        return self.attempts.get(key(module, deck))

    def done(self, module: str) -> bool:
        return module in self.modules and self.modules[module].done is not None

    @property
    def begun(self) -> bool:
        """Whether they did anything that they would miss."""
        mine = (
            self.attempts_begun,
            self.modules,
            self.earned,
            self.owed,
            self.groups,
            self.joined,
            self.code,
            self.papers,
        )
        return any(mine) or self.role != Role.LEARNER or self.rhythm != Rhythm()


def as_handed_over(learner: Learner) -> Learner:
    """Without what was asked for again and not made: that stays as it was."""
    if not learner.again:
        return learner
    kept = {(c.kind, c.subject) for c in learner.again}
    owed = tuple(c for c in learner.owed if (c.kind, c.subject) not in kept)
    earned = (*learner.earned, *learner.again)
    return with_changes(learner, owed=owed, earned=earned, again=(), pending_name=None)


def key(module: str, deck: str) -> str:
    return f"{module}/{deck}"


def task_days(learner: Learner) -> Iterator[tuple[date, str]]:
    """The days that are noted for practical tasks, and their modules."""
    for module, progress in learner.modules.items():
        if progress.task and progress.task.on:
            yield progress.task.on, module


def learning_minutes(progress: Iterable[ModuleProgress]) -> int:
    """The measured learning time, as every screen and paper says it: a begun minute counts whole,
    nothing begun is 0."""
    begun = [p.seconds for p in progress]
    return max(ceil(sum(begun) / 60), 1) if begun else 0


def printable_mark(learner: Learner, module: str) -> int | None:
    """Per cent of the first answers that were right, of a module that is done; None where an older
    version marked it by another rule."""
    progress = learner.modules.get(module)
    return progress.mark if progress and progress.done and progress.rule else None


def day_of(now: int) -> date:
    return datetime.fromtimestamp(now, UTC).date()


def with_changes(record: Record, **changes: object) -> Record:
    """As `dataclasses.replace`, which looks at each of the many fields; what every tap does, does
    without. Not for a class with slots, or with fields that are computed."""
    changed = object.__new__(type(record))
    object.__setattr__(changed, "__dict__", record.__dict__ | changes)
    return changed


def best(*results: Mapping[str, Hits]) -> dict[str, Hits]:
    """The better of several results for each question: repeating a deck never takes anything
    away."""
    merged: dict[str, Hits] = {}
    for result in results:
        for question, hits in result.items():
            merged[question] = max(hits, merged.get(question, 0))
    return merged


def active(learner: Learner, module: str, now: int) -> Learner:
    """Counts the time since the last sign of life to the module, unless it was a pause; also after
    it is done (seed C5)."""
    if not module:
        return learner
    today = day_of(now)
    progress = learner.modules.get(module) or ModuleProgress(today, today)
    gap = now - learner.last_at
    more = gap if 0 < gap <= IDLE_SECONDS else 0
    progress = with_changes(progress, seconds=progress.seconds + more, last_day=today)
    modules = {**learner.modules, module: progress}
    here = local(now, learner.zone).date()
    spent = more + (learner.spent if learner.spent_on == here else 0)
    return with_changes(learner, modules=modules, spent_on=here, spent=spent)


def spent_today(learner: Learner, now: int) -> int:
    """Seconds learned on the day that it is where they are."""
    return learner.spent if learner.spent_on == local(now, learner.zone).date() else 0
