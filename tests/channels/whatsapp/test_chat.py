"""Whole chats on a Cloud API that refuses what Meta refuses, on SQLite and on PostgreSQL."""

import asyncio
import io

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from bot.conversation.action import Home, encode
from bot.flows.learning.actions import Next
from db import tables as t
from tests.support.whatsapp import ANSWERS, OnWhatsApp, begins, through


async def test_a_whole_module_and_its_certificate_as_one_document(on: OnWhatsApp) -> None:
    """Somebody with a username, of whom no number is ever told."""
    amal = on.fake.person(None)
    await amal.says("Hello Pasito! m-phone")
    await amal.expects(1)
    await amal.taps("Calls")
    await amal.expects(1)
    await through(amal)
    assert "🏁 Keep this" in amal.screen and "👣 Today: call" in amal.screen
    await amal.taps("Get my certificate")
    await amal.expects(1)
    await amal.says("Amal Khoury")
    await amal.expects(1)
    seen = len(amal.shown)
    await amal.taps("2")
    await amal.expects(3)  # the screen, the certificate, the annex with the first one
    file = next(shown for shown in amal.shown[seen:] if shown.file)
    assert file.file and file.kind == "document"
    name, mime, content = file.file
    assert name.endswith(".pdf") and mime == "application/pdf"
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert "Amal Khoury" in said and "Use of the cell phone" in said
    assert "https://pasito.example/verify/" in file.text.lower(), "to be checked"
    assert sum(bool(shown.file) for shown in amal.shown) == 2
    await on.quiet()
    await on.fake.told()
    async with on.store.engine.connect() as db, asyncio.timeout(10):
        while (await db.execute(sa.select(t.order.c.state, t.order.c.sealed))).all() != [
            ("sent", None)
        ] * 2:  # what was handed over keeps no name
            await db.rollback()
            await asyncio.sleep(0.02)


async def test_a_deck_costs_a_message_a_question_and_one_more(on: OnWhatsApp) -> None:
    amal = on.fake.person()
    await begins(amal)
    before = len(amal.shown)
    await amal.taps("Start: Meet the computer")
    await amal.expects(1)
    assert "A machine" in amal.screen and "Which part" in amal.screen, "cards and their question"
    assert "0 = menu" in amal.screen
    await through(amal)
    assert len(amal.shown) - before <= 6


async def test_the_language_is_asked_first_the_likeliest_first(on: OnWhatsApp) -> None:
    amal = on.fake.person("963991234567", "SY", "Amal")
    await amal.says("مرحبا")
    await amal.expects(1)
    first = next(iter(amal.screen.choices))
    assert first.removeprefix("1. ").lstrip("\u2068").startswith("العربية")
    assert first.count("\u2068") == first.count("\u2069"), "what begins an isolate ends it"
    assert amal.screen.text.startswith("*\u200f") or amal.screen.text.startswith("\u200f")


async def test_an_old_button_shows_where_they_are_in_one_message(on: OnWhatsApp) -> None:
    amal = on.fake.person()
    await begins(amal)
    old = amal.screen
    await amal.taps("Start: Meet the computer")
    await amal.expects(1)
    question = amal.screen
    await amal.says(ANSWERS["Which part"])
    await amal.expects(1)
    on.clock.now += 5 * 24 * 3600
    await amal.taps("The screen", question)
    (shown,) = await amal.expects(1)
    await on.quiet()
    assert "This is where you are now." in shown and shown is amal.screen
    for tap in (amal.taps("Start: Meet the computer", old), amal.forges("nonsense")):
        on.clock.now += 30
        await tap
        await amal.expects(1)
    on.clock.now += 30
    await amal.forges(encode(Next(1, 99)))
    await amal.expects(1)
    await on.quiet()
    learner = await on.store.learner_at("whatsapp", amal.user_id)
    assert learner and len(next(iter(learner.attempts.values())).answers) == 1, "counted once"


async def test_a_second_tap_on_the_same_button_costs_nothing(on: OnWhatsApp) -> None:
    amal = on.fake.person()
    await begins(amal)
    first = amal.screen
    await asyncio.gather(*(amal.taps("Start: Meet", first) for _ in range(3)))
    await amal.expects(1)
    await on.quiet()
    await amal.taps("Start: Meet", first)
    await on.quiet()
    assert len(amal.shown) == 3, "hello, the menu, the first question"


async def test_two_phones_of_one_person_answer_a_question_once(on: OnWhatsApp) -> None:
    amal = on.fake.person()
    await begins(amal)
    await amal.taps("Start: Meet the computer")
    await amal.expects(1)
    question = amal.screen
    await asyncio.gather(*(amal.taps(label, question) for label in ("The screen", "The mouse")))
    await amal.expects(1)
    await on.quiet()
    learner = await on.store.learner_at("whatsapp", amal.user_id)
    assert learner and len(next(iter(learner.attempts.values())).answers) == 1
    assert "Put in order" in amal.screen or "Not this one" in amal.texts[-1] + amal.texts[-2]


