"""Days in words, in no language yet. Pure."""

from datetime import date

from bot.model.words import Msg, Words, _

WEEKDAYS: tuple[Words, ...] = (
    *(_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday")),
    *(_("Friday"), _("Saturday"), _("Sunday")),
)
MONTHS: tuple[Words, ...] = (
    *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
    *(_("July"), _("August"), _("September"), _("October"), _("November"), _("December")),
)


TODAY, TOMORROW = _("Today"), _("Tomorrow")


def iso_day(text: str) -> date | None:
    """A day as buttons carry it; None for what is none: anybody can send anything."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


AT = Msg("{day}, {time}")
"""A day and a time: each language has its own sign, or none, between them."""


def at_time(day: Words, time: str) -> Words:
    return AT.of(day=day, time=time)


def day_alone(day: date) -> Words:
    return Msg("{day}").of(day=day)


def day_words(day: date) -> Words:
    weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month - 1]
    if day.day == 1:
        # Translators: the first day of a month; French says 1er.
        return _("{weekday}, 1 {month}").of(weekday=weekday, month=month)
    return _("{weekday}, {number} {month}").of(weekday=weekday, number=day.day, month=month)
