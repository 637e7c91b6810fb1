"""Composition: the only place that knows every part, and the order in which they start and stop."""

import asyncio
import gc
import logging
import signal
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from typing import IO

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.ext.asyncio import AsyncEngine

import certificates as paper
from bot import logs
from bot.channels.telegram.run import TelegramService
from bot.conversation.turn import World
from bot.dispatcher import Dispatcher
from bot.documents.certificate import serial_of
from bot.documents.issue import Issuer
from bot.documents.make import Files
from bot.documents.name_check import checker
from bot.i18n.catalogues import Catalogues, catalogues_of, name_of
from bot.jobs.sending import Sending
from bot.jobs.worker import Worker
from bot.runtime.clock import LOOK_SECONDS, ClockWatch, check_clock
from bot.settings import SettingError, Settings
from bot.web.doors import Doors, Runner, raise_file_limit, room
from bot.web.health import Health, create_health_app
from bot.web.join import Join
from bot.web.server import create_app
from bot.web.verify import Verify, Withdrawals
from bot.web.visitor import Proxies
from cards.finding import DeckError, Finding
from cards.model import Programme
from cards.reader import SHIPPED as DECKS
from cards.reader import read_programme
from db import first_admin, maintenance
from db.clock_repair import put_right
from db.engine import connect, file_of
from db.heartbeat import Pulse
from db.lock import InUse, lock, take_part
from db.permissions import guard
from db.rate import SharedPace
from db.revocations import withdrawn
from db.sealed import carry_over
from db.store import Store
from db.vault import MADE_BY, Sealed, Vault, looks_random, secret_in

log = logging.getLogger(__name__)

WRONG_KEY = (
    "the secret key (PASITO_SECRET_KEY or secret.key in the data folder) is not the one that the "
    "data was written with: "
    "put that one back"
)


class NobodyThere(Exception):
    """No worker is alive: the web chat goes on, files and letters wait."""


EVERY_MINUTE, TEN_MINUTES, WIPE_SECONDS = 60, 600, 5
WEB, WORKER = frozenset({"web"}), frozenset({"worker"})
EVERYTHING = WEB | WORKER
"""What one process does: `web` answers requests and any number may run; `worker` does what nobody
waits for, and polls.
"""


@dataclass
class Parts:
    """What every command needs. `close` it at the end."""

    settings: Settings
    programme: Programme
    words: Catalogues
    engine: AsyncEngine
    store: Store
    files: Files
    world: World
    dispatcher: Dispatcher
    links: dict[str, str]
    keys: paper.KeyRing
    held: list[IO[bytes]]
    """Locks: they tell `pasito restore` and other processes that the SQLite file is in use."""
    pulse: Pulse | None = None
    """Of a process that serves."""

    async def close(self) -> None:
        await self.dispatcher.stop()
        if self.pulse:
            await self.pulse.close()
        await self.engine.dispose()
        for lock_file in self.held:
            lock_file.close()


def programme_of(
    settings: Settings, tell: Callable[[Finding], None] = lambda finding: None
) -> tuple[Programme, Catalogues]:
    """The decks and their languages; `tell` is given what is to mend in the files. Raises
    `SettingError` where a setting names something that is not there, or no programme can be read.
    """
    root = settings.cards_dir or DECKS
    try:
        reading = read_programme(root, settings.pass_mark)
    except DeckError as error:
        raise SettingError(f"the decks in {root} cannot be used: {error}") from error
    programme = reading.programme
    for finding in reading.findings:
        tell(finding)
    try:
        words = Catalogues(programme, *catalogues_of(root), languages=settings.language_list)
    except ValueError as error:
        raise SettingError(f"PASITO_LANGUAGES cannot be used: {error}") from error
    for finding in words.findings:
        tell(finding)
    if settings.country_language and settings.country_language not in words.languages:
        raise SettingError(
            f"PASITO_COUNTRY_LANGUAGE cannot be used: it is one of {', '.join(words.languages)}"
        )
    return programme, words


