"""Messages that come unasked or from another person, and what can be done about them. Pure.

A note is stored sealed as its kind and values until it is handed over; its words are found then, in
the language of who reads it.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import action as a
from bot.conversation.meeting_time import told
from bot.conversation.screen import Button, Screen, bar
from bot.model.broadcast import plain, readable
from bot.model.connection import name_of_channel
from bot.model.group import Note
from bot.model.words import Msg, Words, _, verbatim

ASKED_FOR = frozenset(
    (
        "question",
        "questions",
        "reply",
        "approval",
        "announcement",
        "connected",
        "staff_news",
        "offer",
    )
)
"""These answer somebody, or come to staff as their work: STOP and the night do not hold them back.
"""

REMINDER, IDLE, COMMANDS = "reminder", "idle", "commands"
CONNECTED = "connected"
BROADCAST = "broadcast"
UNASKED = frozenset((REMINDER, IDLE, COMMANDS))
"""These come by themselves, from nobody."""
QUESTION = "question"
OF_GROUP = frozenset(
    (
        *("nudge", "message", "reply", "meeting", "meeting_soon", "cancelled", QUESTION),
        *("renamed", "moved", "colleague", "newcomer", "handed"),
    )
)
"""Between a counsellor and a learner of their group."""
FROM = _("📅 {counsellor}, {organisation}")
GO_ON = _("▶ Go on")
ANSWER = _("✉ Answer")
WRITE_BACK = _("✉ Write back")


def screen(note: Note) -> Screen | None:
    """The message; None for a kind that this version does not know."""
    made = _SCREENS.get(note.kind)
    return made(note) if made else None


def _nudge(note: Note) -> Screen:
    return Screen(
        title=_("👋 {counsellor} thinks of you").of(counsellor=note["counsellor"]),
        lines=(
            _(
                "Your next small step in “{group}” takes about five minutes. Everything you did so "
                "far is kept."
            ).of(group=note["title"]),
            _("Is something difficult? Write to me, I pass it on."),
        ),
        rows=(
            (
                Button(GO_ON, a.MyGroup(int(note["group"]))),
                Button(WRITE_BACK, a.AskCounsellor(int(note["group"]))),
            ),
        ),
    )


def _message(note: Note) -> Screen:
    return Screen(
        title=_("✉ {counsellor}, {organisation}").of(
            counsellor=note["counsellor"], organisation=note["organisation"]
        ),
        lines=(verbatim(note["text"]),),
        rows=(
            (Button(WRITE_BACK, a.AskCounsellor(int(note["group"]))),),
            (Button(GO_ON, a.MyGroup(int(note["group"]))),),
        ),
    )


def _question(note: Note) -> Screen:
    group = int(note["group"])
    learner = int(dict(note.values).get("person", note["learner"]))
    return Screen(
        title=_("✉ {nickname}, {group}").of(nickname=note["nickname"], group=note["title"]),
        lines=(verbatim(note["text"]),),
        rows=(
            (
                Button(ANSWER, a.WriteTo(group, learner)),
                Button(_("👤 Look"), a.Person(group, learner)),
            ),
        ),
    )


def _questions(note: Note) -> Screen:
    return Screen(
        title=_("📥 Many new questions in {group}").of(group=note["title"]),
        lines=(_("They wait until you want them."),),
        rows=((Button(_("👁 Look at it"), a.HeldBack(int(note["group"]))),),),
    )


def _meeting(note: Note) -> Screen:
    given = dict(note.values)
    return _about_meeting(
        note,
        _("📅 Changed: {counsellor}, {organisation}") if given.get("changed") else FROM,
        (_("Will you come?"),),
    )


def _meeting_soon(note: Note) -> Screen:
    return _about_meeting(
        note, _("📅 Tomorrow: {counsellor}, {organisation}"), (_("Will you come?"),)
    )


def _cancelled(note: Note) -> Screen:
    title = _("📅 Cancelled: {counsellor}, {organisation}")
    return replace(
        _about_meeting(note, title, (_("This meeting does not take place."),)), options=()
    )


def _about_meeting(note: Note, title: Msg, more: tuple[Words, ...]) -> Screen:
    group, meeting, given = int(note["group"]), int(note["meeting"]), dict(note.values)
    return Screen(
        title=title.of(counsellor=note["counsellor"], organisation=note["organisation"]),
        lines=(*told(given.get("day", ""), given.get("time", ""), note["text"]), *more),
        options=(
            Button(_("Yes, I will"), a.AnswerMeeting(group, meeting, True)),
            Button(_("No, I cannot"), a.AnswerMeeting(group, meeting, False)),
        ),
    )


def _renamed(note: Note) -> Screen:
    group = int(note["group"])
    return Screen(
        title=_("👥 {title}: another name").of(title=note["title"]),
        lines=(
            _("{before} is called {counsellor} here now, {organisation}.").of(
                before=note["before"],
                counsellor=note["counsellor"],
                organisation=note["organisation"],
            ),
            _("You can leave the group at any time."),
        ),
        rows=(
            (
                Button(_("👥 My group"), a.MyGroup(group)),
                Button(_("Leave the group"), a.LeaveGroup(group)),
            ),
        ),
    )


def _moved(note: Note) -> Screen:
    group = int(note["group"])
    return Screen(
        title=_("👥 {title}: another organisation").of(title=note["title"]),
        lines=(
            _("You said yes to {before}. Now it is {organisation}, with {counsellor}.").of(
                before=note["before"],
                organisation=note["organisation"],
                counsellor=note["counsellor"],
            ),
            _("Nobody sees anything of you until you say yes again."),
        ),
        rows=(
            (
                Button(_("👁 Look at it"), a.MyGroup(group)),
                Button(_("Leave the group"), a.LeaveGroup(group)),
            ),
        ),
    )


def _colleague(note: Note) -> Screen:
    group = int(note["group"])
    return Screen(
        title=_("🤝 {title}: one more counsellor").of(title=note["title"]),
        lines=(
            _(
                "{name}, {organisation}, keeps this group together with {counsellor}, and sees of "
                "you what {counsellor} sees."
            ).of(
                name=note["name"], organisation=note["organisation"], counsellor=note["counsellor"]
            ),
            _("Modules about health or rights stay hidden from {name}.").of(name=note["name"]),
            _("You can leave the group at any time."),
        ),
        rows=(
            (
                Button(_("👁 What is seen"), a.Shared(group)),
                Button(_("Leave the group"), a.LeaveGroup(group)),
            ),
        ),
    )


def _newcomer(note: Note) -> Screen:
    group = int(note["group"])
    return Screen(
        title=_("🤝 {title}: one more counsellor").of(title=note["title"]),
        lines=(
            _("{name}, {organisation}, keeps this group together with {counsellor}.").of(
                name=note["name"], organisation=note["organisation"], counsellor=note["counsellor"]
            ),
            _("{name} sees nothing of you until you say yes.").of(name=note["name"]),
        ),
        rows=(
            (
                Button(_("👁 Look at it"), a.Newcomers(group)),
                Button(_("Leave the group"), a.LeaveGroup(group)),
            ),
        ),
    )


def _handed(note: Note) -> Screen:
    group = int(note["group"])
    return Screen(
        title=_("👥 {title}: another counsellor").of(title=note["title"]),
        lines=(
            _("{counsellor}, {organisation}, keeps this group now.").of(
                counsellor=note["counsellor"], organisation=note["organisation"]
            ),
            _("You can leave the group at any time."),
        ),
        rows=(
            (
                Button(_("👁 What is seen"), a.Shared(group)),
                Button(_("Leave the group"), a.LeaveGroup(group)),
            ),
        ),
    )


_NEWS: dict[str, Msg] = {
    "came": _("{name} keeps “{title}” together with you now."),
    "left": _("{name} has left “{title}”."),
    "out": _("{name} has taken you out of “{title}”."),
    "taken": _("{name} has taken “{title}” over. You stay as a colleague."),
    "declined": _("{name} does not take “{title}” over."),
    "closed": _("{name} has closed “{title}”."),
    "yours": _(
        "“{title}” is yours now: who kept it is no counsellor here any more. The learners are told."
    ),
}


def _staff_news(note: Note) -> Screen | None:
    what = _NEWS.get(note["what"])
    return (
        Screen(
            lines=(what.of(**{"name": note["name"], "title": note["title"]}),),
            rows=((Button(_("👥 Your groups"), a.Groups()),),),
        )
        if what
        else None
    )


def _offer(note: Note) -> Screen:
    return Screen(
        title=_("🔑 {name} offers you “{title}”").of(name=note["name"], title=note["title"]),
        lines=(_("It is theirs until you accept."),),
        rows=((Button(_("👁 Look at it"), a.TakeOver(int(note["group"]))),),),
    )


def _approval(note: Note) -> Screen:
    return Screen(
        title=_("📣 {name} wants to send a broadcast").of(name=note["name"]),
        lines=(verbatim(note["text"]), _("A second admin has to agree.")),
        rows=((Button(_("👁 Look at it"), a.BroadcastView(int(note["broadcast"]))),),),
    )


def _reminder(note: Note) -> Screen:
    goal, done = int(note["goal"]), int(note["done"])
    lines: list[Words] = [_("Your next small step takes about five minutes.")]
    if goal and done < goal:
        lines.append(_("🎯 This week: {bar}").of(bar=bar(done, goal)))
    if note["last"]:
        lines.append(
            _(
                "This is the last reminder for now. You can switch them on again in the settings. "
                "All you did is kept."
            )
        )
    off = () if note["last"] else (Button(_("🔕 No reminders"), a.SetReminder(0)),)
    return Screen(
        title=_("👣 A small step today?"),
        lines=tuple(lines),
        rows=((Button(GO_ON, a.Home()), *off),),
    )


def _idle(note: Note) -> Screen:
    return Screen(
        title=_("👋 You were last here a year ago"),
        lines=(
            _(
                "Nobody's data is kept longer than needed. On {day} everything about you is "
                "deleted here."
            ).of(day=note["day"]),
            _("Would you like to keep it? Then just go on learning."),
        ),
        rows=((Button(GO_ON, a.Home()), Button(_("🗑 Delete everything"), a.Delete())),),
    )


def _announcement(note: Note) -> Screen:
    """A broadcast before it is sent, for an author on a channel without formatting."""
    return Screen(title=_("👁 Preview"), lines=(verbatim(plain(note["text"])),))


def _broadcast(note: Note) -> Screen:
    """A broadcast on a page that waits for its reader, where nothing can be sent."""
    return Screen(
        title=_("📣 News"),
        lines=tuple(verbatim(line) for line in readable(note["text"]).split("\n") if line.strip()),
    )


def _connected(note: Note) -> Screen:
    """To whom made the code: it may have been seen, or guessed."""
    return Screen(
        title=_("📱 Connected: {channel}, {day}").of(
            channel=name_of_channel(note["channel"]), day=note["day"]
        ),
        lines=(
            _(
                "With your code another one was connected. It sees and does all that you can. Was "
                "it not you? Take it off."
            ),
        ),
        rows=(
            (
                Button(_("That was me"), a.Home()),
                Button(_("Take it off"), a.TakeOffSure(note["connection"])),
            ),
            (Button(_("📱 Connected phones and pages"), a.Connections()),),
        ),
    )


_SCREENS: dict[str, Callable[[Note], Screen | None]] = {
    "nudge": _nudge,
    "message": _message,
    "reply": _message,
    "question": _question,
    "questions": _questions,
    "meeting": _meeting,
    "meeting_soon": _meeting_soon,
    "cancelled": _cancelled,
    "renamed": _renamed,
    "moved": _moved,
    "colleague": _colleague,
    "newcomer": _newcomer,
    "handed": _handed,
    "staff_news": _staff_news,
    "offer": _offer,
    "approval": _approval,
    "announcement": _announcement,
    BROADCAST: _broadcast,
    CONNECTED: _connected,
    REMINDER: _reminder,
    IDLE: _idle,
}
