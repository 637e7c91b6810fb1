"""The path that a learner chose, as a way on."""

from bot.conversation.action import Place
from bot.conversation.turn import Turn
from bot.flows.learning.actions import CategoryPage, PathwayPage
from cards.collection import Category, Pathway


def path_of(id: str, turn: Turn) -> Category | Pathway | None:
    """A pathway or a category that has modules; None where there is none of this id any more."""
    groups: tuple[Category | Pathway, ...] = (
        *turn.programme.pathways,
        *turn.programme.categories,
    )
    return next((group for group in groups if group.id == id and group.modules), None)


def place_of_path(group: Category | Pathway) -> Place:
    return PathwayPage(group.id) if isinstance(group, Pathway) else CategoryPage(group.id)
