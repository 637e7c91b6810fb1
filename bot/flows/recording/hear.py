"""What others recorded: heard, and then yes or not this one. Nobody says it of their own voice."""

from bot.conversation.action import Home
from bot.conversation.event import Event, Ordered, Told, Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Screen, paged
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.recording.actions import (
    HearOne,
    Judge,
    MyRecordings,
    PlayRecording,
    Record,
    ToHear,
)
from bot.flows.recording.choose import PAGE
from bot.flows.recording.events import ALL_HEARD, NOT_THIS_ONE, VoiceJudged
from bot.flows.recording.slots import (
    HEAR_IT,
    READ_ALONG,
    STATES,
    called,
    may_judge,
    words_of,
)
from bot.model.message import note
from bot.model.naming import NOT_SECOND
from bot.model.order import OrderKind
from bot.model.recordings import (
    Spoken,
    SpokenById,
    SpokenIn,
    State,
    ToBeHeard,
    about,
    card_of,
    mark_of,
)
from bot.model.words import Msg, Words, _


def _waiting(id: int, turn: Turn) -> Spoken:
    """One that waits for this person's word. Raises `Gone`."""
    one = turn.ask(SpokenById(id))
    if one is None or one.state is not State.WAITING or not may_judge(one, turn):
        said = _("This recording is not there any more, or was heard already.")
        raise Gone(Decision((Went(ToHear()),), (said,)), instead=ToHear())
    return one


@shows(ToHear)
def show_list(place: ToHear, turn: Turn) -> Screen:
    others = turn.ask(ToBeHeard(turn.learner.id))
    waiting = [one for one in others if may_judge(one, turn)]
    page = paged(waiting, place.page, PAGE, ToHear)
    return Screen(
        title=_("👂 To hear"),
        lines=(
            READ_ALONG
            if page.items
            else _("Nothing waits for you. Others hear your own recordings."),
            *((NOT_SECOND,) if len(waiting) < len(others) else ()),
        ),
        options=tuple(
            Button(
                Msg("{title} · {size} KB").of(title=called(one, turn), size=_kilobytes(one)),
                HearOne(one.id),
            )
            for one in page.items
        ),
        rows=(
            page.row,
            (Button(_("🎙 My recordings"), MyRecordings()),),
            (Button(BACK, Record()), Button(MENU, Home())),
        ),
    )


def _kilobytes(one: Spoken) -> int:
    return -(-one.bytes // 1000)


def order_of(one: Spoken, turn: Turn) -> Ordered:
    return Ordered(OrderKind.RECORDING, str(one.id), language=turn.language)


@does(HearOne)
def hear(place: HearOne, turn: Turn) -> Decision:
    return Decision((order_of(_waiting(place.recording, turn), turn), Went(place)))


@shows(HearOne)
def show_one(place: HearOne, turn: Turn) -> Screen:
    one = _waiting(place.recording, turn)
    card = card_of(one, turn.world.programme)
    same = card is not None and mark_of(card, one.language, turn.world.say) == one.said
    said: Words = (
        _("The voice comes as a file. Is this what you hear, clearly and to the end?")
        if same
        else _("The words of this card are others now: this recording cannot be used.")
    )
    yes = (Button(_("✅ Yes, for learners"), Judge(one.id, True)),) if same else ()
    return Screen(
        title=called(one, turn),
        lines=(said, *(words_of(card, one.language) if card else ())),
        options=(*yes, Button(_("🔁 Not this one"), Judge(one.id, False))),
        rows=(
            (Button(HEAR_IT, PlayRecording(one.id)),),
            (Button(BACK, ToHear()), Button(MENU, Home())),
        ),
    )


@does(Judge)
def judge(tap: Judge, turn: Turn) -> Decision:
    one = _waiting(tap.recording, turn)
    card = card_of(one, turn.world.programme)
    yes = tap.yes and card is not None
    if yes and card and mark_of(card, one.language, turn.world.say) != one.said:
        return Decision((Went(HearOne(one.id)),))
    told = _told(one, yes, turn)
    said = (
        STATES[State.HEARD]
        if yes
        else _("🔁 It is not used. Whoever recorded it is asked to read it once more.")
    )
    return Decision((VoiceJudged(one.id, yes), *told, Went(ToHear())), (said,), fresh=True)


def _told(one: Spoken, yes: bool, turn: Turn) -> tuple[Event, ...]:
    """What the one who recorded it is told: each time of a no, once of a yes to all."""
    said = about(one, turn.world.programme)
    if not yes:
        return (Told(one.speaker, note(NOT_THIS_ONE, **said)),)
    left = any(
        other.speaker == one.speaker and other.state is not State.HEARD and other.id != one.id
        for other in turn.ask(SpokenIn(one.module, one.language))
    )
    return () if left else (Told(one.speaker, note(ALL_HEARD, **said)),)
