"""What comes next: the deck in a module, the module in the programme."""

from dataclasses import replace

from bot.conversation.action import Action
from bot.conversation.turn import Turn
from bot.flows.both_languages.pair import pair_of
from bot.flows.learning.actions import Begin, Cover
from bot.flows.learning.attempt import in_hand, module_of
from bot.flows.learning.requires import is_locked
from bot.model.learner import Attempt, Learner
from bot.model.words import Words, _
from cards.grading import failed_tests, mark
from cards.model import Deck, Module, Programme


def next_deck(learner: Learner, module: Module) -> Deck | None:
    """The deck to do next in a module: one in hand, then the first not done, then one with a
    mandatory test that was not passed, then, below the mark, the weakest."""
    progress = learner.modules.get(module.id)
    if progress and progress.done:
        return None
    results = progress.decks if progress else {}
    held = {attempt.deck for attempt in learner.attempts.values() if attempt.module == module.id}
    in_hand = (deck for deck in module.decks if held and deck.id in held)
    undone = (deck for deck in module.decks if deck.id not in results)
    if found := next(in_hand, None) or next(undone, None):
        return found

    def passed_and_worth(deck: Deck) -> tuple[bool, float]:
        alone = replace(module, decks=(deck,))
        return not failed_tests(alone, results), float(mark(alone, results))

    return min(module.decks, key=passed_and_worth)


def next_module(learner: Learner, programme: Programme, after: str) -> Module | None:
    """The next module that is not done: of the path that was chosen, of a pathway the learner is
    on, of the same category, of the programme."""
    chosen = chosen_modules(learner, programme)
    ways = [chosen] if after in chosen else []
    ways += [p.modules for p in programme.pathways_of(after)]
    category = programme.category_of(after)
    ways += [category.modules] if category else []
    ways.append(tuple(programme.modules))
    for way in ways:
        start = way.index(after) + 1 if after in way else 0
        for id in (*way[start:], *way[:start]):
            module = programme.modules[id]
            if id != after and not (learner.done(id) or is_locked(module, learner, programme)):
                return module
    return None


def chosen_modules(learner: Learner, programme: Programme) -> tuple[str, ...]:
    """The modules of the pathway or category that the learner chose, in their order."""
    groups = (*programme.pathways, *programme.categories)
    return next((group.modules for group in groups if group.id == learner.path), ())


def go_on(learner: Learner, programme: Programme) -> tuple[Words, Action] | None:
    """The deck in hand that was opened last, or the next one of the module last learned, or the
    very first, of the path that was chosen where there is one."""
    open_decks = [t for t in learner.attempts.values() if _exists(t, programme) and t.module]
    if open_decks:
        attempt = max(open_decks, key=lambda t: t.id)
        deck = programme.offered[attempt.module].by_id[attempt.deck]
        return _("▶ Go on: {title}").of(title=deck.title), Begin(attempt.module, attempt.deck)
    begun = sorted((p.last_day, m) for m, p in learner.modules.items() if m in programme.modules)
    chosen = [programme.modules[id] for id in chosen_modules(learner, programme)]
    found = (*chosen, *programme.modules.values())
    first = next((m for m in found if not is_locked(m, learner, programme)), None)
    module = programme.modules[begun[-1][1]] if begun else first
    if module is None:
        return None
    if deck_next := next_deck(learner, module):
        label = _("▶ Go on: {title}") if begun else _("▶ Start: {title}")
        return label.of(title=deck_next.title), Begin(module.id, deck_next.id)
    following = next_module(learner, programme, module.id)
    return (
        (_("▶ Next: {title}").of(title=following.short), Cover(following.id)) if following else None
    )


def in_another_language(action: Action, turn: Turn) -> tuple[Words, ...]:
    """Said beside a button that goes past the cover, straight to a card that is not in the
    learner's language."""
    if not isinstance(action, Begin):
        return ()
    language, module = turn.language, turn.programme.offered[action.module]
    taught = turn.world.taught_in(module.id, language)
    if taught == language:
        return ()
    return (
        _("{title} is in {language} for now.").of(
            title=module.short, language=turn.world.name_of(taught, language)
        ),
    )


def read_instead(turn: Turn) -> tuple[Words, ...]:
    """Said once to whoever chose a language in the middle of a lesson that is not in it."""
    held = in_hand(turn.learner, turn.programme)
    module = module_of(held[0]) if held else ""
    taught = turn.world.taught_in(module, turn.language) if module else turn.language
    if taught == turn.language:
        return ()
    wanted, *read = (
        turn.world.name_of(language, turn.language)
        for language in (turn.language, *(pair_of(module, turn) or (taught,)))
    )
    said = _("This lesson is not in {language} yet: you read it in {instead}.")
    return (said.of(language=wanted, instead=", ".join(read)),)


def _exists(attempt: Attempt, programme: Programme) -> bool:
    module = programme.offered.get(attempt.module)
    return bool(module and attempt.deck in module.by_id)
