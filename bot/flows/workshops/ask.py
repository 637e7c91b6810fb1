"""A counsellor asks a learner who finished a module to lead a workshop on it, and takes it back."""

from bot.conversation.action import Home
from bot.conversation.event import ForOther, Told, Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Screen, paged
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.groups.actions import Person
from bot.flows.groups.common import PAGE, member_of, names
from bot.flows.workshops.actions import AskToLead, SendAsking, TakeBackLead
from bot.flows.workshops.events import ASKED, OVER, WorkshopChanged
from bot.model.group import Group, is_sensitive, visible_modules
from bot.model.learner import Learner, Workshop
from bot.model.message import Note, NoteKind, note
from bot.model.words import _
from cards.model import Module, Programme


def finished(group: Group, member: Learner, programme: Programme) -> list[Module]:
    """What they may be asked about: modules that they finished and that the counsellor sees. None
    that is sensitive, because the group would learn of it."""
    return [
        module
        for module in visible_modules(group, member, programme)
        if member.done(module.id) and not is_sensitive(module, programme)
    ]


def about(kind: NoteKind, group: Group, module: Module, **more: object) -> Note:
    """The module's title is named for the reader's own language."""
    text, context = module.title.source, module.title.context
    values = {"group": group.id, "title": group.title, "module": text, "context": context}
    return note(kind, **values, **group.signed, **more)


@shows(AskToLead)
def show_ask(place: AskToLead, turn: Turn) -> Screen:
    group, member = member_of(place.group, place.learner, turn)
    modules = finished(group, member, turn.programme)
    if not modules:
        raise Gone(instead=Person(group.id, place.learner))
    page = paged(modules, place.page, PAGE, lambda to: AskToLead(group.id, place.learner, to))
    return Screen(
        title=_("🎤 {name}: a workshop on what?").of(name=names(group.id, turn)(member)),
        lines=(
            _("They are asked first, and a no costs nothing. They see counts: no name, no result."),
        ),
        options=tuple(
            Button(m.short, SendAsking(group.id, place.learner, m.id)) for m in page.items
        ),
        rows=(page.row, (Button(BACK, Person(group.id, place.learner)), Button(MENU, Home()))),
    )


@does(SendAsking)
def send_asking(tap: SendAsking, turn: Turn) -> Decision:
    group, member = member_of(tap.group, tap.learner, turn)
    back = Went(Person(group.id, tap.learner))
    modules = finished(group, member, turn.programme)
    module = next((m for m in modules if m.id == tap.module), None)
    if module is None or member.groups[group.id].workshop:
        return Decision((back,), fresh=True)
    asked = WorkshopChanged(group.id, Workshop(module.id))
    told = Told(member.id, about(ASKED, group, module))
    return Decision(
        (ForOther(member.id, asked), told, back), notes=(_("They are asked now."),), fresh=True
    )


@does(TakeBackLead)
def take_back(tap: TakeBackLead, turn: Turn) -> Decision:
    group, member = member_of(tap.group, tap.learner, turn)
    back, workshop = Went(Person(group.id, tap.learner)), member.groups[group.id].workshop
    module = turn.programme.module(workshop.module) if workshop else None
    if workshop is None:
        return Decision((back,))
    told = (Told(member.id, about(OVER, group, module)),) if module else ()
    return Decision((ForOther(member.id, WorkshopChanged(group.id, None)), *told, back), fresh=True)
