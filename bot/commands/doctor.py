"""Are the settings good, is everything reachable? Looks and changes nothing: no folder, key or
table is made by asking.

A finding is ok, a note (good to know) or a PROBLEM, which says what to do. Only the hosts that the
settings name are called.
"""

import asyncio
import os
import secrets
import shutil
import stat
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any

import aiohttp
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

import certificates as paper
from bot import app
from bot.channels.telegram.run import WEBHOOK_PATH
from bot.commands import errors
from bot.commands.lint import check, guessers
from bot.documents.name_check import checker
from bot.i18n.catalogues import name_of
from bot.settings import Settings
from cards.model import PASS_MARK
from db.backup import SEALS
from db.engine import clock, connect, file_of
from db.migrate import revision, revisions
from db.permissions import wider
from db.vault import MADE_BY, Vault, looks_random

Tell = Callable[[str], object]
SECONDS = 10
"""After so long something counts as away."""
LITTLE, TOO_LITTLE = 1 << 30, 100 << 20
"""Free bytes on the disk: worth a note, a problem."""
CLOCK_SECONDS = 30
"""A clock that is so far off spoils times of certificates, links and reminders."""


class Level(StrEnum):
    OK = "ok"
    NOTE = "note"
    PROBLEM = "PROBLEM"


@dataclass(frozen=True)
class Finding:
    level: Level
    text: str

    def __str__(self) -> str:
        return f"{self.level:8} {self.text}"


def ok(text: str) -> Finding:
    return Finding(Level.OK, text)


def note(text: str) -> Finding:
    return Finding(Level.NOTE, text)


def problem(text: str) -> Finding:
    return Finding(Level.PROBLEM, text)


Look = Callable[[Settings], AsyncIterator[Finding]]


async def examine(settings: Settings, tell: Tell) -> int:
    """Says what is good and what is not, a line each. Returns the number of problems."""
    problems = 0
    looks: dict[str, Look] = {
        "data folder": _folder,
        "secret key": _key,
        "database": _database,
        "decks": _decks,
        "certificates": _papers,
        "public address": _public,
        "Telegram": _telegram,
    }
    for name, look in looks.items():
        try:
            async with asyncio.timeout(6 * SECONDS):
                async for finding in look(settings):
                    problems += finding.level is Level.PROBLEM
                    tell(f"{finding.level:8} {name}: {finding.text}")
        except errors.MENDABLE as error:
            problems += 1
            tell(str(problem(f"{name}: {errors.sentence(error)}")))
        except Exception as error:
            problems += 1
            tell(str(problem(f"{name}: could not be looked at ({type(error).__name__})")))
    return problems


# --- this machine


async def _folder(settings: Settings) -> AsyncIterator[Finding]:
    folder = settings.data_dir.absolute()
    if not folder.exists():
        there = next(parent for parent in folder.parents if parent.exists())
        if not os.access(there, os.W_OK):
            yield problem(
                f"{folder} is not there and cannot be made: make it, and give it to the user whom "
                "Pasito runs as"
            )
        else:
            yield note(f"{folder} is not there yet: it is made at the first start")
        return
    try:
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        yield problem(
            f"nothing can be written to {folder} ({error.strerror}): give it to the user whom "
            "Pasito runs as"
        )
        return
    if wide := list(wider(folder, file_of(settings.database))):
        yield problem(
            f"others on this machine can open {', '.join(map(str, wide))}: chmod go= them"
        )
    free = shutil.disk_usage(folder).free
    left = f"{folder}, {free / (1 << 30):.1f} GB free"
    if free < TOO_LITTLE:
        yield problem(f"{left}: make room, or nothing can be stored soon")
    else:
        yield note(f"{left}: make room before long") if free < LITTLE else ok(left)


async def _key(settings: Settings) -> AsyncIterator[Finding]:
    file = settings.data_dir / "secret.key"
    if (secret := _secret(settings)) and not looks_random(secret):
        yield problem(f"the secret key can be guessed: it is not 32 random bytes. {MADE_BY}")
    elif settings.secret_key:
        yield ok("set by PASITO_SECRET_KEY")
    elif not file.exists():
        yield note(
            "it is made at the first start; keep a copy of it in another place than the backups"
        )
    elif not _secret(settings):
        yield problem(
            f"{file} is empty: put its copy back; without one, delete it while there are no "
            "learners yet"
        )
    elif (mode := stat.S_IMODE(file.stat().st_mode)) & 0o077:
        yield problem(f"others on this machine can read {file} (mode {mode:o}): chmod 600 {file}")
    else:
        yield ok(f"{file}, only its owner can read it")


def _secret(settings: Settings) -> str:
    """The key, if there is one. Raises `OSError`."""
    file = settings.data_dir / "secret.key"
    return settings.secret_key or (file.read_text().strip() if file.exists() else "")


