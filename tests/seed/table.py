"""`docs/seed.md`: each row of the user's document, what the service does, the tests that show it.

A test says which rows it shows: `@pytest.mark.row("14")`. `rows.yaml` says the rest. What has a
test and nothing `left` works; what has both works in part. Run as a program it writes the page.
"""

import ast
from collections import defaultdict
from pathlib import Path
from typing import TypedDict

import yaml

TESTS = Path(__file__).parents[1]
PAGE = TESTS.parent / "docs" / "seed.md"
HEAD = """# The seed, row by row

The document that this service was made from names 40 practices for the learning of migrants
(01-40), 11 tools of certification (C1-C11), three certificates with an annex (M1-M3, M+) and nine
further practices (R1-R9). A row works when a test shows, on what a person sees, what the practice
is praised for. `make rows` runs these tests and writes this page.

"""


class Row(TypedDict, total=False):
    """`practice` and what the service `does`; what is `left`; why `nothing` is claimed of what is
    not software."""

    practice: str
    does: str
    left: str
    nothing: str


def rows() -> dict[str, Row]:
    """By number, in the order of the page."""
    return dict(yaml.safe_load(Path(__file__).with_name("rows.yaml").read_text("utf-8")))


def shown() -> dict[str, list[str]]:
    """The tests of each row, `folder/test_file.py::test_name`, from their marks."""
    found = defaultdict(list)
    for file in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for mark in node.decorator_list:
                match mark:
                    case ast.Call(func=ast.Attribute(attr="row"), args=named):
                        for row in named:
                            where = file.relative_to(TESTS).as_posix()
                            found[ast.literal_eval(row)].append(f"{where}::{node.name}")
    return dict(found)


def state(row: Row, tests: list[str]) -> str:
    if "nothing" in row:
        return "nothing is claimed"
    if not tests:
        return "missing"
    return "in part" if "left" in row else "works"


def page() -> str:
    """The page as it has to be."""
    tests, known = shown(), rows()
    states = [state(row, tests.get(number, [])) for number, row in known.items()]
    counted = ", ".join(f"{states.count(s)} {s}" for s in dict.fromkeys(sorted(states)))
    lines = [f"{len(known)} rows: {counted}.\n"]
    lines += ["| row | practice | what the service does | state | tests |", "|---|---|---|---|---|"]
    for (number, row), how in zip(known.items(), states, strict=True):
        does = " ".join(
            said
            for said in (
                row.get("does", ""),
                f"Left: {row['left']}" if "left" in row else "",
                row.get("nothing", ""),
            )
            if said
        )
        named = "<br>".join(f"`{test}`" for test in tests.get(number, []))
        lines.append(f"| {number} | {row['practice']} | {does} | {how} | {named} |")
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
