"""The port of a messenger: all that a channel has to be, and all that others know of it.
docs/adding-a-channel.md goes through it step by step.

A channel is a folder here and a line in `bot/channels/__init__.py`. It knows its own limits and
nobody else does. By custom `parse.py` makes an `Update` of what came and `render.py` makes of a
`Screen` what is shown; both are pure, so that every limit is tested without a network.
"""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from typing import ClassVar

from bot.conversation.update import Update
from bot.documents.parcel import Announcement, Post
from bot.model.words import Words
from db.outbox import Delivery
from db.recipients import Recipient

Over = Callable[[int, str], Awaitable[None]]
"""So many parts of an order are over there, the last one as this message."""
MayLeave = Callable[[], Awaitable[bool]]
"""Whether a broadcast's message may leave now that its turn has come."""


class Blocked(Exception):
    """The person does not want anything any more."""


class Later(Exception):
    """The messenger cannot take it now. `seconds` is its own word on when, or None."""

    def __init__(self, seconds: float | None = None) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


class Unsure(Later):
    """The messenger did not say whether it has it. An order is sent again all the same: nobody
    loses a certificate."""


class TooLate(Exception):
    """Not sent: the lease was over, the broadcast is paused or cancelled, the person is gone."""


class PushChannel(ABC):
    """A channel on which messages can be sent unasked: files, notes, broadcasts."""

    name: ClassVar[str]
    """As it stands in the database, in PASITO_ADMINS and in /metrics. For ever."""
    rate: float
    """Messages a second that may be sent in all."""

    @property
    @abstractmethod
    def open(self) -> bool:
        """Whether messages can be sent: it was reached since the start."""

    @abstractmethod
    async def send(self, delivery: Delivery, post: Post, over: Over) -> None:
        """Hands an order over, from part `delivery.part` on, and tells after each part how many are
        over there. Raises `Blocked` or `Later`; anything else is final."""

    @abstractmethod
    async def refuse(self, delivery: Delivery, why: Words) -> None:
        """Tells who ordered a file that it does not come, and why."""

    @abstractmethod
    async def announce(
        self, to: Recipient, announcement: Announcement, may_leave: MayLeave
    ) -> None:
        """Sends a broadcast's message after all that people wait for, unless `may_leave` says no:
        it is asked just before each attempt. Raises `Blocked`, `Later`, `Unsure`, `TooLate`;
        anything else is the recipient's own failure, and its text is the reason."""

    @abstractmethod
    async def converse(self, update: Update) -> None:
        """Shows a learner where they are, for an update that was committed and never answered.
        Does nothing for one that is being answered just now. Returns when that went out, or not."""

    async def refresh(self, address: str, message: str, unless: str = "") -> str | None:
        """Brings a message that shows something under way up to date. Returns what it shows now, to
        be given back as `unless`; None where nobody looks at it any more, or the messenger cannot
        change what was sent."""
        return None
