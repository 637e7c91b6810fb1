"""`pasito import` and `pasito export`: a module of a Moodle file, and a Moodle file of a module."""

import shutil
from pathlib import Path

import pytest

from cards.module_file import read_module
from cards.picture import BYTES
from tests.support.command import pasito
from tests.support.world import TESTS

FILES = TESTS / "data" / "moodle"


@pytest.mark.row("35")
def test_in_with_pictures_and_out_again(tmp_path: Path) -> None:
    to, out = tmp_path / "health.md", tmp_path / "again.xml"
    told = pasito(tmp_path, "import", str(FILES / "health.xml"), str(to))
    assert told.exit_code == 0 and "15 questions taken, 9 left out" in told.output
    assert "health.xml:419: “Your day”: a free answer cannot be judged" in told.output
    pictures = sorted((tmp_path / "pictures").iterdir())
    assert [path.name for path in pictures] == ["hall.jpg", "square.png"]
    assert all(0 < path.stat().st_size <= BYTES for path in pictures)
    module = read_module(to)
    assert [card.picture.alt.source for card in module.decks[0].cards if card.picture] == [
        "A white square on blue",
        "A hall",
    ]
    told = pasito(tmp_path, "export", str(to), str(out))
    assert told.exit_code == 0 and "15 questions" in told.output
    again = tmp_path / "other" / "health.md"
    again.parent.mkdir()
    pasito(tmp_path, "import", str(out), str(again))
    mine, theirs = (path.read_text("utf-8").split("\n# ", 1)[1] for path in (to, again))
    mine = mine.replace("## Read this\nHere begins the second part.\n\n", "")  # a card
    assert mine == theirs
    for path in pictures:
        assert (again.parent / "pictures" / path.name).read_bytes() == path.read_bytes()
    told = pasito(tmp_path, "export", str(to), str(tmp_path / "x.gift"))
    assert "a picture has no place in a GIFT file" in told.output


@pytest.mark.row("35")
def test_a_module_that_ships_in_a_language(tmp_path: Path) -> None:
    out = tmp_path / "entretien.gift"
    told = pasito(tmp_path, "export", "interview", str(out), "--language", "fr")
    assert told.exit_code == 0 and "27 questions of 4 lessons" in told.output
    assert "Entretien" in out.read_text("utf-8") or "entretien" in out.read_text("utf-8")
    told = pasito(tmp_path, "import", str(out), str(tmp_path / "entretien.md"))
    assert "27 questions taken, 0 left out" in told.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "work.gift", "a.txt"), "a module is a file that ends in .md"),
        (("import", "work.doc", "a.md"), "a file that ends in .gift or .txt is GIFT"),
        (("import", "work.gift", "there.md"), "is there already; --force"),
        (("import", "empty.gift", "a.md"), "has no question that can be asked here"),
        (("import", "latin.gift", "a.md"), "latin.gift:2: this file is not UTF-8"),
        (("export", "nothing", "a.gift"), "there is no module `nothing`"),
        (("export", "interview", "a.gift", "--language", "xx"), "is not there in the language"),
        (("export", "there.md", "no/a.gift"), "No such file"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    tmp_path: Path, words: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(FILES / "work.gift", "work.gift")
    shutil.copy(FILES / "work.gift", "work.doc")
    Path("empty.gift").write_text("", "utf-8")
    Path("latin.gift").write_bytes(b"a\n\xe9{=b ~c}\n")
    pasito(tmp_path, "import", "work.gift", "there.md")
    text = Path("there.md").read_text("utf-8").replace("- [ ] False\n", "- [ ] False\n> Why.\n")
    Path("there.md").write_text(text, "utf-8")
    told = pasito(tmp_path, *words)
    assert told.exit_code == 1 and said in told.output
