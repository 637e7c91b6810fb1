"""What happens in a deck, and to a module. Answers are also kept in a table of their own."""

from dataclasses import dataclass, replace
from datetime import date

from bot.conversation.event import Event
from bot.conversation.places import place_of
from bot.model.certificate import is_for
from bot.model.learner import (
    Attempt,
    Feedback,
    Learner,
    ModuleProgress,
    active,
    best,
    day_of,
    key,
    with_changes,
)
from bot.model.reminders import stepped
from bot.model.spaced import Grade, recall, remembered
from cards.audience import Audience
from cards.grading import Hits
from cards.question import Choices


@dataclass(frozen=True)
class AudienceChosen(Event):
    """Names on papers and what is owed are those of one audience: an organisation's name never
    stands for a person's."""

    audience: Audience

    def apply(self, learner: Learner, now: int) -> Learner:
        if learner.audience is self.audience:
            return learner
        owed = tuple(c for c in learner.owed if is_for(c.kind, self.audience))
        return with_changes(
            learner, audience=self.audience, owed=owed, name=None, pending_name=None
        )


@dataclass(frozen=True)
class Began(Event):
    """A deck was opened for the first time, or again. `queue` holds the ids of its cards and
    questions."""

    module: str
    deck: str
    version: str
    queue: tuple[str, ...]

    def apply(self, learner: Learner, now: int) -> Learner:
        begun = Attempt(
            learner.attempts_begun + 1, self.module, self.deck, self.version, self.queue, mixed=True
        )
        learner = with_changes(learner, attempts_begun=begun.id)
        return _with_attempt(active(learner, self.module, now), begun)


@dataclass(frozen=True)
class Repinned(Event):
    """The deck changed under the learner: what is left of it, in its new form."""

    version: str
    queue: tuple[str, ...]

    def apply(self, learner: Learner, now: int) -> Learner:
        return _in_hand(learner, version=self.version, queue=self.queue, chosen=(), feedback=None)


@dataclass(frozen=True)
class Advanced(Event):
    """One item of the queue is done; `queue` is what comes now."""

    queue: tuple[str, ...]

    def apply(self, learner: Learner, now: int) -> Learner:
        attempt = current(learner)
        learner = _in_hand(learner, queue=self.queue, chosen=(), feedback=None)
        return active(learner, attempt.module, now) if attempt else learner


@dataclass(frozen=True)
class Picked(Event):
    """One part of an answer, or none any more."""

    chosen: Choices

    def apply(self, learner: Learner, now: int) -> Learner:
        return _in_hand(learner, chosen=self.chosen)


@dataclass(frozen=True)
class Answered(Event):
    """`again` holds the queue with the question put back when it was missed for the first time.
    `counts_for` is the question whose sister this one is, `order` how the options stood on the
    screen."""

    told_once = True
    module: str
    deck: str
    question: str
    choices: Choices
    hits: Hits
    right: bool
    again: tuple[str, ...] | None = None
    counts_for: str = ""
    order: Choices = ()

    def apply(self, learner: Learner, now: int) -> Learner:
        attempt = current(learner)
        if attempt is None:
            return learner
        question = self.counts_for or self.question
        item = question if attempt.deck == self.deck else f"{self.module}/{self.deck}/{question}"
        first = item not in attempt.answers
        learner = _in_hand(
            learner,
            queue=attempt.queue if self.again is None else self.again,
            chosen=(),
            feedback=Feedback(attempt.queue[0], self.choices, self.hits, self.order),
            missed=attempt.missed if self.right else (*attempt.missed, item),
            answers={**attempt.answers, item: self.hits} if first else attempt.answers,
        )
        today = day_of(now)
        if attempt.deck != self.deck and self.right and first:
            learner = self._lifted(learner, question, today)
        grade = Grade.MISSED if not self.right else Grade.RIGHT if first else Grade.AT_THE_REPEAT
        memory = remembered(learner.memory, self.module, self.deck, question, grade, today)
        return active(with_changes(learner, memory=memory), self.module, now)

    def _lifted(self, learner: Learner, question: str, today: date) -> Learner:
        """A review that is right on a later day counts for a module that is not done yet; nothing
        counts after it is done."""
        progress = learner.modules.get(self.module)
        before = recall(learner.memory, self.module, self.deck, question)
        if (
            progress is None
            or progress.done
            or self.deck not in progress.decks
            or before is None
            or before.last >= today
        ):
            return learner
        results = best(progress.decks[self.deck], {question: self.hits})
        return _with_progress(
            learner, self.module, replace(progress, decks={**progress.decks, self.deck: results})
        )


