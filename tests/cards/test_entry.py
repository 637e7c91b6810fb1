"""entry.yaml: what leads nowhere is left out and named; the rest is used."""

from pathlib import Path

from cards.entry import NAME, EntryCheck, read_entry
from cards.reader import SHIPPED

PATHS = {"work", "home"}
GOOD = """people:
  - {say: I am new, to: home}
questions:
  - ask: Work?
    choices:
      - {say: A, for: {work: 2}}
      - {say: B}
"""


def _read(folder: Path, text: str) -> tuple[EntryCheck, str]:
    (folder / NAME).write_text(text, encoding="utf-8")
    entry, findings = read_entry(folder, SHIPPED, PATHS)
    return entry, "\n".join(map(str, findings))


def test_it_is_read_and_proposes(tmp_path: Path) -> None:
    entry, told = _read(tmp_path, GOOD)
    assert not told and entry.proposed((1,)) == ("work",) and entry.proposed((2,)) == ()


def test_what_leads_nowhere_is_named_with_its_line(tmp_path: Path) -> None:
    entry, told = _read(tmp_path, GOOD.replace("to: home", "to: hom"))
    assert entry.people == () and f"{NAME}:2: `hom` is no pathway" in told
    assert "did you mean `home`" in told
    entry, told = _read(tmp_path, GOOD.replace("      - {say: B}\n", ""))
    assert entry.questions == () and "2 to 4 choices" in told


def test_the_list_that_ships_fits_other_programmes_in_silence(tmp_path: Path) -> None:
    entry, findings = read_entry(tmp_path, SHIPPED, {"adaptation"})
    assert [one.to for one in entry.people] == ["adaptation"] and not findings
    assert _read(tmp_path, "")[0].questions == ()
