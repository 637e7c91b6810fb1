"""What an answer completes: a module, a category or pathway, the whole programme."""

from collections.abc import Iterator

from bot.conversation.event import Event, evolve
from bot.flows.certificates.events import (
    CertificateEarned,
)
from bot.flows.learning.events import ModuleDone
from bot.model.certificate import Earned
from bot.model.learner import Learner
from cards.audience import Audience
from cards.grading import failed_tests, mark
from cards.model import Module, Programme


def consequences(learner: Learner, programme: Programme, now: int) -> Iterator[Event]:
    """Everything that is complete and not yet recorded as such. From the state alone: it also holds
    after a merge."""
    for module in programme.offered.values():
        if _complete(learner, module, programme):
            tested = any(question.required for deck in module.decks for question in deck.questions)
            done = ModuleDone(
                module.id,
                int(mark(module, learner.modules[module.id].decks) * 100),
                tested,
                programme.mark_of(module),
            )
            yield done
            learner = evolve(learner, done, now)
    for earned in _earned(learner, programme):
        if not any(
            (c.kind, c.subject) == (earned.kind, earned.subject)
            for c in (*learner.earned, *learner.owed)
        ):
            yield earned


def _complete(learner: Learner, module: Module, programme: Programme) -> bool:
    """Every card seen, every question answered, the mandatory tests passed, the mark reached (seed
    C10, C11, 28)."""
    progress = learner.modules.get(module.id)
    if (
        progress is None
        or progress.done
        or any(deck.id not in progress.decks for deck in module.decks)
    ):
        return False
    return not failed_tests(module, progress.decks) and mark(
        module, progress.decks
    ) * 100 >= programme.mark_of(module)


def _earned(learner: Learner, programme: Programme) -> Iterator[CertificateEarned]:
    """A category, a pathway and the programme only where all that belongs to them is here and
    done. Of a track employers earn one that names no person; mentors earn none."""
    if programme.audience is not Audience.LEARNER:
        for module in programme.modules.values():
            if programme.audience is Audience.EMPLOYER and learner.done(module.id):
                yield CertificateEarned(Earned.ORGANISATION, module.id)
        return
    for module_id in programme.modules:
        if learner.done(module_id):
            yield CertificateEarned(Earned.MODULE, module_id)
    for category in programme.categories:
        if category.whole and all(map(learner.done, category.modules)):
            yield CertificateEarned(Earned.CATEGORY, category.id)
    for pathway in programme.pathways:
        if pathway.whole and all(map(learner.done, pathway.modules)):
            yield CertificateEarned(Earned.PATHWAY, pathway.id)
    if programme.whole and all(map(learner.done, programme.modules)):
        yield CertificateEarned(Earned.PROGRAMME, programme.id)
