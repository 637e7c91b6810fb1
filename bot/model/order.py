"""What can be ordered and is handed over later. Pure."""

from enum import StrEnum

from bot.model.certificate import Earned
from bot.model.papers import DAY_SECONDS, PLACEMENT_DAYS, PaperKind


class OrderKind(StrEnum):
    """What is made of an order. The values are stored, and stay."""

    MODULE = "module"
    CATEGORY = "category"
    PATHWAY = "pathway"
    PROGRAMME = "programme"
    LEARNING = "learning"
    ORGANISATION = "organisation"
    CHECKLIST = "checklist"
    """Of a track, to hang up."""
    ANNEX = "annex"
    """What the programme's certificates mean, for employers."""
    DATA = "data"
    """Everything that is known of the learner."""
    NOTE = "note"
    HANDOUT = "handout"
    CARDS = "cards"
    WORKSHOP = "workshop"
    SESSION = "session"
    QR = "qr"
    POSTER = "poster"
    CV_SHEET = "cv-sheet"
    """The questions of a CV in two languages. Its subject is that of the learner."""
    XLSX = "xlsx"
    CSV = "csv"
    FAILURES = "failures"
    """Who did not get a broadcast."""
    CALENDAR = "ics"
    CV = "cv"
    CV_EXAMPLE = "cv-example"
    CV_SENT = "cv-sent"
    """To a counsellor. Its subject is group and learner, with a hyphen between."""
    CV_BACK = "cv-back"
    """A CV's file that its owner sent: it is read, and what it says is kept. Its subject is the
    messenger, its answers are that one's id of the file."""
    PLACEMENT = "placement"
    """What an employer confirmed: its answers."""
    LETTER = "letter"
    LETTER_EXAMPLE = "letter-example"
    SCRIPT = "script"
    """What to say on the phone."""
    MAIL = "mail"
    PROFILE = "profile"
    PROFILE_EXAMPLE = "profile-example"
    AUDIO = "audio"
    """What can be heard of a card or a deck. Its subject is the key of a recording."""
    RECORDING = "recording"
    """A voice note of staff. Its subject is the id of a `bot.model.recordings.Spoken`."""
    UNKNOWN = "unknown"
    """Of a newer version: this one cannot make it."""

    @classmethod
    def _missing_(cls, value: object) -> "OrderKind":
        return cls.UNKNOWN


CERTIFICATES = frozenset(map(OrderKind, Earned))
"""Each by the value of its `bot.model.certificate.Earned`."""
PAPERS = {
    OrderKind.CV: PaperKind.CV,
    OrderKind.CV_SENT: PaperKind.CV,
    OrderKind.LETTER: PaperKind.LETTER,
    OrderKind.SCRIPT: PaperKind.LETTER,
    OrderKind.MAIL: PaperKind.LETTER,
    OrderKind.PROFILE: PaperKind.PROFILE,
}
"""What is drawn of the answers of which paper: deleted with them."""


def seconds_kept(kind: OrderKind) -> int:
    """How long a file that was ordered is kept, handed over or not. What somebody else filled in,
    nobody here can have made again."""
    return DAY_SECONDS * (PLACEMENT_DAYS if kind is OrderKind.PLACEMENT else 1)
