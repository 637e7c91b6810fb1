"""A card that is read aloud: its words, and the voice note that comes for it."""

from dataclasses import replace

from bot.conversation.action import Home
from bot.conversation.event import Went
from bot.conversation.registry import does, receives, shows
from bot.conversation.screen import BACK, MENU, Button, Screen, ratio
from bot.conversation.turn import Decision, Gone, Turn
from bot.conversation.update import Media, Sent
from bot.flows.recording.actions import RecordCard, RecordModule
from bot.flows.recording.choose import not_here
from bot.flows.recording.events import VoiceSent
from bot.flows.recording.slots import (
    NOT_A_VOICE,
    OF_ANOTHER,
    STATES,
    TOO_LONG,
    Slot,
    slots,
    words_of,
)
from bot.model.recordings import State
from bot.model.words import Msg, Words, _
from cards.model import Module
from cards.recording import CARD_BYTES, CARD_SECONDS

STOP = _("■ Stop here")
CHANGED = _("♻ The words of this card were changed. Please read the new ones.")


def _here(place: RecordCard, turn: Turn) -> tuple[Module, tuple[Slot, ...]]:
    """Raises `Gone` where there is no such card any more."""
    module = turn.module(place.module)
    here = slots(module, place.language, turn)
    if place.card >= len(here):
        raise Gone(instead=RecordModule(module.id, place.language))
    return module, here


def _to(place: RecordCard, number: int) -> RecordCard:
    return RecordCard(place.module, place.language, number)


@does(RecordCard)
def begin_card(tap: RecordCard, turn: Turn) -> Decision:
    return Decision((_went(tap, turn),))


def _went(place: RecordCard, turn: Turn) -> Went:
    """There, with the words that stand there now."""
    _module, here = _here(place, turn)
    return Went(replace(place, said=here[place.card].said))


@shows(RecordCard)
def show_card(place: RecordCard, turn: Turn) -> Screen:
    module, here = _here(place, turn)
    slot = here[place.card]
    back = (Button(BACK, _to(place, place.card - 1)),) if place.card else ()
    more = place.card + 1 < len(here)
    skip = (Button(_("Skip ▶"), _to(place, place.card + 1)),) if more else ()
    where = Msg("{title} · {count}").of(
        title=slot.deck.title, count=ratio(place.card + 1, len(here))
    )
    return Screen(
        title=Msg("🎙 {title} · {language}").of(
            title=module.short, language=turn.world.name_of(place.language)
        ),
        lines=(
            where,
            *_state(slot, turn),
            *(
                not_here(turn)
                or (
                    _("Read this aloud and send it as a voice note, at most {most} seconds:").of(
                        most=CARD_SECONDS
                    ),
                )
            ),
            *words_of(slot.card, place.language),
        ),
        rows=(
            (*back, *skip),
            (Button(STOP, RecordModule(module.id, place.language)), Button(MENU, Home())),
        ),
        category=turn.programme.category_of(module.id),
    )


def _state(slot: Slot, turn: Turn) -> tuple[Words, ...]:
    """What there is of this card already."""
    new = slot.new
    if new and new.speaker != turn.learner.id:
        return (OF_ANOTHER,)
    if slot.wanted:
        return (CHANGED,) if slot.new or slot.heard else ()
    state = new.state if new else State.HEARD
    return (STATES[state], _("A new voice note takes its place."))


@receives(RecordCard)
def received(place: RecordCard, sent: Sent, turn: Turn) -> Decision:
    """Anything that was sent while a card waits for a voice."""
    if sent.media is not Media.VOICE or not sent.file:
        return Decision(notes=(NOT_A_VOICE,), fresh=True)
    if sent.seconds > CARD_SECONDS or sent.bytes > CARD_BYTES:
        return Decision(notes=(TOO_LONG,), fresh=True)
    module, here = _here(place, turn)
    slot = here[place.card]
    if slot.said != place.said:
        return Decision((_went(place, turn),), (CHANGED,), fresh=True)
    if slot.new and slot.new.speaker != turn.learner.id:
        return Decision(notes=(OF_ANOTHER,), fresh=True)
    voice = VoiceSent(
        language=place.language,
        module=module.id,
        deck=slot.deck.id,
        card=slot.card.id,
        said=slot.said,
        channel=turn.moment.channel,
        file=sent.file,
    )
    onward = (
        _went(_to(place, place.card + 1), turn)
        if place.card + 1 < len(here)
        else Went(RecordModule(module.id, place.language))
    )
    thanks = _("🎙 Thank you: “{card}”. A second person will hear it.").of(card=slot.card.title)
    return Decision((voice, onward), (thanks,), fresh=True)
