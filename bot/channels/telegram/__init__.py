"""Telegram, through python-telegram-bot."""

import os

from bot import logs

# the library's coming form of `retry_after`; without it every one of them warns
os.environ.setdefault("PTB_TIMEDELTA", "1")
logs.silence("telegram", "httpx", "httpcore")
# the token in an address of the Bot API, and by itself
logs.hide(r"(/bot)[^/\s]+", r"()(?<!\w)\d{3,}:[A-Za-z0-9_-]{20,}")
