"""A meeting as a calendar file (RFC 5545): one event in local time, as every calendar reads it.
Pure.
"""

from datetime import UTC, date, datetime, timedelta

MINUTES = 60
"""How long a meeting is taken to last: nobody is asked."""


def calendar(uid: str, day: date, time: str, summary: str, place: str, made: int) -> bytes:
    """UTF-8, lines folded at 75 octets. Without a `time` (14:00) it is the whole day; `made` is
    seconds since the epoch."""
    if time:
        begin = datetime.combine(day, datetime.strptime(time, "%H:%M").time())
        end = begin + timedelta(minutes=MINUTES)
        span = [f"DTSTART:{begin:%Y%m%dT%H%M%S}", f"DTEND:{end:%Y%m%dT%H%M%S}"]
    else:
        span = [f"DTSTART;VALUE=DATE:{day:%Y%m%d}"]
    lines = [
        *(
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Pasito//EN",
            "BEGIN:VEVENT",
            f"UID:{uid}@pasito",
        ),
        f"DTSTAMP:{datetime.fromtimestamp(made, UTC):%Y%m%dT%H%M%SZ}",
        *span,
        f"SUMMARY:{_escaped(summary)}",
        f"LOCATION:{_escaped(place)}",
        *("END:VEVENT", "END:VCALENDAR"),
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> str:
    """No line over 75 octets: the next one begins with a space, and no character is cut in two."""
    parts, size = [""], 0
    for char in line:
        width = len(char.encode())
        if size + width > 75:
            parts.append("")
            size = 1
        parts[-1] += char
        size += width
    return "\r\n ".join(parts)
