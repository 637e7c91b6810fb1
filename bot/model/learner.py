"""What we know of a person, as plain frozen data, and how events change it.

The snapshot is small on purpose: it is read and written whole on every tap. A module in hand keeps
its decks' results; once the module is done one line remains. Answers go to a table of their own and
are never needed here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

from bot.conversation import event as e
from bot.conversation.action import Home, Place, decode, encode
from bot.model.broadcast import Draft
from bot.model.reminders import Rhythm, joined, next_reminder, reminded, stepped
from bot.model.spaced import MIDDLING, Grade, Memory, Recall, kept, merged, recall, remembered
from cards.grading import Hits
from cards.model import Choices

if TYPE_CHECKING:
    from bot.model.group import Group

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
    an older version began: its options stand as they are written.
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


@dataclass(frozen=True)
class Certificate:
    """`serial` is the number on the paper that was handed over last, `maker` the learner id that
    went into it."""

    kind: e.Earned
    subject: str
    day: date
    serial: str = ""
    maker: int = 0


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


@dataclass(frozen=True)
class Learner:
    """`place` and `main` are encoded places: where the learner is, and where `*` leads back to."""

    id: int
    language: str | None = None
    place: str = "w"
    main: str = "h"
    minutes: int = 5
    attempts_begun: int = 0
    attempts: Mapping[str, Attempt] = field(default_factory=dict)
    modules: Mapping[str, ModuleProgress] = field(default_factory=dict)
    reviews: Mapping[str, Due] = field(default_factory=dict)
    """Of an older version: `carried_over` puts them into `memory`."""
    memory: Memory = field(default_factory=dict)
    """When each question that was answered is asked again (`bot.model.spaced`)."""
    owed: tuple[Certificate, ...] = ()
    earned: tuple[Certificate, ...] = ()
    pending_name: str | None = None
    name: str | None = None
    papers_in: str = "mine"
    """The language of certificates, as chosen last: mine, country or both."""
    explained: tuple[int, ...] = ()
    """The certificate types with which the annex was sent."""
    muted: bool = False
    code: Code | None = None
    role: str = "learner"
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

    def at(self) -> Place:
        return _place(self.place)

    def back(self) -> Place:
        return _place(self.main)

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
        )
        return any(mine) or self.role != "learner" or self.rhythm != Rhythm()


def key(module: str, deck: str) -> str:
    return f"{module}/{deck}"


@lru_cache(maxsize=1024)
def _place(encoded: str) -> Place:
    """Asked for several times a tap."""
    place = decode(encoded)
    return place if isinstance(place, Place) else Home()


def learning_minutes(progress: Iterable[ModuleProgress]) -> int:
    """The measured learning time, as every screen and paper says it: a begun minute counts whole,
    nothing begun is 0."""
    begun = [p.seconds for p in progress]
    return max(ceil(sum(begun) / 60), 1) if begun else 0


def day_of(now: int) -> date:
    return datetime.fromtimestamp(now, UTC).date()


def evolve(learner: Learner, event: e.Event, now: int) -> Learner:
    """The learner after the event. `now` is seconds since the epoch."""
    changed = _apply(learner, event, now)
    if not isinstance(event, e.Reminded):  # that was not the learner
        session_at = now if now - learner.last_at > SESSION_PAUSE else learner.session_at
        changed = _with(changed, session_at=session_at, last_at=now)
    return (
        planned(changed, now)
        if changed.rhythm.hour is not None or changed.rhythm.due is not None
        else changed
    )


def planned(learner: Learner, now: int) -> Learner:
    """With the next reminder where it belongs."""
    due = next_reminder(learner.rhythm, now, learner.zone, learner.last_at, learner.muted)
    return (
        learner
        if due == learner.rhythm.due
        else replace(learner, rhythm=replace(learner.rhythm, due=due))
    )


def evolve_all(learner: Learner, happened: Iterable[e.Event], now: int) -> Learner:
    for event in happened:
        learner = evolve(learner, event, now)
    return learner


def _apply(learner: Learner, event: e.Event, now: int) -> Learner:
    today = day_of(now)
    match event:
        case e.Went(place):
            encoded = encode(place)
            learner = replace(learner, drafted=learner.drafted if place.draft else "")
            if place.main:  # a name that was typed and not used is forgotten with the way to it
                return replace(learner, place=encoded, main=encoded, pending_name=None)
            return replace(learner, place=encoded)
        case e.LanguageChosen(language):
            return replace(learner, language=language)
        case e.MinutesChosen(minutes):
            return replace(learner, minutes=minutes)
        case e.Began(module, deck, version, queue):
            begun = Attempt(learner.attempts_begun + 1, module, deck, version, queue, mixed=True)
            learner = replace(learner, attempts_begun=begun.id)
            return _with_attempt(_active(learner, module, now), begun)
        case e.Repinned(version, queue):
            return _in_hand(learner, version=version, queue=queue, chosen=(), feedback=None)
        case e.Advanced(queue):
            attempt = current(learner)
            learner = _in_hand(learner, queue=queue, chosen=(), feedback=None)
            return _active(learner, attempt.module, now) if attempt else learner
        case e.Picked(chosen):
            return _in_hand(learner, chosen=chosen)
        case e.Answered():
            return _answered(learner, event, now)
        case e.DeckDone(module, deck, passed):
            finished = learner.attempt(module, deck)
            progress = learner.modules.get(module)
            attempts = {k: a for k, a in learner.attempts.items() if k != key(module, deck)}
            failed = {k: n for k, n in learner.failed.items() if k != key(module, deck)}
            if not passed:
                failed[key(module, deck)] = learner.failed.get(key(module, deck), 0) + 1
            learner = replace(
                learner,
                attempts=attempts,
                failed=failed,
                rhythm=stepped(learner.rhythm, now, learner.zone),
            )
            if finished is None or progress is None or progress.done:
                return learner
            progress = replace(
                progress, decks={**progress.decks, deck: finished.answers}, last_day=today
            )
            return replace(learner, modules={**learner.modules, module: progress})
        case e.ModuleDone(module, mark, tested, rule):
            progress = learner.modules[module]
            progress = replace(
                progress, done=today, last_day=today, mark=mark, tested=tested, rule=rule, decks={}
            )
            return replace(learner, modules={**learner.modules, module: progress})
        case e.CertificateEarned(kind, subject):
            if any(
                (c.kind, c.subject) == (kind, subject) for c in (*learner.earned, *learner.owed)
            ):
                return learner
            return replace(learner, owed=(*learner.owed, Certificate(kind, subject, today)))
        case e.NameGiven(name):
            return replace(learner, pending_name=name)
        case e.NameKept(name):
            return replace(learner, name=name)
        case e.PaperLanguageChosen(which):
            return replace(learner, papers_in=which)
        case e.NameForgotten():
            return replace(learner, name=None, pending_name=None)
        case e.CertificateOrdered(kind, subject, serial=serial):
            waiting = [c for c in learner.owed if (c.kind, c.subject) == (kind, subject)]
            ordered = tuple(replace(c, serial=serial, maker=c.maker or learner.id) for c in waiting)
            owed = tuple(c for c in learner.owed if c not in waiting)
            pending = learner.pending_name if owed else None
            return replace(
                learner, owed=owed, earned=(*learner.earned, *ordered), pending_name=pending
            )
        case e.AnnexOrdered(types=types):
            return replace(learner, explained=tuple(sorted({*learner.explained, *types})))
        case e.CertificateWanted(kind, subject):
            wanted = tuple(c for c in learner.earned if (c.kind, c.subject) == (kind, subject))
            return replace(
                learner,
                owed=(*learner.owed, *wanted),
                earned=tuple(c for c in learner.earned if c not in wanted),
            )
        case e.CodeShown(text):
            return replace(learner, code=Code(text, now + CODE_SECONDS))
        case e.Muted():
            return replace(learner, muted=True)
        case e.Unmuted():
            return replace(learner, muted=False)
        case e.Joined(other):
            return merge(learner, other)
        case e.ZoneTold(zone):
            return replace(learner, zone=zone)
        case e.ReminderSet(hour):
            return replace(learner, rhythm=replace(learner.rhythm, hour=hour, unanswered=0))
        case e.GoalSet(steps):
            return replace(learner, rhythm=replace(learner.rhythm, goal=steps))
        case e.Reminded():
            return replace(
                learner, rhythm=reminded(learner.rhythm, now, learner.zone, learner.last_at)
            )
        case e.RoleGiven(role, name):
            return replace(learner, role=role, staff_name=name)
        case e.StaffNamed(name):
            return replace(learner, staff_name=name)
        case e.Drafted(text):
            return replace(learner, drafted=text)
        case e.BroadcastDrafted(draft):
            return replace(learner, broadcast=draft)
        case e.GroupJoined(group, number):
            mine = Membership(
                group.title,
                group.organisation,
                group.counsellor,
                today,
                number,
                also=_beside(group, now),
            )
            return replace(learner, groups={**learner.groups, group.id: mine})
        case e.GroupLeft(group_id):
            return replace(
                learner, groups={id: m for id, m in learner.groups.items() if id != group_id}
            )
        case e.NicknameChosen(group_id, nickname):
            return _in_group(learner, group_id, nickname=nickname)
        case e.SensitiveShared(group_id, yes):
            return _in_group(learner, group_id, sensitive=yes, sensitive_at=now if yes else 0)
        case e.SharedToo(group_id, organisations) if group_id in learner.groups:
            return _in_group(
                learner,
                group_id,
                also={**learner.groups[group_id].also, **dict.fromkeys(organisations, now)},
            )
        case e.SharedNoMore(group_id, organisation) if group_id in learner.groups:
            also = {
                other: at
                for other, at in learner.groups[group_id].also.items()
                if other != organisation
            }
            return _in_group(learner, group_id, also=also)
        case e.MeetingAnswered(group_id, meeting, yes) if group_id in learner.groups:
            return _in_group(
                learner, group_id, replies={**learner.groups[group_id].replies, meeting: yes}
            )
        case e.Nudged(group_id):
            return _in_group(learner, group_id, nudged=today)
        case e.CounsellorGone(group):
            return _in_group(learner, group, counsellor="")
        case e.CounsellorNamed(group, name):
            return _in_group(learner, group, counsellor=name)
        case e.SharedAgain(group):
            agreed = {
                "title": group.title,
                "organisation": group.organisation,
                "counsellor": group.counsellor,
            }
            return _in_group(
                learner,
                group.id,
                also=_beside(group, now),
                sensitive=False,
                sensitive_at=0,
                **agreed,
            )
        case e.CounsellorAsked(group_id, waiting):
            asked = learner.groups[group_id].asks if group_id in learner.groups else 0
            changes = {"asks": asked + 1} if waiting else {"asks": 0, "answered": True}
            return _in_group(learner, group_id, **changes)
        case _:
            return learner  # the store acts on the others


def _beside(group: "Group", now: int) -> dict[str, int]:
    """The other organisations of a group's counsellors, as they stood on the screen above a yes."""
    return {c.organisation: now for c in group.colleagues if c.organisation}


