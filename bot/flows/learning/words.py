"""The words of a module, or of all modules begun, a page at a time."""

from bot.conversation.action import Back, Home
from bot.conversation.registry import shows
from bot.conversation.screen import MENU, RETURN, Button, Screen, paged
from bot.conversation.turn import Gone, Turn
from bot.flows.both_languages.pair import pair_of, twice
from bot.flows.learning.actions import Glossary
from bot.flows.vocabulary.list import my_words
from bot.model.words import Msg, Words, _

PAGE = 6


@shows(Glossary)
def show_words(place: Glossary, turn: Turn) -> Screen:
    wanted = (place.module,) if place.module else tuple(turn.learner.modules)
    modules = [turn.programme.offered[m] for m in wanted if m in turn.programme.offered]
    if place.module and not modules:
        raise Gone
    words = [(module.id, word) for module in modules for word in module.glossary]
    page = paged(words, place.page, PAGE, lambda to: Glossary(place.module, to))
    lines: list[Words] = [
        line
        for module, word in page.items
        for line in twice(
            (Msg("{term}: {meaning}").of(term=word.term, meaning=word.meaning),),
            pair_of(module, turn),
        )
    ]
    if not words:
        lines.append(_("The words of a module are collected here when you begin it."))
    return Screen(
        title=_("📖 Words"),
        lines=tuple(lines),
        rows=(
            page.row,
            my_words(turn),
            (Button(RETURN, Back()), Button(MENU, Home())),
        ),
    )
