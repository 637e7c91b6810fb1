"""Who needs a call in one group, one person, and the way out."""

from collections.abc import Sequence
from datetime import date

from bot.conversation.action import Home
from bot.conversation.event import ForOther, Went
from bot.conversation.registry import does, reads, shows
from bot.conversation.screen import BACK, MENU, Button, Screen, bar, paged, ratio
from bot.conversation.turn import Decision, Turn
from bot.conversation.typed_title import typed_nickname
from bot.flows.groups.actions import (
    Announce,
    Board,
    DropLabel,
    GroupLink,
    Groups,
    GroupSettings,
    HeldBack,
    Label,
    NudgeAllSure,
    NudgeSure,
    Papers,
    Person,
    Remove,
    RemoveSure,
    RenewSure,
    WriteAll,
    WriteTo,
)
from bot.flows.groups.colleagues import offered_to
from bot.flows.groups.common import PAGE, member_of, names, own_group, sorting
from bot.flows.groups.events import GroupLeft, Labelled, News, out_of
from bot.flows.groups.membership import number_of
from bot.flows.pairs.actions import ProposePair
from bot.flows.workshops.actions import AskToLead, TakeBackLead
from bot.flows.workshops.ask import finished
from bot.model.group import (
    Group,
    HeldQuestions,
    LabelsOf,
    MembersOf,
    UnreadableMembers,
    shares,
    visible_modules,
)
from bot.model.group_progress import NUDGE_PAUSE, WHY, Need, Standing, by_need, figures, standing
from bot.model.learner import Learner, Workshop, day_of
from bot.model.meeting import line
from bot.model.unreadable import people_not_shown
from bot.model.words import Msg, Words, _, ngettext, verbatim
from cards.model import Programme

RESTS = _(
    "This person said yes to another organisation, and is asked again. You see nothing of them "
    "until then."
)
OUT = _("They are no longer in the group.")
_REASONS: dict[Need, Words] = {
    Need.ASKED: _("✉ Waits for your answer."),
    Need.NEVER: _("⚠ Joined, and never began."),
    Need.QUIET: _("⚠ No step for ten days or more."),
}


@shows(Board)
def show_board(place: Board, turn: Turn) -> Screen:
    group = own_group(place.group, turn)
    today = day_of(turn.now)
    name = names(group.id, turn)
    members = turn.ask(MembersOf(group.id))
    held = turn.ask(HeldQuestions(turn.learner.id, group.id))
    standings = by_need(group, members, turn.programme, today, sorting(group.id, turn))
    page = paged(standings, place.page, PAGE, lambda to: Board(group.id, to))
    return Screen(
        title=Msg("👥 {title}").of(title=group.title),
        lines=(
            *_overview(group, standings, today),
            *_uncounted(group, standings, turn.programme),
            *_asked_again(group, members),
            *people_not_shown(turn.ask(UnreadableMembers(group.id))),
        ),
        options=tuple(
            Button(
                standing_line(name(s.learner), s),
                Person(group.id, number_of(turn.world, group.id, s.learner.id)),
            )
            for s in page.items
        ),
        rows=(
            (
                *offered_to(turn.learner.id, group),
                *(
                    (Button(_("📥 New questions: {number}").of(number=held), HeldBack(group.id)),)
                    if held
                    else ()
                ),
            ),
            page.row,
            *(() if group.archived else _doing(group, standings)),
            (
                Button(_("🖨 Print, lists"), Papers(group.id)),
                Button(_("⚙ Group settings"), GroupSettings(group.id)),
            ),
            (Button(_("👥 Your groups"), Groups()), Button(MENU, Home())),
        ),
    )


def _doing(group: Group, standings: list[Standing]) -> tuple[tuple[Button, ...], ...]:
    """What is done with a group while it goes on."""
    stuck = any(s.stuck for s in standings)
    return (
        (Button(_("👋 A friendly word to all who are stuck"), NudgeAllSure(group.id)),)
        if stuck
        else (),
        (Button(_("✉ Write to all"), WriteAll(group.id)),) if standings else (),
        (
            Button(_("🔗 Invite"), GroupLink(group.id)),
            Button(_("📅 Meeting"), Announce(group.id)),
        ),
    )


