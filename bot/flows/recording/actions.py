"""The buttons and places of recording cards, of hearing what others recorded, and of taking it
down."""

from bot.conversation.action import Action, Command, Place
from bot.model.roles import Right
from bot.model.words import _


class Record(
    Place,
    code="R",
    right=Right.RECORD,
    main=True,
    home=_("🎙 Record cards"),
    command=Command(
        "record",
        order=240,
        # Translators: words that staff type to read cards aloud for learners.
        words=_("record"),
        menu=_("Read cards aloud for learners"),
        suggested=False,
    ),
):
    """Which module? Its name is typed, or chosen."""

    page: int = 0


class RecordModule(Place, code="Rm", right=Right.RECORD, main=True):
    """How far the cards of a module are in a language."""

    module: str
    language: str


class RecordLanguage(Place, code="Rl", right=Right.RECORD):
    module: str
    page: int = 0


class RecordCard(Place, code="Rc", right=Right.RECORD):
    """A card to be read aloud: the next voice note is of it. `said` is the mark of the words that
    are shown there; a button carries none."""

    module: str
    language: str
    card: int
    said: str = ""


class RecordAgain(Place, code="Ra", right=Right.RECORD):
    """Cards whose words are others since they were recorded."""

    page: int = 0


class ToHear(Place, code="Rh", right=Right.RECORD, main=True):
    """What others recorded."""

    page: int = 0


class HearOne(Place, code="Ro", right=Right.RECORD):
    """Hear it, read its words, and say yes or not this one."""

    recording: int


class Judge(Action, code="Rj", right=Right.RECORD):
    recording: int
    yes: bool


class MyRecordings(Place, code="RM", right=Right.ANYBODY):
    """Also for those who are staff no more: their voice stays theirs."""

    page: int = 0


class AllRecordings(Place, code="RA", right=Right.STAFF):
    """What learners hear, of everybody, for admins."""

    page: int = 0


class OneRecording(Place, code="R1", right=Right.ANYBODY):
    recording: int


class PlayRecording(Action, code="Rp", right=Right.ANYBODY):
    recording: int


class TakeDown(Action, code="Rt", right=Right.ANYBODY):
    recording: int
