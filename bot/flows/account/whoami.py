"""`/whoami`: who a person is here. The settings name an admin by what stands on this screen."""

from bot.conversation.action import Back, Home
from bot.conversation.registry import shows
from bot.conversation.rights import role_of
from bot.conversation.screen import BACK, MENU, Button, Screen
from bot.conversation.turn import Turn
from bot.flows.account.actions import WhoAmI
from bot.flows.staff.people import ROLES
from bot.model.words import _, verbatim


@shows(WhoAmI)
def show(_place: WhoAmI, turn: Turn) -> Screen:
    return Screen(
        title=_("🙋 Who you are here"),
        lines=(
            _("You are here as: {role}").of(role=ROLES[role_of(turn)]),
            _("Your entry, for whoever runs this service (PASITO_ADMINS):"),
            verbatim(turn.moment.entry),
            _("It holds no name. Give it only to somebody whom you trust."),
        ),
        rows=((Button(BACK, Back()), Button(MENU, Home())),),
    )
