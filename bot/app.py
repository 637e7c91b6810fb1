"""Composition: the only place that knows every part, and the order in which they start and stop."""

import asyncio
import gc
import logging
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AsyncExitStack
from functools import partial

from aiohttp import web

from bot import logs
from bot.assembly import Parts, assemble, programme_of, teach
from bot.channels import CHANNELS
from bot.channels.base import LARGEST_SENT, Channel, PushChannel, Site
from bot.channels.web.channel import Web
from bot.documents.parcel import NoSuchFile, SentFile
from bot.flows.staff.events import DECKS as FAULTY
from bot.i18n.catalogues import SHIPPED, Catalogues
from bot.jobs import decks, recordings
from bot.jobs.readiness import LOOK_SECONDS as LOOK_AT_WORLD
from bot.jobs.readiness import Readiness
from bot.jobs.sending import Sending
from bot.jobs.worker import Worker
from bot.model.broadcast import Media
from bot.model.message import note
from bot.model.papers import MOST_FILE_BYTES
from bot.runtime.clock import LOOK_SECONDS, ClockWatch, check_clock
from bot.settings import SettingError, Settings
from bot.web.about import About
from bot.web.doors import Doors, Runner, raise_file_limit, room
from bot.web.employers import Employers
from bot.web.health import Health, create_health_app
from bot.web.join import Join
from bot.web.placement import PlacementPage
from bot.web.prints import Prints
from bot.web.server import create_app
from bot.web.verify import Verify, Withdrawals
from bot.web.visitor import Proxies
from cards.audience import Audience
from cards.model import Programme
from cards.reader import SHIPPED as DECKS
from cards.recording import FOLDER
from db import broadcasts, first_admin, maintenance
from db.clock_repair import put_right
from db.erased import WIPE
from db.heartbeat import Pulse
from db.recordings import RECORDINGS
from db.revocations import withdrawn

log = logging.getLogger(__name__)
YOUNG = 20_000
"""New objects after which the collector looks for circles among them. Nearly all that a tap makes
is gone by itself before that; at the 700 it has of its own, every tap would pay for a look."""


class NobodyThere(Exception):
    """No worker is alive: the web chat goes on, files and letters wait."""


EVERY_MINUTE, TEN_MINUTES, WIPE_SECONDS = 60, 600, 5
WEB, WORKER = frozenset({"web"}), frozenset({"worker"})
EVERYTHING = WEB | WORKER
"""What one process does: `web` answers requests and any number may run; `worker` does what nobody
waits for, and polls.
"""


