"""From what an employer confirmed to what its paper says. Pure."""

from datetime import date

from bot.documents.paper_words import PaperWords
from bot.model.papers import Confirmed
from bot.model.placement_words import (
    FIRST,
    HOURS,
    LAST,
    ORGANISATION,
    ROLES,
    TASKS,
    TITLE,
    UNCHECKED,
    WHO,
)
from bot.model.words import Words
from certificates.prints.placement import PlacementFacts


def placement_facts(said: Confirmed, name: str, words: PaperWords, made: date) -> PlacementFacts:
    def say(text: Words) -> str:
        return words.words.say(text, words.language)

    def day(text: str) -> str:
        return words.labels.day(date.fromisoformat(text))

    return PlacementFacts(
        language=words.language,
        title=say(TITLE),
        name=name,
        name_label=words.large("head name"),
        rows=(
            (say(ORGANISATION), said.organisation),
            (say(WHO), say(ROLES[said.role])),
            (say(FIRST), day(said.first)),
            (say(LAST), day(said.last)),
            (say(HOURS), str(said.hours)),
        ),
        tasks_label=say(TASKS),
        tasks=tuple(words.word(f"task {task}") for task in said.tasks),
        foot=say(UNCHECKED.of(day=day(said.on))),
        made=made,
    )
