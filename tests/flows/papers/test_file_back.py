"""A CV's file is sent back to the bot: its owner goes on with it, and nothing of it is kept."""

import logging
from dataclasses import fields

import pytest
import sqlalchemy as sa

from bot.conversation.action import REGISTERED, Home, Place, encode
from bot.conversation.registry import RECEIVERS
from bot.conversation.turn import World
from bot.conversation.update import Media, Sent, Tap
from bot.flows.account.actions import SettingsMenu
from bot.flows.library.actions import Library
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner
from bot.model.papers import MOST_FILE_BYTES
from bot.model.roles import Right
from db import tables as t
from tests.support.chat import Chat
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
        await again.sends_document(file.name, content=file.content)
        await again.expects()
        await does(again, "Go on with it")
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
    assert "Is this a CV from here?" in amina.screen
    await does(amina, "No")
    assert (await service.store.learner_at("telegram", "1001")).drafted == ""
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


@pytest.mark.row("18")
def test_a_file_is_asked_about_wherever_none_is_asked_for(world: World, words: Catalogues) -> None:
    """At every place that needs nothing to be there; the yes and the no lead back to where one
    was, and it is fetched only where it came."""
    places = [
        cls()
        for cls in REGISTERED.values()
        if issubclass(cls, Place) and not (fields(cls) or cls.draft or cls in RECEIVERS)
        if cls.right is Right.ANYBODY
    ]
    assert {Home(), Library(), SettingsMenu()} <= set(places)
    for place in places:
        chat = Chat(world, words, learner=Learner(1, language="en"))
        chat.does(Tap(encode(place)))
        before = chat.learner
        assert "Is this a CV from here?" in chat.does(Sent(Media.FILE, "file-id")), place
        assert chat.learner.drafted == "telegram file-id"
        assert "PaperOrdered" in chat.turn("[Go on with it]")
        assert (chat.learner.drafted, chat.learner.main) == ("", before.main)
        chat.does(Sent(Media.FILE, "file-id"))
        chat.channel = "whatsapp"
        said = chat.turn("[Go on with it]")
        assert "did not come here" in said and "PaperOrdered" not in said
    first = Chat(world, words, learner=Learner(1))
    assert "Which language would you like?" in first.does(Sent(Media.FILE, "file-id"))
    assert "Is this a CV from here?" in first.turn("english"), "the very first thing they sent"
    assert "PaperOrdered" in first.turn("[Go on with it]")
    too_large = Sent(Media.FILE, "file-id", bytes=MOST_FILE_BYTES + 1)
    assert "Is it a CV from here? Then open “My papers”" in chat.does(too_large)


@pytest.mark.row("27")
async def test_a_counsellor_cannot_go_on_with_a_learners_cv(service: Service) -> None:
    lea, amina = await with_member(service)
    await whole_cv(amina)
    await does(amina, "To my counsellor")
    await says(amina, "oui")
    file = await document_of(lea)
    await does(amina, "To my counsellor")
    assert "Sent to Lea already" in amina.screen and "Take back: Lea" in str(amina.screen.labels)
    await says(lea, "/cv")
    await lea.sends_document(file.name, content=file.content)
    await lea.expects()
    await comes(lea, "I cannot read this file.")
