"""How modules do (EQAVET, seed C2): begun, done, where people stop, what is hard, what is said;
never about fewer than five people; and how old the last review is."""

import csv
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.commands.lint import check
from bot.commands.quality import page, table
from bot.commands.stats import tell_quality
from bot.conversation.update import Start, Update
from bot.flows.opinions.events import OpinionGiven
from bot.model.learner import Attempt, ModuleProgress
from bot.settings import SettingError, Settings
from cards.model import Programme
from cards.module_file import module_file
from db import tables as t
from db.opinions import given
from db.quality import Quality, quality
from db.store import Store
from tests.support.databases import sqlite_with_tables
from tests.support.own_decks import own_decks
from tests.support.world import Clock

TODAY = date(2026, 9, 21)
OLD = "modified: 2024-01-01"
DECK, CARD, QUESTION = "meet-the-computer", "two-kinds", "which-part-shows-the-text"


async def _people(
    store: Store, clock: Clock, states: Sequence[tuple[ModuleProgress, Attempt | None]]
) -> list[int]:
    """Learners who are so far with the module `computer`."""
    updates = [Update("telegram", f"{n}", str(n), Start()) for n in range(len(states))]
    async with store.batch(int(clock())) as tx:
        arrivals = await tx.load_arrivals(updates)
        for arrival, (progress, attempt) in zip(arrivals, states, strict=True):
            id = arrival.learner_id
            here = {f"computer/{DECK}": attempt} if attempt else {}
            tx.learners[id] = replace(
                tx.learners[id], modules={"computer": progress}, attempts=here
            )
        await tx.write(())
    return [arrival.learner_id for arrival in arrivals]


async def _answer(store: Store, learner: int, choices: str, right: bool) -> None:
    row = {"learner_id": learner, "module": "computer", "deck": DECK, "question": QUESTION}
    async with store.engine.begin() as db:
        await db.execute(
            t.answer.insert().values(**row, choices=choices, right=right, hits=int(right), minute=1)
        )


@pytest.mark.row("C2")
async def test_of_each_module_what_happened(
    store: Store, clock: Clock, programme: Programme
) -> None:
    long_ago = TODAY - timedelta(days=20)
    done = ModuleProgress(long_ago, TODAY, 300, done=TODAY, mark=90)
    gone = ModuleProgress(long_ago, long_ago, 60)
    lately = ModuleProgress(long_ago, TODAY, 60)
    here = Attempt(1, "computer", DECK, "v", (CARD, QUESTION))
    people = await _people(
        store,
        clock,
        [*[(done, None)] * 6, *[(gone, here)] * 5, *[(gone, None)] * 2, (lately, here)],
    )
    for place, learner in enumerate(people[:10]):
        await _answer(store, learner, "0" if place < 6 else "1", place >= 6)
        await _answer(store, learner, "1", True)  # the second try
    async with store.batch(int(clock())) as tx:
        for place in range(5):
            await given(tx, people[0], OpinionGiven("computer", 2, "=Good" if place == 0 else ""))

    all_of = await quality(store.engine, store.vault, programme, int(clock()))
    found = all_of["computer"]
    assert (found.begun, found.done, found.stopped) == (10, 5, 5), "of 14, 6 and 7"
    assert found.where == {(DECK, CARD): 5}, "the two others could be told apart"
    assert found.questions[DECK, QUESTION].right == 40
    assert found.questions[DECK, QUESTION].wrong == {"0": 60}
    assert found.said.counts == (0, 0, 5)
    steps = sum(
        len(deck.cards) + len(deck.questions) for deck in programme.modules["computer"].decks
    )
    assert found.seconds == round(300 / steps)
    others = [id for id in all_of if id != "computer"]
    assert others and all(all_of[id] == Quality() for id in others)

    shown = page(programme.modules["computer"], found, TODAY)
    assert "begun: 10" in shown and "done: 5 (50 %)" in shown
    assert "at Meet the computer / Two kinds: 5" in shown
    assert re.search(r"40 % Meet the computer / Which part shows the text\?\n +60 % said: ", shown)
    assert "did it help: yes, much 5 · a little 0 · not really 0" in shown and "“=Good”" in shown
    rows = list(csv.DictReader(table(programme, all_of, TODAY).splitlines()))
    mine = {
        (row["figure"], row["step"]): row["value"] for row in rows if row["module"] == "computer"
    }
    assert mine["begun", ""] == "10" and mine["stopped here", CARD] == "5"
    assert mine["% right at the first try", QUESTION] == "40"
    assert mine["comment", ""] == "'=Good", "no spreadsheet takes it for a formula"
    assert {
        row["value"] for row in rows if row["module"] == others[0] and row["figure"] == "begun"
    } == {"fewer than 5"}


