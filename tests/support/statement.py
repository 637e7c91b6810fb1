"""What a certificate states, for tests that check one."""

from datetime import date, timedelta

from certificates import Kind, Statement

STATEMENT = Statement(
    serial="00c0ffee00c0ffee",
    kind=Kind.MODULE,
    subject="computer",
    name="Zoë <b>Nguyễn</b>",
    language="ar",
    issued=date(2026, 3, 9),
    hours=3,
    first_day=date(2026, 3, 3),
    last_day=date(2026, 3, 9),
    active=timedelta(hours=2, minutes=35),
)
