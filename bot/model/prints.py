"""What is printed or taken away as a file, and what it is called. Pure."""

from bot.model.order import OrderKind
from bot.model.words import Words, _

MODULE_PRINTS: dict[OrderKind, Words] = {
    OrderKind.HANDOUT: _("📄 Handout"),
    OrderKind.CARDS: _("🃏 Question cards"),
    OrderKind.SESSION: _("💬 Conversation sheet"),
    OrderKind.WORKSHOP: _("📋 Workshop plan"),
}
"""What is printed most comes first."""
GROUP_PRINTS: dict[OrderKind, Words] = {
    OrderKind.QR: _("🔳 QR code of the link, as a picture"),
    OrderKind.POSTER: _("🖼 Poster with QR code (A4)"),
    OrderKind.XLSX: _("📊 List of the group (Excel)"),
    OrderKind.CSV: _("📊 List of the group (CSV)"),
}
CV_SHEET = _("📝 CV sheet, for two")
USES: dict[OrderKind, Words] = {
    OrderKind.POSTER: _("to invite people, 1 page"),
    OrderKind.HANDOUT: _("to take home, 2 pages"),
    OrderKind.CARDS: _("to play in pairs, 2 to 8 pages"),
    OrderKind.SESSION: _("to talk together, 2 pages"),
    OrderKind.WORKSHOP: _("for the trainer, 2 pages"),
    OrderKind.CV_SHEET: _("the questions of a CV, 2 pages"),
}
"""What each paper is for, and how long it is."""
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
