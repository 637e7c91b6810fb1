"""reading.yaml: three texts a language; one that is not whole is left out and named."""

from pathlib import Path

import pytest

from cards.reader import SHIPPED
from cards.reading import LETTERS, NAME, Passages, read_passages

WHOLE = """
  - {title: One, text: It is open.}
  - {title: Two, text: It is closed on Monday.}
  - {title: Three, text: Ask when you may come.}
"""


def _read(folder: Path, text: str) -> tuple[Passages, str]:
    (folder / NAME).write_text(text, "utf-8")
    passages, findings = read_passages(folder, SHIPPED)
    return passages, "\n".join(map(str, findings))


def test_what_ships_is_whole_and_grows() -> None:
    passages, findings = read_passages(SHIPPED, SHIPPED)
    assert not findings and {"en", "fr", "de", "pt", "tr", "es"} <= passages.keys()
    for language, texts in passages.items():
        lengths = [len(one.text) for one in texts]
        assert lengths == sorted(lengths), language


def test_a_folder_without_has_those_that_ship(tmp_path: Path) -> None:
    assert read_passages(tmp_path, SHIPPED) == read_passages(SHIPPED, SHIPPED)


@pytest.mark.parametrize(
    "text, said",
    [
        ("nn-xx-yy-zz:" + WHOLE, "names no language"),
        ("fr:\n  - {title: One, text: It is open.}\n", "has 1 texts; there are 3: A1, A2, B1"),
        ("fr:" + WHOLE.replace("title: Two, ", ""), "`title:` is missing"),
        ("fr:" + WHOLE.replace("Two", "T" * 41), "has 41 characters, 40 are allowed"),
        ("fr:" + WHOLE.replace("It is open.", "word " * 51), "has 51 words, 50 are allowed"),
        ("fr:" + WHOLE.replace("It is open.", "w" * (LETTERS + 1)), "300 are allowed"),
        ("fr:" + WHOLE.replace("text: It", "txt: It"), "`txt:` is not known here"),
    ],
)
def test_what_is_not_whole_is_named(tmp_path: Path, text: str, said: str) -> None:
    passages, findings = _read(tmp_path, f"en:{WHOLE}{text}")
    assert said in findings and "reading.yaml:" in findings
    assert "en" in passages


def test_a_file_that_cannot_be_read_gives_nothing(tmp_path: Path) -> None:
    passages, findings = _read(tmp_path, "en: [")
    assert not passages and "this is not YAML" in findings
