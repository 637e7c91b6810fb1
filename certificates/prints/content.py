"""What printed papers are made of. Plain data in the reader's language: no clock, no file, no
gettext, no drawing.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PosterFacts:
    """An invitation to a group. `url` is what the code holds. With no app in `apps` it opens in the
    browser, with one in that app, and with several it is a page where people choose. `web` is the
    address of the same invitation for who has no such app.

    `made` is the day that the file says it was made on, as in all papers.
    """

    language: str
    title: str
    organisation: str
    project: str
    url: str
    made: date
    apps: tuple[str, ...] = ()
    web: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """`options` stand as they are printed and numbered. `right` are indexes into them, in the order
    of the key, with `between` between them. Where `meanings` stand beside the options, `right` says
    for each option which is its own.

    `hint` says how to answer; it is a message of the certificates' catalogue. `one`: one option is
    chosen.
    """

    text: str
    options: tuple[str, ...]
    right: tuple[int, ...]
    reason: str
    meanings: tuple[str, ...] = ()
    hint: str = ""
    between: str = " · "
    one: bool = True


@dataclass(frozen=True, slots=True)
class Idea:
    """A card: its title, and its paragraphs or list items."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deck:
    """One sitting of `minutes`; `memo` is what to keep in mind, `task` what to do today."""

    title: str
    aim: str
    minutes: int
    ideas: tuple[Idea, ...]
    questions: tuple[Question, ...]
    memo: Idea | None = None
    task: Idea | None = None


@dataclass(frozen=True, slots=True)
class Word:
    term: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Practice:
    """A practical task of `minutes` minutes; `result` is what remains of it."""

    title: str
    minutes: int
    steps: tuple[str, ...]
    result: str


@dataclass(frozen=True, slots=True)
class Way:
    """A choice; `to` is the number of the scene it leads to, from 1."""

    label: str
    to: int
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """`ways` is empty in an ending."""

    title: str
    lines: tuple[str, ...]
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    title: str
    aim: str
    scenes: tuple[Scene, ...]


@dataclass(frozen=True, slots=True)
class SelfTest:
    """`statements` are a text and the place of its result in `results`; the first word of `scale`
    counts 0, the next 1, and so on."""

    title: str
    aim: str
    scale: tuple[str, ...]
    statements: tuple[tuple[str, int], ...]
    results: tuple[Idea, ...]


@dataclass(frozen=True, slots=True)
class ModuleFacts:
    """A module to print. `url` leads back to it on a phone."""

    language: str
    title: str
    description: str
    project: str
    category: str
    organisation: str
    objectives: tuple[str, ...]
    decks: tuple[Deck, ...]
    glossary: tuple[Word, ...]
    url: str
    made: date
    practice: Practice | None = None
    stories: tuple[Story, ...] = ()
    selftests: tuple[SelfTest, ...] = ()
    level: str = ""
