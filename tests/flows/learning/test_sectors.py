"""A short lesson for a trade: found by the filter and by a word, kept like others, counted in
nothing."""

import re

import pytest

from bot.conversation.action import encode
from bot.conversation.turn import World
from bot.conversation.update import Tap
from bot.flows.learning.actions import Answer, Begin, Next
from bot.flows.learning.shown import shown_order
from bot.i18n.catalogues import Catalogues
from bot.model.learned import learned
from bot.model.learner import Learner
from bot.model.spaced import upcoming
from cards.model import Programme
from cards.question import Question
from tests.support.chat import Chat
from tests.support.web import Client, Reader, right_answer

SECTORS = ("kitchen", "cleaning", "building", "care", "transport", "shop")


def somebody(world: World, words: Catalogues, costly: bool = False) -> Chat:
    channel = "whatsapp" if costly else "telegram"
    return Chat(world, words, learner=Learner(1, "en"), channel=channel, costly=costly)


def go_through(chat: Chat, sector: str, right: bool = True) -> str:
    """All cards and questions of its lesson; what stands at the end."""
    (deck,) = chat.world.programme.sectors[sector].decks
    said = chat.does(Tap(encode(Begin(sector, deck.id))))
    for _ in range(60):
        attempt = chat.learner.attempt(sector, deck.id)
        if attempt is None or not attempt.queue:
            return said
        item = deck.by_id[attempt.queue[0]]
        if isinstance(item, Question) and not attempt.feedback:
            order = shown_order(item, attempt)
            wanted = item.right if right else item.right[::-1]
            places = tuple(order.index(option) for option in wanted)
            if not right and item.kind.one:
                places = ((places[0] + 1) % len(item.options),)
            said = chat.does(Tap(encode(Answer(attempt.id, attempt.step, places))))
        else:
            said = chat.does(Tap(encode(Next(attempt.id, attempt.step))))
    raise AssertionError(said)


@pytest.mark.row("16")
@pytest.mark.parametrize("costly", [False, True], ids=["telegram", "whatsapp"])
def test_from_the_filter_for_the_trade_to_the_end_of_its_lesson(
    shipped_world: World, shipped_words: Catalogues, costly: bool
) -> None:
    chat = somebody(shipped_world, shipped_words, costly)
    chat.turn("/find")
    said = chat.turn("[Trade]")
    for trade in ("Kitchen", "Cleaning", "Building (2)", "Care", "Transport and stores", "Shop"):
        assert trade in said
    assert "Trade: Building" in chat.turn("[Building]")
    said = chat.turn("[Show 2 cards]")
    assert said.index("📘 Building") < said.index("HOPE (Afpa)")
    said = chat.turn("[📘 Building]")
    assert "First days on a building site" in said and "Read the sign where people can fall" in said
    assert "There is no certificate for it." in said
    chat.turn("[▶ Start]")
    said = go_through(chat, "building")
    assert "Triangle, falling person: you can fall." in said and "✅ First days on a" in said
    assert "ertificate" not in said and not chat.learner.owed and not chat.learner.earned
    assert "▶ Start: Meet the computer" in said, "and back to the modules"


@pytest.mark.row("16")
async def test_on_the_web_page_too(shipped_site: Client, shipped: Programme) -> None:
    reader = Reader(shipped_site)
    await reader.opens("/")
    await reader.taps("English")
    await reader.types("/find")
    for tap in ("Trade", "Care", "Show", "Care"):
        if tap == "Show":
            show = reader.page.rindex("<p", 0, reader.page.index("Show 2 cards"))
            assert "quiet" not in reader.page[show:].partition(">")[0], "it is no way out"
        await reader.taps(tap)
    assert "First days in care" in reader.text
    await reader.taps("Start")
    for _ in range(30):
        if reader.at_the_end:
            break
        if any("Next" in label for _do, label in reader.buttons):
            await reader.taps("Next")
        else:
            await reader.types(right_answer(reader.page, shipped))
    assert "Triangle, three rings: germs." in reader.text and "ertificate" not in reader.text
    await reader.types("/progress")
    assert "0/40" in reader.text


