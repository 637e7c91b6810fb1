"""Three questions before a module, one of each of its first decks: who knows one already is told
which deck they may skip.

A proposal: nothing is locked, nothing counts, nothing is kept. The answers so far are the place.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.conversation.action import Home, Place
from bot.conversation.everyday import LEFT_OUT
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
SKIPPED = 9
"""No option has this place."""
Asked = tuple[tuple[Module, Deck, Question], ...]


def around(module: Module, turn: Turn) -> tuple[Button, ...]:
    """What is asked before a module and after it, for oneself and for those who come after."""
    begun = module.id in turn.learner.modules
    first = () if begun or not placing(module) else (_button(module),)
    return (*first, *ask_how_sure(module, turn), *asked_for_opinion(module, turn))


def _button(module: Module) -> Button:
    return Button(_("🎯 3 questions first"), PlacementPage(module.id))


def alone(module: Module) -> Asked:
    """A question that stands alone, with one right option, of each deck that has one."""
    return tuple(
        (module, deck, question)
        for deck in module.decks
        if (
            question := next(
                (s for each in deck.sisters.values() for s in each if s.kind.one), None
            )
        )
    )


def placing(module: Module) -> Asked:
    """Of the first decks; none where they are fewer than three."""
    found = alone(module)
    return found[:ASKED] if len(found) >= ASKED else ()


def knows(asked: Asked, answers: tuple[int, ...]) -> list[tuple[Module, Deck]]:
    """The decks whose question was answered right. An answer is its place as it was shown."""
    return [
        (module, deck)
        for (module, deck, question), shown in zip(asked, answers, strict=True)
        if shown < len(question.options)
        and question.options[mixed(question, module.id)[shown]].right
    ]


def ask(
    asked: Asked,
    answers: tuple[int, ...],
    place: Callable[[tuple[int, ...]], Place],
    up: Place,
) -> Screen:
    """The next question; `place` is where an answer leads, `up` what lies before the first one."""
    module, _deck, question = asked[len(answers)]
    where = ratio(len(answers) + 1, len(asked))
    back = place(answers[:-1]) if answers else up
    known: tuple[Words, ...] = (_("Answer as you think. It does not count. You can stop here."),)
    return Screen(
        title=question.text,
        lines=() if answers else known,
        options=tuple(
            Button(question.options[index].text, place((*answers, shown)))
            for shown, index in enumerate(mixed(question, module.id))
        ),
        rows=(
            (Button(_("Skip"), place((*answers, SKIPPED)), also=LEFT_OUT),),
            (Button(BACK, back), Button(MENU, Home())),
        ),
        notes=(Msg("🎯 {where}").of(where=where),),
    )


def proposed(known: Iterable[Words]) -> list[Words]:
    """What may be skipped, a line each; or that all is new."""
    found = list(known)
    if not found:
        return [_("All lessons have something new for you. Begin with the first.")]
    return [
        _("You know something of these lessons. You may skip them for now:"),
        *found,
        _("For the certificate all lessons are needed. You decide."),
    ]


@shows(PlacementPage)
def show_placement(place: PlacementPage, turn: Turn) -> Screen:
    module = turn.module(place.module)
    asked = placing(module)
    if not asked:
        raise Gone(instead=Cover(module.id))
    answers = place.answers[: len(asked)]
    category = turn.programme.category_of(module.id)
    up = Cover(module.id)
    if len(answers) < len(asked):
        screen = ask(asked, answers, lambda given: PlacementPage(module.id, given), up)
        return replace(screen, category=category)
    out = (Button(BACK, up), Button(MENU, Home()))
    known = [deck for _module, deck in knows(asked, answers)]
    following = next((deck for deck in module.decks if deck not in known), module.decks[0])
    start = Button(_("▶ {title}").of(title=following.title), Begin(module.id, following.id))
    return Screen(
        title=_("🎯 Where to begin"),
        lines=tuple(proposed(Msg("✅ {title}").of(title=deck.title) for deck in known)),
        rows=((start,), out),
        category=category,
    )
