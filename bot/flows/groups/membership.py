"""A learner and their groups: the invitation, what is shared, the counsellor, the way out. A no
costs nothing.
"""

from bot.conversation.action import Home
from bot.conversation.event import Event, Told, Went
from bot.conversation.meeting_time import line
from bot.conversation.places import place_of
from bot.conversation.registry import does, opens, reads, shows
from bot.conversation.screen import Button, Screen, bar
from bot.conversation.turn import Decision, Moment, World
from bot.conversation.typed_title import MESSAGE, NICKNAME, nickname, paragraphs, too_long
from bot.flows.account.actions import Languages
from bot.flows.groups import consent, newcomers
from bot.flows.groups.events import (
    QUESTION,
    QUESTIONS,
    CounsellorAsked,
    GroupJoined,
    GroupLeft,
    MeetingAnswered,
    NicknameChosen,
    SensitiveShared,
    StrangerAsked,
)
from bot.flows.groups.member_actions import (
    AnswerMeeting,
    AskCounsellor,
    Invited,
    JoinGroup,
    Leave,
    LeaveGroup,
    MyGroup,
    MyMeeting,
    Nickname,
    SensitiveSure,
    Shared,
    ShareSensitive,
)
from bot.flows.learning.actions import Begin, Cover
from bot.flows.learning.next_step import in_another_language, next_deck
from bot.flows.learning.question import BACK, MENU
from bot.model.group import (
    AskedLately,
    Group,
    GroupById,
    GroupByToken,
    MembersOf,
    is_sensitive,
    readers,
    shares,
)
from bot.model.learner import Learner, Membership, day_of
from bot.model.message import Note, note
from bot.model.words import Msg, Words, _, ngettext, verbatim
from cards.model import Module

SHOWN_MODULES = 6
MOST_QUESTIONS = 10
"""Messages to a counsellor without an answer in between: more would drown those of others."""

MOST_STRANGERS = 10
"""Questions an hour in a group of people who were never answered."""

UNKNOWN = _(
    "I do not know this invitation. Perhaps a part of the link is missing, or there is a newer "
    "one. Ask who sent it."
)
LINK_CLOSED = _(
    "{counsellor}, {organisation}, has closed this invitation. Nobody can join with it now."
)
EXPIRED = _("This invitation worked until {day}. Ask {counsellor}, {organisation}, for a new one.")
ENDED = _("The group “{title}” ended on {day}.")
FULL = _(
    "The group “{title}” is full. Tell {counsellor}, {organisation}, that you would like to join."
)
WITHOUT = _("You can learn without the group:")
GROUP_GONE = _("This group is closed. Your message was not sent.")
TAKEN_OUT = _("You are not in this group any more. Your message was not sent.")
INVITES = _("👥 {counsellor} invites you to learn together")


@opens("g")
def invitation(learner: Learner, token: str, world: World, moment: Moment) -> Decision:
    """An invite link was opened, by anybody, perhaps for the second time."""
    token = token.lower()
    group = moment.ask(GroupByToken(token))
    if group and group.id in learner.groups:
        return Decision(
            (Went(MyGroup(group.id)),), notes=(_("You are in this group already."),), fresh=True
        )
    if why := refusal(group, joined(group, moment), moment.now):
        return _turned_away(why)
    return Decision((Went(Invited(token)),), fresh=True)


def joined(group: Group | None, moment: Moment, joining: bool = False) -> int:
    """How many are in the group, as far as that matters for who comes next."""
    return len(moment.ask(MembersOf(group.id, joining))) if group and group.limit else 0


def refusal(group: Group | None, joined: int, now: int) -> Words | None:
    """Why nobody can join with this link, or None. `joined` is how many are in the group
    already."""
    today = day_of(now)
    if group is None:
        return UNKNOWN
    who = {"counsellor": group.counsellor, "organisation": group.organisation}
    if group.ends and group.over(today):
        return ENDED.of(title=group.title, day=group.ends.isoformat())
    if group.link_closed or group.archived:
        return LINK_CLOSED.of(**who)
    if group.link_until and group.link_until < today:
        return EXPIRED.of(day=group.link_until.isoformat(), **who)
    if group.limit and joined >= group.limit:
        return FULL.of(title=group.title, **who)
    return None


