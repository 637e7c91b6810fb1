"""What is measured of Telegram, beside `bot.metrics`."""

from functools import cache

from prometheus_client import Counter, Gauge

TELEGRAM_CALLS = Counter(
    "pasito_telegram_calls",
    "Calls of the Bot API, repetitions too. Results: sent, 400, 403, 429, 5xx and other states, "
    "unknown (no answer), not_sent.",
    ["method", "result"],
)
TELEGRAM_STEPPED_OVER = Counter(
    "pasito_telegram_updates_stepped_over",
    "Updates from Telegram of a shape that we do not know: their ids are in the log.",
)
TELEGRAM_WAITING = Gauge(
    "pasito_telegram_calls_waiting", "Messages that wait for their turn in this process."
)
telegram_calls = cache(TELEGRAM_CALLS.labels)
"""What every call counts, by its labels: to look them up takes longer than to count."""
