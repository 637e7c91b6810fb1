"""What was typed -> the button it means (product.md, Screens). Pure.

`2`, `٢`, `۲`, `b` and the option's own text do what the button does (`chosen`); `0` is the menu,
`*` goes back, `?` is help; a command works with and without its slash, in English and in every
language offered, also when a key was missed. Nothing that deletes, stops or answers is ever
guessed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from bot.conversation import action as a
from bot.conversation.chosen import bare_number, numbers, one
from bot.conversation.lexicon import Lexicon, Say
from bot.conversation.screen import Screen
from bot.model.words import Words, _
from cards.folding import folded, match, visible

NEAR, AHEAD = 88, 10
"""Per cent that a word with a slip has to be like a command's, and more like it than like any
other's.
"""
LONGEST = 60
"""Letters: what is longer is no command, and is not compared with all of them."""
EXACT = (a.Delete, a.Stopped)
"""What is never guessed from a word that is only near."""

COMMANDS: dict[str, a.Action] = {
    "start": a.Home(),
    "menu": a.Home(),
    "language": a.Languages(),
    "progress": a.Progress(),
    "certificates": a.Certificates(),
    "review": a.Review(),
    "words": a.Glossary(),
    "settings": a.Settings(),
    "help": a.Help(),
    "whoami": a.WhoAmI(),
    "privacy": a.Privacy(),
    "mydata": a.MyData(),
    "delete": a.Delete(),
    "stop": a.Stopped(),
    "groups": a.Groups(),
    "newgroup": a.NewGroup(),
    "today": a.Today(),
    "staff": a.Staff(),
    "broadcast": a.Broadcast(),
    "broadcasts": a.Broadcasts(),
}
SIGNS: dict[str, a.Action] = {
    "0": a.Home(),
    "*": a.Back(),
    "?": a.Help(),
    "؟": a.Help(),
    "❓": a.Help(),
}

# Translators: one word or several, separated by |, that people type to do this. The first is shown
# in the menu.
_WORDS: dict[str, Words] = {
    "menu": _("menu|home"),
    "language": _("language"),
    "progress": _("progress"),
    "certificates": _("certificates|certificate"),
    "review": _("review|repeat"),
    "words": _("words|glossary"),
    "settings": _("settings"),
    "help": _("help"),
    "whoami": _("who am i|whoami"),
    "privacy": _("privacy"),
    "mydata": _("my data|data"),
    "delete": _("delete"),
    "stop": _("stop|unsubscribe"),
    "groups": _("groups|my groups"),
    "newgroup": _("new group"),
    "today": _("today"),
    "staff": _("staff"),
    "broadcast": _("broadcast"),
    "broadcasts": _("broadcasts"),
}

STOPS = (
    *(
        "stop",
        "stop all",
        "stopall",
        "unsubscribe",
        "quit",
        "stopp",
        "stopper",
        "stoppen",
        "abmelden",
        "halt",
        "basta",
        "alto",
    ),
    *(
        "arret",
        "arrêt",
        "arrête",
        "arrêtez",
        "arrêter",
        "désabonner",
        "désinscrire",
        "désinscription",
        "parar",
        "para",
        "pare",
    ),
    *(
        "cancelar",
        "dur",
        "durdur",
        "durdurun",
        "iptal",
        "dayandır",
        "إيقاف",
        "ايقاف",
        "أوقف",
        "توقف",
        "قف",
        "الغاء الاشتراك",
    ),
    *(
        "ایست",
        "ایستا",
        "توقف کن",
        "لغو",
        "بند کرو",
        "درېږه",
        "ودروه",
        "rawestîne",
        "bisekine",
        "стоп",
        "стій",
        "остановить",
    ),
    *(
        "отписаться",
        "зупинити",
        "停止",
        "停",
        "退订",
        "退訂",
        "रोकें",
        "रुको",
        "बंद करो",
        "রুকো",
        "বন্ধ",
        "বন্ধ করুন",
        "நிறுத்து",
    ),
    *(
        "หยุด",
        "dừng",
        "dừng lại",
        "hủy",
        "berhenti",
        "acha",
        "simama",
        "jooji",
        "አቁም",
        "ኣቋርጽ",
        "στοπ",
        "ndalo",
        "zaustavi",
    ),
)
"""Whoever wants no messages says so in their own language, whatever languages an installation
offers (product.md, Privacy 7).
"""

_LINK = re.compile(
    r"https?://\S*(?:[?&]start=(?P<payload>[a-z]+-[A-Za-z0-9_-]+)|/join/(?P<group>[A-Za-z0-9_-]+))",
    re.ASCII,
)


def payload_in(text: str) -> str | None:
    """What a link of ours carries that was pasted into the chat: an invitation, a module, a
    code."""
    found = _LINK.search(text)
    return found and (found["payload"] or f"g-{found['group']}")


def starts(text: str) -> bool:
    """`start`, with or without its slash: on channels that have no other way to say it."""
    return _bare(text) == "start"


def sign(text: str) -> a.Action | None:
    return SIGNS.get(numbers(visible(text).strip()))


def slash(text: str) -> a.Action | None:
    """The command that was typed with its slash: `/progress`, `/progress@SomeBot`, `/progress
    please`, `/aide`."""
    return COMMANDS.get(_bare(text.strip().split(" ")[0])) if text.strip().startswith("/") else None


def command(text: str, languages: Sequence[str], say: Say) -> a.Action | None:
    """The command that was typed: `progress`, `PROGRESS`, `progrès`, `progres`, or its word in any
    language offered."""
    word = _bare(text)
    if len(word) > LONGEST:
        return None
    if word in COMMANDS:
        return COMMANDS[word]
    if folded(word) in _stops(tuple(languages), say):
        return a.Stopped()
    for language in languages:
        spoken = _spoken(language, say)
        found = match(word, [spellings for _name, spellings in spoken], language)
        if found is not None:
            return COMMANDS[spoken[found][0]]
    near: dict[str, float] = {}
    for language in languages:
        for name, spellings in _spoken(language, say):
            near[name] = max([near.get(name, 0), *_likeness(word, (name, *spellings))])
    return _nearest({COMMANDS[name]: likeness for name, likeness in near.items()})


def _bare(text: str) -> str:
    return visible(text).strip().removeprefix("/").split("@")[0].casefold()


@lru_cache(maxsize=64)
def _spoken(language: str, say: Say) -> list[tuple[str, list[str]]]:
    return [(name, say(words, language).split("|")) for name, words in _WORDS.items()]


@lru_cache(maxsize=8)
def _stops(languages: tuple[str, ...], say: Say) -> frozenset[str]:
    spoken = [word for language in languages for word in say(_WORDS["stop"], language).split("|")]
    return frozenset(map(folded, (*spoken, *STOPS)))


def _likeness(word: str, spellings: Iterable[str]) -> list[float]:
    wanted = folded(word)
    return (
        [ratio(wanted, _folded(spelling)) for spelling in spellings]
        if 3 < len(wanted) <= LONGEST
        else []
    )


@lru_cache(maxsize=4096)
def _folded(spelling: str) -> str:
    """One of our own words; nothing typed is remembered."""
    return folded(spelling)


def _nearest(likeness: Mapping[a.Action, float]) -> a.Action | None:
    """The one action that is meant beyond doubt."""
    ranked = sorted(likeness.items(), key=lambda found: -found[1])
    if not ranked or ranked[0][1] < NEAR or isinstance(ranked[0][0], EXACT):
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= AHEAD else None


def option(text: str, screen: Screen, words: Lexicon, language: str, say: Say) -> a.Action | None:
    """The button of this screen that was typed, by number, letter or text."""
    spellings = [_spellings(say(button.label, language)) for button in screen.options]
    index = one(text, spellings, words, language)
    if index is not None:
        return screen.options[index].action
    buttons = screen.buttons
    index = match(text, [_spellings(say(button.label, language)) for button in buttons], language)
    return buttons[index].action if index is not None else None


def near_option(text: str, screen: Screen, language: str, say: Say) -> a.Action | None:
    """The one button that leads somewhere and was nearly typed, or whose number stands in its own
    text: `10` for `10 minutes`."""
    places = [
        b
        for b in screen.buttons
        if isinstance(b.action, a.Place) and not isinstance(b.action, EXACT)
    ]
    bare = bare_number(text)
    if bare is not None:
        numbered = [b for b in screen.options if _numbers_in(say(b.label, language)) == [bare + 1]]
        return numbered[0].action if len(numbered) == 1 else None
    near: dict[a.Action, float] = {}
    for button in places:
        near[button.action] = max(
            _likeness(text, _spellings(say(button.label, language))), default=0
        )
    return _nearest(near)


def _numbers_in(label: str) -> list[int]:
    return [int(run) for run in re.findall(r"\d{1,4}", numbers(label))]


def _spellings(label: str) -> tuple[str, ...]:
    """A label, also without its progress bar, without what leads in (`▶ Start: Meet the computer`),
    and each part of a list."""
    short = re.sub(r"\s*[▰▱]+.*$", "", visible(label), flags=re.DOTALL)
    return tuple(
        dict.fromkeys((label, short, short.rpartition(": ")[2], *re.split(r"\s*[,،;·] ", short)))
    )


def spoken_commands(language: str, say: Say) -> list[tuple[str, a.Action, str]]:
    """Name, action and every word of each command in a language."""
    return [
        (name, COMMANDS[name], word) for name, words in _spoken(language, say) for word in words
    ]
