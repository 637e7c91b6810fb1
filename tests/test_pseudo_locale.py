"""Every screen in a language that nobody speaks (`tests.support.pseudo`): no text is left in
English, no placeholder is lost, no messenger's limit is broken, no sign is cut in two.
"""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from bot.channels import CHANNELS
from bot.channels.telegram import render as telegram
from bot.channels.terminal.channel import render as on_terminal
from bot.channels.web.render import render as on_web
from bot.channels.whatsapp import render as whatsapp
from bot.conversation.screen import Screen
from bot.conversation.turn import World
from bot.i18n.catalogues import SHIPPED, Catalogues, catalogue
from bot.model.about import Operator
from bot.model.broadcast import Draft
from bot.model.roles import Role
from bot.model.words import InLanguage, Msg, Words, _
from cards.model import Programme
from cards.text import Text
from certificates import Fonts
from tests.support.pseudo import CUT, KEPT, PSEUDO, in_pseudo, pseudo
from tests.support.walk import Walk, somebody
from tests.support.world import world_of

ROWS = 7
PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
PLAIN = re.compile("[A-Za-z]")


@pytest.fixture(scope="module")
def words(shipped: Programme, tmp_path_factory: pytest.TempPathFactory) -> Catalogues:
    return in_pseudo(shipped, tmp_path_factory.mktemp("pseudo"))


@pytest.fixture(scope="module")
def world(shipped: Programme, words: Catalogues, fonts: Fonts) -> World:
    links = dict.fromkeys(("telegram", "whatsapp", "web"), "http://w/")
    operator = Operator(support="https://w.example/help", group="https://w.example/group")
    world = world_of(shipped, words, fonts)
    return replace(world, links=links, country="en", operator=operator)


@pytest.fixture(
    scope="module", params=[(r, n, c) for r in Role for n in (0, 2) for c in (False, True)], ids=str
)
def walk(world: World, request: pytest.FixtureRequest) -> Walk:
    """Of somebody with this role, who finished some modules, where messages are free and where
    they cost money."""
    role, done, costly = request.param
    learner = replace(somebody(role, world, done), language=PSEUDO)
    if learner.broadcast:  # what an admin typed is longer than what is shown of it
        learner = replace(learner, broadcast=Draft({PSEUDO: pseudo("Come on Friday. ") * 60}))
    return Walk(learner, world, costly)


def test_it_is_longer_by_two_fifths_and_keeps_what_a_translator_keeps() -> None:
    text = "Hello {name}, type /help or look at www.example.org/about today"
    said = pseudo(text)
    assert len(said) >= 1.4 * len(text)
    assert KEPT.findall(said) == ["{name}", "/help", "www.example.org/about"]
    assert not PLAIN.search(KEPT.sub("", said)) and not CUT.search(said)


def test_all_is_translated_into_it(words: Catalogues, shipped: Programme) -> None:
    assert words.languages == ("en", PSEUDO)
    assert not words.findings
    texts = [text for module in shipped.modules.values() for text in module.texts()]
    assert words.untranslated(texts, PSEUDO) == (0, 0)


@pytest.mark.row("06")
def test_no_text_is_left_in_english(walk: Walk, words: Catalogues) -> None:
    """Without what goes into them (names, numbers), texts have no plain letter."""
    ours = {m.id for m in catalogue(SHIPPED / "bot.pot", "en") if isinstance(m.id, str) and m.id}
    assert len(walk.seen) > 100
    left = set()
    for where, screen in walk.seen.items():
        for said in (*_words(screen), *_words(walk.toasts.get(where))):
            if PLAIN.search(KEPT.sub("", text := words.say(_bare(said), PSEUDO))):
                left.add(text)
            left |= {*_values(said)} & ours
    assert not left


@pytest.mark.row("06")
def test_no_placeholder_is_lost_and_no_sign_is_cut(walk: Walk, words: Catalogues) -> None:
    broken = {
        (where, text)
        for where, screen in walk.seen.items()
        for text in _texts(screen, walk.toasts.get(where), words)
        if PLACEHOLDER.search(text) or CUT.search(text)
    }
    assert not broken


@pytest.mark.row("06")
def test_messengers_hold_it(walk: Walk, words: Catalogues) -> None:
    broken = []
    for where, screen in walk.seen.items():
        for channel in CHANNELS:
            broken += [(where, *channel.misfits(screen, PSEUDO, words))]
        message = telegram.render(screen, PSEUDO, words)
        if len(message.keyboard) > ROWS or message.text.endswith("…"):
            broken += [(where, message.text)]
    assert not [each for each in broken if each[1:]]


def _texts(screen: Screen, toast: Words | None, words: Catalogues) -> Iterator[str]:
    """All that is read of it on each channel."""
    on_telegram = telegram.render(screen, PSEUDO, words)
    yield from (on_telegram.text, *(k["text"] for row in on_telegram.keyboard for k in row))
    for message in whatsapp.render(screen, PSEUDO, words):
        yield from (message.body, message.footer, message.opener, *(message.link or ())[:1])
        for choice in (*message.buttons, *message.rows):
            yield from (choice.title, choice.description)
        yield message.typed().body
    page = on_web(screen, PSEUDO, words, _("Your answer"), toast)
    yield from (page.title, page.typing, page.heading.text, *(line.text for line in page.lines))
    yield on_terminal(screen, PSEUDO, words)
    if toast:
        yield telegram.toast(toast, PSEUDO, words)


def _words(thing: Any) -> Iterator[Words]:
    """All words on a screen, wherever they stand."""
    if isinstance(thing, Msg | Text | InLanguage):
        yield thing
    elif isinstance(thing, tuple):
        for each in thing:
            yield from _words(each)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from _words(getattr(thing, field.name))


def _bare(said: Words) -> Words:
    """Without the letters of what comes from outside, and of what is in a language of its own."""
    if isinstance(said, InLanguage):
        return said if said.language == PSEUDO else Msg("1")
    if isinstance(said, Text):
        return said
    values = {
        name: _bare(value) if isinstance(value, Msg | Text | InLanguage) else "1"
        for name, value in said.values
    }
    return replace(said, values=tuple(values.items()))


def _values(said: Words) -> Iterator[str]:
    """What comes from outside."""
    for _name, value in said.values if isinstance(said, Msg) else ():
        if isinstance(value, str):
            yield value
        elif not isinstance(value, int):
            yield from _values(value)