async def test_four_people_are_nobody(store: Store, clock: Clock, programme: Programme) -> None:
    long_ago = TODAY - timedelta(days=40)
    done = ModuleProgress(long_ago, long_ago, 300, done=long_ago, mark=90)
    gone = ModuleProgress(long_ago, long_ago, 60)
    people = await _people(store, clock, [*[(done, None)] * 4, *[(gone, None)] * 4])
    for learner in people[:4]:
        await _answer(store, learner, "0", False)
    async with store.batch(int(clock())) as tx:
        for _ in range(4):
            await given(tx, people[0], OpinionGiven("computer", 2, "Good"))
    found = (await quality(store.engine, store.vault, programme, int(clock())))["computer"]
    assert replace(found, begun=None) == Quality() and found.begun == 5
    assert "Good" not in page(programme.modules["computer"], found, TODAY)


async def test_the_command_tells_and_writes(tmp_path: Path) -> None:
    said: list[str] = []
    settings = Settings(data_dir=tmp_path)
    with pytest.raises(SettingError, match="no data in"):
        await tell_quality(settings, said.append)
    await sqlite_with_tables(tmp_path / "pasito.sqlite3")
    await tell_quality(settings, said.append, ["computer"])
    assert said[-1].startswith("computer: ") and "begun: fewer than 5" in said[-1]
    with pytest.raises(SettingError, match="there is no module nothing"):
        await tell_quality(settings, said.append, ["nothing"])
    await tell_quality(settings, said.append, to=tmp_path / "modules.csv")
    rows = list(csv.reader((tmp_path / "modules.csv").read_text("utf-8-sig").splitlines()))
    assert rows[0][0] == "module" and len({row[0] for row in rows[1:]}) == 40


def _with_head(folder: Path, *lines: str) -> Path:
    """A module whose text is older than every review of it."""
    file = own_decks(folder)
    text = re.sub(r"(?m)^modified: .*\n", "", file.read_text("utf-8"), count=1)
    head = "\n".join(("---", *lines, *(() if "modified:" in str(lines) else (OLD,)), ""))
    file.write_text(text.replace("---\n", head, 1), "utf-8")
    return file


def _of_review(file: Path) -> list[str]:
    return [str(found) for found in check(file) if re.search("review|modified", str(found))]


@pytest.mark.row("C2")
def test_a_review_of_more_than_twelve_months_ago_is_flagged(tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    old, new = today - timedelta(days=370), today - timedelta(days=300)
    for place, (day, flagged) in enumerate(((old, True), (new, False))):
        folder = tmp_path / str(place)
        folder.mkdir()
        file = _with_head(folder, f"reviewed_on: {day}", "reviewer: AMSED")
        found = _of_review(file)
        assert bool(found) is flagged
        module, _findings = module_file(file)
        assert module and (module.reviewed_on, module.reviewer) == (day, "AMSED")
        shown = page(module, Quality(), today)
        assert f"reviewed: {day} by AMSED" in shown
        assert ("more than twelve months ago" in shown) is flagged
        if flagged:
            assert "cell-phone.md:2: warning: last reviewed on" in found[0]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["reviewed_on: last spring", "reviewer: AMSED"], "is no day"),
        (["reviewed_on: 2090-01-01", "reviewer: AMSED"], "still to come"),
        (["reviewed_on: 2026-01-01"], "write both"),
        (["reviewer: AMSED"], "write both"),
        (["modified: 2090-01-01"], "still to come"),
    ],
)
def test_half_a_review_is_to_be_mended(tmp_path: Path, lines: list[str], said: str) -> None:
    found = _of_review(_with_head(tmp_path, *lines))
    assert any(said in line and "warning" not in line for line in found), found


def test_of_a_module_without_one_nothing_is_claimed(tmp_path: Path, programme: Programme) -> None:
    assert _of_review(own_decks(tmp_path)) == []
    shown = page(programme.modules["computer"], Quality(), TODAY)
    assert "reviewed: nobody says when" in shown


@pytest.mark.row("25")
def test_how_old_a_text_is_is_asked_for_and_never_a_review(tmp_path: Path) -> None:
    """A text without a day is only warned of: what is brought in from elsewhere may have none. A
    review is of the text that was there."""
    today = datetime.now(UTC).date()
    before, after = today - timedelta(days=60), today - timedelta(days=30)
    changed = [f"reviewed_on: {before}", "reviewer: AMSED", f"modified: {after}"]
    for place, (lines, said) in enumerate(((["modified: "], "no `modified:"), (changed, "before"))):
        folder = tmp_path / str(place)
        folder.mkdir()
        file = _with_head(folder, *lines)
        (found,) = [
            each for each in check(folder) if each.path.endswith(file.name) and said in str(each)
        ]
        assert not found.fails
    faq = tmp_path / "0" / "faq.yaml"
    faq.write_text(faq.read_text("utf-8").replace("modified: 2026-11-27", "", 1), "utf-8")
    assert [str(each) for each in check(tmp_path / "0") if "`free` has no" in str(each)]
