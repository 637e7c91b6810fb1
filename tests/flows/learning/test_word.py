"""A definition, and the word for it (seed 33): chosen or typed, and on paper."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.turn import World
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner
from cards.exchange.asked import Asked
from cards.exchange.gift import read_gift, write_gift
from cards.exchange.moodle_xml import read_xml, write_xml
from cards.exchange.ours import give, take
from cards.finding import Report
from cards.kinds.word import WORD
from cards.model import Module, Programme
from cards.module_file import module_file
from cards.question import Question
from tests.support.chat import Chat
from tests.support.decks import DECK, HEAD

DEFINED = """### The part that shows pictures and text = ?
- [ ] keyboard
- [x] screen | monitor
- [ ] mouse
> You look at it.

"""


@pytest.fixture
def module(tmp_path: Path) -> Module:
    path = tmp_path / "module.md"
    path.write_text(HEAD + DECK.replace("## Memo", DEFINED + "## Memo"), encoding="utf-8")
    found, findings = module_file(path)
    assert found and not findings
    return found


def _asked(module: Module) -> Question:
    return next(q for q in module.decks[0].questions if q.kind is WORD)


@pytest.mark.row("33")
@pytest.mark.parametrize(
    "typed", ["screen", "Monitor", "scren", "the screen", "A scren", "{n}", "keyboard"]
)
def test_it_is_chosen_by_number_or_typed(
    module: Module, typed: str, world: World, words: Catalogues
) -> None:
    modules = {**world.programme.modules, module.id: module}
    world = replace(world, programme=replace(world.programme, modules=modules))
    chat = Chat(world, words, learner=Learner(1, language="en"))
    chat.turn("/start m-module")
    chat.turn("[A deck]")
    for _ in range(20):
        shown = chat.drawn(chat.screens[-1], "en")
        if "The part that shows" in shown:
            break
        chat.turn("two" if chat.screens[-1].asks else "[Next]")
    assert "Which word is it?" in shown and "= ?" not in shown
    number = next(line[0] for line in shown.splitlines() if line.endswith(". screen"))
    told = chat.turn(typed.replace("{n}", number))
    assert ("✅ That is right." in told) is (typed != "keyboard") and "Why: You look at it." in told


@pytest.mark.row("33", "35")
@pytest.mark.parametrize("xml", [True, False])
@pytest.mark.parametrize("spelled", [True, False])
def test_it_goes_to_moodle_and_comes_back(module: Module, xml: bool, spelled: bool) -> None:
    question = _asked(module)
    if not spelled:
        options = tuple(replace(option, also=()) for option in question.options)
        question = replace(question, options=options)
    out: list[Asked] = list(
        give((question,), ("M", "D"), "d", lambda t: t.source, lambda c: None, Report("out"))
    )
    report = Report("in")
    read = read_xml(write_xml(out).encode(), report) if xml else read_gift(write_gift(out), report)
    ((back,),) = take(read, "module", "", report).decks.values()
    assert isinstance(back, Question) and not report.findings
    assert replace(back, line=0) == replace(question, line=0)


@pytest.mark.row("33")
def test_shipped_words_are_of_the_glossary_and_their_length_tells_nothing(
    shipped: Programme, shipped_words: Catalogues
) -> None:
    asked = [
        (module, item)
        for module in shipped.modules.values()
        for deck in module.decks
        for item in deck.items
        if isinstance(item, Question) and item.kind is WORD
    ]
    categories = {c.id for c in shipped.categories for m, _q in asked if m.id in c.modules}
    assert len({module.id for module, _question in asked}) >= 8 and len(categories) >= 4
    for language in shipped_words.languages:
        longest = shortest = 0
        for module, question in asked:
            (right,) = question.right
            terms = {word.term.source for word in module.glossary}
            assert question.options[right].text.source in terms and len(question.options) == 4
            lengths = [len(shipped_words.say(o.text, language)) for o in question.options]
            longest += lengths[right] == max(lengths)
            shortest += lengths[right] == min(lengths)
        assert max(longest, shortest) <= len(asked) / 2, language
