"""What was typed -> the button it means (product.md, Screens). Pure.

`2`, `٢`, `۲`, `b` and the option's own text do what the button does; `0` is the menu, `*` goes back, `?` is help; a command works
with and without its slash, in English and in every language offered.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

from bot import action as a
from bot.screen import Screen, Words, _
from cards.grading import plain

Say = Callable[[Words, str], str]

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
SIGNS: dict[str, a.Action] = {"0": a.Home(), "*": a.Back(), "?": a.Help(), "؟": a.Help(), "❓": a.Help()}

# Translators: one word or several, separated by |, that people type to do this. The first is shown in the menu.
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

_LINK = re.compile(r"https?://\S*(?:[?&]start=(?P<payload>[a-z]+-[A-Za-z0-9_-]+)|/join/(?P<group>[A-Za-z0-9_-]+))", re.ASCII)


def numbers(text: str) -> str:
    """Digits of any script as 0-9: ٢ and ۲ are 2."""
    return "".join(str(d) if (d := unicodedata.digit(c, -1)) >= 0 else c for c in text)


def choices(text: str, count: int) -> tuple[int, ...] | None:
    """Typed numbers or letters as indexes: `3142`, `3 1`, `a, c`, `٢`. None when it is not that, or beyond `count` options."""
    folded = numbers(unicodedata.normalize("NFKC", text)).casefold()
    signs = [c for c in folded if not c.isspace() and c not in ".,;:،؛)(-+&/"]
    found = tuple(int(c) - 1 if c.isdigit() else ord(c) - ord("a") for c in signs if c.isdigit() or "a" <= c <= "d")
    return found if signs and len(found) == len(signs) and all(0 <= i < count for i in found) else None


def number(text: str) -> int | None:
    """A typed option as an index: `2`, `۲.`, `(2)`, `12` or `b`."""
    trimmed = numbers(unicodedata.normalize("NFKC", text)).strip().strip(".)(،,").casefold()
    if trimmed.isascii() and trimmed.isdigit() and len(trimmed) <= 3:
        return int(trimmed) - 1
    return ord(trimmed) - ord("a") if len(trimmed) == 1 and "a" <= trimmed <= "z" else None


def payload_in(text: str) -> str | None:
    """What a link of ours carries that was pasted into the chat: an invitation, a module, a code."""
    found = _LINK.search(text)
    return found and (found["payload"] or f"g-{found['group']}")


def starts(text: str) -> bool:
    """`start`, with or without its slash: on channels that have no other way to say it."""
    return text.strip().removeprefix("/").split("@")[0].casefold() == "start"


def sign(text: str) -> a.Action | None:
    return SIGNS.get(numbers(text.strip()))


def command(text: str, languages: Iterable[str], say: Say) -> a.Action | None:
    """The command that was typed: `/progress`, `/progress@SomeBot`, `progress`, or its word in any language offered."""
    word = text.strip().removeprefix("/").split("@")[0].casefold()
    if word in COMMANDS:
        return COMMANDS[word]
    wanted = plain(word)
    for language in languages:
        for name, words in _WORDS.items():
            if wanted and wanted in map(plain, say(words, language).split("|")):
                return COMMANDS[name]
    return None


def option(text: str, screen: Screen, language: str, say: Say) -> a.Action | None:
    """The button of this screen that was typed, by number, letter or text."""
    index = number(text)
    if index is not None:
        return screen.options[index].action if 0 <= index < len(screen.options) else None
    wanted = plain(text)
    for button in screen.buttons:
        if wanted and wanted in map(plain, say(button.label, language).split("|")):
            return button.action
    return None
