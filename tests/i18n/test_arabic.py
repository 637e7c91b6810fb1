"""Arabic as it is seen: laid out with the bidirectional algorithm (UAX #9) in lines as narrow as a
phone's.
"""

import re

import pytest
from babel.messages.catalog import Message

from bot.conversation.screen import bar
from bot.i18n.catalogues import FSI, PDI, RLI, RLM, SHIPPED, Catalogues
from bot.model.words import Msg, Value, _, minutes, verbatim
from catalogues.entry import names
from catalogues.po import read
from certificates.typesetting.bidi import levels

MARKS = dict.fromkeys(map(ord, (FSI, RLI, PDI, RLM)))
SAMPLES: dict[str, Value] = {
    "number": 12,
    "latin": "Anna Müller",
    "arabic": "فاطمة العلمي",
    "composed": _("{number}. {text}").of(number=2, text="Anna"),
    "bar": bar(2, 6),
    "day": "2026-11-30",
}


def from_the_right(text: str, width: int = 1000) -> list[str]:
    """The lines as an eye finds them that goes from the right; words of other scripts stand in
    their own order."""
    on = levels(text, True)
    lines: list[list[int]] = [[]]
    for word in re.finditer(r"\S+\s*", text):
        if lines[-1] and len(text[lines[-1][0] : word.end()].translate(MARKS).rstrip()) > width:
            lines.append([])
        lines[-1] += range(word.start(), word.end())
    return [_seen(text, on, line) for line in lines]


def _seen(text: str, on: list[int], line: list[int]) -> str:
    while line and text[line[-1]].isspace():
        line = line[:-1]
    for level in range(max((on[i] for i in line), default=0), 0, -1):  # rule L2
        at = 0
        while at < len(line):
            end = at
            while end < len(line) and on[line[end]] >= level:
                end += 1
            line[at:end] = line[at:end][::-1]
            at = max(end, at + 1)
    return "".join(text[i] for i in reversed(line)).translate(MARKS)


def test_the_eye_of_the_test_sees_what_an_eye_sees() -> None:
    assert from_the_right("أب Anna 12") == ["أب 21 annA"[:3] + "21 annA"], (
        "in one run of Latin, which the eye reads from its left"
    )
    assert from_the_right(f"أب {FSI}12{PDI} ج") == ["أب 21 ج"]


@pytest.mark.parametrize("width", [20, 24, 30, 1000])
@pytest.mark.parametrize(
    "option", ["فاطمة العلمي تكتب الآن", "مرحبًا، أنا فاطمة العلمي من المغرب وأبحث عن عمل"]
)
def test_the_number_of_the_right_answer_comes_first(
    option: str, width: int, words: Catalogues
) -> None:
    answer = _("{number}. {option}").of(number=2, option=Msg(option))
    lines = from_the_right(words.line(_("Right answer: {answer}").of(answer=answer), "ar"), width)
    assert " ".join(lines) == f"الإجابة الصحيحة: 2. {option}", (
        "in the order in which it is said, however it is broken"
    )


def test_a_bar_fills_from_the_right_and_its_figures_stand_in_their_order(words: Catalogues) -> None:
    (seen,) = from_the_right(words.line(_("{text} {bar}").of(text=Msg("درس"), bar=bar(4, 6)), "ar"))
    assert seen == "درس ▰▰▰▱▱ 6/4", "4/6 is read from its left"


def test_one_of_three_a_day_and_a_name(words: Catalogues) -> None:
    for said, seen in (
        (Msg("{a} من {b}").of(a=1, b=3), "1 من 3"),
        (Msg("منذ {day} هنا").of(day="2026-09-01"), "منذ 10-90-6202 هنا"),
        (Msg("من {name} إليك").of(name="Anna"), "من annA إليك"),
        (Msg("من {name} إليك").of(name="علي"), "من علي إليك"),
    ):
        assert from_the_right(words.line(said, "ar")) == [seen]


def sentences() -> list[Message]:
    found = []
    for domain in ("bot", "certificates"):
        po = read(SHIPPED / "ar" / "LC_MESSAGES" / f"{domain}.po", "ar")[0]
        assert po
        found += [m for m in po if m.id and names(m.id if isinstance(m.id, str) else m.id[1])]
    return found


def test_every_sentence_with_values_keeps_them_apart(words: Catalogues) -> None:
    tried = 0
    for message in sentences():
        source = message.id if isinstance(message.id, str) else message.id[1]
        forms = [message.string] if isinstance(message.string, str) else message.string
        for form in forms:
            for kind, value in SAMPLES.items():
                said = words.line(Msg(form).of(**dict.fromkeys(names(source), value)), "ar")
                depth = 0
                for char in said:
                    depth += (char in (FSI, RLI)) - (char == PDI)
                    assert depth >= 0, (source, kind)
                assert depth == 0, (source, kind)
                opened = RLI if kind in ("composed", "bar") else FSI
                inner = words.say(value, "ar") if isinstance(value, Msg) else str(value)
                assert said.count(f"{opened}{inner}{PDI}") >= len(names(form)), (source, kind)
                seen = "".join("".join(from_the_right(part, 24)) for part in said.split("\n"))
                assert sorted("".join(seen.split())) == sorted(
                    "".join(said.translate(MARKS).split())
                ), (
                    source,
                    kind,
                    "nothing is lost",
                )
                tried += 1
    assert tried > 1000


@pytest.mark.parametrize("count", [0, 1, 2, 3, 11, 100])
def test_every_number_has_its_form(count: int, words: Catalogues) -> None:
    said = words.say(minutes(count), "ar")
    assert "minute" not in said and said
    assert words.say(verbatim("x"), "ar") == f"{FSI}x{PDI}"
