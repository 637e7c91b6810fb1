"""Whole chats on a Telegram that refuses what Telegram refuses, on SQLite and on PostgreSQL."""

import io

import pytest
import sqlalchemy as sa
from PIL import Image
from pypdf import PdfReader

from db import tables as t
from tests.fakes.telegram import User
from tests.support.certificate_talk import comes_with_files, handed_over
from tests.support.service import Service


@pytest.mark.row("02")
async def test_first_card_is_two_taps_after_start(service: Service) -> None:
    amina = service.fake.user(1001, language="en")
    await amina.says("/start")
    await amina.expects(1)
    await amina.taps("English")
    await amina.expects(1)
    await amina.taps("Start: Meet the computer")
    await amina.expects(1)
    assert "A computer keeps" in amina.screen
    assert len(amina.messages) == 1, "one message that was edited"
    assert amina.spinning == 0


async def test_feedback_is_a_new_message_and_the_old_one_loses_its_buttons(
    service: Service,
) -> None:
    amina = service.fake.user(1001)
    await amina.says("/start")
    await amina.expects(1)
    for tap in ("English", "Start: Meet", "Next", "Next"):
        await amina.taps(tap)
        await amina.expects(1)
    question = amina.screen
    await amina.taps("The screen")
    await amina.expects()
    assert amina.screen is not question
    assert "✅ That is right." in amina.screen and "2. The screen" in amina.screen
    assert question.labels == []
    assert amina.spinning == 0


async def _through(user: User) -> None:
    """Goes through what is on the screen with the right answers, up to the summary."""
    for _ in range(40):
        labels = user.screen.labels
        if any("Next" in label for label in labels):
            await user.taps("Next")
        elif "Which part" in user.screen:
            await user.taps("The screen")
        elif "Put in order" in user.screen:
            for word in ("Press", "Wait"):
                await user.taps(word)
                await user.expects()
            continue
        elif "Which are parts" in user.screen:
            for word in ("Keys", "Screen", "Done"):
                await user.taps(word)
                await user.expects()
            continue
        elif "Match them" in user.screen:
            for word in ("write", "read"):
                await user.taps(word)
                await user.expects()
            continue
        elif "___" in user.screen:
            await user.says("keybord")
        elif "A computer needs" in user.screen:
            await user.taps("True")
        elif "end a call" in user.screen:
            await user.taps("The red")
        else:
            return
        await user.expects()
    raise AssertionError(f"no end: {user.screen}")


async def test_a_whole_module_and_its_certificate(service: Service) -> None:
    amina = service.fake.user(1001)
    await amina.starts("m-phone")
    await amina.expects(1)
    await amina.taps("▶ Start")
    await amina.expects()
    await _through(amina)
    assert "🏁 Keep this" in amina.screen and "👣 Today: call" in amina.screen
    await amina.taps("Get my certificate")
    await amina.expects()
    await amina.says("12345")
    await amina.expects()
    assert "A name needs letters" in amina.screen
    await amina.says("  Amina   Diallo ")
    await amina.expects()
    assert "🎓 Amina Diallo" in amina.screen
    await amina.taps("do not keep")
    await amina.expects()
    await comes_with_files(amina, 1)
    await handed_over(service)
    (file, annex), (picture,) = amina.documents, amina.photos
    assert "About-the-project" in annex.name, "with the first certificate"
    assert (
        Image.open(io.BytesIO(picture.content)).width == 640 and len(picture.content) <= 12_000
    ), "for a small screen"
    assert file.name.startswith("Pasito") and file.name.endswith(".pdf")
    assert file.content.startswith(b"%PDF")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages)
    assert "Amina Diallo" in text and "Use of the cell phone" in text
    learner = await service.store.learner_at("telegram", "1001")
    assert (
        learner and learner.name is None and learner.pending_name is None and learner.done("phone")
    )
    async with service.store.engine.connect() as connection:
        states = (await connection.execute(sa.select(t.order.c.state, t.order.c.sealed))).all()
    assert states == [("sent", None)] * 2, "what was handed over keeps no name"
    assert amina.spinning == 0


