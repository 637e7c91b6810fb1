"""What happened. Flows give events, `evolve` puts them into the learner, the store keeps them.

Answers, certificates and the end of a module are also kept in tables of their own; the rest lives
in the snapshot.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.conversation.action import Place
from cards.grading import Hits
from cards.model import Choices

if TYPE_CHECKING:
    from bot.model.broadcast import Draft
    from bot.model.group import Colleague, Group, Note
    from bot.model.learner import Learner


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
class Went:
    """The learner is somewhere else now."""

    place: Place


@dataclass(frozen=True)
class LanguageChosen:
    language: str


@dataclass(frozen=True)
class MinutesChosen:
    minutes: int


@dataclass(frozen=True)
class Began:
    """A deck was opened for the first time, or again. `queue` holds the ids of its cards and
    questions."""

    module: str
    deck: str
    version: str
    queue: tuple[str, ...]


@dataclass(frozen=True)
class Repinned:
    """The deck changed under the learner: what is left of it, in its new form."""

    version: str
    queue: tuple[str, ...]


@dataclass(frozen=True)
class Advanced:
    """One item of the queue is done; `queue` is what comes now."""

    queue: tuple[str, ...]


@dataclass(frozen=True)
class Picked:
    chosen: Choices


@dataclass(frozen=True)
class Answered:
    """`again` holds the queue with the question put back when it was missed for the first time.
    `counts_for` is the question whose sister this one is, `order` how the options stood on the
    screen."""

    module: str
    deck: str
    question: str
    choices: Choices
    hits: Hits
    right: bool
    again: tuple[str, ...] | None = None
    counts_for: str = ""
    order: Choices = ()


@dataclass(frozen=True)
class DeckDone:
    """`passed` says whether the pass mark was reached this time."""

    module: str
    deck: str
    passed: bool = True


@dataclass(frozen=True)
class ModuleDone:
    module: str
    mark: int
    """Per cent, rounded down."""
    tested: bool = False
    """It had mandatory tests, and they were passed."""
    rule: int = 0
    """The mark that was asked for, per cent of first answers."""


@dataclass(frozen=True)
class CertificateEarned:
    kind: Earned
    subject: str


@dataclass(frozen=True)
class NameGiven:
    name: str


@dataclass(frozen=True)
class NameKept:
    name: str


@dataclass(frozen=True)
class NameForgotten:
    pass


@dataclass(frozen=True)
class PaperLanguageChosen:
    """`which` is mine, country or both."""

    which: str


@dataclass(frozen=True)
class CertificateOrdered:
    """Make this certificate and hand it over. `name` is what stands on it and is kept only until
    then.

    `serial` is the number on the paper; `replaces` the one on a paper with another spelling of the
    name, which no longer counts.
    """

    kind: Earned
    subject: str
    name: str
    language: str
    serial: str = ""
    replaces: str = ""


@dataclass(frozen=True)
class AnnexOrdered:
    """Hand over the annex; with the first certificate of each type it comes by itself (seed
    2036)."""

    language: str
    types: tuple[int, ...] = ()


@dataclass(frozen=True)
class CertificateWanted:
    """One that was handed over before is wanted again."""

    kind: Earned
    subject: str


@dataclass(frozen=True)
class DataOrdered:
    """Hand over everything that is known about the learner."""

    language: str


@dataclass(frozen=True)
class CodeShown:
    """A code that joins another channel to this learner, valid for a quarter of an hour."""

    code: str


@dataclass(frozen=True)
class Joined:
    """The learner typed the other channel's code: that learner's progress and channels come over
    here."""

    other: Learner


@dataclass(frozen=True)
class WrongCode:
    """A code was typed that is nobody's."""


@dataclass(frozen=True)
class ConnectionsTold:
    """Send a note to all other addresses of the learner."""

    note: Note


@dataclass(frozen=True)
class ConnectionEnded:
    """One of the learner's addresses was taken off; `connection` is a
    `bot.model.connection.Connection`'s id."""

    connection: str


@dataclass(frozen=True)
class AddressRenewed:
    """A page's address is replaced by a new one, which only the store knows."""

    connection: str


@dataclass(frozen=True)
class Muted:
    """STOP: nothing is sent any more that was not asked for."""


@dataclass(frozen=True)
class Unmuted:
    pass


@dataclass(frozen=True)
class Erased:
    pass


# --- the learner's rhythm


@dataclass(frozen=True)
class ZoneTold:
    """The learner's time zone (IANA)."""

    zone: str


@dataclass(frozen=True)
class ReminderSet:
    """The hour of the day, where the learner is; None for no reminders."""

    hour: int | None


@dataclass(frozen=True)
class GoalSet:
    """Decks a week; 0 for none."""

    steps: int


@dataclass(frozen=True)
class Reminded:
    """A reminder goes out."""


# --- staff, groups, messages from one person to another


@dataclass(frozen=True)
class RoleGiven:
    """`role` is a `bot.model.group.Role`, `name` the one that learners read."""

    role: str
    name: str = ""


@dataclass(frozen=True)
class StaffNamed:
    name: str


@dataclass(frozen=True)
class StaffLinkMade:
    """A link that makes one person staff, once; with a `group` also a counsellor of that."""

    token: str
    role: str
    group: int | None = None


@dataclass(frozen=True)
class StaffLinkUsed:
    """`rises`: it gave a role that they did not have."""

    token: str
    rises: bool = True


@dataclass(frozen=True)
class Drafted:
    """Staff wrote something that is not sent yet."""

    text: str


@dataclass(frozen=True)
class GroupKept:
    """A group is new, or changed."""

    group: Group


