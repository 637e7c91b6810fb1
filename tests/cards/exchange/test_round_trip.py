"""Out to Moodle and in again: nothing that we support is lost; what is, is named with its line."""

from dataclasses import replace
from pathlib import Path

import pytest

from cards.exchange.asked import Asked, Image
from cards.exchange.deck_markdown import module_markdown
from cards.exchange.gift import read_gift, write_gift
from cards.exchange.moodle_xml import read_xml, write_xml
from cards.exchange.ours import give, take
from cards.finding import Report
from cards.kinds import KINDS
from cards.model import Card, Deck, Item, Module, Programme
from cards.module_file import module_file
from cards.picture import Picture
from cards.question import Question
from cards.text import Text
from tests.support.world import TESTS

FILES = TESTS / "data" / "moodle"


def _source(text: Text) -> str:
    return text.source


def _asked(module: Module, report: Report) -> list[Asked]:
    return [
        asked
        for deck in module.decks
        for asked in give(deck.items, ("M", str(deck.title)), deck.id, _source, _image, report)
    ]


def _image(card: Card) -> Image | None:
    return (
        Image("p.png", b"png", card.picture.alt.source, card.title.source) if card.picture else None
    )


def _written_and_read(asked: list[Asked], xml: bool) -> list[Asked]:
    report = Report("again")
    read = (
        read_xml(write_xml(asked).encode(), report) if xml else read_gift(write_gift(asked), report)
    )
    assert not report.findings
    return read


def _same(item: Item) -> Item:
    return replace(item, line=0)


@pytest.mark.row("35")
@pytest.mark.parametrize("xml", [False, True])
def test_every_question_that_ships_comes_back_as_it_went(xml: bool, shipped: Programme) -> None:
    seen = set()
    count = 0
    for module in shipped.modules.values():
        report = Report(module.path)
        taken = take(_written_and_read(_asked(module, report), xml), module.id, "", Report("in"))
        back = [i for items in taken.decks.values() for i in items if isinstance(i, Question)]
        gone = [i for deck in module.decks for i in deck.items if isinstance(i, Question)]
        named = {finding.line for finding in report.findings}
        for before, after in zip(gone, back, strict=True):
            if before.line not in named:
                assert _same(after) == _same(before)
            seen.add(before.kind)
        count += len(back)
    assert count > 900 and seen >= set(KINDS)


def _taken(file: Path) -> tuple[dict[tuple[str, str], list[Item]], list[str], int]:
    report = Report(file.name)
    asked = (
        read_xml(file.read_bytes(), report)
        if file.suffix == ".xml"
        else read_gift(file.read_text("utf-8"), report)
    )
    taken = take(asked, "module", "Deck", report)
    return taken.decks, [f"{one.line}: {one.message}" for one in report.findings], taken.left_out


@pytest.mark.row("35")
def test_fifty_questions_of_teachers(tmp_path: Path) -> None:
    """Two files in the shapes of Moodle's own. What is taken is the same after both formats and
    after the Markdown of an author."""
    left = count = 0
    for file in sorted(FILES.iterdir()):
        decks, told, left_out = _taken(file)
        left += left_out
        for items in decks.values():
            items[:] = [i for i in items if isinstance(i, Card) or i.reason.source]
        questions = [i for items in decks.values() for i in items if isinstance(i, Question)]
        count += len(questions)
        assert len([line for line in told if line.endswith("; left out")]) >= left_out
        for xml in (False, True):
            asked = [
                each
                for (title, id), items in decks.items()
                for each in give(items, ("M", title), id, _source, _image, Report("out"))
            ]
            again = take(_written_and_read(asked, xml), "module", "", Report("in")).decks
            back = [i for items in again.values() for i in items if isinstance(i, Question)]
            assert list(map(_same, back)) == list(map(_same, questions))
        path = tmp_path / "module.md"
        path.write_text(module_markdown("T", "About.", decks, {}), encoding="utf-8")
        module, findings = module_file(path)
        assert module and all("is not shown as meant" in one.message for one in findings)
        read = [i for deck in module.decks for i in deck.items if isinstance(i, Question)]
        assert [_plain(i) for i in read] == [_plain(i) for i in questions]
    assert left == 15 and count == 33


