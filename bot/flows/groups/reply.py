"""An answer given as people do in a messenger: by the reply gesture, or typed right under a letter.

Who answers by the gesture has said to whom: it goes at once. What is only typed under a letter may
be meant for somebody else, or for nobody: it is shown with the name first, and what is typed after
it is added. Where something else was asked for when the letter came (a message to another person, a
name), it is asked for whom it is: nothing goes to a person by mistake.
"""

from dataclasses import replace
from html import escape

from bot.conversation.action import Action, Back, Place, decode, encode
from bot.conversation.event import Drafted, Went
from bot.conversation.registry import READERS, SHOWERS, Said, When, does, reads, shows, understands
from bot.conversation.rights import has, may
from bot.conversation.screen import Button, Screen
from bot.conversation.turn import Decision, Gone, Turn, World, or_otherwise
from bot.conversation.typed_text import goes_first
from bot.conversation.typed_title import typed_message, with_more
from bot.flows.groups import ask_counsellor, letters, meeting_answer, membership
from bot.flows.groups.actions import WriteTo
from bot.flows.groups.common import member_in, names, own
from bot.flows.groups.member_actions import (
    AnswerSure,
    AskCounsellor,
    ForHere,
    ForWhom,
    MyGroup,
    SendAnswer,
)
from bot.model.group import GroupById, LastLetter, Letter, LetterBehind, shares
from bot.model.roles import Right
from bot.model.words import Words, _, verbatim

COUNSELLOR = 0
"""Instead of a member's number: it goes to the group's counsellor."""


@understands(When.REPLY)
def _by_gesture(said: Said) -> Decision | Action | None:
    """A command stays one, and STOP is honoured whatever it answers; what a letter asks is answered
    before anything goes to a person."""
    if not said.turn.learner.language or not said.reply_to or said.slashed:
        return None
    found = said.command
    if found and goes_first(found):
        return None
    letter = _behind(said.reply_to, said.turn)
    if letter and (answer := meeting_answer.meant(said.text, letter, said.turn)):
        return answer
    to = _to(letter, said.turn)
    return send(to, said.text, said.turn) if to else None


@understands(When.BETWEEN)
def _between(said: Said) -> Decision | None:
    if said.reads is None or said.slashed:
        return None
    if not came_between(said.turn.place, said.turn):
        return None
    return ask_for_whom(said.turn.place, said.text)


@understands(When.LETTER)
def _under_a_letter(said: Said) -> Decision | None:
    to = last(said.turn) if said.turn.learner.language and not said.reads else None
    return ask(to, said.text, said.turn) if to else None


@understands(When.LETTER)
def _on_the_screen_of_a_group(said: Said) -> Decision | None:
    """Words that are no button there are a question to its counsellor: one tap sends them."""
    place, learner = said.turn.place, said.turn.learner
    if not isinstance(place, MyGroup) or said.slashed or not any(map(str.isalpha, said.text)):
        return None
    group = said.turn.ask(GroupById(place.group)) if place.group in learner.groups else None
    if group is None or not shares(group, learner):
        return None
    return ask(AnswerSure(group.id, COUNSELLOR), said.text, said.turn)


def behind(message: str, turn: Turn) -> AnswerSure | None:
    """To whom an answer to this message of ours goes."""
    return _to(_behind(message, turn), turn)


def _behind(message: str, turn: Turn) -> Letter | None:
    query = LetterBehind(turn.learner.id, turn.moment.channel, message)
    return turn.ask(query) if message else None


def last(turn: Turn) -> AnswerSure | None:
    """To whom a text goes that is typed right under a letter: nothing was done since it came."""
    letter = turn.ask(LastLetter(turn.learner.id))
    return _to(letter, turn) if letter and letter.at >= turn.learner.last_at else None


def _to(letter: Letter | None, turn: Turn) -> AnswerSure | None:
    if letter is None:
        return None
    if letter.member == turn.learner.id:
        return AnswerSure(letter.group, COUNSELLOR) if letter.group in turn.learner.groups else None
    return AnswerSure(letter.group, letter.member) if has(Right.GROUPS, turn) else None


def came_between(place: Place, turn: Turn) -> bool:
    """Whether a letter came while they were asked for something that is no answer to it."""
    to = last(turn) if not isinstance(place, AnswerSure | ForWhom) else None
    if to is None:
        return False
    if isinstance(place, AskCounsellor):
        return to != AnswerSure(place.group, COUNSELLOR)
    return not isinstance(place, WriteTo) or AnswerSure(place.group, place.learner) not in (
        to,
        _numbered(to, turn.world),
    )


def _numbered(to: AnswerSure, world: World) -> AnswerSure:
    return (
        to
        if to.person == COUNSELLOR
        else replace(to, person=membership.number_of(world, to.group, to.person))
    )


