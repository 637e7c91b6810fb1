"""A self-test: statements, how often each is true, and what the sum says in plain words.

    # My part in a team {.selftest}
    Read each sentence. How often is it true for you?

    scale: never, sometimes, often

    - I notice first when something is missing. -> eyes
    - I ask what the goal is before I begin. -> plan

    ## The one who looks {#eyes}
    You see what is missing. Say what is good, too.

Each statement counts for one result, with 0 for the first word of the scale, 1 for the next, and so
on. Every result is a strength; nothing of it is kept, and "not a diagnosis" is said always.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cards.text import Text


@dataclass(frozen=True, slots=True)
class Statement:
    text: Text
    result: str


@dataclass(frozen=True, slots=True)
class Result:
    id: str
    title: Text
    body: tuple[Text, ...]


@dataclass(frozen=True)
class SelfTest:
    id: str
    title: Text
    aim: Text | None
    scale: tuple[Text, ...]
    statements: tuple[Statement, ...]
    results: tuple[Result, ...]
    line: int = 0

    def strongest(self, answers: Sequence[int]) -> tuple[Result, ...]:
        """The results with the highest sum; `answers` are places on the scale, one a statement."""
        sums: Counter[str] = Counter()
        for statement, answer in zip(self.statements, answers, strict=True):
            sums[statement.result] += answer
        most = max(sums.values())
        return tuple(result for result in self.results if sums[result.id] == most)

    def texts(self) -> Iterator[Text]:
        yield from filter(None, (self.title, self.aim))
        yield from self.scale
        yield from (statement.text for statement in self.statements)
        for result in self.results:
            yield from (result.title, *result.body)
