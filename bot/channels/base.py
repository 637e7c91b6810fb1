"""The port of a messenger: all that a channel has to be, and all that others know of it.
docs/adding-a-channel.md goes through it step by step.

A channel is a folder here and a line in `bot/channels/__init__.py`. It knows its own limits and
nobody else does. By custom `parse.py` makes an `Update` of what came and `render.py` makes of a
`Screen` what is shown; both are pure, so that every limit is tested without a network.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from aiohttp import web

from bot.conversation.screen import Screen
from bot.conversation.update import Update
from bot.dispatcher import Dispatcher
from bot.documents.parcel import Announcement, Make, NoSuchFile, Post, SentFile
from bot.i18n.catalogues import Catalogues
from bot.model.broadcast import Media
from bot.model.channel import LABELS, MANNERS, Manners
from bot.model.words import Words
from bot.runtime.check import Finding, Findings
from bot.settings import Settings
from db.outbox import Delivery
from db.recipients import Recipient
from db.store import Store

Over = Callable[[int, str], Awaitable[None]]
"""So many parts of an order are over there, the last one as this message."""
LARGEST_SENT = 20 << 20
"""Bytes of a file that is fetched from a messenger."""
MayLeave = Callable[[], Awaitable[bool]]
"""Whether a broadcast's message may leave now that its turn has come."""


class Unusable(Exception):
    """A messenger refuses us for good; the text is one sentence that says what to do."""


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


class WindowClosed(Exception):
    """Nothing may be sent to them before they write again, and they have not agreed to more."""


class TooLate(Exception):
    """Not sent: the lease was over, the broadcast is paused or cancelled, the person is gone."""


async def _nothing_sent(media: Media) -> SentFile:
    raise NoSuchFile


@dataclass(frozen=True)
class Site:
    """What a channel is given of the process that it runs in."""

    settings: Settings
    dispatcher: Dispatcher
    words: Catalogues
    store: Store
    make: Make
    alone: bool = True
    """No other process writes with the same account: a pace need not be shared."""
    opened: Callable[[str, str], None] = lambda name, link: None
    """Told the name of a channel and its start link, to which a payload is appended, as soon as the
    link is known and messages can be sent."""
    clock: Callable[[], float] = time.time
    fetch: Callable[[Media], Awaitable[SentFile]] = _nothing_sent
    """Brings what an author sent on any messenger. Raises `NoSuchFile`, and `Later` where that one
    is away."""
    begins: MutableMapping[str, int] = field(default_factory=dict)
    """Told by a channel with how many people it may begin in 24 hours."""


@dataclass(frozen=True)
class Webhook:
    """A route that a messenger calls: its handler reads the body, up to `largest` bytes, once it
    knows who sends it. Or a form with a file that people send, which is there as a whole."""

    path: str
    handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    largest: int = 1 << 20
    by_people: bool = False


class Channel:
    """A messenger in one process."""

    name: ClassVar[str]
    """As it stands in the database, in PASITO_ADMINS and in /metrics. For ever."""
    label: ClassVar[str]
    """What people call it."""
    settings: ClassVar[type[Any] | None] = None
    """A frozen dataclass: PASITO_<NAME>_<FIELD>. It may have `check(settings)`, which raises
    `bot.settings.SettingError`."""
    admin: ClassVar[str] = ""
    """How an address looks in PASITO_ADMINS behind `<name>:`, a regular expression."""
    manners: ClassVar[Manners] = Manners()

    def __init_subclass__(cls) -> None:
        if "label" in cls.__dict__:
            LABELS[cls.name] = cls.label
        if "manners" in cls.__dict__:
            MANNERS[cls.name] = cls.manners

    @classmethod
    def of(cls, site: Site) -> Self | None:
        """The channel as the settings want it; None where it is off."""
        return None

    @classmethod
    def hint(cls, settings: Settings) -> str:
        """What an operator reads at the start where it is off: how to turn it on."""
        return ""

    @classmethod
    async def checks(cls, settings: Settings) -> Findings:
        """Whether it is set up well, for `pasito doctor`. Changes nothing."""
        nothing: tuple[Finding, ...] = ()
        for finding in nothing:
            yield finding

    @classmethod
    def misfits(cls, screen: Screen, language: str, words: Catalogues) -> Iterator[str]:
        """Why a screen cannot be shown here as it should, for `pasito lint`. Pure."""
        yield from ()

    def where(self) -> str:
        """What an operator reads at the start: where people find it."""
        return ""

    def routes(self) -> Iterable[web.RouteDef]:
        """Pages of its own on the web server."""
        return ()

    def webhooks(self) -> Iterable[Webhook]:
        """What the messenger calls."""
        return ()

    async def start(self, working: bool = True) -> None:
        """Opens it; a messenger that is away is waited for in the background. With `working` it
        also fetches what people write: one process of many may do without. Raises `Unusable`."""

    async def fetch(self, file_id: str, most: int = LARGEST_SENT) -> SentFile:
        """What somebody sent here, by the id of `bot.conversation.update.Sent`. Raises `NoSuchFile`
        (`TooLarge` where it has more bytes than `most`) or `Later`."""
        raise NoSuchFile

    async def pause(self) -> None:
        """Takes nothing new, and gives up broadcasts that wait for their turn."""

    async def stop(self) -> None:
        """After `pause`: finishes what is under way, and closes."""


def at_once(rate: float) -> int:
    """How many recipients of a broadcast are claimed in one transaction, set on the wire in one,
    and on their way out at once: 40 transactions a second at most."""
    return max(1, round(rate / 40))


class PushChannel(Channel, ABC):
    """A channel on which messages can be sent unasked: files, notes, broadcasts."""

    rate: float
    """Messages a second that may be sent in all."""
    confirms: ClassVar[int] = 0
    """Seconds in which it says what became of a message that it took; 0 where taken is arrived."""

    @property
    @abstractmethod
    def open(self) -> bool:
        """Whether messages can be sent: it was reached since the start."""

    @abstractmethod
    async def reachable(self) -> None:
        """Raises when it cannot be reached, or what people write does not come in (/readyz)."""

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
        it is asked just before each attempt. Raises `Blocked`, `Later`, `NotNow`, `Unsure`,
        `TooLate`; anything else is the recipient's own failure, and its text is the reason."""

    @abstractmethod
    async def converse(self, update: Update) -> None:
        """Shows a learner where they are, for an update that was committed and never answered.
        Does nothing for one that is being answered just now. Returns when that went out, or not."""

    async def refresh(self, address: str, message: str, unless: str = "") -> str | None:
        """Brings a message that shows something under way up to date. Returns what it shows now, to
        be given back as `unless`; None where nobody looks at it any more, or the messenger cannot
        change what was sent."""
        return None