async def assemble(settings: Settings, roles: frozenset[str] = frozenset()) -> Parts:
    """All parts, the tables up to date, the dispatcher running. Raises `SettingError`, and what the
    database raises."""
    programme, words = programme_of(settings, partial(log.error, "decks: %s"))
    if programme.left_out:
        log.error("modules left out until they are mended: %s", ", ".join(programme.left_out))
    try:
        wide = guard(settings.data_dir, file_of(settings.database))
    except OSError as error:
        raise SettingError(
            f"PASITO_DATA_DIR cannot be used: {error.strerror}: {settings.data_dir}"
        ) from error
    if wide:
        log.error("others on this machine can read %s: chmod go= them", ", ".join(map(str, wide)))
    keys, seal = signing_keys(settings), seal_of(settings)
    vault = vault_of(settings)
    fonts = paper.Fonts()
    issuer = Issuer(fonts, keys, settings.public_url, seal, look_of(settings, programme))
    held = _in_use(settings, roles)
    engine = connect(settings.database)
    store = Store(engine, vault, settings.admin_list, settings.zone, settings.data_dir)
    try:
        await up_to_date(settings.database, vault)
        if await store.has_wrong_key():
            raise SettingError(WRONG_KEY)
        await _check_key(settings, store)
        if again := await store.erase_again(int(time.time())):
            log.warning(
                "an older copy of the database was put back: %d who were deleted since are deleted "
                "again",
                again,
            )
    except BaseException:
        await engine.dispose()
        raise
    links = {"web": f"{settings.public_url.rstrip('/')}/?start="}
    world = World(
        programme=programme,
        languages=words.languages,
        say=words.say,
        taught_in=words.taught_in,
        proposed=words.proposed,
        name_of=name_of,
        checked_name=checker(fonts),
        serial=vault.serial,
        serial_of=partial(serial_of, keys),
        two_admins=settings.two_admins,
        explains=programme.annex is not None,
        links=links,
        zone=settings.zone,
        country=settings.country_language,
    )
    dispatcher = Dispatcher(store, world)
    await dispatcher.start()
    files = Files(
        programme,
        words,
        store,
        issuer,
        links,
        settings.zone,
        check_clock=check_clock,
        country=settings.country_language,
    )
    return Parts(
        settings, programme, words, engine, store, files, world, dispatcher, links, keys, held
    )


async def up_to_date(url: str, vault: Vault) -> None:
    """The tables, and what an older version wrote; a large one may take its time. Raises
    `SettingError` for another key than its own."""
    engine = connect(url, patience=None)
    try:
        if not await carry_over(engine, vault):
            log.error(
                "what was written before people were sealed is still in free pages: nobody else "
                "may use the database at the start"
            )
    except Sealed as error:
        raise SettingError(WRONG_KEY) from error
    finally:
        await engine.dispose()


async def _check_key(settings: Settings, store: Store) -> None:
    """A key that a person made up begins nothing new. What was written with one goes on: without it
    nobody could be written to."""
    if not settings.secret_key or looks_random(settings.secret_key):
        return
    if await store.empty():
        raise SettingError(f"PASITO_SECRET_KEY can be guessed: it needs 32 random bytes. {MADE_BY}")
    log.error(
        "PASITO_SECRET_KEY can be guessed, and with it the addresses here and the key of "
        "certificates (docs/privacy-at-rest.md)"
    )


def look_of(settings: Settings, programme: Programme) -> paper.Look:
    """How papers look: the template beside the decks. Raises `SettingError`."""
    signatures = [s.image for s in programme.signatories if s.image]
    try:
        return paper.read_template((settings.cards_dir or DECKS) / "template", signatures)
    except paper.TemplateError as error:
        raise SettingError(str(error)) from error


def webhook_secret(settings: Settings) -> str:
    """The secret that Telegram sends along; derived from the key, so that all processes know the
    same."""
    if settings.telegram_webhook_secret:
        return settings.telegram_webhook_secret
    return vault_of(settings).derive(b"telegram webhook").hex()


