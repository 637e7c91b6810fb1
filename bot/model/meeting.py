"""When and where a meeting is, as people read it. Pure."""

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.model.days import at_time, day_words
from bot.model.group import Meeting
from bot.model.words import Msg, Words, verbatim


def told(day: str, time: str, text: str, zone: str) -> tuple[Words, ...]:
    """When and where as lines; `day` is ISO or empty, `zone` that of the clock there."""
    lines: list[Words] = []
    if day:
        words = day_words(date.fromisoformat(day))
        lines.append(
            Msg("📅 {when}", at=moment(day, time, zone)).of(when=at_time(words, time))
            if time
            else Msg("📅 {day}").of(day=words)
        )
    return (*lines, Msg("{text}").of(text=text))


def moment(day: str, time: str, zone: str) -> int:
    """In seconds since the epoch; 0 where day or time are not known."""
    try:
        begin = datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=ZoneInfo(zone))
        return int(begin.timestamp())
    except (ValueError, OverflowError, ZoneInfoNotFoundError):
        return 0


def line(meeting: Meeting) -> Words:
    """When and where, in one line."""
    day = verbatim(meeting.text) if meeting.day is None else day_words(meeting.day)
    if meeting.day is None:
        return Msg("📅 {text}").of(text=day)
    when_words = at_time(day, meeting.time) if meeting.time else day
    return Msg("📅 {when} · {place}").of(when=when_words, place=meeting.text)