def current(learner: Learner) -> Attempt | None:
    """The attempt on the screen, if the learner is in a lesson."""
    place = learner.at()
    return learner.attempts.get(key(getattr(place, "module", ""), getattr(place, "deck", "")))


def best(*results: Mapping[str, Hits]) -> dict[str, Hits]:
    """The better of several results for each question: repeating a deck never takes anything
    away."""
    merged: dict[str, Hits] = {}
    for result in results:
        for question, hits in result.items():
            merged[question] = max(hits, merged.get(question, 0))
    return merged


def _with(learner: Learner, **changes: object) -> Learner:
    """As `dataclasses.replace`, which looks at each of the many fields; what every tap does, does
    without."""
    changed = object.__new__(Learner)
    changed.__dict__.update(learner.__dict__, **changes)
    return changed


def _with_attempt(learner: Learner, attempt: Attempt) -> Learner:
    attempts = {**learner.attempts, key(attempt.module, attempt.deck): attempt}
    return _with(learner, attempts=attempts)


def _in_hand(learner: Learner, **changes: object) -> Learner:
    attempt = current(learner)
    if attempt is None:
        return learner
    return _with_attempt(learner, replace(attempt, step=attempt.step + 1, **changes))  # type: ignore[arg-type]


def _in_group(learner: Learner, group: int, **changes: object) -> Learner:
    if group not in learner.groups:
        return learner
    changed = replace(learner.groups[group], **changes)  # type: ignore[arg-type]
    return replace(learner, groups={**learner.groups, group: changed})


