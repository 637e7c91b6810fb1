"""From progress to the facts of a certificate."""

from datetime import date

import pytest

from bot.certify import NothingToCertify, facts, organisations_of
from bot.events import Earned
from bot.i18n import Catalogues
from bot.learner import Certificate, Learner, ModuleProgress
from cards.model import Programme

DAY = date(2026, 3, 9)
PROGRESS = ModuleProgress(first_day=date(2026, 3, 3), last_day=DAY, seconds=9000, done=DAY)


def learner(programme: Programme, kind: Earned, subject: str) -> Learner:
    return Learner(1, modules=dict.fromkeys(programme.modules, PROGRESS), earned=(Certificate(kind, subject, DAY),))


@pytest.mark.parametrize(("kind", "subject"), [(Earned.MODULE, "computer"), (Earned.CATEGORY, "digital-skills")])
def test_they_name_their_subject(shipped: Programme, kind: Earned, subject: str) -> None:
    stated = facts(learner(shipped, kind, subject), shipped, Catalogues(shipped), kind, subject, "Amina", "fr")
    assert (stated.subject, stated.issued, stated.name) == (subject, DAY, "Amina")
    assert stated.organisations == organisations_of(shipped, kind, subject)


def test_competences_bring_their_esco_skill(shipped: Programme) -> None:
    stated = facts(
        learner(shipped, Earned.MODULE, "computer"), shipped, Catalogues(shipped), Earned.MODULE, "computer", "Amina", "en"
    )
    skills = {(c.esco_title, c.esco_uri) for c in stated.competences if c.esco_uri}
    assert skills and skills <= {c.esco for c in shipped.competences}


def test_what_was_not_earned_or_is_gone_is_not_certified(shipped: Programme) -> None:
    somebody = learner(shipped, Earned.MODULE, "computer")
    for subject in ("e-reputation", "typewriters"):
        with pytest.raises(NothingToCertify):
            facts(somebody, shipped, Catalogues(shipped), Earned.MODULE, subject, "Amina", "en")
    assert organisations_of(shipped, Earned.MODULE, "typewriters") == ()
