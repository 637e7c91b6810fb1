"""A CV's file that is sent back on WhatsApp."""

import pytest

from bot.channels.base import Later
from bot.documents.parcel import NoSuchFile
from bot.model.papers import MOST_FILE_BYTES
from tests.fakes.whatsapp import Person
from tests.support.whatsapp import OnWhatsApp, begins

ANSWERS = (
    *("/cv", "My CV", "Français", "Kitchen assistant", "No work yet", "Skip", "Skip", "None"),
    *("Skip", "Zarmina Qaderi", "+33 6 98 76 54 32", "Skip", "Skip"),
)


async def _come(person: Person, text: str) -> None:
    while not any(text in shown for shown in person.texts):
        await person.expects(1)


async def _answers(person: Person, *texts: str) -> None:
    for text in texts:
        await person.says(text)
        await person.expects(1)


@pytest.mark.row("18")
async def test_a_cv_is_gone_on_with_on_whatsapp(on: OnWhatsApp) -> None:
    amal = on.fake.person()
    await begins(amal)
    await _answers(amal, *ANSWERS)
    await amal.taps("Make my CV")
    while not (files := [s.file for s in amal.shown if s.kind == "document" and s.file]):
        await amal.expects(1)
    name, mime, content = files[0]
    assert mime == "application/pdf"
    await on.quiet()
    await _answers(amal, "Delete my CV", "Yes, delete them", "/cv")
    await amal.sends("document", id=on.fake.take(name, mime, content))
    await _come(amal, "Your CV is here again")
    await on.quiet()
    await amal.taps("Go on")
    await amal.expects(1)
    assert "Zarmina Qaderi" in amal.screen and "Kitchen assistant" in amal.screen


LONG = b"x" * (MOST_FILE_BYTES + 1)
ODD: tuple[tuple[bytes, dict[str, object]], ...] = (
    (LONG, {"file_size": None}),
    (LONG, {"file_size": "7"}),
    (b"x", {"url": "http://169.254.169.254/latest/meta-data"}),
    (b"x", {"url": "https://evil.example/lookaside.fbsbx.com"}),
    (b"x", {"url": "https://lookaside.fbsbx.com.evil.example/x"}),
    (b"x", {"url": "https://lookaside.fbsbx.com@127.0.0.1/x"}),
    (b"x", {"url": "https://[lookaside.fbsbx.com/x"}),
    (b"x", {"url": ""}),
)
"""A file, and what is said of it instead."""


@pytest.mark.row("18")
async def test_a_file_is_fetched_from_meta_alone_and_as_far_as_it_may_be_read(
    on: OnWhatsApp,
) -> None:
    """Without the token going anywhere else, and wherever it is sent on to."""

    async def fetched(content: bytes, told: dict[str, object]) -> bytes:
        id = on.fake.take("cv.pdf", "application/pdf", content)
        on.fake.said_of[id] = told
        return (await on.whatsapp.fetch(id, MOST_FILE_BYTES)).content

    assert await fetched(LONG[1:], {"file_size": None, "mime_type": "image/png"}) == LONG[1:]
    for content, told in ODD:
        with pytest.raises((Later, NoSuchFile)):
            await fetched(content, told)
    with pytest.raises(Later):
        await fetched(b"x", {"moved": f"{on.url}healthz"})