def _turned_away(why: Words) -> Decision:
    return Decision((Went(Home()),), notes=(why, WITHOUT), fresh=True)


@shows(Invited)
def show_invitation(
    learner: Learner, place: Invited, world: World, moment: Moment
) -> Screen | None:
    group = moment.ask(GroupByToken(place.token))
    if group is None:
        return None
    lines: list[Words] = [
        Msg("**{title}** · {organisation}").of(title=group.title, organisation=group.organisation),
        _("If you join, {counsellor} sees:").of(counsellor=group.counsellor),
        _("• a nickname that you choose"),
        *SEEN,
        *consent.others(group),
    ]
    if any(learner.done(module.id) for module in group.modules_in(world.programme)):
        lines.append(_("What you have finished before counts, and is seen, too."))
    lines.append(_("Nobody sees your answers, your phone number, or the hour."))
    if _sensitive(group, world):
        lines.append(_("Modules about health or rights stay hidden. You can change that later."))
    if group.kept_by(learner.id):
        lines.append(_("(This is your own group. Learners see this page.)"))
    lines.append(_("You can leave at any time. You can learn without joining, too."))
    return Screen(
        title=INVITES.of(counsellor=group.counsellor),
        lines=tuple(lines),
        options=(
            Button(_("Yes, I join"), JoinGroup(place.token, consent.read(group))),
            Button(_("No, I learn alone"), Home()),
        ),
        rows=((Button(Msg("🌐 {word}").of(word=_("Language")), Languages()),),),
    )


SEEN: tuple[Words, ...] = (
    _("• the day you joined"),
    _("• which modules and decks you have finished"),
    _("• the week of your last step"),
    _("• if you want no messages"),
    _(
        "• if you may need help: not begun, no step for ten days, or a deck that did not work out "
        "twice"
    ),
)
"""What a counsellor sees of each learner (product.md, Privacy 4). `bot.model.group_progress` and
`bot.documents.spreadsheet` show nothing more."""


def _sensitive(group: Group, world: World) -> bool:
    return any(
        is_sensitive(module, world.programme) for module in group.modules_in(world.programme)
    )


@does(JoinGroup)
def join(learner: Learner, tap: JoinGroup, world: World, moment: Moment) -> Decision:
    group = moment.ask(GroupByToken(tap.token))
    if group and group.id in learner.groups:
        return Decision((Went(MyGroup(group.id)),))
    if why := refusal(group, joined(group, moment, joining=True), moment.now):
        return _turned_away(why)
    assert group is not None
    if tap.read != consent.read(group):  # somebody else invites now than above this button
        return Decision((Went(Invited(tap.token)),), fresh=True)
    taken = {
        m.groups[group.id].number
        for m in moment.ask(MembersOf(group.id, joining=True))
        if group.id in m.groups
    }
    return Decision(
        (GroupJoined(group, max(taken, default=0) + 1), Went(Nickname(group.id))),
        notes=(_("✅ You are in."),),
    )


def seen_as(membership: Membership) -> Words:
    """The name that the counsellor sees."""
    chosen = nickname(membership.nickname)
    return verbatim(chosen) if chosen else _("Learner {number}").of(number=membership.number)


def number_of(world: World, group_id: int, learner_id: int) -> int:
    """What buttons and pages about a learner of a group carry instead of their id. It is keyed and
    the group's own: two counsellors cannot see that two of theirs are one person."""
    return int(world.serial(learner_id, "group", str(group_id), ""), 16) >> 1


