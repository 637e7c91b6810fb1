"""A mentor on WhatsApp and a learner on a web page: words go across, and what WhatsApp does not let
through now waits, is not lost, and its sender is told."""

import asyncio
import re
from collections.abc import AsyncIterator

import aiohttp
import pytest
import sqlalchemy as sa

from bot.flows.groups.events import GroupJoined, GroupKept
from bot.flows.pairs.events import PairKept
from bot.model.group import Group
from bot.model.pairs import RULES, Hears, Pair, PairById, PairState, WhenHeard
from db import groups, pairs
from db import tables as t
from tests.fakes.whatsapp import Person
from tests.fakes.whatsapp.people import Shown
from tests.support.web import Reader
from tests.support.whatsapp import OnWhatsApp, begins

DAY = 24 * 3600
TOKEN = "a-link-for-marc-alone"


@pytest.fixture
async def amina(on: OnWhatsApp) -> AsyncIterator[Reader]:
    """Learns on the page, in the group of Lea, who learns on WhatsApp; Lea made a link for a
    mentor."""
    lea = on.fake.person()
    await begins(lea)
    async with aiohttp.ClientSession(on.url) as session:
        reader = Reader(session)  # type: ignore[arg-type]
        await reader.opens("/")
        await reader.taps("English")
        now = int(on.clock.now)
        owner = await on.store.learner_at("whatsapp", lea.user_id)
        learner = await on.store.learner_at("web", reader.url.rpartition("/")[2])
        assert owner and learner
        group = Group(1, owner.id, "token-of-it", "Friday", "AMSED", "Lea", "en")
        async with on.store.batch(now) as tx:
            await tx.db.execute(sa.insert(t.staff).values(learner_id=owner.id))
            await groups.kept(tx, owner.id, GroupKept(group))
            joined = GroupJoined(group, 1)
            await tx.change(learner.id, joined)
            await groups.joined(tx, learner.id, joined)
            proposed = Pair(7, learner.id, 0, 1, PairState.INVITED, now, now + 14 * DAY)
            await pairs.kept(tx, owner.id, PairKept(proposed, TOKEN))
            await tx.write(())
        yield reader


async def _taps(on: OnWhatsApp, person: Person, *labels: str) -> None:
    """An option by its number, where buttons carry numbers alone; anything else by its button."""
    for label in labels:
        option = re.compile(rf"^(\d)\. {re.escape(label)}", re.MULTILINE)
        newest = next(shown for shown in reversed(person.shown) if _has(shown, label))
        found = option.search(newest.bare)
        await (person.says(found[1]) if found else person.taps(label))
        await on.quiet()


def _has(shown: Shown, label: str) -> bool:
    return label in shown.bare or any(label in words for words in shown.choices)


async def _says(on: OnWhatsApp, person: Person, text: str) -> None:
    await person.says(text)
    await on.quiet()


async def _comes(person: Person, text: str) -> None:
    person.seen = len(person.shown)
    while not any(text in shown for shown in person.texts):
        await person.expects(1)


async def _paired(on: OnWhatsApp, amina: Reader) -> Person:
    marc = on.fake.person()
    await _says(on, marc, f"p-{TOKEN}")
    assert "Mentors must be 18" in marc.screen
    await _taps(on, marc, "Yes, I am 18", "Seven rules")
    await _says(on, marc, f"1 2 3, 4-{RULES}")
    await _taps(on, marc, "My name")
    await _says(on, marc, "Marc")
    await _taps(on, marc, "My languages")
    await _says(on, marc, "French")
    await _taps(on, marc, "Done", "I am ready")
    await amina.opens(amina.url)
    assert "Marc, AMSED, would be your mentor" in amina.text
    for label in ("Read more", "Yes, and I am 18", "I do not say"):
        await amina.taps(label)
    await _comes(marc, "said yes")
    await _taps(on, marc, "Read more", "Yes")
    assert "You and Learner 1" in marc.screen
    await amina.opens(amina.url)
    assert "Marc is your mentor now" in amina.text
    await amina.taps("Write")
    return marc


