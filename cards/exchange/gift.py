"""GIFT, the text format of Moodle: https://docs.moodle.org/en/GIFT_format.

A question is a block of lines with an empty line behind it. `::name::` and a format in brackets may
stand in front of its words; the answers stand in `{…}`. Seven signs have a meaning and are written
with a backslash where they have none.
"""

import re
from collections.abc import Iterable, Iterator

from cards.exchange.asked import PINNED, Asked, Given, folders, path_of
from cards.exchange.plain_words import read_words
from cards.finding import Report, brief

GAP = "_____"
_SIGNS = "\\~=#{}:"
_HIDDEN = 0xE000
"""Escaped signs wait in the private letters of Unicode until the others were understood."""
_ESCAPED = re.compile(r"\\([\\~=#{}:n])")
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d*)?)%")
_NOTE = re.compile(r"\[(id|tag):([^\]]*)\]")
_ORDER = ">4 ALL VERTICAL ABSOLUTE_POSITION SHOW none"
_TRUE = {"T": True, "TRUE": True, "F": False, "FALSE": False}


def read_gift(text: str, report: Report) -> list[Asked]:
    """Every question of the file, also of kinds that are not ours. Raises nothing."""
    category: tuple[str, ...] = ()
    category_id = ""
    found = []
    for line, lines in _blocks(text):
        plain = [each for each in lines if not each.lstrip().startswith("//")]
        notes = "\n".join(each for each in lines if each.lstrip().startswith("//"))
        marks = _NOTE.findall(notes)
        id = next((value for name, value in marks if name == "id"), "")
        tags = tuple(value for name, value in marks if name == "tag")
        while plain and plain[0].strip().startswith("$CATEGORY:"):
            category, category_id = folders(plain.pop(0).partition(":")[2].strip()), id
        body = _ESCAPED.sub(_hidden, "\n".join(plain)).strip()
        if body:
            asked = _Block(body, line, report).read()
            if asked:
                found.append(_placed(asked, category, category_id, id, tags))
    return found


def _placed(
    asked: Asked, category: tuple[str, ...], category_id: str, id: str, tags: tuple[str, ...]
) -> Asked:
    return Asked(
        asked.type,
        asked.text,
        asked.given,
        asked.feedback,
        asked.name,
        asked.line,
        category,
        category_id,
        id,
        tuple(tag for tag in tags if tag != PINNED),
        asked.single,
        PINNED in tags,
    )


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """The line of the first that is no comment, and the lines between two empty ones."""
    lines: list[str] = []
    begin = 0
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.strip():
            begin = begin or (0 if line.lstrip().startswith("//") else number)
            lines.append(line)
        elif lines:
            yield begin or number - len(lines), lines
            lines, begin = [], 0


def _hidden(found: re.Match[str]) -> str:
    return chr(_HIDDEN + ord("\n" if found[1] == "n" else found[1]))


def _shown(text: str) -> str:
    return "".join(chr(ord(c) - _HIDDEN) if _HIDDEN <= ord(c) < _HIDDEN + 128 else c for c in text)


