"""Are the settings good, is everything reachable, how much is there?"""

from collections.abc import Callable

from telegram.error import InvalidToken, TelegramError

from bot import app
from bot.channels.telegram.service import build_bot
from bot.lint import check
from bot.settings import Settings

Tell = Callable[[str], object]


async def examine(settings: Settings, tell: Tell) -> int:
    """Says what is good and what is not, a line each. Returns the number of problems."""
    problems = 0

    def result(good: bool, text: str) -> None:
        nonlocal problems
        problems += not good
        tell(f"{'ok     ' if good else 'PROBLEM'}  {text}")

    parts = await app.assemble(settings)
    try:
        kind = parts.engine.dialect.name
        await parts.store.ready()
        result(True, f"database: {kind} is there and up to date")
        modules, languages = parts.programme.modules, parts.words.languages
        result(bool(modules), f"decks: {len(modules)} modules, languages {', '.join(languages)}")
        broken = [finding for finding in check(settings.cards_dir) if finding.fails]
        result(not broken, f"decks: {len(broken)} things to mend (pasito lint)" if broken else "decks: no fault found")
        local = "127.0.0.1" in settings.public_url or "localhost" in settings.public_url
        tell(f"{'note   ' if local else 'ok     '}  links and QR codes point to {settings.public_url}")
        if settings.telegram_token:
            result(*await _telegram(settings))
        else:
            tell("note     Telegram is off: PASITO_TELEGRAM_TOKEN is not set")
    finally:
        await parts.close()
    return problems


async def _telegram(settings: Settings) -> tuple[bool, str]:
    bot = build_bot(settings)
    try:
        await bot.initialize()
        info = await bot.get_webhook_info()
        if settings.telegram_mode == "webhook" and info.last_error_message:
            return False, f"Telegram: the webhook's last error was: {info.last_error_message}"
        return True, f"Telegram: @{bot.username}, {info.pending_update_count} updates wait"
    except InvalidToken:
        return False, "Telegram: PASITO_TELEGRAM_TOKEN is refused, copy it again from BotFather"
    except TelegramError:
        return False, f"Telegram: cannot be reached at {settings.telegram_api_url}"
    finally:
        await bot.shutdown()
        await bot.close_connections()


async def count(settings: Settings, tell: Tell) -> None:
    """Totals only: nobody's data."""
    parts = await app.assemble(settings)
    try:
        for name, number in (await parts.store.counts()).items():
            tell(f"{name:24} {number}")
    finally:
        await parts.close()
