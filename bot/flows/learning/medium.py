"""A video or something to hear, which lies elsewhere: its size before the tap, and its words in the
chat for who does not play it (seed 3, 10)."""

from bot.conversation.action import Back, Home
from bot.conversation.registry import shows
from bot.conversation.screen import MENU, RETURN, Button, Link, Screen, paged
from bot.conversation.turn import Gone, Turn
from bot.flows.both_languages.pair import above, pair_of, twice
from bot.flows.learning.actions import Cover, TranscriptPage
from bot.model.words import Msg, _
from cards.ids import short_code
from cards.medium import MediumKind
from cards.model import Card, Module

PAGE = 6
"""Paragraphs on one screen: a question stays with its answer."""
LABELS = {MediumKind.VIDEO: _("▶ Video, {size} MB"), MediumKind.AUDIO: _("▶ Audio, {size} MB")}


def to_medium(card: Card) -> tuple[Link, ...]:
    """The button to it, which says the size before anybody taps."""
    if card.medium is None:
        return ()
    label = LABELS[card.medium.kind].of(size=card.medium.megabytes)
    return (Link(label, card.medium.url),)


def read_instead(module: Module, deck: str, card: Card) -> tuple[Button, ...]:
    """The button to its words. The trailer is in no deck."""
    if card.medium is None or not card.medium.words:
        return ()
    place = TranscriptPage(module.id, short_code(deck, card.id))
    return (Button(_("📃 Read it instead"), place),)


@shows(TranscriptPage)
def show_transcript(place: TranscriptPage, turn: Turn) -> Screen:
    """What is said and shown, and back to the card."""
    module = turn.module(place.module)
    card = _card(place, module)
    words = card.medium.words if card.medium else ()
    page = paged(words, place.page, PAGE, lambda to: TranscriptPage(module.id, place.card, to))
    pair = pair_of(module.id, turn)
    return Screen(
        title=above(Msg("📃 {title}").of(title=card.title), pair),
        lines=twice(page.items, pair),
        rows=(page.row, (Button(RETURN, Back()), Button(MENU, Home()))),
        category=turn.programme.category_of(module.id),
    )


def _card(place: TranscriptPage, module: Module) -> Card:
    """Raises `Gone`, with the module instead, where the card has no words any more."""
    trailer = [("", module.trailer)] if module.trailer else []
    cards = [*trailer, *((deck.id, card) for deck in module.decks for card in deck.cards)]
    for deck, card in cards:
        if short_code(deck, card.id) == place.card and card.medium and card.medium.words:
            return card
    raise Gone(instead=Cover(module.id))
