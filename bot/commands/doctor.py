"""Are the settings good, is everything reachable? Looks and changes nothing: no folder, key or
table is made by asking.

Only the hosts that the settings name are called.
"""

import asyncio
import os
import secrets
import shutil
import stat
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime

import aiohttp
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

import certificates as paper
from bot import assembly
from bot.channels import CHANNELS
from bot.commands import errors
from bot.commands.lint import check, guessers
from bot.documents import keys
from bot.documents.name_check import checker
from bot.i18n.catalogues import name_of
from bot.i18n.language import WORK
from bot.runtime.check import (
    SECONDS,
    Finding,
    Findings,
    Level,
    clock_of,
    note,
    ok,
    problem,
    session,
)
from bot.settings import Settings
from cards.model import PASS_MARK
from cards.occupations import read_work
from cards.resources import old_ones
from db.backup import SEALS
from db.engine import clock, connect, file_of
from db.migrate import revision, revisions
from db.permissions import wider
from db.vault import MADE_BY, Vault, looks_random, read_secret

Tell = Callable[[str], object]
LITTLE, TOO_LITTLE = 1 << 30, 100 << 20
"""Free bytes on the disk: worth a note, a problem."""


Look = Callable[[Settings], Findings]


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
        **{channel.label: channel.checks for channel in CHANNELS},
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


async def _folder(settings: Settings) -> Findings:
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


async def _key(settings: Settings) -> Findings:
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
    return settings.secret_key or read_secret(file)


# --- the database


async def _database(settings: Settings) -> Findings:
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
            yield clock_of("PostgreSQL's", at - time.time())
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


# --- what is taught and handed out


async def _decks(settings: Settings) -> Findings:
    programme, words = assembly.programme_of(settings)
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
    today = datetime.now(UTC).date()
    if old := old_ones(programme.resources, today):
        yield note(
            f"{len(old)} of {len(programme.resources)} cards of who helps were not checked for a "
            "year: pasito resources --old"
        )
    texts = [text for module in (*modules.values(), programme.help) for text in module.texts()]
    for language in words.languages:
        taught = sum(words.taught_in(module, language) == language for module in modules)
        said = f"{name_of(language)}: {taught} of {len(modules)} modules"
        unsaid, left = words.untranslated(texts, language)
        missing = f"{unsaid} text(s) of the interface and {left} of the lessons are not translated"
        if unsaid or left:
            yield note(f"{said}; {missing}, and said in another language that the learner reads")
        else:
            yield ok(said)


async def _papers(settings: Settings) -> Findings:
    programme, words = assembly.programme_of(settings)
    keys.look_of(settings, programme)
    yield ok("the template can be used")
    country = settings.country_language
    if country and country not in words.complete(read_work().work.texts()):
        yield note(
            f"papers for work (CV, letter, profile) are not made in {name_of(country)}, the "
            f"country's language: `pasito messages --language {country}` begins {WORK}.po"
        )
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
        keys.signing_keys(settings)
        yield ok("PASITO_SIGNING_KEYS can sign")
    else:
        yield ok("signed with a key that follows from the secret key")
    if keys.seal_of(settings):
        yield ok("PASITO_PADES_KEY can sign")


def _drawn(draws: Callable[[str], object], text: str) -> bool:
    try:
        draws(text)
    except ValueError:
        return False
    return True


# --- the world outside


async def _public(settings: Settings) -> Findings:
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
        async with session() as calls, calls.get(f"{url}/healthz?ask={asked}") as response:
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
