"""Labels of buttons that several screens have: a module, with how far one is; the language."""

from bot.conversation.screen import Button, bar
from bot.flows.account.actions import Languages
from bot.model.learner import Learner
from bot.model.words import Msg, Words, _
from cards.model import Module

LANGUAGE = Button(Msg("🌐 {word}").of(word=_("Language")), Languages())
"""On each first screen: nobody is left in a language that they cannot read."""


def module_label(learner: Learner, module: Module) -> Words:
    progress = learner.modules.get(module.id)
    if progress and progress.done:
        return Msg("✅ {title}").of(title=module.short)
    through = len(progress.decks) if progress else 0
    return Msg("{title} {bar}").of(title=module.short, bar=bar(through, len(module.decks)))
