"""Moodle XML: https://docs.moodle.org/en/Moodle_XML_format. Pictures come along in it."""

import base64
import binascii
from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import unquote
from xml.sax.saxutils import escape as in_xml
from xml.sax.saxutils import quoteattr

from cards.exchange.asked import Asked, Given, Image, folders, path_of
from cards.exchange.plain_words import read_words
from cards.exchange.xml_tree import Node, Unreadable, read_tree
from cards.finding import Report, brief

FILE = "@@PLUGINFILE@@/"
_TYPES = {"match": "matching"}
_USUAL = {"", "your answer is correct.", "your answer is partially correct."}
_USUAL |= {"your answer is incorrect."}
_COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def read_xml(data: bytes, report: Report) -> list[Asked]:
    """Every question of the file, also of kinds that are not ours. Raises nothing."""
    try:
        root = read_tree(data)
    except Unreadable as error:
        report.broken(error.line, str(error))
        return []
    if root.name != "quiz":
        report.broken(root.line, f"the file begins with <{brief(root.name)}>, not with <quiz>")
        return []
    category: tuple[str, ...] = ()
    category_id = ""
    found = []
    for node in root.all("question"):
        type = node.attributes.get("type", "")
        if type == "category":
            category, category_id = folders(node.said("category")), node.said("idnumber")
        else:
            found.append(_Read(node, type, report).question(category, category_id))
    return found


class _Read:
    """One question while it is read."""

    def __init__(self, node: Node, type: str, report: Report) -> None:
        self.node, self.type, self.report = node, _TYPES.get(type, type), report
        self.name = node.said("name")
        self.images: list[Image] = []

    def tell(self, message: str) -> None:
        self.report.odd(self.node.line, f"“{brief(self.name, 30)}”: {message}")

    def words(self, node: Node | None, asked: bool = False) -> str:
        """`asked`: the words of the question, whose pictures come along."""
        if node is None:
            return ""
        how = node.attributes.get("format", "moodle_auto_format")
        inner = node.first("text")
        found = read_words((inner or node).text, how.replace("plain_text", "plain"), self.tell)
        for source, alt, title in found.pictures:
            image = self._image(source, alt, title, node) if asked else None
            if image:
                self.images.append(image)
            elif not asked:
                self.tell("a picture in an answer or in feedback is not kept")
        return found.text

    def _image(self, source: str, alt: str, title: str, node: Node) -> Image | None:
        name = unquote(source.removeprefix(FILE))
        file = next(
            (each for each in node.all("file") if each.attributes.get("name") == name), None
        )
        if not source.startswith(FILE) or file is None:
            self.tell(f"the picture `{brief(source)}` is not in the file")
            return None
        try:
            data = base64.b64decode("".join(file.text.split()), validate=True)
        except (binascii.Error, ValueError):
            self.tell(f"the picture `{brief(name)}` cannot be read")
            return None
        return Image(name, data, " ".join(alt.split()), " ".join(title.split()))

    def question(self, category: tuple[str, ...], category_id: str) -> Asked:
        node = self.node
        text = self.words(node.first("questiontext"), asked=True)
        self.name = self.name or text
        feedback = self.words(node.first("generalfeedback"))
        combined = {name: self.words(node.first(name)) for name in _COMBINED}
        correct = combined.pop("correctfeedback")
        if not feedback and correct.casefold() not in _USUAL:
            feedback, correct = correct, ""
        for words in (correct, *combined.values()):
            if words.casefold() not in _USUAL and words != feedback:
                self.tell(f"the feedback `{brief(words)}` to the whole question is not kept")
        if node.all("hint"):
            self.tell("hints are not kept")
        tags = node.first("tags")
        mixed = node.said("shuffleanswers").casefold()
        return Asked(
            self.type,
            text,
            tuple(self._given()),
            feedback,
            self.name,
            node.line,
            category,
            category_id,
            node.said("idnumber"),
            tuple(tag.said("text") or tag.text.strip() for tag in tags.all("tag")) if tags else (),
            node.said("single").casefold() not in ("false", "0"),
            self.type == "multichoice" and mixed in ("0", "false"),
            tuple(self.images),
        )

    def _given(self) -> Iterator[Given]:
        for pair in self.node.all("subquestion"):
            yield Given(self.words(pair), 100.0, pair=self.words(pair.first("answer")))
        for answer in self.node.all("answer"):
            worth = _number(answer.attributes.get("fraction", "0"))
            words = answer.text.strip() if not answer.first("text") else self.words(answer)
            yield Given(words, worth, self.words(answer.first("feedback")))
        for box in (*self.node.all("selectoption"), *self.node.all("dragbox")):
            yield Given(self.words(box))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def write_xml(questions: Iterable[Asked]) -> str:
    """A file that `read_xml` and Moodle read."""
    out = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    category: tuple[str, ...] | None = None
    for asked in questions:
        if asked.category != category:
            category = asked.category
            out += [
                '<question type="category">',
                f"<category>{_text(path_of(category))}</category>",
            ]
            out += [*_idnumber(asked.category_id), "</question>"]
        out += _question(asked)
    return "\n".join([*out, "</quiz>", ""])


