"""The files of this feature: importing them registers what it does, shows and reads."""

from bot.flows.learning import (
    home,
    lesson,
    practice,
    review,
    selftest,
    stories,
    suggest,
    summary,
)
