"""Conversations: pure functions from what a person did to what happened and what they see.

`decide` finds what an update means and asks the function that registered for it
(`bot.conversation.registry`); `show` turns the place where a learner is into a screen. Every answer
ends in `show`, so a screen that was lost on the way can be made again from the learner alone. What
there is to talk about is in `bot.flows`; nothing of it is named here.
"""

import re
from dataclasses import replace
from html import escape

from bot.conversation.action import Action, Back, Home, Place, Welcome, decode
from bot.conversation.event import Went
from bot.conversation.everyday import answers_shortly, asks_yes_or_no, says_yes_or_no
from bot.conversation.lexicon import lexicon
from bot.conversation.registry import (
    DOERS,
    FOLLOWS,
    OPENERS,
    PREPARES,
    READERS,
    RECEIVERS,
    RECEIVERS_ELSEWHERE,
    SHOWERS,
    UNDERSTANDERS,
    WAITS,
    Said,
    When,
    speaks,
    understands,
)
from bot.conversation.rights import may
from bot.conversation.screen import BACK, MENU, Button, Screen, in_words
from bot.conversation.turn import HERE, Decision, Gone, Turn, or_otherwise
from bot.conversation.typed_text import (
    by_words,
    command,
    goes_first,
    near_option,
    onward,
    option,
    payload_in,
    sign,
    slash,
)
from bot.conversation.update import (
    Doing,
    Edited,
    Media,
    Moved,
    Reachable,
    Sent,
    Start,
    Tap,
    Typed,
    Update,
)
from bot.model.words import Words, _

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
"""As Telegram takes it; on the web anybody can write anything there."""
UNREADABLE = _(
    "Sorry, what is stored about you cannot be read just now. It is kept, and those who run Pasito "
    "can see that. Please try again later."
)
SHORT = 2
"""Letters of a command that stands for a button of its own screen."""
NOT_YOURS = _("This is for counsellors and admins.")
NOTHING_ASKS = _("No question waits for an answer just now. You are here:")
TAP_OR_TYPE = _("I did not understand that. Tap an answer, or type its number or its words.")
_MEDIA: dict[Media, Words] = {
    Media.VOICE: _("I cannot listen to voice messages. Please tap a button or type."),
    Media.PICTURE: _(
        "I cannot look at pictures, and I do not keep them. Please tap a button or type."
    ),
    Media.FILE: _(
        "I cannot read this, and I do not keep it. Is it a CV from here? Then open “My papers” "
        "and send it there."
    ),
    Media.STICKER: _("Thank you! To go on, tap a button or type its number."),
    Media.OTHER: _("I cannot read this, and I do not keep it. Please tap a button or type."),
}


def show(turn: Turn) -> Screen:
    """What the learner sees where they are. A place that no longer exists (a module was taken out)
    is the menu, and so is one whose right was taken away meanwhile."""
    speechless = turn.learner.language is None and not turn.place.wordless
    screen = _screen(Welcome() if speechless else turn.place, turn)
    return in_words(screen) if turn.learner.low_data else screen


def _screen(place: Place, turn: Turn) -> Screen:
    try:
        if may(place, turn):
            screen = SHOWERS[type(place)](place, turn)
            asked = place.asks and (screen.options or screen.typing)
            return replace(screen, asks=True) if asked else screen
    except Gone as gone:
        if gone.instead:
            screen = _screen(gone.instead, turn)
            return replace(screen, notes=(*gone.decision.notes, *screen.notes))
    return SHOWERS[Home](Home(), turn)


def decide(update: Update, turn: Turn) -> Decision:
    """What this update means for this learner. Never raises for anything a person can send."""
    before = tuple(event for prepare in PREPARES for event in prepare(turn))
    now = turn.after(*before)
    decision = _decide(update.doing, now)
    after = tuple(event for follow in FOLLOWS for event in follow(decision, now))
    if not before and not after:
        return decision
    return replace(decision, events=(*before, *decision.events, *after))


