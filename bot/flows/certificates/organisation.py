"""The certificate of an organisation: its name in the place of a person's."""

from bot.conversation.action import Back, Home
from bot.conversation.screen import MENU, Button, Screen
from bot.conversation.turn import NameRefused, Turn
from bot.flows.certificates.actions import Certificates
from bot.model.clean_text import one_line
from bot.model.organisation import why_not
from bot.model.words import _


def organisation_name(text: str, turn: Turn) -> str:
    """As it will stand on the paper. Raises `NameRefused`."""
    name = one_line(text)
    if why := why_not(name, turn.world.unprintable):
        raise NameRefused(why)
    return name


def ask_organisation() -> Screen:
    return Screen(
        title=_("🎓 Which organisation?"),
        lines=(
            _("Type the name of your organisation as it should stand on the paper."),
            _("The paper names no person. It is not a label, and it says so."),
            _("You are asked afterwards if we keep the name."),
        ),
        rows=((Button(_("Not now"), Back()),),),
        typing=_("Name of the organisation"),
    )


def organisation_delivered() -> Screen:
    return Screen(
        title=_("🎓 Well done."),
        lines=(
            _("Who doubts the paper opens the link on it."),
            _("You can have it made again at any time: type “certificates”."),
        ),
        rows=((Button(_("Another name"), Certificates()),), (Button(MENU, Home()),)),
    )
