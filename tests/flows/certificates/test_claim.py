"""Certificates in whole chats: asked for, made again, forwarded, respelled, withdrawn."""

import asyncio

import pytest

from bot.i18n.catalogues import without_bidi
from certificates import token_in
from db.revocations import withdrawn
from tests.fakes.telegram import File, Message, User
from tests.support.certificate_talk import asked_for_a_name, comes_with_files, handed_over
from tests.support.service import Service
from tests.support.world import every_font, issuer_of


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
    await comes_with_files(amina, 1)
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
    assert f"🎓 {printed}" in without_bidi(amina.screen.text)


async def test_certificates_are_made_again_when_asked_and_only_then(service: Service) -> None:
    amina = service.fake.user(1001)
    await asked_for_a_name(amina)
    await amina.says("Amina Diallo")
    await amina.expects(1)
    keep = amina.screen
    await amina.taps("and keep my name")
    await comes_with_files(amina, 1)
    await amina.taps("and keep my name", on=keep, stale=True)  # the second click
    await handed_over(service)
    assert len(_certificates(amina)) == len(amina.photos) == 1
    await amina.says("/certificates")
    await amina.expects()
    assert "Name on them: Amina Diallo" in amina.screen
    await amina.taps("The phone")
    await amina.expects(1)
    await amina.taps("Make it again")
    await comes_with_files(amina, 3)
    first, second = _certificates(amina)
    assert first.content == second.content, "the same facts give the same paper"
    await amina.says("/certificates")
    await amina.expects()
    await amina.taps("Delete my name here")
    await amina.expects()
    learner = await service.store.learner_at("telegram", "1001")
    assert learner and learner.name is None and len(learner.earned) == 1


def _certificates(user: User) -> list[File]:
    """Without the annex, which comes with the first one."""
    return [file for file in user.documents if "certificate" in file.name]


async def _module_done(service: Service) -> User:
    """Amina has gone through the short module and is asked for her name."""
    amina = service.fake.user(1001)
    await asked_for_a_name(amina)
    return amina


async def _named(amina: User, name: str) -> None:
    await amina.says(name)
    await amina.expects(1)
    await amina.taps("do not keep")


async def test_a_certificate_can_be_forwarded_checked_and_read_aloud(service: Service) -> None:
    amina = await _module_done(service)
    await _named(amina, "Amina Diallo")
    await comes_with_files(amina, 1)
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
    await comes_with_files(amina, 1)
    await handed_over(service)
    first = await _serial(service)
    for name, count in (("Amina Diallo", 3), ("Amina Dialo", 4)):
        await amina.says("/certificates")
        await amina.expects()
        await amina.taps("The phone")
        await amina.expects(1)
        await amina.taps("Another spelling")
        await amina.expects(1)
        await _named(amina, name)
        await comes_with_files(amina, count)
        await handed_over(service)
        replaced = set(await withdrawn(service.store.engine))
        assert (first in replaced) == (count == 3), "it says so, until the first spelling is back"
        assert await _serial(service) not in replaced


async def test_an_admin_withdraws_a_certificate_by_its_number(service: Service) -> None:
    amina = await _module_done(service)
    await _named(amina, "Amina Diallo")
    await comes_with_files(amina, 1)
    serial = await _serial(service)
    admin = service.fake.user(900)
    await admin.starts()
    await admin.expects()
    for tap in ("English", "For staff", "Staff", "Withdraw a certificate"):
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
