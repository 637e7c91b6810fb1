"""What is measured, for Prometheus: all names in one place, units in the name, few labels, nobody's
data.

Counting costs a microsecond or two. Figures that stand in the database are fetched when somebody
looks (`bot.web.health`), and those of a process are its own: `sum` over processes for counters,
`max` for `pasito_orders`, which every process reads from the same table.
"""

from functools import cache
from importlib.metadata import version

from prometheus_client import Counter, Gauge, Histogram, Info

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

UPDATES = Counter(
    "pasito_updates",
    "Updates by what became of them: done, repeated, failed (the flow raised), unsaved.",
    ["channel", "outcome"],
)
COMMIT_SECONDS = Histogram(
    "pasito_update_commit_seconds",
    "From the arrival of an update until it is durable.",
    ["channel"],
    buckets=_SECONDS,
)
ANSWER_SECONDS = Histogram(
    "pasito_update_answer_seconds",
    "From the arrival of an update until its answer went out.",
    ["channel"],
    buckets=_SECONDS,
)
BATCH_UPDATES = Histogram(
    "pasito_batch_updates", "Updates in one transaction.", buckets=(1, 2, 5, 10, 20, 50, 100, 200)
)
UPDATES_WAITING = Gauge("pasito_updates_waiting", "Updates that wait for a transaction.")
ORDERS = Gauge(
    "pasito_orders",
    "Files and notes that are not handed over, by state: wanted, sending.",
    ["channel", "state"],
)
CERTIFICATE_SECONDS = Histogram(
    "pasito_certificate_seconds",
    "Making a file: a certificate, or a paper to print.",
    ["kind"],
    buckets=_SECONDS,
)
BROADCAST_RECIPIENTS = Counter(
    "pasito_broadcast_recipients",
    "Recipients of broadcasts by what became of them: sent, failed, unknown, waiting (again).",
    ["result"],
)
UNREADABLE = Counter(
    "pasito_rows_unreadable",
    "Rows that could not be read, each time: the log names them.",
    ["kind"],
)
DECKS_REFUSED = Gauge(
    "pasito_decks_refused",
    "1 while the files of the decks have a fault and the ones before are shown.",
)
WEB_NOT_NOW = Counter(
    "pasito_web_not_now", "Pages that could not be given because the database took nothing."
)
TASK_RESTARTS = Counter(
    "pasito_task_restarts", "Loops in the background that ended and were begun again.", ["task"]
)
TASK_FAILURES = Counter(
    "pasito_task_failures", "Short work and jobs in the background that raised.", ["task"]
)
TASK_RUNNING = Gauge("pasito_task_running", "Loops in the background: 1 while they run.", ["task"])
TASK_AGE = Gauge(
    "pasito_task_heartbeat_age_seconds", "Since a loop last said that it is alive.", ["task"]
)
WEB_CONNECTIONS_REFUSED = Counter(
    "pasito_web_connections_refused",
    "Connections that were refused, or closed for a newer one, by what there was too much of: "
    "address, total, files.",
    ["reason"],
)
WEB_RESPONSES = Counter("pasito_web_responses", "Answers of the web server by status.", ["status"])
updates = cache(UPDATES.labels)
commit_seconds = cache(COMMIT_SECONDS.labels)
answer_seconds = cache(ANSWER_SECONDS.labels)
web_responses = cache(WEB_RESPONSES.labels)
"""What every tap counts, by its labels: to look them up takes longer than to count."""
Info("pasito", "The version that runs.").info({"version": version("pasito")})
