"""The places of the catalogue. `filters` is what `bot.flows.resources.filters.Filters` writes."""

from bot.conversation.action import Command, Place
from bot.model.roles import Right
from bot.model.words import _


class FindHelp(
    Place,
    code="xf",
    right=Right.ANYBODY,
    command=Command(
        "find",
        order=66,
        # Translators: words that people type to find offices, courses and people who help.
        words=_("find|find help"),
        menu=_("Offices, courses and people who help"),
    ),
):
    """What is looked for: the filters, and how many cards pass all of them."""

    filters: str = ""


class ChooseFilter(Place, code="xc", right=Right.ANYBODY):
    """The values of one filter; `which` is its name."""

    which: str
    filters: str = ""
    page: int = 0


class FoundHelp(Place, code="xl", right=Right.ANYBODY):
    """The cards that pass all filters, or which filter to drop where none does."""

    filters: str = ""
    page: int = 0


class HelpCard(Place, code="xr", right=Right.ANYBODY):
    """One card. `filters` and `page` lead back to its list."""

    resource: str
    filters: str = ""
    page: int = 0
