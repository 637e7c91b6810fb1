"""Words of one's own: how they are collected, asked and forgotten; never twice by an old button."""

from dataclasses import replace

import pytest

from bot.conversation.action import encode
from bot.conversation.decide import decide, show
from bot.conversation.event import evolve_all
from bot.conversation.turn import Moment, Turn, World
from bot.conversation.update import Tap, Typed, Update
from bot.flows.vocabulary.actions import MyWords, PractiseWords, WordQuestion
from bot.flows.vocabulary.collected import code_of, collected
from bot.flows.vocabulary.events import WordCollected
from bot.flows.vocabulary.practice import WORDS, offered
from bot.model.learner import Learner
from bot.model.merge import merge
from cards.model import Module

NOW, DAY = 1_790_000_000, 86400


@pytest.fixture
def module(world: World) -> Module:
    return next(m for m in world.programme.modules.values() if len(m.glossary) > 3)


def _does(turn: Turn, *taps: str) -> Turn:
    for tap in taps:
        doing = Tap(tap[1:]) if tap.startswith("!") else Typed(tap)
        turn = turn.after(*decide(Update("web", tap, "1", doing), turn).events)
    return turn


def _owner(world: World, module: Module, count: int = 4) -> Turn:
    turn = Turn(Learner(1, language="en", place=encode(MyWords())), world, Moment(now=NOW))
    words = module.glossary[:count]
    return turn.after(*(WordCollected(module.id, word.term.source) for word in words))


def _text(turn: Turn) -> str:
    screen = show(turn)
    return "\n".join(
        turn.world.say(w, "en") for w in (*screen.lines, *(b.label for b in screen.buttons))
    )


@pytest.mark.row("02")
@pytest.mark.parametrize("typed", [False, True])
def test_a_word_is_asked_both_ways_and_comes_again(
    world: World, module: Module, typed: bool
) -> None:
    turn = _owner(world, module)
    for count in range(2):
        turn = _does(turn, "!" + encode(PractiseWords(count)))
        place = turn.place
        assert isinstance(place, WordQuestion) and place.back == bool(count)
        word = next(w for w in module.glossary if code_of(w) == place.word)
        right = offered(module, word, count).index(word)
        button = show(turn).options[right]
        turn = _does(turn, world.say(button.label, "en") if typed else "!" + encode(button.action))
        assert "✅ That is right." in _text(turn)
    asked = [one for one in collected(turn) if one.memory.interval]
    assert len(asked) == 2 and all(one.memory.due.toordinal() > NOW // DAY for one in asked)


def test_an_old_answer_counts_nothing(world: World, module: Module) -> None:
    turn = _does(_owner(world, module), "!" + encode(PractiseWords()))
    old = [encode(option.action) for option in show(turn).options]
    answered = _does(turn, "!" + old[0])
    assert _does(answered, *("!" + each for each in old)).learner.memory == answered.learner.memory


def test_practice_ends_and_nothing_is_asked_twice_a_day(world: World, module: Module) -> None:
    turn = _owner(world, module, 3)
    for count in range(WORDS + 3):
        turn = _does(turn, "!" + encode(PractiseWords(count)))
        if options := show(turn).options:
            turn = _does(turn, "!" + encode(options[0].action))
    assert isinstance(_does(turn, "!" + encode(PractiseWords())).place, MyWords)
    assert "No word is due today" in _text(_does(turn, "!ww:0"))
    tomorrow = replace(turn, moment=Moment(now=NOW + 2 * DAY))
    assert isinstance(_does(tomorrow, "!wp:0").place, WordQuestion)


def test_a_word_that_the_author_took_out_leaves_the_list(world: World, module: Module) -> None:
    turn = _does(_owner(world, module), "!" + encode(PractiseWords()))
    fewer = replace(module, glossary=module.glossary[2:])
    modules = {**world.programme.modules, module.id: fewer}
    without = replace(world, programme=replace(world.programme, modules=modules))
    there = replace(turn, world=without)
    assert len(collected(there)) == 2 and show(there)
    assert _does(there, "1", "!wp:9")


def test_a_forged_word_is_an_old_button(world: World, module: Module) -> None:
    turn = _owner(world, module)
    for forged in (
        "wq:none:1:0:0",
        f"wq:{module.id}:1:0:0",
        "wa:none:1:0:0:1",
        "we:1:1:0",
        "wt:x:1:0:1",
    ):
        after = _does(turn, "!" + forged)
        assert show(after).buttons and after.learner.memory == turn.learner.memory


def test_two_who_become_one_have_the_words_of_both(world: World, module: Module) -> None:
    one, other = _owner(world, module, 2), _owner(world, module, 4)
    both = replace(one, learner=merge(one.learner, other.learner))
    assert len(collected(both)) == 4
    assert evolve_all(both.learner, (), NOW) == both.learner
