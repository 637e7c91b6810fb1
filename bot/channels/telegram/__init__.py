"""Telegram, through python-telegram-bot."""

import os

os.environ.setdefault(
    "PTB_TIMEDELTA", "1"
)  # the library's coming form of `retry_after`; without it every one of them warns
