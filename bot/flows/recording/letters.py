"""What staff are told of recordings while they do something else."""

from bot.conversation.action import Home
from bot.conversation.message import says
from bot.conversation.screen import MENU, Button, Screen
from bot.flows.recording.actions import MyRecordings, RecordCard, ToHear
from bot.flows.recording.events import ALL_HEARD, NOT_THIS_ONE, NOT_USED, WAIT_FOR_YOU
from bot.flows.recording.mine import MINE
from bot.flows.recording.slots import (
    NOT_A_VOICE,
    OF_ANOTHER,
    READ_ALONG,
    READ_CARD,
    TOO_LONG,
)
from bot.model.message import Note
from bot.model.words import Words, _
from cards.text import Text

REASONS: dict[str, Words] = {
    "lost": _("The messenger did not give it to us. Please read the card once more."),
    "no-voice": NOT_A_VOICE,
    "long": TOO_LONG,
    "other": OF_ANOTHER,
}
"""Why a voice note could not be kept, by what a note carries."""


def _again(note: Note, why: Words) -> Screen:
    """About one card, with the way back to it."""
    card = RecordCard(note["module"], note["language"], int(note["card"]))
    return Screen(
        title=_("🔁 Your recording of “{card}”").of(card=_title(note)),
        lines=(why,),
        rows=((Button(READ_CARD.of(number=card.card + 1), card),), (Button(MENU, Home()),)),
    )


def _title(note: Note) -> Text:
    return Text(note["title"], note["module"])


@says(NOT_USED)
def _not_used(note: Note) -> Screen:
    return _again(note, REASONS.get(note["why"], REASONS["lost"]))


@says(NOT_THIS_ONE)
def _not_this_one(note: Note) -> Screen:
    why = _(
        "A second person heard it and asks you to read the card once more, clearly, to the end."
    )
    return _again(note, why)


@says(ALL_HEARD)
def _all_heard(note: Note) -> Screen:
    return Screen(
        title=_("✅ Learners hear you"),
        lines=(
            _(
                "A second person said yes to all that you recorded of this module. The last one: "
                "“{card}”."
            ).of(card=_title(note)),
        ),
        rows=((Button(MINE, MyRecordings()), Button(MENU, Home())),),
    )


@says(WAIT_FOR_YOU)
def _wait_for_you(_note: Note) -> Screen:
    return Screen(
        title=_("👂 Somebody recorded cards"),
        lines=(READ_ALONG,),
        rows=((Button(_("👂 To hear"), ToHear()), Button(MENU, Home())),),
    )
