"""Whole chats on a Telegram that refuses what Telegram refuses, on SQLite and on PostgreSQL."""

import asyncio
import io

import pytest
import sqlalchemy as sa
from PIL import Image
from pypdf import PdfReader

from certificates import token_in
from db import tables as t
from db.revocations import withdrawn
from tests.fakes.telegram import File, Message, User
from tests.support.service import Service
from tests.support.world import every_font, issuer_of


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
    assert "✅ Yes." in amina.screen and "2. The screen" in amina.screen
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
    await _files(amina, 1)
    await _handed_over(service)
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
    await amina.taps("and keep my name")
    await amina.expects()
    await _handed_over(service)
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
    await _files(amina, 6)
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
    await amina.says("hello?")
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


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("\u202e\u2066\u2069", "could not read a name"),
        ("\u200b \u00a0", "could not read a name"),
        ("🎉🎉", "could not read a name"),
        ("12345", "A name needs letters"),
        ("٣٤٥", "A name needs letters"),
        ("...", "A name needs letters"),
        ("x" * 101, "too long"),
        ("Amina " * 600, "too long"),
        ("Z\u0351\u0324\u030f\u0315\u0301algo", "too many marks"),
        ("𞤀𞤣𞤤𞤢𞤥", "𞤀"),
    ],
    ids=[
        "overrides",
        "spaces",
        "emoji",
        "digits",
        "Arabic digits",
        "dots",
        "long",
        "very long",
        "zalgo",
        "no glyph",
    ],
)
async def test_what_is_no_name_is_explained_and_nothing_is_lost(
    service: Service, typed: str, answer: str
) -> None:
    amina = await _module_done(service)
    await amina.says(typed)
    await amina.expects(1)
    assert answer in amina.screen and "Your name on the certificate" in amina.screen
    await _named(amina, "Amina Diallo")
    await _files(amina, 1)
    learner = await service.store.learner_at("telegram", "1001")
    assert learner and learner.pending_name is None and not learner.owed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("\u202eAmina\u202c 🎉 Diallo", "Amina Diallo"),
        ("  Amina \n\t Diallo ", "Amina Diallo"),
        ("Amina\x07\u200e Diallo\u2069", "Amina Diallo"),
        ("محمّد\u202e Diallo", "محمّد Diallo"),
        ("Amina &  Söhne", "Amina & Söhne"),
        ("Menu", "Menu"),
    ],
)
async def test_a_name_is_shown_as_it_will_stand_on_the_paper(
    service: Service, typed: str, printed: str
) -> None:
    amina = await _module_done(service)
    await amina.says(typed)
    await amina.expects(1)
    assert f"🎓 {printed}" in amina.screen


async def test_certificates_are_made_again_when_asked_and_only_then(service: Service) -> None:
    amina = service.fake.user(1001)
    await amina.starts("m-phone")
    await amina.expects(1)
    for tap in ("▶ Start", "Next", "The red", "Next", "Get my certificate"):
        await amina.taps(tap)
        await amina.expects(1)
    await amina.says("Amina Diallo")
    await amina.expects(1)
    keep = amina.screen
    await amina.taps("and keep my name")
    await _files(amina, 1)
    await amina.taps("and keep my name", on=keep, stale=True)  # the second click
    await _handed_over(service)
    assert len(_certificates(amina)) == len(amina.photos) == 1
    await amina.says("/certificates")
    await amina.expects()
    assert "Name on them: Amina Diallo" in amina.screen
    await amina.taps("The phone")
    await amina.expects(1)
    await amina.taps("Make it again")
    await _files(amina, 3)
    first, second = _certificates(amina)
    assert first.content == second.content, "the same facts give the same paper"
    await amina.says("/certificates")
    await amina.expects()
    await amina.taps("Delete my name here")
    await amina.expects()
    learner = await service.store.learner_at("telegram", "1001")
    assert learner and learner.name is None and len(learner.earned) == 1


async def _handed_over(service: Service) -> None:
    """All that was ordered is over there, the picture and the text behind a file too."""
    for _ in range(200):
        async with service.store.engine.connect() as connection:
            states = set((await connection.execute(sa.select(t.order.c.state))).scalars())
        if states <= {"sent", "failed"}:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(states)


