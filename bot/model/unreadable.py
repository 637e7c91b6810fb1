"""What is said of rows that cannot be read. Pure."""

from bot.model.words import Words, ngettext


def people_not_shown(count: int) -> tuple[Words, ...]:
    """About members whose rows cannot be read."""
    said = ngettext(
        "⚠ {count} person cannot be shown: "
        "what is stored about them cannot be read. Please tell those who run Pasito.",
        "⚠ {count} people cannot be shown: "
        "what is stored about them cannot be read. Please tell those who run Pasito.",
        count,
    )
    return (said,) if count else ()


def groups_not_shown(count: int) -> tuple[Words, ...]:
    """About groups whose rows cannot be read."""
    said = ngettext(
        "⚠ {count} group cannot be shown: "
        "what is stored about it cannot be read. Please tell those who run Pasito.",
        "⚠ {count} groups cannot be shown: "
        "what is stored about them cannot be read. Please tell those who run Pasito.",
        count,
    )
    return (said,) if count else ()
