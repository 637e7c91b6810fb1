"""Which time zone is it where a learner is? Pure, but for the tables of time zones (the package
tzdata, where a machine has none).

All that is known is what their clock says now. Where countries with the same time now change their
clocks on different days (France and Algeria in winter), a guess would be an hour wrong for half of
the year, and reminders would come too early. Then the learner chooses between the countries at
once. To ask again later would be one more message, sent on a day when it may already be too late.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.model.words import Words, _

ZONES = (
    *("Europe/Lisbon", "Europe/Paris", "Europe/Istanbul"),  # the partners' countries come first
    *(
        "Asia/Tehran",
        "Asia/Dubai",
        "Asia/Kabul",
        "Asia/Karachi",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "Asia/Dhaka",
        "Asia/Yangon",
    ),
    *(
        "Asia/Bangkok",
        "Asia/Shanghai",
        "Asia/Tokyo",
        "Australia/Darwin",
        "Australia/Adelaide",
        "Australia/Sydney",
    ),
    *(
        "Atlantic/Cape_Verde",
        "America/Sao_Paulo",
        "America/St_Johns",
        "America/Caracas",
        "America/New_York",
    ),
    *("America/Chicago", "America/Denver", "America/Los_Angeles", "Pacific/Auckland"),
)
LIKELY = ZONES[:3]
PLACES: tuple[tuple[str, Words], ...] = (
    ("Europe/Lisbon", _("Portugal, United Kingdom, Ireland")),
    ("Africa/Abidjan", _("Senegal, Mali, Guinea, Ghana, Ivory Coast")),
    ("Europe/Paris", _("France, Spain, Germany, Italy, Belgium")),
    ("Africa/Algiers", _("Algeria, Tunisia, Nigeria, Cameroon")),
    ("Africa/Casablanca", _("Morocco")),
    ("Europe/Athens", _("Greece, Romania, Bulgaria, Ukraine")),
    ("Africa/Tripoli", _("Libya, Sudan, Rwanda, South Africa")),
    ("Africa/Cairo", _("Egypt")),
    ("Asia/Beirut", _("Lebanon")),
    ("Asia/Hebron", _("Palestine")),
    ("Asia/Jerusalem", _("Israel")),
    ("Europe/Istanbul", _("Türkiye, Syria, Iraq, Somalia, Eritrea")),
    ("America/Sao_Paulo", _("Brazil, Argentina, Uruguay")),
    ("America/Santiago", _("Chile")),
    ("America/Caracas", _("Venezuela, Bolivia")),
    ("America/New_York", _("United States and Canada: east; Haiti, Cuba")),
    ("America/Bogota", _("Colombia, Peru, Ecuador, Panama")),
    ("America/Chicago", _("United States and Canada: middle")),
    ("America/Guatemala", _("Mexico, Guatemala, Honduras, El Salvador")),
    ("America/Denver", _("United States and Canada: mountains")),
    ("America/Phoenix", _("Arizona, north-west of Mexico")),
    ("America/Los_Angeles", _("United States and Canada: west")),
    ("Australia/Sydney", _("Australia: Sydney, Melbourne")),
    ("Australia/Brisbane", _("Australia: Brisbane; Papua New Guinea")),
)
"""A zone for each way of changing the clock, and countries that keep to it."""
QUARTER = 15
"""Minutes. Clocks are a few minutes wrong: a quarter of an hour is precise enough."""
FIXED = ("UTC", *(f"Etc/GMT{-hours:+d}" for hours in range(-12, 15) if hours))
KNOWN = frozenset((*ZONES, *FIXED, *(zone for zone, _words in PLACES)))
"""What a button may set."""


def local(now: int, zone: str | None) -> datetime:
    return datetime.fromtimestamp(now, ZoneInfo(zone or "UTC"))


def ahead_of_utc(hour: int, minute: int, now: int) -> int:
    """By how many minutes this clock is ahead of UTC now, in quarters of an hour, from -720 to 719:
    the shorter way round the world."""
    at = datetime.fromtimestamp(now, UTC)
    ahead = (hour - at.hour) * 60 + minute - at.minute
    return (round(ahead / QUARTER) * QUARTER + 720) % 1440 - 720


def zone_at(ahead: int, now: int) -> str:
    """A time zone where it is about this time now, the partners' countries first."""
    near = min(ZONES, key=lambda zone: _off_by(zone, ahead, now))
    return near if _off_by(near, ahead, now) < 2 * QUARTER else fixed(ahead)


def places_at(ahead: int, now: int) -> tuple[tuple[str, Words], ...]:
    """The places where it is this time now, one for each way in which their clocks change in the
    year to come."""
    here = [(zone, words) for zone, words in PLACES if _off_by(zone, ahead, now) < QUARTER]
    ways = {_year(zone, now // (7 * 86400)): (zone, words) for zone, words in reversed(here)}
    return tuple(place for place in here if place in ways.values())


def fixed(ahead: int) -> str:
    """A zone that never changes its clock."""
    hours = round(ahead / 60)
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"


def _off_by(zone: str, ahead: int, now: int) -> float:
    offset = local(now, zone).utcoffset() or timedelta()
    return abs((offset.total_seconds() / 60 - ahead + 720) % 1440 - 720)


@lru_cache(maxsize=256)
def _year(zone: str, week: int) -> tuple[timedelta | None, ...]:
    """How far ahead of UTC a zone is in each week of the year that begins with this one."""
    return tuple(local((week + n) * 7 * 86400, zone).utcoffset() for n in range(53))