@pytest.mark.row("08")
async def test_words_go_across_two_messengers(on: OnWhatsApp, amina: Reader) -> None:
    marc = await _paired(on, amina)
    await amina.types("Can we practise an interview?")
    assert "Sent to Marc." in amina.text
    await _comes(marc, "Learner 1 writes")
    await on.quiet()
    on.clock.now += 60  # they read
    await _taps(on, marc, "Write back")
    await _says(on, marc, "Yes, on Tuesday at ten.")
    assert "who gets it when they open their page" in marc.screen
    await amina.opens(amina.url)
    assert "Marc writes" in amina.text and "on Tuesday at ten" in amina.text
    assert marc.number and marc.number[-6:] not in amina.page and marc.user_id not in amina.page
    page = amina.url.rpartition("/")[2]
    assert not any(page in text for text in marc.texts)
    await amina.taps("Report")
    await amina.taps("Insults")
    await _comes(marc, "It is over")
    assert (await on.ask(PairById(7))).state is PairState.REPORTED
    assert not any("It is over" in text and "Learner 1" in text for text in marc.texts)


@pytest.mark.row("08")
async def test_what_whatsapp_does_not_let_through_waits_and_its_sender_is_told(
    on: OnWhatsApp, amina: Reader
) -> None:
    marc = await _paired(on, amina)
    on.clock.now += 2 * DAY
    await amina.types("I have an interview on Monday.")
    assert "Kept for Marc, who gets it when they write here again." in amina.text
    assert not any("interview on Monday" in text for text in marc.texts)
    await marc.says("hello")
    await _comes(marc, "interview on Monday")


@pytest.mark.both_databases
@pytest.mark.row("08")
async def test_who_blocked_us_and_comes_back_reads_all_at_once_and_in_order(
    on: OnWhatsApp, amina: Reader
) -> None:
    marc = await _paired(on, amina)
    marc.refuses = 131026
    await amina.types("The first one.")
    async with asyncio.timeout(10):
        while (await on.ask(WhenHeard((await on.ask(PairById(7))).mentor))) is Hears.SOON:
            await asyncio.sleep(0.02)
    on.clock.now += 60
    await amina.types("The second one.")
    assert "Kept for Marc, who gets it when they write here again." in amina.text
    marc.refuses = 0
    await marc.says("hello")
    await _comes(marc, "The second one.")
    (first,) = [n for n, text in enumerate(marc.texts) if "The first one." in text]
    (second,) = [n for n, text in enumerate(marc.texts) if "The second one." in text]
    assert first < second


@pytest.mark.row("08")
@pytest.mark.parametrize("text", ["I like m-learning", "She had a c-section", "page p-seventeen"])
async def test_a_word_that_looks_like_a_link_goes_to_the_other(
    on: OnWhatsApp, amina: Reader, text: str
) -> None:
    marc = await _paired(on, amina)
    await _says(on, marc, text)
    await amina.opens(amina.url)
    assert text in amina.text


@pytest.mark.row("08")
async def test_an_old_button_of_a_pair_that_is_over_says_so(on: OnWhatsApp, amina: Reader) -> None:
    marc = await _paired(on, amina)
    old = marc.screen
    await amina.taps("End it")
    await amina.taps("Yes, end it")
    await _comes(marc, "has ended it")
    for button in ("End it", "Report"):
        on.clock.now += 60
        await marc.taps(button, on=old)
        await on.quiet()
        assert "This pair is not there any more." in marc.screen


@pytest.mark.row("08")
async def test_what_waits_for_whatsapp_is_dropped_at_the_end(on: OnWhatsApp, amina: Reader) -> None:
    marc = await _paired(on, amina)
    on.clock.now += 2 * DAY
    await amina.types("This one waits.")
    await amina.taps("End it")
    await amina.taps("Yes, end it")
    await marc.says("hello")
    await _comes(marc, "has ended it")
    await on.quiet()
    assert not any("This one waits" in text for text in marc.texts)
