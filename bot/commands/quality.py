"""`pasito stats --module`: a page of text for each module, and a table of the same figures."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date

from bot.documents.spreadsheet import harmless
from bot.model.figures import FEWEST_IN_STATISTICS as FEWEST
from cards.lint_review import is_old
from cards.model import Card, Module, Programme
from cards.question import Question
from db.quality import Place, Quality

FEW = f"fewer than {FEWEST}"
HELPED = ("not really", "a little", "yes, much")
"""As a module's learners are asked, from the least (`bot.flows.opinions.give`)."""
HARDEST = 5
"""Questions on the page; the table has all."""
COLUMNS = ("module", "figure", "deck", "step", "answer", "value")


def page(module: Module, found: Quality, today: date) -> str:
    """For people."""
    lines = [f"{module.id}: {module.title.source}", f"  {_reviewed(module, today)}"]
    share = f" ({round(100 * found.done / found.begun)} %)" if found.done and found.begun else ""
    lines += [
        f"  begun: {_said(found.begun)}",
        f"  done: {_said(found.done)}{share}",
        f"  stopped (begun, not done, not here for 14 days): {_said(found.stopped)}",
    ]
    for place, people in sorted(found.where.items(), key=lambda each: -each[1]):
        lines.append(f"    at {_place(module, place)}: {people}")
    took = FEW if found.seconds is None else f"{found.seconds} s"
    lines.append(f"  a card or question takes half of those who are done at most: {took}")
    if found.questions:
        lines.append("  hardest questions, % right at the first try:")
    for place, asked in list(found.questions.items())[:HARDEST]:
        lines.append(f"    {asked.right:3} % {_place(module, place)}")
        for choices, share_of in asked.wrong.items():
            lines.append(f"          {share_of} % said: {_answer(module, place, choices)}")
    helped = [f"{label} {count}" for label, count in zip(HELPED, found.said.counts, strict=True)]
    told = " · ".join(reversed(helped)) if sum(found.said.counts) else FEW
    lines.append(f"  did it help: {told}")
    lines += [f"    “{' '.join(comment.split())}”" for comment in found.said.comments]
    return "\n".join(lines)


def table(programme: Programme, found: Mapping[str, Quality], today: date) -> str:
    """For spreadsheets: a line for each figure."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for id, quality in found.items():
        for row in _rows(programme.modules[id], quality, today):
            writer.writerow([id, *(harmless(str(cell)) for cell in row)])
    return file.getvalue()


def _rows(module: Module, found: Quality, today: date) -> Iterator[tuple[object, ...]]:
    yield "reviewed on", "", "", "", module.reviewed_on or ""
    yield "reviewer", "", "", "", module.reviewer
    yield "review too old", "", "", "", "yes" if is_old(module, today) else ""
    for name, value in (
        ("begun", found.begun),
        ("done", found.done),
        ("stopped", found.stopped),
        ("seconds a step", found.seconds),
    ):
        yield name, "", "", "", FEW if value is None else value
    for (deck, step), people in found.where.items():
        yield "stopped here", deck, step, "", people
    for place, asked in found.questions.items():
        yield "% right at the first try", *place, "", asked.right
        for choices, share in asked.wrong.items():
            yield "% said", *place, _answer(module, place, choices), share
    for label, count in zip(HELPED, found.said.counts, strict=True):
        if sum(found.said.counts):
            yield "did it help", "", "", label, count
    for comment in found.said.comments:
        yield "comment", "", "", "", " ".join(comment.split())


def _said(count: int | None) -> str:
    return FEW if count is None else str(count)


def _reviewed(module: Module, today: date) -> str:
    if module.reviewed_on is None:
        return "reviewed: nobody says when"
    old = ", more than twelve months ago: look at it again" if is_old(module, today) else ""
    return f"reviewed: {module.reviewed_on} by {module.reviewer or '-'}{old}"


def _place(module: Module, place: Place) -> str:
    """Titles; ids where a deck or a card is there no more."""
    deck = module.by_id.get(place[0])
    item = deck.by_id.get(place[1]) if deck else None
    title = item.title if isinstance(item, Card) else item.text if item else None
    where = deck.title.source if deck else place[0]
    return f"{where} / {title.source if title else place[1] or '(before it)'}"


def _answer(module: Module, place: Place, choices: str) -> str:
    """The words of options that were chosen."""
    deck = module.by_id.get(place[0])
    question = deck.by_id.get(place[1]) if deck else None
    if not isinstance(question, Question):
        return choices
    words = [
        question.options[int(c)].text.source for c in choices if int(c) < len(question.options)
    ]
    return ", ".join(words) or choices
