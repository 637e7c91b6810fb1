"""A counsellor's groups: making one, inviting, seeing who needs a call, writing, meeting, printing. Only one's own groups."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot import action as a
from bot import events as e
from bot.flows.decision import Decision, Moment, World
from bot.flows.enrol import seen_as
from bot.flows.question import BACK, MENU
from bot.group import Group, GroupById, GroupsOf, Meeting, MembersOf, Note, note, visible_modules
from bot.learner import Learner, day_of
from bot.notes import screen as note_screen
from bot.screen import Button, Msg, Screen, Words, _, ngettext, ratio, verbatim
from bot.standing import NUDGE_PAUSE, Standing, by_need, figures, standing
from bot.texts import MESSAGE, TITLE, one_line, paragraphs, too_long
from bot.understand import numbers

PAGE = 8
DAYS: dict[str, tuple[int, ...]] = {"link_until": (0, 7, 30, 90), "ends": (0, 30, 90, 180), "promise": (1, 2, 3, 7)}
LIMITS = (0, 10, 15, 25, 50)
MODULE_PAPERS: dict[str, Words] = {
    "handout": _("📄 Handout of a module (2 pages)"),
    "cards": _("🃏 Question cards of a module, with answers"),
    "workshop": _("🧑‍🏫 Workshop plan of a module"),
}
GROUP_PAPERS: dict[str, Words] = {
    "qr": _("🔳 QR code of the link, as a picture"),
    "poster": _("🖼 Poster with QR code (A4)"),
    "xlsx": _("📊 List of the group (Excel)"),
    "csv": _("📊 List of the group (CSV)"),
}
EXAMPLE = "2027-06-30"
_TEXTS: dict[str, Words] = {
    "title": _("Name of the group"),
    "organisation": _("Your organisation, as learners know it"),
    "ends": _("The last day, like {day}").of(day=EXAMPLE),
}
NOT_SENT = _("Not sent: they had a word from you these days, want none, or have finished.")
CLOSED_LINK = _("🔒 The link is closed: nobody can join.")
COMES = _("It comes here in a moment.")
NOT_IN_GROUP = _("This person is not in the group any more. Nothing was sent.")
NO_GROUP = _("This group is not there any more, or it is not yours.")


def own(learner: Learner, group_id: int, moment: Moment) -> Group | None:
    """The group, if it is this counsellor's."""
    group = moment.ask(GroupById(group_id))
    return group if group and group.owner == learner.id else None


def _member(learner: Learner, group_id: int, member_id: int, moment: Moment) -> tuple[Group, Learner] | None:
    group = own(learner, group_id, moment)
    members = moment.ask(MembersOf(group_id)) if group else ()
    found = next((m for m in members if m.id == member_id and group_id in m.groups), None)
    return (group, found) if group and found else None


def _gone() -> Decision:
    return Decision((e.Went(a.Groups()),), notes=(NO_GROUP,), fresh=True)


def _left(learner: Learner, group_id: int, moment: Moment) -> Decision:
    """The learner whom this was about is not there any more, or the whole group is not."""
    group = own(learner, group_id, moment)
    return Decision((e.Went(a.Board(group.id)),), notes=(NOT_IN_GROUP,), fresh=True) if group else _gone()


def _board_without(learner: Learner, group_id: int, world: World, moment: Moment) -> Screen | None:
    """The board, for a screen about a learner who is not there any more."""
    board = show_board(learner, a.Board(group_id), world, moment)
    return replace(board, notes=(NOT_IN_GROUP,)) if board else None


# --- the list, a new one


