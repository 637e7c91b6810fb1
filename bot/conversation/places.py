"""Where a learner is, what they left for a choice on the way, and where `*` leads back to. The
snapshot holds them as encoded places."""

from functools import lru_cache

from bot.conversation.action import Home, Place, decode
from bot.model.learner import Learner


def place_of(learner: Learner) -> Place:
    """The place on the screen; one that no longer exists is the menu."""
    return _place(learner.place)


def left_of(learner: Learner) -> Place:
    """What stands again after a choice on the way."""
    return _place(learner.left) if learner.left else main_of(learner)


def main_of(learner: Learner) -> Place:
    """Where `*` leads back to."""
    return _place(learner.main)


@lru_cache(maxsize=1024)
def _place(encoded: str) -> Place:
    """Asked for several times a tap."""
    place = decode(encoded)
    return place if isinstance(place, Place) else Home()
