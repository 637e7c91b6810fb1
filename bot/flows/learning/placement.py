"""Three questions before a module, one of each of its first decks: who knows one already is told
which deck they may skip.

A proposal: nothing is locked, nothing counts, nothing is kept. The answers so far are the place.
"""

from bot.conversation.action import Home
from bot.conversation.registry import shows
from bot.conversation.screen import BACK, MENU, Button, Screen, ratio
from bot.conversation.turn import Gone, Turn
from bot.flows.learning.actions import Begin, Cover, PlacementPage
from bot.flows.opinions.give import asked_for_opinion
from bot.flows.sure.ask import ask_how_sure
from bot.model.words import Msg, Words, _
from cards.mixing import mixed
from cards.model import Deck, Module
from cards.question import Question

ASKED = 3


def around(module: Module, turn: Turn) -> tuple[Button, ...]:
    """What is asked before a module and after it, for oneself and for those who come after."""
    begun = module.id in turn.learner.modules
    first = () if begun or not placing(module) else (_button(module),)
    return (*first, *ask_how_sure(module, turn), *asked_for_opinion(module, turn))


def _button(module: Module) -> Button:
    return Button(_("🎯 3 questions first"), PlacementPage(module.id))


def placing(module: Module) -> tuple[tuple[Deck, Question], ...]:
    """A question that stands alone, with one right option, of each of the first decks that have
    one; none where they are fewer than three."""
    found = [
        (deck, question)
        for deck in module.decks
        if (
            question := next(
                (s for each in deck.sisters.values() for s in each if s.kind.one), None
            )
        )
    ]
    return tuple(found[:ASKED]) if len(found) >= ASKED else ()


@shows(PlacementPage)
def show_placement(place: PlacementPage, turn: Turn) -> Screen:
    module = turn.module(place.module)
    asked = placing(module)
    if not asked:
        raise Gone(instead=Cover(module.id))
    answers = place.answers[: len(asked)]
    ways_out = (Button(BACK, Cover(module.id)), Button(MENU, Home()))
    category = turn.programme.category_of(module.id)
    if len(answers) == len(asked):
        return _proposal(module, asked, answers, (*ways_out,), turn)
    _deck, question = asked[len(answers)]
    where = ratio(len(answers) + 1, len(asked))
    known: tuple[Words, ...] = (_("Answer as you think. It does not count. You can stop here."),)
    return Screen(
        title=question.text,
        lines=() if answers else known,
        options=tuple(
            Button(question.options[index].text, PlacementPage(module.id, (*answers, shown)))
            for shown, index in enumerate(mixed(question, module.id))
        ),
        rows=((Button(_("Skip"), PlacementPage(module.id, (*answers, SKIPPED))),), ways_out),
        notes=(Msg("🎯 {where}").of(where=where),),
        category=category,
    )


SKIPPED = 9
"""No option has this place."""


def _proposal(
    module: Module,
    asked: tuple[tuple[Deck, Question], ...],
    answers: tuple[int, ...],
    ways_out: tuple[Button, ...],
    turn: Turn,
) -> Screen:
    knows = [
        deck
        for (deck, question), shown in zip(asked, answers, strict=True)
        if shown < len(question.options)
        and question.options[mixed(question, module.id)[shown]].right
    ]
    lines: list[Words] = []
    if knows:
        lines.append(_("You know something of these lessons. You may skip them for now:"))
        lines += [Msg("✅ {title}").of(title=deck.title) for deck in knows]
        lines.append(_("For the certificate all lessons are needed. You decide."))
    else:
        lines.append(_("All lessons have something new for you. Begin with the first."))
    following = next((deck for deck in module.decks if deck not in knows), module.decks[0])
    start = Button(_("▶ {title}").of(title=following.title), Begin(module.id, following.id))
    return Screen(
        title=_("🎯 Where to begin"),
        lines=tuple(lines),
        rows=((start,), ways_out),
        category=turn.programme.category_of(module.id),
    )
