"""One's own recordings, and for admins those that learners hear: played, and taken down."""

from collections.abc import Callable, Sequence

from bot.conversation.action import Action, Back, Home
from bot.conversation.event import Went
from bot.conversation.registry import does, shows
from bot.conversation.rights import has
from bot.conversation.screen import BACK, MENU, RETURN, Button, Screen, paged
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.recording.actions import (
    AllRecordings,
    HearOne,
    MyRecordings,
    OneRecording,
    PlayRecording,
    Record,
    TakeDown,
)
from bot.flows.recording.choose import PAGE
from bot.flows.recording.events import VoiceTakenDown
from bot.flows.recording.hear import order_of
from bot.flows.recording.slots import HEAR_IT, STATES, called, words_of
from bot.model.recordings import AllHeard, Spoken, SpokenBy, SpokenById, State, card_of
from bot.model.words import Msg, Words, _, ngettext

SIGNS = {State.ON_ITS_WAY: "⏳", State.WAITING: "👂", State.HEARD: "✅"}
MINE = _("🎙 My recordings")


def stored_recordings(turn: Turn) -> tuple[Words, ...]:
    """What `/mydata` says of them."""
    count = len(turn.ask(SpokenBy(turn.learner.id)))
    said = ngettext("{count} recording of your voice", "{count} recordings of your voice", count)
    return (said,) if count else ()


def my_voice(turn: Turn) -> tuple[Button, ...]:
    """The way to them, for whoever has some."""
    return (Button(MINE, MyRecordings()),) if turn.ask(SpokenBy(turn.learner.id)) else ()


def voice_stays(turn: Turn) -> tuple[Words, ...]:
    """What `/delete` says to whom learners hear."""
    said = _(
        "Recordings of your voice that learners hear stay, without your name. Take them down "
        "before, if you do not want that."
    )
    return (said,) if _heard(turn) else ()


def _heard(turn: Turn) -> int:
    return sum(one.state is State.HEARD for one in turn.ask(SpokenBy(turn.learner.id)))


def _list(
    title: Words,
    of: Sequence[Spoken],
    wanted: int,
    to: Callable[[int], Action],
    turn: Turn,
) -> Screen:
    page = paged(of, wanted, PAGE, to)
    staff = has(Record.right, turn)
    back = Button(BACK, Record()) if staff else Button(RETURN, Back())
    return Screen(
        title=title,
        lines=() if page.items else (_("No recordings here."),),
        options=tuple(
            Button(
                Msg("{sign} {title}").of(sign=SIGNS[one.state], title=called(one, turn)),
                OneRecording(one.id),
            )
            for one in page.items
        ),
        rows=(page.row, (back, Button(MENU, Home()))),
    )


@shows(MyRecordings)
def show_mine(place: MyRecordings, turn: Turn) -> Screen:
    mine = turn.ask(SpokenBy(turn.learner.id))
    return _list(MINE, mine, place.page, MyRecordings, turn)


@shows(AllRecordings)
def show_all(place: AllRecordings, turn: Turn) -> Screen:
    heard = turn.ask(AllHeard())
    return _list(_("🎙 All recordings"), heard, place.page, AllRecordings, turn)


def _one(id: int, turn: Turn) -> Spoken:
    """One's own, or of those that learners hear any where one is an admin. Raises `Gone`."""
    one = turn.ask(SpokenById(id))
    admin = has(AllRecordings.right, turn)
    if one is None or not (one.speaker == turn.learner.id or (admin and one.state is State.HEARD)):
        raise Gone(Decision((Went(MyRecordings()),)), instead=MyRecordings())
    return one


@shows(OneRecording)
def show_recording(place: OneRecording, turn: Turn) -> Screen:
    one = _one(place.recording, turn)
    card = card_of(one, turn.world.programme)
    there = one.state is not State.ON_ITS_WAY
    mine = one.speaker == turn.learner.id
    return Screen(
        title=called(one, turn),
        lines=(STATES[one.state], *(words_of(card, one.language) if card else ())),
        options=(
            *((Button(HEAR_IT, PlayRecording(one.id)),) if there else ()),
            Button(_("🗑 Take it down for good"), TakeDown(one.id)),
        ),
        rows=((Button(BACK, MyRecordings() if mine else AllRecordings()), Button(MENU, Home())),),
    )


@does(PlayRecording)
def play(tap: PlayRecording, turn: Turn) -> Decision:
    """Their own, what learners hear, or one that they are asked to hear."""
    if isinstance(turn.place, HearOne) and turn.place.recording == tap.recording:
        return Decision((order_of(_to_hear(tap.recording, turn), turn),))
    one = _one(tap.recording, turn)
    if one.state is State.ON_ITS_WAY:
        raise Gone
    return Decision((order_of(one, turn),))


def _to_hear(id: int, turn: Turn) -> Spoken:
    one = turn.ask(SpokenById(id))
    if one is None or one.state is not State.WAITING or not has(HearOne.right, turn):
        raise Gone
    return one


@does(TakeDown)
def take_down(tap: TakeDown, turn: Turn) -> Decision:
    one = _one(tap.recording, turn)
    onward = MyRecordings() if one.speaker == turn.learner.id else AllRecordings()
    said = _("🗑 It is deleted. A messenger may keep what it brought already.")
    return Decision((VoiceTakenDown(one.id), Went(onward)), (said,), fresh=True)
