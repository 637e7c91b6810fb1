"""Whatever an author or their editor saves of a module is read or named with file and line."""

import json
import os
import re
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from bot.conversation.action import decode, encode
from bot.flows.learning.actions import Begin, Lesson, Summary
from cards.ids import deck_slug, slug
from cards.model import Programme
from cards.module_file import module_file
from cards.reader import read_programme
from tests.support.author_files import GOOD, a_folder, read
from tests.support.decks import HEAD
from tests.support.world import TESTS

IDS = TESTS / "golden" / "ids.json"
DAYS = TESTS / "golden" / "text_days.json"


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


@pytest.mark.row("25")
def test_a_text_that_was_changed_has_the_day_of_the_change(shipped: Programme) -> None:
    """`modified:` of all that ships, with a mark of the texts that it is the day of. With
    `PASITO_REWRITE=1` the list is written, and only then is today looked at."""
    texts = {module.id: (module.modified, module.texts()) for module in shipped.every}
    texts |= {f"faq/{one.id}": (one.modified, one.texts()) for one in shipped.answers}
    now = {
        id: [str(day), sha256("\n".join(t.source for t in said).encode()).hexdigest()[:12]]
        for id, (day, said) in texts.items()
    }
    before = json.loads(DAYS.read_text("utf-8"))
    rewrite = bool(os.environ.get("PASITO_REWRITE"))
    today = str(datetime.now(UTC).date()) if rewrite else ""
    for id, (day, mark) in now.items():
        known, old = before.get(id, ("", ""))
        assert day != "None", f"{id}: write `modified:` with the day of its text"
        same = mark == old or day > known or day == today
        assert same, f"{id}: its text was changed after {day}: set `modified:` to the day of that"
    if rewrite:
        lines = ",\n".join(f'"{id}": {json.dumps(now[id])}' for id in sorted(now))
        DAYS.write_text(f"{{\n{lines}\n}}\n", "utf-8")
    assert json.loads(DAYS.read_text("utf-8")) == now, "PASITO_REWRITE=1 writes the list anew"


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
        ("hours: 0", "hours: 0\nmodified: May", 6, "`modified: May` is no day"),
        ("hours: 0", "hours: 0\ncefr: easy", 6, "`cefr: easy` is none of A1.1, A1, A2, A2+, B1"),
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
