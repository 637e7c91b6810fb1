"""What the Cloud API answers, and what its errors mean. Pure.

By the code alone: HTTP statuses and titles vary, unknown codes come, and gateways answer HTML. The
same codes stand in `statuses[].errors` of a webhook.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any

import msgspec


class Meaning(Enum):
    """What is done about an error."""

    STOPPED = "token, permission, account or number: nothing goes through before it is mended"
    PAYMENT = "no payment method: what costs is not delivered"
    TOO_FAST = "too fast in all"
    TOO_FAST_HERE = "too fast for this person"
    SPAM = "people blocked or reported us: broadcasts stop"
    AWAY = "away, and says itself that nothing was done"
    CLOSED = "more than a day since they wrote"
    UNREACHABLE = "cannot be reached on WhatsApp"
    UNWANTED = "they want nothing of this kind"
    HELD_BACK = "Meta holds it back"
    MEDIA = "the file is to be uploaded again"
    TEMPLATE = "the template is missing, paused or refused"
    OURS = "our own mistake"


_CODES: Mapping[Meaning, tuple[int, ...]] = {
    Meaning.STOPPED: (
        *(0, 3, 10, 190, *range(200, 300)),
        *(33, 368, 130497, 131005, 131021, 131030, 131031, 131045, 133010),
    ),
    Meaning.PAYMENT: (131042,),
    Meaning.TOO_FAST: (4, 80007, 130429, 133016),
    Meaning.TOO_FAST_HERE: (131056,),
    Meaning.SPAM: (131048,),
    Meaning.AWAY: (1, 2, 131000, 131016, 131057),
    Meaning.CLOSED: (131047,),
    Meaning.UNREACHABLE: (131026, 130403, *range(139100, 139110)),
    Meaning.UNWANTED: (131050,),
    Meaning.HELD_BACK: (131049, 130472),
    Meaning.MEDIA: (131052, 131053),
    Meaning.TEMPLATE: (132001, 132005, 132007, 132015, 132016, 132021),
    Meaning.OURS: (100, 131008, 131009, 131051, 131062, 132000, 132012),
}
_MEANINGS = {code: meaning for meaning, codes in _CODES.items() for code in codes}
_ONLY_ONE = {130497, 131021, 131030}
"""Of STOPPED, those that are about one person: a country, ourselves, the test list."""
_OBJECT_GONE = 33
"""As subcode of 100."""


class CallFailed(Exception):
    """A call of the Cloud API that gave nothing. The text holds nothing of its content."""


class NotSent(CallFailed):
    """It never left this machine."""


class Unclear(CallFailed):
    """It left, and nobody knows whether it was done."""


class Refused(CallFailed):
    """Meta says no. `of_all`: it would say so to everybody."""

    def __init__(self, code: int, status: int = 0, object_gone: bool = False) -> None:
        super().__init__(f"code {code}, HTTP {status}")
        self.code = code
        self.meaning = Meaning.MEDIA if object_gone else meaning_of(code, status)
        self.of_all = self.meaning is Meaning.STOPPED and code not in _ONLY_ONE


def meaning_of(code: int, status: int = 0) -> Meaning:
    """`status` is HTTP's, for codes that nobody knows; 0 in a webhook."""
    if code in _MEANINGS:
        return _MEANINGS[code]
    if status == 429:
        return Meaning.TOO_FAST
    return Meaning.AWAY if status >= 500 else Meaning.OURS


def result_of(status: int, body: bytes) -> dict[str, Any]:
    """The answer's object. Raises the `CallFailed` that it means."""
    try:
        answer = msgspec.json.decode(body)
    except Exception as error:  # a gateway's HTML, or half of it
        raise Unclear(f"an answer that cannot be read: {status}, {type(error).__name__}") from None
    if not isinstance(answer, dict):
        raise Unclear(f"an answer that is none of the Cloud API: {status}")
    refusal = answer.get("error")
    if isinstance(refusal, dict):
        code, sub = refusal.get("code"), refusal.get("error_subcode")
        raise Refused(
            code if type(code) is int else -1, status, code == 100 and sub == _OBJECT_GONE
        )
    if not 200 <= status <= 299:
        raise Unclear(f"an answer that is none of the Cloud API: {status}")
    return answer


def message_id(answer: Mapping[str, Any]) -> str:
    """Of the message that was accepted. Raises `Unclear`."""
    match answer.get("messages"):
        case [{"id": str(id)}, *_]:
            return id
    raise Unclear("an answer without the message's id")