async def test_what_comes_days_late_counts_and_costs_nothing(on: OnWhatsApp) -> None:
    """Meta brings it again for seven days; by then an answer would come too late."""
    amal = on.fake.person()
    await begins(amal)
    await amal.taps("Start: Meet the computer")
    await amal.expects(1)
    written = amal.message({"type": "text", "text": {"body": ANSWERS["Which part"]}})
    on.clock.now += 3 * 24 * 3600
    await on.fake.deliver(on.fake.of(amal, written))
    await on.quiet()
    assert len(amal.shown) == 3, "their window is closed"
    await amal.says("0")
    await amal.expects(1)
    learner = await on.store.learner_at("whatsapp", amal.user_id)
    assert learner and len(next(iter(learner.attempts.values())).answers) == 1


async def test_a_burst_is_answered_with_the_last_state(on: OnWhatsApp) -> None:
    on.fake.enforce_pace = True
    amal = on.fake.person()
    await begins(amal)
    first = amal.screen
    messages = [
        amal.message(amal.reply(encode(Home()), "Menu", "button_reply"), first.id)
        for _ in range(45)
    ]
    await asyncio.gather(*(on.fake.deliver(on.fake.of(amal, each)) for each in messages))
    await on.quiet()
    assert len(amal.shown) < 10
    async with on.store.engine.connect() as db:
        left = sa.select(sa.func.count()).where(sa.not_(t.update.c.answered))
        await asyncio.sleep(0)
        for _ in range(600):
            if not (await db.execute(left)).scalar_one():
                break
            await db.rollback()  # the next look sees what was written since
            await asyncio.sleep(0.05)
        assert (await db.execute(left)).scalar_one() == 0


async def test_what_is_no_text_is_answered_kindly(on: OnWhatsApp) -> None:
    amal = on.fake.person()
    await begins(amal)
    for kind, content, words in (
        ("audio", {"id": "1", "mime_type": "audio/ogg", "voice": True}, "cannot listen"),
        ("image", {"id": "2", "mime_type": "image/jpeg"}, "cannot look at pictures"),
        ("sticker", {"id": "3", "mime_type": "image/webp"}, "Thank you!"),
        ("location", {"latitude": 36.2, "longitude": 37.1}, "cannot read this"),
        ("contacts", [{"name": {"formatted_name": "X"}}], "cannot read this"),
        ("unsupported", {}, "cannot read this"),
        ("hologram", {}, "cannot read this"),
        ("edit", {"original_message_id": "wamid.x"}, "change later does not count"),
    ):
        await amal.does({"type": kind, kind: content})
        await amal.expects(1)
        assert words in amal.screen, kind
    before = len(amal.shown)
    for kind in ("reaction", "revoke"):
        await amal.does({"type": kind, kind: {}})
    await amal.does({"type": "text", "text": {"body": "hello"}, "group_id": "g1"})
    await on.quiet()
    assert len(amal.shown) == before


async def test_a_chat_that_was_opened_is_greeted(on: OnWhatsApp) -> None:
    amal = on.fake.person()
    await amal.does({"type": "request_welcome"})
    await amal.expects(1)
    assert "Hello, I am Pasito" in amal.screen


@pytest.mark.both_databases
@pytest.mark.parametrize("kind", ["user_changed_number", "user_changed_user_id"])
async def test_a_new_number_is_the_same_learner(on: OnWhatsApp, kind: str) -> None:
    amal = on.fake.person()
    await begins(amal)
    await amal.taps("Start: Meet the computer")
    await amal.expects(1)
    before = await on.store.learner_at("whatsapp", amal.user_id)
    new = on.fake.person("4915799999999", name="Amal again")
    system = {
        "type": kind,
        "body": "…",
        "wa_id": "4915799999999",
        "user_id": new.user_id,
        "previous_user_id": amal.user_id,
    }
    message = amal.message({"type": "system", "system": system})
    await on.fake.deliver(on.fake.value(messages=[message]))
    await on.fake.deliver(on.fake.value(messages=[message]))
    after = await on.store.learner_at("whatsapp", new.user_id)
    assert before and after and before.id == after.id
    assert await on.store.learner_at("whatsapp", amal.user_id) is None
    await new.says(ANSWERS["Which part"])
    await new.expects(1)
    assert "✅ That is right." in new.screen


async def test_stop_start_help_and_menu_work_anywhere(on: OnWhatsApp) -> None:
    amal = on.fake.person()
    await begins(amal)
    await amal.taps("Start: Meet the computer")
    await amal.expects(1)
    for said, words in (
        ("STOP", "I send you nothing more"),
        ("start", "Messages are on again"),
        ("help", "❓"),
        ("0", "Digital skills"),
        ("قف", "I send you nothing more"),
    ):
        await amal.says(said)
        await amal.expects(1)
        assert words in amal.screen, said


async def test_everything_can_be_deleted_here(on: OnWhatsApp) -> None:
    amal = on.fake.person()
    await begins(amal)
    await amal.says("/delete")
    await amal.expects(1)
    assert "2. Yes, delete everything" in amal.screen
    await amal.taps("2")
    await amal.expects(1)
    assert "All is deleted." in amal.screen
    assert await on.store.learner_at("whatsapp", amal.user_id) is None
    async with on.store.engine.connect() as db:
        assert (await db.execute(sa.select(sa.func.count()).select_from(t.address))).scalar() == 0
