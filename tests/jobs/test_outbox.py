"""Files on their way: in order, each once, not lost while the messenger is away, also when
processes take turns.
"""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from pypdf import PdfReader

import certificates as paper
from bot.channels.base import Later
from bot.conversation.turn import World
from bot.conversation.update import Start, Typed, Update
from bot.dispatcher import Dispatcher
from bot.documents.certificate import NothingToCertify
from bot.documents.make import Files
from bot.documents.parcel import FAILED, NOT_MADE, NOT_THERE, MadeFile, Post, Unwanted
from bot.i18n.catalogues import Catalogues
from bot.jobs.outbox import LEASE, LONGEST_WAIT, Lane, Outbox
from bot.model.order import OrderKind
from bot.model.words import Words
from cards.model import Programme
from certificates import Fonts
from db.outbox import Delivery
from db.store import Store
from tests.fakes.channel import FakeChannel
from tests.support.world import Clock, issuer_of

Over = Callable[[int, str], Awaitable[None]]
TYPED = ("▶ Start", "next", "1", "next", "Get my certificate", "Amina Diallo", "2")


@pytest.fixture
async def ordered(store: Store, world: World, clock: Clock) -> AsyncIterator[Store]:
    """Amina finished her first module: a certificate and the annex wait to be sent."""
    dispatcher = Dispatcher(store, world, clock)
    await dispatcher.start()
    doing = (Start("m-phone"), *map(Typed, TYPED))
    for number, step in enumerate(doing):
        await dispatcher.handle(Update("telegram", str(number), "1001", step, "en"))
    yield store
    await dispatcher.stop()


class Messenger(FakeChannel):
    """Notes what it is given. It does not take the next `away` files."""

    def __init__(self, away: int = 0) -> None:
        super().__init__()
        self.got: list[str] = []
        self.away = away

    async def send(self, delivery: Delivery, post: Post, over: Over) -> None:
        if self.away:
            self.away -= 1
            raise Later
        assert isinstance(post, MadeFile)
        self.got.append(str(delivery.order.kind))


@pytest.fixture
def files(
    programme: Programme, words: Catalogues, store: Store, world: World, fonts: Fonts, clock: Clock
) -> Files:
    return Files(programme, words, store, issuer_of(fonts), world.links, clock=clock)


async def test_what_comes_later_waits_with_what_cannot_be_sent(
    ordered: Store, files: Files, clock: Clock
) -> None:
    messenger = Messenger(away=1)
    orders = Lane(messenger, ordered, files.make, clock)
    assert await orders.once() == 2
    assert await orders.once() == 0 and messenger.got == [], (
        "the annex does not overtake the certificate"
    )
    clock.now += LONGEST_WAIT
    await orders.once()
    assert messenger.got == ["module", OrderKind.ANNEX]
    clock.now += LONGEST_WAIT
    assert await orders.once() == 0, "each once"


async def test_a_messenger_that_is_away_for_hours_loses_nothing(
    ordered: Store, files: Files, clock: Clock
) -> None:
    messenger = Messenger(away=30)
    orders = Lane(messenger, ordered, files.make, clock)
    for _ in range(31):
        await orders.once()
        clock.now += LONGEST_WAIT + 2
    assert messenger.got == ["module", OrderKind.ANNEX]


async def test_a_lease_that_ran_out_is_not_used(ordered: Store, files: Files, clock: Clock) -> None:
    """A worker hangs longer than its lease; another one takes over what it held, and it sends
    nothing of that again."""
    messenger = Messenger()
    other = Lane(messenger, ordered, files.make, clock)

    async def slow(delivery: Delivery, post: Post, over: Over) -> None:
        clock.now += LEASE + 1
        await other.once()
        await messenger.send(delivery, post, over)

    await Lane(FakeChannel(hand_over=slow), ordered, files.make, clock).once()
    assert messenger.got == ["module", OrderKind.ANNEX, "module"], (
        "the one in hand goes out again, the other does not"
    )


async def test_both_files_say_what_they_are(
    ordered: Store, files: Files, clock: Clock, words: Catalogues
) -> None:
    made = [
        await files.make(delivery)
        for delivery in await ordered.outbox.take("telegram", int(clock.now), LEASE)
    ]
    certificate, annex = (post for post in made if isinstance(post, MadeFile))
    back = PdfReader(io.BytesIO(certificate.content)).pages[1].extract_text()
    assert (
        "https://pasito.example/annex/en.pdf" in back
        and "https://pasito.example/annex/en.pdf" in certificate.text
    )
    assert "https://pasito.example/annex/en.pdf" in words.say(annex.caption, "en"), (
        "a caption to forward"
    )
    assert annex.content.startswith(b"%PDF") and not annex.preview


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NothingToCertify(), NOT_MADE),
        (paper.MissingGlyphs("𞤀"), NOT_MADE),
        (Unwanted(), NOT_THERE),
        (RuntimeError("a fault of ours"), FAILED),
    ],
)
async def test_a_file_that_does_not_come_is_said(
    ordered: Store, clock: Clock, error: Exception, said: Words
) -> None:
    async def fails(delivery: Delivery) -> Post:
        raise error

    messenger = Messenger()
    await Lane(messenger, ordered, fails, clock).once()
    annex = FAILED if said is NOT_MADE else said  # another spelling helps no annex
    assert messenger.refused == [str(said), str(annex)] and messenger.got == []
    clock.now += LONGEST_WAIT
    assert not await ordered.outbox.take("telegram", int(clock.now), LEASE), "it is over"


async def test_a_channel_that_hangs_holds_up_no_other_one(
    store: Store, world: World, clock: Clock, files: Files
) -> None:
    """Amina learns on Telegram and Samir on another messenger: each gets theirs from the one
    outbox, and the orders of a channel that is not open yet wait for it."""
    dispatcher = Dispatcher(store, world, clock)
    await dispatcher.start()
    for channel in ("telegram", "pigeon"):
        for number, step in enumerate((Start("m-phone"), *map(Typed, TYPED))):
            await dispatcher.handle(Update(channel, f"{channel}{number}", "1001", step, "en"))
    await dispatcher.stop()
    got: list[tuple[str, str]] = []
    free = asyncio.Event()

    async def hangs(delivery: Delivery, post: Post, over: Over) -> None:
        await free.wait()
        got.append((delivery.channel, str(delivery.order.kind)))

    async def takes(delivery: Delivery, post: Post, over: Over) -> None:
        got.append((delivery.channel, str(delivery.order.kind)))

    telegram, pigeon = (
        FakeChannel("telegram", hand_over=hangs),
        FakeChannel("pigeon", hand_over=takes),
    )
    pigeon.is_open = False
    outbox = Outbox([telegram, pigeon], store, files.make, clock)
    await outbox.look()
    assert not got
    pigeon.is_open = True
    await outbox.look()
    async with asyncio.timeout(30):
        while len(got) < 2:
            await asyncio.sleep(0.01)
    assert got == [("pigeon", "module"), ("pigeon", OrderKind.ANNEX)]
    free.set()
    async with asyncio.timeout(30):
        while len(got) < 4:
            await asyncio.sleep(0.01)
    assert got[2:] == [("telegram", "module"), ("telegram", OrderKind.ANNEX)]
    await outbox.stop()
