"""What staff recorded in the chat: voice notes of cards, and how far each is. Pure.

    on its way -> waits for a second person's yes -> learners hear it

A recording is of one card in one language, and of the words that stood there: `mark_of`. Where the
words are others now it is not played, and asked for again.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.model.query import Query
from bot.model.words import Words
from cards.model import Card, Programme
from cards.recording import key_of


class State(StrEnum):
    """The values are stored, and stay."""

    ON_ITS_WAY = "sent"
    """The messenger has it, and we do not yet."""
    WAITING = "waiting"
    HEARD = "kept"


@dataclass(frozen=True)
class Spoken:
    """`speaker` is who recorded it, 0 once they deleted everything; `at` when (seconds since the
    epoch), `said` the mark of the words that they read."""

    id: int
    language: str
    module: str
    deck: str
    card: str
    said: str
    speaker: int
    state: State
    at: int
    seconds: int = 0
    bytes: int = 0

    @property
    def key(self) -> str:
        return key_of(self.language, self.module, self.deck, self.card)


@dataclass(frozen=True)
class SpokenIn(Query[tuple[Spoken, ...]]):
    """All of a module in a language."""

    module: str
    language: str


@dataclass(frozen=True)
class SpokenBy(Query[tuple[Spoken, ...]]):
    """All that somebody recorded, the newest first."""

    speaker: int


@dataclass(frozen=True)
class SpokenById(Query[Spoken | None]):
    id: int


@dataclass(frozen=True)
class ToBeHeard(Query[tuple[Spoken, ...]]):
    """Those that wait for the yes of somebody besides who recorded them, the oldest first."""

    besides: int


@dataclass(frozen=True)
class AllHeard(Query[tuple[Spoken, ...]]):
    """What learners hear, or would if its words were still the same."""


def card_of(one: Spoken, programme: Programme) -> Card | None:
    """The card that a recording is of; None where it is there no more."""
    module = programme.modules.get(one.module)
    deck = module.by_id.get(one.deck) if module else None
    card = deck.by_id.get(one.card) if deck else None
    return card if isinstance(card, Card) else None


def number_of(one: Spoken, programme: Programme) -> int:
    """The place of that card among all of its module, from 0; 0 where it is there no more."""
    module = programme.modules.get(one.module)
    cards = [(deck.id, card.id) for deck in module.decks for card in deck.cards] if module else []
    return cards.index((one.deck, one.card)) if (one.deck, one.card) in cards else 0


def about(one: Spoken, programme: Programme) -> dict[str, str]:
    """What a note carries of a recording."""
    card = card_of(one, programme)
    return {
        "module": one.module,
        "language": one.language,
        "card": str(number_of(one, programme)),
        "title": card.title.source if card else one.card,
    }


def transcript(card: Card, language: str, say: Callable[[Words, str], str]) -> str:
    """What is read aloud: title and text, each with an end that is heard."""
    lines = (say(text, language).replace("**", "") for text in (card.title, *card.body))
    return "\n".join(line if line[-1:] in ".!?…؟。।።፧:" else f"{line}." for line in lines if line)


def mark_of(card: Card, language: str, say: Callable[[Words, str], str]) -> str:
    """The same as long as the words are."""
    return hashlib.sha256(transcript(card, language, say).encode()).hexdigest()[:8]
