"""A card is heard where there is a recording of it: its size is said, and nothing comes unasked."""

from bot.conversation.event import Ordered
from bot.conversation.registry import does
from bot.conversation.screen import Button
from bot.conversation.turn import STAY, Decision, Turn
from bot.flows.learning.actions import Listen
from bot.flows.learning.attempt import EXAM, REVIEW, in_hand
from bot.flows.learning.bundle import bundle
from bot.model.learner import Attempt
from bot.model.order import OrderKind
from bot.model.words import Words, _
from cards.model import Card, Item
from cards.recording import Recording, key_of


def listen(attempt: Attempt, item: Item, turn: Turn) -> tuple[Button, ...]:
    """The card in hand, and on the first item of a deck all of it, as far as they are recorded.
    Where several cards are in one message, the first of them."""
    if not turn.programme.audio:
        return ()
    keys = {whole: _key(attempt, item, turn, whole) for whole in (False, True)}
    found = {whole: turn.programme.audio[key] for whole, key in keys.items() if key}
    return tuple(
        Button(
            _label(recording, whole),
            Listen(attempt.id, attempt.step, whole),
            sound=recording,
        )
        for whole, recording in found.items()
    )


def _label(recording: Recording, whole: bool) -> Words:
    if recording.computer:
        said = _("🔊 Computer, all {size} KB") if whole else _("🔊 Computer voice {size} KB")
    else:
        said = _("🔊 All of it · {size} KB") if whole else _("🔊 Listen · {size} KB")
    return said.of(size=recording.kilobytes)


def _key(attempt: Attempt, item: Item, turn: Turn, whole: bool) -> str:
    """Of a recording that there is; empty where there is none."""
    if attempt.deck in (REVIEW, EXAM):
        return ""
    deck = turn.programme.offered[attempt.module].by_id[attempt.deck]
    if turn.moment.costly:
        item = next(iter(bundle(attempt, turn.programme).cards), item)
    if item is not deck.items[0] if whole else not isinstance(item, Card):
        return ""
    language = turn.world.taught_in(attempt.module, turn.language)
    key = key_of(language, attempt.module, attempt.deck, "" if whole else item.id)
    return key if key in turn.programme.audio else ""


@does(Listen)
def play(tap: Listen, turn: Turn) -> Decision:
    held = in_hand(turn.learner, turn.programme)
    if held is None or (held[0].id, held[0].step) != (tap.attempt, tap.step):
        return STAY
    key = _key(*held, turn, tap.whole)
    return Decision((Ordered(OrderKind.AUDIO, key, language=turn.language),)) if key else STAY
