"""What happens to roles, to links that give them, and to certificates that an admin looks at."""

from dataclasses import dataclass, replace

from bot.conversation.event import Event
from bot.model.learner import Learner
from bot.model.message import Traits, kind

DECKS = kind("decks", Traits(asked_for=True, for_staff=True))


@dataclass(frozen=True)
class RoleGiven(Event):
    """`role` is a `bot.model.group.Role`, `name` the one that learners read."""

    role: str
    name: str = ""

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, role=self.role, staff_name=self.name)


@dataclass(frozen=True)
class StaffNamed(Event):
    name: str

    def apply(self, learner: Learner, now: int) -> Learner:
        return replace(learner, staff_name=self.name)


@dataclass(frozen=True)
class StaffLinkMade(Event):
    """A link that makes one person staff, once; with a `group` also a counsellor of that."""

    token: str
    role: str
    group: int | None = None


@dataclass(frozen=True)
class StaffLinkUsed(Event):
    """`rises`: it gave a role that they did not have."""

    token: str
    rises: bool = True


@dataclass(frozen=True)
class CertificateWithdrawn(Event):
    """An admin declares a certificate void, or `back` valid again."""

    serial: str
    back: bool = False
