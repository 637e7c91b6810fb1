"""What stands under a heading: paragraphs and one list, whose items may have a note behind `>`."""

from dataclasses import dataclass, field

from cards.finding import Report
from cards.sections import Section, line_of


@dataclass
class Entry:
    """One item of the list, and the note that is set in under it."""

    text: str
    line: int
    note: str = ""


@dataclass
class Listing:
    """Paragraphs as (text, line), in front of the list and behind it."""

    before: list[tuple[str, int]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    after: list[tuple[str, int]] = field(default_factory=list)
    ordered: bool = False


def listing(section: Section, report: Report) -> Listing:
    found = Listing()
    quotes = lists = 0
    fresh = False
    for token in section.tokens:
        line = line_of(token)
        if token.type.startswith("blockquote"):
            quotes += token.nesting
            if token.nesting == 1 and not lists:
                report.broken(line, "`>` stands under a list item, set in by two spaces")
        elif token.type.endswith(("_list_open", "_list_close")):
            lists += token.nesting
            found.ordered = found.ordered or token.type.startswith("ordered")
            if lists > 1:
                report.broken(
                    line, "a list inside a list: begin each item at the start of its line"
                )
        elif token.type == "list_item_open":
            fresh = True
        elif token.type == "inline":
            text = " ".join(token.content.split())
            if lists and quotes and found.entries:
                entry = found.entries[-1]
                entry.note = f"{entry.note} {text}".strip()
            elif lists and fresh:
                found.entries.append(Entry(text, line))
                fresh = False
            elif lists:
                report.broken(line, "a list item is one line")
            else:
                (found.after if found.entries else found.before).append((text, line))
    return found
