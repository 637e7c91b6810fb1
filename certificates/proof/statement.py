"""What a token states, in words, in the language of whoever checks it: for the page and for the
command line.
"""

from dataclasses import dataclass
from fractions import Fraction

from certificates.facts import Kind
from certificates.labels import SOURCE, Labels
from certificates.mark import mark_note
from certificates.proof.token import Statement
from certificates.wording import (
    disclaimer_of,
    duration_note,
    kind_of_certificate,
    practice_note,
    result_note,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled fact and where it comes from. `spoken` is the language of the value, where it is
    known not to be the reader's."""

    label: str
    value: str
    note: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    rows: tuple[Row, ...]
    disclaimer: tuple[str, ...]
    """In the reader's language and in English."""


def in_words(
    statement: Statement,
    language: str,
    title: str,
    organisations: tuple[str, ...] = (),
    spoken: str = "",
    paper_language: str = "",
) -> Stated:
    """`title` is that of the subject, in the language `spoken`; `paper_language` is the name of the
    language of the paper."""
    labels = Labels(language)
    _, ngettext = labels.text, labels.plural
    rows = [
        Row(
            _("Organisation") if statement.kind is Kind.ORGANISATION else _("Name"),
            statement.name,
            _("as the holder wrote it"),
        ),
        Row(kind_of_certificate(statement.kind, labels), title, spoken=spoken),
    ]
    if not statement.kind.single:
        rows.append(Row(_("Modules"), str(statement.modules)))
    if statement.kind is not Kind.LEARNING:
        note = duration_note(statement.rule, statement.chat, labels)
        rows.append(Row(_("Duration"), labels.hours(statement.hours), note))
    days = _(
        "{days}, measured without pauses", days=labels.days(statement.first_day, statement.last_day)
    )
    rows.append(Row(_("Learning time"), labels.time(statement.active), days))
    if statement.practice:
        practice = labels.hours(Fraction(statement.practice, 60))
        note = practice_note(statement.practice, statement.confirmed, labels)
        rows.append(Row(_("Practice at home"), practice, note))
    if result := result_note(statement.rule, statement.tests_passed, labels):
        rows.append(Row(_("Result"), _("Passed"), result))
    if statement.mark is not None:
        rows.append(Row(_("Mark"), mark_note(statement.mark, labels)))
    if statement.eqf_level:
        level = _(
            "EQF level {level}: the author's estimate, not referenced",
            level=str(statement.eqf_level),
        )
        rows.append(Row(_("Level"), level))
    if organisations:
        label = ngettext("Trainer organisation", "Trainer organisations", len(organisations))
        rows.append(Row(label, labels.joined(organisations)))
    rows.append(Row(_("Issued on"), labels.day(statement.issued)))
    if paper_language:
        named = Row(_("Language of the certificate"), paper_language, spoken=statement.language)
        rows.append(named)
    return Stated(
        tuple(rows),
        tuple(
            dict.fromkeys(disclaimer_of(statement.kind, said) for said in (labels, Labels(SOURCE)))
        ),
    )