@shows(MyGroup)
def show_my_group(learner: Learner, place: MyGroup, world: World, moment: Moment) -> Screen | None:
    mine = learner.groups.get(place.group)
    if mine is None:
        return None
    group = moment.ask(GroupById(place.group))
    out = Button(_("Leave the group"), LeaveGroup(place.group))
    if group is None:
        return Screen(
            title=Msg("👥 {title}").of(title=mine.title),
            lines=(
                _(
                    "This group is closed. Nobody sees anything of you any more. Your progress "
                    "stays."
                ),
            ),
            rows=((Button(_("Take it off my list"), Leave(place.group)), Button(MENU, Home())),),
        )
    if not shares(group, learner):
        return consent.show_again(
            learner, group, (_("• your nickname: {nickname}").of(nickname=seen_as(mine)), *SEEN)
        )
    modules = group.modules_in(world.programme)
    done = sum(learner.done(module.id) for module in modules)
    lines: list[Words] = [
        *(
            Msg("{counsellor} · {organisation}").of(
                counsellor=c.name, organisation=group.organisation_of(c)
            )
            for c in readers(group, learner)
        ),
        bar(done, len(modules)),
        _("Your nickname here: {nickname}").of(nickname=seen_as(mine)),
    ]
    if group.archived:
        lines.append(_("This group is over. You can go on learning."))
    elif group.over(day_of(moment.now)) and group.ends:
        lines.append(
            _("This group ended on {day}. You can go on learning.").of(day=group.ends.isoformat())
        )
    coming = group.upcoming(day_of(moment.now))[:2]
    rows: list[tuple[Button, ...]] = [
        *newcomers.asks(group, learner),
        *((Button(line(meeting), MyMeeting(group.id, meeting.id)),) for meeting in coming),
        (Button(_("✉ Ask {counsellor}").of(counsellor=group.counsellor), AskCounsellor(group.id)),),
        (
            Button(_("My nickname"), Nickname(group.id)),
            Button(_("👁 What is seen"), Shared(group.id)),
        ),
    ]
    if _sensitive(group, world):
        hide = Button(_("Hide my sensitive modules again"), ShareSensitive(group.id, False, 0))
        show = Button(_("Show my sensitive modules too"), SensitiveSure(group.id))
        rows.append((hide if mine.sensitive else show,))
    ahead = [module for module in modules if not learner.done(module.id)]
    first = _next_step(learner, ahead)
    lines += (
        words for button in first for words in in_another_language(learner, button.action, world)
    )
    return Screen(
        title=Msg("👥 {title}").of(title=group.title),
        lines=tuple(lines),
        options=(
            *first,
            *(Button(module.short, Cover(module.id)) for module in ahead[:SHOWN_MODULES]),
        ),
        rows=(*rows, (out, Button(MENU, Home()))),
    )


def _next_step(learner: Learner, ahead: list[Module]) -> tuple[Button, ...]:
    """The one thing to do now in this group: what was begun last, or the very first deck."""
    begun = sorted(
        (m for m in ahead if m.id in learner.modules), key=lambda m: learner.modules[m.id].last_day
    )
    module = begun[-1] if begun else next(iter(ahead), None)
    deck = next_deck(learner, module) if module else None
    if module is None or deck is None:
        return ()
    label = _("▶ Go on: {title}") if begun else _("▶ Start: {title}")
    return (Button(label.of(title=deck.title), Begin(module.id, deck.id)),)


@shows(Shared)
def show_shared(learner: Learner, place: Shared, world: World, moment: Moment) -> Screen | None:
    """What the counsellor sees, as it stood on the screen of the yes."""
    mine, group = learner.groups.get(place.group), moment.ask(GroupById(place.group))
    if mine is None or group is None:
        return show_my_group(learner, MyGroup(place.group), world, moment)
    return Screen(
        title=_("{counsellor} sees:").of(counsellor=group.counsellor),
        lines=(
            _("• your nickname: {nickname}").of(nickname=seen_as(mine)),
            *SEEN,
            *consent.others(group, learner),
            _("Nobody sees your answers, your phone number, or the hour."),
        ),
        rows=(
            *((hide,) for hide in newcomers.hide_buttons(group, learner)),
            (Button(_("Leave the group"), LeaveGroup(group.id)),),
            (Button(BACK, MyGroup(group.id)), Button(MENU, Home())),
        ),
    )


