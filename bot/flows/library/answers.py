"""What is asked often, and the answers."""

from collections.abc import Iterator

from bot.conversation.action import Home, Place
from bot.conversation.registry import shows
from bot.conversation.rights import may
from bot.conversation.screen import BACK, MENU, Button, Screen, paged
from bot.conversation.turn import Gone, Turn
from bot.conversation.typed_text import commands
from bot.flows.library.about import others_for
from bot.flows.library.actions import AnswerPage, Library, Questions
from bot.flows.library.human import contact, counsellors
from bot.flows.library.ways import buttons
from bot.flows.resources.actions import FindHelp
from bot.model.words import Msg, _
from cards.faq import COMMAND, Answer
from cards.library import leads_to

PAGE = 5
HELP_NEAR = _("📍 Help near you")


@shows(Questions)
def show_questions(place: Questions, turn: Turn) -> Screen:
    page = paged(turn.programme.answers, place.page, PAGE, Questions)
    return Screen(
        title=_("💬 Questions and answers"),
        lines=(_("Choose a question, or type one in your own words."), *contact(turn)),
        options=tuple(Button(one.question, AnswerPage(one.id)) for one in page.items),
        rows=(page.row, *((button,) for button in counsellors(turn)), (Button(MENU, Home()),)),
        typing=_("Your question"),
    )


@shows(AnswerPage)
def show_answer(place: AnswerPage, turn: Turn) -> Screen:
    one = next((a for a in turn.programme.answers if a.id == place.answer), None)
    if one is None:
        raise Gone(instead=Questions())
    return Screen(
        title=Msg("💬 {question}").of(question=one.question),
        lines=(one.answer, *contact(turn)),
        options=(
            *buttons((*others_for(one), *leads_to(one, turn.programme)), turn),
            *_pages(one, turn),
        ),
        rows=(
            *((button,) for button in counsellors(turn)),
            (Button(HELP_NEAR, FindHelp()), Button(_("🔎 Search again"), Library())),
            (Button(BACK, Questions()), Button(MENU, Home())),
        ),
    )


def _pages(one: Answer, turn: Turn) -> Iterator[Button]:
    """Those of the chat that an answer speaks of, by their commands."""
    known = commands()
    for name in one.see:
        page = known.get(name.removeprefix(COMMAND)) if name.startswith(COMMAND) else None
        if isinstance(page, Place) and page.command and page.command.menu and may(page, turn):
            yield Button(page.command.menu, page)
