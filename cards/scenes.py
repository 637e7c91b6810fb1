"""A branching story: scenes with two or three ways on, a meter, several endings.

    # The missing tools {.scene}
    You are Oksana. Find your tools and keep the trust of your team.

    meter: Trust 50

    ## Monday, seven o'clock {#start}
    Your toolbox is empty.
    - Ask Marc alone -> #alone +10
    - Say it before all -> #before-all -20
      > Before all he must defend himself. Alone he can explain.

    ## It is solved {#solved .ending}
    The tools are back.

The first scene begins. A choice leads to a scene and moves the meter (0 to 100); what stands behind
`>` is told after a weak choice, with the better one, and the story goes on. The story counts in no
mark. Every scene is reached, and from every scene an ending is (`faults`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from cards.text import Text

ENDINGS = 2
"""At least."""


@dataclass(frozen=True, slots=True)
class Way:
    """A choice: where it leads, by how much it moves the meter, what is said about it."""

    label: Text
    to: str
    points: int = 0
    notice: Text | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """`ways` is empty in an ending."""

    id: str
    title: Text
    body: tuple[Text, ...]
    ways: tuple[Way, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class Story:
    id: str
    title: Text
    aim: Text | None
    meter: Text | None
    start: int
    """Where the meter stands at the beginning, 0 to 100."""
    scenes: tuple[Scene, ...]
    line: int = 0

    @cached_property
    def by_id(self) -> Mapping[str, Scene]:
        return {scene.id: scene for scene in self.scenes}

    def moved(self, value: int, way: Way) -> int:
        """Where the meter stands after a choice."""
        return max(0, min(100, value + way.points))

    def texts(self) -> Iterator[Text]:
        yield from filter(None, (self.title, self.aim, self.meter))
        for scene in self.scenes:
            yield from (scene.title, *scene.body)
            for way in scene.ways:
                yield way.label
                if way.notice:
                    yield way.notice


def faults(story: Story) -> Iterator[tuple[int, str]]:
    """Line and message of each thing that would strand a reader."""
    if not story.scenes:
        yield story.line, "a story has scenes: write `## A scene` under it"
        return
    for scene in story.scenes:
        for way in scene.ways:
            if way.to not in story.by_id:
                yield scene.line, f"a choice leads to `#{way.to}`, which is no scene of this story"
    reached = _reached(story, story.scenes[0].id)
    endings = {scene.id for scene in story.scenes if not scene.ways}
    if len(endings & reached) < ENDINGS:
        yield story.line, f"a story has {ENDINGS} endings or more"
    for scene in story.scenes:
        if scene.id not in reached:
            yield scene.line, "no choice leads to this scene"
        elif not endings & _reached(story, scene.id):
            yield scene.line, "from this scene no ending is reached"


def _reached(story: Story, start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        id = waiting.pop()
        if id in found or id not in story.by_id:
            continue
        found.add(id)
        waiting += [way.to for way in story.by_id[id].ways]
    return found