def _active(learner: Learner, module: str, now: int) -> Learner:
    """Counts the time since the last sign of life to the module, unless it was a pause; also after
    it is done (seed C5)."""
    if not module:
        return learner
    today = day_of(now)
    progress = learner.modules.get(module) or ModuleProgress(today, today)
    gap = now - learner.last_at
    seconds = progress.seconds + (gap if 0 < gap <= IDLE_SECONDS else 0)
    progress = replace(progress, seconds=seconds, last_day=today)
    return _with(learner, modules={**learner.modules, module: progress})


def _answered(learner: Learner, event: e.Answered, now: int) -> Learner:
    attempt = current(learner)
    if attempt is None:
        return learner
    question = event.counts_for or event.question
    item = question if attempt.deck == event.deck else f"{event.module}/{event.deck}/{question}"
    first = item not in attempt.answers
    learner = _in_hand(
        learner,
        queue=attempt.queue if event.again is None else event.again,
        chosen=(),
        feedback=Feedback(attempt.queue[0], event.choices, event.hits, event.order),
        missed=attempt.missed if event.right else (*attempt.missed, item),
        answers={**attempt.answers, item: event.hits} if first else attempt.answers,
    )
    if attempt.deck != event.deck and event.right and first:
        learner = _lifted(learner, event, question, day_of(now))
    grade = Grade.MISSED if not event.right else Grade.RIGHT if first else Grade.AT_THE_REPEAT
    memory = remembered(learner.memory, event.module, event.deck, question, grade, day_of(now))
    return _active(replace(learner, memory=memory), event.module, now)


