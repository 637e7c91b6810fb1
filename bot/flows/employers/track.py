"""Employers: the link that shows only their steps, and what they take with them."""

from bot.conversation.action import Home
from bot.conversation.event import Ordered, Went
from bot.conversation.registry import does, opens, shows
from bot.conversation.screen import MENU, Button, Copy, Screen
from bot.conversation.turn import STAY, Decision, Turn
from bot.flows.employers.actions import EmployerLink, OrderChecklist
from bot.flows.learning.track import BESIDE, enter
from bot.model.channel import audience_links, first_link, label_of
from bot.model.order import OrderKind
from bot.model.words import Msg, _
from cards.audience import Audience


def _beside(_turn: Turn) -> tuple[Button, ...]:
    return (Button(_("📋 Checklist"), OrderChecklist()),)


BESIDE[Audience.EMPLOYER] = _beside


@opens("e")
def opened(audience: str, turn: Turn) -> Decision | None:
    """A link for employers: `e-employer`. Nobody is asked who they are."""
    if audience != Audience.EMPLOYER:
        return None
    return Decision((*enter(Audience.EMPLOYER, turn), Went(Home())), fresh=True)


@shows(EmployerLink)
def show_link(_place: EmployerLink, turn: Turn) -> Screen:
    links = audience_links(turn.world.links, Audience.EMPLOYER)
    return Screen(
        title=_("🏢 The link for employers"),
        lines=(
            _("Who opens it finds five short steps, and nothing of learners."),
            _("Nobody is asked for a name, an address or a number."),
            *(Msg("{channel}: {url}").of(channel=label_of(name), url=url) for name, url in links),
        ),
        copied=Copy(_("📋 Copy the link"), first_link(links)) if links else None,
        rows=((Button(MENU, Home()),),),
    )


@does(OrderChecklist)
def order_checklist(_tap: OrderChecklist, turn: Turn) -> Decision:
    module = next(iter(turn.programme.modules.values()), None)
    if module is None or turn.learner.audience is Audience.LEARNER:
        return STAY
    ordered = Ordered(OrderKind.CHECKLIST, module.id, turn.language)
    said = _("The checklist comes here as a file: one page, to hang up.")
    return Decision((ordered, Went(Home())), notes=(said,), fresh=True)
