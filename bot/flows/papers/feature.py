"""The files of this feature: importing them registers what it does, shows and reads."""

from bot.flows.papers import back, cv, keep, letter, menu, placement, profile, question, send
