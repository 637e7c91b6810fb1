"""What a module offers beside its decks: a practical task, stories, self-tests, where to go on."""

from pathlib import Path

import pytest

from cards.module_file import module_file
from tests.support.beside import PRACTICE, STORY, TEST, read
from tests.support.decks import DECK, HEAD


def test_all_of_it_is_read_and_counts_in_no_mark(tmp_path: Path) -> None:
    alone, _findings = read(tmp_path, "")
    module, findings = read(tmp_path, PRACTICE + STORY + TEST)
    assert findings == [] and module and alone
    assert module.decks == alone.decks and module.minutes == alone.minutes
    assert module.practice and (module.practice.minutes, len(module.practice.steps)) == (40, 3)
    (story,) = module.stories
    first = story.scenes[0]
    assert [way.to for way in first.ways] == ["alone", "broken"]
    assert story.moved(50, first.ways[0]) == 60
    assert story.moved(50, story.by_id["alone"].ways[1]) == 0, "the meter ends at nothing"
    (test,) = module.selftests
    assert [r.id for r in test.strongest([0, 1, 0, 2, 2, 2])] == ["plan"]
    assert [r.id for r in test.strongest([1] * 6)] == ["eyes", "plan"]
    texts = {text.source for text in module.texts()}
    assert {"Trust", "Ask Marc alone", "sometimes", "I make lists.", "Write four lines."} <= texts


@pytest.mark.row("14")
@pytest.mark.parametrize(
    ("part", "old", "new", "told"),
    [
        (PRACTICE, "40 minutes", "forty", "begins with one line"),
        (PRACTICE, "3. Say them aloud.\n", "", "3 to 7 steps"),
        (PRACTICE, "\nFour lines, before and after.", "", "what remains"),
        (STORY, "-> #solved +20", "-> #gone +20", "which is no scene"),
        (STORY, "-> #solved +20", "", "write a choice as"),
        (STORY, "-> #solved +20", "-> #start", "no choice leads to this scene"),
        (STORY, " .ending}\nNobody", "}\nNobody", "2 or 3 choices"),
        (STORY, "  > He helped you.\n", "", "what would be better"),
        (STORY, "meter: Trust 50", "meter: Trust 500", "with 0 to 100"),
        (TEST, "-> plan", "-> nobody", "an id of this test"),
        (TEST, "- I make lists. -> plan\n", "", "self-test has 6 to 15"),
        (TEST, "I make lists. -> plan", "I make lists. -> eyes", "as many statements"),
        (TEST, "never, sometimes, often", "never", "words of the scale"),
    ],
)
def test_what_would_strand_somebody_is_named(
    part: str, old: str, new: str, told: str, tmp_path: Path
) -> None:
    assert old in part
    assert any(told in message for message in read(tmp_path, part.replace(old, new))[1])


@pytest.mark.row("36")
@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("![Two hands meet](🤝)", ""),
        ("![](🤝)", "say between [ and ] what the picture shows"),
        ("![Two hands](https://a.b/c.png)", "a picture is"),
        ("![Two hands](hands.exe)", "a picture is"),
        ("![Two hands](../../etc/passwd)", "a picture is"),
        ("![Two hands](🤝) and words", "in a line of its own"),
        ("![Two hands](🤝)\n\n![Two feet](👣)", "a card has one picture"),
        (f"![{'x' * 81}](🤝)", "at most 80 characters"),
    ],
)
def test_a_card_may_have_one_picture_that_says_what_it_shows(
    line: str, told: str, tmp_path: Path
) -> None:
    path = tmp_path / "module.md"
    first = DECK.index("\n## ") + 1
    heading = DECK[first : DECK.index("\n", first) + 1]
    text = HEAD + DECK.replace(heading, f"{heading}{line}\n\n", 1)
    path.write_text(text, encoding="utf-8")
    module, findings = module_file(path)
    assert module
    messages = [finding.message for finding in findings]
    assert any(told in message for message in messages) if told else messages == []
    if not told:
        picture = module.decks[0].cards[0].picture
        assert picture and (picture.symbol, picture.file) == ("🤝", "1F91D.svg")
        assert picture.alt in set(module.texts())


def test_a_cover_is_a_symbol_and_what_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "module.md"
    for line, right in (("cover: 🤝 Two hands meet", True), ("cover: 🤝", False)):
        path.write_text(HEAD.replace("title:", f"{line}\ntitle:", 1) + DECK, encoding="utf-8")
        module, findings = module_file(path)
        assert module and bool(module.cover) is right and bool(findings) is not right
