"""A practical task is shown to a counsellor by a yes of its own, and confirmed."""

from dataclasses import replace

import pytest

from bot.conversation.event import evolve
from bot.documents.certificate import facts
from bot.flows.practice.actions import (
    ConfirmPractice,
    PracticePage,
    SharePracticeWith,
    TickPractice,
)
from bot.flows.practice.events import PracticeTicked
from bot.i18n.catalogues import Catalogues
from bot.model.certificate import Certificate, Earned
from bot.model.learner import Learner, day_of
from bot.model.merge import merge
from db.orders import Order
from tests.support.desk import NOW
from tests.support.office import LEA, MINA, SAMIR, Office

ORDER = Order(1, Earned.MODULE, "module", "Amina", "en")


def stated(learner: Learner, office: Office, words: Catalogues) -> tuple[int, int]:
    done = replace(learner.modules["module"], done=day_of(NOW), seconds=60)
    learner = replace(
        learner,
        modules={**learner.modules, "module": done},
        earned=(Certificate(Earned.MODULE, "module", day_of(NOW)),),
    )
    paper = facts(learner, office.world.programme, words, ORDER)
    return paper.practice, paper.confirmed


@pytest.mark.row("23")
def test_a_yes_each_time_and_what_the_counsellor_may_do(office: Office, words: Catalogues) -> None:
    page = office.goes(MINA, PracticePage("module"))
    assert "Show my counsellor" not in page, "not before it is done"
    page = office.taps(MINA, "I have done it")
    assert "stated by the learner" in page
    assert stated(office.who[MINA], office, words) == (40, 0)
    asked = office.taps(MINA, "Show my counsellor")
    assert "Lea, AMSED, reads: “Mina” says that this task is done" in asked and not office.told
    page = office.taps(MINA, "Yes, show Lea")
    ((to, letter),) = office.told
    assert to == LEA and "Mina has done a practical task" in letter and "A talk" in letter
    assert "Show my counsellor" not in page, "once a group"
    assert stated(office.who[MINA], office, words) == (40, 0)
    said = office.goes(LEA, ConfirmPractice(1, office.person(MINA), "module"))
    ((to, letter),) = office.told
    assert to == MINA and "Lea confirmed your practical task" in letter and "Mina" in said
    mina = office.people.fresh(office.who[MINA])
    assert stated(mina, office, words) == (40, 40)
    office.goes(LEA, ConfirmPractice(1, office.person(MINA), "module"))
    assert not office.told, "the second tap tells nobody"


def test_nothing_is_shown_by_an_old_button_or_confirmed_unasked(office: Office) -> None:
    office.goes(MINA, SharePracticeWith("module", 1))
    assert not office.told, "it is not done"
    office.goes(MINA, TickPractice("module", True))
    office.goes(MINA, SharePracticeWith("module", 1))
    assert not office.told, "the question was not asked"
    office.goes(LEA, ConfirmPractice(1, office.person(MINA), "module"))
    office.goes(LEA, ConfirmPractice(1, office.person(SAMIR), "module"))
    assert not office.told and "took it back" in office.notes[0]
    office.goes(MINA, ConfirmPractice(1, office.person(MINA), "module"))
    assert not office.who[MINA].modules["module"].home.confirmed, "nobody confirms themselves"


def test_who_takes_it_back_takes_the_confirmation_back(office: Office, words: Catalogues) -> None:
    office.goes(MINA, PracticePage("module"))
    office.taps(MINA, "I have done it", "Show my counsellor", "Yes, show Lea")
    office.goes(LEA, ConfirmPractice(1, office.person(MINA), "module"))
    office.taps(MINA, "Take it back")
    assert stated(office.who[MINA], office, words) == (0, 0)
    office.taps(MINA, "I have done it")
    assert stated(office.who[MINA], office, words) == (40, 0)


def test_two_who_become_one_keep_what_was_confirmed(office: Office) -> None:
    office.goes(MINA, PracticePage("module"))
    office.taps(MINA, "I have done it", "Show my counsellor", "Yes, show Lea")
    office.goes(LEA, ConfirmPractice(1, office.person(MINA), "module"))
    mina = office.people.fresh(office.who[MINA])
    alone = evolve(Learner(5, language="en"), PracticeTicked("module", True), NOW)
    for one, other in ((mina, alone), (alone, mina)):
        task = merge(one, other).modules["module"]
        assert task.home.confirmed and task.home.shown == (1,) and task.practised
