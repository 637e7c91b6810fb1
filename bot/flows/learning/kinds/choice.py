"""A choice: one of several options."""

from bot.flows.learning.kinds.base import Asking
from cards.kinds.choice import CHOICE


class AskChoice(Asking):
    kind = CHOICE
