"""The certificates of a group: how many have which one. Figures only, and only of five people or
more (product.md, Privacy 6).
"""

from bot.conversation.action import Home
from bot.conversation.registry import shows
from bot.conversation.screen import BACK, MENU, Button, Screen, paged
from bot.conversation.turn import Turn
from bot.flows.groups.actions import GroupCertificates, Papers
from bot.flows.groups.common import PAGE, own_group
from bot.model.figures import FEWEST_IN_STATISTICS
from bot.model.group import MembersOf, shares, visible_modules
from bot.model.words import Msg, Words, _


@shows(GroupCertificates)
def show_certificates(place: GroupCertificates, turn: Turn) -> Screen:
    """A module is counted among those who show it: a sensitive one where five or more said that
    separate yes."""
    group = own_group(place.group, turn)
    members = [m for m in turn.ask(MembersOf(group.id)) if shares(group, m)]
    shown = {
        m.id: frozenset(module.id for module in visible_modules(group, m, turn.programme))
        for m in members
    }
    counted: list[tuple[Words, int]] = []
    for module in group.modules_in(turn.programme):
        who = [m for m in members if module.id in shown[m.id]]
        done = sum(m.done(module.id) for m in who)
        if len(who) >= FEWEST_IN_STATISTICS and done:
            counted.append((module.short, done))
    page = paged(counted, place.page, PAGE, lambda to: GroupCertificates(group.id, to))
    lines: list[Words] = [
        Msg("🎓 {count} · {title}").of(count=count, title=title) for title, count in page.items
    ]
    if len(members) < FEWEST_IN_STATISTICS:
        lines = [_("Figures about all are shown from five people on.")]
    elif not counted:
        lines = [_("No certificate yet.")]
    else:
        lines.insert(
            0,
            _("Certificates of modules: {number}").of(
                number=sum(count for _title, count in counted)
            ),
        )
    return Screen(
        title=_("🎓 Certificates of “{title}”").of(title=group.title),
        lines=(
            *lines,
            _(
                "Who has finished what stands on each person's page and in the list, as far as "
                "they share it."
            ),
        ),
        rows=(
            page.row,
            (Button(BACK, Papers(group.id)), Button(MENU, Home())),
        ),
    )