@dataclass(frozen=True)
class ExamAnswered(Event):
    """An answer in an exam: nothing but the exam knows of it. `ref` is `module/deck/question`,
    `queue` what comes now."""

    module: str
    ref: str
    hits: Hits
    right: bool
    queue: tuple[str, ...]

    def apply(self, learner: Learner, now: int) -> Learner:
        attempt = current(learner)
        if attempt is None:
            return learner
        learner = _in_hand(
            learner,
            queue=self.queue,
            chosen=(),
            missed=attempt.missed if self.right else (*attempt.missed, self.ref),
            answers={**attempt.answers, self.ref: self.hits},
        )
        return active(learner, self.module, now)


@dataclass(frozen=True)
class ExamBegan(Event):
    """A new exam in the place of the last one. `about` is a category, or `module/deck`."""

    about: str
    queue: tuple[str, ...]

    def apply(self, learner: Learner, now: int) -> Learner:
        number = learner.attempts_begun + 1
        begun = Attempt(number, "", "exam", self.about, self.queue, mixed=True)
        return _with_attempt(with_changes(learner, attempts_begun=number), begun)


@dataclass(frozen=True)
class DeckDone(Event):
    """`passed` says whether the pass mark was reached this time."""

    told_once = True
    module: str
    deck: str
    passed: bool = True

    def apply(self, learner: Learner, now: int) -> Learner:
        this = key(self.module, self.deck)
        finished = learner.attempt(self.module, self.deck)
        progress = learner.modules.get(self.module)
        failed = {k: n for k, n in learner.failed.items() if k != this}
        if not self.passed:
            failed[this] = learner.failed.get(this, 0) + 1
        learner = with_changes(
            learner,
            attempts={k: a for k, a in learner.attempts.items() if k != this},
            failed=failed,
            rhythm=stepped(learner.rhythm, now, learner.zone),
        )
        if finished is None or progress is None or progress.done:
            return learner
        decks = {**progress.decks, self.deck: finished.answers}
        return _with_progress(
            learner, self.module, replace(progress, decks=decks, last_day=day_of(now))
        )


@dataclass(frozen=True)
class ModuleDone(Event):
    told_once = True
    module: str
    mark: int
    """Per cent, rounded down."""
    tested: bool = False
    """It had mandatory tests, and they were passed."""
    rule: int = 0
    """The mark that was asked for, per cent of first answers."""

    def apply(self, learner: Learner, now: int) -> Learner:
        today = day_of(now)
        progress = replace(
            learner.modules[self.module],
            done=today,
            last_day=today,
            mark=self.mark,
            tested=self.tested,
            rule=self.rule,
            decks={},
        )
        return _with_progress(learner, self.module, progress)


def _with_attempt(learner: Learner, attempt: Attempt) -> Learner:
    attempts = {**learner.attempts, key(attempt.module, attempt.deck): attempt}
    return with_changes(learner, attempts=attempts)


def _with_progress(learner: Learner, module: str, progress: ModuleProgress) -> Learner:
    return with_changes(learner, modules={**learner.modules, module: progress})


def _in_hand(learner: Learner, **changes: object) -> Learner:
    attempt = current(learner)
    if attempt is None:
        return learner
    return _with_attempt(learner, with_changes(attempt, step=attempt.step + 1, **changes))


def current(learner: Learner) -> Attempt | None:
    """The attempt on the screen, if the learner is in a lesson."""
    place = place_of(learner)
    return learner.attempts.get(key(getattr(place, "module", ""), getattr(place, "deck", "")))
