"""What happens to certificates and to the name on them."""

from dataclasses import dataclass, replace

from bot.conversation.event import Event
from bot.model.certificate import Certificate, Earned, PapersIn
from bot.model.learner import Learner, as_handed_over, day_of


@dataclass(frozen=True)
class CertificateEarned(Event):
    told_once = True
    kind: Earned
    subject: str

    def apply(self, learner: Learner, now: int) -> Learner:
        has = (*learner.earned, *learner.owed)
        if any((c.kind, c.subject) == (self.kind, self.subject) for c in has):
            return learner
        earned = Certificate(self.kind, self.subject, day_of(now))
        return replace(learner, owed=(*learner.owed, earned))


@dataclass(frozen=True)
class TimeWanted(Event):
    """The time that was learned so far is wanted as a certificate for the first time."""

    subject: str

    def apply(self, learner: Learner, now: int) -> Learner:
        others = tuple(c for c in learner.owed if c.kind is not Earned.LEARNING)
        wanted = Certificate(Earned.LEARNING, self.subject, day_of(now))
        return replace(learner, owed=(*others, wanted))


@dataclass(frozen=True)
class NameGiven(Event):
    """For the certificate in hand."""

    name: str

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, pending_name=self.name)


@dataclass(frozen=True)
class NameKept(Event):
    """For the next certificates, too."""

    name: str

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, name=self.name)


@dataclass(frozen=True)
class NameForgotten(Event):
    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, name=None, pending_name=None)


@dataclass(frozen=True)
class PaperLanguageChosen(Event):
    which: PapersIn

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, papers_in=self.which)


@dataclass(frozen=True)
class MarkChosen(Event):
    """Whether the mark of a module stands on its certificate, from the one that is owed on."""

    module: str
    shown: bool

    def apply(self, learner: Learner, now: int) -> Learner:
        def chosen(paper: Certificate) -> Certificate:
            of_it = (paper.kind, paper.subject) == (Earned.MODULE, self.module)
            return replace(paper, marked=self.shown) if of_it else paper

        return replace(learner, owed=tuple(map(chosen, learner.owed)))


@dataclass(frozen=True)
class CertificateIssued(Event):
    """A certificate that was owed is ordered. `serial` is the number on the paper; `replaces` the
    one on a paper with another spelling of the name, which no longer counts."""

    kind: Earned
    subject: str
    serial: str = ""
    replaces: str = ""
    unkept: bool = False

    def apply(self, learner: Learner, now: int) -> Learner:
        waiting = [c for c in learner.owed if (c.kind, c.subject) == (self.kind, self.subject)]
        maker, unkept = learner.id, self.unkept
        issued = (
            replace(c, serial=self.serial, maker=c.maker or maker, unkept=unkept) for c in waiting
        )
        owed = tuple(c for c in learner.owed if c not in waiting)
        pending = learner.pending_name if owed else None
        again = tuple(c for c in learner.again if (c.kind, c.subject) != (self.kind, self.subject))
        earned = (*learner.earned, *issued)
        return replace(learner, owed=owed, earned=earned, again=again, pending_name=pending)


@dataclass(frozen=True)
class AnnexExplained(Event):
    """The annex comes with the first certificate of these types by itself (seed M+)."""

    types: tuple[int, ...]

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, explained=tuple(sorted({*learner.explained, *self.types})))


@dataclass(frozen=True)
class CertificateWanted(Event):
    """One that was handed over before is wanted again."""

    kind: Earned
    subject: str

    def apply(self, learner: Learner, now: int) -> Learner:
        wanted = tuple(
            c for c in learner.earned if (c.kind, c.subject) == (self.kind, self.subject)
        )
        today = day_of(now)  # the time that was learned is that until today
        dated = (replace(c, day=today) if c.kind is Earned.LEARNING else c for c in wanted)
        return replace(
            learner,
            owed=(*learner.owed, *dated),
            earned=tuple(c for c in learner.earned if c not in wanted),
            again=(*learner.again, *wanted),
        )


@dataclass(frozen=True)
class CalledOff(Event):
    """What was asked for again is not made after all."""

    def apply(self, learner: Learner, now: int) -> Learner:
        return as_handed_over(learner)
