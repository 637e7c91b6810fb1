"""The limits of what a module offers beside its decks: a practical task, stories, self-tests.

Pure.
"""

from collections.abc import Callable, Iterable, Iterator

from cards.limits import CARD, OPTION, SHORT, TITLE
from cards.model import Module
from cards.text import Text

Say = Callable[[Text], str]
NOTICE = 200


def beside(module: Module) -> Iterator[tuple[int, str, tuple[Text, ...], int]]:
    """Line, what it is, its texts, and the most characters of all of them together."""
    if task := module.practice:
        yield task.line, "the title", (task.title,), TITLE
        yield task.line, "what remains of a practical task", (task.result,), CARD
        yield from ((task.line, "a step", (step,), CARD // 2) for step in task.steps)
    for story in module.stories:
        yield story.line, "the title", (story.title,), TITLE
        for scene in story.scenes:
            yield scene.line, "the title", (scene.title,), TITLE
            yield scene.line, "the scene", scene.body, CARD
            for way in scene.ways:
                yield scene.line, "a choice", (way.label,), OPTION
                if way.notice:
                    yield scene.line, "what is said to a choice", (way.notice,), NOTICE
    for test in module.selftests:
        yield test.line, "the title", (test.title,), TITLE
        yield from ((test.line, "a word of the scale", (word,), SHORT) for word in test.scale)
        yield from ((test.line, "a statement", (each.text,), CARD // 2) for each in test.statements)
        for result in test.results:
            yield test.line, "the title", (result.title,), TITLE
            yield test.line, "a result", result.body, CARD
    yield from ((module.line("further"), "a line", (line,), CARD) for line in module.further)


def check_beside(
    module: Module, say: Say, long: Callable[[Iterable[str]], Iterator[str]]
) -> Iterator[tuple[int, str]]:
    """What is too long. `long` names the sentences that have too many words."""
    for line, what, texts, most in beside(module):
        said = [say(text) for text in texts]
        length = len(" ".join(said))
        if length > most:
            yield line, f"{what} has {length} characters, {most} are allowed"
        yield from ((line, message) for message in long(said))
