"""Greetings, thanks, and the word that calls off."""

import bot.flows.courtesy.call_off
import bot.flows.courtesy.polite
