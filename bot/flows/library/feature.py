"""The files of this feature: importing them registers what it does, shows and reads."""

from bot.flows.library import answers, card, human, search
