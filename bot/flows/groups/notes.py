"""Words between a counsellor and the learners of their group, and between counsellors."""

from dataclasses import replace

from bot.conversation.action import Home
from bot.conversation.message import GO_ON, says
from bot.conversation.screen import Button, Screen
from bot.flows.groups.actions import Groups, HeldBack, Person, WriteTo
from bot.flows.groups.colleague_actions import TakeOver
from bot.flows.groups.events import (
    CANCELLED,
    COLLEAGUE,
    HANDED,
    LETTER,
    MEETING,
    MEETING_SOON,
    MOVED,
    NEWCOMER,
    NUDGE,
    OFFER,
    OUT_OF_GROUP,
    QUESTION,
    QUESTIONS,
    RENAMED,
    REPLY,
    STAFF_NEWS,
    News,
)
from bot.flows.groups.meeting_answer import answers
from bot.flows.groups.member_actions import (
    AskCounsellor,
    LeaveGroup,
    MyGroup,
    Newcomers,
    Shared,
)
from bot.model.meeting import told
from bot.model.message import Note
from bot.model.words import Msg, Words, _, verbatim

FROM = _("📅 {counsellor}, {organisation}")
ANSWER = _("✉ Answer")
WRITE_BACK = _("✉ Write back")


@says(NUDGE)
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
                Button(GO_ON, MyGroup(int(note["group"]))),
                Button(WRITE_BACK, AskCounsellor(int(note["group"]))),
            ),
        ),
    )


@says(LETTER)
@says(REPLY)
def _message(note: Note) -> Screen:
    return Screen(
        title=_("✉ {counsellor}, {organisation}").of(
            counsellor=note["counsellor"], organisation=note["organisation"]
        ),
        lines=(verbatim(note["text"]),),
        rows=(
            (Button(WRITE_BACK, AskCounsellor(int(note["group"]))),),
            (Button(GO_ON, MyGroup(int(note["group"]))),),
        ),
    )


@says(QUESTION)
def _question(note: Note) -> Screen:
    group = int(note["group"])
    learner = int(dict(note.values).get("person", note["learner"]))
    return Screen(
        title=_("✉ {nickname}, {group}").of(nickname=note["nickname"], group=note["title"]),
        lines=(verbatim(note["text"]),),
        rows=(
            (
                Button(ANSWER, WriteTo(group, learner)),
                Button(_("👤 Look"), Person(group, learner)),
            ),
        ),
    )


@says(QUESTIONS)
def _questions(note: Note) -> Screen:
    return Screen(
        title=_("📥 Many new questions in {group}").of(group=note["title"]),
        lines=(_("They wait until you want them."),),
        rows=((Button(_("👁 Look at it"), HeldBack(int(note["group"]))),),),
    )


@says(MEETING)
def _meeting(note: Note) -> Screen:
    given = dict(note.values)
    return _about_meeting(
        note,
        _("📅 Changed: {counsellor}, {organisation}") if given.get("changed") else FROM,
        (_("Will you come?"),),
    )


@says(MEETING_SOON)
def _meeting_soon(note: Note) -> Screen:
    """Who said that they come is not asked again, and may still change it."""
    asked = _("You said: I come.") if dict(note.values).get("coming") else _("Will you come?")
    return _about_meeting(note, _("📅 Tomorrow: {counsellor}, {organisation}"), (asked,))


@says(CANCELLED)
def _cancelled(note: Note) -> Screen:
    title = _("📅 Cancelled: {counsellor}, {organisation}")
    return replace(
        _about_meeting(note, title, (_("This meeting does not take place."),)), options=()
    )


def _when(note: Note) -> tuple[Words, ...]:
    """Letters of an older version do not say by which clock."""
    given = dict(note.values)
    day, time, zone = (given.get(name, "") for name in ("day", "time", "zone"))
    return told(day, time, note["text"], zone)


def _about_meeting(note: Note, title: Msg, more: tuple[Words, ...]) -> Screen:
    group, meeting = int(note["group"]), int(note["meeting"])
    return Screen(
        title=title.of(counsellor=note["counsellor"], organisation=note["organisation"]),
        lines=(*_when(note), *more),
        options=answers(group, meeting),
    )


@says(RENAMED)
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
                Button(_("👥 My group"), MyGroup(group)),
                Button(_("Leave the group"), LeaveGroup(group)),
            ),
        ),
    )


@says(MOVED)
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
                Button(_("👁 Look at it"), MyGroup(group)),
                Button(_("Leave the group"), LeaveGroup(group)),
            ),
        ),
    )


@says(COLLEAGUE)
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
                Button(_("👁 What is seen"), Shared(group)),
                Button(_("Leave the group"), LeaveGroup(group)),
            ),
        ),
    )


@says(NEWCOMER)
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
                Button(_("👁 Look at it"), Newcomers(group)),
                Button(_("Leave the group"), LeaveGroup(group)),
            ),
        ),
    )


@says(HANDED)
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
                Button(_("👁 What is seen"), Shared(group)),
                Button(_("Leave the group"), LeaveGroup(group)),
            ),
        ),
    )


_NEWS: dict[str, Msg] = {
    News.CAME: _("{name} keeps “{title}” together with you now."),
    News.LEFT: _("{name} has left “{title}”."),
    News.OUT: _("{name} has taken you out of “{title}”."),
    News.TAKEN: _("{name} has taken “{title}” over. You stay as a colleague."),
    News.DECLINED: _("{name} does not take “{title}” over."),
    News.CLOSED: _("{name} has closed “{title}”."),
    News.YOURS: _(
        "“{title}” is yours now: who kept it is no counsellor here any more. The learners are told."
    ),
}


@says(STAFF_NEWS)
def _staff_news(note: Note) -> Screen | None:
    what = _NEWS.get(note["what"])
    return (
        Screen(
            lines=(what.of(**{"name": note["name"], "title": note["title"]}),),
            rows=((Button(_("👥 Your groups"), Groups()),),),
        )
        if what
        else None
    )


@says(OUT_OF_GROUP)
def _out_of_group(note: Note) -> Screen | None:
    what = _NEWS.get(note["what"])
    return (
        Screen(
            lines=(
                what.of(**{"name": note["name"], "title": note["title"]}),
                _("You keep your place and your progress."),
            ),
            rows=((Button(GO_ON, Home()),),),
        )
        if what
        else None
    )


@says(OFFER)
def _offer(note: Note) -> Screen:
    return Screen(
        title=_("🔑 {name} offers you “{title}”").of(name=note["name"], title=note["title"]),
        lines=(_("It is theirs until you accept."),),
        rows=((Button(_("👁 Look at it"), TakeOver(int(note["group"]))),),),
    )