def _plain(question: Question) -> tuple[object, ...]:
    """Without the signs that would make a list of its lines (`- two`)."""
    parts = [(o.right, o.also, o.reason) for o in question.options]
    return question.id, question.kind, question.text, parts, question.pinned, question.sister_of


@pytest.mark.row("35")
@pytest.mark.parametrize(
    "said",
    [
        "94: “Tell us”: a free answer cannot be judged in a chat; left out",
        "98: “Range”: a number that is calculated is not asked here",
        "105: “Six pairs”: 6 pairs; a question has 2 to 4; left out",
        "107: “Five”: the answer “e” is one too many; left out",
        "109: “Half”: “Cat” brought a part of the points, now none",
        "111: “Broken”: a bracket { or } has no other end; left out",
        "60: “Capital”: a word that is typed needs a wrong one beside it",
        "445: “Gaps”: several gaps in one text are not asked here",
        "486: “Sound”: a link is not kept",
        "486: “Sound”: hints are not kept",
        "486: “Sound”: the tag `language` is not kept",
        "551: “Script”: a thing that runs in a page is not kept",
        "551: “Script”: the picture `http://elsewhere.example/x.png` is not in the file",
        "618: “Random”: `random` is no kind of question here; left out",
    ],
)
def test_what_is_dropped_is_named_with_its_line(said: str) -> None:
    told = [line for file in FILES.iterdir() for line in _taken(file)[1]]
    assert any(line.startswith(said) for line in told), told


def test_feedback_to_each_answer_comes_along() -> None:
    (first, *_), *_more = (items for items in _taken(FILES / "work.gift")[0].values())
    assert isinstance(first, Question)
    reasons = [option.reason.source for option in first.options if option.reason]
    assert reasons == [
        "Yes. The guard writes down who comes.",
        "Lorries move there. It is dangerous.",
        "It rings when you open it.",
    ]
    assert first.reason.source.startswith("Ask at the gate the day before.")


def test_a_picture_over_a_question_goes_with_it_and_comes_back() -> None:
    picture = Picture("square.png", Text("A square", "m"))
    card = Card("look", Text("Look here", "m"), (), picture=picture)
    question = next(
        i for i in _taken(FILES / "work.gift")[0].popitem()[1] if isinstance(i, Question)
    )
    deck = Deck("d", Text("D", "m"), None, (card, question), "v")
    (asked,) = give(deck.items, ("M", "D"), "d", _source, _image, Report("out"))
    taken = take(_written_and_read([asked], xml=True), "m", "", Report("in"))
    ((back, _question),) = taken.decks.values()
    assert isinstance(back, Card) and back.title.source == "Look here"
    (image,) = taken.images.values()
    assert (image.name, image.data, image.alt) == ("p.png", b"png", "A square")


BOMB = "<!DOCTYPE quiz [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
OUTSIDE = "<!DOCTYPE quiz [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"


@pytest.mark.parametrize(
    "text",
    [
        BOMB + "<quiz><question type='essay'><name><text>&b;</text></name></question></quiz>",
        OUTSIDE + "<quiz><question type='essay'><name><text>&x;</text></name></question></quiz>",
        "<!DOCTYPE quiz SYSTEM 'http://elsewhere.example/x.dtd'><quiz/>",
        "<quiz>" + "<a>" * 5000 + "</a>" * 5000 + "</quiz>",
        "<quiz><question></quiz>",
        "",
        "\0\0",
        "<html/>",
        "<quiz>&nbsp;</quiz>",
    ],
)
def test_a_file_that_would_harm_or_is_none_is_one_sentence(text: str) -> None:
    report = Report("x.xml")
    assert read_xml(text.encode(), report) == []
    assert len(report.findings) == 1


@pytest.mark.parametrize(
    "text", ["", "::", "{", "}{", "a{=", "a{~}", "a{>}", "$CATEGORY:", "::a::{T#"]
)
def test_odd_gift_is_no_crash(text: str) -> None:
    report = Report("x.gift")
    take(read_gift(text, report), "m", "D", report)
    take(read_gift(f"{text}\n\nx {{=a ~b####c}}", report), "m", "D", report)
