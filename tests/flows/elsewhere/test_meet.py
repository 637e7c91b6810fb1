"""A moderated group elsewhere (seed 22): on request alone, and after a second yes."""

from dataclasses import replace

import pytest

from bot.conversation.action import encode
from bot.conversation.turn import World
from bot.conversation.update import Tap
from bot.flows.elsewhere.actions import MeetOthers, MeetSure, ShowGroup
from bot.flows.library.actions import Library
from bot.i18n.catalogues import Catalogues
from bot.model.about import Operator
from bot.model.learner import Learner
from bot.model.words import Msg
from bot.settings import SettingError, load
from cards.audience import Audience
from tests.support.chat import Chat

OTHERS_LABEL = Msg("👥 Meet others")
LINK = "https://t.me/+AbCdEf"


@pytest.fixture
def chat(shipped_world: World, shipped_words: Catalogues) -> Chat:
    world = replace(shipped_world, operator=Operator(group=LINK))
    return Chat(world, shipped_words, learner=Learner(1, language="en"))


@pytest.mark.row("22")
def test_the_link_comes_after_a_second_yes_below_the_warning(chat: Chat) -> None:
    chat.turn("0")
    chat.turn("[🔎 Find]")
    told = chat.turn("[Meet others]")
    assert LINK not in told and "nobody puts you in" in told
    told = chat.turn("[Yes, I want to see it]")
    assert "Others will see your name and number" in told and LINK not in told
    assert LINK in chat.turn("[Yes, show me the link]")
    assert LINK not in chat.turn("library"), "it is shown once"


@pytest.mark.row("22")
def test_no_old_or_made_up_button_leads_past_the_warning(chat: Chat) -> None:
    for before in (MeetOthers(), None):
        if before:
            chat.does(Tap(encode(before)))
        else:
            chat.turn("0")
        told = chat.does(Tap(encode(ShowGroup())))
        assert LINK not in told


def test_a_no_leads_away(chat: Chat) -> None:
    chat.turn("meet others")
    chat.turn("[Yes, I want to see it]")
    assert "MigranTech" in chat.turn("[No]")


@pytest.mark.row("22")
def test_it_is_never_offered_before_somebody_looks_for_it(chat: Chat) -> None:
    told = [chat.turn("/start"), chat.turn("help"), chat.turn("settings"), chat.turn("/about")]
    assert not [each for each in told if "Meet others" in each or LINK in each]


@pytest.mark.parametrize("tap", [MeetOthers(), MeetSure(), ShowGroup()])
def test_without_a_group_and_for_employers_there_is_none(chat: Chat, tap: MeetOthers) -> None:
    chat.learner = replace(chat.learner, audience=Audience.EMPLOYER)
    assert LINK not in chat.does(Tap(encode(tap)))
    chat.learner = replace(chat.learner, audience=Audience.LEARNER)
    chat.world = replace(chat.world, operator=Operator())
    assert "group outside" not in chat.does(Tap(encode(tap)))
    assert "Meet others" not in chat.turn("library")


def test_the_setting_is_an_address() -> None:
    assert load({"PASITO_GROUP_URL": LINK}).group_url == LINK
    with pytest.raises(SettingError, match="GROUP_URL"):
        load({"PASITO_GROUP_URL": "our group"})


@pytest.mark.row("22")
@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("fr", "rencontrer des gens"),
        ("fr", "je veux rencontrer des gens"),
        ("en", "I want to meet people"),
        ("ar", "لقاء الناس"),
        ("ar", "أريد أن أتعرف على الناس"),
        ("de", "ich will andere Menschen treffen"),
        ("es", "quiero conocer a otras personas"),
        ("pt", "gostaria de conhecer outras pessoas"),
        ("uk", "хочу зустріти людей"),
    ],
)
def test_a_search_for_people_finds_the_group_where_there_is_one(
    chat: Chat, shipped_world: World, language: str, typed: str
) -> None:
    chat.learner = replace(chat.learner, language=language, place=encode(Library()))
    there = chat.words.say(OTHERS_LABEL, language)
    assert there in chat.turn(typed)
    chat.world = shipped_world
    chat.learner = replace(chat.learner, place=encode(Library()))
    assert there not in chat.turn(typed)


@pytest.mark.row("22")
@pytest.mark.parametrize(
    ("link", "messenger"),
    [
        (LINK, "Telegram"),
        ("https://chat.whatsapp.com/AbC", "WhatsApp"),
        ("https://signal.group/#AbC", "Signal"),
        ("https://www.facebook.com/groups/1", "Facebook"),
        ("https://chat.example.org/room", "chat.example.org"),
    ],
)
def test_the_messenger_is_named_before_the_second_yes(
    chat: Chat, link: str, messenger: str
) -> None:
    chat.world = replace(chat.world, operator=Operator(group=link))
    told = chat.does(Tap(encode(MeetOthers())))
    assert f"The group is on {messenger}." in told and link not in told
