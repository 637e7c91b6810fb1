"""No paper for a part: a category, a pathway and the programme are certified only when every module
named for them was finished.
"""

import tempfile
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flows.certificates.earned import consequences
from bot.flows.certificates.events import CertificateEarned
from bot.model.certificate import Earned
from bot.model.learner import Learner, ModuleProgress
from cards.reader import read_programme
from tests.support.decks import DECK, HEAD

GOOD = HEAD + DECK
IDS = ["a", "b", "c", "d", "e", "f"]
STATES = ("here", "coming", "broken", "no file")
DAY = date(2026, 11, 26)

one_category = st.fixed_dictionaries(
    {"named": st.lists(st.sampled_from(IDS), unique=True, max_size=4), "slip": st.integers(0, 9)}
)


@given(
    categories=st.lists(one_category, max_size=3),
    pathways=st.lists(st.lists(st.sampled_from(IDS), max_size=4), max_size=2),
    states=st.fixed_dictionaries({id: st.sampled_from(STATES) | st.just("here") for id in IDS}),
    done=st.sets(st.sampled_from(IDS)),
)
@settings(max_examples=200, deadline=None)
def test_no_paper_for_a_part(
    categories: list[dict[str, object]],
    pathways: list[list[str]],
    states: dict[str, str],
    done: set[str],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        written = []
        for number, category in enumerate(categories):
            entry: dict[str, object] = {"id": f"c{number}", "title": "C"}
            named: list[str] = category["named"]  # type: ignore[assignment]
            entry["modules"] = [m for m in named if states[m] != "coming"]
            entry["coming"] = {m: f"Title {m}" for m in named if states[m] == "coming"}
            if category["slip"] == 0:
                del entry["title"]
            elif category["slip"] == 1:
                entry["modules"] = "a"
            written.append(entry)
            (root / f"c{number}").mkdir()
            for m in named:
                if states[m] in ("here", "broken"):
                    (root / f"c{number}" / f"{m}.md").write_text(
                        GOOD if states[m] == "here" else "words"
                    )
        paths = [
            {"id": f"p{number}", "title": "P", "modules": named}
            for number, named in enumerate(pathways)
        ]
        (root / "programme.yaml").write_text(
            yaml.safe_dump({"id": "p", "title": "P", "categories": written, "pathways": paths})
        )
        programme = read_programme(root).programme
    learner = Learner(1, modules={m: ModuleProgress(DAY, DAY, done=DAY) for m in done})
    earned = {
        (e.kind, e.subject)
        for e in consequences(learner, programme, 0)
        if isinstance(e, CertificateEarned)
    }
    for number, category in enumerate(categories):
        if (Earned.CATEGORY, f"c{number}") in earned:
            assert category["named"] and done >= set(category["named"]) and category["slip"] != 1  # type: ignore[call-overload]
            assert all(states[m] == "here" for m in category["named"])  # type: ignore[attr-defined]
    for number, path in enumerate(pathways):
        if (Earned.PATHWAY, f"p{number}") in earned:
            assert path and done >= set(path)
    if any(kind is Earned.PROGRAMME for kind, _ in earned):
        everything = {m for category in categories for m in category["named"]}  # type: ignore[attr-defined]
        assert done >= everything and all(
            category["named"] and category["slip"] > 1 for category in categories
        )  # type: ignore[operator]
    # and what is whole is earned
    for category in programme.categories:
        assert ((Earned.CATEGORY, category.id) in earned) == (
            category.whole and done >= set(category.modules)
        )


@pytest.mark.row("M2", "M3")
@pytest.mark.parametrize("whole", [False, True])
def test_six_modules_are_a_category_and_forty_the_programme(whole: bool) -> None:
    programme = read_programme().programme
    digital = programme.categories[0]
    done = programme.modules if whole else digital.modules
    learner = Learner(1, modules={m: ModuleProgress(DAY, DAY, done=DAY) for m in done})
    earned = [
        (e.kind, e.subject)
        for e in consequences(learner, programme, 0)
        if isinstance(e, CertificateEarned)
    ]
    collections = (*programme.categories, *programme.pathways, programme)
    wanted = [c.id for c in collections] if whole else ["digital-skills"]
    found = [subject for kind, subject in earned if kind is not Earned.MODULE]
    assert sorted(found) == sorted(wanted)
    assert programme.total == len(programme.modules) == 40
    assert not programme.coming and not programme.left_out
    assert {p.id: len(p.modules) for p in programme.pathways} == {
        "adaptation": 5,
        "my-way-to-work": 8,
    }