@pytest.mark.row("M2")
async def test_finishing_the_last_module_gives_all_types_in_order(service: Service) -> None:
    amina = service.fake.user(1001)
    await amina.starts("m-computer")
    await amina.expects(1)
    await amina.taps("▶ Start")
    await amina.expects()
    await _through(amina)
    await amina.taps("▶ Second deck")
    await amina.expects()
    await _through(amina)
    assert any("certificate" in label for label in amina.screen.labels)
    await amina.starts("m-phone")
    await amina.expects()
    await amina.taps("▶ Start")
    await amina.expects()
    await _through(amina)
    await amina.taps("Get my certificate")
    await amina.expects()
    await amina.says("محمّد العربي")
    await amina.expects()
    await amina.taps("Skip")  # its reader reads Latin letters: they are asked for, too
    await amina.expects()
    await amina.taps("and keep my name")
    await amina.expects()
    await handed_over(service)
    titles = [
        "".join(p.extract_text() for p in PdfReader(io.BytesIO(f.content)).pages)
        for f in amina.documents
    ]
    assert len(titles) == 5
    assert "The computer" in titles[0] and "Use of the cell phone" in titles[1]
    assert "Digital skills" in titles[2] and "MigranTech" in titles[3]
    assert "About the project" in titles[4], "the annex comes last, once"
    annex = amina.documents[-1]
    await amina.says("/certificates")
    await amina.expects()
    await amina.taps("About the project")
    await comes_with_files(amina, 6)
    assert amina.documents[-1].content == annex.content
    assert any("The file about the project comes here" in m for m in amina.messages)
    assert "/annex/en.pdf" in next(m for m in reversed(amina.messages) if m.file).text, (
        "with words to forward"
    )


async def test_a_blocked_bot_is_silent_until_the_person_is_back(service: Service) -> None:
    amina = service.fake.user(1001)
    await amina.says("/start")
    await amina.expects(1)
    await amina.blocks()
    await service.fake.quiet()
    async with service.store.engine.connect() as connection:
        assert not (await connection.execute(sa.select(t.address.c.reachable))).scalar_one()
    await amina.unblocks()
    await amina.says("/start")
    await amina.expects()
    async with service.store.engine.connect() as connection:
        assert (await connection.execute(sa.select(t.address.c.reachable))).scalar_one()


async def test_what_goes_wrong_on_the_way_is_made_good(service: Service) -> None:
    """429, 500, a connection that breaks before or after: the learner still gets the answer and the
    state is right."""
    amina = service.fake.user(1001)
    await amina.says("/start")
    await amina.expects(1)
    service.fake.fail_next("editMessageText", 500)
    await amina.taps("English")
    await amina.expects(1)
    assert "Choose where to begin" in amina.screen
    service.fake.fail_next(
        "editMessageText", 400, description="Bad Request: message to edit not found"
    )
    await amina.taps("Start: Meet")
    await amina.expects(1)
    assert "A machine" in amina.screen
    service.fake.fail_next("editMessageText", drop="after")
    await amina.taps("Next")
    await amina.expects(1)
    assert "Two kinds" in amina.screen
    service.fake.fail_next("sendMessage", 429, retry_after=1)
    await amina.says("hmpf?")
    await amina.expects(1)
    assert "I did not understand" in amina.screen
    assert amina.spinning == 0


async def test_old_buttons_voice_stickers_and_edits(service: Service) -> None:
    amina = service.fake.user(1001)
    await amina.says("/start")
    await amina.expects(1)
    first = amina.screen
    await amina.taps("English")
    await amina.expects()
    await amina.taps("Start: Meet")
    await amina.expects()
    await amina.sends_voice()
    await amina.expects()
    assert "cannot listen" in amina.screen and "A machine" in amina.screen
    assert first.labels == [], "only the newest message has buttons"
    await amina.sends_photo()
    await amina.expects()
    await amina.sends_contact()
    await amina.expects()
    assert "do not keep" in amina.screen
    await amina.forges(amina.screen, "x:1:99")
    await service.fake.quiet()
    await amina.forges(amina.screen, "nonsense")
    await amina.expects()
    assert "A machine" in amina.screen
    assert amina.spinning == 0


async def test_after_twelve_hours_the_answer_is_a_new_message(service: Service) -> None:
    amina = service.fake.user(1001)
    await amina.says("/start")
    await amina.expects(1)
    old = amina.screen
    service.clock.now += 13 * 3600
    await amina.taps("English")
    await amina.expects()
    assert amina.screen is not old and old.labels == []


async def test_a_group_is_greeted_once_and_never_taught(service: Service) -> None:
    amina = service.fake.user(1001)
    group = service.fake.group(-77)
    await amina.says("/start@other_bot", chat=group)
    await service.fake.quiet()
    await amina.says(f"/start@{service.fake.me['username']}", chat=group)
    await group.expects(1)
    assert "one person at a time" in group.messages[-1]
    await amina.says("hello all", chat=group)
    await service.fake.quiet()
    async with service.store.engine.connect() as connection:
        assert (
            await connection.execute(sa.select(sa.func.count()).select_from(t.learner))
        ).scalar_one() == 0


async def test_commands_are_registered_in_every_language(service: Service) -> None:
    assert {"menu", "certificates", "mydata"} <= {
        command["command"] for command in await _commands(service, "fr")
    }


async def _commands(service: Service, language: str) -> list[dict[str, str]]:
    return [c.to_dict() for c in await service.telegram.bot.get_my_commands(language_code=language)]
