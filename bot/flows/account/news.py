"""To be written to although one did not write for a day: where a messenger lets nobody do that
unasked, it takes a yes (docs/whatsapp.md)."""

from bot.conversation.action import Back, Home
from bot.conversation.event import Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import MENU, RETURN, Button, Screen
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.account.actions import ChooseNews, NewsPage
from bot.flows.account.events import NewsChosen
from bot.model.channel import label_of
from bot.model.connection import NewsAgreed
from bot.model.words import _

TITLE = _("📣 News, when I am away")


@shows(NewsPage)
def show_news(_place: NewsPage, turn: Turn) -> Screen:
    if not turn.moment.costly:
        raise Gone
    yes = turn.ask(NewsAgreed(turn.learner.id, turn.moment.channel))
    now = (
        _("Now: yes. You get news and letters of your group, also after days.")
        if yes
        else _("Now: no. After a day without a word from you nobody writes to you.")
    )
    return Screen(
        title=TITLE,
        lines=(
            _(
                "May those who run Pasito write to you on {channel}, also when you did not write "
                "for a day? A few times a month at most."
            ).of(channel=label_of(turn.moment.channel)),
            now,
            _("Learning works the same with yes and no. STOP ends it at any time."),
        ),
        options=(
            Button(_("Yes, write to me"), ChooseNews(True)),
            Button(_("No"), ChooseNews(False)),
        ),
        rows=((Button(RETURN, Back()), Button(MENU, Home())),),
    )


@does(ChooseNews)
def choose(tap: ChooseNews, turn: Turn) -> Decision:
    if not turn.moment.costly:
        raise Gone
    said = _("Good: I may write to you.") if tap.yes else _("Good: I only answer you.")
    return Decision((NewsChosen(tap.yes), Went(Home())), notes=(said,), fresh=True)
