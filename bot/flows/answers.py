"""An answer given as people do in a messenger: by the reply gesture, or typed right under a letter.

Who answers by the gesture has said to whom: it goes at once. What is only typed under a letter may be meant for somebody else, or for
nobody: it is shown with the name first, and what is typed after it is added.
"""

from dataclasses import replace

from bot import action as a
from bot import events as e
from bot.flows import enrol
from bot.flows.decision import Decision, Moment, World
from bot.flows.groups import letters
from bot.flows.groups.common import member_of, names
from bot.group import GroupById, LastLetter, Letter, LetterBehind
from bot.learner import Learner
from bot.roles import Right, has
from bot.screen import Button, Screen, _, verbatim
from bot.texts import MESSAGE, paragraphs, too_long

COUNSELLOR = 0
"""Instead of a member's number: it goes to the group's counsellor."""


def behind(learner: Learner, message: str, moment: Moment) -> a.AnswerSure | None:
    """To whom an answer to this message of ours goes."""
    return _to(learner, moment.ask(LetterBehind(learner.id, moment.channel, message)), moment) if message else None


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


def send(learner: Learner, to: a.AnswerSure, text: str, world: World, moment: Moment) -> Decision:
    """Passes it on, with all that holds for a message that was asked for. They stay where they are."""
    if to.person == COUNSELLOR:
        done = enrol.asked(learner, a.AskCounsellor(to.group), text, world, moment)
    else:
        done = letters.written(learner, a.WriteTo(to.group, to.person), text, world, moment)
    return replace(done, events=tuple(event for event in done.events if not isinstance(event, e.Went)), fresh=True)


def ask(learner: Learner, to: a.AnswerSure, text: str, world: World, moment: Moment) -> Decision:
    message = paragraphs(text)
    if not message or len(message) > MESSAGE:
        return Decision(notes=(too_long(MESSAGE) if message else _("Please type your message."),), fresh=True)
    number = to.person if to.person == COUNSELLOR else enrol.number_of(world, to.group, to.person)
    return Decision((e.Drafted(message), e.Went(a.AnswerSure(to.group, number))), fresh=True)


def show_sure(learner: Learner, place: a.AnswerSure, world: World, moment: Moment) -> Screen | None:
    if place.person == COUNSELLOR:
        group = moment.ask(GroupById(place.group)) if place.group in learner.groups else None
        title = _("✉ Send this to {name}?").of(name=group.counsellor) if group else None
    else:
        found = member_of(learner, place.group, place.person, world, moment)
        title = _("✉ Send this as your answer to {name}?").of(name=names(learner, place.group, moment)(found[1])) if found else None
    if title is None or not learner.drafted:
        return None
    return Screen(
        title=title,
        lines=(verbatim(learner.drafted),),
        options=(Button(_("Yes, send it"), a.SendAnswer(place.group, place.person)), Button(_("No"), a.Back())),
        typing=_("Your message"),
    )


def more(learner: Learner, place: a.AnswerSure, text: str, world: World, moment: Moment) -> Decision:
    """Another line of the same answer."""
    message = paragraphs(f"{learner.drafted}\n{text}")
    if len(message) > MESSAGE:
        return Decision(notes=(too_long(MESSAGE),), fresh=True)
    return Decision((e.Drafted(message),), fresh=True)


def send_sure(learner: Learner, tap: a.SendAnswer, world: World, moment: Moment) -> Decision:
    if learner.at() != a.AnswerSure(tap.group, tap.person) or not learner.drafted:  # the second tap, or an old button
        return Decision((e.Went(learner.back()),), fresh=True)
    done = send(learner, a.AnswerSure(tap.group, tap.person), learner.drafted, world, moment)
    return replace(done, events=(*done.events, e.Went(learner.back())))
