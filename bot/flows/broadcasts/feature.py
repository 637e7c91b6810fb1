"""The files of this feature: importing them registers what it does, shows and reads."""

from bot.flows.broadcasts import audience, check, draft, list, notes, progress, when
