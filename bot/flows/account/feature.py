"""The files of this feature: importing them registers what it does, shows and reads."""

from bot.flows.account import (
    about,
    connections,
    data_use,
    languages,
    news,
    notes,
    privacy,
    settings,
    whoami,
)
