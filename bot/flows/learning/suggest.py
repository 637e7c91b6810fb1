"""What somebody may have meant whose words are no command: a module by its title, modules and
commands by a word of theirs.
"""

from functools import lru_cache

from bot.conversation.action import Action
from bot.conversation.lexicon import Say, empty
from bot.conversation.registry import Said, When, understands
from bot.conversation.screen import Button, suggesting
from bot.conversation.turn import Decision, Turn
from bot.conversation.typed_text import suggestible
from bot.flows.learning.actions import Cover
from bot.model.words import Msg, Words, _, verbatim
from cards.folding import folded, match
from cards.model import Module

MOST = 3
SHORTEST = 3
"""Letters of a word that is looked for; from `PREFIX` on the beginning of a word is enough."""
PREFIX = 4
COMMON = 3
"""A word that more modules have than this says nothing by itself."""

SUGGESTED = _("I did not understand that. Perhaps a button with 🔎 is what you want. You are here:")


@understands(When.LOST)
def suggest(said: Said) -> Decision | None:
    """Where they are, and what they may have meant. Nothing of it while a question waits, or where
    the place itself says what it reads."""
    if said.screen.asks or said.missed:
        return None
    likely = suggested(said.text, said.turn)
    if not likely:
        return None
    screen = suggesting(said.screen, likely)
    return Decision(notes=(SUGGESTED,), fresh=True, screen=screen) if screen else None


def suggested(text: str, turn: Turn) -> tuple[Button, ...]:
    """Buttons for what was perhaps meant, likeliest first, at most three."""
    language = turn.language
    modules = list(turn.programme.offered.values())
    titles = [
        [turn.world.say(module.title, language), turn.world.say(module.short, language)]
        for module in modules
    ]
    named = match(text, titles, language)
    if named is not None:
        return (_button(modules[named].title, Cover(modules[named].id)),)
    wanted = _wanted(text, turn)
    commands = commands_meant(text, turn)
    found = {module.id: _found(module, language, turn.world.say, wanted) for module in modules}
    rare = {word for word in wanted if 0 < sum(word in words for words in found.values()) <= COMMON}
    ranked = sorted(
        (m for m in modules if found[m.id] & rare or _titled(m, language, turn.world.say, wanted)),
        key=lambda m: (-len(found[m.id] & rare), not _titled(m, language, turn.world.say, wanted)),
    )
    return (*commands, *(_button(module.title, Cover(module.id)) for module in ranked))[:MOST]


def commands_meant(text: str, turn: Turn) -> tuple[Button, ...]:
    """Buttons of the commands of which a word was typed."""
    wanted, language = _wanted(text, turn), turn.language
    return tuple(
        _button(verbatim(spelled), action)
        for action, spelled in suggestible(language, turn.world.say)
        if any(_same(word, _folded(spelled, language)) for word in wanted)
    )


def _wanted(text: str, turn: Turn) -> set[str]:
    """The words that say something."""
    nothing = empty(turn.world.say, turn.language)
    words = folded(text, turn.language).split()
    return {word for word in words if len(word) >= SHORTEST and word not in nothing}


def _button(label: Words, action: Action) -> Button:
    return Button(Msg("🔎 {title}").of(title=label), action)


def _found(module: Module, language: str, say: Say, wanted: set[str]) -> set[str]:
    """The words of the text that stand in a module's title or description."""
    texts = (module.title, module.short, module.description)
    known = {word for text in texts for word in _words(say(text, language), language)}
    return {word for word in wanted if any(_same(word, other) for other in known)}


def _titled(module: Module, language: str, say: Say, wanted: set[str]) -> bool:
    """Whether all the words, two or more, stand in its title."""
    known = _words(say(module.title, language), language)
    return len(wanted) > 1 and all(any(_same(word, other) for other in known) for word in wanted)


def _same(word: str, other: str) -> bool:
    return (
        word == other
        or (len(word) >= PREFIX and other.startswith(word))
        or (len(other) >= PREFIX and word.startswith(other))
    )


@lru_cache(maxsize=4096)
def _folded(text: str, language: str) -> str:
    """One of our own words."""
    return folded(text, language)


@lru_cache(maxsize=4096)
def _words(text: str, language: str) -> frozenset[str]:
    """The words of a text of ours."""
    return frozenset(word for word in folded(text, language).split() if len(word) >= SHORTEST)
