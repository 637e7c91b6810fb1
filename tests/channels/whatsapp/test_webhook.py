"""What calls the webhook: Meta, once, four times, in any order; and others, who get nothing."""

import asyncio
import json

import pytest
from sqlalchemy.exc import OperationalError

from db import tables as t
from db.maintenance import tidy
from tests.support.person import count_of
from tests.support.whatsapp import OnWhatsApp


async def test_the_handshake_answers_whoever_knows_the_word(on: OnWhatsApp) -> None:
    word = on.store.vault.derive(b"whatsapp webhook").hex()[:32]
    assert await on.fake.handshake(word) == (200, "1158201444")
    for wrong in ("", "wrong", word + "x", "\udcff"):
        assert (await on.fake.handshake(wrong.encode("utf-8", "replace").decode()))[0] == 403
    assert (await on.fake.handshake(word, mode="unsubscribe"))[0] == 403


async def test_only_the_bytes_that_meta_signed_are_read(on: OnWhatsApp) -> None:
    amal = on.fake.person()
    message = amal.message({"type": "text", "text": {"body": "مرحبا / hello ä"}})
    body = on.fake.body(on.fake.of(amal, message))
    assert b"\\u0645" in body and b"\\/" in body, "escaped, as Meta writes it"
    assert await on.fake.post(body, "") == 401
    assert await on.fake.post(body, "sha256=" + "0" * 64) == 401
    assert await on.fake.post(body, on.fake.sign(body, "another secret of an app")) == 401
    again = json.dumps(json.loads(body), ensure_ascii=False).encode()
    assert await on.fake.post(again, on.fake.sign(body)) == 401, "read and written again"
    assert await on.fake.post(body, "sha256=\udcff".encode("utf-8", "replace").decode()) == 401
    await on.quiet()
    assert not amal.shown and await count_of(on.store, t.update) == 0
    assert await on.fake.post(body) == 200
    await amal.expects(1)


async def test_the_same_call_four_times_and_after_days_is_answered_once(on: OnWhatsApp) -> None:
    amal = on.fake.person()
    value = on.fake.of(amal, amal.message({"type": "text", "text": {"body": "hello"}}))
    body = on.fake.body(value)
    assert await asyncio.gather(*(on.fake.post(body) for _ in range(4))) == [200] * 4
    await amal.expects(1)
    await on.quiet()
    on.clock.now += 3 * 24 * 3600
    await tidy(on.store, int(on.clock.now))
    assert await on.fake.post(body) == 200
    await on.quiet()
    assert len(amal.shown) == 1 and await count_of(on.store, t.update) == 1
    on.clock.now += 6 * 24 * 3600
    await tidy(on.store, int(on.clock.now))
    assert await count_of(on.store, t.update) == 0, "eight days are kept, no more"


async def test_several_people_entries_and_messages_in_one_call_and_in_any_order(
    on: OnWhatsApp,
) -> None:
    amal, noor = on.fake.person(), on.fake.person("33612345678", "FR", "Noor")
    first = amal.message({"type": "text", "text": {"body": "hello"}}, ago=9)
    second = amal.message({"type": "text", "text": {"body": "English"}}, ago=5)
    third = noor.message({"type": "text", "text": {"body": "hello"}}, ago=7)
    values = [on.fake.of(amal, second), on.fake.of(noor, third), on.fake.of(amal, first)]
    await on.fake.deliver(*values, entries=2)
    await amal.expects(1)
    await noor.expects(1)
    await on.quiet()
    learner = await on.store.learner_at("whatsapp", amal.user_id)
    assert learner and learner.language == "en", "in the order in which they were written"


