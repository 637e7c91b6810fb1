"""Whatever an author or their editor saves is read or named with file and line, and what is whole
goes on.
"""

import json
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.commands.lint import check
from bot.conversation.action import decode, encode
from bot.flows.learning.actions import Begin, Lesson, Summary
from cards.finding import DeckError, Finding
from cards.ids import deck_slug, slug
from cards.model import Module, Programme
from cards.module_file import module_file
from cards.reader import SHIPPED, Reading, read_programme
from tests.commands.test_lint import DECK, HEAD
from tests.support.world import SMALL, TESTS, taught

GOOD = HEAD + DECK
IDS = TESTS / "golden" / "ids.json"


def read(
    folder: Path, data: str | bytes, name: str = "module.md"
) -> tuple[Module | None, list[str]]:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    module, findings = module_file(path)
    return module, [str(finding) for finding in findings]


def test_ids_and_versions_are_a_contract(shipped: Programme) -> None:
    """Progress hangs on them: a module that is there keeps them for ever."""
    now = {
        module.id: {
            deck.id: [deck.version, [item.id for item in deck.items]] for deck in module.decks
        }
        for module in (*shipped.modules.values(), shipped.help)
    }
    for module, decks in json.loads(IDS.read_text()).items():
        assert now[module] == decks, module


# --- text is text


@pytest.mark.parametrize(
    "word",
    [
        "on",
        "off",
        "no",
        "Yes",
        "112",
        "2024-02-30",
        "1_000",
        "~",
        "null",
        "1:30",
        "0x1F",
        "1e3",
        ".5",
        "=",
    ],
)
def test_every_word_is_what_the_author_wrote(tmp_path: Path, word: str) -> None:
    text = GOOD.replace("title: A title", f"title: {word}").replace(
        "{a: A.,", f"{{{word}: {word}, a: A.,"
    )
    module, findings = read(tmp_path, text)
    assert module and not findings
    assert (
        module.title.source == word
        and module.glossary[0].term.source == word == module.glossary[0].meaning.source
    )


def test_a_module_may_be_called_no(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, "categories: [{id: on, title: Off, modules: [no, on]}]")
    for name in ("no", "on"):
        (folder / "on" / f"{name}.md").write_text(GOOD)
    reading = read_programme(folder)
    assert list(reading.programme.modules) == ["no", "on"]
    assert all(finding.path.startswith("c/") for finding in reading.findings)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        (
            "short: Short",
            "short: Short\nshort: Again",
            4,
            "`short:` stands twice, on line 3 and on line 4",
        ),
        ("short: Short", "short: " + "[" * 3000, 3, "brackets or lists inside each other"),
        ("short: Short", "a: &a [x, x]\nb: [*a, *a]", 3, "anchors and aliases"),
        ("short: Short", "short: !!int x", 3, "tags are not read"),
        ("short: Short", "short:\n\t- x", 4, "a tab stands here"),
        ("short: Short", "short: We are #1", 3, "`#1` is not read"),
        ("short: Short", "short: Work: my way", 3, "put the words between quotes"),
        ("short: Short", 'short: "Short', 3, "is not closed"),
        ("short: Short", "short: [Short]", 3, "`short:` must be words"),
        ("short: Short", "shrt: Short", 3, "did you mean `short`?"),
        ("hours: 0", "hours: 1_000", 5, "must be a whole number, not `1_000`"),
        ("hours: 0", "hours: -1", 5, "must be a whole number"),
        ("hours: 0", "hours: 0\nsensitive: perhaps", 6, "must be true or false"),
        ("objectives: [One]", "objectives: One", 7, "`objectives:` must be a list"),
        ("objectives: [One]", "objectives:\n  - a: b", 8, "is a list of words"),
        ("glossary: {a", "glossary: {[x]: y, a", 9, "a name is one word"),
        ("d: D.", "d:", 9, "`d:` is empty"),
        ("description: What it is.", "description:", 4, "`description:` is empty"),
    ],
)
def test_a_slip_in_the_head_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    _, findings = read(tmp_path, GOOD.replace(old, new, 1))
    assert any(f.startswith(f"module.md:{line}: ") and message in f for f in findings), findings


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    text = (
        GOOD.replace("level: beginner", "level: beginer")
        .replace("hours: 0", "hours: two")
        .replace("title: A title\n", "")
    )
    text += "#### Too deep\n\n## A card\n1. one\n\n### No reason?\n- [x] a\n- [ ] b\n\n# A deck\n"
    module, findings = read(tmp_path, text)
    assert module is None
    for message in (
        "`level:` must",
        "`hours:` must",
        "`title:` is missing",
        "use # for a deck",
        "`1.` cannot",
        "the reason",
        "two headings",
    ):
        assert sum(message in finding for finding in findings) >= 1, message
    assert sum("two headings" in finding for finding in findings) == 2
    assert len({re.match(r"module\.md:(\d+)", f)[1] for f in findings}) >= 7  # type: ignore[index]