@pytest.mark.row("16")
@pytest.mark.parametrize("sector", SECTORS)
def test_each_sector_explains_its_words_the_first_day_and_one_sign(
    shipped: Programme, sector: str
) -> None:
    (deck,) = shipped.sectors[sector].decks
    assert 8 <= len(shipped.sectors[sector].glossary) <= 12
    assert 5 <= len(deck.cards) <= 7 and 3 <= len(deck.questions) <= 5
    titles = [card.title.source for card in deck.cards]
    assert "The first day" in titles and any(title.startswith("The sign for") for title in titles)
    assert all(question.reason.source for question in deck.questions)


@pytest.mark.row("16")
def test_all_six_are_counted_nowhere_and_bring_no_certificate(
    shipped_world: World, shipped_words: Catalogues
) -> None:
    programme = shipped_world.programme
    assert tuple(programme.sectors) == SECTORS and programme.total == len(programme.modules) == 40
    chat = somebody(shipped_world, shipped_words)
    chat.does(Tap(encode(Begin("cv", programme.modules["cv"].decks[0].id))))
    for sector in SECTORS:
        go_through(chat, sector, right=sector != "care")
        assert chat.learner.done(sector), "without a mark to reach"
    assert not chat.learner.owed and not chat.learner.earned
    said = chat.turn("/progress")
    assert "Modules done: ▱▱▱▱▱ 0/40" in said and "▷ Kitchen" not in said
    said = chat.turn("/menu")
    assert re.findall(r"(\d+/\d+)\b", said)[-5:] == ["0/6", "0/9", "0/8", "0/9", "0/8"]
    assert "▶ Go on:" in said and "Kitchen" not in said
    certificates = chat.turn("/certificates")
    assert not [title for title in ("Kitchen", "First days") if title in certificates]
    assert not [one for one in learned(chat.learner, programme) if one.module.id in SECTORS]
    assert "✅ Kitchen" in chat.turn("/mydata")
    due = {ref.split("/")[0] for _day, ref in upcoming(chat.learner.memory, programme)}
    assert due >= set(SECTORS), "what was answered comes back like other questions"


@pytest.mark.row("16")
@pytest.mark.parametrize(
    ("typed", "shown"),
    [("kitchen", "Kitchen"), ("forklift", "forklift"), ("care home resident", "resident")],
)
def test_a_word_of_the_trade_is_found_by_the_search(
    shipped_world: World, shipped_words: Catalogues, typed: str, shown: str
) -> None:
    chat = somebody(shipped_world, shipped_words)
    chat.turn("/library")
    assert shown in chat.turn(typed)
    assert any(
        sector in encode(button.action)
        for button in chat.screens[-1].options
        for sector in ("kitchen", "transport", "care")
    )


def test_a_typed_trade_is_the_filter_in_any_language(
    shipped_world: World, shipped_words: Catalogues
) -> None:
    chat = somebody(shipped_world, shipped_words)
    chat.turn("/find")
    said = chat.turn("kitchen")
    assert "Trade: Kitchen" in said and "📘 Kitchen" in said and "aFip" in said


def test_back_leads_to_where_it_was_found(shipped_world: World, shipped_words: Catalogues) -> None:
    chat = somebody(shipped_world, shipped_words)
    assert "First days in a shop" in chat.turn("/start m-shop")
    assert "Help near you" in chat.turn("[Back]")
    chat.turn("/start m-shop")
    assert "Help near you" in chat.turn("*")


def test_who_is_here_for_a_track_meets_none(
    shipped_world: World, shipped_words: Catalogues
) -> None:
    chat = somebody(shipped_world, shipped_words)
    chat.turn("/start e-employer")
    chat.does(Tap(encode(Begin("kitchen", "first-days-in-a-kitchen"))))
    assert not chat.learner.attempts
    chat.turn("/find")
    assert "Trade" not in chat.drawn(chat.screens[-1], "en")


def test_a_programme_without_sectors_asks_for_no_trade(world: World, words: Catalogues) -> None:
    chat = somebody(world, words)
    assert not world.programme.sectors and "Trade" not in chat.turn("/find")
