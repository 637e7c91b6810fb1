"""Days in words, in no language yet. Pure."""

from datetime import date

from bot.model.words import Words, _

WEEKDAYS: tuple[Words, ...] = (
    *(_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday")),
    *(_("Friday"), _("Saturday"), _("Sunday")),
)
MONTHS: tuple[Words, ...] = (
    *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
    *(_("July"), _("August"), _("September"), _("October"), _("November"), _("December")),
)


def day_words(day: date) -> Words:
    return _("{weekday}, {number} {month}").of(
        weekday=WEEKDAYS[day.weekday()], number=day.day, month=MONTHS[day.month - 1]
    )
