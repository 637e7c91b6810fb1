"""The checklist of a track: what each of its steps says to keep. Pure."""

from datetime import date

from bot.i18n.catalogues import Catalogues
from cards.model import Module, Programme
from certificates.prints.checklist import ChecklistFacts
from certificates.prints.handout import BULLET


def checklist_facts(
    module: Module, programme: Programme, words: Catalogues, language: str, made: date
) -> ChecklistFacts:
    """In the language, or in the one that the track is taught in for its readers."""
    taught = words.taught_in(module.id, language)

    return ChecklistFacts(
        language=taught,
        title=words.say(module.title, taught),
        parts=tuple(
            (
                words.say(deck.title, taught),
                tuple(words.say(line, taught).removeprefix(BULLET) for line in memo.body),
            )
            for deck in module.decks
            if (memo := deck.memo)
        ),
        foot=words.say(programme.title, taught),
        made=made,
    )
