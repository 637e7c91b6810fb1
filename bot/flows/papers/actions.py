"""The buttons and places of papers for work.

They hold numbers only: which question, which of its items, which choice. What was answered is in
no button and no place.
"""

from bot.conversation.action import Action, Command, Place
from bot.model.order import OrderKind
from bot.model.papers import PaperKind
from bot.model.roles import Right
from bot.model.words import _


class MyPapers(
    Place,
    code="j",
    right=Right.ANYBODY,
    main=True,
    home=_("📄 My papers"),
    command=Command(
        "cv",
        order=45,
        words=_("cv|my cv|my papers|papers"),
        menu=_("CV, letter and skills profile"),
        also=("papers",),
    ),
):
    """The papers that can be made."""


class PaperStart(Place, code="js", right=Right.ANYBODY):
    """What a paper is, how long its answers are kept, and in which language it is made."""

    kind: PaperKind


class FileSent(Place, code="jb", right=Right.ANYBODY, draft=True):
    """A file was sent where none is asked for: is it a CV from here? Only the messenger's name of
    it is kept meanwhile, and no longer than they are here."""


class GoOnWithFile(Action, code="jy", right=Right.ANYBODY):
    """It is one: it is fetched and read."""


class MorePaperLanguages(Place, code="js1", right=Right.ANYBODY):
    """Those that have no room on the first screen."""

    kind: PaperKind
    page: int


class ChoosePaperLanguage(Action, code="jl", right=Right.ANYBODY):
    kind: PaperKind
    language: str


class PaperAsk(Place, code="jq", right=Right.ANYBODY, asks=True):
    """A question of a paper. `item` is which of several jobs or languages; `edit`: this answer is
    changed, and then the whole paper is looked at again."""

    kind: PaperKind
    step: int
    item: int = 0
    page: int = 0
    edit: bool = False


class PickAnswer(Action, code="jp", right=Right.ANYBODY):
    kind: PaperKind
    step: int
    item: int
    choice: int


class LeaveAnswer(Action, code="jn", right=Right.ANYBODY):
    """Go on: without an answer, or with all that is ticked."""

    kind: PaperKind
    step: int
    item: int


class PaperReady(Place, code="jr", right=Right.ANYBODY):
    """All answers of a paper, and what can be done with it."""

    kind: PaperKind


class PaperChange(Place, code="jc", right=Right.ANYBODY):
    """Which answer is changed?"""

    kind: PaperKind


class AddJob(Action, code="ja", right=Right.ANYBODY): ...


class MakePaper(Action, code="jm", right=Right.ANYBODY):
    kind: OrderKind
    language: str


class SendCv(Place, code="ju", right=Right.ANYBODY):
    """To which counsellor is the CV sent? The explicit yes is `SendCvTo`."""


class SendCvTo(Action, code="jv", right=Right.ANYBODY):
    group: int


class TakeBackCv(Action, code="jw", right=Right.ANYBODY):
    group: int


class OrderExample(Action, code="jo", right=Right.ANYBODY):
    """A paper of somebody who does not exist."""

    kind: PaperKind


class KeepPaper(Action, code="jk", right=Right.ANYBODY):
    """How long the answers are kept after the last change."""

    kind: PaperKind
    long: bool


class PlacementsPage(Place, code="ji", right=Right.ANYBODY):
    """Placements that somebody is asked to confirm, or confirmed."""


class PlacementOf(Place, code="jf", right=Right.ANYBODY):
    """Which work was it? The tap is `NewPlacement`."""

    page: int = 0


class NewPlacement(Action, code="jg", right=Right.ANYBODY):
    """A link for one employer."""

    sector: int


class OnePlacement(Place, code="jh", right=Right.ANYBODY):
    """Its link, or what was filled in."""

    number: int


class KeepPlacement(Action, code="jt", right=Right.ANYBODY):
    """It becomes a file in this language."""

    number: int
    language: str


class DropPlacement(Action, code="jz", right=Right.ANYBODY):
    number: int


class DeletePaper(Place, code="jd", right=Right.ANYBODY):
    """Delete the answers? The explicit yes is `ErasePaper`."""

    kind: PaperKind


class ErasePaper(Action, code="jx", right=Right.ANYBODY):
    kind: PaperKind
