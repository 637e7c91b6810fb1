"""The certificate as text: for screen readers, for people who cannot open a PDF, and to be read
before it is printed.
"""

from collections.abc import Iterable

from certificates.facts import Facts, Signatory
from certificates.labels import RLM, Labels
from certificates.names import file_name
from certificates.wording import Paper, Section, put_into_words


def as_text(facts: Facts) -> str:
    """Everything that the two pages say, in their order; paragraphs are parted by empty lines.

    In a right-to-left language each line begins with U+200F.
    """
    labels = Labels(facts.language)
    paragraphs = (
        "\n".join(filter(None, lines))
        for lines in _paragraphs(put_into_words(facts, labels), facts, labels)
    )
    text = "\n\n".join(filter(None, paragraphs))
    return "\n".join(RLM + line if labels.rtl and line else line for line in text.split("\n"))


def filename(facts: Facts) -> str:
    """A file name in the learner's language: Pasito-certificate-Amina-Diallo-The-computer.pdf, at
    most 80 characters."""
    _ = Labels(facts.language).text
    return file_name("Pasito", _("certificate"), facts.name, facts.title)


def _paragraphs(paper: Paper, facts: Facts, labels: Labels) -> Iterable[tuple[str, ...]]:
    recto, verso = paper.recto, paper.verso
    yield recto.heading, recto.project, recto.reference, recto.issued
    yield recto.awarded, recto.name, recto.reason, recto.title, recto.offered
    yield tuple(
        labels.named(
            detail.label, f"{detail.value} ({detail.note})" if detail.note else detail.value
        )
        for detail in recto.details
    )
    yield tuple(_signature(signatory) for signatory in recto.signatories)
    yield labels.named(verso.kind, verso.title), verso.subtitle, verso.introduction
    for section in (*verso.left, *verso.right):
        yield _section(section, labels)
    for number, entry in enumerate(verso.entries, 1):
        yield f"{number}. {entry.title}", entry.note, entry.description
    for section in verso.closing:
        yield _section(section, labels)
    yield (verso.summary,)
    yield paper.disclaimer
    yield (paper.about,)
    yield paper.verify, facts.verify_url or "", f"№ {facts.serial}" if facts.serial else ""


def _section(section: Section, labels: Labels) -> tuple[str, ...]:
    marks = section.marks or ("",) * len(section.lines)
    return (
        labels.named(section.heading),
        *(f"{mark} {line}".strip() for mark, line in zip(marks, section.lines, strict=True)),
    )


def _signature(signatory: Signatory) -> str:
    return ", ".join(
        filter(None, (signatory.name, signatory.role, signatory.organisation, signatory.country))
    )
