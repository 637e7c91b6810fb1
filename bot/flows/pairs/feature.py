"""The files of this feature: importing them registers what it does, shows and reads."""

from bot.flows.pairs import checks, consent, mentor, notes, propose, report, talk, work
