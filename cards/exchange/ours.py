"""Questions of Moodle -> ours, and back. What finds no place is named with its line."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from cards import ids
from cards.exchange.asked import REQUIRED, SISTER, WORDED, Asked, Given, Image
from cards.finding import Report, brief
from cards.kinds.choice import CHOICE
from cards.kinds.fill_in import FILL_IN, GAP
from cards.kinds.match import MATCH
from cards.kinds.order import ORDER
from cards.kinds.several import SEVERAL
from cards.kinds.true_false import TRUE_FALSE, WORDS
from cards.kinds.word import WORD
from cards.limits import TITLE
from cards.model import Card, Item
from cards.question import Ease, Kind, Option, Question
from cards.text import Text

FEWEST, MOST = 2, 4
"""Options of a question."""
_BLANK = re.compile(r"_{3,}")
_PLACE = re.compile(r"\[\[(\d+)\]\]")
_WHY_NOT = {
    "essay": "a free answer cannot be judged in a chat",
    "numerical": "a number that is calculated is not asked here: make options of it",
    "multianswer": "several gaps in one text are not asked here: write a question for each",
    "cloze": "several gaps in one text are not asked here: write a question for each",
}
_LEFT_OUT = "left out"
_MARKS = {SISTER, REQUIRED, WORDED, Ease.HARDER.value, Ease.EASIER.value}


class _NotOurs(Exception):
    """Why a question cannot be asked here."""


@dataclass
class Taken:
    """What one file brought: decks by their title, and how many questions were left out."""

    decks: dict[tuple[str, str], list[Item]] = field(default_factory=dict)
    images: dict[str, Image] = field(default_factory=dict)
    left_out: int = 0


def take(questions: Iterable[Asked], module: str, fallback: str, report: Report) -> Taken:
    """All that can be asked here, in the order of the file. `fallback` is the title of a deck for
    questions without a category."""
    taken = Taken()
    for asked in questions:
        title = asked.category[-1] if asked.category else fallback
        deck = taken.decks.setdefault((title, asked.category_id), [])
        reader = _Reader(asked, module, report)
        try:
            items = list(reader.items(deck, taken.images))
        except _NotOurs as why:
            reader.tell(f"{why}; {_LEFT_OUT}")
            taken.left_out += 1
            continue
        deck += items
    taken.decks = {name: items for name, items in taken.decks.items() if items}
    return taken


class _Reader:
    def __init__(self, asked: Asked, module: str, report: Report) -> None:
        self.asked, self.module, self.report = asked, module, report

    def tell(self, message: str) -> None:
        name = brief(self.asked.name or self.asked.text, 30)
        self.report.odd(self.asked.line, f"“{name}”: {message}")

    def text(self, words: str) -> Text:
        return Text(words, self.module)

    def items(self, before: Sequence[Item], images: dict[str, Image]) -> Iterator[Item]:
        asked = self.asked
        if asked.type == "description":
            title = asked.name[:TITLE] or "Note"
            yield Card(self._id(title, before), self.text(title), (self.text(asked.text),))
            return
        question = self._question(before)
        for image in asked.images:
            title = (image.title or image.alt or "Look at the picture")[:TITLE]
            card = Card(self._id(title, before, ""), self.text(title), ())
            images[card.id] = image
            yield card
        yield question

    def _question(self, before: Sequence[Item]) -> Question:
        asked = self.asked
        kind, words, options = self._kind()
        reason, options = self._reason(options)
        if not words:
            raise _NotOurs("it has no words")
        above = before[-1] if before else None
        sister_of = ""
        if SISTER in asked.tags and isinstance(above, Question):
            sister_of = above.sister_of or above.id
        for tag in asked.tags:
            if tag not in _MARKS:
                self.tell(f"the tag `{brief(tag)}` is not kept")
        ease = next((e for e in (Ease.HARDER, Ease.EASIER) if e in asked.tags), Ease.SAME)
        return Question(
            self._id(words, before),
            kind,
            self.text(words),
            tuple(options),
            self.text(reason),
            required=REQUIRED in asked.tags and not sister_of,
            sister_of=sister_of,
            ease=ease if sister_of else Ease.SAME,
            pinned=asked.fixed,
        )

    def _id(self, words: str, before: Sequence[Item], given: str | None = None) -> str:
        wanted = self.asked.id if given is None else given
        wanted = wanted if wanted and not ids.fault(wanted) else ids.slug(words)
        used = {item.id for item in before}
        number = 2
        id = wanted
        while id in used:
            id = f"{wanted[: ids.LETTERS - 3].rstrip('-')}-{number}"
            number += 1
        return id

    def _reason(self, options: Sequence[Option]) -> tuple[str, list[Option]]:
        """The feedback to all of it; where there is none that to the right answer, or what is said
        to each. A reason that only repeats it is left out."""
        reason = self.asked.feedback
        told = [option.reason.source for option in options if option.reason]
        right = next((o.reason.source for o in options if o.right and o.reason), "")
        if not reason:
            reason = right or (told[0] if len(set(told)) == 1 == len(options) // len(told) else "")
            options = [replace(o, reason=None) if o.right else o for o in options]
        if not reason:
            self.tell("no feedback says why: write a line that begins with > under it")
        same = [o.reason is not None and o.reason.source == reason for o in options]
        return reason, [
            replace(option, reason=None) if is_same else option
            for option, is_same in zip(options, same, strict=True)
        ]

    def _kind(self) -> tuple[Kind, str, list[Option]]:
        asked = self.asked
        match asked.type:
            case "multichoice":
                return self._choice()
            case "truefalse":
                return TRUE_FALSE, asked.text, self._true_false()
            case "shortanswer":
                return self._short()
            case "matching":
                return MATCH, asked.text, self._match()
            case "ordering":
                by_place = sorted(asked.given, key=lambda given: given.worth)
                self._count(len(by_place), "steps")
                return ORDER, asked.text, [Option(self.text(g.text)) for g in by_place]
            case "gapselect" | "ddwtos":
                return self._one_gap()
        raise _NotOurs(
            _WHY_NOT.get(asked.type, f"`{brief(asked.type)}` is no kind of question here")
        )

    def _count(self, number: int, what: str) -> None:
        if not FEWEST <= number <= MOST:
            raise _NotOurs(f"{number} {what}; a question has {FEWEST} to {MOST}")

    def _option(self, given: Given, right: bool, also: Sequence[str] = ()) -> Option:
        return Option(
            self.text(given.text),
            right,
            also=tuple(map(self.text, also)),
            reason=self.text(given.feedback) if given.feedback else None,
        )

    def _choice(self) -> tuple[Kind, str, list[Option]]:
        given = [each for each in self.asked.given if each.text]
        whole = [each for each in given if each.worth >= 99.9]
        parts = [each for each in given if 0 < each.worth < 99.9]
        right = whole if self.asked.single or not parts else [*whole, *parts]
        if self.asked.single and not whole:
            raise _NotOurs("no answer brings all points")
        if self.asked.single and parts:
            self.tell(f"“{brief(parts[0].text, 30)}” brought a part of the points, now none")
        words = _BLANK.sub(GAP, self.asked.text)
        if GAP in words:
            return FILL_IN, words, self._gap(given, right)
        if not right:
            raise _NotOurs("no answer is right")
        kept = self._at_most(given, right)
        options = [self._option(each, each in right) for each in kept]
        alone = WORD if WORDED in self.asked.tags else CHOICE
        return (SEVERAL if len(right) > 1 else alone), words, options

    def _at_most(self, given: Sequence[Given], right: Sequence[Given]) -> list[Given]:
        """Of more than four the right ones and the first of the others; the rest is named."""
        self._count(max(FEWEST, len(right)), "right answers")
        wrong = [each for each in given if each not in right]
        for each in wrong[MOST - len(right) :]:
            self.tell(f"the answer “{brief(each.text, 30)}” is one too many; {_LEFT_OUT}")
        kept = [*right, *wrong[: MOST - len(right)]]
        self._count(len(kept), "answers")
        return [each for each in given if each in kept]

    def _true_false(self) -> list[Option]:
        by_word = {given.text.capitalize(): given for given in self.asked.given}
        if by_word.keys() != set(WORDS):
            raise _NotOurs("true and false are not both there")
        return [self._option(replace(by_word[w], text=w), by_word[w].worth > 0) for w in WORDS]

    def _short(self) -> tuple[Kind, str, list[Option]]:
        """A word that is typed. The wrong ones, which Moodle only tells something, are options."""
        words = _BLANK.sub(GAP, self.asked.text)
        kind: Kind = WORD if WORDED in self.asked.tags else FILL_IN
        words = words if GAP in words or kind is WORD else f"{words} {GAP}"
        given = [each for each in self.asked.given if each.text and each.text != "*"]
        if len(given) < len(self.asked.given):
            self.tell("what is said to any other word is not kept")
        if any("*" in each.text for each in given):
            raise _NotOurs("the sign * for any letters is not known here")
        right = [each for each in given if each.worth >= 99.9]
        for each in given:
            if 0 < each.worth < 99.9:
                self.tell(f"“{brief(each.text, 30)}” brought a part of the points, now none")
        if len(right) == len(given):
            raise _NotOurs("a word that is typed needs a wrong one beside it, to choose from")
        return kind, words, self._gap(given, right)

    def _gap(self, given: Sequence[Given], right: Sequence[Given]) -> list[Option]:
        if not right:
            raise _NotOurs("no answer is right")
        others = [each.text for each in right[1:]]
        kept = [each for each in given if each not in right[1:]]
        return [
            self._option(each, each is right[0], others if each is right[0] else ())
            for each in self._at_most(kept, right[:1])
        ]

    def _match(self) -> list[Option]:
        pairs = [given for given in self.asked.given if given.text]
        for given in self.asked.given:
            if not given.text:
                self.tell(f"“{brief(given.pair, 30)}” belongs to nothing; {_LEFT_OUT}")
        self._count(len(pairs), "pairs")
        return [Option(self.text(g.text), pair=self.text(g.pair)) for g in pairs]

    def _one_gap(self) -> tuple[Kind, str, list[Option]]:
        places = _PLACE.findall(self.asked.text)
        if len(places) != 1 or not 1 <= int(places[0]) <= len(self.asked.given):
            raise _NotOurs("several gaps in one text are not asked here: write a question for each")
        right = self.asked.given[int(places[0]) - 1]
        words = _PLACE.sub(GAP, self.asked.text)
        return FILL_IN, words, self._gap(self.asked.given, [right])


Say = Callable[[Text], str]


def give(
    items: Sequence[Item],
    category: tuple[str, ...],
    category_id: str,
    say: Say,
    images: Callable[[Card], Image | None],
    report: Report,
) -> Iterator[Asked]:
    """The questions of a deck as Moodle asks them. A card that is nothing but a picture goes with
    the question under it; `images` gives its file."""
    shown: tuple[Image, ...] = ()
    for item in items:
        if isinstance(item, Card):
            image = images(item) if item.picture and not item.body else None
            shown = (*shown, image) if image else ()
            continue
        type, given, single = _as_given(item, say, report)
        tags = (
            [WORDED] * (item.kind is WORD)
            + [SISTER] * bool(item.sister_of)
            + [item.ease.value] * bool(item.ease)
        )
        text = say(item.text).replace(GAP, "_____")
        yield Asked(
            type,
            text,
            given,
            say(item.reason),
            brief(say(item.text), 80),
            item.line,
            category,
            category_id,
            item.id,
            (*tags, *([REQUIRED] if item.required else [])),
            single,
            item.pinned,
            shown,
        )
        shown = ()


def _as_given(item: Question, say: Say, report: Report) -> tuple[str, tuple[Given, ...], bool]:
    options = item.options
    if item.kind in (MATCH, ORDER):
        type = "matching" if item.kind is MATCH else "ordering"
        given = (
            Given(say(o.text), 100.0 if o.pair else place, pair=say(o.pair) if o.pair else "")
            for place, o in enumerate(options, 1)
        )
        return type, tuple(given), True
    if item.kind is TRUE_FALSE:
        return (
            "truefalse",
            tuple(_boxed(o, 100.0 * o.right, o.text.source, say) for o in options),
            True,
        )
    spelled = item.kind in (FILL_IN, WORD) and any(option.also for option in options)
    right = sum(option.right for option in options)
    wrong = len(options) - right
    answers: list[Given] = []
    for option in options:
        worth = 100.0 / (right if item.kind is SEVERAL else 1) if option.right else 0.0
        if item.kind is SEVERAL and not option.right:
            worth = -100.0 / wrong if wrong else 0.0
        answers.append(_boxed(option, worth, say(option.text), say))
        if spelled and option.right:
            answers += (Given(say(also), 100.0) for also in option.also)
        elif option.also:
            words = " · ".join(map(say, option.also))
            report.odd(item.line, f"other spellings of a wrong word are not kept: {brief(words)}")
    type = "shortanswer" if spelled else "multichoice"
    return type, tuple(answers), item.kind is not SEVERAL


def _boxed(option: Option, worth: float, words: str, say: Say) -> Given:
    return Given(words, worth, say(option.reason) if option.reason else "")