# --- the database


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    file = file_of(settings.database)
    if file and not file.exists():
        yield note(f"{file} is not there yet: it is made at the first start")
        if settings.secret_key == "" and _secret(settings):
            yield note(
                "there is a secret key and no database: is PASITO_DATA_DIR the right folder?"
            )
        return
    if file and not os.access(file, os.W_OK):
        yield problem(f"{file} cannot be written: give it to the user whom Pasito runs as")
        return
    engine = connect(settings.database)
    try:
        async with asyncio.timeout(SECONDS):
            async with engine.connect() as connection:
                kind, state = connection.dialect.name, await revision(connection)
                at = float((await connection.execute(sa.select(clock(connection)))).scalar_one())
        yield _tables("PostgreSQL" if kind == "postgresql" else f"SQLite, {file}", state)
        if kind == "postgresql":
            yield _clock(at - time.time(), "PostgreSQL's")
        elif settings.database_url == "":
            yield note("for more than one machine use PostgreSQL (PASITO_DATABASE_URL)")
        if state in revisions():
            yield await _opens(settings, engine)
    finally:
        await engine.dispose()


def _tables(where: str, state: str | None) -> Finding:
    known = revisions()
    if state is None:
        return note(f"{where}: no tables yet, they are made at the first start")
    if state not in known:
        return problem(
            f"{where}: the tables are those of a newer version of Pasito: install that one"
        )
    behind = known.index(state)
    if behind:
        return note(
            f"{where}: {behind} change(s) of the tables to come, at the next start or with `pasito "
            "migrate`; back up first"
        )
    return ok(f"{where}, the tables are up to date")


async def _opens(settings: Settings, engine: AsyncEngine) -> Finding:
    async with engine.connect() as connection:
        seals = [(row.hash, row.sealed) for row in await connection.execute(sa.text(SEALS))]
    secret = _secret(settings)
    opened = Vault(secret.encode()).opens(seals) if secret else 0
    if opened == len(seals):
        return (
            ok("the secret key opens the stored addresses")
            if seals
            else ok("no addresses are stored yet")
        )
    if opened:
        return problem(
            "the secret key opens only a part of the stored addresses: for a time another key was "
            "in use"
        )
    return problem(
        "the secret key does not open the stored addresses: put the key back that was in use when "
        "they were written"
    )


def _clock(ahead: float, whose: str) -> Finding:
    if abs(ahead) > CLOCK_SECONDS:
        return problem(
            f"this machine's clock is {abs(ahead):.0f} s off {whose}: set it, and turn time "
            "synchronisation on"
        )
    return ok(f"this machine's clock agrees with {whose}")


# --- what is taught and handed out


async def _decks(settings: Settings) -> AsyncIterator[Finding]:
    programme, words = app.programme_of(settings)
    modules = programme.modules
    if not modules:
        yield problem("there is no module: see docs/writing-a-deck.md")
    broken = [
        finding for finding in await asyncio.to_thread(check, settings.cards_dir) if finding.fails
    ]
    if broken:
        yield problem(
            f"{len(broken)} thing(s) to mend, for example {broken[0]} (`pasito lint` names all)"
        )
    else:
        yield ok(f"{len(modules)} module(s), no fault found")
    yield ok(guessers(programme)) if programme.pass_mark >= PASS_MARK else note(guessers(programme))
    if programme.left_out:
        yield problem(f"left out until they are mended: {', '.join(programme.left_out)}")
    if programme.coming:
        yield note(
            f"{len(programme.coming)} module(s) are still to come; what they belong to is not "
            "certified until then"
        )
    for language in words.languages:
        taught = sum(words.taught_in(module, language) == language for module in modules)
        said = f"{name_of(language)}: {taught} of {len(modules)} modules"
        if taught == len(modules):
            yield ok(said)
        else:
            yield note(f"{said}; the others are taught in another language that the learner reads")


async def _papers(settings: Settings) -> AsyncIterator[Finding]:
    programme, words = app.programme_of(settings)
    app.look_of(settings, programme)
    yield ok("the template can be used")
    draws = checker(paper.Fonts())
    missing = [language for language in words.languages if not _drawn(draws, name_of(language))]
    if missing:
        yield note(
            f"names in the script of {', '.join(missing)} cannot be printed: there is no font for "
            "it"
        )
    else:
        yield ok("there are fonts for the scripts of all languages")
    if settings.signing_keys:
        app.signing_keys(settings)
        yield ok("PASITO_SIGNING_KEYS can sign")
    else:
        yield ok("signed with a key that follows from the secret key")
    if app.seal_of(settings):
        yield ok("PASITO_PADES_KEY can sign")


def _drawn(draws: Callable[[str], object], text: str) -> bool:
    try:
        draws(text)
    except ValueError:
        return False
    return True


# --- the world outside