def _certificates(user: User) -> list[File]:
    """Without the annex, which comes with the first one."""
    return [file for file in user.documents if "certificate" in file.name]


async def _files(user: User, count: int) -> None:
    for _ in range(200):
        if len(user.documents) >= count:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{len(user.documents)} files, not {count}")


async def _module_done(service: Service) -> User:
    """Amina has gone through the short module and is asked for her name."""
    amina = service.fake.user(1001)
    await amina.starts("m-phone")
    await amina.expects(1)
    for tap in ("▶ Start", "Next", "The red", "Next", "Get my certificate"):
        await amina.taps(tap)
        await amina.expects(1)
    return amina


async def _named(amina: User, name: str) -> None:
    await amina.says(name)
    await amina.expects(1)
    await amina.taps("do not keep")


async def test_a_certificate_can_be_forwarded_checked_and_read_aloud(service: Service) -> None:
    amina = await _module_done(service)
    await _named(amina, "Amina Diallo")
    await _files(amina, 1)
    await service.fake.quiet()
    file = next(message for message in amina.messages if message.file)
    assert "Use of the cell phone" in file.text and "Amina Diallo" in file.text
    assert any("LinkedIn" in label for label in file.labels)
    statement = issuer_of(every_font()).keys.read(token_in(_link(file)))
    assert (statement.name, statement.subject) == ("Amina Diallo", "phone")
    for _ in range(40):
        texts = [
            m.text
            for m in amina.messages
            if "Amina Diallo" in m.text and "This certificate is not a diploma" in m.text
        ]
        if texts:
            break
        await asyncio.sleep(0.05)
    assert len(texts) == 1, "the same as a text, for a screen reader"


async def test_another_spelling_makes_the_old_paper_say_so(service: Service) -> None:
    amina = await _module_done(service)
    await _named(amina, "Amina Dialo")
    await _files(amina, 1)
    await _handed_over(service)
    first = await _serial(service)
    for name, count in (("Amina Diallo", 3), ("Amina Dialo", 4)):
        await amina.says("/certificates")
        await amina.expects()
        await amina.taps("The phone")
        await amina.expects(1)
        await amina.taps("Another spelling")
        await amina.expects(1)
        await _named(amina, name)
        await _files(amina, count)
        await _handed_over(service)
        replaced = set(await withdrawn(service.store.engine))
        assert (first in replaced) == (count == 3), "it says so, until the first spelling is back"
        assert await _serial(service) not in replaced


async def test_an_admin_withdraws_a_certificate_by_its_number(service: Service) -> None:
    amina = await _module_done(service)
    await _named(amina, "Amina Diallo")
    await _files(amina, 1)
    serial = await _serial(service)
    admin = service.fake.user(900)
    await admin.starts()
    await admin.expects()
    for tap in ("English", "Staff", "Withdraw a certificate"):
        await admin.taps(tap)
        await admin.expects()
    await admin.says("what?")
    await admin.expects()
    assert "no certificate number" in admin.screen
    await admin.says(" ".join(serial[n : n + 4] for n in range(0, 16, 4)).upper())
    await admin.expects()
    await admin.taps("Withdraw it")
    await admin.expects()
    assert serial in await withdrawn(service.store.engine)
    await admin.taps("Withdraw a certificate")
    await admin.expects()
    await admin.says(_link(next(message for message in amina.messages if message.file)))
    await admin.expects()
    assert serial in admin.screen
    await amina.says("/certificates")
    await amina.expects()
    await amina.taps("The phone")
    await amina.expects()
    for tap in ("Another spelling", "Make it again"):
        await amina.taps(tap)
        await amina.expects()
        assert "This certificate was taken back by those who issued it." in amina.screen, (
            "no way around it"
        )
    await admin.taps("It is valid")
    await admin.expects()
    assert serial not in await withdrawn(service.store.engine)


def _link(message: Message) -> str:
    return next(entity["url"] for entity in message.entities if entity["type"] == "text_link")


async def _serial(service: Service) -> str:
    learner = await service.store.learner_at("telegram", "1001")
    assert learner
    return learner.earned[0].serial
