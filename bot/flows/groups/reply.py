"""An answer given as people do in a messenger: by the reply gesture, or typed right under a letter.

Who answers by the gesture has said to whom: it goes at once. What is only typed under a letter may
be meant for somebody else, or for nobody: it is shown with the name first, and what is typed after
it is added. Where something else was asked for when the letter came (a message to another person, a
name), it is asked for whom it is: nothing goes to a person by mistake.
"""

from dataclasses import replace
from html import escape

from bot.conversation.action import Back, Place, decode, encode
from bot.conversation.event import Drafted, Went, evolve_all
from bot.conversation.places import main_of, place_of
from bot.conversation.registry import READERS, SHOWERS, Said, When, does, reads, shows, understands
from bot.conversation.rights import has, may
from bot.conversation.screen import Button, Screen
from bot.conversation.turn import Decision, Moment, World
from bot.conversation.typed_text import command, goes_first
from bot.conversation.typed_title import MESSAGE, paragraphs, too_long
from bot.flows.groups import ask_counsellor, letters, membership
from bot.flows.groups.actions import WriteTo
from bot.flows.groups.common import member_of, names
from bot.flows.groups.member_actions import AnswerSure, AskCounsellor, ForHere, ForWhom, SendAnswer
from bot.model.group import GroupById, LastLetter, Letter, LetterBehind
from bot.model.learner import Learner
from bot.model.roles import Right
from bot.model.words import Words, _, verbatim

COUNSELLOR = 0
"""Instead of a member's number: it goes to the group's counsellor."""


@understands(When.REPLY)
def _by_gesture(said: Said) -> Decision | None:
    """A command stays one, and STOP is honoured whatever it answers."""
    if not said.learner.language or not said.reply_to or said.slashed:
        return None
    found = command(said.text, said.world.languages, said.world.say)
    if found and goes_first(found):
        return None
    to = behind(said.learner, said.reply_to, said.moment)
    return send(said.learner, to, said.text, said.world, said.moment) if to else None


@understands(When.BETWEEN)
def _between(said: Said) -> Decision | None:
    if said.reads is None or said.slashed:
        return None
    if not came_between(said.learner, said.place, said.world, said.moment):
        return None
    return ask_for_whom(said.learner, said.place, said.text)


@understands(When.LETTER)
def _under_a_letter(said: Said) -> Decision | None:
    to = last(said.learner, said.moment) if said.learner.language and not said.reads else None
    return ask(said.learner, to, said.text, said.world, said.moment) if to else None


def behind(learner: Learner, message: str, moment: Moment) -> AnswerSure | None:
    """To whom an answer to this message of ours goes."""
    return (
        _to(learner, moment.ask(LetterBehind(learner.id, moment.channel, message)), moment)
        if message
        else None
    )


def last(learner: Learner, moment: Moment) -> AnswerSure | None:
    """To whom a text goes that is typed right under a letter: nothing was done since it came."""
    letter = moment.ask(LastLetter(learner.id))
    return _to(learner, letter, moment) if letter and letter.at >= learner.last_at else None


def _to(learner: Learner, letter: Letter | None, moment: Moment) -> AnswerSure | None:
    if letter is None:
        return None
    if letter.member == learner.id:
        return AnswerSure(letter.group, COUNSELLOR) if letter.group in learner.groups else None
    return AnswerSure(letter.group, letter.member) if has(learner, moment, Right.GROUPS) else None


def came_between(learner: Learner, place: Place, world: World, moment: Moment) -> bool:
    """Whether a letter came while they were asked for something that is no answer to it."""
    to = last(learner, moment) if not isinstance(place, AnswerSure | ForWhom) else None
    if to is None:
        return False
    if isinstance(place, AskCounsellor):
        return to != AnswerSure(place.group, COUNSELLOR)
    return not isinstance(place, WriteTo) or AnswerSure(place.group, place.learner) not in (
        to,
        _numbered(to, world),
    )


def _numbered(to: AnswerSure, world: World) -> AnswerSure:
    return (
        to
        if to.person == COUNSELLOR
        else replace(to, person=membership.number_of(world, to.group, to.person))
    )


def ask_for_whom(learner: Learner, place: Place, text: str) -> Decision:
    message = paragraphs(text)
    if not message or len(message) > MESSAGE:
        return Decision(
            notes=(too_long(MESSAGE) if message else _("Please type your message."),), fresh=True
        )
    return Decision((Drafted(message), Went(ForWhom(encode(place).replace(":", "~")))), fresh=True)


def asked_before(place: ForWhom) -> Place | None:
    """Where they were when the letter came."""
    before = decode(place.place.replace("~", ":"))
    return before if isinstance(before, Place) else None


