"""The short words with which people answer, as translators write them, several separated by |. A
button names those that mean it beside its label (`Button.also`). Pure.
"""

from collections.abc import Mapping, Sequence

from bot.conversation.lexicon import Lexicon, Say
from bot.conversation.message import GO_ON
from bot.conversation.screen import NEXT, Button
from bot.conversation.typed_length import months_in
from bot.model.words import Words, _
from cards.folding import match

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
ONWARD = (NEXT, GO_ON)
"""For the way that leads on."""
LEFT_OUT = (SKIP, UNKNOWN)
"""For a button that leaves a question out."""


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


def _within(months: int, lasts: tuple[int, int]) -> bool:
    return lasts[0] <= months <= lasts[1]