class _Block:
    """One question while it is read."""

    def __init__(self, body: str, line: int, report: Report) -> None:
        self.line, self.report, self.how = line, report, "moodle"
        self.name = ""
        if body.startswith("::") and "::" in body[2:]:
            name, _, body = body[2:].partition("::")
            self.name = _shown(name).strip()
        self.body = body.strip()

    def tell(self, message: str) -> None:
        self.report.odd(self.line, f"“{brief(self.name or _shown(self.body), 30)}”: {message}")

    def read(self) -> Asked | None:
        start, end = self.body.find("{"), self.body.find("}")
        if start < 0 and end < 0:
            return Asked(
                "description", self.words(self.body, first=True), (), "", self.name, self.line
            )
        if start < 0 or end < start:
            self.tell("a bracket { or } has no other end; left out")
            return None
        before, answers, after = self.body[:start], self.body[start + 1 : end], self.body[end + 1 :]
        words = before + (GAP + after if after.strip() else "")
        text = self.words(words, first=True)
        given_words, sign, general = answers.rpartition("####")
        given, single, type = self._answers((given_words if sign else general).strip())
        general = general if sign else ""
        return Asked(type, text, given, self.words(general), self.name, self.line, single=single)

    def words(self, text: str, first: bool = False) -> str:
        """Without its format; that of the question counts for its answers."""
        how = self.how
        if found := _FORMAT.match(text):
            how, text = found[1], text[found.end() :]
        if first:
            self.how = how
        found_words = read_words(_shown(text).strip(), how, self.tell)
        if found_words.pictures:
            self.tell("a picture is not in a GIFT file: use Moodle XML")
        return found_words.text

    def _answers(self, text: str) -> tuple[tuple[Given, ...], bool, str]:
        """What is given, whether one is chosen, and the type."""
        if not text:
            return (), True, "essay"
        if text.startswith("#"):
            return (), True, "numerical"
        if text.startswith(">"):
            return self._order(text), True, "ordering"
        if "~" in text:
            return tuple(self._given(text, "~=")), "=" in text, "multichoice"
        if "=" in text and "->" in text:
            return tuple(self._pairs(text)), True, "matching"
        first, *rest = text.split("#", 2)
        if first.strip() in _TRUE:
            return self._true(_TRUE[first.strip()], rest), True, "truefalse"
        text = text if text.startswith("=") else f"={text}"
        return tuple(self._given(text, "=")), True, "shortanswer"

    def _given(self, text: str, signs: str) -> Iterator[Given]:
        for sign, words in re.findall(rf"([{signs}])([^{signs}]*)", text):
            weight = _WEIGHT.match(words.strip())
            worth = float(weight[1]) if weight else (100.0 if sign == "=" else 0.0)
            rest = words.strip()[weight.end() :] if weight else words
            said, _, feedback = rest.partition("#")
            yield Given(self.words(said), worth, self.words(feedback))

    def _pairs(self, text: str) -> Iterator[Given]:
        for words in text.split("=")[1:]:
            left, arrow, right = words.partition("->")
            if arrow:
                yield Given(self.words(left), 100.0, pair=self.words(right))

    def _order(self, text: str) -> tuple[Given, ...]:
        _head, *items = text.splitlines()
        said = (self.words(item) for item in items if item.strip())
        return tuple(Given(words, float(place)) for place, words in enumerate(said, 1))

    def _true(self, right: bool, feedback: list[str]) -> tuple[Given, ...]:
        """Feedback for who was wrong stands first, that for who was right behind it."""
        wrong_words, right_words = (*map(self.words, feedback), "", "")[:2]
        return tuple(
            Given(
                str(value), 100.0 * (value == right), right_words if value == right else wrong_words
            )
            for value in (True, False)
        )


def write_gift(questions: Iterable[Asked]) -> str:
    """A file that `read_gift` and Moodle read. Pictures have no place in it."""
    out: list[str] = []
    category: tuple[str, ...] | None = None
    for asked in questions:
        if asked.category != category:
            category = asked.category
            note = f"// [id:{asked.category_id}]\n" if asked.category_id else ""
            out.append(f"{note}$CATEGORY: {path_of(category)}\n")
        tags = (*asked.tags, *((PINNED,) if asked.fixed else ()))
        marks = [f"[id:{asked.id}]"] * bool(asked.id) + [f"[tag:{tag}]" for tag in tags]
        note = f"// {' '.join(marks)}\n" if marks else ""
        out.append(f"{note}::{_said(asked.name)}::[plain]{_question(asked)}\n")
    return "\n".join(out)


def _question(asked: Asked) -> str:
    answers = "{" + _written(asked) + "}"
    if asked.type == "multichoice" and GAP in asked.text:
        before, _, after = asked.text.partition(GAP)
        if after.strip():
            return f"{_said(before)}{answers}{_said(after)}"
    return f"{_said(asked.text)}{answers}"


def _written(asked: Asked) -> str:
    if asked.type == "truefalse":
        right = next(given for given in asked.given if given.worth)
        wrong = next((given.feedback for given in asked.given if not given.worth), "")
        told = f"#{_said(wrong)}#{_said(right.feedback)}" if wrong or right.feedback else ""
        return f"{right.text.upper()}{told}####{_said(asked.feedback)}"
    lines = [_ORDER] if asked.type == "ordering" else [""]
    for given in asked.given:
        feedback = f"#{_said(given.feedback)}" if given.feedback else ""
        match asked.type:
            case "ordering":
                lines.append(_said(given.text))
            case "matching":
                lines.append(f"\t={_said(given.text)} -> {_said(given.pair)}")
            case "shortanswer":
                lines.append(f"\t=%{given.worth:g}%{_said(given.text)}{feedback}")
            case _ if asked.single:
                lines.append(f"\t{'=' if given.worth else '~'}{_said(given.text)}{feedback}")
            case _:
                weight = f"%{given.worth:.5f}%" if given.worth % 1 else f"%{given.worth:g}%"
                lines.append(f"\t~{weight}{_said(given.text)}{feedback}")
    return "\n".join((*lines, f"\t####{_said(asked.feedback)}", ""))


def _said(text: str) -> str:
    for sign in _SIGNS:
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")