@does(ForHere)
def for_here(learner: Learner, tap: ForHere, world: World, moment: Moment) -> Decision:
    """What was typed is taken as it would have been without the letter that came."""
    place = place_of(learner)
    before = asked_before(place) if isinstance(place, ForWhom) and learner.drafted else None
    reads = READERS.get(type(before)) if before and may(learner, moment, before) else None
    if before is None or reads is None:
        return Decision((Went(main_of(learner)),), fresh=True)
    there = (Went(before),)
    text = escape(learner.drafted, quote=False) if reads.formatted else learner.drafted
    done = reads.read(evolve_all(learner, there, moment.now), before, text, world, moment)
    return replace(done, events=(*there, *done.events), fresh=True)


@shows(ForWhom)
def show_for_whom(learner: Learner, place: ForWhom, world: World, moment: Moment) -> Screen | None:
    """What was asked for when the letter came stands above the letter's answer."""
    before = asked_before(place)
    if before is None or not may(learner, moment, before):
        return None
    asked = SHOWERS[type(before)](learner, before, world, moment)
    here = (asked.title or asked.typing) if asked else None
    if here is None or not learner.drafted:
        return None
    to = _newest(learner, world, moment)
    name = _name(learner, to, world, moment) if to else None
    answer = (
        (Button(_("✉ Answer to {name}").of(name=name), SendAnswer(to.group, to.person)),)
        if to and name
        else ()
    )
    return Screen(
        title=_("For whom is this?"),
        lines=(
            verbatim(learner.drafted),
            _("A message came while you were typing. Nothing was sent yet."),
        ),
        options=(Button(here, ForHere()), *answer),
        rows=((Button(_("No"), Back()),),),
        typing=_("Your message"),
    )


def _newest(learner: Learner, world: World, moment: Moment) -> AnswerSure | None:
    to = _to(learner, moment.ask(LastLetter(learner.id)), moment)
    return _numbered(to, world) if to else None


def _name(learner: Learner, to: AnswerSure, world: World, moment: Moment) -> Words | None:
    if to.person == COUNSELLOR:
        group = moment.ask(GroupById(to.group)) if to.group in learner.groups else None
        return verbatim(group.counsellor) if group else None
    found = member_of(learner, to.group, to.person, world, moment)
    return names(learner, to.group, moment)(found[1]) if found else None


def send(learner: Learner, to: AnswerSure, text: str, world: World, moment: Moment) -> Decision:
    """Passes it on, with all that holds for a message that was asked for. They stay where they
    are."""
    if to.person == COUNSELLOR:
        done = ask_counsellor.asked(learner, AskCounsellor(to.group), text, world, moment)
    else:
        done = letters.written(learner, WriteTo(to.group, to.person), text, world, moment)
    return replace(
        done,
        events=tuple(event for event in done.events if not isinstance(event, Went)),
        fresh=True,
    )


def ask(learner: Learner, to: AnswerSure, text: str, world: World, moment: Moment) -> Decision:
    message = paragraphs(text)
    if not message or len(message) > MESSAGE:
        return Decision(
            notes=(too_long(MESSAGE) if message else _("Please type your message."),), fresh=True
        )
    return Decision((Drafted(message), Went(_numbered(to, world))), fresh=True)


@shows(AnswerSure)
def show_sure(learner: Learner, place: AnswerSure, world: World, moment: Moment) -> Screen | None:
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
            Button(_("Yes, send it"), SendAnswer(place.group, place.person)),
            Button(_("No"), Back()),
        ),
        typing=_("Your message"),
    )


@reads(AnswerSure, ForWhom)
def more(
    learner: Learner, place: AnswerSure | ForWhom, text: str, world: World, moment: Moment
) -> Decision:
    """Another line of the same answer."""
    message = paragraphs(f"{learner.drafted}\n{text}")
    if len(message) > MESSAGE:
        return Decision(notes=(too_long(MESSAGE),), fresh=True)
    return Decision((Drafted(message),), fresh=True)


@does(SendAnswer)
def send_sure(learner: Learner, tap: SendAnswer, world: World, moment: Moment) -> Decision:
    at, to = place_of(learner), AnswerSure(tap.group, tap.person)
    asked = at == to or (isinstance(at, ForWhom) and _newest(learner, world, moment) == to)
    onward = (asked_before(at) if isinstance(at, ForWhom) else None) or main_of(learner)
    if (
        not asked or not learner.drafted
    ):  # the second tap, an old button, or yet another letter came
        return Decision((Went(at if isinstance(at, ForWhom) else main_of(learner)),), fresh=True)
    done = send(learner, to, learner.drafted, world, moment)
    return replace(done, events=(*done.events, Went(onward)))
