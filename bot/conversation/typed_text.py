"""What was typed -> the button it means (product.md, Screens). Pure.

`2`, `٢`, `۲`, `b` and the option's own text do what the button does (`chosen`); `0` is the menu,
`*` goes back, `?` is help; a command works with and without its slash, in English and in every
language offered, also when a key was missed. Nothing that deletes, stops or answers is ever
guessed. Where a text is asked for, a command's word without its slash is that text; only the
words for stopping and deleting, signs and the buttons of the screen are not.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from bot.conversation.action import REGISTERED, Action, Place, with_commands
from bot.conversation.chosen import bare_number, numbers, one
from bot.conversation.everyday import ONWARD, answers_shortly, everyday, plainly
from bot.conversation.lexicon import Lexicon, Say
from bot.conversation.screen import Button, Screen
from bot.model.roles import Right
from cards.folding import COMMAS, Candidates, folded, match, visible
from cards.text import ENGLISH

NEAR, AHEAD = 88, 10
"""Per cent that a word with a slip has to be like a command's, and more like it than like any
other's.
"""
CODE_LENGTH = 10
FEWEST = 4
"""Letters of the words that stand for a button's whole label."""
SHORTEST, LONGEST = 3, 60
"""Letters: what is longer is no command, and is not compared with all of them; so short a word is
no other one with a slip."""


_LINK = re.compile(
    r"https?://\S*(?:[?&]start=(?P<payload>[a-z]+-[A-Za-z0-9_-]+)"
    r"|/join/(?:(?P<track>e-[a-z]{3,12})(?![\w-])|(?P<group>[A-Za-z0-9_-]+)))",
    re.ASCII,
)


_COLON = re.compile("(?::|፦) ")


def payload_in(text: str) -> str | None:
    """What a link of ours carries that was pasted into the chat: an invitation, a module, a
    code."""
    found = _LINK.search(text)
    return found and (found["payload"] or found["track"] or f"g-{found['group']}")


def code_in(text: str) -> str | None:
    """The code in a text that is nothing but a code: ten digits of any script, spaces and hyphens
    between them allowed."""
    text = text.removeprefix("link-")
    digits = "".join(c for c in numbers(text) if not c.isspace() and c != "-")
    return digits if len(digits) == CODE_LENGTH and digits.isascii() and digits.isdigit() else None


def starts(text: str) -> bool:
    """`start`, with or without its slash: on channels that have no other way to say it."""
    return _bare(text) == "start"


def sign(text: str) -> Action | None:
    """The sign that was typed: `0`, `*`, `?`."""
    typed = numbers(visible(text).strip())
    return next((cls() for cls in REGISTERED.values() if typed in cls.signs), None)


def slash(text: str) -> Action | None:
    """The command that was typed with its slash: `/progress`, `/progress@SomeBot`, `/progress
    please`, `/aide`, `/data low`."""
    if not text.strip().startswith("/"):
        return None
    known, whole = commands(), " ".join(text.split()[:2])
    return known.get(_bare(whole)) or known.get(_bare(whole.split(" ")[0]))


def commands() -> dict[str, Action]:
    """Every name of every command, in the order of the menu."""
    return {name: cls() for given, cls in with_commands() for name in (*given.also, given.name)}


def goes_first(action: Action) -> bool:
    """Whether this command is honoured even where any text is welcome."""
    return action.command is not None and action.command.first


def _guessed(action: Action) -> bool:
    return action.command is None or not action.command.exact


def command(text: str, languages: Sequence[str], say: Say) -> Action | None:
    """The command that was typed: `progress`, `PROGRESS`, `progrès`, `progres`, or its word in any
    language offered."""
    word = _bare(text)
    if len(word) > LONGEST:
        return None
    named = commands()
    if word in named:
        return named[word]
    if spelled := _spellings_of_all(tuple(languages), say).get(folded(word)):
        return named[spelled]
    for language in languages:
        found = _candidates(language, say).match(word)
        if found is not None:
            return named[_spoken(language, say)[found][0]]
    near, wanted = dict[Action, float](), folded(word)
    if len(wanted) > SHORTEST and not answers_shortly(word, tuple(languages), say):
        spellings, names = _every_spelling(tuple(languages), say)
        alike = extract(wanted, spellings, scorer=ratio, limit=None, score_cutoff=NEAR - AHEAD)
        for _spelling, likeness, index in alike:  # the most like first
            near.setdefault(named[names[index]], likeness)
    return _nearest(near)


def _bare(text: str) -> str:
    return visible(text).strip().removeprefix("/").split("@")[0].casefold()


@lru_cache(maxsize=64)
def _spoken(language: str, say: Say) -> list[tuple[str, list[str]]]:
    return [
        (given.name, say(given.words, language).split("|"))
        for given, _cls in with_commands()
        if given.words
    ]


@lru_cache(maxsize=64)
def _candidates(language: str, say: Say) -> Candidates:
    """The commands of `_spoken`, in its order."""
    return Candidates([spellings for _name, spellings in _spoken(language, say)], language)