@dataclass(frozen=True)
class GroupEnded:
    """A group is deleted, and with it what its counsellor could see."""

    group: int


@dataclass(frozen=True)
class ColleagueKept:
    """Somebody keeps a group together with its owner, or is called otherwise now."""

    group: int
    colleague: Colleague


@dataclass(frozen=True)
class ColleagueLeft:
    group: int
    learner: int


@dataclass(frozen=True)
class GroupHanded:
    """A group has another owner now, and these colleagues."""

    group: Group


@dataclass(frozen=True)
class SharedToo:
    """A yes to the organisations of colleagues."""

    group: int
    organisations: tuple[str, ...]


@dataclass(frozen=True)
class SharedNoMore:
    """A yes to the organisation of a colleague is taken back."""

    group: int
    organisation: str


@dataclass(frozen=True)
class GroupJoined:
    group: Group
    number: int


@dataclass(frozen=True)
class GroupLeft:
    group: int


@dataclass(frozen=True)
class NicknameChosen:
    group: int
    nickname: str


@dataclass(frozen=True)
class Labelled:
    """The counsellor's own name for a learner of a group; empty when it is taken away."""

    group: int
    learner: int
    label: str


@dataclass(frozen=True)
class SensitiveShared:
    """The separate yes, or its withdrawal, for sensitive modules."""

    group: int
    yes: bool


@dataclass(frozen=True)
class MeetingAnswered:
    group: int
    meeting: int
    yes: bool


@dataclass(frozen=True)
class Nudged:
    """The counsellor sent a word to go on."""

    group: int


@dataclass(frozen=True)
class CounsellorNamed:
    """The counsellor of a group is called otherwise now."""

    group: int
    name: str


@dataclass(frozen=True)
class SharedAgain:
    """A yes to who keeps this group now."""

    group: Group


@dataclass(frozen=True)
class CounsellorGone:
    """The counsellor of a group deleted everything about themselves: their name goes, too."""

    group: int


@dataclass(frozen=True)
class CounsellorAsked:
    """A learner wrote to the counsellor; not `waiting` any more once there is an answer."""

    group: int
    waiting: bool


@dataclass(frozen=True)
class StrangerAsked:
    """A question of somebody who was never answered: a group takes only so many an hour."""

    group: int


@dataclass(frozen=True)
class Held:
    """A note to a learner that waits until they want it."""

    learner: int
    note: Note


@dataclass(frozen=True)
class HeldReleased:
    """What was held of a group comes now; with `drop` it is deleted unread."""

    group: int
    drop: bool = False


@dataclass(frozen=True)
class ForOther:
    """An event of another learner: a nudge, a removal from a group."""

    learner: int
    event: Event


@dataclass(frozen=True)
class Told:
    """Send a note to a learner, on the channel where they were last."""

    learner: int
    note: Note


@dataclass(frozen=True)
class GroupTold:
    """Send a note to every member of a group."""

    group: int
    note: Note


@dataclass(frozen=True)
class PaperOrdered:
    """A printed paper or an export for staff: `kind` names it, `subject` is a group's or a module's
    id."""

    kind: str
    subject: str
    language: str


@dataclass(frozen=True)
class CertificateWithdrawn:
    """An admin declares a certificate void, or `back` valid again."""

    serial: str
    back: bool = False


@dataclass(frozen=True)
class BroadcastDrafted:
    """What an admin is writing; None when it was sent or thrown away."""

    draft: Draft | None


@dataclass(frozen=True)
class AdminsTold:
    """Send a note to every other admin."""

    note: Note


@dataclass(frozen=True)
class PreviewOrdered:
    """Show the author a text of a broadcast as learners will see it."""

    note: Note


@dataclass(frozen=True)
class BroadcastBegun:
    """A draft is to be sent; with `approval` only after a second admin agreed."""

    id: int
    draft: Draft
    approval: bool


@dataclass(frozen=True)
class BroadcastSteered:
    """`what` is approve, pause, resume or cancel."""

    id: int
    what: str


Event = (
    Went
    | LanguageChosen
    | MinutesChosen
    | Began
    | Repinned
    | Advanced
    | Picked
    | Answered
    | DeckDone
    | ModuleDone
    | CertificateEarned
    | NameGiven
    | NameKept
    | NameForgotten
    | PaperLanguageChosen
    | CertificateOrdered
    | AnnexOrdered
    | CertificateWanted
    | DataOrdered
    | CodeShown
    | Joined
    | WrongCode
    | ConnectionsTold
    | ConnectionEnded
    | AddressRenewed
    | Muted
    | Unmuted
    | Erased
    | ZoneTold
    | ReminderSet
    | GoalSet
    | Reminded
    | RoleGiven
    | StaffNamed
    | StaffLinkMade
    | StaffLinkUsed
    | Drafted
    | GroupKept
    | GroupEnded
    | ColleagueKept
    | ColleagueLeft
    | GroupHanded
    | SharedToo
    | SharedNoMore
    | GroupJoined
    | GroupLeft
    | NicknameChosen
    | Labelled
    | SensitiveShared
    | MeetingAnswered
    | Nudged
    | CounsellorAsked
    | CounsellorGone
    | CounsellorNamed
    | SharedAgain
    | StrangerAsked
    | Held
    | HeldReleased
    | ForOther
    | Told
    | GroupTold
    | AdminsTold
    | PaperOrdered
    | CertificateWithdrawn
    | BroadcastDrafted
    | PreviewOrdered
    | BroadcastBegun
    | BroadcastSteered
)
