"""Who needs a call in one group, one person, and the way out."""

from dataclasses import replace
from datetime import date

from bot import action as a
from bot import events as e
from bot.flows.decision import Decision, Moment, World
from bot.flows.enrol import seen_as
from bot.flows.groups.common import NOT_IN_GROUP, PAGE, gone, member_of, own, turn
from bot.flows.question import BACK, MENU
from bot.group import Group, MembersOf, visible_modules
from bot.learner import Learner, day_of
from bot.screen import Button, Msg, Screen, Words, _, ngettext, ratio
from bot.standing import NUDGE_PAUSE, Standing, by_need, figures, standing


def show_board(learner: Learner, place: a.Board, world: World, moment: Moment) -> Screen | None:
    group = own(learner, place.group, moment)
    if group is None:
        return None
    today = day_of(moment.now)
    standings = by_need(group, moment.ask(MembersOf(group.id)), world.programme, today)
    page = min(place.page, max(0, (len(standings) - 1) // PAGE))
    shown = standings[page * PAGE : (page + 1) * PAGE]
    return Screen(
        title=Msg("👥 {title}").of(title=group.title),
        lines=_overview(group, standings, today),
        options=tuple(Button(_standing_label(group, s), a.Person(group.id, s.learner.id)) for s in shown),
        rows=(
            turn(page, len(standings), PAGE, lambda to: a.Board(group.id, to)),
            (Button(_("🔗 Invite"), a.GroupLink(group.id)), Button(_("📅 Meeting"), a.Announce(group.id))),
            (Button(_("🖨 Print, lists"), a.Papers(group.id)), Button(_("⚙ Group settings"), a.GroupSettings(group.id))),
            (Button(_("👥 Your groups"), a.Groups()), Button(MENU, a.Home())),
        ),
    )


def _overview(group: Group, standings: list[Standing], today: date) -> tuple[Words, ...]:
    counted = figures(standings)
    lines: list[Words] = [ngettext("{count} person has joined.", "{count} people have joined.", counted.joined)]
    if counted.learning is not None and counted.finished is not None:
        lines.append(_("▶ learning: {learning} · ✅ finished: {finished}").of(learning=counted.learning, finished=counted.finished))
    elif counted.joined:
        lines.append(_("Figures about all are shown from five people on."))
    else:
        lines.append(_("Share the invite link or print the poster."))
    stuck = sum(s.stuck for s in standings)
    if stuck:
        lines.append(ngettext("⚠ {count} may need a call.", "⚠ {count} may need a call.", stuck))
    if group.over(today) and group.ends:
        lines.append(_("The group ended on {day}.").of(day=group.ends.isoformat()))
    if group.away:
        lines.append(_("Learners read that you are away."))
    for meeting in group.meetings[-1:]:
        replies = [s.learner.groups[group.id].replies.get(meeting.id) for s in standings]
        counts = _("come: {yes} · cannot: {no}").of(yes=replies.count(True), no=replies.count(False))
        lines.append(Msg("📅 {text}\n{counts}").of(text=meeting.text, counts=counts))
    return tuple(lines)


def _standing_label(group: Group, s: Standing) -> Words:
    sign = "⚠" if s.stuck else "✅" if s.finished else "▶"
    name = seen_as(s.learner.groups[group.id])
    return Msg("{sign} {name} · {done} · {week}").of(sign=sign, name=name, done=ratio(s.done, s.total), week=week(s.weeks))


def week(ago: int) -> Words:
    if ago < 2:
        return _("last week") if ago else _("this week")
    return ngettext("{count} week ago", "{count} weeks ago", ago)


def show_person(learner: Learner, place: a.Person, world: World, moment: Moment) -> Screen | None:
    found = member_of(learner, place.group, place.learner, moment)
    if found is None:
        return board_without(learner, place.group, world, moment)
    group, member = found
    today = day_of(moment.now)
    s = standing(group, member, world.programme, today)
    lines: list[Words] = [_("Last step: {week}").of(week=week(s.weeks))]
    if s.quiet:
        lines.append(_("⚠ No step for ten days or more."))
    if s.failed:
        lines.append(_("⚠ Tried this deck twice without success: {deck}").of(deck=s.failed.title))
    if member.muted:
        lines.append(_("🔕 Wants no messages. An answer to a question still arrives."))
    lines += [Msg("✅ {title}").of(title=m.short) for m in visible_modules(group, member, world.programme) if member.done(m.id)]
    nudged = member.groups[group.id].nudged
    options = [Button(_("✉ Write a message"), a.WriteTo(group.id, member.id))] if may_write(group, member) else []
    if s.may_nudge(group, today):
        options.insert(0, Button(_("👋 Send a friendly word"), a.NudgeSure(group.id, member.id)))
    elif nudged and (today - nudged).days < NUDGE_PAUSE:
        lines.append(_("👋 A friendly word was sent on {day}.").of(day=nudged.isoformat()))
    return Screen(
        title=Msg("👤 {name} · {done}").of(name=seen_as(member.groups[group.id]), done=ratio(s.done, s.total)),
        lines=tuple(lines),
        options=tuple(options),
        rows=(
            (Button(_("Take out of the group"), a.RemoveSure(group.id, member.id)),),
            (Button(BACK, a.Board(group.id)), Button(MENU, a.Home())),
        ),
    )


def may_write(group: Group, member: Learner) -> bool:
    """After STOP only who asked something gets an answer."""
    return not member.muted or member.groups[group.id].asks > 0


def board_without(learner: Learner, group_id: int, world: World, moment: Moment) -> Screen | None:
    """The board, for a screen about a learner who is not there any more."""
    board = show_board(learner, a.Board(group_id), world, moment)
    return replace(board, notes=(NOT_IN_GROUP,)) if board else None


def show_remove(learner: Learner, place: a.RemoveSure, world: World, moment: Moment) -> Screen | None:
    found = member_of(learner, place.group, place.learner, moment)
    if found is None:
        return board_without(learner, place.group, world, moment)
    group, member = found
    return Screen(
        title=_("Take {name} out of the group?").of(name=seen_as(member.groups[group.id])),
        lines=(_("You see nothing of them any more. They keep their progress and can go on learning."),),
        options=(
            Button(_("No"), a.Person(group.id, member.id)),
            Button(_("Yes, take them out"), a.Remove(group.id, member.id)),
        ),
    )


def remove(learner: Learner, tap: a.Remove, world: World, moment: Moment) -> Decision:
    if own(learner, tap.group, moment) is None:
        return gone()
    found = member_of(learner, tap.group, tap.learner, moment)
    left = (e.ForOther(found[1].id, e.GroupLeft(tap.group)),) if found else ()
    return Decision((*left, e.Went(a.Board(tap.group))), notes=(_("They are no longer in the group."),))
