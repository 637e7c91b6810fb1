"""What may be sent to somebody who did not write for a day: texts that Meta has approved, in each
language. Pure.

Meta calls *utility* what somebody asked for, without promotion; "go on where you left off" is
*marketing* even to who asked for it, and so is news. It may change a category afterwards: what it
says counts. `pasito whatsapp templates` writes them as they are submitted.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation.action import Home, encode
from bot.conversation.message import GO_ON
from bot.flows.reminders.daily import REMINDER
from bot.i18n.catalogues import Catalogues
from bot.model.message import Note
from bot.model.words import Msg, Words, _

UTILITY, MARKETING = "UTILITY", "MARKETING"
NEWS_TEXT = 800
"""Characters of a broadcast that go into a template; longer ones wait for nobody."""
BODY, BUTTON = 1024, 25
_CODES = {"pt": "pt_PT", "zh": "zh_CN", "prs": "fa", "ps": "ps_AF"}
_NO_CODE = frozenset({"ti", "so", "ckb", "kmr", "am", "my", "wo", "ff"})
"""Languages that Meta has no template in."""


@dataclass(frozen=True)
class Template:
    """`text` stands in `body` where it says `{text}`; its button leads to the menu, and the tap
    opens the window."""

    name: str
    category: str
    body: Words
    button: Words

    def components(self, text: str = "") -> list[dict[str, Any]]:
        """What goes along when it is sent."""
        said = {"type": "body", "parameters": [{"type": "text", "text": text}]}
        payload = {"type": "payload", "payload": encode(Home())}
        tap = {"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": [payload]}
        return [*([said] if text else []), tap]

    def submitted(self, language: str, words: Catalogues) -> dict[str, Any]:
        """As it is given to Meta for approval."""
        body: dict[str, Any] = {"type": "BODY"}
        if self is NEWS:
            assert isinstance(self.body, Msg)
            body["text"] = words.say(self.body.of(text=_VARIABLE), language)
            body["text"] = re.sub(
                rf"[\u2066-\u2069]*{_VARIABLE}[\u2066-\u2069]*", "{{1}}", body["text"]
            )
            body["example"] = {"body_text": [[words.say(EXAMPLE, language)]]}
        else:
            body["text"] = words.say(self.body, language)
        button = {"type": "QUICK_REPLY", "text": words.say(self.button, language)}
        return {
            "name": self.name,
            "language": code_of(language),
            "category": self.category,
            "components": [body, {"type": "BUTTONS", "buttons": [button]}],
        }


_VARIABLE = "TEXT1"
EXAMPLE = _("On Friday at 10 we meet in the library.")
FILE_READY = Template(
    "pasito_file_ready",
    UTILITY,
    _("The file that you asked for in Pasito is ready. Tap the button, then it comes here."),
    _("Get it"),
)
LETTER = Template(
    "pasito_letter",
    UTILITY,
    _("There is a message for you from your learning group in Pasito. Tap the button to read it."),
    _("Read it"),
)
REMIND = Template(
    "pasito_reminder",
    MARKETING,
    _("You asked Pasito to remind you. One small step takes five minutes. To end this, send STOP."),
    GO_ON,
)
NEWS = Template(
    "pasito_news",
    MARKETING,
    _("News from Pasito: {text}\n\nTo get no more of this, send STOP."),
    GO_ON,
)
ALL = (FILE_READY, LETTER, REMIND, NEWS)


def code_of(language: str) -> str:
    """The language as Meta calls it; "" where it has none."""
    return "" if language in _NO_CODE else _CODES.get(language, language.replace("-", "_"))


def template_of(note: Note | None) -> Template | None:
    """For an order: a file that was asked for, a letter of a group, a reminder. Other notes are no
    reason to begin a conversation."""
    if note is None:
        return FILE_READY
    if note.kind == REMINDER:
        return REMIND
    return LETTER if note.traits.of_group else None


def one_line(text: str) -> str:
    """As a parameter may be: no newline, no tab, no row of spaces."""
    return re.sub(r"\s+", " ", text).strip()


def all_submitted(languages: Iterable[str], words: Catalogues) -> list[dict[str, Any]]:
    """Every template in every language that Meta knows, ready to submit."""
    return [
        template.submitted(language, words)
        for template in ALL
        for language in languages
        if code_of(language)
    ]


def approved(answer: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """Name and language (as Meta calls it) -> category, of those that may be sent; from
    `GET /{account}/message_templates`."""
    found = {}
    rows = answer.get("data")
    for row in rows if isinstance(rows, list) else ():
        match row:
            case {"name": str(name), "language": str(code), "status": "APPROVED", **rest}:
                found[name, code] = str(rest.get("category", UTILITY)).lower()
    return found
