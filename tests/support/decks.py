"""A module as its author writes it: short, and without a fault."""

HEAD = """---
title: A title
short: Short
description: What it is.
hours: 0
level: beginner
objectives: [One]
outcomes: [One]
glossary: {a: A., b: B., c: C., d: D., e: E.}
---
"""


CARD = "## A card\nSome words.\n\n"


QUESTION = "### Question {n}?\n- [ ] one\n- [x] two\n- [ ] three\n> Because.\n\n"


END = "## Memo {.memo}\n- Keep.\n\n## Task {.task}\nDo.\n"


DECK = (
    "# A deck\nAn aim.\n\n"
    + CARD
    + "".join(QUESTION.replace("{n}", str(n)) for n in range(3))
    + END
)
