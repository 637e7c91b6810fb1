"""A CV, answered in a chat; and what of it must stand nowhere in the clear."""

from tests.fakes.telegram import User
from tests.support.group_talk import does, says

PLANTED = (
    "Zarmina",
    "98 76 54",
    "zarmina@example",
    "Villeurbanne",
    "kitchen-assistant",
    "forklift",
)


async def whole_cv(person: User) -> None:
    """A job, a licence, a name, three ways to reach them; all else is skipped."""
    await says(person, "/cv")
    await does(person, "My CV", "Français")
    await says(person, "Kitchen assistant")
    await does(person, "No work yet", "Skip", "Skip", "More")
    await does(person, "Forklift", "Done", "No, from here", "Now, any hours")
    await says(person, "Zarmina Qaderi", "+33 6 98 76 54 32", "zarmina@example.org", "Villeurbanne")
