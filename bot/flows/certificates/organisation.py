"""The certificate of an organisation: its name in the place of a person's."""

import re

from bot.conversation.action import Back, Home
from bot.conversation.screen import MENU, Button, Screen
from bot.conversation.turn import NameRefused, Turn
from bot.flows.certificates.actions import Certificates
from bot.model.clean_text import one_line
from bot.model.words import _

LONGEST = 60
_ADDRESS = re.compile(r"@|://|\bwww\.", re.IGNORECASE)


def organisation_name(text: str, turn: Turn) -> str:
    """As it will stand on the paper: figures and signs belong to names of firms, addresses do not.
    Raises `NameRefused`."""
    name = one_line(text)
    if not any(char.isalpha() for char in name) or _ADDRESS.search(name):
        raise NameRefused(_("Please type only the name of the organisation, without an address."))
    if len(name) > LONGEST:
        too_long = _("This name is too long for the paper. Please type at most {number} letters.")
        raise NameRefused(too_long.of(number=LONGEST))
    if signs := turn.world.unprintable(name):
        cannot = _("I cannot print this sign: {signs} Please type it with other letters.")
        raise NameRefused(cannot.of(signs=signs))
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
            _("The paper comes here as a PDF file. Who doubts it opens the link on it."),
            _("You can have it made again at any time: type “certificates”."),
        ),
        rows=((Button(_("Another name"), Certificates()),), (Button(MENU, Home()),)),
    )
