"""A placement that an employer confirms on a page: facts, once, and the learner keeps them."""

import asyncio
import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.flows.papers.events import DraftKept
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
        for wrong in (
            {"organisation": " "},
            {"hours": "0"},
            {"last": "2026-03-01"},
            {"role": "king"},
            {"task": []},
            {"task": list(KITCHEN[:9])},
            {"task": ["drive-lorry-not-here"]},
        ):
            assert await employer.request("POST", path, data={**FACTS, **wrong}) == 422, wrong
            assert "Please fill in all of it" in plain(employer.page)
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


async def test_a_forged_link_opens_nothing(tmp_path: Path, fonts: Fonts) -> None:
    async with open_site(SHIPPED, tmp_path, fonts) as site:
        learner = await _learner(site.client)
        path = await _new(learner)
        employer = Reader(site.client)
        for forged in (path[:-2] + "AA", "/placement/" + "x" * 40, "/placement/" + "-" * 40):
            assert await employer.opens(forged) == 410
            assert "This link was used, or is too old." in plain(employer.page)
        assert await employer.opens("/placement/short") == 404


async def test_two_forms_at_once_fill_it_in_once(store: Store) -> None:
    people = InDatabase(store)
    who = await people.person()
    mine = Placements(all=(Placement(1, "secret", "kitchen", NOW + DAY_SECONDS),), changed=NOW)
    await people.happens(who, DraftKept(mine))
    link = link_of(store.vault, "", who, "secret").rpartition("/")[2]
    said = Confirmed("Café", "tutor", "2026-03-02", "2026-03-13", 60, ("cut-meat",), "2026-03-14")
    done = await asyncio.gather(*(confirm(store, link, said, NOW) for _ in range(4)))
    assert sorted(done) == [False, False, False, True]