def _text(words: str) -> str:
    return f"<text>{in_xml(words)}</text>"


def _plain(name: str, words: str) -> str:
    return f'<{name} format="plain_text">{_text(words)}</{name}>'


def _idnumber(id: str) -> list[str]:
    return [f"<idnumber>{in_xml(id)}</idnumber>"] if id else []


def _question(asked: Asked) -> list[str]:
    out = [f"<question type={quoteattr(asked.type)}>", f"<name>{_text(asked.name)}</name>"]
    out += [_asked_words(asked), _plain("generalfeedback", asked.feedback)]
    out += [*_idnumber(asked.id), "<defaultgrade>1</defaultgrade>"]
    if asked.type == "multichoice":
        out.append(f"<single>{str(asked.single).lower()}</single>")
    if asked.type in ("multichoice", "matching"):
        out.append(f"<shuffleanswers>{str(not asked.fixed).lower()}</shuffleanswers>")
    if asked.type == "shortanswer":
        out.append("<usecase>0</usecase>")
    if asked.type == "ordering":
        out += ["<layouttype>VERTICAL</layouttype>", "<selecttype>ALL</selecttype>"]
        out += ["<gradingtype>ABSOLUTE_POSITION</gradingtype>"]
    out += map(_subquestion if asked.type == "matching" else _answer, asked.given)
    if asked.tags:
        out += ["<tags>", *(f"<tag>{_text(tag)}</tag>" for tag in asked.tags), "</tags>"]
    return [*out, "</question>"]


def _asked_words(asked: Asked) -> str:
    if not asked.images:
        return _plain("questiontext", asked.text)
    shown = "".join(
        f'<p><img src="{FILE}{escape(i.name)}" alt="{escape(i.alt)}" title="{escape(i.title)}"></p>'
        for i in asked.images
    )
    files = "".join(map(_file, asked.images))
    words = _text(f"{shown}<p>{escape(asked.text, quote=False)}</p>")
    return f'<questiontext format="html">{words}{files}</questiontext>'


def _file(image: Image) -> str:
    data = base64.b64encode(image.data).decode()
    return f'<file name={quoteattr(image.name)} encoding="base64">{data}</file>'


def _subquestion(given: Given) -> str:
    answer = f"<answer>{_text(given.pair)}</answer>"
    return f'<subquestion format="plain_text">{_text(given.text)}{answer}</subquestion>'


def _answer(given: Given) -> str:
    words = given.text.lower() if given.text in ("True", "False") else given.text
    worth = f"{given.worth:.5f}".rstrip("0").rstrip(".")
    feedback = _plain("feedback", given.feedback) if given.feedback else ""
    return f'<answer fraction="{worth}" format="plain_text">{_text(words)}{feedback}</answer>'
