"""One progress on WhatsApp, Telegram and the web, both ways; where links lead; who is an admin."""

import pytest
from aiohttp import ClientSession

from bot.channels import SETTINGS
from bot.conversation.action import encode
from bot.conversation.update import Start, Tap, Typed, Update
from bot.flows.account.actions import JoinChannels, NewCode
from bot.model.channel import invite_links
from bot.settings import SettingError, load
from tests.fakes.whatsapp.server import SECRET
from tests.support.whatsapp import ANSWERS, OnWhatsApp, begins


async def test_the_link_writes_a_message_that_people_can_read(on: OnWhatsApp) -> None:
    assert on.links["whatsapp"] == "https://wa.me/15550783881?text=Hello%20Pasito%21%20"
    links = dict(invite_links(on.links, "abcd1234abcd1234"))
    assert links["whatsapp"].endswith("Hello%20Pasito%21%20g-abcd1234abcd1234")


@pytest.mark.parametrize(
    "text",
    ["Hello Pasito! m-phone", "m-phone", "  Hello Pasito! m-phone ", "Bonjour! m-phone\n"],
)
async def test_what_a_link_wrote_is_opened(on: OnWhatsApp, text: str) -> None:
    amal = on.fake.person()
    await amal.says(text)
    await amal.expects(1)
    assert "Use of the cell phone" in amal.screen


@pytest.mark.parametrize(
    ("greeting", "word"),
    [
        (("مرحبا",), "اللغة"),
        (("Bonsoir", "ok"), "Langue"),
        ((), "Language"),
    ],
)
async def test_a_link_speaks_the_language_of_the_greeting(
    on: OnWhatsApp, greeting: tuple[str, ...], word: str
) -> None:
    """The ready-made English words tell nothing."""
    amal = on.fake.person()
    for text in (*greeting, "Hello Pasito! m-phone"):
        await amal.says(text)
        await amal.expects(1)
    assert word in amal.screen.drawn()


@pytest.mark.parametrize("text", ["s-bahn", "I take the s-bahn", "e-reputation", "a m-phone b"])
async def test_words_that_only_look_like_it_are_words(on: OnWhatsApp, text: str) -> None:
    amal = on.fake.person()
    await begins(amal)
    await amal.says(text)
    await amal.expects(1)
    assert "I did not understand" in amal.screen or "perhaps" in amal.screen.bare.lower()


async def test_one_progress_from_telegram_to_whatsapp_and_back(on: OnWhatsApp) -> None:
    def update(n: int, doing: Start | Tap | Typed) -> Update:
        return Update("telegram", str(n), "1001", doing, "en")

    await on.dispatcher.handle(update(1, Start("m-phone")))
    await on.dispatcher.handle(update(2, Tap(encode(NewCode()))))
    there = await on.store.learner_at("telegram", "1001")
    assert there and there.code
    amal = on.fake.person()
    await amal.says(f"Hello Pasito! link-{there.code.text}")
    await amal.expects(1)
    await amal.taps("Yes, both are mine")
    await amal.expects(1)
    here = await on.store.learner_at("whatsapp", amal.user_id)
    both = await on.store.learner_at("telegram", "1001")
    assert here and both and here.id == both.id
    on.clock.now += 60
    await amal.forges("b:computer:meet-the-computer")
    await amal.expects(1)
    assert "A machine" in amal.screen and "Which part" in amal.screen
    await on.dispatcher.handle(update(3, Typed("next")))
    await on.dispatcher.handle(update(4, Typed("next")))
    on.clock.now += 60
    await amal.taps("The screen")
    await amal.expects(1)
    assert "This is where you are now." in amal.screen, "they went on elsewhere meanwhile"
    await amal.taps("The screen")
    await amal.expects(1)
    assert "✅ That is right." in amal.screen
    await on.dispatcher.handle(update(5, Typed(ANSWERS["Which part"])))
    now = await on.store.learner_at("whatsapp", amal.user_id)
    assert now and len(now.attempts["computer/meet-the-computer"].answers) == 1


async def test_one_progress_with_the_web(on: OnWhatsApp) -> None:
    amal = on.fake.person()
    await begins(amal)
    await amal.forges(encode(NewCode()))
    await amal.expects(1)
    learner = await on.store.learner_at("whatsapp", amal.user_id)
    assert learner and learner.code
    assert "https://learn.example.org/?start=link-" in amal.screen.text or amal.screen.link
    token = "w" * 32
    await on.dispatcher.handle(Update("web", "1", token, Start(f"link-{learner.code.text}"), "en"))
    await on.dispatcher.handle(
        Update("web", "2", token, Tap(encode(JoinChannels(learner.code.text))), "en")
    )
    page = await on.store.learner_at("web", token)
    here = await on.store.learner_at("whatsapp", amal.user_id)
    assert page and here and page.id == here.id


async def test_the_page_of_an_invitation_offers_it_and_says_what_it_takes(on: OnWhatsApp) -> None:
    async with ClientSession(on.url) as session:
        text = await (await session.get("/join/nobodysinvite")).text()
    assert "https://wa.me/15550783881" in text and "Open in WhatsApp" in text
    assert "North Korea" in text and "20 KB" in text


async def test_an_admin_is_named_by_what_the_chat_tells(on: OnWhatsApp) -> None:
    amal = on.fake.person()
    await begins(amal)
    await amal.says("/whoami")
    await amal.expects(1)
    entry = f"whatsapp:{amal.user_id}"
    assert entry in amal.screen.text.replace("\u2060", "")
    settings = load({"PASITO_ADMINS": entry}, channels=SETTINGS)
    assert settings.admin_list == (entry,)


@pytest.mark.parametrize("entry", ["whatsapp:x", "whatsapp:491511234567", "whatsapp:de.1"])
def test_nobody_is_an_admin_by_what_the_chat_does_not_tell(entry: str) -> None:
    with pytest.raises(SettingError, match="ADMINS"):
        load({"PASITO_ADMINS": entry}, channels=SETTINGS)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PHONE_ID", "+49 151"),
        ("APP_SECRET", "short"),
        ("ACCOUNT", "x"),
        ("NUMBER", "not a number"),
        ("API_URL", "graph"),
        ("RATE", "0"),
        ("MONTHLY", "-1"),
    ],
)
def test_a_setting_that_cannot_be_used_is_one_sentence(name: str, value: str) -> None:
    good = {
        "PASITO_WHATSAPP_TOKEN": "EAAtestsystemusertoken0123456789",
        "PASITO_WHATSAPP_PHONE_ID": "106540352242922",
        "PASITO_WHATSAPP_APP_SECRET": SECRET,
    }
    assert load(good, channels=SETTINGS)
    with pytest.raises(SettingError, match=name):
        load({**good, f"PASITO_WHATSAPP_{name}": value}, channels=SETTINGS)
