"""What comes to a learner who is asked, and to their counsellors, without their asking."""

from bot.conversation.message import says
from bot.conversation.screen import Button, Screen
from bot.flows.groups.actions import Board
from bot.flows.groups.member_actions import MyGroup
from bot.flows.workshops.actions import MyWorkshop
from bot.flows.workshops.events import ANSWERED, ASKED, OVER
from bot.flows.workshops.lead import FREE, SEES
from bot.model.message import Note
from bot.model.words import Msg, _, quoted
from cards.text import Text


def _module(note: Note) -> Text:
    return Text(note["module"], note["context"])


@says(ASKED)
def _asked(note: Note) -> Screen:
    return Screen(
        title=_("🎤 Would you lead a workshop on “{module}”?").of(module=_module(note)),
        lines=(
            Msg("{counsellor}, {organisation}: {title}").of(
                counsellor=note["counsellor"],
                organisation=note["organisation"],
                title=quoted(note["title"]),
            ),
            SEES,
            FREE,
        ),
        rows=((Button(_("👁 Look at it"), MyWorkshop(int(note["group"]))),),),
    )


@says(OVER)
def _over(note: Note) -> Screen:
    return Screen(
        title=_("🎤 You do not lead the workshop on “{module}” any more").of(module=_module(note)),
        lines=(_("Thank you for your time."),),
        rows=((Button(_("👥 My group"), MyGroup(int(note["group"]))),),),
    )


@says(ANSWERED)
def _answered(note: Note) -> Screen:
    yes = _("🎤 {name} leads a workshop on “{module}”.")
    no = _("🎤 {name} does not lead a workshop on “{module}” now.")
    said = yes if note["yes"] == "1" else no
    return Screen(
        title=Msg("👥 {title}").of(title=note["title"]),
        lines=(said.of(name=note["name"], module=_module(note)),),
        rows=((Button(_("👁 Look at it"), Board(int(note["group"]))),),),
    )
