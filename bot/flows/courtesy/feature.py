"""Greetings and thanks."""

import bot.flows.courtesy.polite