@shows(SensitiveSure)
def show_sensitive(
    learner: Learner, place: SensitiveSure, world: World, moment: Moment
) -> Screen | None:
    """The separate yes: who will see what."""
    group = moment.ask(GroupById(place.group))
    if place.group not in learner.groups or group is None:
        return show_my_group(learner, MyGroup(place.group), world, moment)
    hidden = [
        module
        for module in group.modules_in(world.programme)
        if is_sensitive(module, world.programme)
    ]
    return Screen(
        title=_("Show {counsellor} your sensitive modules too?").of(counsellor=group.counsellor),
        lines=(
            _(
                "{counsellor}, {organisation}, would see if you have finished these, and if a deck "
                "did not work out twice:"
            ).of(counsellor=group.counsellor, organisation=group.organisation),
            *(Msg("• {title}").of(title=module.short) for module in hidden),
            *consent.others(group, learner),
            _("You can hide them again at any time."),
        ),
        options=(
            Button(_("No, they stay hidden"), MyGroup(group.id)),
            Button(_("Yes, show them"), ShareSensitive(group.id, True, consent.read(group))),
        ),
    )


@does(ShareSensitive)
def share_sensitive(
    learner: Learner, tap: ShareSensitive, world: World, moment: Moment
) -> Decision:
    if tap.group not in learner.groups:
        return Decision((Went(Home()),))
    group = moment.ask(GroupById(tap.group)) if tap.yes else None
    if (
        group and consent.read(group) != tap.read
    ):  # somebody else would see it than stood above this button
        return Decision((Went(SensitiveSure(tap.group)),), fresh=True)
    if tap.yes and place_of(learner) != SensitiveSure(tap.group):  # an old button is no yes
        return Decision((Went(MyGroup(tap.group)),))
    said = (
        _("Your counsellor now sees your sensitive modules too.")
        if tap.yes
        else _("Your sensitive modules are hidden.")
    )
    return Decision((SensitiveShared(tap.group, tap.yes), Went(MyGroup(tap.group))), notes=(said,))


@shows(Nickname)
def show_nickname(learner: Learner, place: Nickname, world: World, moment: Moment) -> Screen | None:
    mine = learner.groups.get(place.group)
    if mine is None:
        return None
    if not mine.nickname:
        return Screen(
            title=_("How may {counsellor} call you?").of(counsellor=mine.counsellor),
            lines=(
                _("Type a nickname. It need not be your name."),
                _("Without one you are “{nickname}”.").of(nickname=seen_as(mine)),
            ),
            rows=((Button(_("Skip ▶"), MyGroup(place.group)),),),
            typing=_("Your nickname"),
        )
    return Screen(
        title=_("Your nickname in this group"),
        lines=(
            _("Type how {counsellor} may call you. It need not be your name.").of(
                counsellor=mine.counsellor
            ),
            _("Now: {nickname}").of(nickname=seen_as(mine)),
        ),
        rows=((Button(_("Not now"), MyGroup(place.group)),),),
        typing=_("Your nickname"),
    )


@reads(Nickname)
def nicknamed(
    learner: Learner, place: Nickname, text: str, world: World, moment: Moment
) -> Decision:
    chosen = nickname(text)
    if not chosen or len(chosen) > NICKNAME:
        return Decision(
            notes=(too_long(NICKNAME) if chosen else _("Please type a nickname with letters."),),
            fresh=True,
        )
    return Decision((NicknameChosen(place.group, chosen), Went(MyGroup(place.group))), fresh=True)


@shows(LeaveGroup)
def show_leave(learner: Learner, place: LeaveGroup, world: World, moment: Moment) -> Screen | None:
    mine = learner.groups.get(place.group)
    if mine is None:
        return None
    return Screen(
        title=_("Leave “{title}”?").of(title=mine.title),
        lines=(
            _(
                "Your counsellor sees nothing of you from then on. Your progress and certificates "
                "stay yours."
            ),
        ),
        options=(
            Button(_("No, I stay"), MyGroup(place.group)),
            Button(_("Yes, I leave"), Leave(place.group)),
        ),
    )


@does(Leave)
def leave(learner: Learner, tap: Leave, world: World, moment: Moment) -> Decision:
    if tap.group not in learner.groups:
        return Decision((Went(Home()),))
    return Decision(
        (GroupLeft(tap.group), Went(Home())),
        notes=(_("You have left the group. Nothing is shared any more."),),
    )


