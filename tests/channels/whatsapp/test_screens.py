"""Every screen in every language within WhatsApp's limits, and what a deck costs."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot.channels.whatsapp.markup import APART, from_html, length, marked
from bot.channels.whatsapp.parts import announced
from bot.channels.whatsapp.render import BODY, Message, beginning, misfit, pages, render
from bot.conversation.action import Back, Home, encode
from bot.conversation.decide import apology, decide, show, unreadable
from bot.conversation.event import evolve_all
from bot.conversation.screen import Button, Link, Screen
from bot.conversation.turn import Drawn, Moment, Turn, World
from bot.conversation.update import Doing, Start, Tap, Typed, Update
from bot.documents.parcel import Announcement
from bot.flows.account.actions import Help
from bot.flows.learning.actions import Begin, Next
from bot.flows.learning.bundle import bundle
from bot.flows.learning.events import current
from bot.flows.learning.shown import shown_order
from bot.i18n.catalogues import Catalogues
from bot.model.group import Group
from bot.model.learner import Learner, Membership
from bot.model.roles import Role
from bot.model.words import verbatim
from cards.model import Deck, Module, Programme
from certificates import Fonts
from tests.fakes.whatsapp.rules import check
from tests.support.memory import People
from tests.support.world import world_of

MOST_PLACES = 400


@pytest.fixture(scope="module")
def words(shipped: Programme) -> Catalogues:
    return Catalogues(shipped)


@pytest.fixture(scope="module")
def world(shipped: Programme, words: Catalogues, fonts: Fonts) -> World:
    return replace(
        world_of(shipped, words, fonts),
        links={
            "web": "https://learn.example.org/?start=",
            "telegram": "https://t.me/pasito_bot?start=",
            "whatsapp": "https://wa.me/15550783881?text=Hello%20Pasito%21%20",
        },
    )


class Walker:
    """One learner, the pure core, and what Meta would say."""

    def __init__(self, world: World, words: Catalogues, learner: Learner, admin: bool = False):
        self.world, self.words, self.learner, self.admin = world, words, learner, admin
        self.now = 1_790_000_000
        self.people = People()
        mine = Group(6, 1, "my-own", "Friday", "AMSED", "Me", "en", limit=10)
        other = Membership("Friday", "AMSED", "Me", date(2026, 9, 1), 1)
        self.people.groups = {6: mine}
        self.people.members = {6: {2: Learner(2, language="en", groups={6: other})}}

    def does(self, doing: Doing) -> Screen:
        self.now += 20
        moment = Moment(
            self.now,
            "whatsapp",
            spare=Drawn("1234567890", "invitation1"),
            admin=self.admin,
            here="telegram-1",
            entry="whatsapp:DE.4913208655302741",
            costly=True,
        )
        update = Update("whatsapp", "1", "1", doing)
        decision = self.people.knowing(
            lambda known: decide(update, Turn(self.learner, self.world, known)), moment
        )
        self.learner = evolve_all(self.learner, decision.events, self.now)
        self.people.happen(self.learner, decision.events, self.now)
        screen = decision.screen or self.people.knowing(
            lambda known: show(Turn(self.learner, self.world, known)), moment
        )
        return replace(screen, notes=(*decision.notes, *screen.notes))

    def seen(self, screen: Screen, language: str) -> tuple[Message, ...]:
        messages = render(screen, language, self.words)
        for message in messages:
            assert list(misfit(message)) == [], (language, screen)
            body = {"messaging_product": "whatsapp", "recipient_type": "individual"}
            check({**body, "recipient": "DE.1", **message.content()}, {})
        return messages


@pytest.mark.parametrize("role", [Role.LEARNER, Role.COUNSELLOR, Role.ADMIN])
def test_every_screen_fits_in_every_language(role: Role, world: World, words: Catalogues) -> None:
    """From place to place by every button, as far as buttons lead."""
    first = Walker(world, words, Learner(1, language="en", role=role), role is Role.ADMIN)
    seen: set[str] = set()
    ahead = deque([(first.learner, Tap(encode(Home())))])
    while ahead and len(seen) < MOST_PLACES:
        learner, tap = ahead.popleft()
        walker = Walker(world, words, learner, first.admin)
        screen = walker.does(tap)
        key = walker.learner.place
        if key in seen:
            continue
        seen.add(key)
        for language in words.languages:
            walker.seen(screen, language)
        ahead.extend((walker.learner, Tap(encode(b.action))) for b in screen.buttons)
    assert len(seen) > 100
    for screen in (apology(), unreadable()):
        for language in words.languages:
            first.seen(screen, language)


def test_a_deck_costs_at_most_six_messages_on_average(
    shipped: Programme, world: World, words: Catalogues
) -> None:
    """All decks, every answer right at once, in every language within the limits."""
    counts = [
        _through(Walker(world, words, Learner(1, language=language)), module, deck, language)
        for language in words.languages
        for module, deck in _decks(shipped)
    ]
    assert len(counts) >= 5 * 100
    assert sum(counts) / len(counts) <= 6
    assert max(counts) <= 9


def _decks(programme: Programme) -> Iterator[tuple[Module, Deck]]:
    for module in programme.modules.values():
        for deck in module.decks:
            yield module, deck


def _through(walker: Walker, module: Module, deck: Deck, language: str) -> int:
    """How many messages came."""
    messages = len(walker.seen(walker.does(Tap(encode(Begin(module.id, deck.id)))), language))
    while attempt := current(walker.learner):
        ahead = bundle(attempt, walker.world.programme)
        if not ahead.queue:
            doing: Doing = Tap(encode(Next(attempt.id, attempt.step)))
        else:
            reached = ahead.reached(attempt)
            question = deck.by_id[reached.queue[0]]
            order = shown_order(question, reached)
            wanted = question.right if question.kind.name != "match" else range(len(order))
            doing = Typed(" ".join(str(order.index(i) + 1) for i in wanted))
        messages += len(walker.seen(walker.does(doing), language))
        assert messages < 20, (module.id, deck.id)
    return messages


def test_a_missed_question_costs_one_message_more_and_comes_after_other_cards(
    shipped: Programme, world: World, words: Catalogues
) -> None:
    walker = Walker(world, words, Learner(1, language="en"))
    module = next(iter(shipped.modules.values()))
    deck = module.decks[0]
    walker.does(Tap(encode(Begin(module.id, deck.id))))
    attempt = current(walker.learner)
    assert attempt
    first = bundle(attempt, shipped).reached(attempt)
    question = deck.by_id[first.queue[0]]
    order = shown_order(question, first)
    wrong = next(n for n, i in enumerate(order, 1) if i not in question.right)
    screen = walker.does(Typed(str(wrong)))
    said = " ".join(words.say(line, "en") for line in screen.above[0].lines)
    assert "Not this one" in said and "Right answer" in said
    assert screen.title != question.text, "three others come before"


# --- the form of a message


def _screen(*labels: str, options: tuple[str, ...] = (), **more: object) -> Screen:
    def button(n: int, label: str) -> Button:
        return Button(verbatim(label), Help(n))

    return Screen(
        lines=(verbatim("Text"),),
        options=tuple(button(50 + n, label) for n, label in enumerate(options)),
        rows=tuple((button(n, label),) for n, label in enumerate(labels)),
        **more,  # type: ignore[arg-type]
    )


def _only(screen: Screen, words: Catalogues, language: str = "en") -> Message:
    (message,) = render(screen, language, words)
    return message


def test_few_short_ways_are_buttons_and_more_or_longer_ones_a_list(words: Catalogues) -> None:
    assert [b.title for b in _only(_screen("a", "b", "c"), words).buttons] == ["a", "b", "c"]
    four = _only(_screen("a", "b", "c", "d"), words)
    assert not four.buttons and [r.title for r in four.rows] == ["a", "b", "c", "d"]
    long = _only(_screen("a", "something that is too long"), words)
    assert [(r.title, r.description) for r in long.rows] == [
        ("a", ""),
        ("something that is too…", "something that is too long"),
    ]


def test_options_are_buttons_by_their_words_or_by_number(words: Catalogues) -> None:
    short = _only(_screen(options=("Yes", "No")), words)
    assert [b.title for b in short.buttons] == ["Yes", "No"] and "1. Yes\n2. No" in short.body
    long = _only(_screen(options=("An answer that is longer", "No")), words)
    assert [b.title for b in long.buttons] == ["1", "2"]
    assert "1. An answer that is longer" in long.body
    same = _only(_screen(options=("Yes", "Yes")), words)
    assert [b.title for b in same.buttons] == ["1", "2"], "no two of the same"
    many = _only(_screen(options=tuple(f"Option {n}" for n in range(14))), words)
    assert len(many.rows) == 10 and "14. Option 13" in many.body, "the others are typed"
    typed = _only(_screen(options=("a", "b"), typed=True), words)
    assert not typed.interactive and "1. a" in typed.body


def test_the_menu_gives_way_to_others_and_the_last_line_says_its_sign(words: Catalogues) -> None:
    home, back = Button(verbatim("☰ Menu"), Home()), Button(verbatim("◀ Back"), Back())
    alone = Screen(lines=(verbatim("x"),), rows=((home,),))
    assert [b.title for b in _only(alone, words).buttons] == ["☰ Menu"]
    question = replace(_screen(options=("a", "b", "c")), rows=((back, home),))
    message = _only(question, words)
    assert len(message.buttons) == 3 and message.footer == "0 = menu · * = back"


def test_a_link_is_a_button_where_it_is_alone(words: Catalogues) -> None:
    link = Link(verbatim("Open it"), "https://learn.example.org/x_y_z")
    message = _only(Screen(lines=(verbatim("x"),), rows=((link,),)), words)
    assert message.link == ("Open", link.url) and "Open it" in message.body
    beside = _only(replace(_screen("a"), rows=((link,), (Button(verbatim("a"), Help(0)),))), words)
    assert "Open it: https://learn.example.org/x_y_z" in beside.body, "an address stays whole"


def test_what_is_too_long_for_one_message_goes_ahead_whole(words: Catalogues) -> None:
    lines = tuple(verbatim(f"{n} " + "word " * 50) for n in range(30))
    before = tuple(Screen(lines=(line,)) for line in lines)
    *ahead, last = render(replace(_screen("a"), above=before), "en", words)
    assert ahead and last.buttons and length(last.body) <= BODY
    assert all(length(message.body) <= 4096 for message in ahead)
    said = "\n".join(message.body for message in (*ahead, last))
    assert all(f"{n} word" in said for n in range(30))
    assert pages("x" * 9000, 4096) and all(length(p) <= 4096 for p in pages("😀" * 9000, 4096))


@pytest.mark.parametrize("limit", range(3, 30))
def test_a_beginning_fits_and_closes_what_it_opens(limit: int) -> None:
    for text in ("word " * 20, "😀" * 40, "\u2067العربية \u2068x\u2069 الدروس\u2069" * 3, "a" * 50):
        made = beginning(text, limit)
        assert length(made) <= limit
        assert sum(map(made.count, "\u2066\u2067\u2068")) == made.count("\u2069")


def test_a_name_in_a_list_is_whole_and_what_is_told_of_it_stands_below(
    world: World, words: Catalogues
) -> None:
    walker = Walker(world, words, Learner(1))
    for language in ("en", "ar"):
        (message,) = walker.seen(walker.does(Start()), language)
        for row in message.rows:
            assert "…" not in row.title, "the name of a language is not cut"
            assert sum(map(row.title.count, "\u2066\u2067\u2068")) == row.title.count("\u2069")


def test_signs_of_others_format_nothing_and_ours_do() -> None:
    assert marked("**a** b*c_d~e`f") == f"*a* b*{APART}c_{APART}d~{APART}e`{APART}f"
    assert marked("https://x.example/a_b*c") == "https://x.example/a_b*c"
    assert from_html("<b>a</b> <i>b_</i> &lt;c&gt;") == f"*a* _b_{APART}_ <c>"
    assert from_html('<a href="https://a.example">here</a>') == "here (https://a.example)"


def test_an_announcement_is_one_message(words: Catalogues) -> None:
    (message,) = announced(Announcement("<b>Hello</b>\nall", "ar"), words)
    assert message.buttons and message.body.startswith("\u200f*Hello*\n\u200f")
    assert not list(misfit(message))
    for message in announced(Announcement("x" * 5000, "en"), words):
        assert not list(misfit(message))


def test_the_first_screen_asks_for_the_language(world: World, words: Catalogues) -> None:
    walker = Walker(world, words, Learner(1))
    for language in words.languages:
        (message,) = walker.seen(walker.does(Start()), language)
        assert len(message.rows) + len(message.buttons) == min(7, len(words.languages))
