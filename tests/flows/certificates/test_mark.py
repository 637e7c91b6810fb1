"""The mark on a certificate, where the learner wants it; and what to write into a profile."""

from dataclasses import replace
from datetime import date

import pytest

from bot.conversation.turn import World
from bot.conversation.update import Tap, Typed
from bot.i18n.catalogues import Catalogues
from bot.model.certificate import Certificate, Earned
from bot.model.learner import Learner, ModuleProgress
from certificates import token_in
from tests.fakes.telegram import Message, User
from tests.support.certificate_talk import asked_for_a_name, comes_with_files, handed_over
from tests.support.chat import Chat
from tests.support.group_talk import does, says
from tests.support.service import Service
from tests.support.world import every_font, issuer_of

KEYS = issuer_of(every_font()).keys
ASKED = "It stands here because the learner asked for it."


@pytest.mark.row("28")
async def test_the_mark_stands_on_the_paper_only_if_the_learner_wants_it(service: Service) -> None:
    amina = service.fake.user(1001)
    await asked_for_a_name(amina)
    await amina.says("Amina Diallo")
    await amina.expects(1)
    await amina.taps("and keep my name")
    await _handed_over(service, amina, 1)
    assert ASKED not in _paper(amina) and _stated_mark(amina) is None
    asked = "Do you want the mark on it? 100 % right at the first answer."
    assert any(asked in message.text for message in amina.messages)
    await amina.taps("Put my mark on it")
    await _handed_over(service, amina, 3)
    assert f"100 % of the questions right at the first answer. {ASKED}" in _paper(amina)
    assert _stated_mark(amina) == 100
    await amina.says("/certificates")
    await amina.expects()
    await amina.taps("The phone")
    await amina.expects()
    assert "Your mark is on it: 100 % right at the first answer." in amina.screen
    await amina.taps("Make it without my mark")
    await _handed_over(service, amina, 4)
    assert ASKED not in _paper(amina) and _stated_mark(amina) is None


async def test_a_name_that_is_not_kept_holds_for_its_paper_and_the_kept_one_is_said(
    service: Service,
) -> None:
    amina = service.fake.user(1001)
    await asked_for_a_name(amina)
    await says(amina, "Amina Diallo")
    assert "Kept until now" not in amina.screen
    await amina.taps("and keep my name")
    await _handed_over(service, amina, 1)
    await says(amina, "/certificates")
    await does(amina, "The phone", "Another spelling of my name")
    await says(amina, "Amina Camara")
    assert "Kept until now: Amina Diallo" in amina.screen
    await amina.taps("do not keep")
    await _handed_over(service, amina, 3)
    assert any("Kept for your next certificates: Amina Diallo" in m.text for m in amina.messages)
    await says(amina, "/certificates")
    assert "Name that is kept: Amina Diallo" in amina.screen
    await does(amina, "The phone")
    assert "another name than the one that is kept" in amina.screen
    await does(amina, "Put my mark on it")
    assert "Your name on the certificate" in amina.screen, "the kept name does not replace it"
    await says(amina, "Amina Camara", "no")
    await _handed_over(service, amina, 4)
    assert "Amina Camara" in _paper(amina) and "Diallo" not in _paper(amina)


async def test_what_was_asked_for_again_and_called_off_is_as_it_was(service: Service) -> None:
    """Without a name that is kept, one is asked for first."""
    amina = service.fake.user(1001)
    await asked_for_a_name(amina)
    await says(amina, "A")
    await says(amina, "Amina Diallo")
    assert "🎓 Amina Diallo" in amina.screen, "typed again, where it is shown back"
    await amina.taps("do not keep")
    await _handed_over(service, amina, 1)
    for asked in ("Put my mark on it", "Another spelling of my name", "Make it again, up to date"):
        if asked != "Put my mark on it":
            await says(amina, "/certificates")
            await does(amina, "The phone")
        await does(amina, asked, "Not now")
        learner = await service.store.learner_at("telegram", "1001")
        assert learner and not learner.owed and not learner.again and learner.pending_name is None
        assert [(c.subject, c.marked) for c in learner.earned] == [("phone", False)]
        await says(amina, "/certificates")
        assert "Get my certificate" not in str(amina.screen.labels)
    await does(amina, "The phone", "Another spelling of my name")
    await says(amina, "Amina D. Diallo")
    await says(amina, "no")
    await _handed_over(service, amina, 3)
    assert "Amina D. Diallo" in _paper(amina) and ASKED not in _paper(amina)


async def _handed_over(service: Service, user: User, files: int) -> None:
    await comes_with_files(user, files)
    await handed_over(service)
    await service.fake.quiet()


def _paper(user: User) -> str:
    """The text of the certificate that came last."""
    return [m.text for m in user.messages if "This certificate is not a diploma" in m.text][-1]


def _stated_mark(user: User) -> int | None:
    def link(message: Message) -> str:
        links = (entity["url"] for entity in message.entities if entity["type"] == "text_link")
        return next(links, "")

    last = [link(m) for m in user.messages if m.file and "/VERIFY/" in link(m).upper()][-1]
    return KEYS.read(token_in(last)).mark


@pytest.fixture
def chat(shipped_world: World, shipped_words: Catalogues) -> Chat:
    """Amina, who has the certificate of a module, and whose name is kept."""
    world = replace(shipped_world, country="fr")
    serial = world.serial(1, Earned.MODULE, "computer", "Amina Diallo")
    day = date(2026, 9, 14)
    return Chat(
        world,
        shipped_words,
        learner=Learner(
            1,
            language="en",
            name="Amina Diallo",
            modules={"computer": ModuleProgress(day, day, 600, done=day, mark=87, rule=70)},
            earned=(Certificate(Earned.MODULE, "computer", day, serial, 1),),
        ),
    )


@pytest.mark.row("31")
@pytest.mark.parametrize("language", ["en", "fr", "ar", "pt", "tr"])
def test_a_profile_gets_title_organisation_month_and_a_link(chat: Chat, language: str) -> None:
    chat.learner = replace(chat.learner, language=language)
    chat.does(Tap("c"))
    chat.does(Typed("1"))
    screen = chat.does(Tap("cL:module:computer"))
    for spoken in (language, "fr"):  # employers read that of the country
        assert chat.words.say(chat.world.programme.modules["computer"].title, spoken) in screen
        assert chat.words.say(chat.world.programme.title, spoken) in screen
    assert "09/2026" in screen
    copied = chat.screens[-1].copied
    assert copied and copied.text in screen
    assert KEYS.read(token_in(copied.text)).name == "Amina Diallo"


def test_without_the_name_on_the_paper_no_link_is_made(chat: Chat) -> None:
    for name in (None, "Another Name"):
        chat.learner = replace(chat.learner, name=name)
        screen = chat.does(Tap("cL:module:computer"))
        assert "Link: it stands below your certificate" in screen
        assert chat.screens[-1].copied is None
