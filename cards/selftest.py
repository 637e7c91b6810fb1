"""A self-test: statements, how often each is true, and what the sum says in plain words.

    # My part in a team {.selftest}
    Read each sentence. How often is it true for you?

    scale: never, sometimes, often

    minutes: 5

    - I notice first when something is missing. -> eyes
    - I ask what the goal is before I begin. -> plan

    ## The one who looks {#eyes}
    You see what is missing. Say what is good, too.

Each statement counts for one result, with 0 for the first word of the scale, 1 for the next, and so
on. `minutes:` may be left out; the learner can switch the clock off.
Every result is a strength; nothing of it is kept, and "not a diagnosis" is said always.
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
    minutes: int = 0
    """How long it may take; 0 where there is no clock."""

    def strongest(self, answers: Sequence[int]) -> tuple[Result, ...]:
        """The results with the highest sum; `answers` are places on the scale, one a statement, or
        those until the time was over."""
        sums = self.sums(answers)
        most = max(sums.values(), default=0)
        return tuple(result for result in self.results if sums[result.id] == most)

    def sums(self, answers: Sequence[int]) -> Counter[str]:
        """Result id -> its points."""
        found: Counter[str] = Counter()
        for statement, answer in zip(self.statements, answers, strict=False):
            found[statement.result] += answer
        return found

    @property
    def most(self) -> int:
        """The most points of a result: each has as many statements."""
        return len(self.statements) // len(self.results) * (len(self.scale) - 1)

    def texts(self) -> Iterator[Text]:
        yield from filter(None, (self.title, self.aim))
        yield from self.scale
        yield from (statement.text for statement in self.statements)
        for result in self.results:
            yield from (result.title, *result.body)
