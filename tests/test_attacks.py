"""The table of findings names tests that are there, and leaves none of them out."""

import re

from tests.support.world import ROOT, TESTS


def test_every_finding_names_tests_that_exist() -> None:
    table = (ROOT / "docs" / "attacks.md").read_text("utf-8")
    there = {
        name
        for file in TESTS.glob("**/*.py")
        for name in re.findall(r"def (test_\w+)", file.read_text("utf-8"))
    }
    assert set(re.findall(r"`(test_\w+)`", table)) <= there
    rows = re.findall(r"^\| ([RS]?\d+) \|", table, re.MULTILINE)
    findings = [f"R{n}" for n in range(1, 21)] + [f"S{n}" for n in range(1, 49)]
    assert sorted(rows) == sorted([*map(str, range(1, 12)), *findings])
