"""A group that the operator moderates outside of this service (seed: Kiron). It is offered to who
asks for it; its link is shown after a second yes, below the words that others will see one's name
and number, and nobody is put into it.
"""

from urllib.parse import urlsplit

from bot.conversation.action import Back, Home
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, RETURN, Button, Link, Screen
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.elsewhere.actions import MeetOthers, MeetSure, ShowGroup
from bot.model.words import _
from cards.audience import Audience

MESSENGERS = {
    "chat.whatsapp.com": "WhatsApp",
    "whatsapp.com": "WhatsApp",
    "wa.me": "WhatsApp",
    "t.me": "Telegram",
    "telegram.me": "Telegram",
    "signal.group": "Signal",
    "discord.gg": "Discord",
    "discord.com": "Discord",
    "facebook.com": "Facebook",
    "m.facebook.com": "Facebook",
    "m.me": "Messenger",
    "invite.viber.com": "Viber",
    "matrix.to": "Matrix",
}
"""Hosts of links into a group -> what people call it."""
TITLE = _("👥 A group outside of this chat")


def offer(turn: Turn) -> tuple[Button, ...]:
    """The way there for learners, where the operator has such a group."""
    there = turn.world.operator.group and turn.learner.audience is Audience.LEARNER
    return (Button(_("👥 Meet others"), MeetOthers()),) if there else ()


def _there(turn: Turn) -> None:
    if not offer(turn):
        raise Gone(instead=Home())


def _messenger(turn: Turn) -> str:
    """By the host of its link; the host itself where it is none of these."""
    host = (urlsplit(turn.world.operator.group).hostname or "").removeprefix("www.")
    return MESSENGERS.get(host, host)


@shows(MeetOthers)
def show_meet(_place: MeetOthers, turn: Turn) -> Screen:
    _there(turn)
    return Screen(
        title=TITLE,
        lines=(
            _("The group is on {messenger}.").of(messenger=_messenger(turn)),
            _("Who runs this service moderates it. You decide: nobody puts you in."),
            _("There, others will see your name and number. Here nobody does."),
        ),
        options=(Button(_("Yes, I want to see it"), MeetSure()), Button(_("Not now"), Back())),
        rows=((Button(RETURN, Back()), Button(MENU, Home())),),
    )


@shows(MeetSure)
def show_sure(_place: MeetSure, turn: Turn) -> Screen:
    _there(turn)
    return Screen(
        title=_("⚠ Others will see your name and number"),
        lines=(
            _("They can write to you and call you. You can leave, but they may keep your number."),
        ),
        options=(Button(_("No"), Home()), Button(_("Yes, show me the link"), ShowGroup())),
        rows=((Button(BACK, MeetOthers()), Button(MENU, Home())),),
    )


@does(ShowGroup)
def show_group(_tap: ShowGroup, turn: Turn) -> Decision:
    """Only right after the words of caution: an old button says them again."""
    _there(turn)
    if turn.place != MeetSure():
        raise Gone(instead=MeetSure())
    screen = Screen(
        title=TITLE,
        lines=(_("Open the link only if you want to join."),),
        rows=(
            (Link(_("Open the group"), turn.world.operator.group),),
            (Button(MENU, Home()),),
        ),
    )
    return Decision(screen=screen)
