"""Who stands behind a programme: its organisations, and the people who sign for them."""

from dataclasses import dataclass, field

from cards.text import Text


@dataclass(frozen=True, slots=True)
class Organisation:
    id: str
    name: str
    country: Text
    website: str = ""
    about: Text = field(default_factory=lambda: Text("", "programme"))


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs a certificate. Without a name only the organisation and country are printed."""

    organisation: str
    name: str = ""
    role: str = ""
    image: str = ""
    """The file of their signature in the template folder."""
