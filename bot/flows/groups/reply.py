"""An answer given as people do in a messenger: by the reply gesture, or typed right under a letter.

Who answers by the gesture has said to whom: it goes at once. What is only typed under a letter may
be meant for somebody else, or for nobody: it is shown with the name first, and what is typed after
it is added. Where something else was asked for when the letter came (a message to another person, a
name), it is asked for whom it is: nothing goes to a person by mistake.
"""

from dataclasses import replace

from bot.conversation import action as a
from bot.conversation.event import Drafted, Went
from bot.conversation.rights import Right, has
from bot.conversation.screen import Button, Screen
from bot.conversation.turn import Decision, Moment, World
from bot.conversation.typed_title import MESSAGE, paragraphs, too_long
from bot.flows.groups import letters, membership
from bot.flows.groups.common import member_of, names
from bot.model.group import GroupById, LastLetter, Letter, LetterBehind
from bot.model.learner import Learner
from bot.model.words import Words, _, verbatim

COUNSELLOR = 0
"""Instead of a member's number: it goes to the group's counsellor."""


def behind(learner: Learner, message: str, moment: Moment) -> a.AnswerSure | None:
    """To whom an answer to this message of ours goes."""
    return (
        _to(learner, moment.ask(LetterBehind(learner.id, moment.channel, message)), moment)
        if message
        else None
    )


def last(learner: Learner, moment: Moment) -> a.AnswerSure | None:
    """To whom a text goes that is typed right under a letter: nothing was done since it came."""
    letter = moment.ask(LastLetter(learner.id))
    return _to(learner, letter, moment) if letter and letter.at >= learner.last_at else None


def _to(learner: Learner, letter: Letter | None, moment: Moment) -> a.AnswerSure | None:
    if letter is None:
        return None
    if letter.member == learner.id:
        return a.AnswerSure(letter.group, COUNSELLOR) if letter.group in learner.groups else None
    return a.AnswerSure(letter.group, letter.member) if has(learner, moment, Right.GROUPS) else None


def came_between(learner: Learner, place: a.Place, world: World, moment: Moment) -> bool:
    """Whether a letter came while they were asked for something that is no answer to it."""
    to = last(learner, moment) if not isinstance(place, a.AnswerSure | a.ForWhom) else None
    if to is None:
        return False
    if isinstance(place, a.AskCounsellor):
        return to != a.AnswerSure(place.group, COUNSELLOR)
    return not isinstance(place, a.WriteTo) or a.AnswerSure(place.group, place.learner) not in (
        to,
        _numbered(to, world),
    )


def _numbered(to: a.AnswerSure, world: World) -> a.AnswerSure:
    return (
        to
        if to.person == COUNSELLOR
        else replace(to, person=membership.number_of(world, to.group, to.person))
    )


def ask_for_whom(learner: Learner, place: a.Place, text: str) -> Decision:
    message = paragraphs(text)
    if not message or len(message) > MESSAGE:
        return Decision(
            notes=(too_long(MESSAGE) if message else _("Please type your message."),), fresh=True
        )
    return Decision(
        (Drafted(message), Went(a.ForWhom(a.encode(place).replace(":", "~")))), fresh=True
    )


def asked_before(place: a.ForWhom) -> a.Place | None:
    """Where they were when the letter came."""
    before = a.decode(place.place.replace("~", ":"))
    return before if isinstance(before, a.Place) else None


def show_for_whom(learner: Learner, here: Words, world: World, moment: Moment) -> Screen | None:
    """`here` is what was asked for when the letter came."""
    if not learner.drafted:
        return None
    to = _newest(learner, world, moment)
    name = _name(learner, to, world, moment) if to else None
    answer = (
        (Button(_("✉ Answer to {name}").of(name=name), a.SendAnswer(to.group, to.person)),)
        if to and name
        else ()
    )
    return Screen(
        title=_("For whom is this?"),
        lines=(
            verbatim(learner.drafted),
            _("A message came while you were typing. Nothing was sent yet."),
        ),
        options=(Button(here, a.ForHere()), *answer),
        rows=((Button(_("No"), a.Back()),),),
        typing=_("Your message"),
    )


def _newest(learner: Learner, world: World, moment: Moment) -> a.AnswerSure | None:
    to = _to(learner, moment.ask(LastLetter(learner.id)), moment)
    return _numbered(to, world) if to else None


def _name(learner: Learner, to: a.AnswerSure, world: World, moment: Moment) -> Words | None:
    if to.person == COUNSELLOR:
        group = moment.ask(GroupById(to.group)) if to.group in learner.groups else None
        return verbatim(group.counsellor) if group else None
    found = member_of(learner, to.group, to.person, world, moment)
    return names(learner, to.group, moment)(found[1]) if found else None


def send(learner: Learner, to: a.AnswerSure, text: str, world: World, moment: Moment) -> Decision:
    """Passes it on, with all that holds for a message that was asked for. They stay where they
    are."""
    if to.person == COUNSELLOR:
        done = membership.asked(learner, a.AskCounsellor(to.group), text, world, moment)
    else:
        done = letters.written(learner, a.WriteTo(to.group, to.person), text, world, moment)
    return replace(
        done,
        events=tuple(event for event in done.events if not isinstance(event, Went)),
        fresh=True,
    )


def ask(learner: Learner, to: a.AnswerSure, text: str, world: World, moment: Moment) -> Decision:
    message = paragraphs(text)
    if not message or len(message) > MESSAGE:
        return Decision(
            notes=(too_long(MESSAGE) if message else _("Please type your message."),), fresh=True
        )
    return Decision((Drafted(message), Went(_numbered(to, world))), fresh=True)


def show_sure(learner: Learner, place: a.AnswerSure, world: World, moment: Moment) -> Screen | None:
    name = _name(learner, place, world, moment)
    if name is None or not learner.drafted:
        return None
    title = (
        _("✉ Send this to {name}?")
        if place.person == COUNSELLOR
        else _("✉ Send this as your answer to {name}?")
    )
    return Screen(
        title=title.of(name=name),
        lines=(verbatim(learner.drafted),),
        options=(
            Button(_("Yes, send it"), a.SendAnswer(place.group, place.person)),
            Button(_("No"), a.Back()),
        ),
        typing=_("Your message"),
    )


def more(
    learner: Learner, place: a.AnswerSure | a.ForWhom, text: str, world: World, moment: Moment
) -> Decision:
    """Another line of the same answer."""
    message = paragraphs(f"{learner.drafted}\n{text}")
    if len(message) > MESSAGE:
        return Decision(notes=(too_long(MESSAGE),), fresh=True)
    return Decision((Drafted(message),), fresh=True)


def send_sure(learner: Learner, tap: a.SendAnswer, world: World, moment: Moment) -> Decision:
    at, to = learner.at(), a.AnswerSure(tap.group, tap.person)
    asked = at == to or (isinstance(at, a.ForWhom) and _newest(learner, world, moment) == to)
    onward = (asked_before(at) if isinstance(at, a.ForWhom) else None) or learner.back()
    if (
        not asked or not learner.drafted
    ):  # the second tap, an old button, or yet another letter came
        return Decision((Went(at if isinstance(at, a.ForWhom) else learner.back()),), fresh=True)
    done = send(learner, to, learner.drafted, world, moment)
    return replace(done, events=(*done.events, Went(onward)))
