"""What the levels of modules are called."""

from bot.model.words import Words, _
from cards.model import Level

LEVELS: dict[Level, Words] = {
    Level.BEGINNER: _("beginner"),
    Level.INTERMEDIATE: _("intermediate"),
    Level.ADVANCED: _("advanced"),
}
