"""A counsellor proposes a mentor for one learner, and sees which pairs there are."""

from datetime import timedelta

from bot.conversation.action import Home
from bot.conversation.event import Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Copy, Screen
from bot.conversation.turn import Decision, Turn
from bot.flows.groups.actions import Board, Person
from bot.flows.groups.common import member_of, names, own_group
from bot.flows.pairs.actions import MakePairLink, PairLink, PairsPage, ProposePair
from bot.flows.pairs.events import PairKept
from bot.model.channel import first_link, label_of
from bot.model.group import MembersOf
from bot.model.learner import day_of
from bot.model.pairs import DAY_SECONDS, LINK_DAYS, OPEN, Pair, PairsIn, PairsOf, PairState, SaidBy
from bot.model.words import Msg, Words, _, verbatim

STATES: dict[PairState, Words] = {
    PairState.INVITED: _("link made"),
    PairState.ASKED: _("the learner is asked"),
    PairState.OFFERED: _("the mentor is asked"),
    PairState.PAIRED: _("they write to each other"),
    PairState.DECLINED: _("not now"),
    PairState.ENDED: _("ended"),
    PairState.REPORTED: _("stopped: reported"),
    PairState.CLEARED: _("stopped"),
    PairState.BARRED: _("stopped"),
}
HAS_ONE = _("This person has a mentor, or is asked just now.")
MOST = 20
"""Pairs on one screen."""


@shows(ProposePair)
def show_propose(place: ProposePair, turn: Turn) -> Screen:
    group, member = member_of(place.group, place.learner, turn)
    return Screen(
        title=_("🤝 A mentor for {name}?").of(name=names(group.id, turn)(member)),
        lines=(
            _("You get a link for one person whom you know. It works once, for 14 days."),
            _("That person reads what a mentor does, and ticks seven rules."),
            _("Then {name} is asked first. A no costs nothing.").of(
                name=names(group.id, turn)(member)
            ),
            _("You see the pair and since when. You never see a message."),
        ),
        options=(
            Button(_("Yes, make the link"), MakePairLink(group.id, place.learner)),
            Button(_("Not now"), Person(group.id, place.learner)),
        ),
        rows=(
            (
                Button(BACK, Person(group.id, place.learner)),
                Button(_("🤝 Pairs of the group"), PairsPage(group.id)),
            ),
        ),
    )


@does(MakePairLink)
def make_link(tap: MakePairLink, turn: Turn) -> Decision:
    group, member = member_of(tap.group, tap.learner, turn)
    mine = [p for p in turn.ask(PairsOf(member.id)) if p.learner == member.id]
    begun = [p for p in mine if p.state in OPEN and p.state is not PairState.INVITED]
    if begun:
        return Decision((Went(PairsPage(group.id)),), notes=(HAS_ONE,), fresh=True)
    if turn.place != ProposePair(tap.group, tap.learner):  # an old button asks again
        return Decision((Went(ProposePair(tap.group, tap.learner)),))
    until = turn.now + LINK_DAYS * DAY_SECONDS
    id = int(turn.world.serial(member.id, "pair", str(turn.now), turn.moment.spare.token), 16) >> 12
    pair = Pair(id, member.id, 0, group.id, PairState.INVITED, turn.now, until)
    token = turn.moment.spare.token
    return Decision((PairKept(pair, token), Went(PairLink(group.id, token))))


@shows(PairLink)
def show_link(place: PairLink, turn: Turn) -> Screen:
    group = own_group(place.group, turn)
    links = [(name, f"{url}p-{place.token}") for name, url in turn.world.links.items()]
    until = day_of(turn.now) + timedelta(days=LINK_DAYS)
    return Screen(
        title=_("🤝 The link for the mentor"),
        lines=(
            _("Give it to one person. Until {day}.").of(day=until),
            *(Msg("{channel}: {url}").of(channel=label_of(name), url=url) for name, url in links),
        ),
        copied=Copy(_("📋 Copy the link"), first_link(links)) if links else None,
        rows=((Button(BACK, Board(group.id)), Button(MENU, Home())),),
    )


@shows(PairsPage)
def show_pairs(place: PairsPage, turn: Turn) -> Screen:
    group = own_group(place.group, turn)
    named = names(group.id, turn)
    members = {m.id: named(m) for m in turn.ask(MembersOf(group.id))}
    lines: list[Words] = []
    for pair in turn.ask(PairsIn(group.id))[:MOST]:
        mentor = turn.ask(SaidBy(pair.mentor)) if pair.mentor else None
        lines.append(
            Msg("{learner} · {mentor}: {state}, {day}").of(
                learner=members.get(pair.learner, verbatim("…")),
                mentor=mentor.about.name if mentor and mentor.about.name else "…",
                state=STATES[pair.state],
                day=day_of(pair.since),
            )
        )
    return Screen(
        title=_("🤝 Pairs in “{title}”").of(title=group.title),
        lines=tuple(lines) or (_("There is no pair yet. You propose one from a learner's page."),),
        rows=((Button(BACK, Board(group.id)), Button(MENU, Home())),),
    )
