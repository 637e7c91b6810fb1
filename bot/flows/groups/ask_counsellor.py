"""A learner's message to the counsellor of a group."""

from bot.conversation.action import Home
from bot.conversation.event import Event, Told, Went
from bot.conversation.registry import reads, shows
from bot.conversation.screen import Button, Screen
from bot.conversation.turn import Decision, Moment, World
from bot.conversation.typed_title import MESSAGE, paragraphs, too_long
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
from bot.flows.groups.membership import number_of, seen_as
from bot.flows.groups.my_group import show_my_group
from bot.model.group import (
    AskedLately,
    Group,
    GroupById,
    readers,
)
from bot.model.learner import Learner, day_of
from bot.model.message import Note, note
from bot.model.words import Words, _, ngettext

MOST_QUESTIONS = 10
"""Messages to a counsellor without an answer in between: more would drown those of others."""


MOST_STRANGERS = 10
"""Questions an hour in a group of people who were never answered."""


GROUP_GONE = _("This group is closed. Your message was not sent.")


TAKEN_OUT = _("You are not in this group any more. Your message was not sent.")


@shows(AskCounsellor)
def show_ask(learner: Learner, place: AskCounsellor, world: World, moment: Moment) -> Screen | None:
    group = moment.ask(GroupById(place.group))
    if place.group not in learner.groups or group is None:
        return show_my_group(learner, MyGroup(place.group), world, moment)
    if group.away:
        wait: Words = _(
            "{counsellor} is away just now. Your message waits, the answer takes longer."
        ).of(counsellor=group.counsellor)
    elif group.over(day_of(moment.now)):
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
                for c in readers(group, learner)[1:]
            ),
            wait,
        ),
        rows=((Button(_("Not now"), MyGroup(place.group)),),),
        typing=_("Your message"),
    )


@reads(AskCounsellor)
def asked(
    learner: Learner, place: AskCounsellor, text: str, world: World, moment: Moment
) -> Decision:
    group, mine = moment.ask(GroupById(place.group)), learner.groups.get(place.group)
    if mine is None:
        return Decision((Went(Home()),), notes=(TAKEN_OUT,), fresh=True)
    if group is None:
        return Decision((Went(MyGroup(place.group)),), notes=(GROUP_GONE,), fresh=True)
    message = paragraphs(text)
    if not message or len(message) > MESSAGE:
        return Decision(
            notes=(too_long(MESSAGE) if message else _("Please type your message."),), fresh=True
        )
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
        person=number_of(world, group.id, learner.id),
        title=group.title,
        nickname=world.say(seen_as(mine), group.language),
        text=message,
    )
    sent = _("✉ Your message is on its way to {counsellor}.").of(counsellor=group.counsellor)
    to = [counsellor.learner for counsellor in readers(group, learner)]
    passed_on = (
        tuple(Told(id, letter) for id in to)
        if mine.answered
        else _of_a_stranger(group, letter, to, moment)
    )
    return Decision(
        (*passed_on, CounsellorAsked(group.id, True), Went(MyGroup(group.id))),
        notes=(sent,),
        fresh=True,
    )


def _of_a_stranger(group: Group, letter: Note, to: list[int], moment: Moment) -> tuple[Event, ...]:
    """A question of somebody who was never answered. The link hangs on posters: what comes beyond
    so many an hour, from whomever, waits until the counsellor wants it, and is told once."""
    lately = moment.ask(AskedLately(group.id))
    if lately < MOST_STRANGERS:
        return (StrangerAsked(group.id), *(Told(id, letter) for id in to))
    many = note(QUESTIONS, group=group.id, title=group.title)
    told = (Told(id, many) for id in to) if lately == MOST_STRANGERS else ()
    return (StrangerAsked(group.id), *(Told(id, letter, held=True) for id in to), *told)
