"""A card and a word outside of their lesson, and the module as a handout."""

from bot.conversation.action import Home
from bot.conversation.event import Ordered
from bot.conversation.registry import does, shows
from bot.conversation.screen import MENU, Button, Screen
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.both_languages.pair import above, below, pair_of, twice
from bot.flows.groups.prints import COMES
from bot.flows.learning.actions import Begin, Cover
from bot.flows.library.actions import CardPage, GetHandout, Library, WordPage
from bot.flows.vocabulary.collected import code_of, word_of
from bot.model.order import OrderKind
from bot.model.words import Msg, Words, _
from cards.ids import short_code
from cards.model import Card, Deck, Module

SEARCH = _("🔎 Search again")
HARD = _("This module speaks of hard things. You can stop at any time.")


def handout_of(module: Module) -> Button:
    """The module as a handout, a file."""
    return Button(_("📄 On paper: {title}").of(title=module.short), GetHandout(module.id))


def page_of_card(module: str, deck: str, card: str) -> CardPage:
    return CardPage(module, short_code(deck, card))


def page_of_word(module: Module, term: str) -> WordPage | None:
    word = next((word for word in module.glossary if word.term.source == term), None)
    return WordPage(module.id, code_of(word)) if word else None


def _card(place: CardPage, module: Module) -> tuple[Deck, Card]:
    """Raises `Gone`, with the module instead, where its card is not there any more."""
    for deck in module.decks:
        for card in deck.cards:
            if short_code(deck.id, card.id) == place.card:
                return deck, card
    raise Gone(instead=Cover(module.id))


@shows(CardPage)
def show_card(place: CardPage, turn: Turn) -> Screen:
    module = turn.module(place.module)
    deck, card = _card(place, module)
    pair = pair_of(module.id, turn)
    hard = (HARD,) if module.sensitive else ()
    where = Msg("📘 {module} · {deck}").of(module=module.short, deck=deck.title)
    return Screen(
        title=above(card.title, pair),
        lines=(
            *hard,
            *(above(line, pair) for line in card.body),
            *below(card.title, card.body, pair),
            where,
        ),
        rows=(
            (Button(_("▶ This lesson"), Begin(module.id, deck.id)),),
            (handout_of(module),),
            (Button(SEARCH, Library()), Button(MENU, Home())),
        ),
        category=turn.programme.category_of(module.id),
        picture=card.picture,
    )


@shows(WordPage)
def show_word(place: WordPage, turn: Turn) -> Screen:
    module, word = word_of(place.module, place.word, turn)
    line = Msg("**{term}**: {meaning}").of(term=word.term, meaning=word.meaning)
    lines: tuple[Words, ...] = twice((line,), pair_of(module.id, turn))
    return Screen(
        lines=(*lines, Msg("📘 {module}").of(module=module.title)),
        rows=(
            (Button(_("📘 The module"), Cover(module.id)),),
            (Button(SEARCH, Library()), Button(MENU, Home())),
        ),
        category=turn.programme.category_of(module.id),
    )


@does(GetHandout)
def get_handout(tap: GetHandout, turn: Turn) -> Decision:
    module = turn.module(tap.module)
    language = turn.world.taught_in(module.id, turn.language)
    return Decision((Ordered(OrderKind.HANDOUT, module.id, language),), (COMES,), fresh=True)
