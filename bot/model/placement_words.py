"""What a placement confirmed is called, on the screen, the page and the paper. Pure."""

from bot.model.words import Words, _

TITLE = _("Confirmation of a placement")
ORGANISATION, WHO = _("Organisation"), _("Who filled it in")
FIRST, LAST = _("First day"), _("Last day")
HOURS, TASKS = _("Hours in all"), _("Tasks")
ROLES: dict[str, Words] = {
    "manager": _("Owner or manager"),
    "tutor": _("Team leader or tutor"),
    "office": _("Staff office"),
}
"""Who fills it in: no name is asked."""
UNCHECKED = _(
    "Filled in on {day} by somebody who had the link from the learner. The organisation was not "
    "checked."
)
