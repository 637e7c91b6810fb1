"""The cards of a module in a language, each with what is recorded of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.turn import Turn
from bot.model.group import SecondAdmins
from bot.model.recordings import Spoken, SpokenIn, State, card_of, mark_of
from bot.model.words import InLanguage, Msg, Words, _
from cards.model import Card, Deck, Module
from cards.recording import CARD_BYTES, CARD_SECONDS

STATES: dict[State, Words] = {
    State.ON_ITS_WAY: _("⏳ It is on its way to us."),
    State.WAITING: _("👂 It waits for a second person."),
    State.HEARD: _("✅ Learners hear it."),
}
NOT_A_VOICE = _(
    "This is no voice note. Hold the microphone of this chat, read the card, and let go."
)
TOO_LONG = _(
    "It is too long: a card has at most {seconds} seconds and {size} KB. Please read it once more, "
    "without pauses."
).of(seconds=CARD_SECONDS, size=CARD_BYTES // 1000)
OF_ANOTHER = _(
    "Somebody else recorded this card, and it waits to be heard. Please go on with another card."
)
HEAR_IT, READ_CARD = _("🔊 Hear it"), _("▶ Read card {number}")
READ_ALONG = _("Hear each one and read along. Learners hear it after your yes.")


@dataclass(frozen=True)
class Slot:
    """`new` nobody agreed to yet, `heard` is what learners have."""

    deck: Deck
    card: Card
    said: str
    new: Spoken | None = None
    heard: Spoken | None = None

    @property
    def current(self) -> bool:
        return self.heard is not None and self.heard.said == self.said

    @property
    def wanted(self) -> bool:
        """Whether somebody should record it."""
        return not self.current and (self.new is None or self.new.said != self.said)


def languages_of(module: Module, turn: Turn) -> list[str]:
    """Those that it can be recorded in, one's own first."""
    taught = turn.world.taught_in
    codes = dict.fromkeys((*turn.world.languages, module.written_in))
    found = [code for code in codes if taught(module.id, code) == code]
    return sorted(found, key=lambda code: code != turn.language)


def slots(module: Module, language: str, turn: Turn) -> tuple[Slot, ...]:
    found: dict[tuple[str, str], dict[bool, Spoken]] = {}
    for one in turn.ask(SpokenIn(module.id, language)):
        found.setdefault((one.deck, one.card), {})[one.state is State.HEARD] = one
    return tuple(
        Slot(deck, card, mark_of(card, language, turn.world.say), of.get(False), of.get(True))
        for deck in module.decks
        for card in deck.cards
        for of in [found.get((deck.id, card.id), {})]
    )


def may_judge(one: Spoken, turn: Turn) -> bool:
    """Whether this person is a second one; where a broadcast needs two people, by the same rule."""
    if one.speaker == turn.learner.id:
        return False
    two = turn.world.two_admins
    return not two or turn.learner.id in turn.ask(SecondAdmins(one.speaker, spoken=True))


def next_wanted(of: Sequence[Slot], me: int) -> int:
    """The card to go on with: the first to be recorded after the one that they recorded last."""
    mine = [
        (one.at, number)
        for number, slot in enumerate(of)
        for one in (slot.new, slot.heard)
        if one and one.speaker == me
    ]
    last = max(mine)[1] if mine else -1
    order = [*range(last + 1, len(of)), *range(last + 1)]
    return next((number for number in order if of[number].wanted), 0)


def words_of(card: Card, language: str) -> tuple[Words, ...]:
    """Title and text as they are read aloud, in their own language."""
    return (
        Msg("**{title}**").of(title=InLanguage(card.title, language)),
        *(InLanguage(text, language) for text in card.body),
    )


def called(one: Spoken, turn: Turn) -> Words:
    """A recording in one line of a list."""
    card = card_of(one, turn.world.programme)
    title: Words = card.title if card else Msg("{id}").of(id=one.card)
    where = turn.world.name_of(one.language)
    return Msg("{title} · {language}").of(title=title, language=where)
