"""A CV's file is sent back to the bot: its owner goes on with it, and nothing of it is kept."""

import logging

import pytest
import sqlalchemy as sa

from bot.model.papers import MOST_FILE_BYTES
from db import tables as t
from tests.support.cv_talk import PLANTED, whole_cv
from tests.support.group_talk import comes, document_of, does, says, with_member
from tests.support.pdf_text import by_pdfium
from tests.support.service import Service


@pytest.mark.row("18")
async def test_after_the_answers_are_gone_somebody_goes_on_with_the_file(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    """Deleted here, sent from another account: the same CV, and its file is the same again."""
    amina, again = service.fake.user(1001), service.fake.user(1002)
    for who in (amina, again):
        await who.starts()
        await who.expects()
        await does(who, "English")
    await whole_cv(amina)
    await does(amina, "Make my CV")
    file = await document_of(amina)
    await does(amina, "Delete my CV", "Yes, delete them")
    with caplog.at_level(logging.DEBUG):
        await says(again, "/cv")
        assert "Do you have a CV from here as a file?" in again.screen
        await again.sends_document(file.name, content=file.content)
        await again.expects()
        await comes(again, "Your CV is here again")
    await does(again, "Go on")
    for said in ("Zarmina Qaderi", "+33 6 98 76 54 32", "Kitchen assistant", "Forklift"):
        assert said in again.screen
    await does(again, "Make my CV")
    assert by_pdfium((await document_of(again)).content) == by_pdfium(file.content)
    async with service.store.engine.connect() as db:
        rows = [
            row for table in t.metadata.sorted_tables for row in await db.execute(sa.select(table))
        ]
    assert [word for word in PLANTED if word in str(rows) + caplog.text] == []


@pytest.mark.row("18")
@pytest.mark.parametrize(
    "content",
    [b"%PDF-", b"\xff\xd8\xff not a paper", b"%PDF-" + bytes(MOST_FILE_BYTES)],
    ids=["cut", "a picture", "too large"],
)
async def test_any_other_file_gets_one_sentence(service: Service, content: bytes) -> None:
    amina = service.fake.user(1001)
    await amina.starts()
    await amina.expects()
    await does(amina, "English")
    await says(amina, "/cv")
    await amina.sends_document("cv.pdf", content=content)
    await amina.expects()
    await comes(amina, "I cannot read this file.")
    assert (await service.store.learner_at("telegram", "1001")).papers == ()


async def test_where_no_file_is_asked_for_none_is_fetched(service: Service) -> None:
    amina = service.fake.user(1001)
    await amina.starts()
    await amina.expects()
    await does(amina, "English")
    await amina.sends_document("cv.pdf")
    await amina.expects()
    assert "I cannot read this, and I do not keep it." in amina.screen
    await says(amina, "/cv")
    await amina.sends_photo()
    await amina.expects()
    assert "as a file, not as a picture" in amina.screen
    await whole_cv(amina)
    await says(amina, "/cv")
    await amina.sends_document("cv.pdf")
    await amina.expects()
    assert "Delete it first" in amina.screen
    assert not [call for call in service.fake.calls if call.method == "getFile"]


@pytest.mark.row("27")
async def test_a_counsellor_cannot_go_on_with_a_learners_cv(service: Service) -> None:
    lea, amina = await with_member(service)
    await whole_cv(amina)
    await does(amina, "To my counsellor", "Send it to Lea")
    file = await document_of(lea)
    await says(lea, "/cv")
    await lea.sends_document(file.name, content=file.content)
    await lea.expects()
    await comes(lea, "I cannot read this file.")
