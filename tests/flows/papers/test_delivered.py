"""Papers for work as they come into a chat, to oneself and to a counsellor."""

import asyncio
import logging
import time

import pytest
import sqlalchemy as sa
from prometheus_client import generate_latest

from bot.conversation.action import encode
from bot.flows.papers.actions import TakeBackCv
from db import tables as t
from tests.fakes.telegram import User
from tests.support.cv_talk import PLANTED, whole_cv
from tests.support.group_talk import document_of, does, says, with_member
from tests.support.pdf_text import by_pdfium, words
from tests.support.service import Service


@pytest.mark.row("18")
async def test_a_cv_comes_within_five_seconds_and_nothing_else_holds_it(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    amina = service.fake.user(1001)
    await amina.starts()
    await amina.expects()
    await does(amina, "English")
    with caplog.at_level(logging.DEBUG):
        await whole_cv(amina)
        began = time.monotonic()
        await does(amina, "Make my CV")
        file = await document_of(amina)
        spent = time.monotonic() - began
    assert spent < 5 and file.name == "CV-Zarmina-Qaderi.pdf"
    text = words(" ".join(by_pdfium(file.content)))
    for said in ("Zarmina Qaderi", "Chariot élévateur", "+33 6 98 76 54 32", "Villeurbanne"):
        assert said in text
    await _text_comes(amina, "Zarmina Qaderi")
    told = caplog.text + generate_latest().decode()
    assert [word for word in PLANTED if word in told] == []
    async with service.store.engine.connect() as db:
        rows = [
            row for table in t.metadata.sorted_tables for row in await db.execute(sa.select(table))
        ]
    assert [word for word in PLANTED if word in str(rows)] == []


async def _text_comes(person: User, text: str) -> None:
    for _ in range(200):
        if any(text in message.text for message in person.chat.messages if message.by_bot):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(text)


@pytest.mark.row("18")
@pytest.mark.row("24")
async def test_an_example_comes_before_the_first_answer(service: Service) -> None:
    amina = service.fake.user(1001)
    await amina.starts()
    await amina.expects()
    await does(amina, "English")
    await says(amina, "/cv")
    await does(amina, "My CV", "See an example")
    file = await document_of(amina)
    assert "Amina Rahimi" in " ".join(by_pdfium(file.content))
    assert (await service.store.learner_at("telegram", "1001")).papers == ()


@pytest.mark.row("27")
async def test_a_cv_goes_to_the_counsellor_who_is_named(service: Service) -> None:
    lea, amina = await with_member(service)
    await whole_cv(amina)
    await does(amina, "To my counsellor")
    assert "Lea, AMSED: the file, with your phone number" in amina.screen
    assert not lea.documents
    await does(amina, "Send it to Lea")
    assert "on its way to Lea" in amina.screen
    file = await document_of(lea)
    assert "Zarmina Qaderi" in " ".join(by_pdfium(file.content))
    assert not amina.documents
    while await service.store.outbox.waiting():  # that it went out is noted a moment later
        await asyncio.sleep(0.01)
    await does(amina, "To my counsellor", "Take back: Lea")
    assert "Lea has your CV already. They are asked now to delete it." in amina.screen
    await _text_comes(lea, "takes a CV back")


@pytest.mark.row("27")
async def test_what_waits_is_taken_back_and_an_old_button_sends_nothing(service: Service) -> None:
    lea, amina = await with_member(service)
    await whole_cv(amina)
    await service.sending.stop()
    await does(amina, "To my counsellor", "Send it to Lea")
    async with service.store.engine.connect() as db:
        waiting = (
            sa.select(sa.func.count()).select_from(t.order).where(t.order.c.about.is_not(None))
        )
        assert (await db.execute(waiting)).scalar_one() == 1
    await does(amina, "To my counsellor", "Take back: Lea")
    async with service.store.engine.connect() as db:
        assert (await db.execute(waiting)).scalar_one() == 0
    assert not lea.documents and "takes a CV back" not in str(lea.screen)
    assert "Lea did not have your CV yet. It is not sent any more." in amina.screen
    assert encode(TakeBackCv(1)) == "jw:1"


@pytest.mark.row("24")
async def test_letter_phone_and_mail_come_in_twelve_taps(service: Service) -> None:
    amina = service.fake.user(1001)
    await amina.starts()
    await amina.expects()
    await does(amina, "English")
    await whole_cv(amina)
    taps = (
        *("My papers", "Letter", "Français", "On the Internet", "A trial day", "Skip", "Skip"),
        *("The letter", "For the phone", "The e-mail"),
    )
    await says(amina, "0")
    await does(amina, *taps)
    assert len(taps) <= 12
    await document_of(amina, 3)
    letter, script, mail = sorted(amina.documents, key=lambda file: file.mime)[:3]
    assert {file.mime for file in amina.documents} == {"application/pdf", "text/plain"}
    text = words(" ".join(by_pdfium(letter.content)))
    assert "Je vous écris au sujet de ce poste" in text and "journée d’essai" in text
    assert "Zarmina Qaderi" in script.content.decode("utf-8-sig")
    assert mail.name.endswith(".txt")


@pytest.mark.row("29")
@pytest.mark.row("C7")
async def test_a_skills_profile_in_two_languages(service: Service) -> None:
    amina = service.fake.user(1001)
    await amina.starts()
    await amina.expects()
    await does(amina, "العربية")
    await says(amina, "/cv")
    await does(amina, "سيرتي الذاتية", "Français")
    await says(amina, "4")
    await does(amina, "تجاوز", "بلا أجر")
    await says(amina, "1 2")
    await does(amina, "تم", "لا")
    await does(amina, *["تجاوز"] * 2)
    await does(amina, "لا شيء", *["تجاوز"] * 5)
    await says(amina, "0")
    await does(amina, "أوراقي", "ملف المهارات", "Français", "1", "تجاوز البقية", "نعم")
    assert "migrantskills" in amina.screen
    await does(amina, "اصنعه")
    file = await document_of(amina)
    text = words(" ".join(by_pdfium(file.content)))
    assert "Profil de compétences" in text and "S’occuper d’enfants" in text
    assert "n’est pas une reconnaissance" in text