def signing_keys(settings: Settings) -> paper.KeyRing:
    """The keys of certificates: those of the setting, or one that is derived from the secret key.
    Raises `SettingError`."""
    if not settings.signing_keys:
        return paper.KeyRing(
            [
                Ed25519PrivateKey.from_private_bytes(
                    vault_of(settings).derive(b"certificate signing")
                )
            ]
        )
    try:
        keys = paper.KeyRing.parse(settings.signing_keys)
        _ = keys.signing
    except paper.KeyUnusable as error:
        raise SettingError(f"PASITO_SIGNING_KEYS cannot be used: {error}") from error
    return keys


def seal_of(settings: Settings) -> paper.Seal | None:
    if settings.pades_key is None:
        return None
    try:
        return paper.Seal(settings.pades_key, settings.pades_password)
    except paper.CannotSign as error:
        raise SettingError(f"PASITO_PADES_KEY cannot be used: {error}") from error


def vault_of(settings: Settings) -> Vault:
    file = settings.data_dir / "secret.key"
    try:
        return Vault((settings.secret_key or secret_in(file)).encode())
    except OSError as error:
        raise SettingError(
            f"the secret key in {file} cannot be read or made: {error.strerror}"
        ) from error


def _in_use(settings: Settings, roles: frozenset[str]) -> list[IO[bytes]]:
    file = file_of(settings.database)
    if file is None:
        return []
    try:
        held = [lock(file)]
    except InUse as error:
        raise SettingError("a backup is being restored just now: try again in a moment") from error
    except OSError as error:
        raise SettingError(f"the database {file} cannot be used: {error.strerror}") from error
    try:
        return held + (
            take_part(file, web="web" in roles, worker="worker" in roles) if roles else []
        )
    except InUse as error:
        held[0].close()
        raise SettingError(
            f"Pasito runs already with {file}: stop it first, or use PostgreSQL for several "
            "(docs/operating.md)"
        ) from error
    except OSError as error:
        raise SettingError(f"the database {file} cannot be used: {error.strerror}") from error


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
        telegram = None
        work = Worker()
        stack.push_async_callback(work.stop)
        await pulse.open()
        work.add("heartbeat", pulse.beat, pulse.every)
        work.add("erasures", parts.store.wipe, WIPE_SECONDS)
        work.add("log", _tell_counts, EVERY_MINUTE)
        watch = ClockWatch(partial(put_right, parts.store))
        await watch.look()  # before anything is tidied away
        work.add("clock", watch.look, LOOK_SECONDS)
        sending: Sending | None = None

        def opened(link: str) -> None:
            parts.links.update(telegram=f"{link}?start=")
            if sending:
                sending.opened()

        if settings.telegram_token:
            secret, share = webhook_secret(settings), await _share(settings, parts, roles)
            telegram = TelegramService(
                settings, secret, parts.dispatcher, parts.words, share, opened
            )
        if roles & WORKER:
            await parts.store.notifications.listen(work.notify)
            stack.push_async_callback(parts.store.notifications.close)
            work.add(
                "reminders", lambda: maintenance.remind(parts.store, int(time.time())), EVERY_MINUTE
            )
            for name, delete in (
                ("retention", maintenance.retain),
                ("strangers", maintenance.forget_strangers),
                ("tidy", maintenance.tidy),
            ):
                work.add(
                    name, partial(_once_settled, watch, partial(delete, parts.store)), TEN_MINUTES
                )
            channels = (telegram,) if telegram else ()
            sending = Sending(parts.store, parts.files.make, channels, work)
            sending.start()
            work.add(
                "meetings",
                lambda: maintenance.remind_of_meetings(parts.store, int(time.time())),
                EVERY_MINUTE,
            )
        health = _health(parts, telegram, pulse, roles)
        doors = Doors(room(raise_file_limit()), Proxies.of(settings.proxy_list))
        if roles & WEB:
            server = _website(settings, parts, telegram, health)
            await _listen(server, doors, settings.host, settings.port, "PASITO_PORT", stack)
        if settings.worker_port:
            worker = create_health_app(health)
            await _listen(
                worker, doors, settings.host, settings.worker_port, "PASITO_WORKER_PORT", stack
            )
        if telegram:
            stack.push_async_callback(_stop, telegram, sending, work)
            await telegram.start(working=bool(roles & WORKER))
        gc.collect()
        # decks, words and code stay: the collector need not look through them again and again
        gc.freeze()
        token = await first_admin.invite(parts.store, int(time.time())) if roles & WEB else None
        ready(_where(settings, telegram, roles, parts.links, token))
        await stop.wait()
        log.info("stopping: finishing what is under way")
        await health.stop()


