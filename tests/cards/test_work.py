"""The data of papers for work, and that each slip in it is found."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.i18n.catalogues import Catalogues
from bot.model.sectors import SECTORS
from bot.model.words import Msg
from cards.lint_work import check_work, check_work_words
from cards.occupations import SHIPPED, Occupation, Rule, Task, read_work
from tests.support.world import TESTS, WORK

IDS = TESTS / "golden" / "work_ids.txt"


def test_what_ships_is_whole_and_says_nothing_wrong(shipped_words: Catalogues) -> None:
    assert read_work().findings == () and list(check_work(WORK)) == []
    assert len(WORK.occupations) == 120 and len(WORK.tasks) == 180 and len(WORK.rules) == 9
    assert all(len(jobs) == 10 for jobs in WORK.by_sector.values())
    for language in shipped_words.complete(WORK.texts()):
        said = shipped_words.said(WORK.texts(), language)
        assert list(check_work_words(WORK, said, language)) == []
    assert set(shipped_words.complete(WORK.texts())) >= {"en", "fr", "ar", "pt", "tr"}


@pytest.mark.parametrize(
    ("language", "jobs"), [("uk", 120), ("fa", 120), ("ps", 105), ("so", 105), ("ti", 95)]
)
def test_jobs_have_names_in_a_language_in_which_nothing_is_printed(
    language: str, jobs: int, shipped_words: Catalogues
) -> None:
    """The chat says them; what is missing is no slip, and no paper is offered."""
    said = shipped_words.said(WORK.texts(), language)
    assert sum(f"job {id} button" in said for id in WORK.occupations) >= jobs
    assert list(check_work_words(WORK, said, language)) == []
    assert language not in shipped_words.complete(WORK.texts())
    other = said | {"job cook button": said["job waiter button"]}
    assert "same button" in str(list(check_work_words(WORK, other, language)))


def test_an_id_never_gets_another_meaning() -> None:
    """The list only grows: answers that are kept hold ids."""
    now = {f"job {o.id} {o.esco}" for o in WORK.occupations.values()}
    now |= {f"task {id}" for id in WORK.tasks}
    now |= {f"list {name} {id}" for name, ids in WORK.lists.items() for id in ids}
    listed = set(IDS.read_text("utf-8").splitlines())
    assert listed - now == set(), "an id was taken out or means another job"
    assert now - listed == set(), "add these to the list"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("job cook button", "x" * 25, "25 characters"),
        ("job cook printed", "x" * 41, "41 characters"),
        ("job cook printed", "a / b / c", "3 forms"),
        ("job cook button", "cuisine rapide", "same button"),
        ("task prepare-meals", "Préparer des repas.", "full stop"),
        ("task prepare-meals", "Préparer 3 repas", "figure"),
        ("task prepare-meals", "Préparer mes repas", "“I”"),
        ("task prepare-meals", "Être prêt(e) à cuisiner", "sex"),
        ("task prepare-meals", "Préparation des repas", "form of its language"),
        ("task prepare-meals", "Préparer " + "x" * 60, "69 characters"),
        ("list kinds paid", "", "is missing"),
        ("head since", "depuis", "other values"),
        ("letter seen window", "x" * 151, "151 characters"),
    ],
)
def test_each_slip_in_the_words_is_found(
    shipped_words: Catalogues, name: str, text: str, told: str
) -> None:
    said = shipped_words.said(WORK.texts(), "fr") | {name: text}
    if told == "same button":
        said["job kitchen-assistant button"] = text
    found = list(check_work_words(WORK, said, "fr"))
    assert len(found) == 1 and told in found[0]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Preparação de refeições", "pt"),
        ("Yemek hazırlamak", "tr"),
        ("Mahlzeiten vorbereitet", "de"),
        ("Preparación", "es"),
    ],
)
def test_a_task_has_the_form_of_its_language(text: str, language: str) -> None:
    said = dict(WORK.words) | {"task prepare-meals": text}
    found = [f for f in check_work_words(WORK, said, language) if "task prepare-meals" in f]
    assert len(found) == 1


def test_each_slip_in_the_tables_is_found() -> None:
    cook = WORK.occupations["cook"]

    def told(**changes: object) -> str:
        jobs = WORK.occupations | {"cook": replace(cook, **changes)}  # type: ignore[arg-type]
        return " ".join(f.message for f in check_work(replace(WORK, occupations=jobs)))

    assert "11 tasks" in told(tasks=cook.tasks[:11])
    assert "no address of ESCO" in told(esco="http://example.org/cook")
    assert "four digits" in told(isco="51")
    assert "no country" in told(regulated=frozenset(("France",)))
    lost = replace(WORK, tasks=WORK.tasks | {"fly": Task("fly", "moon", "x")})
    assert {"no sector", "no address"} <= {
        part for f in check_work(lost) for part in ("no sector", "no address") if part in f.message
    }
    rules = (*WORK.rules, Rule("r10", "residence"))
    assert "no condition" in str([f.message for f in check_work(replace(WORK, rules=rules))])
    lists = {name: ids for name, ids in WORK.lists.items() if name != "wish"}
    assert "`wish` is missing" in str([f.message for f in check_work(replace(WORK, lists=lists))])


def test_broken_files_leave_the_rest(tmp_path: Path) -> None:
    for path in SHIPPED.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    jobs = (tmp_path / "occupations.csv").read_text("utf-8").splitlines()
    jobs[2] = jobs[2].replace("kitchen,", "moon,", 1)
    jobs[3] = "only,three,cells"
    jobs.append(jobs[1])
    (tmp_path / "occupations.csv").write_text("\n".join(jobs), "utf-8")
    (tmp_path / "rules.yaml").write_text("rules: [", "utf-8")
    (tmp_path / "words.yaml").unlink()
    reading = read_work(tmp_path)
    assert len(reading.work.occupations) == 118 and reading.work.rules == ()
    assert isinstance(reading.work.occupations["cook"], Occupation)
    said = " ".join(map(str, reading.findings))
    for part in (
        "no sector",
        "6 cells",
        "second time",
        "rules.yaml",
        "words.yaml:1: cannot be read",
    ):
        assert part in said, part
    assert read_work(tmp_path / "nowhere").work.occupations == {}


def test_the_chat_has_the_sectors_of_the_papers_and_calls_them_the_same() -> None:
    assert list(SECTORS) == list(WORK.list("sectors"))
    assert [WORK.word(f"sector {id}").source for id in SECTORS] == [
        words.source for words in SECTORS.values() if isinstance(words, Msg)
    ]
