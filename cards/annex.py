"""What employers read about the project behind the certificates, as plain data."""

from dataclasses import dataclass

from cards.text import Text


@dataclass(frozen=True, slots=True)
class Section:
    """A paragraph that begins with "- " is an item of a list."""

    title: Text
    paragraphs: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """What employers read about the project behind the certificates (seed M+)."""

    title: Text
    sections: tuple[Section, ...]
    contact: Text

    def texts(self) -> tuple[Text, ...]:
        return (
            self.title,
            *(t for s in self.sections for t in (s.title, *s.paragraphs)),
            self.contact,
        )