async def run(
    settings: Settings, ready: Callable[[str], None] = print, roles: frozenset[str] = EVERYTHING
) -> None:
    """What is configured, until SIGTERM or SIGINT. `ready` is told where to look. Raises what
    `assemble` raises."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    async with AsyncExitStack() as stack:
        parts = await assemble(settings, roles)
        alone = roles == EVERYTHING and parts.engine.dialect.name == "sqlite"
        pulse = parts.pulse = Pulse(
            parts.engine, parts.store.process, worker=bool(roles & WORKER), alone=alone
        )
        stack.push_async_callback(parts.close)
        worker = Worker()
        stack.push_async_callback(worker.stop)
        await pulse.open()
        channels, sending = _channels(parts, worker, alone, roles)
        await _add_jobs(parts, worker, pulse, sending, stack)
        health = _health(parts, channels, pulse, roles)
        doors = Doors(room(raise_file_limit()), Proxies.of(settings.proxy_list))
        if roles & WEB:
            server = _website(parts, channels, health)
            await _listen(server, doors, settings.host, settings.port, "PASITO_PORT", stack)
        if settings.worker_port:
            port, setting = settings.worker_port, "PASITO_WORKER_PORT"
            await _listen(create_health_app(health), doors, settings.host, port, setting, stack)
        stack.push_async_callback(_stop, channels, sending, worker)
        for channel in channels:
            await channel.start(working=bool(roles & WORKER))
        # decks, words and code stay: the collector need not look through them again and again, not
        # even once (a tenth of a start, to find two thousand objects)
        gc.freeze()
        gc.set_threshold(YOUNG)
        gc.enable()
        token = await first_admin.invite(parts.store, int(time.time())) if roles & WEB else None
        ready(_where(parts, channels, roles, token))
        await stop.wait()
        log.info("stopping: finishing what is under way")
        await health.stop()


def _channels(
    parts: Parts, worker: Worker, alone: bool, roles: frozenset[str]
) -> tuple[list[Channel], Sending | None]:
    """The channels that are on; and what is sent on them unasked, where this process does that."""
    sending: Sending | None = None

    def opened(name: str, link: str) -> None:
        parts.links[name] = link
        if sending:
            sending.opened()

    async def sent(name: str, id: str, most: int) -> SentFile:
        for channel in channels:
            if channel.name == name:
                return await channel.fetch(id, most)
        raise NoSuchFile

    async def fetch(media: Media) -> SentFile:
        return await sent(media.channel, media.file_id, LARGEST_SENT)

    async def bring(name: str, id: str, most: int = MOST_FILE_BYTES) -> bytes:
        return (await sent(name, id, most)).content

    site = Site(
        parts.settings,
        parts.dispatcher,
        parts.words,
        parts.store,
        parts.files.make,
        alone,
        opened,
        fetch=fetch,
        begins=parts.begins,
    )
    channels = [channel for kind in CHANNELS if (channel := kind.of(site))]
    parts.files.bring = bring
    if roles & WORKER:
        sending = Sending(parts.store, parts.files.make, _pushing(channels), worker)
        fetching = recordings.Fetching(
            parts.store, partial(bring, most=recordings.LARGEST), lambda: parts.programme
        )
        worker.add(RECORDINGS, fetching.look, recordings.LOOK_SECONDS)
    return channels, sending


def _pushing(channels: Iterable[Channel]) -> list[PushChannel]:
    return [channel for channel in channels if isinstance(channel, PushChannel)]


async def _add_jobs(
    parts: Parts, worker: Worker, pulse: Pulse, sending: Sending | None, stack: AsyncExitStack
) -> None:
    store = parts.store
    worker.add("heartbeat", pulse.beat, pulse.every)
    worker.add(WIPE, store.wipe, WIPE_SECONDS)
    worker.add("log", _tell_counts, EVERY_MINUTE)
    watch = ClockWatch(partial(put_right, store))
    await watch.look()  # before anything is tidied away
    worker.add("clock", watch.look, LOOK_SECONDS)
    worker.add("readiness", Readiness(lambda: parts.dispatcher.world).look, LOOK_AT_WORLD)
    _watch_decks(parts, worker, tells=sending is not None)
    worker.add("recorded", parts.laying.look, recordings.LOOK_SECONDS)
    if sending is None:
        return
    await store.notifications.listen(worker.notify)
    stack.push_async_callback(store.notifications.close)
    for name, remind in (
        ("reminders", maintenance.remind),
        ("meetings", maintenance.remind_of_meetings),
        ("pairs", maintenance.ask_pairs),
    ):
        worker.add(name, partial(_now, partial(remind, store)), EVERY_MINUTE)
    for name, delete in (
        ("retention", maintenance.retain),
        ("strangers", maintenance.forget_strangers),
        ("tidy", maintenance.tidy),
        ("drafts", maintenance.forget_drafts),
    ):
        worker.add(name, partial(_once_settled, watch, partial(delete, store)), TEN_MINUTES)
    await broadcasts.hold_strangers(store.engine, store.vault, store.admins)
    sending.start()


def _watch_decks(parts: Parts, worker: Worker, tells: bool) -> None:
    """Changed decks are taken within seconds, at SIGHUP at once. One process `tells` the
    admins."""
    settings = parts.settings
    folder = settings.cards_dir
    roots = (*((folder,) if folder else (DECKS, SHIPPED)), settings.data_dir / FOLDER)

    def read() -> tuple[Programme, Catalogues]:
        return programme_of(settings)

    async def tell(why: str) -> None:
        if tells:
            await maintenance.tell_admins(parts.store, note(FAULTY, why=why), int(time.time()))

    faults, take = partial(decks.lint_faults, folder), partial(teach, parts)
    look = decks.DeckWatch(roots, faults, read, take, tell).look
    worker.add("decks", look, decks.LOOK_SECONDS)
    if not sys.stdin or not sys.stdin.isatty():  # to close a terminal ends what runs in it
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGHUP, worker.notify, "decks")


async def _now(work: Callable[[int], Awaitable[object]]) -> object:
    return await work(int(time.time()))


async def _once_settled(watch: ClockWatch, delete: Callable[[int], Awaitable[object]]) -> object:
    """Nothing is deleted by a clock that was put just now."""
    return await delete(int(time.time())) if watch.settled else None


async def _tell_counts() -> None:
    logs.tell_counts()


async def _stop(channels: Sequence[Channel], sending: Sending | None, worker: Worker) -> None:
    """Takes nothing new, sends what is in hand, then closes."""
    await asyncio.gather(*(channel.pause() for channel in channels))
    await asyncio.gather(worker.stop(), *([sending.stop()] if sending else []))
    await asyncio.gather(*(channel.stop() for channel in channels))


def _health(
    parts: Parts, channels: Iterable[Channel], pulse: Pulse, roles: frozenset[str]
) -> Health:
    settings = parts.settings

    async def database() -> None:
        pulse.check()
        await parts.store.ready()

    async def worker() -> None:
        if not await pulse.workers():
            raise NobodyThere

    async def right_time() -> None:
        check_clock()

    reach = {channel.name: channel.reachable for channel in _pushing(channels)}
    return Health(
        {"database": database, **reach},
        parts.store.outbox.waiting,
        also={"clock": right_time},
        hints={} if roles & WORKER else {"worker": worker},
        prove=parts.store.vault.prove,
        figures=settings.metrics or settings.local,
    )


def _website(parts: Parts, channels: Sequence[Channel], health: Health) -> web.Application:
    (chat,) = (channel.chat for channel in channels if isinstance(channel, Web))
    settings = parts.settings
    verify = Verify(
        parts.keys,
        settings.public_url,
        parts.programme,
        parts.words,
        Withdrawals(partial(withdrawn, parts.engine), time.time),
        parts.files.annex if parts.programme.annex else None,
    )
    parts.dispatcher.follow(verify.teach)
    about = About(parts.words, parts.programme, parts.dispatcher.world.operator)
    parts.dispatcher.follow(about.teach)
    prints = Prints(
        parts.words, parts.programme, parts.files.printed, Proxies.of(settings.proxy_list)
    )
    parts.dispatcher.follow(prints.teach)
    hooks = [hook for channel in channels for hook in channel.webhooks()]
    return create_app(
        parts.words,
        chat.sorry,
        (
            Employers(
                parts.words,
                parts.links,
                track=bool(parts.programme.seen_by(Audience.EMPLOYER).modules),
                annex=parts.programme.annex is not None,
            ),
            about,
            prints,
            Join(parts.words, parts.store, parts.links),
            PlacementPage(parts.words, parts.store, parts.world.work, parts.world.unprintable),
            verify,
            health,
            chat.pictures,
            chat.recordings,
        ),
        [route for channel in channels for route in channel.routes()],
        [(h.path, h.handler, h.largest, h.by_people) for h in hooks],
        settings.public_url,
        chat.style,
    )


async def _listen(
    server: web.Application, doors: Doors, host: str, port: int, setting: str, stack: AsyncExitStack
) -> None:
    runner = Runner(server, doors, access_log=None, shutdown_timeout=10)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    try:
        await runner.listen(host, port)
    except OSError as error:
        raise SettingError(
            f"{setting} cannot be used: {host}:{port} is taken or not ours ({error.strerror})"
        ) from error


def _where(
    parts: Parts, channels: Iterable[Channel], roles: frozenset[str], token: str | None
) -> str:
    """What an operator reads at the start; `token` makes whoever opens it the first admin."""
    settings = parts.settings
    lines = [
        f"Pasito is running. Web chat: {settings.public_url}"
        if roles & WEB
        else "Pasito's worker is running."
    ]
    lines += [said for channel in channels if (said := channel.where())]
    on = {channel.name for channel in channels}
    off = [kind for kind in CHANNELS if kind.name not in on]
    lines += [said for kind in off if (said := kind.hint(settings))]
    if token:
        lines.append(
            "There is no admin yet. Whoever opens this link first is one; it works once, for an "
            "hour:"
        )
        lines += [f"  {url}s-{token}" for url in parts.links.values()]
    lines.append(f"Data: {settings.data_dir.resolve()}. Stop with Ctrl+C.")
    return "\n".join(lines)
