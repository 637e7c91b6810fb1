"""A CV's file that is sent back on WhatsApp."""

import pytest

from tests.fakes.whatsapp import Person
from tests.support.whatsapp import OnWhatsApp, begins

ANSWERS = (
    *("/cv", "Français", "Kitchen assistant", "No work yet", "Skip", "Skip", "None", "Skip"),
    *("Zarmina Qaderi", "+33 6 98 76 54 32", "Skip", "Skip"),
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
