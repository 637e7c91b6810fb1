"""A group that the learner is in: what it learns, who sees what, the nickname, the way out."""

from bot.conversation.action import Action, Home
from bot.conversation.event import Went
from bot.conversation.registry import Said, When, does, reads, shows, understands
from bot.conversation.rights import has
from bot.conversation.screen import BACK, MENU, Button, Screen, bar, ratio
from bot.conversation.turn import Decision, Turn
from bot.conversation.typed_title import typed_nickname
from bot.flows.groups import consent, newcomers
from bot.flows.groups.actions import Groups
from bot.flows.groups.events import (
    GroupLeft,
    NicknameChosen,
    SensitiveShared,
)
from bot.flows.groups.member_actions import (
    AskCounsellor,
    Leave,
    LeaveGroup,
    MyGroup,
    MyMeeting,
    Nickname,
    SensitiveSure,
    Shared,
    ShareSensitive,
)
from bot.flows.groups.membership import SEEN, membership_in, open_group, sensitive_in
from bot.flows.learning.actions import Begin, Cover
from bot.flows.learning.next_step import in_another_language, next_deck
from bot.flows.pairs.waiting import waiting
from bot.flows.workshops.actions import MyWorkshop
from bot.model.group import (
    Group,
    GroupById,
    is_sensitive,
    readers,
    seen_as,
    shares,
    visible_modules,
)
from bot.model.learner import Learner, day_of
from bot.model.meeting import line
from bot.model.roles import Right
from bot.model.words import Msg, Words, _
from cards.model import Module

SHOWN_MODULES = 6
IN_NO_GROUP = _("You are in no group. One joins by an invite link from a counsellor. You are here:")


@understands(When.BEHIND)
def _slashed(said: Said) -> Action | Decision | None:
    return _my_group(said.turn) if said.slashed and _means_groups(said) else None


@understands(When.TOKEN)
def _worded(said: Said) -> Action | Decision | None:
    return _my_group(said.turn) if not said.reads and _means_groups(said) else None


def _means_groups(said: Said) -> bool:
    """The word with which staff finds its groups, typed by a learner."""
    turn = said.turn
    if not turn.learner.language or has(Right.GROUPS, turn):
        return False
    return isinstance(said.command, Groups)


def _my_group(turn: Turn) -> Action | Decision:
    """Of several the newest; who is in none reads how one joins."""
    groups = turn.learner.groups
    if not groups:
        return Decision(notes=(IN_NO_GROUP,), fresh=True)
    return MyGroup(max(groups, key=lambda id: (groups[id].joined, id)))


@shows(MyGroup)
def show_my_group(place: MyGroup, turn: Turn) -> Screen:
    learner = turn.learner
    mine = membership_in(place.group, turn)
    group = turn.ask(GroupById(place.group))
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
    modules = group.modules_in(turn.programme)
    done = sum(learner.done(module.id) for module in modules)
    lines: list[Words] = [
        *(
            Msg("{counsellor} · {organisation}").of(
                counsellor=c.name, organisation=group.organisation_of(c)
            )
            for c in readers(group, learner)
        ),
        bar(done, len(modules)),
        *_seen(group, learner, turn),
        _("Your nickname here: {nickname}").of(nickname=seen_as(mine)),
    ]
    if group.archived:
        lines.append(_("This group is over. You can go on learning."))
    elif group.over(day_of(turn.now)) and group.ends:
        lines.append(_("This group ended on {day}. You can go on learning.").of(day=group.ends))
    coming = group.upcoming(day_of(turn.now))[:2]
    ask = Button(_("✉ Ask {counsellor}").of(counsellor=group.counsellor), AskCounsellor(group.id))
    workshop = (Button(_("🎤 My workshop"), MyWorkshop(group.id)),) if mine.workshop else ()
    rows: list[tuple[Button, ...]] = [
        *newcomers.asks(group, learner),
        waiting(turn),
        *((Button(line(meeting), MyMeeting(group.id, meeting.id)),) for meeting in coming),
        (ask, *workshop),
        (
            Button(_("My nickname"), Nickname(group.id)),
            Button(_("👁 What is seen"), Shared(group.id)),
        ),
    ]
    if sensitive_in(group, turn.world):
        hide = Button(_("Hide my sensitive modules again"), ShareSensitive(group.id, False, 0))
        show = Button(_("Show my sensitive modules too"), SensitiveSure(group.id))
        rows.append((hide if mine.sensitive else show,))
    ahead = [module for module in modules if not learner.done(module.id)]
    first = _next_step(learner, ahead)
    lines += (words for button in first for words in in_another_language(button.action, turn))
    return Screen(
        title=Msg("👥 {title}").of(title=group.title),
        lines=tuple(lines),
        options=(
            *first,
            *(Button(module.short, Cover(module.id)) for module in ahead[:SHOWN_MODULES]),
        ),
        rows=(*rows, (out, Button(MENU, Home()))),
    )