@shows(AskCounsellor)
def show_ask(learner: Learner, place: AskCounsellor, world: World, moment: Moment) -> Screen | None:
    group = moment.ask(GroupById(place.group))
    if place.group not in learner.groups or group is None:
        return show_my_group(learner, MyGroup(place.group), world, moment)
    if group.away:
        wait: Words = _(
            "{counsellor} is away just now. Your message waits, the answer takes longer."
        ).of(counsellor=group.counsellor)
    elif group.over(day_of(moment.now)):
        wait = _(
            "This group is over. {counsellor} gets your message but may not answer any more."
        ).of(counsellor=group.counsellor)
    else:
        days = ngettext("{count} day", "{count} days", group.promise)
        wait = _("You get an answer here within {days}.").of(days=days)
    return Screen(
        title=_("✉ Your message to {counsellor}").of(counsellor=group.counsellor),
        lines=(
            _("Type it now. It is passed on and then not kept here."),
            *(
                _("{name}, {organisation}, reads it, too.").of(
                    name=c.name, organisation=group.organisation_of(c)
                )
                for c in readers(group, learner)[1:]
            ),
            wait,
        ),
        rows=((Button(_("Not now"), MyGroup(place.group)),),),
        typing=_("Your message"),
    )


@reads(AskCounsellor)
def asked(
    learner: Learner, place: AskCounsellor, text: str, world: World, moment: Moment
) -> Decision:
    group, mine = moment.ask(GroupById(place.group)), learner.groups.get(place.group)
    if mine is None:
        return Decision((Went(Home()),), notes=(TAKEN_OUT,), fresh=True)
    if group is None:
        return Decision((Went(MyGroup(place.group)),), notes=(GROUP_GONE,), fresh=True)
    message = paragraphs(text)
    if not message or len(message) > MESSAGE:
        return Decision(
            notes=(too_long(MESSAGE) if message else _("Please type your message."),), fresh=True
        )
    if mine.asks >= MOST_QUESTIONS:
        said = _(
            "{counsellor} has all your messages. Please wait for an answer before you write again."
        )
        return Decision(
            (Went(MyGroup(group.id)),),
            notes=(said.of(counsellor=group.counsellor),),
            fresh=True,
        )
    letter = note(
        QUESTION,
        group=group.id,
        learner=learner.id,
        person=number_of(world, group.id, learner.id),
        title=group.title,
        nickname=world.say(seen_as(mine), group.language),
        text=message,
    )
    sent = _("✉ Your message is on its way to {counsellor}.").of(counsellor=group.counsellor)
    to = [counsellor.learner for counsellor in readers(group, learner)]
    passed_on = (
        tuple(Told(id, letter) for id in to)
        if mine.answered
        else _of_a_stranger(group, letter, to, moment)
    )
    return Decision(
        (*passed_on, CounsellorAsked(group.id, True), Went(MyGroup(group.id))),
        notes=(sent,),
        fresh=True,
    )


def _of_a_stranger(group: Group, letter: Note, to: list[int], moment: Moment) -> tuple[Event, ...]:
    """A question of somebody who was never answered. The link hangs on posters: what comes beyond
    so many an hour, from whomever, waits until the counsellor wants it, and is told once."""
    lately = moment.ask(AskedLately(group.id))
    if lately < MOST_STRANGERS:
        return (StrangerAsked(group.id), *(Told(id, letter) for id in to))
    many = note(QUESTIONS, group=group.id, title=group.title)
    told = (Told(id, many) for id in to) if lately == MOST_STRANGERS else ()
    return (StrangerAsked(group.id), *(Told(id, letter, held=True) for id in to), *told)


@does(AnswerMeeting)
def answer_meeting(learner: Learner, tap: AnswerMeeting, world: World, moment: Moment) -> Decision:
    group = moment.ask(GroupById(tap.group))
    if (
        tap.group not in learner.groups
        or group is None
        or all(m.id != tap.meeting or m.cancelled for m in group.meetings)
    ):
        return Decision(toast=_("This meeting is over, or was changed."), fresh=True)
    said = (
        _("Thank you. You are expected.")
        if tap.yes
        else _("Thank you for telling. You can change it at any time.")
    )
    return Decision((MeetingAnswered(tap.group, tap.meeting, tap.yes),), notes=(said,), fresh=True)
