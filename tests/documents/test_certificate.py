"""From progress to the facts of a certificate."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.conversation.event import Went, evolve
from bot.documents.certificate import NothingToCertify, facts, organisations_of
from bot.flows.learning.actions import Lesson
from bot.flows.learning.events import Advanced, Began
from bot.i18n.catalogues import Catalogues
from bot.model.certificate import Certificate, Earned
from bot.model.learner import Learner, ModuleProgress, day_of
from cards.model import Programme
from cards.reader import read_module
from db.orders import Order
from tests.support.world import SMALL

DAY = date(2026, 3, 9)
ORDER = Order(1, Earned.MODULE, "computer", "Amina", "en")
PROGRESS = ModuleProgress(first_day=date(2026, 3, 3), last_day=DAY, seconds=9000, done=DAY)


def learner(programme: Programme, kind: Earned, subject: str) -> Learner:
    return Learner(
        1,
        modules=dict.fromkeys(programme.modules, PROGRESS),
        earned=(Certificate(kind, subject, DAY),),
    )


@pytest.mark.parametrize(
    ("kind", "subject"), [(Earned.MODULE, "computer"), (Earned.CATEGORY, "digital-skills")]
)
def test_they_name_their_subject(
    shipped: Programme, shipped_words: Catalogues, kind: Earned, subject: str
) -> None:
    stated = facts(
        learner(shipped, kind, subject),
        shipped,
        shipped_words,
        Order(1, kind, subject, "Amina", "fr"),
    )
    assert (stated.subject, stated.issued, stated.name) == (subject, DAY, "Amina")
    assert stated.organisations == organisations_of(shipped, kind, subject)


def test_competences_bring_their_esco_skill(shipped: Programme, shipped_words: Catalogues) -> None:
    stated = facts(learner(shipped, Earned.MODULE, "computer"), shipped, shipped_words, ORDER)
    skills = {(c.esco_title, c.esco_uri) for c in stated.competences if c.esco_uri}
    assert skills and skills <= {c.esco for c in shipped.competences}


def test_the_people_who_teach_are_named(shipped: Programme, shipped_words: Catalogues) -> None:
    people = {"computer": ("Diane D.", "Tiago M."), "schedule": ("Tiago M.", "Nayeli D.")}
    modules = {
        id: replace(module, trainers=people.get(id, ())) for id, module in shipped.modules.items()
    }
    programme = replace(shipped, modules=modules)
    for kind, subject, names in (
        (Earned.MODULE, "computer", ("Diane D.", "Tiago M.")),
        (Earned.CATEGORY, "digital-skills", ("Diane D.", "Tiago M.", "Nayeli D.")),
    ):
        order = replace(ORDER, kind=kind, subject=subject)
        assert (
            facts(learner(programme, kind, subject), programme, shipped_words, order).trainers
            == names
        )


def test_the_head_of_a_module_names_the_people(tmp_path: Path) -> None:
    text = (SMALL / "digital-skills" / "phone.md").read_text(encoding="utf-8")
    (tmp_path / "phone.md").write_text(
        text.replace("trainer: AMSED", "trainer: AMSED\ntrainers: [Diane D.]"), encoding="utf-8"
    )
    module = read_module(tmp_path / "phone.md")
    assert (module.trainer, module.trainers) == ("AMSED", ("Diane D.",))


def test_learning_after_the_end_is_counted_on_the_next_paper(
    shipped: Programme, shipped_words: Catalogues
) -> None:
    """Two downloads with learning between them differ in end date and minutes (seed C5); a pause is
    left out."""
    before = learner(shipped, Earned.MODULE, "computer")
    noon = 1_790_000_000
    module = shipped.modules["computer"]
    deck = module.decks[0]
    after = evolve(replace(before, last_at=noon - 500), Went(Lesson("computer", deck.id)), noon)
    after = evolve(
        after, Began("computer", deck.id, deck.version, tuple(item.id for item in deck.items)), noon
    )
    after = evolve(after, Advanced(tuple(item.id for item in deck.items[1:])), noon + 60)
    first, second = (facts(who, shipped, shipped_words, ORDER) for who in (before, after))
    assert second.active - first.active == timedelta(minutes=1)
    assert (second.first_day, second.last_day, second.issued) == (
        first.first_day,
        day_of(noon),
        day_of(noon),
    )
    assert after.modules["computer"].done == DAY, "the day of completion stays"


def test_what_was_not_earned_or_is_gone_is_not_certified(
    shipped: Programme, shipped_words: Catalogues
) -> None:
    somebody = learner(shipped, Earned.MODULE, "computer")
    for subject in ("e-reputation", "typewriters"):
        with pytest.raises(NothingToCertify):
            facts(somebody, shipped, shipped_words, replace(ORDER, subject=subject))
    assert organisations_of(shipped, Earned.MODULE, "typewriters") == ()
