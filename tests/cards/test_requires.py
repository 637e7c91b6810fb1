"""What a module asks to be done before it: read from its head, and checked."""

from dataclasses import replace
from pathlib import Path

import pytest

from cards.lint_requires import check_requires
from cards.model import Programme
from cards.module_file import module_file
from cards.text import Text

HEAD = """---
title: Second
description: It goes on.
requires: [first]
locked: true
reason: It goes on where the first one ends.
---
# Deck
## Card
One thing.
"""


@pytest.mark.row("30")
def test_the_head_is_read(tmp_path: Path) -> None:
    file = tmp_path / "second.md"
    file.write_text(HEAD, "utf-8")
    module, findings = module_file(file)
    assert module and not findings
    assert module.requires == ("first",) and module.locked
    assert module.reason in tuple(module.texts()), "translators find it"


@pytest.mark.row("30")
@pytest.mark.parametrize(
    ("computer", "phone", "said"),
    [
        ({"requires": ("phonn",)}, {}, "names `phonn`, no module: did you mean `phone`?"),
        ({"requires": ("computer",)}, {}, "back to itself: `computer` -> `computer`"),
        (
            {"requires": ("phone",)},
            {"requires": ("computer",)},
            "back to itself: `computer` -> `phone` -> `computer`",
        ),
        ({"requires": ("phone",), "locked": True}, {}, "`locked:` needs `reason:`"),
        ({"locked": True, "reason": Text("So.", "computer")}, {}, "`locked:` needs `requires:`"),
        ({"reason": Text("So.", "computer")}, {}, "`reason:` belongs to `locked: true`"),
        ({"requires": ("phone",)}, {}, ""),
    ],
)
def test_what_cannot_be_meant_is_named(
    computer: dict[str, object], phone: dict[str, object], said: str, programme: Programme
) -> None:
    modules = {
        "computer": replace(programme.modules["computer"], **computer),  # type: ignore[arg-type]
        "phone": replace(programme.modules["phone"], **phone),  # type: ignore[arg-type]
    }
    found = [str(one) for one in check_requires(replace(programme, modules=modules))]
    assert any(said in one for one in found) if said else not found
