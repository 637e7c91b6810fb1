"""Conversations: pure functions from what a person did to what happened and what they see.

`decide` finds what an update means and asks the function that registered for it
(`bot.conversation.registry`); `show` turns the place where a learner is into a screen. Every answer
ends in `show`, so a screen that was lost on the way can be made again from the learner alone. What
there is to talk about is in `bot.flows`; nothing of it is named here.
"""

import re
from dataclasses import replace
from html import escape

from bot.conversation.action import Action, Home, Place, Welcome, decode
from bot.conversation.event import Went, evolve_all
from bot.conversation.lexicon import lexicon
from bot.conversation.places import place_of
from bot.conversation.registry import (
    DOERS,
    FOLLOWS,
    OPENERS,
    PREPARES,
    RECEIVERS,
    SHOWERS,
    UNDERSTANDERS,
    Said,
    When,
    speaks,
    understands,
)
from bot.conversation.rights import may
from bot.conversation.screen import MENU, Button, Screen
from bot.conversation.turn import HERE, Decision, Moment, World
from bot.conversation.typed_text import (
    command,
    goes_first,
    near_option,
    option,
    payload_in,
    sign,
    slash,
)
from bot.conversation.update import Edited, Media, Reachable, Sent, Start, Tap, Typed, Update
from bot.model.learner import Learner
from bot.model.words import Words, _

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
"""As Telegram takes it; on the web anybody can write anything there."""
UNREADABLE = _(
    "Sorry, what is stored about you cannot be read just now. It is kept, and those who run Pasito "
    "can see that. Please try again later."
)
NOT_YOURS = _("This is for counsellors and admins.")
_MEDIA: dict[Media, Words] = {
    Media.VOICE: _("I cannot listen to voice messages. Please tap a button or type."),
    Media.PICTURE: _(
        "I cannot look at pictures, and I do not keep them. Please tap a button or type."
    ),
    Media.FILE: _("I cannot read this, and I do not keep it. Please tap a button or type."),
    Media.STICKER: _("Thank you! To go on, tap a button or type its number."),
    Media.OTHER: _("I cannot read this, and I do not keep it. Please tap a button or type."),
}


def show(learner: Learner, world: World, moment: Moment) -> Screen:
    """What the learner sees where they are. A place that no longer exists (a module was taken out)
    is the menu, and so is one whose right was taken away meanwhile."""
    place = place_of(learner) if learner.language else Welcome()
    screen = (
        SHOWERS[type(place)](learner, place, world, moment) if may(learner, moment, place) else None
    )
    if screen is None:
        screen = SHOWERS[Home](learner, Home(), world, moment)
    if screen is None:
        raise TypeError("the menu is always there")
    return screen


def decide(learner: Learner, update: Update, world: World, moment: Moment) -> Decision:
    """What this update means for this learner. Never raises for anything a person can send."""
    before = tuple(event for prepare in PREPARES for event in prepare(learner, world, moment))
    now = evolve_all(learner, before, moment.now)
    decision = _decide(now, update, world, moment)
    after = tuple(event for follow in FOLLOWS for event in follow(now, decision, world, moment))
    if not before and not after:
        return decision
    return replace(decision, events=(*before, *decision.events, *after))


def _decide(learner: Learner, update: Update, world: World, moment: Moment) -> Decision:
    match update.doing:
        case Tap(data):
            action = decode(data)
            if action is None:
                return Decision(toast=HERE, fresh=True)
            return act(learner, action, world, moment)
        case Typed(text, html, reply_to):
            text = text.replace("\0", "")  # no database has a place for it
            html = html.replace("\0", "") or escape(text, quote=False)
            return _typed(Said(learner, text, html, reply_to, world, moment, show))
        case Start(payload):
            return start(learner, payload, world, moment)
        case Sent(media, file):
            place = place_of(learner)
            receive = RECEIVERS.get(type(place))
            if receive and file and may(learner, moment, place):
                return receive(learner, place, media, file, world, moment)
            return Decision(notes=(_MEDIA[media],), fresh=True)
        case Edited():
            return Decision(
                notes=(_("A message that you change later does not count again. You are here:"),),
                fresh=True,
            )
        case Reachable():
            return Decision()


