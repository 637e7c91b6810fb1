"""A few short questions, each of which can be skipped, and what they propose.

Nothing is locked by it and nothing kept but the path that is chosen: the answers are the place, and
are gone with it.
"""

from bot.conversation.action import Home
from bot.conversation.event import Went
from bot.conversation.everyday import LEFT_OUT, OF_DECKS
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Screen, Way, ratio
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.entry.actions import ChoosePath, EntryPage, IAmPage
from bot.flows.entry.events import PathChosen
from bot.flows.entry.path import path_of, place_of_path
from bot.flows.library.actions import Library
from bot.flows.library.human import counsellors
from bot.flows.reading.offer import can_you_read
from bot.model.words import Msg, Words, _, verbatim
from cards.collection import Category, Pathway
from cards.entry import SKIPPED

PROPOSED = 3
"""Paths that are proposed at most."""
TITLE = _("🧭 Where to begin")


@shows(IAmPage)
def show_i_am(_place: IAmPage, turn: Turn) -> Screen:
    people = turn.programme.entry.people
    return Screen(
        title=_("🙋 I am …"),
        lines=(_("Choose what fits. You can change it at any time, and nothing is locked."),),
        options=(
            *(
                Button(one.text, ChoosePath(one.to))
                for one in people
                if path_of(one.to, turn) is not None
            ),
            Button(_("Something else"), EntryPage()),
        ),
        rows=((*can_you_read(turn), Button(MENU, Home())),),
    )


@shows(EntryPage)
def show_entry(place: EntryPage, turn: Turn) -> Screen:
    questions = turn.programme.entry.questions
    answers = place.answers[: len(questions)]
    back = EntryPage(answers[:-1]) if answers else IAmPage()
    if len(answers) == len(questions):
        return _proposal(answers, back, turn)
    asked = questions[len(answers)]
    first = _("{count} short questions. Skip what you like. Your answers are not kept.")
    at = len(answers) + 1
    return Screen(
        title=asked.text,
        lines=() if answers else (first.of(count=len(questions)),),
        options=tuple(
            Button(
                choice.text,
                EntryPage((*answers, number)),
                also=tuple(OF_DECKS[name] for name in choice.also),
                lasts=choice.lasts,
            )
            for number, choice in enumerate(asked.choices, 1)
        ),
        rows=(
            (Button(_("Skip ▶"), EntryPage((*answers, SKIPPED)), also=LEFT_OUT),),
            (Button(BACK, back), Button(MENU, Home())),
        ),
        way=Way(verbatim(ratio(at, len(questions))), TITLE, at, (True,) * len(questions)),
    )


def _proposal(answers: tuple[int, ...], back: EntryPage | IAmPage, turn: Turn) -> Screen:
    found = (path_of(path, turn) for path in turn.programme.entry.proposed(answers))
    groups = [group for group in found if group][:PROPOSED]
    told: tuple[Words, ...] = (
        _("I propose the first. Take it, or another one. Everything stays open to you."),
    )
    if not groups:
        told = (
            _("Your answers point nowhere yet. Look around in the menu, or search."),
            _("You can also ask a person."),
        )
    return Screen(
        title=TITLE,
        lines=told,
        options=tuple(
            Button(_label(group, n == 0), ChoosePath(group.id)) for n, group in enumerate(groups)
        ),
        rows=(
            (Button(_("🔎 Something else"), Library()),),
            *((button,) for button in counsellors(turn)),
            (Button(BACK, back), Button(MENU, Home())),
        ),
    )


def _label(group: Category | Pathway, first: bool) -> Words:
    icon = group.icon if isinstance(group, Category) else "🧭"
    return Msg("{sign} {title}").of(sign="⭐" if first else icon, title=group.title)


@does(ChoosePath)
def choose_path(tap: ChoosePath, turn: Turn) -> Decision:
    group = path_of(tap.path, turn)
    if group is None:
        raise Gone(instead=IAmPage())
    told = _("⭐ Your path is in the menu now: {title}. You can change it with “I am …”.")
    return Decision(
        (PathChosen(group.id), Went(place_of_path(group))), notes=(told.of(title=group.title),)
    )
