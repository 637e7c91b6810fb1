"""A branching story: a scene, its choices, the meter, and at the end a look back (seed: Get bad
news, RISE, Duo for a Job).

Theory. Where one is in a story is the path of choices that led there, and the path is the place:
`StoryPage("teamwork-2", 0, (1, 0))` is what one sees after the second choice and then the first. So
a scene can be shown again at any time, an old button leads back to its own scene, and nothing about
the way is stored once the learner is somewhere else.
"""

from collections.abc import Iterator
from typing import NamedTuple

from bot.conversation.action import Home
from bot.conversation.registry import shows
from bot.conversation.screen import BACK, MENU, Button, Screen
from bot.conversation.turn import Gone, Turn
from bot.flows.learning.actions import Cover, StoryPage
from bot.model.words import Msg, Words, _
from cards.scenes import Scene, Story, Way

MOST = 28
"""Choices of one way through: a button holds no more."""
STEPS = 5
"""Parts of the meter's bar."""


class Reached(NamedTuple):
    """Where a path leads: the scene, what the meter says there, and the choices made."""

    scene: Scene
    value: int
    taken: tuple[Way, ...]


def follow(story: Story, path: tuple[int, ...]) -> Reached:
    """Goes the path as far as it exists: the author may have changed the story meanwhile."""
    scene, value, taken = story.scenes[0], story.start, list[Way]()
    for choice in path:
        if choice >= len(scene.ways):
            break
        way = scene.ways[choice]
        scene, value = story.by_id[way.to], story.moved(value, way)
        taken.append(way)
    return Reached(scene, value, tuple(taken))


@shows(StoryPage)
def show_story(place: StoryPage, turn: Turn) -> Screen:
    module = turn.module(place.module)
    if place.story >= len(module.stories):
        raise Gone
    story = module.stories[place.story]
    reached = follow(story, place.path)
    scene, taken = reached.scene, reached.taken
    begin = StoryPage(place.module, place.story)
    category = turn.programme.category_of(module.id)
    path = place.path[: len(taken)]
    before = StoryPage(place.module, place.story, path[:-1]) if path else Cover(module.id)
    ways_out = (Button(BACK, before), Button(MENU, Home()))
    said = (_said(taken[-1]),) if taken and taken[-1].notice else ()
    meter = _meter(story, reached.value)
    if not scene.ways:
        return Screen(
            title=Msg("🏁 {title}").of(title=scene.title),
            lines=(*scene.body, *meter, *_look_back(taken)),
            rows=(
                (Button(_("▶ {title}").of(title=module.short), Cover(module.id)),),
                (Button(_("🔁 Begin again"), begin),),
                ways_out,
            ),
            notes=said,
            category=category,
        )
    opening = (story.aim,) if story.aim and not taken else ()
    options = tuple(
        Button(way.label, StoryPage(place.module, place.story, (*path, choice)))
        for choice, way in enumerate(scene.ways)
    )
    again = ((Button(_("🔁 Begin again"), begin),),) if taken else ()
    return Screen(
        title=Msg("🎭 {title}").of(title=scene.title),
        lines=(*opening, *scene.body, *meter),
        options=options if len(path) < MOST else (),
        rows=(*again, ways_out),
        notes=said,
        category=category,
    )


def _said(way: Way) -> Words:
    """What is said to a weak choice; the story goes on."""
    return Msg("💬 {notice}").of(notice=way.notice or way.label)


def _meter(story: Story, value: int) -> tuple[Words, ...]:
    if story.meter is None:
        return ()
    full = STEPS if value >= 100 else max(int(value > 0), value * STEPS // 100)
    bar = "▰" * full + "▱" * (STEPS - full)
    return (Msg("{meter} {value} % {bar}").of(meter=story.meter, value=value, bar=bar),)


def _look_back(taken: tuple[Way, ...]) -> Iterator[Words]:
    """What each choice did, by its number, in words and not by a sign alone. Never a cross: a weak
    one is a way that can be gone differently."""
    for weak, said in (
        (False, _("✅ This went well:")),
        (True, _("🔁 Next time you can try another way here:")),
    ):
        lines = [
            Msg("{number}. {choice}").of(number=number, choice=way.label)
            for number, way in enumerate(taken, 1)
            if (way.notice is not None) is weak
        ]
        if lines:
            yield from (said, *lines)
