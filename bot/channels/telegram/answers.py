"""What the Bot API answered: bytes -> plain values, or the error they mean.

Nothing is believed before it was looked at. HTML of a proxy, JSON that was cut off, a list where an
object belongs: the call is taken for one whose connection broke (`NetworkError`), because nobody
knows whether it was done. No error and no log line quotes the answer, which may hold what people
wrote.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

LARGEST_ID = 2**53
"""Ids of updates, chats and messages stay below it (Bot API: "at most 52 significant bits")."""
UNTOLD_WAIT, LONGEST_WAIT = 5, 24 * 3600
"""Seconds to wait after a 429 that does not say how long; the longest that we believe."""
_MARKS = re.compile(rb'["\[\]{},]')
_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_RESULT = re.compile(rb'"result"\s*:\s*\[')
_UPDATE_ID = re.compile(rb'\{\s*"update_id"\s*:\s*(\d{1,16})\s*[,}]')
_FINAL: dict[int, type[TelegramError]] = {
    400: BadRequest,
    401: InvalidToken,
    403: Forbidden,
    404: InvalidToken,  # so it answers a token of the wrong form
    409: Conflict,
}


class NotDone(NetworkError):
    """Telegram itself says that it failed (a 5xx in its own form): nothing was done, the call may
    be repeated."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One update of getUpdates. `id` is None where it has none that can be acknowledged, `raw`
    where it cannot be read."""

    id: int | None
    raw: dict[str, Any] | None


def result_of(status: int, body: bytes, method: str = "") -> Any:
    """The `result` of an answer. Raises the `TelegramError` that it means."""
    try:
        answer = decoded(body)
    except Exception as error:  # whatever a reader raises: RecursionError, too
        raise NetworkError(
            f"an answer that cannot be read: {status}, {type(error).__name__}"
        ) from None
    if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool):
        raise NetworkError(f"an answer that is none of the Bot API: {status}")
    if not answer["ok"] or not 200 <= status <= 299:
        raise _refusal(status, answer)
    if "result" not in answer or not _has_shape(method, answer["result"]):
        raise NetworkError(f"an answer without what was asked for: {status}")
    return answer["result"]


def decoded(body: bytes) -> Any:
    """JSON -> plain values. Half a character (a lone surrogate) is read too; raises whatever a
    reader raises."""
    try:
        return msgspec.json.decode(body)
    except msgspec.DecodeError:
        return json.loads(body)


def updates_in(status: int, body: bytes) -> list[Fetched]:
    """The updates of a getUpdates. One that cannot be read spoils no other. Raises as
    `result_of`."""
    try:
        result = result_of(status, body)
    except NetworkError:
        updates = [_fetched(piece) for piece in _pieces(body)] if status == 200 else []
        if not updates:
            raise
    else:
        if not isinstance(result, list):
            raise NetworkError("getUpdates gave no list")
        updates = [
            Fetched(id_of(each), each if isinstance(each, dict) else None) for each in result
        ]
    if updates and not any(update.id is not None for update in updates):
        raise NetworkError("getUpdates gave no update that has an id")
    return updates


def id_of(raw: Any) -> int | None:
    """The update's id, where it is one that can be acknowledged."""
    id = raw.get("update_id") if isinstance(raw, dict) else None
    return id if type(id) is int and 0 <= id < LARGEST_ID else None


def _fetched(piece: bytes) -> Fetched:
    try:
        raw = decoded(piece)
    except Exception:
        found = _UPDATE_ID.match(piece)  # it is its first field, as Telegram writes it
        return Fetched(int(found[1]) if found else None, None)
    return Fetched(id_of(raw), raw if isinstance(raw, dict) else None)


def _pieces(body: bytes) -> Iterator[bytes]:
    """The elements of `result`, whole ones only, without reading them: however deep, in one
    pass."""
    opening = _RESULT.search(body)
    if not opening:
        return
    at = begin = opening.end()
    depth = 0
    while found := _MARKS.search(body, at):
        mark, at = found[0], found.end()
        if mark == b'"':
            string = _STRING.match(body, found.start())
            if not string:
                return  # cut off
            at = string.end()
        elif mark in b"[{":
            depth += 1
        elif mark in b"]}" and depth:
            depth -= 1
        elif depth == 0:  # between two elements, or behind the last
            if piece := body[begin : found.start()].strip():
                yield piece
            begin = at
            if mark == b"]":
                return


def _refusal(status: int, answer: dict[str, Any]) -> TelegramError:
    said = answer.get("description")
    words = said if isinstance(said, str) and said else f"HTTP {status}"
    told = answer.get("parameters")
    parameters = told if isinstance(told, dict) else {}
    wait = parameters.get("retry_after")
    if status == 429 or isinstance(wait, int | float):
        if isinstance(wait, int | float) and 0 <= wait < math.inf:
            return RetryAfter(math.ceil(min(wait, LONGEST_WAIT)))
        return RetryAfter(UNTOLD_WAIT)
    if isinstance(new := parameters.get("migrate_to_chat_id"), int):
        return ChatMigrated(new)
    if kind := _FINAL.get(status):
        return kind(words)
    return NotDone(words) if status >= 500 else NetworkError(words)


def _has_shape(method: str, result: Any) -> bool:
    """Whether it is what we, or the library, will look into."""
    if method == "getMe":
        return (
            isinstance(result, dict) and {"id", "is_bot", "first_name", "username"} <= result.keys()
        )
    if method.startswith("send") and method != "sendChatAction":
        return isinstance(result, dict) and type(result.get("message_id")) is int
    if method.startswith(("answer", "delete", "set")):
        return result is True
    return result is not None  # no method of the Bot API gives nothing