# --- files as editors save them


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + GOOD.encode(),
        b"\xef\xbb\xbf" * 2 + GOOD.encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        GOOD.replace("\n", "\r\n", 11).encode(),
        GOOD.replace("\n", "  \n").encode(),
        GOOD.rstrip("\n").encode(),
        ("\n\n" + GOOD).encode(),
        GOOD.replace("## A card\nSome words.", "##\u00a0A card\nSome words.").encode(),
        GOOD.replace("## A card\nSome words.", "\u00a0##\u2003A card\nSome words.").encode(),
        GOOD.replace("- [x] two", "-\u00a0[x]\u00a0two")
        .replace("- [ ] one", "-\u00a0[\u00a0] one")
        .encode(),
        GOOD.replace("- [ ] one\n- [x] two", "* [ ] one\n+ [X] two").encode(),
        GOOD.replace("Some words.", "Some <!-- a note\n of two lines --> words.").encode(),
        GOOD.replace("Some words.", "    Some words.").encode(),
    ],
)
def test_what_an_editor_does_to_a_file_changes_nothing(tmp_path: Path, data: bytes) -> None:
    plain, _ = read(tmp_path, GOOD)
    module, findings = read(tmp_path, data)
    assert module and plain and findings == []
    shape = [(d.id, d.version, [(i.id, type(i)) for i in d.items]) for d in plain.decks]
    assert [(d.id, d.version, [(i.id, type(i)) for i in d.items]) for d in module.decks] == shape
    assert [t.source for t in plain.texts()] == [
        t.source for t in module.texts()
    ] or b"note" in data


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (GOOD.encode("utf-16"), 1, "UTF-16"),
        (GOOD.encode("utf-16-le"), 1, "UTF-16"),
        (GOOD.encode("utf-32"), 1, "UTF-16"),
        (GOOD.replace("Some words.", "Caf\xe9.").encode("latin-1"), 15, "not UTF-8"),
        (
            GOOD.replace("\n", "\r").replace("Some words.", "Caf\xe9.").encode("latin-1"),
            15,
            "not UTF-8",
        ),
        (GOOD.replace("Some words.", "a\0b").encode(), 15, "U+0000"),
        (GOOD.replace("Some words.", "a\u2028b").encode(), 15, "U+2028"),
        (GOOD.replace("Some words.", "a\x07b").encode(), 15, "U+0007"),
        (GOOD.replace("Some words.", "a\ufeffb").encode(), 15, "U+FEFF"),
        (GOOD.replace("Some words.", "caf\ufffd").encode(), 15, "a letter that was lost"),
        (
            GOOD.replace("Some words.", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x").encode(),
            15,
            "`<<<<<<<`",
        ),
        (b"", 1, "empty"),
        (b"\n\n", 1, "empty"),
        (GOOD.encode() + b"x" * 200_000, 1, "too long"),
        (HEAD.replace("\n---\n", "\n").encode(), 1, "the head has no end"),
        (b"---\n---\n# A deck\n", 1, "the head is empty"),
        (HEAD.encode(), 1, "no deck"),
    ],
)
def test_what_cannot_be_meant_is_named(
    tmp_path: Path, data: bytes, line: int, message: str
) -> None:
    _, findings = read(tmp_path, data)
    assert any(f.startswith(f"module.md:{line}: ") and message in f for f in findings), findings


def test_a_folder_and_a_link_to_nowhere_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    (tmp_path / "b.md").symlink_to(tmp_path / "gone.md")
    (tmp_path / "c.md").symlink_to(tmp_path / "c.md")
    for name, message in (("a", "a folder"), ("b", "leads nowhere"), ("c", "cannot be read")):
        module, findings = module_file(tmp_path / f"{name}.md")
        assert module is None and message in str(findings[0])
    module, _ = read(tmp_path, GOOD)
    (tmp_path / "d.md").symlink_to(tmp_path / "module.md")
    assert module_file(tmp_path / "d.md")[0]


