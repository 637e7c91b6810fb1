"""How long the texts of a module may be, in the author's language and in every other (product.md,
Numbers).
"""

from collections.abc import Iterator

from cards.model import Card, Module
from cards.picture import ALT
from cards.question import Question
from cards.text import Text

TITLE, SHORT, DESCRIPTION, OPTION = 40, 24, 300, 60
SENTENCE = {"en": 15, "fr": 18, "pt": 18, "es": 18, "ar": 12, "tr": 12, "fa": 15}
"""Words of a sentence that people who read slowly can follow; 15 in any other language."""
CARD = 300
"""All of a card below its title."""


def limits(module: Module) -> Iterator[tuple[Text, int]]:
    """Each text that has a limit of its own."""
    yield from ((module.title, TITLE), (module.short, SHORT), (module.description, DESCRIPTION))
    for deck in module.all_decks:
        yield deck.title, TITLE
        for item in deck.items:
            if isinstance(item, Card):
                yield item.title, TITLE
                if item.picture:
                    yield item.picture.alt, ALT
                if item.medium:
                    yield from ((text, CARD) for text in item.medium.words)
            elif isinstance(item, Question) and item.kind.worded:
                for option in item.options:
                    yield from ((text, OPTION) for text in (option.text, option.pair) if text)
    if module.cover:
        yield module.cover.alt, ALT
    if module.trailer:
        yield module.trailer.title, TITLE
        if module.trailer.medium:
            yield from ((text, CARD) for text in module.trailer.medium.words)
    for story in module.stories:
        yield story.title, TITLE
        for scene in story.scenes:
            yield scene.title, TITLE
            yield from ((way.label, OPTION) for way in scene.ways)
    for test in module.selftests:
        yield test.title, TITLE
        yield from ((word, SHORT) for word in test.scale)
        yield from ((result.title, TITLE) for result in test.results)
    if module.practice:
        yield module.practice.title, TITLE
