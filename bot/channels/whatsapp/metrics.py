"""What is measured of WhatsApp, beside `bot.metrics`."""

from functools import cache

from prometheus_client import Counter, Gauge

CALLS = Counter(
    "pasito_whatsapp_calls",
    "Calls of the Cloud API, repetitions too. Results: sent, the code of the refusal, unclear (no "
    "answer that can be read), not_sent.",
    ["what", "result"],
)
STATUSES = Counter(
    "pasito_whatsapp_statuses",
    "What became of messages, by Meta's word: sent, delivered, read, failed.",
    ["state"],
)
FAILURES = Counter(
    "pasito_whatsapp_failures", "Messages that failed after they were accepted, by code.", ["code"]
)
MESSAGES = Counter(
    "pasito_whatsapp_messages",
    "Messages that were delivered and are charged or free, by Meta's category and word on it.",
    ["category", "charged"],
)
SPENT = Gauge(
    "pasito_whatsapp_month_messages",
    "Messages of this month in the database, by category.",
    ["category"],
)
LIMIT = Gauge("pasito_whatsapp_month_limit", "PASITO_WHATSAPP_MONTHLY; 0 is no limit.")
NEWS = Counter(
    "pasito_whatsapp_news",
    "What Meta told: changes of the account, templates, quality. The log has the words.",
    ["field"],
)
STEPPED_OVER = Counter(
    "pasito_whatsapp_stepped_over", "Things in webhooks of a shape that we do not know."
)
UNSIGNED = Counter(
    "pasito_whatsapp_unsigned", "Calls of the webhook whose signature is not Meta's."
)
WAITING = Gauge(
    "pasito_whatsapp_calls_waiting", "Messages that wait for their turn in this process."
)
calls = cache(CALLS.labels)
"""What every call counts, by its labels."""