def ask_for_whom(place: Place, text: str) -> Decision:
    message = typed_message(text)
    return Decision((Drafted(message), Went(ForWhom(encode(place).replace(":", "~")))), fresh=True)


def asked_before(place: ForWhom) -> Place | None:
    """Where they were when the letter came."""
    before = decode(place.place.replace("~", ":"))
    return before if isinstance(before, Place) else None


@does(ForHere)
def for_here(_tap: ForHere, turn: Turn) -> Decision:
    """What was typed is taken as it would have been without the letter that came."""
    learner = turn.learner
    place = turn.place
    before = asked_before(place) if isinstance(place, ForWhom) and learner.drafted else None
    reads = READERS.get(type(before)) if before and may(before, turn) else None
    if before is None or reads is None:
        return Decision((Went(turn.main),), fresh=True)
    there = Went(before)
    text = escape(learner.drafted, quote=False) if reads.formatted else learner.drafted
    done = or_otherwise(reads.read, before, text, turn.after(there))
    return replace(done, events=(there, *done.events), fresh=True)


@shows(ForWhom)
def show_for_whom(place: ForWhom, turn: Turn) -> Screen:
    """What was asked for when the letter came stands above the letter's answer."""
    before = asked_before(place)
    if before is None or not may(before, turn):
        raise Gone
    asked = SHOWERS[type(before)](before, turn)
    here = asked.title or asked.typing
    if here is None or not turn.learner.drafted:
        raise Gone
    to = _newest(turn)
    name = _name(to, turn) if to else None
    answer = (
        (Button(_("✉ Answer to {name}").of(name=name), SendAnswer(to.group, to.person)),)
        if to and name
        else ()
    )
    return Screen(
        title=_("For whom is this?"),
        lines=(
            verbatim(turn.learner.drafted),
            _("A message came while you were typing. Nothing was sent yet."),
        ),
        options=(Button(here, ForHere()), *answer),
        rows=((Button(_("No"), Back()),),),
        typing=_("Your message"),
    )


def _newest(turn: Turn) -> AnswerSure | None:
    to = _to(turn.ask(LastLetter(turn.learner.id)), turn)
    return _numbered(to, turn.world) if to else None


def _name(to: AnswerSure, turn: Turn) -> Words | None:
    if to.person == COUNSELLOR:
        group = turn.ask(GroupById(to.group)) if to.group in turn.learner.groups else None
        return verbatim(group.counsellor) if group else None
    group = own(to.group, turn)
    member = member_in(group, to.person, turn) if group else None
    return names(to.group, turn)(member) if member else None


def send(to: AnswerSure, text: str, turn: Turn) -> Decision:
    """Passes it on, with all that holds for a message that was asked for. They stay where they
    are."""
    if to.person == COUNSELLOR:
        done = or_otherwise(ask_counsellor.asked, AskCounsellor(to.group), text, turn)
    else:
        done = or_otherwise(letters.written, WriteTo(to.group, to.person), text, turn)
    return replace(
        done,
        events=tuple(event for event in done.events if not isinstance(event, Went)),
        fresh=True,
    )


def ask(to: AnswerSure, text: str, turn: Turn) -> Decision:
    message = typed_message(text)
    return Decision((Drafted(message), Went(_numbered(to, turn.world))), fresh=True)


@shows(AnswerSure)
def show_sure(place: AnswerSure, turn: Turn) -> Screen:
    name = _name(place, turn)
    if name is None or not turn.learner.drafted:
        raise Gone
    title = (
        _("✉ Send this to {name}?")
        if place.person == COUNSELLOR
        else _("✉ Send this as your answer to {name}?")
    )
    return Screen(
        title=title.of(name=name),
        lines=(verbatim(turn.learner.drafted),),
        options=(
            Button(_("Yes, send it"), SendAnswer(place.group, place.person)),
            Button(_("No"), Back()),
        ),
        typing=_("Your message"),
    )


@reads(AnswerSure, ForWhom)
def more(_place: AnswerSure | ForWhom, text: str, turn: Turn) -> Decision:
    """Another line of the same answer."""
    return Decision((Drafted(with_more(turn.learner.drafted, text)),), fresh=True)


@does(SendAnswer)
def send_sure(tap: SendAnswer, turn: Turn) -> Decision:
    learner = turn.learner
    at, to = turn.place, AnswerSure(tap.group, tap.person)
    asked = at == to or (isinstance(at, ForWhom) and _newest(turn) == to)
    onward = (asked_before(at) if isinstance(at, ForWhom) else None) or turn.main
    if (
        not asked or not learner.drafted
    ):  # the second tap, an old button, or yet another letter came
        return Decision((Went(at if isinstance(at, ForWhom) else turn.main),), fresh=True)
    done = send(to, learner.drafted, turn)
    return replace(done, events=(*done.events, Went(onward)))