@lru_cache(maxsize=8)
def _spellings_of_all(languages: tuple[str, ...], say: Say) -> dict[str, str]:
    """Folded word -> name, of commands that are spelled in languages that are not offered, too."""
    return {
        folded(word): given.name
        for given, _cls in with_commands()
        if given.words and given.spellings
        for word in (
            *(w for language in languages for w in say(given.words, language).split("|")),
            *given.spellings,
        )
    }


@lru_cache(maxsize=8)
def _every_spelling(languages: tuple[str, ...], say: Say) -> tuple[list[str], list[str]]:
    """Every name and word of `_spoken` in these languages, folded; beside each its name."""
    pairs = [
        (folded(word), name)
        for language in languages
        for name, spellings in _spoken(language, say)
        for word in (name, *spellings)
    ]
    each = list(dict.fromkeys(pairs))
    return [word for word, _name in each], [name for _word, name in each]


def _likeness(wanted: str, spellings: Iterable[str]) -> list[float]:
    """`wanted` is folded: once for all that it is compared with."""
    return (
        [ratio(wanted, _folded(spelling)) for spelling in spellings]
        if SHORTEST < len(wanted) <= LONGEST
        else []
    )


@lru_cache(maxsize=4096)
def _folded(spelling: str) -> str:
    """One of our own words; nothing typed is remembered."""
    return folded(spelling)


def _nearest(likeness: Mapping[Action, float]) -> Action | None:
    """The one action that is meant beyond doubt."""
    ranked = sorted(likeness.items(), key=lambda found: -found[1])
    if not ranked or ranked[0][1] < NEAR or not _guessed(ranked[0][0]):
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= AHEAD else None


def option(text: str, screen: Screen, words: Lexicon, language: str, say: Say) -> Action | None:
    """The button of this screen that was typed, by number, letter, text or an everyday word."""
    spellings = [_spellings(say(button.label, language)) for button in screen.options]
    index = one(text, spellings, words, language)
    if index is not None:
        return screen.options[index].action
    buttons = screen.buttons
    index = match(text, [_spellings(say(button.label, language)) for button in buttons], language)
    if index is not None:
        return buttons[index].action
    meant = (
        everyday(text, screen.options, words, language, say)
        or plainly(text, screen.options, words, say)
        or everyday(text, buttons, words, language, say)
    )
    return meant.action if meant else None


def onward(text: str, screen: Screen, words: Lexicon, say: Say) -> Action | None:
    """“Next” and “go on”, in any language, where one button alone leads on: its label begins with
    the sign for that."""
    ways = [b.action for b in screen.buttons if say(b.label, ENGLISH).startswith("▶")]
    said = [[say(word, language) for word in ONWARD for language in words.languages]]
    return ways[0] if len(ways) == 1 and match(text, said) is not None else None


def by_words(
    text: str, screen: Screen, language: str, say: Say, shortest: int = FEWEST
) -> Action | None:
    """The one button that leads somewhere and whose label has every word that was typed."""
    typed = set(folded(text, language).split())
    if sum(map(len, typed)) < shortest:
        return None
    found = {
        b.action for b in _places(screen) if typed <= set(folded(say(b.label, language)).split())
    }
    return found.pop() if len(found) == 1 else None


def near_option(text: str, screen: Screen, language: str, say: Say) -> Action | None:
    """The one button that leads somewhere and was nearly typed, or whose number stands in its own
    text: `10` for `10 minutes`."""
    bare = bare_number(text)
    if bare is not None:
        numbered = [b for b in screen.options if _numbers_in(say(b.label, language)) == [bare + 1]]
        return numbered[0].action if len(numbered) == 1 else None
    near, wanted = dict[Action, float](), folded(text)
    for button in _places(screen):
        near[button.action] = max(
            _likeness(wanted, _spellings(say(button.label, language))), default=0
        )
    return _nearest(near)


def _places(screen: Screen) -> list[Button]:
    return [b for b in screen.buttons if isinstance(b.action, Place) and _guessed(b.action)]


def _numbers_in(label: str) -> list[int]:
    return [int(run) for run in re.findall(r"\d{1,4}", numbers(label))]


def _spellings(label: str) -> tuple[str, ...]:
    """A label, also without its progress bar, each side of its colon (`▶ Start: Meet the computer`,
    `Answer within: 3 days`), and each part of a list."""
    short = re.sub(r"\s*[▰▱]+.*$", "", visible(label), flags=re.DOTALL)
    sides = _COLON.split(short)
    parts = re.split(rf"\s*[{COMMAS};·] ", short)
    return tuple(dict.fromkeys((label, short, sides[-1], sides[0], *parts)))


def suggestible(language: str, say: Say) -> list[tuple[Action, str]]:
    """Every word of each command in a language that is offered to anybody who was not
    understood."""
    spoken = dict(_spoken(language, say))
    return [
        (cls(), word)
        for given, cls in with_commands()
        if given.suggested and not given.exact and cls.right is Right.ANYBODY
        for word in spoken.get(given.name, ())
    ]
