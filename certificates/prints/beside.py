"""What stands beside the decks of a module, on paper: its practical task, its stories as numbered
scenes, its self-tests with letters to count.
"""

from collections.abc import Iterable
from string import ascii_uppercase

from certificates.labels import Labels
from certificates.prints.content import ModuleFacts, Practice, SelfTest, Story
from certificates.prints.flow import Block, Line
from certificates.typesetting.sheet import Style

INDENT = 6.0


def activities(
    facts: ModuleFacts, labels: Labels, heading: Style, bold: Style, body: Style
) -> Iterable[Block]:
    """Stories and self-tests, in the order of the chat."""
    for story in facts.stories:
        yield from _story(story, labels, heading, bold, body)
    for test in facts.selftests:
        yield from _selftest(test, labels, heading, bold, body)


def practice(task: Practice, labels: Labels, heading: Style, body: Style) -> Iterable[Block]:
    _, ngettext = labels.text, labels.plural
    time = ngettext("{count} minute", "{count} minutes", task.minutes)
    title = Line(_("Practical task: {title}", title=task.title), heading)
    yield Block((title, Line(time, body)), 6)
    for number, step in enumerate(task.steps, 1):
        yield Block((Line(step, body, f"{number}.", INDENT),), 0.8)
    yield Block((Line(_("What you have then: {result}", result=task.result), body),), 1.4)


def _story(
    story: Story, labels: Labels, heading: Style, bold: Style, body: Style
) -> Iterable[Block]:
    _ = labels.text
    lines = [Line(_("Story: {title}", title=story.title), heading)]
    lines += [Line(story.aim, body)] if story.aim else []
    lines.append(Line(_("Read scene 1. Choose, and go on with the scene of that number."), body))
    yield Block(tuple(lines), 6)
    for number, scene in enumerate(story.scenes, 1):
        told = [Line(scene.title, bold, f"{number}.", INDENT)]
        told += [Line(line.removeprefix("• "), body) for line in scene.lines]
        for way in scene.ways:
            said = _("{choice} Go on with scene {number}.", choice=way.label, number=str(way.to))
            told.append(Line(said, body, "•", INDENT))
            told += [Line(way.notice, body, "", INDENT)] if way.notice else []
        told += [] if scene.ways else [Line(_("The end."), body)]
        yield Block(tuple(told), 2.2)


def _selftest(
    test: SelfTest, labels: Labels, heading: Style, bold: Style, body: Style
) -> Iterable[Block]:
    _ = labels.text
    scale = labels.joined(f"{points} = {word}" for points, word in enumerate(test.scale))
    lines = [Line(_("Self-test: {title}", title=test.title), heading)]
    lines += [Line(test.aim, body)] if test.aim else []
    lines.append(Line(_("Write a number behind each sentence: {scale}", scale=scale), body))
    yield Block(tuple(lines), 6)
    for text, place in test.statements:
        yield Block((Line(text, body, ascii_uppercase[place], INDENT),), 0.8)
    count = _("Add up the numbers of each letter. Read the letter with the highest sum.")
    yield Block((Line(count, body), Line(_("This is not a diagnosis."), body)), 1.6)
    for letter, result in zip(ascii_uppercase, test.results, strict=False):
        told = [Line(result.title, bold, letter, INDENT)]
        told += [Line(line.removeprefix("• "), body) for line in result.lines]
        yield Block(tuple(told), 1.6)
