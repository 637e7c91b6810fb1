"""What stands beside the decks of a module, as its author writes it."""

from pathlib import Path

from cards.lint import check_module
from cards.model import Module
from cards.module_file import module_file
from tests.support.decks import DECK, HEAD

PRACTICE = """
# A talk, prepared {.practice}
40 minutes

1. Choose a talk.
2. Write four lines.
3. Say them aloud.

Four lines, before and after.
"""


STORY = """
# The missing tools {.scene}
You are Oksana. Find your tools.

meter: Trust 50

## Seven o'clock {#start}
Your toolbox is empty.
- Ask Marc alone -> #alone +10
- Say it before all -> #broken -20
  > Before all he must defend himself.

## Only two of you {#alone}
Marc put them into the van.
- Thank him -> #solved +20
- Shout at him -> #broken -90
  > He helped you.

## Solved {#solved .ending}
The tools are back.

## Broken {#broken .ending}
Nobody speaks.
"""


TEST = """
# My part in a team {.selftest}
How often is it true for you?

scale: never, sometimes, often

- I see what is missing. -> eyes
- I find mistakes. -> eyes
- I check once more. -> eyes
- I make lists. -> plan
- I ask for the goal. -> plan
- I say who does what. -> plan

## The one who looks {#eyes}
You save the team trouble.

## The one who plans {#plan}
You give a team order.
"""


def read(folder: Path, more: str) -> tuple[Module | None, list[str]]:
    path = folder / "module.md"
    path.write_text(HEAD + DECK + more, encoding="utf-8")
    module, findings = module_file(path)
    told = [*findings, *(check_module(module) if module else ())]
    return module, [finding.message for finding in told if finding.fails]
