"""The files of this feature: importing them registers what it does, shows and reads."""

from bot.flows.learning import (
    adapting,
    card,
    cover,
    exam,
    home,
    lesson,
    levels,
    listen,
    medium,
    placement,
    repin,
    review,
    selftest,
    stories,
    suggest,
    summary,
    track,
    tutorial,
    words,
)