def show_groups(learner: Learner, place: a.Groups, world: World, moment: Moment) -> Screen:
    groups = moment.ask(GroupsOf(learner.id))
    page = min(place.page, max(0, (len(groups) - 1) // PAGE))
    shown = groups[page * PAGE : (page + 1) * PAGE]
    nothing = _("You have no group yet. A group has an invite link; you see who needs a call.")
    return Screen(
        title=_("👥 Your groups"),
        lines=() if groups else (nothing,),
        options=tuple(Button(verbatim(group.title), a.Board(group.id)) for group in shown),
        rows=(
            (Button(_("➕ New group"), a.NewGroup()),),
            _turn(page, len(groups), PAGE, a.Groups),
            (Button(_("My name for learners"), a.StaffName()), Button(MENU, a.Home())),
        ),
    )


def _turn(page: int, count: int, size: int, to: Callable[[int], a.Action]) -> tuple[Button, ...]:
    back = [Button(BACK, to(page - 1))] if page else []
    more = [Button(_("More ▶"), to(page + 1))] if (page + 1) * size < count else []
    return (*back, *more)


def show_new(learner: Learner, place: a.NewGroup, world: World, moment: Moment) -> Screen:
    if not learner.staff_name:
        return show_staff_name(learner, a.StaffName(), world, moment)
    return Screen(
        title=_("➕ New group"),
        lines=(_("Type the name of the group, as learners will read it. For example: Tuesday group, spring."),),
        rows=((Button(_("Not now"), a.Groups()),),),
        typing=_("Name of the group"),
    )


def titled(learner: Learner, place: a.NewGroup, text: str, world: World, moment: Moment) -> Decision:
    if not learner.staff_name:
        return staff_named(learner, a.StaffName(), text, world, moment)
    title = one_line(text)
    if not title or len(title) > TITLE:
        return Decision(notes=(too_long(TITLE) if title else _("Please type a name with letters."),), fresh=True)
    before = moment.ask(GroupsOf(learner.id))
    group = Group(
        id=int(moment.spare_code),
        owner=learner.id,
        token=moment.spare_token,
        title=title,
        organisation=before[-1].organisation if before else "",
        counsellor=learner.staff_name,
        language=learner.language or "en",
    )
    place_next = a.GroupLink(group.id) if group.organisation else a.GroupText(group.id, "organisation")
    return Decision((e.GroupKept(group), e.Went(place_next)), fresh=True)


def show_staff_name(learner: Learner, place: a.StaffName, world: World, moment: Moment) -> Screen:
    now = (_("Now: {name}").of(name=learner.staff_name),) if learner.staff_name else ()
    return Screen(
        title=_("Your name for learners"),
        lines=(_("Learners see who invites them. Type your name as they know you."), *now),
        rows=((Button(_("Not now"), a.Home()),),),
        typing=_("Your name for learners"),
    )


def staff_named(learner: Learner, place: a.StaffName, text: str, world: World, moment: Moment) -> Decision:
    name = one_line(text)
    if not name or len(name) > TITLE:
        return Decision(notes=(too_long(TITLE) if name else _("Please type a name with letters."),), fresh=True)
    renamed = (e.GroupKept(replace(group, counsellor=name)) for group in moment.ask(GroupsOf(learner.id)))
    return Decision((e.StaffNamed(name), *renamed, e.Went(a.Groups())), fresh=True)


# --- who needs a call


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
            _turn(page, len(standings), PAGE, lambda to: a.Board(group.id, to)),
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
    found = _member(learner, place.group, place.learner, moment)
    if found is None:
        return _board_without(learner, place.group, world, moment)
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
    options = [Button(_("✉ Write a message"), a.WriteTo(group.id, member.id))] if _may_write(group, member) else []
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


# --- words to one learner


def _nudge_note(group: Group) -> Note:
    return note("nudge", group=group.id, counsellor=group.counsellor, title=group.title)


def show_nudge(learner: Learner, place: a.NudgeSure, world: World, moment: Moment) -> Screen | None:
    found = _member(learner, place.group, place.learner, moment)
    if found is None:
        return _board_without(learner, place.group, world, moment)
    group, member = found
    letter = note_screen(_nudge_note(group))
    if letter is None or letter.title is None:
        return None
    return Screen(
        title=_("Send this?"),
        lines=(letter.title, *letter.lines, _("They read it in their own language, between 9 and 20 o'clock.")),
        options=(
            Button(_("Yes, send it"), a.Nudge(group.id, member.id)),
            Button(_("No, I write it myself"), a.WriteTo(group.id, member.id)),
        ),
        rows=((Button(BACK, a.Person(group.id, member.id)),),),
    )


def nudge(learner: Learner, tap: a.Nudge, world: World, moment: Moment) -> Decision:
    found = _member(learner, tap.group, tap.learner, moment)
    if found is None:
        return _left(learner, tap.group, moment)
    group, member = found
    back = e.Went(a.Person(group.id, member.id))
    today = day_of(moment.now)
    if member.groups[group.id].nudged == today:  # the second tap
        return Decision((back,))
    if not standing(group, member, world.programme, today).may_nudge(group, today):
        return Decision((back,), notes=(NOT_SENT,))
    sent = (e.Told(member.id, _nudge_note(group)), e.ForOther(member.id, e.Nudged(group.id)))
    return Decision((*sent, back), notes=(_("👋 Sent."),))


def _may_write(group: Group, member: Learner) -> bool:
    """After STOP only who asked something gets an answer."""
    return not member.muted or member.groups[group.id].asks > 0


def show_write(learner: Learner, place: a.WriteTo, world: World, moment: Moment) -> Screen | None:
    found = _member(learner, place.group, place.learner, moment)
    if found is None:
        return _board_without(learner, place.group, world, moment)
    group, member = found
    return Screen(
        title=_("✉ To {name}").of(name=seen_as(member.groups[group.id])),
        lines=(_("Type your message. Pasito passes it on and does not keep it. They can write back."),),
        rows=((Button(_("Not now"), a.Person(group.id, member.id)),),),
        typing=_("Your message"),
    )


def written(learner: Learner, place: a.WriteTo, text: str, world: World, moment: Moment) -> Decision:
    found = _member(learner, place.group, place.learner, moment)
    if found is None:
        return _left(learner, place.group, moment)
    group, member = found
    message = paragraphs(text)
    if not message or len(message) > MESSAGE:
        return Decision(notes=(too_long(MESSAGE) if message else _("Please type your message."),), fresh=True)
    if not _may_write(group, member):
        return Decision((e.Went(a.Person(group.id, member.id)),), notes=(NOT_SENT,), fresh=True)
    kind = "reply" if member.groups[group.id].asks else "message"
    letter = note(kind, group=group.id, counsellor=group.counsellor, organisation=group.organisation, text=message)
    answered = e.ForOther(member.id, e.CounsellorAsked(group.id, False))
    return Decision((e.Told(member.id, letter), answered, e.Went(a.Person(group.id, member.id))), notes=(_("✉ Sent."),), fresh=True)


def show_remove(learner: Learner, place: a.RemoveSure, world: World, moment: Moment) -> Screen | None:
    found = _member(learner, place.group, place.learner, moment)
    if found is None:
        return _board_without(learner, place.group, world, moment)
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
        return _gone()
    found = _member(learner, tap.group, tap.learner, moment)
    left = (e.ForOther(found[1].id, e.GroupLeft(tap.group)),) if found else ()
    return Decision((*left, e.Went(a.Board(tap.group))), notes=(_("They are no longer in the group."),))


# --- inviting


def invite_links(links: Mapping[str, str], token: str) -> tuple[tuple[str, str], ...]:
    """Channel and address of each link of an invitation. `links` are those of `World`."""
    return tuple(
        (channel, f"{start.removesuffix('?start=')}join/{token}" if channel == "web" else f"{start}g-{token}")
        for channel, start in links.items()
    )


def show_link(learner: Learner, place: a.GroupLink, world: World, moment: Moment) -> Screen | None:
    group = own(learner, place.group, moment)
    if group is None:
        return None
    if not group.organisation:
        return Screen(
            title=_("🔗 Invite to “{title}”").of(title=group.title),
            lines=(_("Learners read which organisation invites them. Please tell it first; then the link comes."),),
            options=(Button(_TEXTS["organisation"], a.GroupText(group.id, "organisation")),),
            rows=((Button(BACK, a.Board(group.id)), Button(MENU, a.Home())),),
        )
    links = invite_links(world.links, group.token)
    lines: list[Words] = [Msg("{channel}: {url}").of(channel=channel.capitalize(), url=url) for channel, url in links]
    if group.link_closed:
        lines.append(CLOSED_LINK)
    limit: Words = ngettext("{count} person", "{count} people", group.limit) if group.limit else _("no limit")
    until: Words = verbatim(group.link_until.isoformat()) if group.link_until else _("no end")
    return Screen(
        title=_("🔗 Invite to “{title}”").of(title=group.title),
        lines=(_("Send this link, or print the poster with the QR code."), *lines),
        options=(
            Button(GROUP_PAPERS["qr"], a.OrderPaper(group.id, "qr")),
            Button(GROUP_PAPERS["poster"], a.OrderPaper(group.id, "poster")),
            Button(_("For how many: {limit}").of(limit=limit), a.GroupChoice(group.id, "limit")),
            Button(_("Until when: {day}").of(day=until), a.GroupChoice(group.id, "link_until")),
            Button(
                _("🔓 Open the link") if group.link_closed else _("🔒 Close the link"),
                a.SetGroup(group.id, "link_closed", "0" if group.link_closed else "1"),
            ),
            Button(_("♻ New link, the old one stops"), a.RenewSure(group.id)),
        ),
        rows=((Button(BACK, a.Board(group.id)), Button(MENU, a.Home())),),
    )


def show_renew(learner: Learner, place: a.RenewSure, world: World, moment: Moment) -> Screen | None:
    group = own(learner, place.group, moment)
    if group is None:
        return None
    return Screen(
        title=_("♻ A new link for “{title}”?").of(title=group.title),
        lines=(_("The old link and every poster with it stop at once. Who is in the group stays in it."),),
        options=(Button(_("No, keep it"), a.GroupLink(group.id)), Button(_("Yes, a new link"), a.RenewLink(group.id))),
    )


def renew(learner: Learner, tap: a.RenewLink, world: World, moment: Moment) -> Decision:
    group = own(learner, tap.group, moment)
    if group is None:
        return _gone()
    if learner.at() != a.RenewSure(group.id):
        return Decision((e.Went(a.GroupLink(group.id)),))
    renewed = replace(group, token=moment.spare_token, link_closed=False)
    return Decision(
        (e.GroupKept(renewed), e.Went(a.GroupLink(group.id))), notes=(_("♻ There is a new link. The old one works no more."),)
    )


# --- settings of a group


def show_settings(learner: Learner, place: a.GroupSettings, world: World, moment: Moment) -> Screen | None:
    group = own(learner, place.group, moment)
    if group is None:
        return None
    learns: Words = ngettext("{count} module", "{count} modules", len(group.modules_in(world.programme)))
    days = ngettext("{count} day", "{count} days", group.promise)
    ends: Words = verbatim(group.ends.isoformat()) if group.ends else _("no end")
    return Screen(
        title=_("⚙ {title}").of(title=group.title),
        options=(
            Button(_("Name: {value}").of(value=group.title), a.GroupText(group.id, "title")),
            Button(_("Organisation: {value}").of(value=group.organisation), a.GroupText(group.id, "organisation")),
            Button(_("What is learnt: {value}").of(value=learns), a.GroupModules(group.id)),
            Button(
                _("Language of poster and papers: {value}").of(value=world.name_of(group.language)),
                a.GroupChoice(group.id, "language"),
            ),
            Button(_("Last day: {value}").of(value=ends), a.GroupChoice(group.id, "ends")),
            Button(_("Answers within: {value}").of(value=days), a.GroupChoice(group.id, "promise")),
            Button(
                _("I am back") if group.away else _("I am away: tell the learners"),
                a.SetGroup(group.id, "away", "0" if group.away else "1"),
            ),
            Button(_("🗑 Close the group for good"), a.EndGroupSure(group.id)),
        ),
        rows=((Button(BACK, a.Board(group.id)), Button(MENU, a.Home())),),
    )


def show_text(learner: Learner, place: a.GroupText, world: World, moment: Moment) -> Screen | None:
    group = own(learner, place.group, moment)
    if group is None or place.field not in _TEXTS:
        return None
    now = str(getattr(group, place.field) or "")
    return Screen(
        title=_TEXTS[place.field],
        lines=(_("Type it now."), *((_("Now: {name}").of(name=now),) if now else ())),
        rows=((Button(_("Not now"), a.GroupSettings(group.id)),),),
        typing=_TEXTS[place.field],
    )


def texted(learner: Learner, place: a.GroupText, text: str, world: World, moment: Moment) -> Decision:
    group = own(learner, place.group, moment)
    if group is None or place.field not in _TEXTS:
        return _gone()
    line = one_line(text)
    if place.field == "ends":
        return _ending(group, numbers(line), moment)
    if not line or len(line) > TITLE:
        return Decision(notes=(too_long(TITLE) if line else _("Please type a name with letters."),), fresh=True)
    first = place.field == "organisation" and not group.organisation
    changed = replace(group, title=line) if place.field == "title" else replace(group, organisation=line)
    onward: a.Place = a.GroupLink(group.id) if first else a.GroupSettings(group.id)
    return Decision((e.GroupKept(changed), e.Went(onward)), fresh=True)


def _ending(group: Group, typed: str, moment: Moment) -> Decision:
    try:
        day = _day(typed)
    except ValueError:
        return Decision(notes=(_("I did not understand this day. Type it like {day}.").of(day=EXAMPLE),), fresh=True)
    if day < day_of(moment.now):
        return Decision(notes=(_("This day is over. Type a day that is still to come."),), fresh=True)
    return Decision((e.GroupKept(replace(group, ends=day)), e.Went(a.GroupSettings(group.id))), fresh=True)


def _day(typed: str) -> date:
    """2027-06-30, or day first as people write it: 30.6.2027, 30/06/2027. Raises `ValueError`."""
    parts = [int(part) for part in re.split(r"[-./\s]+", typed.strip(" ."))]
    year, month, day = parts if len(parts) == 3 and parts[0] > 31 else parts[::-1]
    return date(year, month, day)


def _days(count: int) -> Words:
    return ngettext("{count} day", "{count} days", count)


def show_choice(learner: Learner, place: a.GroupChoice, world: World, moment: Moment) -> Screen | None:
    group = own(learner, place.group, moment)
    if group is None:
        return None

    def options(values: tuple[int, ...], label: Callable[[int], Words], none: Words) -> tuple[Button, ...]:
        return tuple(Button(label(v) if v else none, a.SetGroup(group.id, place.field, str(v))) for v in values)

    back: a.Place = a.GroupSettings(group.id)
    typed: tuple[Button, ...] = ()
    match place.field:
        case "language":
            title: Words = _("Language of poster and papers")
            chosen = tuple(Button(verbatim(world.name_of(x)), a.SetGroup(group.id, "language", x)) for x in world.languages)
        case "limit":
            title, back = _("How many may join?"), a.GroupLink(group.id)
            chosen = options(LIMITS, lambda n: ngettext("{count} person", "{count} people", n), _("no limit"))
        case "link_until":
            title, back = _("How long does the link work?"), a.GroupLink(group.id)
            chosen = options(DAYS["link_until"], _days, _("no end"))
        case "ends":
            title = _("When does the group end?")
            chosen = options(DAYS["ends"], lambda n: _("in {days}").of(days=_days(n)), _("no end"))
            typed = (Button(_("Another day"), a.GroupText(group.id, "ends")),)
        case "promise":
            title = _("In how many days do you answer?")
            chosen = options(DAYS["promise"], _days, _("no end"))
        case _:
            return None
    return Screen(title=title, options=chosen, rows=(typed, (Button(BACK, back),)))


def set_group(learner: Learner, tap: a.SetGroup, world: World, moment: Moment) -> Decision:
    group = own(learner, tap.group, moment)
    if group is None:
        return _gone()
    changed = _with(group, tap.field, tap.value, world, day_of(moment.now))
    onward: a.Place = a.GroupLink(group.id) if tap.field in ("limit", "link_until", "link_closed") else a.GroupSettings(group.id)
    return Decision((e.GroupKept(changed), e.Went(onward)) if changed else (e.Went(onward),))


def _with(group: Group, field: str, value: str, world: World, today: date) -> Group | None:
    """The group with one setting changed; None for what cannot be set."""
    match field:
        case "language" if value in world.languages:
            return replace(group, language=value)
        case "away":
            return replace(group, away=value == "1")
        case "link_closed":
            return replace(group, link_closed=value == "1")
        case "limit" if value in map(str, LIMITS):
            return replace(group, limit=int(value))
        case "promise" if value in map(str, DAYS["promise"]):
            return replace(group, promise=int(value))
        case "ends" | "link_until" if value in map(str, DAYS[field]):
            day = today + timedelta(days=int(value)) if value != "0" else None
            return replace(group, ends=day) if field == "ends" else replace(group, link_until=day)
        case _:
            return None


ALL, PATHWAY = "*", "p-"
"""What `ToggleModule` carries besides a module's id: all of them; a pathway."""


def show_modules(learner: Learner, place: a.GroupModules, world: World, moment: Moment) -> Screen | None:
    group = own(learner, place.group, moment)
    if group is None:
        return None
    programme = world.programme
    everything = not group.modules and not group.pathway

    def tick(on: bool, title: Words, value: str) -> Button:
        return Button(Msg("{sign} {title}").of(sign="☑" if on else "☐", title=title), a.ToggleModule(group.id, value, page))

    modules = tuple(programme.modules.values())
    page = min(place.page, max(0, (len(modules) - 1) // PAGE))
    options = [tick(everything, _("All modules"), ALL)]
    options += [tick(group.pathway == p.id, p.title, PATHWAY + p.id) for p in programme.pathways if p.modules]
    options += [tick(m.id in group.modules, m.short, m.id) for m in modules[page * PAGE : (page + 1) * PAGE]]
    return Screen(
        title=_("What is learnt in “{title}”?").of(title=group.title),
        options=tuple(options),
        rows=(_turn(page, len(modules), PAGE, lambda to: a.GroupModules(group.id, to)), (Button(BACK, a.GroupSettings(group.id)),)),
    )


def toggle_module(learner: Learner, tap: a.ToggleModule, world: World, moment: Moment) -> Decision:
    group = own(learner, tap.group, moment)
    if group is None:
        return _gone()
    programme = world.programme
    if tap.module == ALL:
        group = replace(group, modules=(), pathway="")
    elif any(tap.module == PATHWAY + p.id for p in programme.pathways):
        group = replace(group, modules=(), pathway=tap.module.removeprefix(PATHWAY))
    elif tap.module in programme.modules:
        chosen = set(group.modules) ^ {tap.module}
        group = replace(group, modules=tuple(m for m in programme.modules if m in chosen), pathway="")
    return Decision((e.GroupKept(group), e.Went(a.GroupModules(group.id, tap.page))))


# --- to print and to take away


def show_papers(learner: Learner, place: a.Papers, world: World, moment: Moment) -> Screen | None:
    group = own(learner, place.group, moment)
    if group is None:
        return None
    return Screen(
        title=_("🖨 Print, lists"),
        lines=(_("Each comes here as a file."),),
        options=(
            *(Button(label, a.OrderPaper(group.id, kind)) for kind, label in GROUP_PAPERS.items()),
            *(Button(label, a.PaperModule(group.id, kind)) for kind, label in MODULE_PAPERS.items()),
        ),
        rows=((Button(BACK, a.Board(group.id)), Button(MENU, a.Home())),),
    )


def show_paper_module(learner: Learner, place: a.PaperModule, world: World, moment: Moment) -> Screen | None:
    group = own(learner, place.group, moment)
    if group is None or place.kind not in MODULE_PAPERS:
        return None
    modules = group.modules_in(world.programme)
    page = min(place.page, max(0, (len(modules) - 1) // PAGE))
    return Screen(
        title=MODULE_PAPERS[place.kind],
        options=tuple(Button(m.short, a.OrderPaper(group.id, place.kind, m.id)) for m in modules[page * PAGE : (page + 1) * PAGE]),
        rows=(
            _turn(page, len(modules), PAGE, lambda to: a.PaperModule(group.id, place.kind, to)),
            (Button(BACK, a.Papers(group.id)),),
        ),
    )


def order_paper(learner: Learner, tap: a.OrderPaper, world: World, moment: Moment) -> Decision:
    group = own(learner, tap.group, moment)
    if group is None:
        return _gone()
    if tap.kind in ("qr", "poster") and not group.organisation:  # nobody is invited by nobody
        return Decision((e.Went(a.GroupLink(group.id)),), fresh=True)
    shut = tap.kind in ("qr", "poster") and group.link_closed
    went = e.Went(a.Papers(group.id))
    if tap.kind in GROUP_PAPERS:
        language = group.language if tap.kind == "poster" else learner.language or "en"
        order = e.PaperOrdered(tap.kind, str(group.id), language)
    elif tap.kind in MODULE_PAPERS and tap.module in world.programme.modules:
        order = e.PaperOrdered(tap.kind, tap.module, group.language)
    else:
        return Decision((went,))
    notes = (CLOSED_LINK, COMES) if shut else (COMES,)
    return Decision((order, went), notes=notes, fresh=True)


# --- meetings


def show_announce(learner: Learner, place: a.Announce, world: World, moment: Moment) -> Screen | None:
    group = own(learner, place.group, moment)
    if group is None:
        return None
    return Screen(
        title=_("📅 Announce a meeting"),
        lines=(_("Type day, hour and place. For example: Tuesday 8 June, 14:00, library, room 2."),),
        rows=((Button(_("Not now"), a.Board(group.id)),),),
        typing=_("Day, hour and place"),
    )


def announced(learner: Learner, place: a.Announce, text: str, world: World, moment: Moment) -> Decision:
    if own(learner, place.group, moment) is None:
        return _gone()
    message = paragraphs(text)
    if not message or len(message) > MESSAGE:
        return Decision(notes=(too_long(MESSAGE) if message else _("Please type your message."),), fresh=True)
    return Decision((e.Drafted(message), e.Went(a.AnnounceSure(place.group))), fresh=True)


def show_announce_sure(learner: Learner, place: a.AnnounceSure, world: World, moment: Moment) -> Screen | None:
    group = own(learner, place.group, moment)
    if group is None or not learner.drafted:
        return None
    count = sum(not member.muted for member in moment.ask(MembersOf(group.id)))
    return Screen(
        title=_("Send this?"),
        lines=(
            verbatim(learner.drafted),
            ngettext(
                "It goes to {count} person. They can say if they come.",
                "It goes to {count} people. They can say if they come.",
                count,
            ),
        ),
        options=(Button(_("Yes, send it"), a.SendAnnouncement(group.id)), Button(_("Type it again"), a.Announce(group.id))),
        rows=((Button(_("Not now"), a.Board(group.id)),),),
    )


def send_announcement(learner: Learner, tap: a.SendAnnouncement, world: World, moment: Moment) -> Decision:
    group = own(learner, tap.group, moment)
    if group is None:
        return _gone()
    if not learner.drafted:  # the second tap
        return Decision((e.Went(a.Board(group.id)),))
    if learner.at() != a.AnnounceSure(group.id):  # an old button: what was typed since was not looked at, nor for which group
        return Decision((e.Went(a.Board(group.id)),), fresh=True)
    meeting = Meeting(len(group.meetings) + 1, learner.drafted, day_of(moment.now))
    letter = note(
        "meeting",
        group=group.id,
        meeting=meeting.id,
        counsellor=group.counsellor,
        organisation=group.organisation,
        text=meeting.text,
    )
    kept = e.GroupKept(replace(group, meetings=(*group.meetings, meeting)))
    return Decision((kept, e.GroupTold(group.id, letter), e.Drafted(""), e.Went(a.Board(group.id))), notes=(_("📅 Sent."),))


# --- the end of a group


def show_end(learner: Learner, place: a.EndGroupSure, world: World, moment: Moment) -> Screen | None:
    group = own(learner, place.group, moment)
    if group is None:
        return None
    return Screen(
        title=_("🗑 Close “{title}” for good?").of(title=group.title),
        lines=(_("Its links stop, and you see nothing of its learners any more. They keep their progress."),),
        options=(Button(_("No, keep it"), a.GroupSettings(group.id)), Button(_("Yes, close it"), a.EndGroup(group.id))),
    )


def end_group(learner: Learner, tap: a.EndGroup, world: World, moment: Moment) -> Decision:
    group = own(learner, tap.group, moment)
    if group is None:
        return _gone()
    if learner.at() != a.EndGroupSure(group.id):
        return Decision((e.Went(a.EndGroupSure(group.id)),))
    return Decision((e.GroupEnded(group.id), e.Went(a.Groups())), notes=(_("The group is closed."),))
