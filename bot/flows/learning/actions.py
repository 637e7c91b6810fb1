"""Where one is in learning, and the buttons of cards and questions."""

from bot.conversation.action import Action, Command, Place
from bot.model.roles import Right
from bot.model.words import _
from cards.model import Level


class CategoryPage(Place, code="t", right=Right.ANYBODY, main=True):
    """A category and its modules."""

    category: str = ""


class PathwayPage(Place, code="p", right=Right.ANYBODY, main=True):
    """A pathway and its modules, in order."""

    pathway: str = ""


class ModuleList(Place, code="tl", right=Right.ANYBODY, main=True):
    """The modules of a category or a pathway from this page on, counted from 0."""

    collection: str
    page: int = 0
    path: bool = False


class LearnMyself(Action, code="lz", right=Right.ANYBODY):
    """From the track of an employer or a mentor to what learners have."""


class PlacementPage(Place, code="l3", right=Right.ANYBODY, asks=True):
    """Questions before a module. `answers` are the options chosen so far, by their place."""

    module: str
    answers: tuple[int, ...] = ()


class MoreQuestions(Action, code="l8", right=Right.ANYBODY):
    """The sisters of a deck's questions that fit what was right of it."""

    module: str
    deck: str


class Levels(Place, code="le", right=Right.ANYBODY, main=True):
    """Modules by their level."""


class OfLevel(Place, code="lf", right=Right.ANYBODY, main=True):
    """The modules of a level from this page on, counted from 0."""

    level: Level
    page: int = 0


class LevelCheck(Place, code="lc", right=Right.ANYBODY, asks=True):
    """Five questions over a level. `answers` are the options chosen so far, by their place."""

    level: Level
    answers: tuple[int, ...] = ()


class ForStaff(Place, code="hs", right=Right.ANYBODY):
    """What staff has on the menu, of those who may go there."""


class Tutorials(Place, code="lu", right=Right.ANYBODY):
    """How to use a phone and a computer."""


class Cover(Place, code="m", right=Right.ANYBODY, main=True):
    """A module: objectives, programme, minutes, level."""

    module: str = ""


class TrailerPage(Place, code="lv", right=Right.ANYBODY, main=True):
    """What a module is about, in one card."""

    module: str


class TranscriptPage(Place, code="l4", right=Right.ANYBODY):
    """What is said and shown in the video or audio of a card, from this page on."""

    module: str
    card: int
    page: int = 0


class Lesson(Place, code="l", right=Right.ANYBODY, main=True):
    """In the middle of a deck: the attempt says where."""

    module: str = ""
    deck: str = ""


class Summary(Place, code="s", right=Right.ANYBODY, main=True):
    """The end of a deck: what to keep and one next step."""

    module: str = ""
    deck: str = ""


class ReviewDone(Place, code="rd", right=Right.ANYBODY, main=True): ...


class Glossary(
    Place,
    code="g",
    right=Right.ANYBODY,
    command=Command(
        "words", order=60, words=_("words|glossary"), menu=_("Words and their meaning")
    ),
):
    """The words of a module; without one, of the modules begun."""

    module: str = ""
    page: int = 0


class LearningProgress(
    Place,
    code="pr",
    right=Right.ANYBODY,
    command=Command("progress", order=30, words=_("progress"), menu=_("How far I am")),
): ...


class Begin(Action, code="b", right=Right.ANYBODY):
    """Start a deck, or go on with it where it was left."""

    module: str
    deck: str


class Next(Action, code="x", right=Right.ANYBODY):
    """From a card or a feedback to what follows."""

    attempt: int
    step: int


class Answer(Action, code="a", right=Right.ANYBODY):
    """`choices` are indexes into the question's options as the author wrote them."""

    attempt: int
    step: int
    choices: tuple[int, ...]


class Pick(Action, code="k", right=Right.ANYBODY):
    """One step of an answer that has several: tick or untick an option, take the next in order,
    choose the next pair."""

    attempt: int
    step: int
    option: int


class Undo(Action, code="u", right=Right.ANYBODY):
    """Take the last pick back."""

    attempt: int
    step: int


class Submit(Action, code="ok", right=Right.ANYBODY):
    """The ticks are set."""

    attempt: int
    step: int


class Review(
    Action,
    code="r",
    right=Right.ANYBODY,
    command=Command(
        "review", order=50, words=_("review|repeat"), menu=_("Ask me again what I missed")
    ),
):
    """Ask again what was missed and is due."""


class ExamPage(Place, code="e0", right=Right.ANYBODY):
    """Before an exam. `about` is a category, or `module/deck` of one that an author wrote."""

    about: str


class StartExam(Action, code="e1", right=Right.ANYBODY):
    """Questions are drawn; a new exam takes the place of the last one."""

    about: str


class ExamDone(Place, code="e2", right=Right.ANYBODY, main=True):
    """The end of the exam: how much was right, and what to look at again."""

    page: int = 0


class ExamLook(Place, code="e3", right=Right.ANYBODY):
    """One of the questions that were missed, counted from 0, with its answer."""

    number: int


class TimedTest(Place, code="l5", right=Right.ANYBODY, main=True, asks=True):
    """A self-test with a clock that began at this second; 0 for none. A code of its own, because
    buttons of `SelfTestPage` stand in chats."""

    module: str
    test: int
    began: int = 0
    answers: tuple[int, ...] = ()


class TimedAnswer(Action, code="l7", right=Right.ANYBODY):
    """An answer to a self-test with a clock: `answers` with this one as the last."""

    module: str
    test: int
    began: int
    answers: tuple[int, ...]


class StartClock(Action, code="l6", right=Right.ANYBODY):
    """A self-test begins, with its clock."""

    module: str
    test: int


class Listen(Action, code="l9", right=Right.ANYBODY):
    """Hear the card in hand, or the whole of its deck."""

    attempt: int
    step: int
    whole: bool


class StoryPage(Place, code="ls", right=Right.ANYBODY, main=True):
    """A scene of a module's story, counted from 0; `path` are the choices that led here."""

    module: str
    story: int = 0
    path: tuple[int, ...] = ()


class SelfTestPage(Place, code="lt", right=Right.ANYBODY, main=True, asks=True):
    """A statement of a module's self-test, counted from 0; `answers` are those before it, as places
    on the scale."""

    module: str
    test: int = 0
    answers: tuple[int, ...] = ()
