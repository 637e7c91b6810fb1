"""`/about`: who runs this service, and where what it says comes from."""

from bot.conversation.action import Back, Home
from bot.conversation.registry import shows
from bot.conversation.screen import MENU, RETURN, Button, Link, Screen
from bot.conversation.turn import Turn
from bot.flows.account.actions import About
from bot.model.about import SUPPORT, TITLE, sections
from bot.model.words import Msg, Words


@shows(About)
def show_about(_place: About, turn: Turn) -> Screen:
    operator = turn.world.operator
    lines: list[Words] = []
    for title, said in sections(turn.world.programme, operator):
        lines += (Msg("**{title}**").of(title=title), *said)
    support = ((Link(SUPPORT, operator.support),),) if operator.support else ()
    return Screen(
        title=TITLE,
        lines=tuple(lines),
        rows=(*support, (Button(RETURN, Back()), Button(MENU, Home()))),
    )
