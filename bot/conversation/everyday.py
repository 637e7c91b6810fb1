"""The short words with which people answer, as translators write them, several separated by |. A
button names those that mean it beside its label (`Button.also`). Pure.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from bot.conversation.lexicon import Lexicon, Say
from bot.conversation.message import GO_ON
from bot.conversation.screen import NEXT, Button
from bot.conversation.typed_length import months_in
from bot.model.words import Words, _
from cards.folding import Candidates, match
from cards.text import ENGLISH

# Translators: of this list and the next ones: short answers as people type them on a phone, also
# in dialect and without accents; separated by |. No word may stand in two of the lists.
YES = _("yes|yeah|yep|sure|ok|okay")
NO = _("no|nope|nothing|none|not at all|never")
# Translators: the answer between yes and no.
PARTLY = _("a little|a bit|little|a little bit|some|partly|half|so so|more or less")
UNKNOWN = _("I do not know|I don't know|dont know|do not know|no idea|not sure|what is that")
SOMETIMES = _("sometimes|now and then|from time to time|rarely")
OFTEN = _("often|always|every day|daily|a lot")
ALL = _("all|all of them|everything|every one")
# Translators: a question is left out.
SKIP = _("skip|pass|leave it out|next|go on|later|no answer|I do not say")

OF_DECKS: Mapping[str, Words] = {
    "yes": YES,
    "no": NO,
    "partly": PARTLY,
    "unknown": UNKNOWN,
    "sometimes": SOMETIMES,
    "often": OFTEN,
}
"""By the names that authors write (`cards.entry.ALSO`)."""
SHORT = (YES, NO, PARTLY, SOMETIMES, OFTEN, ALL)
"""What answers a question and means nothing by itself."""
ONWARD = (NEXT, GO_ON)
"""For the way that leads on."""
LEFT_OUT = (SKIP, UNKNOWN)
"""For a button that leaves a question out."""
_PLAIN = re.compile(r"\W*(?:(Yes)|No|Not now)(?:,|$)")
"""What the label of an answer begins with, as its author wrote it."""


def everyday(
    text: str, buttons: Sequence[Button], words: Lexicon, language: str, say: Say
) -> Button | None:
    """The one button that a short word or a length of time means: in the language of the chat, then
    in any other."""
    if not any(button.also or button.lasts for button in buttons):
        return None
    for languages in ((language,), words.languages):
        lists = [
            [
                word
                for also in b.also
                for spoken in languages
                for word in say(also, spoken).split("|")
            ]
            for b in buttons
        ]
        index = match(text, lists, language)
        if index is not None:
            return buttons[index]
    months = months_in(text, words) if any(button.lasts for button in buttons) else ()
    held = [b for b in buttons if b.lasts and months and all(_within(m, b.lasts) for m in months)]
    return held[0] if len(held) == 1 else None


def plainly(text: str, options: Sequence[Button], words: Lexicon, say: Say) -> Button | None:
    """The one option whose label begins with the yes or no that was typed, in whatever language. It
    may delete: a word that agrees less plainly (“okay”) is none, unless the button names it."""
    answers = [(b, found[1] is not None) for b in options if (found := _plain(b, say))]
    index = _yes_and_no(words.languages, say).match(text) if answers else None
    meant = [] if index is None else [b for b, yes in answers if yes is (index == 0)]
    return meant[0] if len(meant) == 1 else None


def asks_yes_or_no(options: Iterable[Button], say: Say) -> bool:
    """Whether one of these says yes or no to something."""
    return any(_plain(b, say) or YES in b.also or NO in b.also for b in options)


def says_yes_or_no(text: str, languages: tuple[str, ...], say: Say) -> bool:
    """Whether it is nothing but one of their words, in any of these languages."""
    return _spoken((YES, NO), languages, say).match(text) is not None


def answers_shortly(text: str, languages: tuple[str, ...], say: Say) -> bool:
    """The same, and of those between them."""
    return _spoken(SHORT, languages, say).match(text) is not None


def _plain(button: Button, say: Say) -> "re.Match[str] | None":
    return _PLAIN.match(say(button.label, ENGLISH))


@lru_cache(maxsize=8)
def _yes_and_no(languages: tuple[str, ...], say: Say) -> Candidates:
    """The first word of each list: yes, then no."""
    return Candidates([[say(of, each).split("|")[0] for each in languages] for of in (YES, NO)])


@lru_cache(maxsize=16)
def _spoken(lists: tuple[Words, ...], languages: tuple[str, ...], say: Say) -> Candidates:
    return Candidates(
        [[word for of in lists for each in languages for word in say(of, each).split("|")]]
    )


def _within(months: int, lasts: tuple[int, int]) -> bool:
    return lasts[0] <= months <= lasts[1]