def _seen(group: Group, learner: Learner, turn: Turn) -> tuple[Words, ...]:
    """The number that the counsellor reads, where it is another one."""
    seen = visible_modules(group, learner, turn.programme)
    if len(seen) == len(group.modules_in(turn.programme)):
        return ()
    count = ratio(sum(learner.done(module.id) for module in seen), len(seen))
    said = _("{counsellor} sees {count}: your sensitive modules are hidden.")
    return (said.of(counsellor=group.counsellor, count=count),)


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
def show_shared(place: Shared, turn: Turn) -> Screen:
    """What the counsellor sees, as it stood on the screen of the yes."""
    mine, group = membership_in(place.group, turn), open_group(place.group, turn)
    return Screen(
        title=_("{counsellor} sees:").of(counsellor=group.counsellor),
        lines=(
            _("• your nickname: {nickname}").of(nickname=seen_as(mine)),
            *SEEN,
            *consent.others(group, turn.learner),
            _("Nobody sees your answers, your phone number, or the hour."),
        ),
        rows=(
            *((hide,) for hide in newcomers.hide_buttons(group, turn.learner)),
            (Button(_("Leave the group"), LeaveGroup(group.id)),),
            (Button(BACK, MyGroup(group.id)), Button(MENU, Home())),
        ),
    )


@shows(SensitiveSure)
def show_sensitive(place: SensitiveSure, turn: Turn) -> Screen:
    """The separate yes: who will see what."""
    group = open_group(place.group, turn)
    hidden = [
        module
        for module in group.modules_in(turn.programme)
        if is_sensitive(module, turn.programme)
    ]
    return Screen(
        title=_("Show {counsellor} your sensitive modules too?").of(counsellor=group.counsellor),
        lines=(
            _(
                "{counsellor}, {organisation}, would see if you have finished these, and if a deck "
                "did not work out twice:"
            ).of(counsellor=group.counsellor, organisation=group.organisation),
            *(Msg("• {title}").of(title=module.short) for module in hidden),
            *consent.others(group, turn.learner),
            _("You can hide them again at any time."),
        ),
        options=(
            Button(_("No, they stay hidden"), MyGroup(group.id)),
            Button(_("Yes, show them"), ShareSensitive(group.id, True, consent.read(group))),
        ),
    )


@does(ShareSensitive)
def share_sensitive(tap: ShareSensitive, turn: Turn) -> Decision:
    membership_in(tap.group, turn)
    group = turn.ask(GroupById(tap.group)) if tap.yes else None
    if (
        group and consent.read(group) != tap.read
    ):  # somebody else would see it than stood above this button
        return Decision((Went(SensitiveSure(tap.group)),), fresh=True)
    if tap.yes and turn.place != SensitiveSure(tap.group):  # an old button is no yes
        return Decision((Went(MyGroup(tap.group)),))
    said = (
        _("Your counsellor now sees your sensitive modules too.")
        if tap.yes
        else _("Your sensitive modules are hidden.")
    )
    return Decision((SensitiveShared(tap.group, tap.yes), Went(MyGroup(tap.group))), notes=(said,))


@shows(Nickname)
def show_nickname(place: Nickname, turn: Turn) -> Screen:
    mine = membership_in(place.group, turn)
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
def nicknamed(place: Nickname, text: str, _turn: Turn) -> Decision:
    chosen = typed_nickname(text, _("Please type a nickname with letters."))
    return Decision((NicknameChosen(place.group, chosen), Went(MyGroup(place.group))), fresh=True)


@shows(LeaveGroup)
def show_leave(place: LeaveGroup, turn: Turn) -> Screen:
    mine = membership_in(place.group, turn)
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
def leave(tap: Leave, turn: Turn) -> Decision:
    membership_in(tap.group, turn)
    return Decision(
        (GroupLeft(tap.group), Went(Home())),
        notes=(_("You have left the group. Nothing is shared any more."),),
    )
