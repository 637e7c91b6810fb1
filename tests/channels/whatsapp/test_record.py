"""Staff record a card by a voice note on WhatsApp."""

import pytest

from bot.jobs.recordings import Fetching
from bot.model.recordings import SpokenIn, State
from cards.model import Programme
from db import voices
from tests.support.recordings import voice_note
from tests.support.whatsapp import OnWhatsApp, begins


@pytest.mark.row("36")
async def test_a_voice_note_is_fetched_from_meta_and_waits_for_a_second_person(
    on: OnWhatsApp, programme: Programme
) -> None:
    async def bring(channel: str, id: str) -> bytes:
        assert channel == "whatsapp"
        return (await on.whatsapp.fetch(id)).content

    lea = on.fake.person()
    on.store.admins.append(on.store.vault.hash("whatsapp", lea.user_id))
    await begins(lea)
    await lea.says("record computer en")
    await lea.expects(1)
    await lea.taps("Read card")
    await lea.expects(1)
    assert "send it as a voice note" in lea.screen and "A computer keeps words" in lea.screen
    mime = "audio/ogg; codecs=opus"
    given = voice_note(6, 18, "TITLE=of the phone")
    await lea.sends("audio", id=on.fake.take("v.ogg", mime, given), mime_type=mime, voice=True)
    await lea.expects(1)
    assert "A second person will hear it" in lea.screen
    await Fetching(on.store, bring, lambda: programme, on.clock).look()
    (one,) = await on.ask(SpokenIn("computer", "en"))
    assert (one.state, one.seconds) == (State.WAITING, 6)
    kept = await voices.content_of(on.store, one.id)
    assert kept and b"of the phone" not in kept
    await lea.sends("image", id="1", mime_type="image/jpeg")
    await lea.expects(1)
    assert "This is no voice note" in lea.screen
