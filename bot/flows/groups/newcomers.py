"""Colleagues of a counsellor who are of another organisation, and see nothing of a learner until
they say yes to them.
"""

from bot.conversation.screen import Button
from bot.flows.groups.consent import mark, names_of
from bot.flows.groups.member_actions import HideFrom, Newcomers
from bot.model.group import Colleague, Group, shares, shares_with
from bot.model.learner import Learner
from bot.model.words import _


def waiting(group: Group, learner: Learner) -> tuple[Colleague, ...]:
    """Colleagues who see nothing of this learner until they say yes."""
    return (
        tuple(c for c in group.colleagues if not shares_with(group, learner, c))
        if shares(group, learner)
        else ()
    )


def read(group: Group, waiting: tuple[Colleague, ...]) -> int:
    """A mark of who asks, as it stands on the screen above the yes."""
    return mark(*names_of(group, waiting))


def asks(group: Group, learner: Learner) -> tuple[tuple[Button, ...], ...]:
    names = ", ".join(c.name for c in waiting(group, learner))
    return (
        ((Button(_("🤝 Share with {names}, too?").of(names=names), Newcomers(group.id)),),)
        if names
        else ()
    )


def hide_buttons(group: Group, learner: Learner) -> tuple[Button, ...]:
    """To take a yes back, of the organisations whose colleagues see something now."""
    mine = learner.groups[group.id]
    there = {c.organisation for c in group.colleagues}
    return tuple(
        Button(
            _("🙈 Share nothing more with {organisation}").of(organisation=other),
            HideFrom(group.id, mark(other)),
        )
        for other in mine.also
        if other in there and other != mine.organisation
    )
