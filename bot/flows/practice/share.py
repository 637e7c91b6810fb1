"""A task that is done is shown to a counsellor: asked each time, once a group. They confirm it or
write back.
"""

from bot.conversation.action import Home
from bot.conversation.event import ForOther, Told, Went
from bot.conversation.message import says
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Screen
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.groups.actions import Person, WriteTo
from bot.flows.groups.common import member_of
from bot.flows.groups.member_actions import AskCounsellor
from bot.flows.groups.membership import number_of, open_group
from bot.flows.practice.actions import (
    ConfirmPractice,
    PracticePage,
    SharePractice,
    SharePracticeWith,
)
from bot.flows.practice.events import CONFIRMED, SHOWN, PracticeConfirmed, PracticeShown
from bot.flows.practice.page import task_of
from bot.model.group import Group, GroupById, readers, seen_as
from bot.model.learner import HomeTask
from bot.model.message import Note, note
from bot.model.words import Words, _
from cards.model import Module
from cards.practice import Practice
from cards.text import Text

MOST = 3
"""Groups on one screen: nobody is in more."""


@shows(SharePractice)
def show_share(place: SharePractice, turn: Turn) -> Screen:
    module, task, mine = _done(place.module, turn)
    groups = [turn.ask(GroupById(id)) for id in turn.learner.groups if id not in mine.shown]
    open_ = [group for group in groups if group][:MOST]
    if not open_:
        raise Gone(instead=PracticePage(module.id))
    seen: list[Words] = []
    for group in open_:
        seen += [
            _("{name}, {organisation}, reads: “{nickname}” says that this task is done.").of(
                name=reader.name,
                organisation=group.organisation_of(reader),
                nickname=seen_as(turn.learner.groups[group.id]),
            )
            for reader in readers(group, turn.learner)
        ]
    return Screen(
        title=_("📤 Show this to your counsellor?"),
        lines=(
            _("{module}: {task}").of(module=module.title, task=task.title),
            *seen,
            _("They can confirm it, then your certificate says so. A no costs you nothing."),
        ),
        options=(
            *(
                Button(
                    _("Yes, show {counsellor}").of(counsellor=group.counsellor),
                    SharePracticeWith(module.id, group.id),
                )
                for group in open_
            ),
            Button(_("No, thank you"), PracticePage(module.id)),
        ),
        rows=((Button(BACK, PracticePage(module.id)), Button(MENU, Home())),),
    )


def _done(module_id: str, turn: Turn) -> tuple[Module, Practice, HomeTask]:
    """Raises `Gone` where it is not done."""
    module, task = task_of(module_id, turn)
    progress = turn.learner.modules.get(module.id)
    if progress is None or progress.practised is None:
        raise Gone(Decision((Went(PracticePage(module.id)),)), instead=PracticePage(module.id))
    return module, task, progress.home


@does(SharePracticeWith)
def share_with(tap: SharePracticeWith, turn: Turn) -> Decision:
    """Only from the question itself: an old button of it asks again."""
    module, task, mine = _done(tap.module, turn)
    group = open_group(tap.group, turn)
    if turn.place != SharePractice(module.id) or group.id in mine.shown:
        return Decision((Went(PracticePage(module.id)),))
    letter = note(
        SHOWN,
        group=group.id,
        learner=turn.learner.id,
        person=number_of(turn.world, group.id, turn.learner.id),
        title=group.title,
        nickname=turn.world.say(seen_as(turn.learner.groups[group.id]), group.language),
        **_named(module, task),
    )
    told = (Told(reader.learner, letter) for reader in readers(group, turn.learner))
    said = _("📤 {counsellor} reads it soon.").of(counsellor=group.counsellor)
    return Decision(
        (*told, PracticeShown(module.id, group.id), Went(PracticePage(module.id))), notes=(said,)
    )


def _named(module: Module, task: Practice) -> dict[str, str]:
    """Of which the reader's own language is made."""
    return {"module": module.id, "task": task.title.source, "context": task.title.context}


def _task_in(note: Note) -> Text:
    return Text(note["task"], note["context"])


@says(SHOWN)
def _shown(note: Note) -> Screen:
    group, person = int(note["group"]), int(note["person"])
    return Screen(
        title=_("🛠 {nickname} has done a practical task").of(nickname=note["nickname"]),
        lines=(
            _("Group: {title}").of(title=note["title"]),
            _task_in(note),
            _("They say so themselves. Confirm it only if you know: it stands on the certificate."),
        ),
        rows=(
            (
                Button(_("✅ I confirm it"), ConfirmPractice(group, person, note["module"])),
                Button(_("✉ Write back"), WriteTo(group, person)),
            ),
        ),
    )


@does(ConfirmPractice)
def confirm(tap: ConfirmPractice, turn: Turn) -> Decision:
    """Of what was shown to this group, and while the learner still says that it is done."""
    group, member = member_of(tap.group, tap.person, turn)
    module, task = task_of(tap.module, turn)
    progress, back = member.modules.get(module.id), Went(Person(group.id, tap.person))
    if progress is None or progress.practised is None or group.id not in progress.home.shown:
        gone = _("They took it back, so there is nothing to confirm.")
        return Decision((back,), notes=(gone,), fresh=True)
    said = _("✅ Confirmed. It stands on the certificate from now on.")
    if progress.home.confirmed:
        return Decision((back,), notes=(said,), fresh=True)
    told = note(CONFIRMED, group=group.id, counsellor=_name(group), **_named(module, task))
    events = (ForOther(member.id, PracticeConfirmed(module.id)), Told(member.id, told), back)
    return Decision(events, notes=(said,), fresh=True)


def _name(group: Group) -> str:
    return group.viewer.name


@says(CONFIRMED)
def _confirmed(note: Note) -> Screen:
    return Screen(
        title=_("👤 {counsellor} confirmed your practical task").of(counsellor=note["counsellor"]),
        lines=(
            _task_in(note),
            _("A certificate that you get from now on says so."),
        ),
        rows=(
            (
                Button(_("👁 Look at it"), PracticePage(note["module"])),
                Button(_("✉ Write back"), AskCounsellor(int(note["group"]))),
            ),
        ),
    )
