"""One's own words, a page at a time."""

from bot.conversation.action import Back, Home
from bot.conversation.registry import shows
from bot.conversation.screen import MENU, RETURN, Button, Screen, paged
from bot.conversation.turn import Turn
from bot.flows.both_languages.pair import pair_of, twice
from bot.flows.learning.actions import Glossary
from bot.flows.vocabulary.actions import MyWords, PractiseWords
from bot.flows.vocabulary.collected import collected
from bot.model.learner import day_of
from bot.model.words import Msg, Words, _, ngettext

PAGE = 6


def my_words(turn: Turn) -> tuple[Button, ...]:
    """The way to them, below all words; nothing as long as there is none."""
    count = len(collected(turn))
    return (Button(_("★ My words: {number}").of(number=count), MyWords()),) if count else ()


@shows(MyWords)
def show_my_words(place: MyWords, turn: Turn) -> Screen:
    """Those that are asked next come first."""
    mine = collected(turn)
    page = paged(mine, place.page, PAGE, MyWords)
    lines: list[Words] = [
        line
        for one in page.items
        for line in twice(
            (Msg("{term}: {meaning}").of(term=one.word.term, meaning=one.word.meaning),),
            pair_of(one.module.id, turn),
        )
    ]
    due = sum(one.memory.due <= day_of(turn.now) for one in mine)
    told = (
        ngettext("{count} word waits to be asked.", "{count} words wait to be asked.", due)
        if due
        else _("No word is due today. They come again before you forget them.")
    )
    if not mine:
        told = _(
            "Words come here when you tap 📖 on a card, and with right answers. Then you can "
            "practise them."
        )
    practise = (Button(_("🎯 Practise"), PractiseWords()),) if mine else ()
    return Screen(
        title=_("★ My words"),
        lines=(told, *lines),
        rows=(
            practise,
            page.row,
            (Button(_("📖 All words"), Glossary()),),
            (Button(RETURN, Back()), Button(MENU, Home())),
        ),
    )
