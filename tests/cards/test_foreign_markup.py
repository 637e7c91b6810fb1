"""Markup that is not ours is named; words with signs in them are none."""

import json
import re
from pathlib import Path

import pytest

from tests.support.author_files import GOOD, read

FOREIGN = [
    *(
        "<b>now</b>",
        "Tom&nbsp;&amp; Ana",
        "[here](http://a.b)",
        "*now*",
        "_now_",
        "__now__",
        "***now***",
    ),
    *(
        "**now",
        "**now*",
        "`now`",
        "```\nnow\n```",
        "|a|b|\n|---|---|",
        "now[^1]",
        "[^1]: now",
        "[now]: http://a.b",
        "~~now~~",
        "==now==",
    ),
    *(
        "<http://a.b>",
        "\\*",
        "now\\\nand",
        "#now",
        "##now",
        "###now",
        "- a\n  - b",
        "1. a",
        "1) a",
        "> a",
        "now\n===",
        "now\n---",
        "***",
    ),
    *(
        "- [X] a",
        "-[x] a",
        "* [x] a",
        "+ [ ] a",
        "[x] a",
        "• a",
        "-a",
        "a <!-- b",
        "<div>now</div>",
        "now<br>and",
        "&#8211; a",
        "- # a",
    ),
]


@pytest.mark.parametrize("markup", FOREIGN)
def test_markup_that_is_not_ours_is_named_with_its_line(tmp_path: Path, markup: str) -> None:
    _, findings = read(tmp_path, GOOD.replace("Some words.", f"One line.\n\n{markup}"))
    assert findings and all(re.match(r"module\.md:1[78]: `\S", finding) for finding in findings), (
        findings
    )


@pytest.mark.parametrize(
    "markup",
    [
        m
        for m in FOREIGN
        if ("\n" not in m and m[0] not in "-*+#>1|[•") or m.startswith(("*now", "**"))
    ],
)
def test_it_is_named_in_options_reasons_headings_and_the_head_too(
    tmp_path: Path, markup: str
) -> None:
    for old, new, line in (
        ("- [x] two", f"- [x] {markup}", 19),
        ("> Because.", f"> {markup}", 21),
        ("## A card", f"## Card {markup}", 14),
        ("description: What it is.", f"description: {json.dumps(markup)}", 4),
    ):
        _, findings = read(tmp_path, GOOD.replace(old, new, 1))
        assert any(finding.startswith(f"module.md:{line}: `") for finding in findings), (
            new,
            findings,
        )


@pytest.mark.parametrize(
    "words",
    [
        "**now** and then",
        "2 * 3 * 4",
        "2*3*4",
        "a < b > c",
        "I <3 you",
        "AT&T and R&D",
        "a_b_c",
        "http://a.b/c?d=e&f=g",
        "it's 5 > 3",
        "-5 degrees",
        "* to go back, ** twice",
    ],
)
def test_words_with_signs_are_no_markup(tmp_path: Path, words: str) -> None:
    _, findings = read(tmp_path, GOOD.replace("Some words.", f"Type {words}."))
    assert findings == [] or words.startswith("* to")
