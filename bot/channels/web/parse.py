"""A form of the web channel -> an update. Pure.

The private link is the key: the address of a web learner is a secret token in it. Each page carries
a fresh random text; with what was pressed or typed on that page it makes the update's id. So a form
that is sent twice counts once, and another button of the same page, seen again through the
browser's "back", is an update of its own. The id is a digest: what was typed cannot be read from
it.
"""

import dataclasses
import hashlib
import re
import secrets
from dataclasses import dataclass
from urllib.parse import parse_qsl

from bot.conversation.update import Doing, Media, Sent, Start, Tap, Typed, Update

CHANNEL = "web"
_BOUNDARY = re.compile(r'boundary=(?:"([^"]{1,70})"|([^\s";,]{1,70}))')
_NAME = re.compile(rb'[;\s]name="([^"]*)"')
LONGEST = 1000
"""Characters of a typed text that are looked at."""


def new_token() -> str:
    """The secret in a private link: 192 random bits."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True)
class Form:
    """`u` is the page's random text, `do` a button's action, `start` what the link of the first
    page carried, `shown` the letters that the page showed. No form names an address: that is made
    here (session fixation, CWE-384)."""

    u: str = ""
    do: str = ""
    text: str = ""
    start: str = ""
    shown: str = ""


def form(body: bytes) -> Form:
    """Whatever else is in it. Raises ValueError where too much is."""
    fields = dict(parse_qsl(body.decode("utf-8", "replace"), errors="replace", max_num_fields=20))
    return Form(**{each.name: fields.get(each.name, "") for each in dataclasses.fields(Form)})


def tapped_or_typed(form: Form, token: str, language: str, sender: str = "") -> Update:
    """A button, or a text. `sender` tells who sends a first form, which has no token yet."""
    text = form.text[:LONGEST]
    doing: Doing = Tap(form.do) if form.do else Typed(text)
    return Update(
        CHANNEL,
        _id(sender or token, form.u, form.do, "" if form.do else text),
        token,
        doing,
        language,
    )


def sent(form: Form, token: str, language: str, file: str) -> Update:
    """A file, by the id under which it is here as long as the form is worked on."""
    return Update(CHANNEL, _id(token, form.u, "file"), token, Sent(Media.FILE, file), language)


def fields(content_type: str, body: bytes) -> dict[str, bytes]:
    """Of a form with a file in it (multipart/form-data, RFC 7578): each by its name."""
    found = _BOUNDARY.search(content_type)
    parts = body.split(b"--" + (found[1] or found[2]).encode())[1:-1] if found else ()
    read = {}
    for part in parts:
        head, _between, content = part.partition(b"\r\n\r\n")
        if name := _NAME.search(head):
            read[name[1].decode("utf-8", "replace")] = content.removesuffix(b"\r\n")
    return read


def start(form: Form, token: str, language: str, sender: str = "") -> Update:
    return Update(
        CHANNEL, _id(sender or token, form.u, "start"), token, Start(form.start[:64]), language
    )


def _id(sender: str, u: str, *what: str) -> str:
    """Of this sender, this page and this press alone. A form without a page's text is never a
    repetition."""
    parts = (sender, u or secrets.token_hex(12), *what)
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=15).hexdigest()
