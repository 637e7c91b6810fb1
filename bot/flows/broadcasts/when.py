"""When a broadcast is sent: now, or a day and an hour of each learner's own clock, chosen or
typed."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.conversation.event import Went
from bot.conversation.lexicon import lexicon
from bot.conversation.registry import does, reads, shows
from bot.conversation.screen import BACK, Button, Screen
from bot.conversation.turn import Decision, Gone, NotUsable, Turn
from bot.conversation.typed_day import when
from bot.conversation.typed_time import Clock, clock_in
from bot.flows.broadcasts.actions import Broadcast, BroadcastHour, BroadcastTime, SetTime
from bot.flows.broadcasts.common import NOW, draft_of, edited, when_words
from bot.model.broadcast import Draft
from bot.model.days import TODAY, TOMORROW, day_words, iso_day
from bot.model.local_time import QUIET_FROM, QUIET_UNTIL
from bot.model.words import Words, _, verbatim
from bot.model.zones import local

DAYS, AHEAD = 7, 28
"""So many days have a button; so many days ahead one may be typed."""
HOURS = ("09:00", "10:00", "12:00", "14:00", "15:00", "16:00", "18:00")
NIGHT = _("Nobody is disturbed between 20 and 9 o'clock where they are.")
PASSED = _("This time has passed. Choose another one.")
UNCLEAR = _("I did not understand this. Type day and time like: tomorrow 14:30.")


def here(turn: Turn) -> datetime:
    """What the author's clock says."""
    return local(turn.now, turn.learner.zone or turn.world.zone)


def passed(draft: Draft, turn: Turn) -> bool:
    """Whether the author's own clock is past the time of the draft."""
    now = here(turn)
    return (
        draft.day is not None
        and draft.time is not None
        and (draft.day, draft.time) <= (now.date(), (now.hour, now.minute))
    )


@shows(BroadcastTime)
def show_time(_place: BroadcastTime, turn: Turn) -> Screen:
    now = here(turn)
    days = [now.date() + timedelta(days=n) for n in range(DAYS) if n or _still(now.date(), now)]
    draft = draft_of(turn.learner)
    chosen = () if draft.time is None else (_("When: {when}").of(when=when_words(draft)),)
    return Screen(
        title=_("⏰ When"),
        lines=(
            *chosen,
            NIGHT,
            _("Choose the day, or type day and time. For example: tomorrow 14:30."),
        ),
        options=(
            Button(NOW, SetTime("", "")),
            *(Button(_day(day, now.date()), BroadcastHour(day.isoformat())) for day in days),
        ),
        rows=((Button(BACK, Broadcast()),),),
        typing=_("Day and time"),
    )


def _day(day: date, today: date) -> Words:
    near = {today: TODAY, today + timedelta(days=1): TOMORROW}
    return near.get(day) or day_words(day)


def _still(day: date, now: datetime) -> list[str]:
    """The hours of this day that are still to come."""
    return [hour for hour in HOURS if day > now.date() or hour > f"{now:%H:%M}"]


@shows(BroadcastHour)
def show_hour(place: BroadcastHour, turn: Turn) -> Screen:
    now, day = here(turn), iso_day(place.day)
    if day is None or day < now.date():
        raise Gone
    return Screen(
        title=day_words(day),
        lines=(_("At what time, where each learner is? Choose, or type it, like 14:30."),),
        options=tuple(
            Button(verbatim(hour), SetTime(place.day, hour.replace(":", "")))
            for hour in _still(day, now)
        ),
        rows=((Button(BACK, BroadcastTime()),),),
        typing=_("Time"),
    )


@does(SetTime)
def set_time(tap: SetTime, turn: Turn) -> Decision:
    day = iso_day(tap.day)
    if day and len(tap.clock) == 4 and tap.clock.isascii() and tap.clock.isdigit():
        return _set(day, (int(tap.clock[:2]), int(tap.clock[2:])), turn)
    if tap.day or tap.clock:  # forged
        return Decision((Went(BroadcastTime()),))
    return edited(draft_of(turn.learner).at(None, None))


@reads(BroadcastTime, commands=True)
def typed_day(_place: BroadcastTime, text: str, turn: Turn) -> Decision:
    now = here(turn)
    day, clock = _read(text, now.date(), turn)
    if day and clock is None:
        if day < now.date():
            raise NotUsable(PASSED)
        return Decision((Went(BroadcastHour(day.isoformat())),), fresh=True)
    if clock is None:
        raise NotUsable(UNCLEAR)
    if day is None:  # the next such time
        day = now.date() + timedelta(days=clock <= (now.hour, now.minute))
    return _set(day, clock, turn)


@reads(BroadcastHour, commands=True)
def typed_hour(place: BroadcastHour, text: str, turn: Turn) -> Decision:
    day, clock = _read(text, here(turn).date(), turn)
    chosen = day or iso_day(place.day)
    if clock is None or chosen is None:
        raise NotUsable(UNCLEAR)
    return _set(chosen, clock, turn)


def _read(text: str, today: date, turn: Turn) -> tuple[date | None, Clock | None]:
    said = when(text, today, turn.world.say, turn.language)
    if said.time:
        hour, _colon, minute = said.time.partition(":")
        return said.day, (int(hour), int(minute))
    words = lexicon(turn.world.say, turn.world.languages)
    return said.day, clock_in(said.rest, words) if said.rest else None


def _set(day: date, clock: Clock, turn: Turn) -> Decision:
    draft = draft_of(turn.learner).at(day, clock)
    if not QUIET_UNTIL <= clock[0] < QUIET_FROM or clock[1] > 59:
        raise NotUsable(_("That is at night. Choose a time between 9 and 20 o'clock."))
    if passed(draft, turn):
        raise NotUsable(PASSED)
    if day > here(turn).date() + timedelta(days=AHEAD):
        raise NotUsable(_("At most {number} days ahead. Choose another day.").of(number=AHEAD))
    return replace(edited(draft), fresh=True)