async def _stop(telegram: TelegramService, sending: Sending | None, work: Worker) -> None:
    """Takes nothing new, sends what is in hand, then closes."""
    await telegram.pause()
    await asyncio.gather(work.stop(), *([sending.stop()] if sending else []))
    await telegram.stop()


async def _once_settled(watch: ClockWatch, delete: Callable[[int], Awaitable[object]]) -> object:
    """Nothing is deleted by a clock that was put just now."""
    return await delete(int(time.time())) if watch.settled else None


async def _tell_counts() -> None:
    logs.tell_counts()


async def _share(settings: Settings, parts: Parts, roles: frozenset[str]) -> SharedPace | None:
    """The rate that all processes keep together; one process alone on SQLite keeps it by itself."""
    if roles == EVERYTHING and parts.engine.dialect.name == "sqlite":
        return None
    pace = SharedPace(
        parts.engine,
        vault_of(settings).hash("pace", settings.telegram_token).hex()[:32],
        settings.telegram_rate,
    )
    await pace.open()
    return pace


def _health(
    parts: Parts, telegram: TelegramService | None, pulse: Pulse, roles: frozenset[str]
) -> Health:
    async def database() -> None:
        pulse.check()
        await parts.store.ready()

    async def worker() -> None:
        if not await pulse.workers():
            raise NobodyThere

    checks: dict[str, Callable[[], Awaitable[object]]] = {"database": database}
    if telegram:
        checks["telegram"] = telegram.reachable
    hints = {} if roles & WORKER else {"worker": worker}

    async def right_time() -> None:
        check_clock()

    return Health(
        checks,
        parts.store.outbox.waiting,
        also={"clock": right_time},
        hints=hints,
        prove=parts.store.vault.prove,
    )


def _website(
    settings: Settings, parts: Parts, telegram: TelegramService | None, health: Health
) -> web.Application:
    webhook = telegram.channel.receive if telegram and settings.telegram_mode == "webhook" else None
    withdrawals = Withdrawals(partial(withdrawn, parts.engine), time.time)
    return create_app(
        parts.dispatcher,
        parts.words,
        parts.store,
        parts.files.make,
        health=health,
        with_metrics=settings.metrics or settings.local,
        join=Join(parts.words, parts.store, parts.links),
        telegram=(webhook, webhook_secret(settings)) if webhook else None,
        verify=Verify(
            parts.keys,
            settings.public_url,
            parts.programme,
            parts.words,
            withdrawals,
            parts.files.annex if parts.programme.annex else None,
        ),
        public_url=settings.public_url,
        proxies=Proxies.of(settings.proxy_list),
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
    settings: Settings,
    telegram: TelegramService | None,
    roles: frozenset[str],
    links: Mapping[str, str],
    token: str | None,
) -> str:
    """What an operator reads at the start; `token` makes whoever opens it the first admin."""
    lines = [
        f"Pasito is running. Web chat: {settings.public_url}"
        if roles & WEB
        else "Pasito's worker is running."
    ]
    if telegram:
        lines.append(
            f"Telegram: {telegram.link or 'not reached yet, trying again'} "
            f"({settings.telegram_mode})"
        )
    elif not settings.telegram_token:
        lines.append(
            "For Telegram: get a token from @BotFather and set PASITO_TELEGRAM_TOKEN (environment "
            "or .env)."
        )
    if token:
        lines.append(
            "There is no admin yet. Whoever opens this link first is one; it works once, for an "
            "hour:"
        )
        lines += [f"  {url}s-{token}" for url in links.values()]
    lines.append(f"Data: {settings.data_dir.resolve()}. Stop with Ctrl+C.")
    return "\n".join(lines)