def _overview(group: Group, standings: list[Standing], today: date) -> tuple[Words, ...]:
    counted = figures(standings)
    lines: list[Words] = [
        ngettext("{count} person has joined.", "{count} people have joined.", counted.joined)
    ]
    if counted.learning is not None and counted.finished is not None:
        lines.append(
            _("▶ learning: {learning} · ✅ finished: {finished}").of(
                learning=counted.learning, finished=counted.finished
            )
        )
    elif counted.joined:
        lines.append(_("Figures about all are shown from five people on."))
    else:
        lines.append(_("Share the invite link or print the poster."))
    asked = sum(s.asked for s in standings)
    if asked:
        lines.append(_("✉ Wait for an answer: {number}").of(number=asked))
    stuck = sum(s.stuck for s in standings)
    if stuck:
        lines.append(ngettext("⚠ {count} may need a call.", "⚠ {count} may need a call.", stuck))
    if group.archived:
        lines.append(_("🗄 In the archive: nobody joins, and no friendly word is sent."))
    elif group.over(today) and group.ends:
        lines.append(_("The group ended on {day}.").of(day=group.ends))
    if len(group.counsellors) > 1:
        with_me = [c.name for c in group.counsellors if c.learner != group.viewer.learner]
        lines.append(_("🤝 With {names}").of(names=", ".join(with_me)))
    if group.away:
        lines.append(_("Learners read that you are away."))
    for meeting in group.upcoming(today)[:1]:
        replies = [s.learner.groups[group.id].replies.get(meeting.id) for s in standings]
        counts = _("come: {yes} · cannot: {no}").of(
            yes=replies.count(True), no=replies.count(False)
        )
        lines.append(Msg("{meeting}\n{counts}").of(meeting=line(meeting), counts=counts))
    return tuple(lines)


def _uncounted(
    group: Group, standings: Sequence[Standing], programme: Programme
) -> tuple[Words, ...]:
    """Why a count is smaller than the one that the learner reads."""
    every = len(group.modules_in(programme))
    if all(s.total == every or not shares(group, s.learner) for s in standings):
        return ()
    return (
        _("Modules about health or rights count here only when the learner shows them to you."),
    )


def _asked_again(group: Group, members: tuple[Learner, ...]) -> tuple[Words, ...]:
    resting = sum(group.id in m.groups and not shares(group, m) for m in members)
    if group.viewer.organisation:
        asked = _("Have not said yes to {organisation}: {number}").of(
            organisation=group.viewer.organisation, number=resting
        )
        return (asked,) if resting else ()
    return (
        (_("Asked again after the change of organisation: {number}").of(number=resting),)
        if resting
        else ()
    )


def standing_line(name: Words, s: Standing) -> Words:
    """One person in a list: who, where they are, why they may need a word."""
    sign = "✅" if s.finished else "⚠" if s.stuck else "✉" if s.asked else "▶"
    hand = s.hands[0] if s.hands else None
    where: Words = (
        Msg("{title} {count}").of(title=hand.module.short, count=ratio(hand.done, hand.total))
        if hand
        else verbatim("")
    )
    why = WHY[s.needs[0]] if s.needs else week(s.weeks)
    line = (
        Msg("{sign} {name} · {done} · {where} · {why}")
        if hand
        else Msg("{sign} {name} · {done} · {why}")
    )
    return line.of(sign=sign, name=name, done=ratio(s.done, s.total), where=where, why=why)


def week(ago: int) -> Words:
    if ago < 2:
        return _("last week") if ago else _("this week")
    return ngettext("{count} week ago", "{count} weeks ago", ago)