def test_a_file_that_may_not_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.md").write_text(GOOD)
    monkeypatch.setattr(Path, "open", refused)
    assert (
        str(module_file(tmp_path / "a.md")[1][0])
        == "a.md:1: this file cannot be read: Permission denied"
    )


# --- markup that is not ours

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


@pytest.mark.parametrize(
    "heading",
    [
        "##Title",
        "## *Title*",
        "## <b>Title</b>",
        "## **Title**",
        "## Title {#a",
        "## A {name}",
        "## Title {#a b}",
        "##",
    ],
)
def test_odd_headings_are_named(tmp_path: Path, heading: str) -> None:
    _, findings = read(tmp_path, GOOD.replace("## A card", heading))
    assert any(finding.startswith("module.md:14: ") for finding in findings), findings


# --- ids


@pytest.mark.parametrize(
    "heading",
    [
        "Meet the computer",
        "التعرّف على أجزاء الحاسوب المحمول",
        "ж" * 60,
        "你好" * 20,
        "🎉",
        "पानी पीने के लिए कंप्यूटर का उपयोग",
        "a" * 60,
    ],
)
@pytest.mark.parametrize("module", ["cv", "a" * 24, "a" * 32])
def test_the_id_of_any_heading_fits_into_every_button(heading: str, module: str) -> None:
    id = deck_slug(heading, module)
    for place in (Begin(module, id), Lesson(module, id), Summary(module, id)):
        assert decode(encode(place)) == place
    assert id == slug(heading) or id == deck_slug(f" {heading.upper()} ".lower(), module), (
        "it depends on nothing but the heading"
    )


def test_ids_that_do_not_fit_or_meet_are_named(tmp_path: Path) -> None:
    _, findings = read(tmp_path, GOOD.replace("# A deck\n", f"# A deck {{#{'ж' * 30}}}\n", 1))
    assert "module.md:11: the id" in findings[0] and "60 bytes" in findings[0]
    _, findings = read(tmp_path, GOOD.replace("## A card", "## C++\nOne.\n\n## C#"))
    assert findings == [
        "module.md:17: two headings have the id `c`, on lines 14 and 17: write {#another-id} "
        "behind one"
    ]
    for id in ("a:b", "a/b", "x" * 31, "a.b"):
        assert any(
            "module.md:14: the id" in f
            for f in read(tmp_path, GOOD.replace("## A card", f"## A card {{#{id}}}"))[1]
        ), id


# --- the programme


def a_folder(tmp_path: Path, programme: str, head: str = "id: p\ntitle: P\n") -> Path:
    folder = tmp_path / "decks"
    for category in ("c", "on"):
        (folder / category).mkdir(parents=True)
    for name in ("one", "two"):
        (folder / "c" / f"{name}.md").write_text(GOOD)
    (folder / "programme.yaml").write_text(head + programme)
    return folder


def found(reading: Reading) -> list[str]:
    return [str(finding) for finding in reading.findings]


CATEGORY = "categories:\n  - {id: c, title: C, modules: [one, two]}\n"


