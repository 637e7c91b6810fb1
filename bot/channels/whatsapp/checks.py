"""Is WhatsApp set up well? What `pasito doctor` looks at."""

import re
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import aiohttp

from bot.channels.whatsapp.answers import CallFailed, Refused, Unclear, result_of
from bot.channels.whatsapp.settings import CHANNEL, WhatsAppSettings, of
from bot.channels.whatsapp.templates import ALL, approved, code_of
from bot.channels.whatsapp.webhook import PATH, verify_token
from bot.documents.keys import vault_of
from bot.runtime.check import Finding, Findings, note, ok, problem, session
from bot.settings import Settings
from db import spent
from db.engine import connect, file_of

ENDS: dict[str, date] = {
    "20.0": date(2026, 9, 24),
    "21.0": date(2027, 1, 21),
    "22.0": date(2027, 5, 20),
    "23.0": date(2027, 10, 8),
    "24.0": date(2028, 2, 18),
    "25.0": date(2028, 7, 29),
}
"""Until when Meta answers a version of its API (its changelog, as of November 2026)."""
WARN = timedelta(days=90)


async def looks(settings: Settings, today: date, languages: tuple[str, ...]) -> Findings:
    """Token, number, version, webhook, templates, the month. Changes nothing."""
    own = of(settings)
    if not own.token:
        yield note("off: PASITO_WHATSAPP_TOKEN is not set")
        return
    if not settings.public_url.startswith("https://"):
        yield problem("PASITO_PUBLIC_URL has to begin with https://: Meta calls nothing else")
    yield version(own.api_url, today)
    async with session() as calls:
        try:
            number = await _ask(calls, own, f"{own.phone_id}?fields={NUMBER}")
        except Refused as error:
            yield problem(_refused(error))
            return
        except CallFailed:
            yield problem(
                f"{own.api_url} cannot be reached: check the network, and PASITO_WHATSAPP_API_URL "
                "if you set it"
            )
            return
        for finding in _number(number):
            yield finding
        async for finding in _account(calls, own, languages):
            yield finding
    for finding in _handshake(settings):
        yield finding
    async for finding in _month(settings, own):
        yield finding


NUMBER = "display_phone_number,verified_name,quality_rating,code_verification_status,throughput"


def version(api_url: str, today: date) -> Finding:
    """Whether Meta answers this version for long enough."""
    found = re.search(r"/v(\d+\.\d+)$", api_url.rstrip("/"))
    if not found:
        return note(f"{api_url} names no version like v26.0")
    ends = ENDS.get(found[1])
    if ends is None:
        return ok(f"version v{found[1]}")
    if ends <= today:
        return problem(f"version v{found[1]} ended on {ends}: set PASITO_WHATSAPP_API_URL to v26.0")
    if ends - today <= WARN:
        return problem(f"version v{found[1]} ends on {ends}: set PASITO_WHATSAPP_API_URL to v26.0")
    return ok(f"version v{found[1]}, until {ends}")


def _number(answer: dict[str, Any]) -> Iterator[Finding]:
    name = str(answer.get("verified_name", "")) or "without a name"
    yield ok(f"the token and the number are known to Meta, as “{name}”")
    if answer.get("quality_rating") in ("YELLOW", "RED"):
        yield problem("people block or report the number: send less, and only what was asked for")


async def _account(
    calls: aiohttp.ClientSession, own: WhatsAppSettings, languages: tuple[str, ...]
) -> Findings:
    if not own.account:
        yield note(
            "PASITO_WHATSAPP_ACCOUNT is not set: no templates, so nobody is written to after a day"
        )
        return
    try:
        apps = await _ask(calls, own, f"{own.account}/subscribed_apps")
        rows = await _ask(
            calls,
            own,
            f"{own.account}/message_templates?fields=name,language,status,category&limit=500",
        )
    except CallFailed as error:
        said = _refused(error) if isinstance(error, Refused) else "it does not answer"
        yield problem(f"the business account (PASITO_WHATSAPP_ACCOUNT) cannot be looked at: {said}")
        return
    if apps.get("data"):
        yield ok("the app is subscribed to the business account: what people write is sent to it")
    else:
        yield problem("no app is subscribed to the business account: docs/whatsapp.md, Webhook")
    for finding in templates(rows, languages):
        yield finding


def templates(answer: dict[str, Any], languages: tuple[str, ...]) -> Iterator[Finding]:
    """Each of ours in each language, as Meta has it."""
    known = approved(answer)
    states = {
        (str(row.get("name")), str(row.get("language"))): str(row.get("status", "")).lower()
        for row in answer.get("data", ())
        if isinstance(row, dict)
    }
    for template in ALL:
        wanted = {language: code_of(language) for language in languages if code_of(language)}
        missing = [
            f"{language} ({states.get((template.name, code), 'not submitted')})"
            for language, code in wanted.items()
            if (template.name, code) not in known
        ]
        changed = {
            known[template.name, code]
            for code in wanted.values()
            if known.get((template.name, code), template.category.lower())
            != template.category.lower()
        }
        if missing:
            yield note(
                f"the template {template.name} is not approved in: {', '.join(missing)}; `pasito "
                "whatsapp templates` writes what to submit"
            )
        else:
            yield ok(f"the template {template.name} is approved in every language")
        if changed:
            yield note(f"Meta charges the template {template.name} as {', '.join(sorted(changed))}")


def _handshake(settings: Settings) -> Iterator[Finding]:
    own = of(settings)
    address = settings.public_url.rstrip("/") + PATH
    if own.verify_token:
        yield ok(f"webhook: {address}, with PASITO_WHATSAPP_VERIFY_TOKEN")
        return
    if not settings.secret_key and not (settings.data_dir / "secret.key").exists():
        yield note("the verify token is made with the secret key, at the first start")
        return
    yield ok(f"webhook: {address}, verify token: {verify_token(vault_of(settings))}")


async def _month(settings: Settings, own: WhatsAppSettings) -> Findings:
    file = file_of(settings.database)
    if file and not file.exists():
        return
    engine = connect(settings.database)
    try:
        by_category = await spent.this_month(engine, CHANNEL, time.time())
    except Exception:  # the tables are older: the look at the database says so
        return
    finally:
        await engine.dispose()
    sent = sum(by_category.values())
    said = ", ".join(f"{number} {category}" for category, number in sorted(by_category.items()))
    limit = f" of {own.monthly}" if own.monthly else ", no limit is set (PASITO_WHATSAPP_MONTHLY)"
    words = f"{sent} messages this month{limit}" + (f": {said}" if said else "")
    if own.monthly and sent >= own.monthly:
        yield problem(f"{words}; learners are led to the web chat")
    else:
        yield ok(words)


def _refused(error: Refused) -> str:
    if error.code == 190:
        return "PASITO_WHATSAPP_TOKEN is refused: make a new token of the system user"
    if error.code in (100, 33):
        return "PASITO_WHATSAPP_PHONE_ID is not known, or the token may not use it"
    return f"Meta refuses ({error.meaning.value}, code {error.code})"


async def _ask(calls: aiohttp.ClientSession, own: WhatsAppSettings, path: str) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {own.token}"}
    try:
        async with calls.get(
            f"{own.base_url}/{path}", headers=headers, allow_redirects=False
        ) as response:
            return result_of(response.status, await response.read())
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise Unclear(type(error).__name__) from None