@shows(Person)
def show_person(place: Person, turn: Turn) -> Screen:
    group, member = member_of(place.group, place.learner, turn)
    if not shares(group, member):
        answer_only = Button(_("✉ Answer"), WriteTo(group.id, place.learner))
        return Screen(
            lines=(RESTS,),
            options=(answer_only,)
            if member.groups[group.id].asks and not group.viewer.organisation
            else (),
            rows=(
                (Button(_("Take out of the group"), RemoveSure(group.id, place.learner)),),
                (Button(BACK, Board(group.id)), Button(MENU, Home())),
            ),
        )
    today = day_of(turn.now)
    s = standing(group, member, turn.programme, today)
    lines: list[Words] = [_("Last step: {week}").of(week=week(s.weeks))]
    lines += [_REASONS[need] for need in s.needs if need in _REASONS]
    if s.failed:
        lines.append(_("⚠ Tried this deck twice without success: {deck}").of(deck=s.failed.title))
    if member.muted:
        lines.append(_("🔕 Wants no messages. An answer to a question still arrives."))
    lines.append(_("Decks: {count}").of(count=ratio(s.decks, s.all_decks)))
    lines += _uncounted(group, (s,), turn.programme)
    lines += [
        Msg("▶ {title} {bar}").of(title=h.module.short, bar=bar(h.done, h.total)) for h in s.hands
    ]
    lines += [
        Msg("✅ {title}").of(title=m.short)
        for m in visible_modules(group, member, turn.programme)
        if member.done(m.id)
    ]
    nudged = member.groups[group.id].nudged
    answer = _("✉ Answer") if s.asked else _("✉ Write a message")
    options = [Button(answer, WriteTo(group.id, place.learner))] if may_write(group, member) else []
    if s.may_nudge(group, today):
        options.append(Button(_("👋 Send a friendly word"), NudgeSure(group.id, place.learner)))
    elif nudged and (today - nudged).days < NUDGE_PAUSE:
        lines.append(_("👋 A friendly word was sent on {day}.").of(day=nudged))
    options.append(Button(_("✎ My own name for them"), Label(group.id, place.learner)))
    options.append(Button(_("🤝 Propose a mentor"), ProposePair(group.id, place.learner)))
    workshop = member.groups[group.id].workshop
    lines += _leads(workshop, turn)
    if workshop:
        back = _("🎤 Take the workshop back")
        options.append(Button(back, TakeBackLead(group.id, place.learner)))
    elif finished(group, member, turn.programme):
        ask = _("🎤 Ask to lead a workshop")
        options.append(Button(ask, AskToLead(group.id, place.learner)))
    return Screen(
        title=Msg("👤 {name} · {done}").of(
            name=names(group.id, turn)(member), done=ratio(s.done, s.total)
        ),
        lines=tuple(lines),
        options=tuple(options),
        rows=(
            (Button(_("Take out of the group"), RemoveSure(group.id, place.learner)),),
            (Button(BACK, Board(group.id)), Button(MENU, Home())),
        ),
    )


def _leads(workshop: Workshop | None, turn: Turn) -> tuple[Words, ...]:
    """What they lead, or are asked to lead."""
    module = turn.programme.module(workshop.module) if workshop else None
    if workshop is None or module is None:
        return ()
    told = _("🎤 Leads a workshop: {module}") if workshop.agreed else _("🎤 Is asked: {module}")
    return (told.of(module=module.short),)


def may_write(group: Group, member: Learner) -> bool:
    """After STOP only who asked something gets an answer."""
    return not member.muted or member.groups[group.id].asks > 0


@shows(RemoveSure)
def show_remove(place: RemoveSure, turn: Turn) -> Screen:
    group, member = member_of(place.group, place.learner, turn)
    return Screen(
        title=_("Take {name} out of the group?").of(name=names(group.id, turn)(member)),
        lines=(
            _("You see nothing of them any more. They keep their progress and can go on learning."),
            _("They are told."),
        ),
        options=(
            Button(_("No"), Person(group.id, place.learner)),
            Button(_("Yes, take them out"), Remove(group.id, place.learner)),
        ),
    )


@does(Remove)
def remove(tap: Remove, turn: Turn) -> Decision:
    group, member = member_of(tap.group, tap.learner, turn)
    out = (ForOther(member.id, GroupLeft(group.id)), out_of(group, News.OUT, member.id))
    if group.link_closed:
        return Decision((*out, Went(Board(group.id))), notes=(OUT,))
    return Decision(
        (*out, Went(RenewSure(group.id))),
        notes=(OUT, _("The old link would let them in again.")),
    )


@shows(Label)
def show_label(place: Label, turn: Turn) -> Screen:
    group, member = member_of(place.group, place.learner, turn)
    drop = (
        (Button(_("Take it away"), DropLabel(group.id, place.learner)),)
        if _label(group, member, turn)
        else ()
    )
    return Screen(
        title=_("✎ My own name for {name}").of(name=names(group.id, turn)(member)),
        lines=(
            _(
                "Type how you know them. Only you read it, and it is kept locked. It goes when "
                "they leave or the group ends."
            ),
        ),
        rows=(drop, (Button(_("Not now"), Person(group.id, place.learner)),)),
        typing=_("My own name for them"),
    )


def _label(group: Group, member: Learner, turn: Turn) -> str:
    return turn.ask(LabelsOf(turn.learner.id, group.id)).get(member.id, "")


@reads(Label)
def labelled(place: Label, text: str, turn: Turn) -> Decision:
    _group, member = member_of(place.group, place.learner, turn)
    label = typed_nickname(text)
    kept = Labelled(place.group, member.id, label)
    return Decision((kept, Went(Person(place.group, place.learner))), fresh=True)


@does(DropLabel)
def drop_label(tap: DropLabel, turn: Turn) -> Decision:
    _group, member = member_of(tap.group, tap.learner, turn)
    return Decision((Labelled(tap.group, member.id, ""), Went(Person(tap.group, tap.learner))))
