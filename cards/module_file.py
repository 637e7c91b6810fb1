"""One module: Markdown with a head -> `Module`. Every mistake is named with its line; see
docs/writing-a-deck.md.

The body is cut at its headings (`cards.sections`). What stands under a `#` is a deck, or a
practical task, a story or a self-test, which say so with a mark behind their title.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from cards.audience import Audience
from cards.cefr import Cefr
from cards.deck_text import blocks, card, deck, parts_of
from cards.finding import DeckError, Finding, Report, brief, did_you_mean
from cards.markup import foreign
from cards.model import Card, Deck, Level, Module, Word
from cards.picture import Picture, read_picture
from cards.practice import Practice
from cards.practice_text import practice
from cards.scenes import Story
from cards.scenes_text import story
from cards.sections import sections
from cards.selftest import SelfTest
from cards.selftest_text import selftest
from cards.text import Text
from cards.text_file import read_text
from cards.yaml_file import Fields, read_mapping

HEAD = (
    *(
        "title",
        "short",
        "description",
        "level",
        "hours",
        "objectives",
        "outcomes",
        "competences",
        "glossary",
    ),
    *("trainer", "trainers", "pass_mark", "eqf_level", "cefr", "sensitive", "cover", "further"),
    *("audience", "policy_ref", "requires", "locked", "reason", "source"),
    *("modified", "reviewed_on", "reviewer"),
)


def read_module(path: Path, root: Path | None = None) -> Module:
    """The module in one Markdown file. Raises `DeckError` with everything that makes it
    unusable."""
    module, findings = module_file(path, root)
    if module is None:
        raise DeckError(findings)
    return module


def module_file(path: Path, root: Path | None = None) -> tuple[Module | None, list[Finding]]:
    """The module, or None where it is broken, and all that is to mend in the file. Raises
    nothing."""
    report = Report(path.relative_to(root).as_posix() if root else path.name)
    text = read_text(path, report)
    if text is None:
        return None, report.findings
    head, body = _parts(text, report)
    context = path.stem
    fields = read_mapping(head, report) if head.strip() else None
    if head.strip() == "" and report.usable:
        report.broken(1, "the head is empty: it needs `title:` and `description:`")
    parts = _body(body, context, report)
    module = _module(fields, parts, context, report) if fields else None
    return (module if report.usable else None), report.findings


@dataclass
class _Body:
    decks: list[Deck] = field(default_factory=list)
    exams: list[Deck] = field(default_factory=list)
    trailers: list[Card] = field(default_factory=list)
    practices: list[Practice] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)
    selftests: list[SelfTest] = field(default_factory=list)


def _body(text: str, context: str, report: Report) -> _Body:
    found = _Body()
    for block in blocks(sections(text, report), context, report):
        head, id = block.head, block.id
        if "practice" in head.marks:
            task = practice(head, id, context, report)
            found.practices += [task] if task else []
        elif "scene" in head.marks:
            told = story(head, id, parts_of(block, context, report), context, report)
            found.stories += [told] if told else []
        elif "selftest" in head.marks:
            test = selftest(head, id, parts_of(block, context, report), context, report)
            found.selftests += [test] if test else []
        elif "trailer" in head.marks:
            found.trailers.append(card(head, id, context, report))
            if block.parts:
                report.broken(block.parts[0].line, "a trailer is one card: write `# Deck` first")
        elif "exam" in head.marks:
            found.exams.append(deck(block, context, report))
        else:
            found.decks.append(deck(block, context, report))
    if not found.decks and report.usable:
        report.broken(1, "no deck: write `# Title of the deck` under the head")
    if len(found.trailers) > 1:
        report.odd(found.trailers[1].line, "a module has one trailer")
    if len(found.practices) > 1:
        report.odd(found.practices[1].line, "a module has one practical task")
    return found


def _parts(text: str, report: Report) -> tuple[str, str]:
    """Head and body, each with empty lines in the place of what is before it, so that lines keep
    their numbers."""
    lines = text.split("\n")
    start = next((i for i, line in enumerate(lines) if line.strip()), None)
    if start is None:
        report.broken(1, "this file is empty")
        return "", ""
    if lines[start].rstrip() != "---":
        report.broken(start + 1, "the head is missing: begin the file with --- and the title")
        return "", text if re.search(r"^# ", text, re.MULTILINE) else ""
    end = next(
        (i for i, line in enumerate(lines) if i > start and line.rstrip() in ("---", "...")), None
    )
    if end is None:
        report.broken(start + 1, "the head has no end: write --- under its last line")
        return "", ""
    head = "\n" * (start + 1) + "\n".join(lines[start + 1 : end])
    return head, "\n" * (end + 1) + "\n".join(lines[end + 1 :])


def _module(fields: Fields, body: _Body, context: str, report: Report) -> Module:
    fields.only(HEAD)

    def text(key: str, needed: bool = False) -> Text:
        words = fields.text(key, needed)
        _plain_words(words, fields.lines.get(key, 1), report)
        return Text(words, context)

    def texts(key: str) -> tuple[Text, ...]:
        lines = fields.texts(key)
        if lines is None:
            fields.usable = False
        for line in lines or ():
            _plain_words(line.text, line.line, report)
        return tuple(Text(line.text, context) for line in lines or ())

    def names(key: str) -> tuple[str, ...]:
        return tuple(text.source for text in texts(key))

    title = text("title", needed=True)
    module = Module(
        id=context,
        title=title,
        short=text("short") if fields.has("short") else title,
        description=text("description", needed=True),
        level=_level(fields),
        hours=fields.number("hours") or 0,
        decks=tuple(body.decks),
        cover=_cover(fields, context, report),
        exams=tuple(body.exams),
        practice=body.practices[0] if body.practices else None,
        stories=tuple(body.stories),
        selftests=tuple(body.selftests),
        trailer=body.trailers[0] if body.trailers else None,
        further=texts("further"),
        objectives=texts("objectives"),
        outcomes=texts("outcomes"),
        competences=names("competences"),
        glossary=_glossary(fields, context, report),
        trainer=fields.text("trainer") or None,
        trainers=names("trainers"),
        pass_mark=fields.number("pass_mark"),
        eqf_level=fields.number("eqf_level"),
        cefr=_cefr(fields),
        sensitive=fields.flag("sensitive", doubtful=True),
        requires=names("requires"),
        locked=fields.flag("locked"),
        reason=text("reason") if fields.has("reason") else None,
        policy_ref=fields.text("policy_ref"),
        modified=fields.day("modified"),
        reviewed_on=fields.day("reviewed_on"),
        reviewer=fields.text("reviewer"),
        audience=_audience(fields),
        written_in=fields.language("source"),
        path=report.path,
        lines=fields.lines,
    )
    report.usable = report.usable and fields.usable
    return module


def _audience(fields: Fields) -> Audience:
    given = fields.text("audience") or Audience.LEARNER
    if given not in set(Audience):
        fields.wrong(
            "audience",
            f"`audience:` must be one of {', '.join(Audience)}{did_you_mean(given, Audience)}",
            needed=True,
        )
    return Audience(given)


def _level(fields: Fields) -> Level:
    given = fields.text("level") or Level.BEGINNER
    if given in set(Level):
        return Level(given)
    fields.wrong(
        "level",
        f"`level:` must be one of {', '.join(Level)}{did_you_mean(given, Level)}",
        needed=True,
    )
    return Level.BEGINNER


def _cefr(fields: Fields) -> Cefr | None:
    given = fields.text("cefr")
    if not given or given in set(Cefr):
        return Cefr(given) if given else None
    fields.wrong("cefr", f"`cefr: {brief(given)}` is none of {', '.join(Cefr)}")
    return None


def _cover(fields: Fields, context: str, report: Report) -> Picture | None:
    """`cover: 🤝 Two hands meet`."""
    symbol, _space, alt = fields.text("cover").partition(" ")
    if not symbol:
        return None
    read = read_picture(f"![{alt}]({symbol})", context)
    if isinstance(read, Picture):
        return read
    report.odd(fields.lines.get("cover", 1), f"`cover: 🤝 Two hands meet` is a cover: {read}")
    return None


def _glossary(fields: Fields, context: str, report: Report) -> tuple[Word, ...]:
    words = fields.mapping("glossary")
    if words is None:
        return ()
    found = []
    for term in words.nodes:
        meaning = words.text(term, needed=True)
        _plain_words(f"{term}\n{meaning}", words.lines[term], report, lines=False)
        found.append(Word(Text(term, context), Text(meaning, context)))
    fields.usable = fields.usable and words.usable
    return tuple(found)


def _plain_words(text: str, line: int, report: Report, lines: bool = True) -> None:
    """Words of the head also stand on paper, where nothing is bold."""
    for number, sign, advice in foreign(text):
        report.odd(
            line + (number if lines else 0), f"`{sign}` is not shown as meant here: {advice}"
        )
    if "**" in text:
        report.odd(line, "`**` is not shown as meant here: bold belongs on cards")
