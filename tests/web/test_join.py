"""An invite link opened in a browser: who invites, where to learn; and each link that does not work
says why.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.conversation.update import Start, Update
from bot.flows.groups.events import GroupKept
from bot.flows.staff.events import RoleGiven
from bot.model.group import Group
from tests.support.web import Reader, Site, learners

TOKEN = "a-token-of-22-letters_"
GROUP = Group(7, 0, TOKEN, "Tuesday <group>", "AMSED & friends", "Lea", "fr")
YESTERDAY = date.today() - timedelta(days=1)
SAID = f"{YESTERDAY.day} {YESTERDAY:%B %Y}"


async def _kept(site: Site, group: Group) -> None:
    async with site.store.batch(1_790_000_000) as tx:
        (arrival,) = await tx.load_arrivals([Update("telegram", f"{group}", "901", Start())])
        for event in (RoleGiven("counsellor"), GroupKept(replace(group, owner=arrival.learner_id))):
            async with tx.applied(arrival.learner_id, [event]):
                pass


async def test_the_reader_chooses_where_to_learn_and_reads_what_is_seen(site: Site) -> None:
    await _kept(site, GROUP)
    before = await learners(site.store)
    reader = Reader(site.client)
    assert await reader.opens(f"/join/{TOKEN}") == 200
    assert (
        "Lea invites you" in reader.page
        and "Tuesday &lt;group&gt; · AMSED &amp; friends" in reader.page
    )
    assert f'href="https://t.me/pasito_test_bot?start=g-{TOKEN}"' in reader.page
    assert "<script" not in reader.page and await learners(site.store) == before, (
        "looking stores nobody"
    )
    await reader.taps("Open here")
    assert "Lea invites you" in reader.page and "If you join, Lea sees:" in reader.page
    await reader.taps("Yes, I join")
    assert "How may Lea call you?" in reader.page and "the day you joined" not in reader.page, (
        "that list was read a moment ago"
    )
    await reader.taps("Skip")
    assert "Start: " in reader.text
    assert "Learner 1" in reader.page and await learners(site.store) == before + 1


async def test_who_learns_on_the_web_already_pastes_the_address(site: Site) -> None:
    await _kept(site, GROUP)
    reader = Reader(site.client)
    await reader.opens("/")
    await reader.taps("English")
    await reader.types(f"http://127.0.0.1:8080/join/{TOKEN}?language=ar")
    assert "Lea invites you" in reader.page


@pytest.mark.parametrize(
    ("browser", "language", "direction"), [("fr", "fr", "ltr"), ("ar-EG", "ar", "rtl")]
)
async def test_it_speaks_the_readers_language(
    site: Site, browser: str, language: str, direction: str
) -> None:
    await _kept(site, GROUP)
    reader = Reader(site.client, browser)
    await reader.opens(f"/join/{TOKEN}")
    assert f'<html lang="{language}" dir="{direction}">' in reader.page
    await reader.opens(f"/join/{TOKEN}?language=en")
    assert '<html lang="en" dir="ltr">' in reader.page
    other = Reader(site.client, "xx")
    await other.opens(f"/join/{TOKEN}")
    assert '<html lang="fr"' in other.page, "the group's, where the browser asks for none of ours"


@pytest.mark.parametrize(
    ("group", "status", "why"),
    [
        (None, 404, "I do not know this invitation"),
        (
            replace(GROUP, link_closed=True),
            410,
            "Lea, AMSED &amp; friends, has closed this invitation",
        ),
        (replace(GROUP, link_until=YESTERDAY), 410, f"This invitation worked until {SAID}"),
        (replace(GROUP, ends=YESTERDAY), 410, f"ended on {SAID}"),
    ],
    ids=["unknown", "closed", "expired", "ended"],
)
async def test_a_link_that_does_not_work_says_why_and_learning_goes_on(
    site: Site, group: Group | None, status: int, why: str
) -> None:
    if group:
        await _kept(site, group)
    reader = Reader(site.client)
    assert await reader.opens(f"/join/{TOKEN}") == status
    assert why in reader.page and "You can learn without the group:" in reader.page
    assert 'href="https://t.me/pasito_test_bot?start="' in reader.page
    await reader.taps("Open here")
    assert "Choose where to begin" in reader.page


async def test_a_full_group(site: Site) -> None:
    await _kept(site, replace(GROUP, limit=1))
    first = Reader(site.client)
    await first.opens(f"/join/{TOKEN}")
    await first.taps("Open here")
    await first.taps("Yes, I join")
    second = Reader(site.client)
    assert await second.opens(f"/join/{TOKEN}") == 410
    assert "is full. Tell Lea" in second.page