def act(learner: Learner, action: Action, world: World, moment: Moment) -> Decision:
    """What an action does, if this person may do it. Somebody new is given a language first."""
    if learner.language is None and not action.wordless:
        chosen = speaks(learner, world, moment)
        rest = act(evolve_all(learner, chosen, moment.now), action, world, moment)
        return replace(rest, events=(*chosen, *rest.events))
    if not may(learner, moment, action):
        return Decision((Went(Home()),), notes=(NOT_YOURS,), fresh=True)
    do = DOERS.get(type(action))
    if do:
        return do(learner, action, world, moment)
    return Decision((Went(action),)) if isinstance(action, Place) else Decision(toast=HERE)


def start(learner: Learner, payload: str, world: World, moment: Moment) -> Decision:
    """`/start`, or a start link: what it carries says which feature opens it."""
    payload = payload if _PAYLOAD.fullmatch(payload) else ""
    kind, _dash, value = payload.partition("-")
    if value and kind in OPENERS and (done := _open(kind, learner, value, world, moment)):
        return done
    if learner.language is None:
        return Decision((Went(Welcome()),), fresh=True)
    done = _open("", learner, "", world, moment) if "" in OPENERS else None
    return done or Decision((Went(Home()),), fresh=True)


def _open(kind: str, learner: Learner, value: str, world: World, moment: Moment) -> Decision | None:
    opened, speechless = OPENERS[kind]
    chosen = () if speechless else speaks(learner, world, moment)
    done = opened(evolve_all(learner, chosen, moment.now), value, world, moment)
    return replace(done, events=(*chosen, *done.events), fresh=True) if done else None


def _typed(said: Said) -> Decision:
    """In the order of `When`, by the first that understands it."""
    for _when, understand in UNDERSTANDERS:
        found = understand(said)
        if isinstance(found, Action):
            return replace(act(said.learner, found, said.world, said.moment), fresh=True)
        if found is not None:
            return found
    return _lost(said)


@understands(When.SLASH)
def _slash(said: Said) -> Action | None:
    return slash(said.text)


@understands(When.BUTTON)
def _button(said: Said) -> Action | None:
    words = lexicon(said.world.say, said.world.languages)
    return sign(said.text) or option(said.text, said.screen, words, said.language, said.world.say)


@understands(When.TOKEN)
def _link(said: Said) -> Decision | None:
    payload = None if said.reads else payload_in(said.text)
    return start(said.learner, payload, said.world, said.moment) if payload else None


@understands(When.COMMAND)
def _command(said: Said) -> Action | None:
    """Where any text is welcome, only STOP goes before it, and a command where its word cannot be
    the text."""
    found = command(said.text, said.world.languages, said.world.say)
    kept = found and said.reads and not said.reads.commands and not goes_first(found)
    return None if kept else found


@understands(When.WELCOME)
def _welcome(said: Said) -> Decision | None:
    if said.reads is None or said.slashed:
        return None
    text = said.html if said.reads.formatted else said.text
    return said.reads.read(said.learner, said.place, text, said.world, said.moment)


@understands(When.NEAR)
def _near(said: Said) -> Action | None:
    if said.screen.asks:
        return None
    return near_option(said.text, said.screen, said.language, said.world.say)


@understands(When.NOBODY)
def _nobody_there(said: Said) -> Decision | None:
    if said.learner.language is None:
        return Decision(fresh=True)
    if not may(said.learner, said.moment, said.place):  # the role was taken away while they wrote
        return Decision(notes=(NOT_YOURS,), fresh=True)
    return None


def _lost(said: Said) -> Decision:
    """Not understood: where they are."""
    if said.screen.typing and not said.screen.options:
        return Decision(notes=(_("I did not understand that. You are here:"),), fresh=True)
    return Decision(
        notes=(_("I did not understand that. Tap a button, or type its number. You are here:"),),
        fresh=True,
    )


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
