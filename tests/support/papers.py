"""Somebody who makes a paper for work, step by step; taps and typed texts are counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bot.conversation.action import Action, encode
from bot.conversation.places import place_of
from bot.conversation.turn import World
from bot.conversation.update import Tap, Typed
from bot.flows.papers.actions import (
    ChoosePaperLanguage,
    LeaveAnswer,
    MyPapers,
    PaperAsk,
    PaperReady,
    PaperStart,
    PickAnswer,
)
from bot.flows.papers.steps import Step
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner
from bot.model.papers import Cv, PaperKind
from tests.support.chat import Chat

Answers = Mapping[Step, "str | int | list[int]"]
"""What somebody answers: a text is typed, a number taps the option that carries it (-1 leaves it
out), a list ticks several and goes on."""
ONE_JOB: Answers = {
    Step.FORM: 1,
    Step.SORT: 0,
    Step.WHICH: 0,
    Step.COUNTRY: -2,
    Step.HOW_LONG: 2,
    Step.TASKS: [0, 1, 2],
    Step.ANOTHER: 1,
    Step.SCHOOL: 2,
    Step.RECOGNISED: 2,
    Step.TONGUE: -2,
    Step.LEVEL: 1,
    Step.MORE_TONGUES: 0,
    Step.LICENCES: -1,
    Step.WHEN: 0,
    Step.COURSES: 0,
    Step.NAME: "Zarmina Qaderi",
    Step.PHONE: "+33 6 12 34 56 78",
    Step.MAIL: "zarmina@example.org",
    Step.TOWN: "Villeurbanne",
}
"""One paid job in the trade that is looked for; -2 is the first option on the screen."""
UNPAID = {**ONE_JOB, Step.SORT: 3}
NOTHING: Answers = dict.fromkeys(Step, -1)


@dataclass
class Applicant:
    """`language` is what they read, `paper` the language of the paper."""

    world: World
    words: Catalogues
    language: str = "en"
    paper: str = "fr"
    learner: Learner = field(default_factory=lambda: Learner(1))
    taps: int = 0
    typed: int = 0

    def __post_init__(self) -> None:
        begun = replace(self.learner, language=self.language)
        self.chat = Chat(self.world, self.words, self.language, learner=begun)

    @property
    def place(self) -> object:
        return place_of(self.chat.learner)

    @property
    def cv(self) -> Cv:
        draft = self.chat.people.drafts.kept[self.chat.learner.id, PaperKind.CV]
        assert isinstance(draft, Cv)
        return draft

    def tap(self, action: Action) -> str:
        self.taps += 1
        return self.chat.does(Tap(encode(action)))

    def type(self, text: str) -> str:
        self.typed += 1
        return self.chat.does(Typed(text))

    def begin(self) -> None:
        """From the menu to the first question."""
        self.tap(MyPapers())
        self.tap(PaperStart(PaperKind.CV))
        self.tap(ChoosePaperLanguage(PaperKind.CV, self.paper))

    def picks(self) -> list[PickAnswer]:
        here = [button.action for button in self.chat.screens[-1].buttons]
        return [action for action in here if isinstance(action, PickAnswer)]

    def find(self, wanted: Callable[[PickAnswer], bool]) -> PickAnswer:
        """The button, on whatever page it is; turning a page is a tap."""
        for _ in range(30):
            for pick in self.picks():
                if wanted(pick):
                    return pick
            place = self.place
            assert isinstance(place, PaperAsk)
            more = next(
                b.action
                for b in self.chat.screens[-1].buttons
                if isinstance(b.action, PaperAsk)
                and b.action.page != place.page
                and b.action.step == place.step
                and b.action.item == place.item
            )
            self.tap(more)
        raise AssertionError("no such option")

    def leave(self) -> None:
        place = self.place
        assert isinstance(place, PaperAsk)
        actions = [b.action for b in self.chat.screens[-1].buttons]
        leave = LeaveAnswer(place.kind, place.step, place.item)
        if leave in actions:
            self.tap(leave)
        else:  # a question that has to be answered: another one, or no more
            no = self.picks()[-1] if place.step == Step.ANOTHER else self.picks()[0]
            self.tap(no)

    def answer(self, answers: Answers, job: str = "cook") -> None:
        """The question on the screen."""
        place = self.place
        assert isinstance(place, PaperAsk)
        step = Step(place.step)
        work = self.world.work
        said: str | int | list[int]
        if step in answers and answers[step] == -1:
            said = -1
        elif step in (Step.SECTOR, Step.JOB_SECTOR):
            said = list(work.by_sector).index(work.occupations[job].sector)
        elif step in (Step.TRADE, Step.JOB_TRADE):
            said = list(work.occupations).index(job)
        else:
            said = answers.get(step, -1)
        if isinstance(said, str):
            self.type(said)
        elif isinstance(said, list):
            for place_of_option in said:
                self.tap(self.picks()[place_of_option])
            self.leave()
        elif said == -1:
            self.leave()
        elif said == -2:
            self.tap(self.picks()[0])
        else:
            self.tap(self.find(lambda pick: pick.choice == said))

    def fill(self, answers: Answers, job: str = "cook") -> None:
        """All questions, until the paper is ready."""
        for _ in range(80):
            if isinstance(self.place, PaperReady):
                return
            self.answer(answers, job)
        raise AssertionError(f"no end: {self.chat.learner.place}")