def _decide(doing: Doing, turn: Turn) -> Decision:
    match doing:
        case Tap(data):
            action = decode(data)
            return act(action, turn) if action else Decision(toast=HERE, fresh=True)
        case Typed(text, html, reply_to):
            text = text.replace("\0", "")  # no database has a place for it
            html = html.replace("\0", "") or escape(text, quote=False)
            return _typed(Said(text, html, reply_to, turn, show))
        case Start(payload):
            return start(payload, turn)
        case Sent(media):
            return _received(doing, turn) or Decision(notes=(_MEDIA[media],), fresh=True)
        case Edited():
            said = _("A message that you change later does not count again. You are here:")
            return Decision(notes=(said,), fresh=True)
        case Reachable() | Moved():
            return Decision()


def _received(sent: Sent, turn: Turn) -> Decision | None:
    """Where it is asked for, by that place; elsewhere by who knows what it may be. Whoever has no
    language yet is asked for one first."""
    receive = RECEIVERS.get(type(turn.place))
    if receive and may(turn.place, turn):
        return or_otherwise(receive, turn.place, sent, turn)
    found = (or_otherwise(receive, sent, turn) for receive in RECEIVERS_ELSEWHERE)
    return next(filter(None, found), None)


def act(action: Action, turn: Turn) -> Decision:
    """What an action does, if this person may do it. Somebody new is given a language first."""
    if turn.learner.language is None and not action.wordless:
        chosen = speaks(turn)
        rest = act(action, turn.after(*chosen))
        return replace(rest, events=(*chosen, *rest.events))
    if not may(action, turn):
        return Decision((Went(Home()),), notes=(NOT_YOURS,), fresh=True)
    do = DOERS.get(type(action))
    if do:
        return or_otherwise(do, action, turn)
    return Decision((Went(action),)) if isinstance(action, Place) else Decision(toast=HERE)


def start(payload: str, turn: Turn) -> Decision:
    """`/start`, or a start link: what it carries says which feature opens it."""
    payload = payload if _PAYLOAD.fullmatch(payload) else ""
    kind, _dash, value = payload.partition("-")
    if value and kind in OPENERS and (done := _open(kind, value, turn)):
        return done
    if turn.learner.language is None:
        return Decision((Went(Welcome()),), fresh=True)
    done = _open("", "", turn) if "" in OPENERS else None
    return done or Decision((Went(Home()),), fresh=True)


def _open(kind: str, value: str, turn: Turn) -> Decision | None:
    """Where nothing tells the language of somebody new, it is that of the country: the ready-made
    words of a link say nothing of who sends them."""
    opened, speechless = OPENERS[kind]
    likely = replace(turn.moment, language=turn.moment.language or turn.world.country)
    chosen = () if speechless else speaks(replace(turn, moment=likely))
    done = or_otherwise(opened, value, turn.after(*chosen))
    return replace(done, events=(*chosen, *done.events), fresh=True) if done else None


def _typed(said: Said) -> Decision:
    """In the order of `When`, by the first that understands it."""
    for _when, understand in UNDERSTANDERS:
        found = or_otherwise(understand, said)
        if isinstance(found, Action):
            return replace(act(found, said.turn), fresh=True)
        if found is not None:
            return found
    return _lost(said)


@understands(When.REPLY)
def _right_under_a_question(said: Said) -> Action | None:
    """Yes or no, and nothing was done since the question came: it is read, and answered there."""
    return _waiting(said, since=max(said.turn.learner.last_at, 1))


@understands(When.BETWEEN)
def _to_what_waits(said: Said) -> Action | None:
    """Yes or no, where nothing on the screen is answered by it."""
    return None if said.reads else _waiting(said)


def _waiting(said: Said, since: int = 0) -> Place | None:
    world = said.turn.world
    if said.turn.learner.language is None:
        return None
    if not says_yes_or_no(said.text, world.languages, world.say):
        return None
    found = (one for wait in WAITS for one in wait(said.turn) if one.since >= since)
    newest = max(found, key=lambda one: one.since, default=None)
    return newest.place if newest and newest.place != said.turn.place else None


