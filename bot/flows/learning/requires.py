"""What an author wants done before a module. It is advice; it locks only where the author says so
(`locked: true`), and then the reason is said. Who has begun the module goes on with it.
"""

from collections.abc import Iterator

from bot.conversation.turn import Turn
from bot.model.learner import Learner
from bot.model.words import Msg, Words, _
from cards.model import Module, Programme


def before(module: Module, learner: Learner, programme: Programme) -> tuple[Module, ...]:
    """The modules that are to be done before it and are not. One that is not here is not asked
    for."""
    here = (programme.modules[id] for id in module.requires if id in programme.modules)
    return tuple(each for each in here if not learner.done(each.id))


def is_locked(module: Module, learner: Learner, programme: Programme) -> bool:
    begun = module.id in learner.modules
    return module.locked and not begun and bool(before(module, learner, programme))


def said_before(module: Module, turn: Turn) -> Iterator[Words]:
    """The lines of a cover about it."""
    missing = before(module, turn.learner, turn.programme)
    if not missing:
        return
    if not is_locked(module, turn.learner, turn.programme):
        yield _("It is good to have done this before:")
    else:
        yield _("🔒 This opens when you have done:")
    yield from (Msg("• {title}").of(title=each.title) for each in missing)
    if module.locked and module.reason:
        yield _("Why: {reason}").of(reason=module.reason)
