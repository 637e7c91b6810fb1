"""Who waits when Meta says: too fast; and what its codes mean."""

import hashlib

import pytest

from bot.channels.pace import Cause
from bot.channels.whatsapp.answers import Meaning, Refused, Unclear, meaning_of, result_of
from bot.channels.whatsapp.client import Client, TooFastHere
from bot.channels.whatsapp.notes import Notes, OfOrder, OfRecipient
from bot.channels.whatsapp.settings import WhatsAppSettings
from tests.fakes.whatsapp import FakeWhatsApp

TEXT = {"type": "text", "text": {"body": "x", "preview_url": False}}


@pytest.fixture
async def client(meta: FakeWhatsApp) -> Client:
    made = Client(WhatsAppSettings(**{**meta.own, "rate": 1000}))
    await made.start()
    return made


async def test_one_who_is_too_fast_waits_alone(client: Client, meta: FakeWhatsApp) -> None:
    amal, noor = meta.person(), meta.person("33612345678", "FR", "Noor")
    amal.heard_at = noor.heard_at = meta.clock()
    meta.fail_next(code=131056, times=3, to=amal.user_id)
    with pytest.raises(TooFastHere) as last:
        await client.send(amal.user_id, TEXT)
    assert last.value.seconds == 16, "1, 4, 16"
    await client.send(noor.user_id, TEXT)
    assert [call.code for call in meta.calls if call.what == "messages"] == [131056] * 3 + [0]
    await client.stop()


async def test_a_number_that_is_too_fast_makes_everybody_wait(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    failure = client.read_failure(Refused(130429, 400))
    assert failure.cause is Cause.WAIT and failure.everybody
    assert not client.read_failure(TooFastHere(131056, 1.0)).everybody
    await client.stop()


async def test_a_person_of_whom_only_the_number_is_known_is_written_to_with_a_plus(
    client: Client, meta: FakeWhatsApp
) -> None:
    amal = meta.person("491511234567")
    amal.heard_at = meta.clock()
    await client.send("+491511234567", TEXT)
    assert amal.shown and meta.calls[-1].body["to"] == "+491511234567"
    await client.stop()


@pytest.mark.parametrize(
    ("code", "status", "meaning"),
    [
        (190, 401, Meaning.STOPPED),
        (131047, 400, Meaning.CLOSED),
        (131026, 400, Meaning.UNREACHABLE),
        (131042, 400, Meaning.PAYMENT),
        (999999, 400, Meaning.OURS),
        (999999, 503, Meaning.AWAY),
        (999999, 429, Meaning.TOO_FAST),
        (999999, 0, Meaning.OURS),
    ],
)
def test_a_code_decides_whatever_the_status(code: int, status: int, meaning: Meaning) -> None:
    assert meaning_of(code, status) is meaning


@pytest.mark.parametrize("body", [b"<html>", b"", b"[]", b"\xff", b'{"messages":'])
def test_what_a_gateway_says_leaves_it_open(body: bytes) -> None:
    with pytest.raises(Unclear):
        result_of(502, body)


def test_a_note_that_is_not_ours_is_none() -> None:
    notes = Notes(lambda said: hashlib.sha256(b"key" + said.encode()).hexdigest())
    assert notes.read(notes.of_order(7, 2, True)) == OfOrder(7, 2, True)
    assert notes.read(notes.of_recipient(7, 9)) == OfRecipient(7, 9)
    for forged in ("", "o:7:2:1", "o:7:2:1:0", notes.of_order(7, 2, True).replace("7", "8", 1)):
        assert notes.read(forged) is None
