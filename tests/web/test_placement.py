"""A placement that an employer confirms on a page: facts, once, and the learner keeps them."""

import asyncio
import re
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.flows.account.events import Erased, Joined
from bot.flows.papers.events import DraftKept
from bot.model.learner import Learner
from bot.model.papers import (
    DAY_SECONDS,
    MOST_PLACEMENTS,
    Confirmed,
    DraftOf,
    PaperKind,
    Placement,
    Placements,
)
from cards.reader import SHIPPED
from certificates import Fonts
from db import tables as t
from db.placements import confirm, link_of, open_placement
from db.store import Store
from tests.support.pdf_text import by_pdfium, words
from tests.support.search import spellings
from tests.support.stores import NOW, InDatabase
from tests.support.web import Client, Reader, open_site, plain
from tests.support.web_learner import who_learns
from tests.support.world import WORK

KITCHEN = WORK.tasks_of("kitchen")
FACTS = {
    "organisation": "Café Zafferano",
    "role": "tutor",
    "first": "2026-03-02",
    "last": "2026-03-13",
    "hours": "60",
    "task": list(KITCHEN[:3]),
}


MISSING, ADDRESS, NOT_SO = (
    "Please fill in all of it",
    "only the name of the organisation, without an address",
    "The hours fit in between",
)
WRONG: tuple[tuple[dict[str, object], str], ...] = (
    ({"organisation": " "}, MISSING),
    ({"role": "king"}, MISSING),
    ({"task": []}, MISSING),
    ({"task": list(KITCHEN[:9])}, MISSING),
    ({"task": ["drive-lorry-not-here"]}, MISSING),
    ({"first": "2026-02-30"}, MISSING),
    ({"organisation": "Win at evil.com"}, ADDRESS),
    ({"organisation": "t.me/evil"}, ADDRESS),
    ({"organisation": "Call +33 6 98 76 54"}, ADDRESS),
    ({"organisation": "Café " * 20}, "at most 60 letters"),
    ({"organisation": "Café 𒀀"}, "cannot print this sign"),
    ({"hours": "0"}, NOT_SO),
    ({"hours": "289"}, NOT_SO),
    ({"last": "2026-03-01"}, NOT_SO),
    ({"first": "2126-03-02", "last": "2126-03-02", "hours": "8"}, NOT_SO),
)
"""What somebody with the link may write: a name that a chat would make a link of, more hours than
the days have, a placement that is still to come."""


async def _new(learner: Reader) -> str:
    """Makes a link; returns its path."""
    for label in ("New link", "Kitchen"):
        await learner.taps(label)
    found = re.search(r"https://pasito.example(/placement/[\w-]+)", learner.text)
    assert found, learner.text
    return found[1]


async def _learner(client: Client) -> Reader:
    learner = await who_learns(client)
    await learner.taps("My papers")
    await learner.taps("Placement")
    return learner


async def _rows(store: Store) -> bytes:
    async with store.engine.connect() as db:
        tables = t.metadata.sorted_tables
        return str([row for one in tables for row in await db.execute(sa.select(one))]).encode()


@pytest.mark.row("15")
async def test_facts_are_filled_in_once_and_become_a_file(tmp_path: Path, fonts: Fonts) -> None:
    async with open_site(SHIPPED, tmp_path, fonts) as site:
        learner = await _learner(site.client)
        path = await _new(learner)
        employer = Reader(site.client)
        assert await employer.opens(path) == 200
        assert "<script" not in employer.page and "textarea" not in employer.page
        assert learner.url.rpartition("/")[2] not in employer.page
        for wrong, told in WRONG:
            assert await employer.request("POST", path, data={**FACTS, **wrong}) == 422, wrong
            assert told in plain(employer.page)
        assert await employer.request("POST", path, data=FACTS) == 200
        assert "It went to the person who asked you" in plain(employer.page)
        assert await employer.request("POST", path, data=FACTS) == 410
        await learner.opens(learner.url)
        assert "Somebody confirmed your placement" in learner.text
        for said in ("Team leader or tutor", "2026-03-13", "60", _said(KITCHEN[0])):
            assert said in learner.text
        assert b"Zafferano" not in await _rows(site.store), "sealed"
        await learner.taps("Keep it: Français")
        link = re.search(r"/file/\d+", learner.page)
        assert link and "Café Zafferano" not in learner.text
        chat = learner.url.partition("/file")[0]
        async with site.client.get(chat + link[0]) as response:
            text = words(" ".join(by_pdfium(await response.read())))
        for said in ("Attestation de stage", "Café Zafferano", "L’organisation n’a pas été vérif"):
            assert said in text
        for days, there in ((13, True), (14, False)):
            async with site.store.engine.begin() as db:
                await db.execute(
                    sa.update(t.order).values(at=time.time() - days * DAY_SECONDS - 60)
                )
            await learner.opens(learner.url)
            assert ("/file/" in learner.page) is there, "nobody can have it made again"
        assert await employer.opens(path) == 410
        rows = await _rows(site.store)
        assert not any(spelling in rows for spelling in spellings("Zafferano"))