async def _public(settings: Settings) -> AsyncIterator[Finding]:
    url = settings.public_url.rstrip("/")
    if any(f"//{here}" in url for here in ("127.0.0.1", "localhost", "0.0.0.0", "[::1]")):  # noqa: S104 - looked for, not listened at
        yield note(
            f"links and QR codes point to {url}, which only this machine can open: set "
            "PASITO_PUBLIC_URL"
        )
    elif not url.startswith("https://"):
        yield problem(
            f"{url} is not https: put a server in front that does https (docs/operating.md)"
        )
    try:
        asked, secret = secrets.token_hex(16), _secret(settings)
        async with _session() as session, session.get(f"{url}/healthz?ask={asked}") as response:
            said = await response.json() if response.status == 200 else {}
            if (
                said.get("ok") is True
                and secret
                and said.get("proof") == Vault(secret.encode()).prove(asked)
            ):
                yield ok(f"Pasito answers at {url}")
            elif said.get("ok") is True:
                yield problem(
                    f"another program answers at {url}, perhaps a Pasito with other data: stop it, "
                    "or change PASITO_PORT"
                )
            else:
                yield note(
                    f"{url} does not lead to Pasito (status {response.status}): does it run, and "
                    "is it behind that address?"
                )
    except aiohttp.ClientConnectorCertificateError:
        yield problem(f"the certificate of {url} is not valid: renew it, phones refuse it")
    except (aiohttp.ClientError, TimeoutError, ValueError):
        yield note(
            f"{url} does not answer from here: does Pasito run, and is it behind that address?"
        )


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    if not settings.telegram_token:
        yield note("off: PASITO_TELEGRAM_TOKEN is not set")
        return
    if not settings.admins:
        yield note(
            "nobody is admin: set PASITO_ADMINS to telegram:<id>, the number of your account"
        )
    try:
        async with _session() as session:
            status, me, date = await _ask(session, settings, "getMe")
            if status in (401, 404):
                yield problem("PASITO_TELEGRAM_TOKEN is refused: copy it again from @BotFather")
                return
            if status != 200:
                yield problem(f"it answers with status {status}: try again later")
                return
            yield ok(f"@{me['username']}")
            if date:
                yield _clock(parsedate_to_datetime(date).timestamp() - time.time(), "Telegram's")
            _, hook, _ = await _ask(session, settings, "getWebhookInfo")
    except (aiohttp.ClientError, TimeoutError, ValueError, KeyError):
        yield problem(
            f"{settings.telegram_api_url} cannot be reached: check the network, and "
            "PASITO_TELEGRAM_API_URL if you set it"
        )
        return
    for finding in _updates(settings, hook, time.time()):
        yield finding


def _updates(settings: Settings, hook: dict[str, Any], now: float) -> list[Finding]:
    """How updates come, by Telegram's own account."""
    findings = []
    url, expected = str(hook.get("url", "")), settings.public_url.rstrip("/") + WEBHOOK_PATH
    if settings.telegram_mode == "polling":
        if url:
            findings.append(
                problem(
                    f"this bot sends its updates to {url}: Pasito takes that away when it starts "
                    "to poll. Stop the other one"
                )
            )
        else:
            findings.append(ok("polling, no webhook is set"))
    elif not url:
        findings.append(
            note(
                "the webhook is not set yet: `pasito run` or `pasito worker` sets it when it starts"
            )
        )
    elif url != expected:
        findings.append(
            problem(
                f"the webhook is {url}, not {expected}: restart the worker, or stop the other "
                "program with this token"
            )
        )
    else:
        findings.append(ok(f"the webhook is {url}"))
    failed_at, failure = (
        float(hook.get("last_error_date", 0)),
        str(hook.get("last_error_message", "")),
    )
    if failure and settings.telegram_mode == "webhook":
        at = f"{datetime.fromtimestamp(failed_at, UTC):%Y-%m-%d %H:%M} UTC"
        recent = now - failed_at < 3600
        said = f"the webhook last failed at {at}: {failure}"
        findings.append(
            problem(f"{said}; check that {expected} can be reached") if recent else note(said)
        )
    waiting = int(hook.get("pending_update_count", 0))
    findings.append(
        note(f"{waiting} updates wait to be fetched: is Pasito running?")
        if waiting > 100
        else ok(f"{waiting} updates wait")
    )
    return findings


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=SECONDS), cookie_jar=aiohttp.DummyCookieJar()
    )


async def _ask(
    session: aiohttp.ClientSession, settings: Settings, method: str
) -> tuple[int, dict[str, Any], str]:
    """Status, result and Telegram's date."""
    url = f"{settings.telegram_api_url.rstrip('/')}/bot{settings.telegram_token}/{method}"
    async with session.post(url, allow_redirects=False) as response:
        body = await response.json(content_type=None)
        return response.status, body.get("result") or {}, response.headers.get("Date", "")
