"""What a module is called on a button, with how far one is."""

from bot.conversation.screen import bar
from bot.model.learner import Learner
from bot.model.words import Msg, Words
from cards.model import Module


def module_label(learner: Learner, module: Module) -> Words:
    progress = learner.modules.get(module.id)
    if progress and progress.done:
        return Msg("✅ {title}").of(title=module.short)
    through = len(progress.decks) if progress else 0
    return Msg("{title} {bar}").of(title=module.short, bar=bar(through, len(module.decks)))
