"""A counsellor's day in one screen: who may need a word in any group and why, what is asked, and a
friendly word to all who are stuck.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.conversation.action import Home, Place
from bot.conversation.event import Event, ForOther, Told, Went
from bot.conversation.message import screen as note_screen
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Screen, paged
from bot.conversation.turn import Decision, Turn
from bot.flows.groups.actions import Board, Groups, NudgeAll, NudgeAllSure, Person, Today
from bot.flows.groups.common import PAGE, names, own, sorting
from bot.flows.groups.events import Nudged
from bot.flows.groups.letters import NOT_SENT, nudge_note
from bot.flows.groups.membership import number_of
from bot.model.group import Group, GroupsOf, MembersOf, UnreadableGroups, UnreadableMembers
from bot.model.group_progress import WHY, Standing, by_need
from bot.model.learner import day_of
from bot.model.meeting import line
from bot.model.unreadable import groups_not_shown, people_not_shown
from bot.model.words import Msg, Words, _, ngettext, verbatim

ALL = 0
"""Instead of a group's id: all groups of the counsellor."""


@dataclass(frozen=True)
class Case:
    """Somebody who may need a word, as the counsellor reads it."""

    group: Group
    standing: Standing
    name: Words
    order: tuple[int, bool, str]


def standings(group: Group, turn: Turn) -> list[Standing]:
    members = turn.ask(MembersOf(group.id))
    return by_need(group, members, turn.programme, day_of(turn.now), sorting(group.id, turn))


def cases(groups: Iterable[Group], turn: Turn) -> Iterator[Case]:
    """In no order yet. Groups that are over need no call."""
    for group in groups:
        if group.over(day_of(turn.now)):
            continue
        name, key = names(group.id, turn), sorting(group.id, turn)
        for s in standings(group, turn):
            if s.needs:
                called = key(s.learner).casefold()
                yield Case(group, s, name(s.learner), (s.rank, not called, called))


def counts(standings: Iterable[Standing]) -> Words | None:
    """How many may need a call, how many wait for an answer; None where nobody does."""
    found = list(standings)
    stuck, asked = sum(s.stuck for s in found), sum(s.asked for s in found)
    if stuck and asked:
        return Msg("⚠ {stuck} · ✉ {asked}").of(stuck=stuck, asked=asked)
    return (
        Msg("⚠ {stuck}").of(stuck=stuck)
        if stuck
        else Msg("✉ {asked}").of(asked=asked)
        if asked
        else None
    )


def titled_with_counts(group: Group, counted: Words | None) -> Words:
    return (
        Msg("{title} · {counts}").of(title=group.title, counts=counted)
        if counted
        else verbatim(group.title)
    )


@shows(Today)
def show_today(place: Today, turn: Turn) -> Screen:
    groups = turn.ask(GroupsOf(turn.learner.id))
    found = sorted(cases(groups, turn), key=lambda case: case.order)
    page = paged(found, place.page, PAGE, Today)
    lines: list[Words] = []
    for group in groups:
        if counted := counts(case.standing for case in found if case.group == group):
            lines.append(Msg("👥 {line}").of(line=titled_with_counts(group, counted)))
    coming = sorted(
        (
            (m.day, m.time, group, m)
            for group in groups
            for m in group.upcoming(day_of(turn.now))
            if m.day
        ),
        key=lambda c: c[:2],
    )
    lines += [
        Msg("{meeting} · {title}").of(meeting=line(m), title=group.title)
        for _day, _time, group, m in coming[:1]
    ]
    lost = groups_not_shown(turn.ask(UnreadableGroups(turn.learner.id)))
    lines += [
        *lost,
        *people_not_shown(sum(turn.ask(UnreadableMembers(group.id)) for group in groups)),
    ]
    if not groups and not lost:
        lines.append(
            _("You have no group yet. A group has an invite link; you see who needs a call.")
        )
    elif groups and not found:
        lines.append(_("Nobody may need a call, and no question waits."))
    to_all = (Button(_("👋 A friendly word to all who are stuck"), NudgeAllSure(ALL)),)
    return Screen(
        title=_("☀ Today"),
        lines=tuple(lines),
        options=tuple(
            Button(
                _line(case),
                Person(
                    case.group.id, number_of(turn.world, case.group.id, case.standing.learner.id)
                ),
            )
            for case in page.items
        ),
        rows=(
            page.row,
            to_all if any(_may_nudge(case, turn) for case in found) else (),
            (Button(_("👥 Your groups"), Groups()), Button(MENU, Home())),
        ),
    )


def _line(case: Case) -> Words:
    first, *more = (WHY[need] for need in case.standing.needs)
    why: Words = Msg("{why}, {more}").of(why=first, more=more[0]) if more else first
    return Msg("{name} · {title} · {why}").of(name=case.name, title=case.group.title, why=why)


def _may_nudge(case: Case, turn: Turn) -> bool:
    return case.standing.stuck and case.standing.may_nudge(case.group, day_of(turn.now))


def _stuck(group_id: int, turn: Turn) -> list[Case]:
    """Who gets the friendly word: each person once, however many of these groups they are in."""
    mine = own(group_id, turn) if group_id != ALL else None
    groups = turn.ask(GroupsOf(turn.learner.id)) if group_id == ALL else (mine,) if mine else ()
    found = {
        case.standing.learner.id: case for case in cases(groups, turn) if _may_nudge(case, turn)
    }
    return list(found.values())


def _back(group_id: int) -> Place:
    return Board(group_id) if group_id != ALL else Today()


@shows(NudgeAllSure)
def show_nudge_all(place: NudgeAllSure, turn: Turn) -> Screen:
    found = _stuck(place.group, turn)
    letter = note_screen(nudge_note(found[0].group)) if found else None
    if letter is None or letter.title is None:
        return Screen(
            lines=(NOT_SENT,), rows=((Button(BACK, _back(place.group)), Button(MENU, Home())),)
        )
    return Screen(
        title=_("Send this?"),
        lines=(
            letter.title,
            *letter.lines,
            _("They read it in their own language, between 9 and 20 o'clock."),
            ngettext("It goes to {count} person.", "It goes to {count} people.", len(found)),
        ),
        options=(
            Button(_("Yes, send it"), NudgeAll(place.group)),
            Button(_("No"), _back(place.group)),
        ),
    )


@does(NudgeAll)
def nudge_all(tap: NudgeAll, turn: Turn) -> Decision:
    back = Went(_back(tap.group))
    if turn.place != NudgeAllSure(tap.group):  # an old button, or the second tap
        return Decision((back,))
    found = _stuck(tap.group, turn)
    if not found:
        return Decision((back,), notes=(NOT_SENT,))
    sent: list[Event] = []
    for case in found:
        sent += (
            Told(case.standing.learner.id, nudge_note(case.group)),
            ForOther(case.standing.learner.id, Nudged(case.group.id)),
        )
    said = ngettext("👋 Sent to {count} person.", "👋 Sent to {count} people.", len(found))
    return Decision((*sent, back), notes=(said,))
