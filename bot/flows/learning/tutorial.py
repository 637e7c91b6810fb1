"""How to use a phone and a computer: one tap from home for everybody, also when it is done."""

from bot.conversation.action import Home
from bot.conversation.registry import shows
from bot.conversation.screen import MENU, Button, Screen
from bot.conversation.turn import Gone, Turn
from bot.flows.account.actions import Help
from bot.flows.learning.actions import Cover, Tutorials
from bot.flows.learning.labels import module_label
from bot.model.words import Msg, _

TITLE = _("📱 Phone and computer")
CHAT = Msg("❓ {title}").of(title=_("How to use this chat"))


def tutorials(turn: Turn) -> tuple[Button, ...]:
    """The way there, where the programme has such modules."""
    return (Button(TITLE, Tutorials()),) if turn.programme.tutorials else ()


@shows(Tutorials)
def show_tutorials(_place: Tutorials, turn: Turn) -> Screen:
    modules = [turn.programme.modules[id] for id in turn.programme.tutorials]
    if not modules:
        raise Gone
    return Screen(
        title=TITLE,
        lines=(_("How to use them, in lessons of five minutes. You find them here at any time."),),
        options=tuple(Button(module_label(turn.learner, m), Cover(m.id)) for m in modules),
        rows=((Button(CHAT, Help()),), (Button(MENU, Home()),)),
    )