@pytest.mark.parametrize(
    ("programme", "line", "message"),
    [
        ("categories:\n  - {id: c, title: C, modules: one}\n", 4, "`modules:` must be a list"),
        ("categories: one\n", 3, "`categories:` must be a list"),
        (
            "categories:\n  - one\n  - {id: c, title: C, modules: [one, two]}\n",
            4,
            "has entries with lines of `name: value`",
        ),
        ("categories:\n  - {title: C, modules: [one]}\n", 4, "`id:` is missing"),
        ("categories:\n  - {id: 'c:d', title: C}\n", 4, "an id has letters"),
        ("categories:\n  - {id: c, modules: [one, two]}\n", 4, "`title:` is missing"),
        (
            "categories:\n  - {id: c, title: C, modules: [one, two, gone]}\n",
            4,
            "`gone` has no file c/gone.md",
        ),
        (
            "categories:\n  - {id: c, title: C, modules: [one, two, One]}\n",
            4,
            "the file is named c/one.md: rename it to One.md",
        ),
        (
            "categories:\n  - {id: c, title: C, modules: [one, two, ../c/one]}\n",
            4,
            "cannot be the name of a module",
        ),
        (
            "categories:\n  - {id: c, title: C, modules: [one, two, one]}\n",
            4,
            "listed twice, first on line 4",
        ),
        (
            CATEGORY + "  - {id: on, title: D, modules: [one]}\n",
            5,
            "in the category `c` too, on line 4",
        ),
        (CATEGORY + "  - {id: c, title: D}\n", 5, "`c` stands twice in `categories:`"),
        (
            CATEGORY.replace("[one, two]", "[one, two], icn: x"),
            4,
            "`icn:` is not known here: did you mean `icon`?",
        ),
        (CATEGORY.replace("[one, two]", "[one, two], colour: blue"), 4, "`colour: blue`"),
        (
            CATEGORY.replace("[one, two]", "[one], coming: [two]"),
            4,
            "`coming:` must be lines of `name: value`",
        ),
        (
            CATEGORY.replace("[one, two]", "[one], coming: {two: Two}"),
            4,
            "move `two` from `coming:` to `modules:`",
        ),
        (CATEGORY.replace("[one, two]", "[one, two], coming: {three: }"), 4, "has no title"),
        (
            CATEGORY.replace("[one, two]", "[one, two], coming: {a/b: B}"),
            4,
            "cannot be the name of a module",
        ),
        (
            CATEGORY + "pathways:\n  - {id: p, title: P, modules: [one, tow]}\n",
            6,
            "`tow` is in no category: did you mean `two`?",
        ),
        (
            CATEGORY + "pathways:\n  - {id: p, title: P, modules: [one, one]}\n",
            6,
            "stands twice in this pathway",
        ),
        (CATEGORY + "organisations: [{country: France}]\n", 5, "`name:` is missing"),
        (
            CATEGORY + "organisations: [{name: A}]\nsignatories:\n  - {organisation: B}\n",
            7,
            "`B` is not among the organisations",
        ),
        (
            CATEGORY
            + "organisations: [{name: A}]\nsignatories:\n  - {organisation: A, image: x.png}\n",
            7,
            "there is no picture template/x.png",
        ),
        (
            CATEGORY + "competences:\n  - {id: x, title: X, esco: {title: y}}\n",
            6,
            "`uri:` is missing",
        ),
        (CATEGORY + "annex: words\n", 5, "`annex:` must be lines"),
        (
            CATEGORY + "annex:\n  title: A\n  sections: [{title: B, text: words}]\n",
            7,
            "`text:` must be a list",
        ),
        (CATEGORY + "title: Q\n", 5, "`title:` stands twice, on line 2 and on line 5"),
        (CATEGORY.replace("title: C", "title: <b>C</b>"), 4, "`<b>` is not shown as meant"),
    ],
)
def test_a_slip_in_the_programme_costs_its_entry_only(
    tmp_path: Path, programme: str, line: int, message: str
) -> None:
    reading = read_programme(a_folder(tmp_path, programme))
    assert any(f.startswith(f"programme.yaml:{line}: ") and message in f for f in found(reading)), (
        found(reading)
    )
    assert reading.programme.title.source in ("P", "Q") and reading.programme.help.decks
    for module in reading.programme.modules:
        assert reading.programme.category_of(module)
    if "modules: [one, two" in programme and "id: c, title" in programme:
        assert {"one", "two"} <= set(reading.programme.modules), "what is whole goes on"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "words",
        "a: [",
        "\0",
        "- a",
        "*x",
        "id: p\n---\nid: q\n",
        "a: &a b",
        "<<<<<<< x\na: b\n",
    ],
)
def test_a_programme_that_cannot_be_read_at_all_is_one_sentence(tmp_path: Path, text: str) -> None:
    folder = a_folder(tmp_path, text, head="")
    with pytest.raises(DeckError, match=r"^programme\.yaml:\d+: [^\n]+$"):
        read_programme(folder)
    assert len(check(folder)) == 1
    (folder / "programme.yaml").unlink()
    with pytest.raises(DeckError, match=r"^programme\.yaml:1: "):
        read_programme(folder)


def test_a_file_that_nobody_lists_is_a_finding_with_its_mistakes(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, CATEGORY)
    (folder / "c" / "three.md").write_text(GOOD.replace("hours: 0", "hours: two"))
    (folder / "on" / "four.MD").write_text(GOOD)
    (folder / "five.md").write_text(GOOD.replace("Some words.", "word " * 51 + "."))
    (folder / "c" / "six.md.txt").write_text(GOOD)
    (folder / "on" / "how-we-work.md").write_text("# Notes of the team\n")
    for ignored in (
        "._one.md",
        ".one.md.swp",
        "one.md~",
        "#one.md#",
        "~$one.md",
        "README.md",
        "notes.txt",
    ):
        (folder / "c" / ignored).write_text("words")
    findings = [
        str(finding)
        for finding in check(folder)
        if finding.fails and "guess" not in finding.message
    ]
    for path in ("c/three.md", "on/four.MD", "five.md", "c/six.md.txt"):
        assert any(f.startswith(f"{path}:1: nobody reads this file") for f in findings), findings
    assert any(f.startswith("c/three.md:5: `hours:`") for f in findings) and any(
        "51 words" in f for f in findings
    )
    assert {f.split(":")[0] for f in findings} <= {
        "c/three.md",
        "on/four.MD",
        "five.md",
        "c/six.md.txt",
    }
    assert len(findings) == len(set(findings)), "each finding once"


