"""What is said of pairs where somebody asks what is kept of them."""

from bot.conversation.turn import Turn
from bot.flows.pairs.propose import STATES
from bot.model.learner import day_of
from bot.model.pairs import PairsOf
from bot.model.words import Msg, Words, _

KEPT = _("With a mentor: that you are a pair, since when, and a message until it is handed over.")


def stored_pairs(turn: Turn) -> tuple[Words, ...]:
    about = turn.learner.about_me
    lines: list[Words] = [
        Msg("🤝 {state}, {day}").of(state=STATES[pair.state], day=day_of(pair.since))
        for pair in turn.ask(PairsOf(turn.learner.id))
    ]
    if about.name:
        lines.append(_("Your name for the other: {name}").of(name=about.name))
    return tuple(lines)
