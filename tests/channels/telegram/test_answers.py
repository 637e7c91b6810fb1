"""Answers of the Bot API that are none: each is read or is a broken connection, and none is ever
quoted.
"""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.telegram.answers import NotDone, result_of, updates_in

SECRET = "what a learner wrote"


def body(**fields: Any) -> bytes:
    return json.dumps(fields).encode()


@pytest.mark.parametrize(
    ("status", "answer", "error"),
    [
        (
            400,
            body(ok=False, error_code=400, description="Bad Request: chat not found"),
            BadRequest,
        ),
        (401, body(ok=False), InvalidToken),
        (404, body(ok=False), InvalidToken),
        (403, body(ok=False, description=7), Forbidden),
        (409, body(ok=False), Conflict),
        (500, body(ok=False), NotDone),
        (418, body(ok=False), NetworkError),
        (429, body(ok=False, parameters={"retry_after": 3}), RetryAfter),
        (429, body(ok=False, parameters=[]), RetryAfter),
        (429, body(ok=False, parameters={"retry_after": "x"}), RetryAfter),
        (429, b'{"ok":false,"parameters":{"retry_after":1e999}}', RetryAfter),
        (429, body(ok=False, parameters={"retry_after": 10**400}), RetryAfter),
        (200, body(ok=False), NetworkError),
        # nobody knows what became of these
        (200, f"<html>{SECRET}</html>".encode(), NetworkError),
        (502, b"<html>502 Bad Gateway</html>", NetworkError),
        (401, b"<html>Log in</html>", NetworkError),
        (200, body(ok=True, result={"text": SECRET})[:-4], NetworkError),
        (200, body(ok=True), NetworkError),
        (200, body(ok="true", result=1), NetworkError),
        (200, b"[]", NetworkError),
        (200, b"null", NetworkError),
        (200, b'"x"', NetworkError),
        (200, b"", NetworkError),
        (200, b"\xff\xfe", NetworkError),
        (200, b"[" * 100_000, NetworkError),
        (200, body(ok=True, result=None), NetworkError),
        (200, body(ok=True, result={"message_id": "7"}), NetworkError),
    ],
)
def test_each_is_the_error_that_it_means(
    status: int, answer: bytes, error: type[TelegramError]
) -> None:
    with pytest.raises(TelegramError) as raised:
        result_of(status, answer, "sendMessage")
    assert type(raised.value) is error and SECRET not in repr(raised.value)


@pytest.mark.parametrize(
    "method",
    [
        "answerCallbackQuery",
        "editMessageText",
        "deleteWebhook",
        "getMe",
        "sendDocument",
        "setMyCommands",
    ],
)
def test_nothing_is_no_result(method: str) -> None:
    with pytest.raises(NetworkError):
        result_of(200, body(ok=True, result=None), method)


def test_a_good_one() -> None:
    assert result_of(200, body(ok=True, result={"message_id": 7}), "sendMessage") == {
        "message_id": 7
    }
    assert result_of(200, b'{"ok":true,"result":"\\ud800"}') == "\ud800"


@pytest.mark.parametrize(
    "result", ["null", '{"a":1}', "[null]", '"x"', '[{"update_id":"1"}]', "[[]]", "7"]
)
def test_updates_that_are_none_are_a_trouble_of_this_one_call(result: str) -> None:
    with pytest.raises(NetworkError):
        updates_in(200, b'{"ok":true,"result":%s}' % result.encode())


ODD = st.sampled_from(
    [
        b'{"update_id":%d,"message":' + b"[" * 30_000 + b"]" * 30_000 + b"}",
        b'{"update_id":%d,"message":{"text":"\\ud800 ] } , \\" [ {"}}',
        b'{"update_id":%d,"message":{"text":"\xff"}}',
        b'{"update_id":%d,"x":1e99999}',
        b'{"update_id":%d,"x":' + b"9" * 5000 + b"}",
        b'{"update_id":%d, nonsense}',
        b'{"update_id":%d,"message":{"text":"plain"}}',
    ]
)


@given(st.lists(ODD, min_size=1, max_size=4), st.integers(0, 3))
def test_one_update_that_cannot_be_read_spoils_no_other(odd: list[bytes], place: int) -> None:
    pieces = [piece % number for number, piece in enumerate(odd, 100)]
    pieces.insert(place, b'{"update_id":99,"message":{"text":"hello"}}')
    answer = b'{"ok":true,"result":[%s]}' % b" , ".join(pieces)
    found = updates_in(200, answer)
    assert sorted(update.id or 0 for update in found) == list(range(99, 100 + len(odd)))
    assert {"update_id": 99, "message": {"text": "hello"}} in [update.raw for update in found]


def test_of_an_answer_that_was_cut_off_the_whole_updates_are_taken() -> None:
    answer = b'{"ok":true,"result":[{"update_id":7,"x":"],"},{"update_id":8,"x":{"a":[1,'
    assert [(update.id, update.raw) for update in updates_in(200, answer)] == [
        (7, {"update_id": 7, "x": "],"})
    ]