def _said(task: str) -> str:
    return WORK.words[f"task {task}"]


async def test_three_are_open_for_fourteen_days_and_one_is_thrown_away(
    tmp_path: Path, fonts: Fonts
) -> None:
    async with open_site(SHIPPED, tmp_path, fonts) as site:
        learner = await _learner(site.client)
        paths = []
        for _ in range(MOST_PLACEMENTS):
            paths.append(await _new(learner))
            await learner.taps("Back")
        await learner.taps("New link")
        await learner.taps("Kitchen")
        assert "3 links are open" in learner.text
        await learner.taps("Open until")
        await learner.taps("Throw it away")
        assert await Reader(site.client).opens(paths[0]) == 410
        other = Reader(site.client)
        assert await other.opens(paths[1]) == 200
        token = learner.url.rpartition("/")[2]
        mine = await site.store.learner_at("web", token)
        assert mine
        async with site.store.batch(0) as tx:
            found = await tx.ask(DraftOf(mine.id, PaperKind.PLACEMENT))
        assert found and isinstance(found.draft, Placements) and len(found.draft.all) == 2
        late = max(p.until for p in found.draft.all)
        link = paths[1].rpartition("/")[2]
        assert await open_placement(site.store, link, late) is None
        assert await open_placement(site.store, link, late - DAY_SECONDS)


async def test_a_forged_link_opens_nothing(
    tmp_path: Path, fonts: Fonts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And costs the database nothing."""
    async with open_site(SHIPPED, tmp_path, fonts) as site:
        learner = await _learner(site.client)
        path = await _new(learner)
        employer = Reader(site.client)
        monkeypatch.setattr(Store, "batch", None)
        other = path[:-9] + ("B" if path[-9] == "A" else "A") + path[-8:]
        for forged in (other, "/placement/" + "x" * 40, "/placement/" + "-" * 40):
            assert await employer.opens(forged) == 410
            assert "This link was used, or is too old." in plain(employer.page)
        assert await employer.opens("/placement/short") == 404


def _open(number: int, token: str, changed: int = NOW) -> Placements:
    return Placements(
        all=(Placement(number, token, "kitchen", NOW + DAY_SECONDS),), changed=changed
    )


SAID = Confirmed("Café", "tutor", "2026-03-02", "2026-03-13", 60, ("cut-meat",), "2026-03-14")


async def test_two_forms_at_once_fill_it_in_once(store: Store) -> None:
    people = InDatabase(store)
    who = await people.person()
    await people.happens(who, DraftKept(_open(1, "secret")))
    link = link_of(store.vault, "", who, "secret").rpartition("/")[2]
    done = await asyncio.gather(*(confirm(store, link, SAID, NOW) for _ in range(4)))
    assert sorted(done) == [False, False, False, True]


async def test_a_link_that_was_given_away_opens_when_its_learner_became_one_with_another(
    store: Store,
) -> None:
    """Whoever connects a second phone has the links of both; of who deleted everything none."""
    people = InDatabase(store)
    mine, other = await people.person(), await people.person()
    await people.happens(mine, DraftKept(_open(1, "mine")))
    await people.happens(other, DraftKept(_open(1, "other", NOW + 60)))
    links = [
        link_of(store.vault, "", who, token).rpartition("/")[2]
        for who, token in ((mine, "mine"), (other, "other"))
    ]
    await people.happens(mine, Joined(Learner(other, papers=(PaperKind.PLACEMENT,))))
    for link in links:
        assert await open_placement(store, link, NOW)
        assert await confirm(store, link, SAID, NOW) and not await confirm(store, link, SAID, NOW)
    found = await people.asks(DraftOf(mine, PaperKind.PLACEMENT))
    assert sorted((p.number, bool(p.filled)) for p in found.draft.all) == [(1, True), (2, True)]
    await people.happens(mine, Erased())
    assert [await open_placement(store, link, NOW) for link in links] == [None, None]
