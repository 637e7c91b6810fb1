"""Papers for people without a phone at hand, and for those who invite and train: black on white, A4
portrait.
"""

from certificates.prints.card_sheet import card_sheet
from certificates.prints.content import (
    Deck,
    Idea,
    ModuleFacts,
    PosterFacts,
    Practice,
    Question,
    Scene,
    SelfTest,
    Story,
    Way,
    Word,
)
from certificates.prints.handout import handout
from certificates.prints.poster import poster
from certificates.prints.poster_pair import poster_pair
from certificates.prints.session import session
from certificates.prints.workshop import workshop

__all__ = [
    "Deck",
    "Idea",
    "ModuleFacts",
    "PosterFacts",
    "Practice",
    "Question",
    "Scene",
    "SelfTest",
    "Story",
    "Way",
    "Word",
    "card_sheet",
    "handout",
    "poster",
    "poster_pair",
    "session",
    "workshop",
]
