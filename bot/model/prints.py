"""What is printed or taken away as a file, and what it is called. Pure."""

from bot.model.order import OrderKind
from bot.model.words import Words, _

MODULE_PRINTS: dict[OrderKind, Words] = {
    OrderKind.HANDOUT: _("📄 Handout of a module (2 pages)"),
    OrderKind.CARDS: _("🃏 Question cards of a module, with answers"),
    OrderKind.WORKSHOP: _("📋 Workshop plan of a module"),
    OrderKind.SESSION: _("💬 Sheet for a conversation round"),
}
GROUP_PRINTS: dict[OrderKind, Words] = {
    OrderKind.QR: _("🔳 QR code of the link, as a picture"),
    OrderKind.POSTER: _("🖼 Poster with QR code (A4)"),
    OrderKind.XLSX: _("📊 List of the group (Excel)"),
    OrderKind.CSV: _("📊 List of the group (CSV)"),
}
CV_SHEET = _("📝 CV sheet, for two")
PRINTS: dict[OrderKind, Words] = {
    **GROUP_PRINTS,
    **MODULE_PRINTS,
    OrderKind.CV_SHEET: CV_SHEET,
    OrderKind.FAILURES: _("📊 Who did not get the broadcast (CSV)"),
    OrderKind.CALENDAR: _("🗓 For my calendar"),
}
LISTS = (OrderKind.XLSX, OrderKind.CSV)
ALL_GROUPS = "0"
"""What an order of a list carries instead of a group's id."""
