"""A name in letters that the reader of the paper cannot read is asked for in Latin ones, too."""

from collections.abc import Iterable

from bot.conversation.event import Went
from bot.conversation.registry import reads, shows
from bot.conversation.screen import Button, Screen
from bot.conversation.turn import Decision, Gone, NameRefused, NotUsable, Turn
from bot.flows.certificates.actions import AskKeep, AskLatin
from bot.flows.certificates.events import NameGiven
from bot.flows.papers.ask_person import IN_LATIN
from bot.flows.papers.question import SKIP
from bot.flows.papers.steps import fits_script
from bot.model.words import _


def unread(name: str, languages: Iterable[str]) -> bool:
    """Whether somebody who reads one of these languages can read no word of it."""
    words = name.split()
    return any(not any(fits_script(word, each) for word in words) for each in languages)


@shows(AskLatin)
def show_ask_latin(_place: AskLatin, turn: Turn) -> Screen:
    if turn.learner.pending_name is None:
        raise Gone
    return Screen(
        title=_("Your name in Latin letters"),
        lines=(IN_LATIN,),
        rows=((Button(SKIP, AskKeep()),),),
        typing=_("Your name"),
    )


@reads(AskLatin)
def named_in_latin(_place: AskLatin, text: str, turn: Turn) -> Decision:
    """Both stand on the paper: these letters first."""
    own = turn.learner.pending_name
    if own is None:
        raise Gone
    try:
        name = turn.world.checked_name(text)
        if not fits_script(name, "en"):
            raise NotUsable(IN_LATIN)
        both = turn.world.checked_name(f"{name} {own}")
    except NameRefused as refused:
        return Decision(notes=(refused.why,), fresh=True)
    return Decision((NameGiven(both), Went(AskKeep())), fresh=True)