def test_a_file_in_another_case_or_another_folder_is_named(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, "categories:\n  - {id: c, title: C, modules: [one, two, three]}\n")
    (folder / "c" / "Three.MD").write_text(GOOD)
    reading = read_programme(folder)
    assert found(reading) == [
        "programme.yaml:4: the file is named c/Three.MD: rename it to three.md"
    ]
    assert not reading.programme.whole and reading.programme.left_out == ("three",)


def test_help_may_be_left_out_and_a_broken_one_is_replaced(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, CATEGORY)
    shipped_help = taught(SHIPPED)[0].help
    assert read_programme(folder).programme.help == shipped_help
    (folder / "help.md").write_text("words")
    reading = read_programme(folder)
    assert reading.programme.help == shipped_help and found(reading)[0].startswith(
        "help.md:1: the head is missing"
    )


# --- anything at all


def mutated(data: bytes, how: list[tuple[int, int, str]]) -> bytes:
    for kind, place, text in how:
        lines = data.split(b"\n")
        at = place % len(lines)
        spot = place % (len(data) + 1)
        match kind:
            case 0:
                data = data[:spot] + bytes([place % 256]) + data[spot + 1 :]
            case 1:
                data = b"\n".join(lines[:at] + lines[at + 1 :])
            case 2:
                data = b"\n".join(lines[: at + 1] + lines[at:])
            case 3:
                lines[at], lines[-1 - at] = lines[-1 - at], lines[at]
                data = b"\n".join(lines)
            case 4:
                data = data[:spot] + text.encode("utf-8", "surrogatepass") + data[spot:]
            case _:
                data = data[:spot]
    return data


SIGNS = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        [
            "\n# ",
            "\n---\n",
            "[" * 50,
            "{",
            "}",
            ": ",
            "\n- ",
            "\n> ",
            "*",
            "&a",
            "!x",
            "\t",
            "<!--",
            "-->",
            "\u2028",
        ]
    ),
)
HOW = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 20_000), SIGNS), min_size=1, max_size=4)
FUZZ = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def sentences(findings: tuple[Finding, ...] | list[Finding], data: bytes, path: str) -> None:
    lines = len(re.split(rb"\r\n|\r|\n", data))
    for finding in findings:
        assert finding.message and "\n" not in finding.message and str(finding).isprintable(), (
            finding
        )
        assert finding.path != path or 1 <= finding.line <= lines, finding


@given(
    name=st.sampled_from(sorted(p.name for p in (SHIPPED / "digital-skills").glob("*.md"))), how=HOW
)
@FUZZ
def test_any_module_is_read_or_named(
    tmp_path: Path, name: str, how: list[tuple[int, int, str]]
) -> None:
    data = mutated((SHIPPED / "digital-skills" / name).read_bytes(), how)
    (tmp_path / "m.md").write_bytes(data)
    module, findings = module_file(tmp_path / "m.md")
    assert module or findings
    sentences(findings, data, "m.md")


@given(how=HOW, broken=HOW)
@FUZZ
def test_any_programme_is_read_or_named_and_the_others_go_on(
    tmp_path: Path, how: list[tuple[int, int, str]], broken: list[tuple[int, int, str]]
) -> None:
    folder = tmp_path / "p"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SMALL, folder)
    (folder / "digital-skills" / "phone.md").write_bytes(
        mutated((folder / "digital-skills" / "phone.md").read_bytes(), broken)
    )
    reading = read_programme(folder)
    assert "computer" in reading.programme.modules, "another module's fault costs this one nothing"
    data = mutated((SHIPPED / "programme.yaml").read_bytes(), how)
    (folder / "programme.yaml").write_bytes(data)
    try:
        reading = read_programme(folder)
    except DeckError as error:
        sentences(error.findings, data, "programme.yaml")
        assert error.findings
        return
    sentences(reading.findings, data, "programme.yaml")
    programme = reading.programme
    assert all(programme.category_of(module) for module in programme.modules)
    named = [m for c in programme.categories for m in (*c.modules, *c.missing)]
    assert not set(programme.modules) - set(named)
