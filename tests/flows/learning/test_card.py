"""Warm-up, story and trailer as somebody sees them, on each channel."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.channels.telegram.render import render as on_telegram
from bot.channels.terminal.channel import render as on_terminal
from bot.channels.web.render import render as on_web
from bot.channels.whatsapp.render import render as on_whatsapp
from bot.conversation.action import encode
from bot.conversation.screen import Mark, Screen
from bot.conversation.turn import Moment, Turn, World
from bot.conversation.update import Start, Tap, Typed
from bot.flows.learning.actions import Cover, TrailerPage, TranscriptPage
from bot.flows.learning.card import KINDS, card_screen, in_a_bundle
from bot.flows.learning.cover import show_cover
from bot.flows.learning.medium import to_medium
from bot.i18n.catalogues import Catalogues
from bot.model.learner import Learner
from bot.model.words import verbatim
from cards.medium import Medium, MediumKind
from cards.model import Card, Role
from cards.text import Text
from tests.support.chat import Chat

URL = "https://example.org/first-day"
SAID = tuple(Text(f"Line {n} of what is said.", "computer") for n in range(1, 8))
FILM = Card(
    "c", Text("Look", "x"), (), Role.WARMUP, medium=Medium(MediumKind.VIDEO, URL, "12", SAID)
)
HEARD = replace(FILM, medium=Medium(MediumKind.AUDIO, URL, "0.5", SAID))
CHANNELS: dict[str, Callable[[Screen, Catalogues], str]] = {
    "telegram": lambda screen, words: repr(on_telegram(screen, "en", words)),
    "web": lambda screen, words: repr(on_web(screen, "en", words, verbatim("…"))),
    "whatsapp": lambda screen, words: repr(on_whatsapp(screen, "en", words)),
    "terminal": lambda screen, words: on_terminal(screen, "en", words),
}


@pytest.fixture
def chat(shipped_world: World, shipped_words: Catalogues) -> Chat:
    return Chat(shipped_world, shipped_words, learner=Learner(1, language="en"))


@pytest.mark.row("10")
@pytest.mark.parametrize("channel", CHANNELS)
def test_the_size_of_a_video_is_said_before_the_tap(
    channel: str, shipped_words: Catalogues
) -> None:
    for card, size in ((FILM, "Video, 12 MB"), (HEARD, "Audio, 0.5 MB")):
        alone = replace(card_screen(card, ()), rows=(to_medium(card),))
        for screen in (alone, Screen(above=(in_a_bundle(card, ()),), lines=(verbatim("?"),))):
            if screen.above and channel != "whatsapp":
                continue  # several cards in one message are sent there alone
            shown = CHANNELS[channel](screen, shipped_words)
            assert size in shown and URL in shown and "To warm up" in shown


@pytest.mark.row("03")
@pytest.mark.parametrize("where", ["card", "bundle", "trailer"])
def test_what_is_said_in_it_is_read_in_the_chat_and_leads_back(chat: Chat, where: str) -> None:
    """Without a byte of the film: page by page, and to the same card."""
    programme = chat.world.programme
    module = programme.modules["computer"]
    first = module.decks[0]
    shown = replace(first, items=(replace(HEARD, id=first.items[0].id), *first.items[1:]))
    told = replace(module, decks=(shown, *module.decks[1:]), trailer=HEARD)
    modules = {**programme.modules, "computer": told}
    chat.world = replace(chat.world, programme=replace(programme, modules=modules))
    chat.costly = where == "bundle"
    chat.does(Start("m-computer"))
    before = chat.turn("[🎬 In one card]" if where == "trailer" else "1")
    assert SAID[0].source not in before
    assert chat.costly or "Audio, 0.5 MB" in before
    words = chat.turn("[📃 Read it instead]")
    assert SAID[0].source in words and SAID[6].source not in words and URL not in words
    assert SAID[6].source in chat.turn("[More ▶]")
    assert chat.turn("[◀ To where I was]").endswith(before.partition("\n")[2])
    gone = TranscriptPage("computer", 1)
    chat.does(Tap(encode(gone)))
    assert chat.screens[-1].buttons, "no dead end"


@pytest.mark.row("03")
@pytest.mark.parametrize("channel", CHANNELS)
def test_a_cover_says_how_hard_its_words_are_and_that_it_is_an_estimate(
    channel: str, chat: Chat
) -> None:
    chat.does(Start("m-rights-duties"))
    shown = CHANNELS[channel](chat.screens[-1], chat.words)
    assert re.search("First written in English: B1 .the author.{1,5}s estimate", shown), shown


@pytest.mark.row("03")
def test_the_level_is_that_of_the_authors_words_and_stated_of_every_module(chat: Chat) -> None:
    """Also who reads a translation is told of which text it is."""
    turn = Turn(chat.learner, chat.world, Moment(now=chat.now))
    assert all(module.cefr for module in turn.programme.offered.values())
    french = replace(turn, learner=replace(turn.learner, language="fr"))
    assert "Écrit d’abord en anglais\xa0: A2 (estimation" in _cover(french, "schedule")
    unknown = replace(turn.module("schedule"), cefr=None)
    modules = {**turn.programme.modules, "schedule": unknown}
    world = replace(turn.world, programme=replace(turn.programme, modules=modules))
    assert "estimate" not in _cover(replace(turn, world=world), "schedule")


def _cover(turn: Turn, module: str) -> str:
    lines = show_cover(Cover(module), turn).lines
    return "\n".join(turn.world.say(line, turn.language) for line in lines)


@pytest.mark.row("10", "28")
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_cover_has_a_trailer_and_a_deck_warms_up_and_ends_with_somebody_who_managed(
    chat: Chat, language: str
) -> None:
    chat.learner = replace(chat.learner, language=language)

    module = chat.world.programme.modules["own-business"]
    assert module.trailer
    chat.does(Start("m-own-business"))
    assert TrailerPage("own-business") in [button.action for button in chat.screens[-1].buttons]
    trailer = chat.does(Tap(encode(TrailerPage("own-business"))))
    for text in (module.trailer.title, *module.trailer.body):
        assert chat.words.say(text, language).replace("**", "") in trailer.replace("**", "")
    chat.does(Typed("*"))
    card = chat.does(Typed("1"))
    assert chat.words.say(KINDS[Role.WARMUP], language) in card
    assert (language == "en") == ("To warm up" in card), "translated"


@pytest.mark.row("28")
def test_a_story_is_gone_through_like_every_card(chat: Chat) -> None:
    deck = chat.world.programme.modules["failure-management"].decks[0]
    story = next(card for card in deck.cards if card.role is Role.STORY)
    chat.does(Start("m-failure-management"))
    chat.does(Typed("1"))
    seen = []
    for _step in range(40):
        screen = chat.screens[-1]
        seen.append(screen.title)
        if screen.title == story.title:
            assert "🌟 How somebody managed" in chat.drawn(screen, "en")
            return
        left = [option for option in screen.options if option.mark is not Mark.USED]
        chat.does(Tap(encode((left or screen.buttons)[0].action)))
    raise AssertionError(seen)
