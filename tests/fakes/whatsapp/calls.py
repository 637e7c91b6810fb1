"""What is called, and what goes wrong with it."""

from dataclasses import dataclass

from tests.fakes.whatsapp.rules import JSON


@dataclass
class Fault:
    """What goes wrong with the next calls of a kind: an error, HTML, or a connection that breaks
    before or after the message was taken."""

    code: int = 0
    status: int = 400
    sub: int = 0
    html: bool = False
    drop: str = ""
    times: int = 1
    delay: float = 0.0
    """Seconds before anything happens."""
    to: str = ""
    kind: str = ""
    """Of messages of this type alone."""


@dataclass
class Call:
    what: str
    body: JSON
    at: float
    code: int = 0
    note: str = ""
    id: str = ""
    to: str = ""
