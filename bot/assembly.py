"""The parts that every command needs, put together once."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import IO

from sqlalchemy.ext.asyncio import AsyncEngine

import certificates as paper
from bot.conversation.turn import World
from bot.dispatcher import Dispatcher
from bot.documents.certificate import serial_of
from bot.documents.issue import Issuer, proof
from bot.documents.keys import look_of, seal_of, secret_of, signing_keys, vault_of
from bot.documents.make import Files
from bot.documents.name_check import checker, unprintable
from bot.i18n.catalogues import Catalogues, catalogues_of, name_of
from bot.i18n.places import ATLAS
from bot.jobs.recordings import FOLDER as RECORDED
from bot.jobs.recordings import Laid, Laying, with_recorded
from bot.model.about import Operator
from bot.runtime.clock import check_clock
from bot.settings import SettingError, Settings
from cards.finding import DeckError, Finding
from cards.model import Programme
from cards.occupations import read_work
from cards.reader import SHIPPED as DECKS
from cards.reader import read_programme
from cards.recording import Recordings
from cards.recordings_folder import read_recordings
from db.engine import connect, file_of
from db.heartbeat import Pulse
from db.lock import InUse, lock, take_part
from db.permissions import guard
from db.placements import link_of
from db.sealed import carry_over
from db.store import Store
from db.vault import MADE_BY, Sealed, Vault, looks_random

log = logging.getLogger(__name__)

WRONG_KEY = (
    "the secret key (PASITO_SECRET_KEY or secret.key in the data folder) is not the one that the "
    "data was written with: "
    "put that one back"
)


@dataclass
class Parts:
    """What every command needs. `close` it at the end."""

    settings: Settings
    programme: Programme
    """As learners have it."""
    words: Catalogues
    engine: AsyncEngine
    store: Store
    files: Files
    world: World
    dispatcher: Dispatcher
    links: dict[str, str]
    begins: dict[str, int]
    keys: paper.KeyRing
    held: list[IO[bytes]]
    """Locks: they tell `pasito restore` and other processes that the SQLite file is in use."""
    decks: Programme
    """As it was read, without what was recorded in the chat: `laid`."""
    laid: Mapping[str, Laid] = field(default_factory=dict)
    pulse: Pulse | None = None
    """Of a process that serves."""

    def __post_init__(self) -> None:
        self.laying = Laying(self.store, self.settings.data_dir / RECORDED, partial(hear, self))

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
    own, in_data = read_recordings(settings.data_dir, reading.programme.offered)
    audio = {**reading.programme.audio, **_better(own, reading.programme.audio)}
    programme = replace(reading.programme, audio=audio)
    for finding in (*reading.findings, *in_data):
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


def _better(own: Recordings, beside: Recordings) -> Recordings:
    """Those of the data folder, but for a computer's voice where a person's lies beside the
    decks."""
    return {
        key: one
        for key, one in own.items()
        if not one.computer or key not in beside or beside[key].computer
    }


def operator_of(settings: Settings) -> Operator:
    """What this installation says of who runs it."""
    return Operator(settings.run_by, settings.support_url, settings.group_url)


def teach(parts: Parts, taught: tuple[Programme, Catalogues]) -> None:
    """Everything in this process goes on with a newer programme and its words, at once."""
    parts.decks, words = taught
    parts.words.follow(words)
    parts.programme = programme = with_recorded(parts.decks, words, parts.laid)
    parts.dispatcher.teach(
        replace(
            parts.dispatcher.world,
            programme=programme,
            languages=words.languages,
            say=words.say,
            taught_in=words.taught_in,
            proposed=words.proposed,
            explains=programme.annex is not None,
            paper_languages=words.complete(parts.dispatcher.world.work.texts()),
        )
    )


def hear(parts: Parts, laid: Mapping[str, Laid]) -> None:
    """Everything in this process plays what was recorded in the chat, from now on this."""
    parts.laid = laid
    teach(parts, (parts.decks, parts.words))


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
    reading = read_work()
    for finding in reading.findings:
        log.error("papers for work: %s", finding)
    links = {"web": f"{settings.public_url.rstrip('/')}/?start="}
    begins: dict[str, int] = {}
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
        proof=partial(proof, issuer, words),
        two_admins=settings.two_admins,
        explains=programme.annex is not None,
        links=links,
        begins=begins,
        zone=settings.zone,
        country=settings.country_language,
        work=reading.work,
        paper_languages=words.complete(reading.work.texts()),
        operator=operator_of(settings),
        atlas=ATLAS,
        unprintable=unprintable(fonts),
        placement_link=partial(link_of, vault, settings.public_url),
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
        work=reading.work,
    )
    dispatcher.follow(files.teach)
    parts = Parts(
        settings,
        programme,
        words,
        engine,
        store,
        files,
        world,
        dispatcher,
        links,
        begins,
        keys,
        held,
        programme,
    )
    try:
        await parts.laying.look()
    except OSError as error:  # tried again while it runs
        log.error("recordings cannot be laid: %s: %s", error.strerror, error.filename)
    return parts


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
    if looks_random(secret_of(settings)):
        return
    name = "PASITO_SECRET_KEY" if settings.secret_key else str(settings.data_dir / "secret.key")
    if await store.empty():
        raise SettingError(f"{name} can be guessed: it needs 32 random bytes. {MADE_BY}")
    log.error(
        "%s can be guessed, and with it the addresses here and the key of certificates "
        "(docs/privacy-at-rest.md)",
        name,
    )


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
