"""A slip in the programme costs its entry, and what is whole goes on."""

from pathlib import Path

import pytest

from bot.commands.lint import check
from cards.finding import DeckError
from cards.reader import SHIPPED, Reading, read_programme
from tests.support.author_files import GOOD, a_folder
from tests.support.world import taught


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


SECTORS = "sectors:\n  - bakery\n  - garden\n"


def _with_sectors(folder: Path, listed: str = SECTORS) -> Reading:
    root = a_folder(folder, CATEGORY + listed)
    for name in ("bakery", "garden", "barber", "bus"):
        (root / "sectors").mkdir(exist_ok=True)
        (root / "sectors" / f"{name}.md").write_text(GOOD, encoding="utf-8")
    return read_programme(root)


def test_sectors_stand_beside_the_programme(tmp_path: Path) -> None:
    programme = _with_sectors(tmp_path).programme
    assert list(programme.sectors) == ["bakery", "garden"] and programme.total == 2
    assert list(programme.offered) == ["one", "two", "bakery", "garden"]
    assert programme.module("bakery") in programme.every and "bakery" not in programme.modules
    assert programme.mark_of(programme.sectors["bakery"]) == 0, "there is nothing to reach"
    assert programme.category_of("bakery") is None


def test_a_sector_that_is_like_another_or_missing_is_named(tmp_path: Path) -> None:
    reading = _with_sectors(tmp_path, "sectors: [bakery, barber, gone, one]\n")
    assert list(reading.programme.sectors) == ["bakery"]
    told = "\n".join(found(reading))
    assert "`barber` and `bakery` begin in the same 2 letters" in told
    assert "`gone` has no file sectors/gone.md" in told
    assert "`one` is listed in the category `c` too" in told
