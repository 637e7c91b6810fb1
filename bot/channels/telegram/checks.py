"""Is Telegram set up well? What `pasito doctor` looks at."""

import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from bot.channels.telegram.settings import TelegramSettings, of
from bot.channels.telegram.webhook import PATH
from bot.runtime.check import Finding, Findings, clock_of, note, ok, problem, session
from bot.settings import Settings


async def looks(settings: Settings) -> Findings:
    """Token, reachability, and how updates come. Changes nothing."""
    own = of(settings)
    if not own.token:
        yield note("off: PASITO_TELEGRAM_TOKEN is not set")
        return
    if not settings.admins:
        yield note(
            "nobody is admin: set PASITO_ADMINS to telegram:<id>, the number of your account"
        )
    try:
        async with session() as calls:
            status, me, date = await _ask(calls, own, "getMe")
            if status in (401, 404):
                yield problem("PASITO_TELEGRAM_TOKEN is refused: copy it again from @BotFather")
                return
            if status != 200:
                yield problem(f"it answers with status {status}: try again later")
                return
            yield ok(f"@{me['username']}")
            if date:
                ahead = parsedate_to_datetime(date).timestamp() - time.time()
                yield clock_of("Telegram's", ahead)
            _, hook, _ = await _ask(calls, own, "getWebhookInfo")
    except (aiohttp.ClientError, TimeoutError, ValueError, KeyError):
        yield problem(
            f"{own.api_url} cannot be reached: check the network, and "
            "PASITO_TELEGRAM_API_URL if you set it"
        )
        return
    for finding in _updates(settings, hook, time.time()):
        yield finding


def _updates(settings: Settings, hook: dict[str, Any], now: float) -> list[Finding]:
    """How updates come, by Telegram's own account."""
    own = of(settings)
    findings = []
    url, expected = str(hook.get("url", "")), settings.public_url.rstrip("/") + PATH
    if own.mode == "polling":
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
    if failure and own.mode == "webhook":
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


async def _ask(
    calls: aiohttp.ClientSession, own: TelegramSettings, method: str
) -> tuple[int, dict[str, Any], str]:
    """Status, result and Telegram's date."""
    url = f"{own.base_url}/bot{own.token}/{method}"
    async with calls.post(url, allow_redirects=False) as response:
        body = await response.json(content_type=None)
        return response.status, body.get("result") or {}, response.headers.get("Date", "")
