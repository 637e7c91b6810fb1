"""What can be ordered and is handed over later. Pure."""

from enum import StrEnum


class OrderKind(StrEnum):
    """What is made of an order. The values are stored, and stay."""

    MODULE = "module"
    CATEGORY = "category"
    PATHWAY = "pathway"
    PROGRAMME = "programme"
    ANNEX = "annex"
    """What the programme's certificates mean, for employers."""
    DATA = "data"
    """Everything that is known of the learner."""
    NOTE = "note"
    HANDOUT = "handout"
    CARDS = "cards"
    WORKSHOP = "workshop"
    QR = "qr"
    POSTER = "poster"
    XLSX = "xlsx"
    CSV = "csv"
    FAILURES = "failures"
    """Who did not get a broadcast."""
    CALENDAR = "ics"
    UNKNOWN = "unknown"
    """Of a newer version: this one cannot make it."""

    @classmethod
    def _missing_(cls, value: object) -> "OrderKind":
        return cls.UNKNOWN


CERTIFICATES = frozenset(
    (OrderKind.MODULE, OrderKind.CATEGORY, OrderKind.PATHWAY, OrderKind.PROGRAMME)
)
"""Each by the value of its `bot.model.certificate.Earned`."""
