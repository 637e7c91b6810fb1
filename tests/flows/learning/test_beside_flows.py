"""Stories, self-tests and practical tasks in the chat: by buttons and by typing, and never a dead
end."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.action import Place, encode
from bot.conversation.decide import decide, show
from bot.conversation.event import evolve_all
from bot.conversation.places import place_of
from bot.conversation.screen import Screen
from bot.conversation.turn import Moment, Turn, World
from bot.conversation.update import Tap, Typed, Update
from bot.flows.learning.actions import Cover, SelfTestPage, StoryPage
from bot.flows.learning.stories import MOST, follow
from bot.flows.practice.actions import PracticePage
from bot.model.learner import Learner
from tests.support.beside import PRACTICE, STORY, TEST, read

MOMENT = Moment(now=1_790_000_000)


@pytest.fixture
def beside(world: World, tmp_path: Path) -> World:
    module, findings = read(tmp_path, PRACTICE + STORY + TEST)
    assert module and not findings
    modules = {**world.programme.modules, module.id: module}
    return replace(world, programme=replace(world.programme, modules=modules))


class Person:
    def __init__(self, world: World, place: Place) -> None:
        self.world = world
        self.learner = Learner(1, language="en", place=encode(place))

    @property
    def screen(self) -> Screen:
        return show(Turn(self.learner, self.world, MOMENT))

    @property
    def text(self) -> str:
        screen = self.screen
        way = [screen.way.words] if screen.way else []
        parts = (
            *screen.notes,
            *way,
            screen.title,
            *screen.lines,
            *(b.label for b in screen.buttons),
        )
        return "\n".join(self.world.say(part, "en") for part in parts if part)

    def does(self, what: str, typed: bool = False) -> str:
        if typed:
            doing: Tap | Typed = Typed(what)
        else:
            buttons = self.screen.buttons
            found = next(b for b in buttons if what in self.world.say(b.label, "en"))
            doing = Tap(encode(found.action))
        update = Update("web", f"{self.learner.last_at}{what}", "1", doing)
        decision = decide(update, Turn(self.learner, self.world, MOMENT))
        self.learner = evolve_all(self.learner, decision.events, MOMENT.now)
        return self.text


def test_the_cover_offers_what_is_beside_the_decks(beside: World) -> None:
    amina = Person(beside, Cover("module"))
    assert "🛠 Practical task" in amina.text
    assert "🎭 The missing tools" in amina.text and "🧭 My part in a team" in amina.text


@pytest.mark.row("08", "39")
@pytest.mark.parametrize("typed", [False, True])
def test_a_story_to_its_end_and_a_look_back(beside: World, typed: bool) -> None:
    amina = Person(beside, StoryPage("module"))
    assert "You are Oksana" in amina.text and "Trust 50 % ▰▰▱▱▱" in amina.text
    told = amina.does("1" if typed else "Ask Marc", typed)
    assert "Marc put them" in told and "Trust 60 % ▰▰▰▱▱" in told
    told = amina.does("1" if typed else "Thank him", typed)
    assert "🏁 Solved" in told and "Trust 80 % ▰▰▰▰▱" in told
    assert "✅ This went well:\n1. Ask Marc alone\n2. Thank him" in told
    assert "another way" not in told
    assert "▶ Short" in told, "the lesson that it belongs to"
    back = amina.does("*" if typed else "◀ Back", typed)
    assert "Marc put them" in back and "Trust 60 % ▰▰▰▱▱" in back, "the scene before"
    assert "Your toolbox" in amina.does("Begin again")


@pytest.mark.row("14")
def test_a_weak_choice_is_told_the_better_one_and_goes_on(beside: World) -> None:
    amina = Person(beside, StoryPage("module"))
    amina.does("Ask Marc")
    told = amina.does("Shout at him")
    assert told.startswith("💬 He helped you.") and "Trust 0 % ▱▱▱▱▱" in told
    assert "✅ This went well:\n1. Ask Marc" in told and "❌" not in told
    assert "🔁 Next time you can try another way here:\n2. Shout at him" in told


def test_an_old_path_goes_as_far_as_it_exists(beside: World) -> None:
    story = beside.programme.modules["module"].stories[0]
    assert follow(story, (7, 7)).scene.id == "start"
    assert follow(story, (0, 0, 0, 1)).scene.id == "solved"
    around = StoryPage("module", 0, (0,) * MOST)
    assert encode(around), "the longest path still fits a button"
    for gone in (StoryPage("module", 3), StoryPage("nobody")):
        assert "☰" not in Person(beside, gone).text or Person(beside, gone).screen.buttons


@pytest.mark.row("01")
def test_a_selftest_says_a_strength_and_keeps_nothing(beside: World) -> None:
    amina = Person(beside, SelfTestPage("module"))
    assert "1/6" in amina.text and "How often is it true" in amina.text
    for answer in ("never", "never", "often"):
        amina.does(answer)
    assert "4/6" in amina.text
    assert "3/6" in amina.does("Take one back")
    for answer in ("1", "3", "3", "3"):
        told = amina.does(answer, typed=True)
    assert "You give a team order" in told and "You save the team trouble" not in told
    assert "The one who looks ▱▱▱▱▱ 0/6" in told and "The one who plans ▰▰▰▰▰ 6/6" in told
    assert "This is not a diagnosis" in told
    amina.does("Menu")
    assert "lt:" not in repr(amina.learner), "the answers are gone with the page"
    assert not amina.learner.begun, "a self-test is no progress"


@pytest.mark.row("23")
def test_a_practical_task_is_ticked_and_taken_back(beside: World) -> None:
    amina = Person(beside, PracticePage("module"))
    assert "1. Choose a talk." in amina.text and "40 minutes" in amina.text
    assert "You did it on " in amina.does("I have done it")
    assert amina.learner.modules["module"].practised
    assert "I have done it" in amina.does("Take it back")
    assert amina.learner.modules["module"].practised is None
    assert isinstance(place_of(amina.learner), PracticePage)
