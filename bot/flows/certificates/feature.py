"""The files of this feature: importing them registers what it does, shows and reads."""

from bot.flows.certificates import claim, latin, list, profile_text