def _lifted(learner: Learner, event: e.Answered, question: str, today: date) -> Learner:
    """A review that is right on a later day counts for a module that is not done yet; nothing
    counts after it is done."""
    progress, before = (
        learner.modules.get(event.module),
        recall(learner.memory, event.module, event.deck, question),
    )
    if (
        progress is None
        or progress.done
        or event.deck not in progress.decks
        or before is None
        or before.last >= today
    ):
        return learner
    results = best(progress.decks[event.deck], {question: event.hits})
    progress = replace(progress, decks={**progress.decks, event.deck: results})
    return replace(learner, modules={**learner.modules, event.module: progress})


def carried_over(learner: Learner) -> Learner:
    """A snapshot of an older version, its reviews where they are kept now."""
    memory = learner.memory
    for ref, due in learner.reviews.items():
        module, deck, question = ref.split("/")
        days = BOX_DAYS[min(due.box, len(BOX_DAYS) - 1)]
        if recall(memory, module, deck, question) is None:
            memory = kept(
                memory, module, deck, question, Recall(due.day, days, float(days), MIDDLING)
            )
    return replace(learner, memory=memory, reviews={}) if learner.reviews else learner


def merge(mine: Learner, other: Learner) -> Learner:
    """One learner out of two: progress of both, nothing lost. Where only one can stay (language,
    place) mine does."""
    renumbered = {
        k: replace(attempt, id=mine.attempts_begun + attempt.id)
        for k, attempt in other.attempts.items()
        if k not in mine.attempts
    }
    earned = (*mine.earned, *(c for c in other.earned if not _has(mine.earned, c)))
    owed = tuple(c for c in mine.owed if not _has(earned, c))
    owed += tuple(c for c in other.owed if not _has((*earned, *owed), c))
    return replace(
        mine,
        language=mine.language or other.language,
        attempts_begun=mine.attempts_begun + other.attempts_begun,
        attempts={**mine.attempts, **renumbered},
        modules={**other.modules, **mine.modules}
        | {
            m: _merge_modules(mine.modules[m], other.modules[m])
            for m in mine.modules.keys() & other.modules.keys()
        },
        memory=merged(mine.memory, other.memory),
        owed=owed,
        earned=earned,
        name=mine.name or other.name,
        explained=tuple(sorted({*mine.explained, *other.explained})),
        papers_in=other.papers_in if mine.papers_in == "mine" else mine.papers_in,
        muted=mine.muted or other.muted,
        role=other.role if mine.role == "learner" else mine.role,
        staff_name=mine.staff_name or other.staff_name,
        groups={**other.groups, **mine.groups},
        failed={**other.failed, **mine.failed},
        zone=mine.zone or other.zone,
        rhythm=joined(mine.rhythm, other.rhythm),
        code=None,
        joined=True,
    )


def _has(certificates: Iterable[Certificate], wanted: Certificate) -> bool:
    return any((c.kind, c.subject) == (wanted.kind, wanted.subject) for c in certificates)


def _merge_modules(a: ModuleProgress, b: ModuleProgress) -> ModuleProgress:
    done = min((day for day in (a.done, b.done) if day), default=None)
    return ModuleProgress(
        first_day=min(a.first_day, b.first_day),
        last_day=max(a.last_day, b.last_day),
        seconds=a.seconds + b.seconds,
        decks={}
        if done
        else {
            d: best(a.decks.get(d, {}), b.decks.get(d, {})) for d in a.decks.keys() | b.decks.keys()
        },
        done=done,
        mark=max(a.mark, b.mark),
        tested=a.tested or b.tested,
        rule=(a if a.mark >= b.mark else b).rule,
    )
