"""Groups that are put away, and a copy of one for the next course."""

from bot.conversation.action import Home
from bot.conversation.event import Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Screen, paged
from bot.conversation.turn import Decision, Turn
from bot.conversation.typed_title import TITLE
from bot.flows.groups.actions import Archive, Board, CopyGroup, Groups, GroupSettings
from bot.flows.groups.common import PAGE, own_group
from bot.flows.groups.events import GroupKept
from bot.model.clean_text import one_line
from bot.model.group import Group, GroupsOf, UnreadableGroups
from bot.model.unreadable import groups_not_shown
from bot.model.words import _, verbatim

COPY = _("{title} (copy)")


@shows(Archive)
def show_archive(place: Archive, turn: Turn) -> Screen:
    groups = tuple(group for group in turn.ask(GroupsOf(turn.learner.id)) if group.archived)
    lost = groups_not_shown(turn.ask(UnreadableGroups(turn.learner.id)))
    page = paged(groups, place.page, PAGE, Archive)
    return Screen(
        title=_("🗄 Archive"),
        lines=lost or (() if groups else (_("Nothing is in the archive."),)),
        options=tuple(Button(verbatim(g.title), Board(g.id)) for g in page.items),
        rows=(
            page.row,
            (Button(BACK, Groups()), Button(MENU, Home())),
        ),
    )


@does(CopyGroup)
def copy(tap: CopyGroup, turn: Turn) -> Decision:
    """The settings go over; people, meetings and the link do not."""
    group = own_group(tap.group, turn)
    if turn.place != GroupSettings(group.id):  # the second tap, or an old button
        return Decision((Went(GroupSettings(group.id)),))
    title = one_line(turn.world.say(COPY.of(title=group.title), turn.language))
    copied = Group(
        id=int(turn.moment.spare.code),
        owner=turn.learner.id,
        token=turn.moment.spare.token,
        title=title if len(title) <= TITLE else group.title,
        organisation=group.organisation_of(group.viewer),
        counsellor=group.viewer.name,
        language=group.language,
        modules=group.modules,
        pathway=group.pathway,
        limit=group.limit,
        promise=group.promise,
    )
    note = _("This is the copy: nobody is in it, and it has a link of its own.")
    return Decision((GroupKept(copied), Went(GroupSettings(copied.id))), notes=(note,), fresh=True)