@understands(When.SLASH)
def _slash(said: Said) -> Decision | Action | None:
    """Words behind a command are typed where it leads, if a text is asked for there: `/newgroup
    Tuesday`, `/find Lisbon`."""
    found, turn, world = slash(said.text), said.turn, said.turn.world
    behind = "".join(said.text.split(maxsplit=1)[1:])
    if not behind or not isinstance(found, Place) or command(behind, world.languages, world.say):
        return found
    reads = READERS.get(type(found))
    if not reads or reads.formatted or not turn.learner.language or not may(found, turn):
        return found
    there = turn.after(Went(found))
    then = _typed(Said(behind, escape(behind, quote=False), "", there, said.show))
    return replace(then, events=(Went(found), *then.events), fresh=True)


@understands(When.BUTTON)
def _button(said: Said) -> Action | None:
    """`*` is the button that leads back, where the screen has one."""
    world, language = said.turn.world, said.turn.language
    if found := sign(said.text):
        own = (b.action for b in said.screen.buttons if b.label == BACK)
        return next(own, found) if isinstance(found, Back) else found
    words = lexicon(world.say, world.languages)
    meant = option(said.text, said.screen, words, language, world.say)
    return meant or onward(said.text, said.screen, words, world.say)


@understands(When.TOKEN)
def _link(said: Said) -> Decision | None:
    payload = None if said.reads else payload_in(said.text)
    return start(payload, said.turn) if payload else None


@understands(When.COMMAND)
def _command(said: Said) -> Action | None:
    """Where a text is asked for, a bare word is that text: only what goes first is not, and, at a
    place that says so, what it cannot read."""
    found = said.command
    if found and not said.slashed and not may(found, said.turn):  # a word like any other to them
        return None
    if found == said.turn.place and not said.reads:  # `cv` where “My CV” stands
        own = by_words(said.text, said.screen, said.turn.language, said.turn.world.say, SHORT)
        return own or found
    if found is None or said.reads is None or said.slashed or goes_first(found):
        return found
    return found if said.missed else None


@understands(When.WELCOME)
def _welcome(said: Said) -> Decision | None:
    """What a place cannot read that knows what it reads is understood as anywhere."""
    return None if said.slashed or said.missed else said.read()


@understands(When.NEAR)
def _near(said: Said) -> Action | None:
    """A word of the first screen is looked for everywhere, not on its buttons alone."""
    if said.screen.asks:
        return None
    at = (said.text, said.screen, said.turn.language, said.turn.world.say)
    return near_option(*at) or (None if isinstance(said.turn.place, Home) else by_words(*at))


@understands(When.NOBODY)
def _nobody_there(said: Said) -> Decision | None:
    if said.turn.learner.language is None:
        return Decision(fresh=True)
    if not may(said.turn.place, said.turn):  # the role was taken away while they wrote
        return Decision(notes=(NOT_YOURS,), fresh=True)
    return None


@understands(When.SHORT)
def _answers_nothing(said: Said) -> Decision | None:
    """Yes, no or the like, and nothing waits for it: no words to look for. A question that stands
    there is asked again."""
    world = said.turn.world
    if said.screen.asks or not answers_shortly(said.text, world.languages, world.say):
        return None
    if said.refused:
        return said.refused.decision
    asked = asks_yes_or_no(said.screen.options, world.say)
    return Decision(notes=(TAP_OR_TYPE if asked else NOTHING_ASKS,), fresh=True)


def _lost(said: Said) -> Decision:
    """Not understood: where they are, or what is asked for there."""
    if said.refused and not said.slashed:
        return said.refused.decision
    if said.screen.asks:
        return Decision(notes=(TAP_OR_TYPE,), fresh=True)
    if said.screen.typing and not said.screen.options:
        return Decision(notes=(_("I did not understand that. You are here:"),), fresh=True)
    how = (
        _("I did not understand that. Tap a button, or type its number. You are here:")
        if said.screen.options
        else _("I did not understand that. Tap a button, or type its words. You are here:")
    )
    return Decision(notes=(how,), fresh=True)


def unreadable() -> Screen:
    """For somebody whose row cannot be read: nothing that they do can change it, and who runs this
    can."""
    return Screen(lines=(UNREADABLE,), rows=((Button(MENU, Home()),),), fresh=True)


def apology() -> Screen:
    """When a flow failed: nothing is lost, and there is a way on."""
    return Screen(
        lines=(
            _("Sorry, something went wrong here. Nothing is lost. Please try again from the menu."),
        ),
        rows=((Button(MENU, Home()),),),
        fresh=True,
    )