async def test_what_was_not_saved_comes_again_and_is_answered_once(
    on: OnWhatsApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    amal = on.fake.person()
    body = on.fake.body(on.fake.of(amal, amal.message({"type": "text", "text": {"body": "hi"}})))
    batch = on.store.batch

    def away(now: int) -> object:
        raise OperationalError("x", {}, OSError("away"))

    monkeypatch.setattr(on.store, "batch", away)
    assert await on.fake.post(body) == 503
    monkeypatch.setattr(on.store, "batch", batch)
    assert await on.fake.post(body) == 200
    assert await on.fake.post(body) == 200
    await amal.expects(1)
    await on.quiet()
    assert len(amal.shown) == 1


async def test_what_comes_again_before_its_answer_is_noted_is_answered_once(
    on: OnWhatsApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The note that an answer went out is durable a transaction later."""
    amal = on.fake.person()
    body = on.fake.body(on.fake.of(amal, amal.message({"type": "text", "text": {"body": "hi"}})))
    monkeypatch.setattr(on.dispatcher, "answered", lambda *_args, **_named: None)
    for _ in range(3):
        assert await on.fake.post(body) == 200
        await on.quiet()
    await amal.expects(1)
    assert len(amal.shown) == 1


async def test_a_large_call_is_read_and_one_beyond_all_sense_is_not(on: OnWhatsApp) -> None:
    people = [on.fake.person(f"4915{n:08d}", name=f"P{n}") for n in range(10)]
    values = [
        on.fake.of(
            p, *(p.message({"type": "text", "text": {"body": "ب" * 2000}}) for _ in range(21))
        )
        for p in people
    ]
    body = on.fake.body(*values)
    assert len(body) > 2_500_000
    assert await on.fake.post(body) == 200
    for person in people:
        await person.expects(1)
    assert await on.fake.post(b" " * (5 << 20)) == 413


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"null",
        b'{"entry": 1}',
        b'{"entry": [1, {"changes": [2, {"field": "messages", "value": 3}]}]}',
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b"\xff\xfe",
    ],
)
async def test_what_cannot_be_read_is_stepped_over_for_ever(on: OnWhatsApp, body: bytes) -> None:
    assert await on.fake.post(body) == 200


async def test_one_odd_message_spoils_no_other(
    on: OnWhatsApp, caplog: pytest.LogCaptureFixture
) -> None:
    amal = on.fake.person()
    good = amal.message({"type": "text", "text": {"body": "hello"}})
    odd = [
        {**good, "id": on.fake.new_id("491511234567"), "text": {"body": 5}},
        {"type": "text"},
        {**good, "id": on.fake.new_id("491511234567"), "from_user_id": "x", "from": "y"},
        7,
    ]
    await on.fake.deliver(on.fake.of(amal, *odd, good), {"metadata": 5})
    await amal.expects(1)
    assert "stepped over" in caplog.text and "wamid" not in caplog.text
    half = on.fake.body(on.fake.of(amal, amal.message({"type": "text", "text": {"body": "X?"}})))
    assert await on.fake.post(half.replace(b"X?", b"\\ud83d")) == 200, "half a character"
    await amal.expects(1)
    plain = amal.message({"type": "text", "text": {"body": "hello"}})
    nothing = {"context": None, "image": None, "group_id": None, "timestamp": 1_700_000_000}
    empty = {"contacts": None, "statuses": None, "errors": None, "event": None}
    await on.fake.deliver({**on.fake.of(amal, {**plain, **nothing}), **empty})
    await amal.expects(1)
    last = amal.message({"type": "text", "text": {"body": "hello"}})
    body = on.fake.body(on.fake.of(amal, last)).replace(b'"whatsapp_business_account"', b"7")
    assert await on.fake.post(body) == 200, "what is not looked at may be anything"
    await amal.expects(1)


async def test_others_numbers_fields_and_errors_are_nobodys(on: OnWhatsApp) -> None:
    amal = on.fake.person()
    value = on.fake.of(amal, amal.message({"type": "text", "text": {"body": "hello"}}))
    other = {**value, "metadata": {"phone_number_id": "999", "display_phone_number": "1"}}
    await on.fake.deliver(other)
    await on.fake.deliver(value, field="calls")
    await on.fake.deliver(on.fake.value(errors=[{"code": 131000, "title": "x"}]))
    await on.fake.deliver({"event": "DISABLED_UPDATE"}, field="account_update")
    await on.quiet()
    assert not amal.shown and await count_of(on.store, t.update) == 0
