"""A learner's message to the counsellor of a group."""

from bot.conversation.action import Home
from bot.conversation.event import Event, Told, Went
from bot.conversation.registry import reads, shows
from bot.conversation.screen import Button, Screen
from bot.conversation.turn import Decision, Turn
from bot.conversation.typed_title import typed_message
from bot.flows.groups.events import (
    QUESTION,
    QUESTIONS,
    CounsellorAsked,
    StrangerAsked,
)
from bot.flows.groups.member_actions import (
    AskCounsellor,
    MyGroup,
)
from bot.flows.groups.membership import number_of, open_group
from bot.model.group import (
    AskedLately,
    Group,
    GroupById,
    readers,
    seen_as,
)
from bot.model.learner import day_of
from bot.model.message import Note, note
from bot.model.words import Words, _, ngettext

MOST_QUESTIONS = 10
"""Messages to a counsellor without an answer in between: more would drown those of others."""


MOST_STRANGERS = 10
"""Questions an hour in a group of people who were never answered."""


GROUP_GONE = _("This group is closed. Your message was not sent.")


TAKEN_OUT = _("You are not in this group any more. Your message was not sent.")


@shows(AskCounsellor)
def show_ask(place: AskCounsellor, turn: Turn) -> Screen:
    group = open_group(place.group, turn)
    if group.away:
        wait: Words = _(
            "{counsellor} is away just now. Your message waits, the answer takes longer."
        ).of(counsellor=group.counsellor)
    elif group.over(day_of(turn.now)):
        wait = _(
            "This group is over. {counsellor} gets your message but may not answer any more."
        ).of(counsellor=group.counsellor)
    else:
        days = ngettext("{count} day", "{count} days", group.promise)
        wait = _("You get an answer here within {days}.").of(days=days)
    return Screen(
        title=_("✉ Your message to {counsellor}").of(counsellor=group.counsellor),
        lines=(
            _("Type it now. It is passed on and then not kept here."),
            *(
                _("{name}, {organisation}, reads it, too.").of(
                    name=c.name, organisation=group.organisation_of(c)
                )
                for c in readers(group, turn.learner)[1:]
            ),
            wait,
        ),
        rows=((Button(_("Not now"), MyGroup(place.group)),),),
        typing=_("Your message"),
    )


@reads(AskCounsellor)
def asked(place: AskCounsellor, text: str, turn: Turn) -> Decision:
    learner = turn.learner
    group, mine = turn.ask(GroupById(place.group)), learner.groups.get(place.group)
    if mine is None:
        return Decision((Went(Home()),), notes=(TAKEN_OUT,), fresh=True)
    if group is None:
        return Decision((Went(MyGroup(place.group)),), notes=(GROUP_GONE,), fresh=True)
    message = typed_message(text)
    if mine.asks >= MOST_QUESTIONS:
        said = _(
            "{counsellor} has all your messages. Please wait for an answer before you write again."
        )
        return Decision(
            (Went(MyGroup(group.id)),),
            notes=(said.of(counsellor=group.counsellor),),
            fresh=True,
        )
    letter = note(
        QUESTION,
        group=group.id,
        learner=learner.id,
        person=number_of(turn.world, group.id, learner.id),
        title=group.title,
        nickname=turn.world.say(seen_as(mine), group.language),
        text=message,
    )
    sent = _("✉ Your message is on its way to {counsellor}.").of(counsellor=group.counsellor)
    to = [counsellor.learner for counsellor in readers(group, learner)]
    passed_on = (
        tuple(Told(id, letter) for id in to)
        if mine.answered
        else _of_a_stranger(group, letter, to, turn)
    )
    return Decision(
        (*passed_on, CounsellorAsked(group.id, True), Went(MyGroup(group.id))),
        notes=(sent,),
        fresh=True,
    )


def _of_a_stranger(group: Group, letter: Note, to: list[int], turn: Turn) -> tuple[Event, ...]:
    """A question of somebody who was never answered. The link hangs on posters: what comes beyond
    so many an hour, from whomever, waits until the counsellor wants it, and is told once."""
    lately = turn.ask(AskedLately(group.id))
    if lately < MOST_STRANGERS:
        return (StrangerAsked(group.id), *(Told(id, letter) for id in to))
    many = note(QUESTIONS, group=group.id, title=group.title)
    told = (Told(id, many) for id in to) if lately == MOST_STRANGERS else ()
    return (StrangerAsked(group.id), *(Told(id, letter, held=True) for id in to), *told)
