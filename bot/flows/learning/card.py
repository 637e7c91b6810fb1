"""A card on the screen: what it is there for, its words, its picture, and what can be played
elsewhere."""

from typing import Any

from bot.conversation.action import Home
from bot.conversation.registry import shows
from bot.conversation.screen import BACK, MENU, Button, Screen
from bot.conversation.turn import Gone, Turn
from bot.flows.both_languages.pair import Pair, above, below, pair_of, twice
from bot.flows.learning.actions import Cover, TrailerPage
from bot.flows.learning.medium import read_instead, to_medium
from bot.model.words import Msg, Words, _
from cards.model import Card, Role

KINDS: dict[Role, Words] = {
    Role.WARMUP: _("☀ To warm up"),
    Role.STORY: _("🌟 How somebody managed"),
}
"""What is said above a card that is not one of the ideas of its deck."""


def card_screen(card: Card, pair: Pair, **more: Any) -> Screen:
    """Its words and its picture. The ways on, and what `more` a Screen has, are its caller's."""
    kind = (KINDS[card.role],) if card.role in KINDS else ()
    lines = (*kind, *twice(card.body, pair[:1]), *below(card.title, card.body, pair))
    return Screen(title=above(card.title, pair), lines=lines, picture=card.picture, **more)


def in_a_bundle(card: Card, pair: Pair) -> Screen:
    """The same where several cards are one message: without buttons of its own."""
    said = card_screen(card, pair)
    links = (Msg("{label}: {url}").of(label=link.label, url=link.url) for link in to_medium(card))
    return Screen(title=said.title, lines=(*said.lines, *links))


@shows(TrailerPage)
def show_trailer(place: TrailerPage, turn: Turn) -> Screen:
    """The trailer of a module, from its cover."""
    module = turn.module(place.module)
    if module.trailer is None:
        raise Gone(instead=Cover(module.id))
    return card_screen(
        module.trailer,
        pair_of(module.id, turn),
        rows=(
            (*to_medium(module.trailer), *read_instead(module, "", module.trailer)),
            (Button(BACK, Cover(module.id)), Button(MENU, Home())),
        ),
        category=turn.programme.category_of(module.id),
    )
