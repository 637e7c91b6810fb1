"""Who is staff: naming by one-time links, taking roles away, declaring a certificate void. For
admins.
"""

import re

from bot.conversation.action import Home, Place
from bot.conversation.chosen import numbers
from bot.conversation.event import ForOther, Went
from bot.conversation.registry import does, opens, reads, shows
from bot.conversation.rights import role_of
from bot.conversation.screen import BACK, MENU, Button, Screen, paged
from bot.conversation.turn import Decision, Gone, NotUsable, Turn
from bot.flows.groups.actions import Groups, StaffName
from bot.flows.learning.labels import LANGUAGE
from bot.flows.staff.actions import (
    AcceptRole,
    BecomeStaff,
    CheckPaper,
    InviteStaff,
    PaperFound,
    Staff,
    StaffLink,
    StaffPerson,
    TakeRole,
    WithdrawPaper,
)
from bot.flows.staff.events import CertificateWithdrawn, RoleGiven, StaffLinkMade, StaffLinkUsed
from bot.model.channel import label_of
from bot.model.group import AllStaff, StaffInvite
from bot.model.roles import Role
from bot.model.words import Msg, Words, _

PAGE = 8
ROLES: dict[Role, Words] = {
    Role.LEARNER: _("learner"),
    Role.COUNSELLOR: _("counsellor"),
    Role.ADMIN: _("admin"),
}
_SERIAL = re.compile(r"[0-9a-f]{16}")
_PRINTED = re.compile(r"(?<![0-9a-z])(?:[0-9a-f]{4}[ \u00a0–-]?){3}[0-9a-f]{4}(?![0-9a-z])")
USED = _("This link was used already, or is too old. Ask the admin for a new one.")


@shows(Staff)
def show_staff(place: Staff, turn: Turn) -> Screen:
    people = turn.ask(AllStaff())
    page = paged(people, place.page, PAGE, Staff)
    return Screen(
        title=_("🧑‍💼 Staff"),
        lines=() if people else (_("Nobody yet besides the admins named in the settings."),),
        options=tuple(
            Button(
                Msg("{name}: {role}").of(name=p.name or "…", role=ROLES[p.role]),
                StaffPerson(p.learner),
            )
            for p in page.items
        ),
        rows=(
            page.row,
            (
                Button(_("➕ Counsellor"), InviteStaff(Role.COUNSELLOR)),
                Button(_("➕ Admin"), InviteStaff(Role.ADMIN)),
            ),
            (Button(_("🎓 Withdraw a certificate"), CheckPaper()),),
            (Button(MENU, Home()),),
        ),
    )


@does(InviteStaff)
def invite(tap: InviteStaff, turn: Turn) -> Decision:
    if tap.role not in (Role.COUNSELLOR, Role.ADMIN):
        return Decision((Went(Staff()),))
    return Decision(
        (
            StaffLinkMade(turn.moment.spare.token, tap.role),
            Went(StaffLink(tap.role, turn.moment.spare.token)),
        )
    )


@shows(StaffLink)
def show_link(place: StaffLink, turn: Turn) -> Screen:
    links = [
        Msg("{channel}: {url}").of(channel=label_of(name), url=f"{url}s-{place.token}")
        for name, url in turn.world.links.items()
    ]
    return Screen(
        title=_("🔗 A link for one {role}").of(role=ROLES[place.role]),
        lines=(
            _(
                "Send it to one person. It works once, for seven days. Whoever opens it first gets "
                "the role."
            ),
            *links,
        ),
        rows=((Button(BACK, Staff()), Button(MENU, Home())),),
    )


@shows(StaffPerson)
def show_person(place: StaffPerson, turn: Turn) -> Screen:
    person = next((p for p in turn.ask(AllStaff()) if p.learner == place.learner), None)
    if person is None:
        raise Gone
    take = Button(_("Take the role away"), TakeRole(person.learner))
    return Screen(
        title=Msg("{name}: {role}").of(name=person.name or "…", role=ROLES[person.role]),
        lines=(
            _(
                "Without the role their groups go on with a colleague, or close. They see nothing "
                "of those learners. Their learning stays."
            ),
            _("Broadcasts of theirs pause. What they recorded and nobody agreed to is deleted."),
        )
        if person.learner != turn.learner.id
        else (_("This is you. Another admin can take your role away."),),
        rows=(
            (take,) if person.learner != turn.learner.id else (),
            (Button(BACK, Staff()), Button(MENU, Home())),
        ),
    )


@does(TakeRole)
def take_role(tap: TakeRole, turn: Turn) -> Decision:
    person = next(
        (
            p
            for p in turn.ask(AllStaff())
            if p.learner == tap.learner and p.learner != turn.learner.id
        ),
        None,
    )
    if person is None:
        return Decision((Went(Staff()),))
    taken = ForOther(person.learner, RoleGiven(Role.LEARNER, person.name))
    return Decision((taken, Went(Staff())), notes=(_("The role is taken away."),))


# --- becoming staff


@opens("s")
def opened(token: str, turn: Turn) -> Decision:
    token = token.lower()
    if turn.ask(StaffInvite(token)) is None:
        return Decision((Went(Home()),), notes=(USED,), fresh=True)
    return Decision((Went(BecomeStaff(token)),), fresh=True)


@shows(BecomeStaff)
def show_become(place: BecomeStaff, turn: Turn) -> Screen:
    role = turn.ask(StaffInvite(place.token))
    if role is None:
        raise Gone
    return Screen(
        title=_("🔑 You are invited to be {role} here").of(role=ROLES[role]),
        lines=(
            _(
                "You can keep groups of learners, invite them, and see who needs a call. Learners "
                "see the name that you choose."
            ),
        ),
        options=(
            Button(_("Yes, I accept"), AcceptRole(place.token)),
            Button(_("No, thank you"), Home()),
        ),
        rows=((LANGUAGE,),),
    )


@does(AcceptRole)
def accept(tap: AcceptRole, turn: Turn) -> Decision:
    role = turn.ask(StaffInvite(tap.token, taking=True))
    if role is None:
        return Decision((Went(Home()),), notes=(USED,), fresh=True)
    best = Role.ADMIN if Role.ADMIN in (role, role_of(turn)) else role
    onward: Place = Groups() if turn.learner.staff_name else StaffName()
    used = StaffLinkUsed(tap.token, rises=best is not role_of(turn))
    return Decision((used, RoleGiven(best, turn.learner.staff_name), Went(onward)), fresh=True)


# --- a certificate that must not count any more


@shows(CheckPaper)
def show_check(_place: CheckPaper, _turn: Turn) -> Screen:
    return Screen(
        title=_("🎓 Withdraw a certificate"),
        lines=(
            _(
                "Type the number that is printed on it, 16 letters and digits, or send the link of "
                "its QR code."
            ),
        ),
        rows=((Button(BACK, Staff()), Button(MENU, Home())),),
        typing=_("Number or link"),
    )


def serial_in(text: str) -> str | None:
    """The number of a certificate, as it is printed, perhaps with words around it: groups and
    capitals do not matter."""
    found = _PRINTED.search(numbers(text).lower())
    return "".join(filter(str.isalnum, found.group())) if found else None


@reads(CheckPaper, commands=True)
def checked(_place: CheckPaper, text: str, turn: Turn) -> Decision:
    serial = turn.world.serial_of(text) or serial_in(text)
    if serial is None:
        raise NotUsable(_("I find no certificate number there. Type the number, or send the link."))
    return Decision((Went(PaperFound(serial)),), fresh=True)


@shows(PaperFound)
def show_found(place: PaperFound, _turn: Turn) -> Screen:
    if not _SERIAL.fullmatch(place.serial):
        raise Gone
    return Screen(
        title=_("Certificate No. {number}").of(number=place.serial),
        lines=(
            _(
                "If you withdraw it, everybody who checks it reads that it is not valid. You can "
                "take that back."
            ),
        ),
        options=(
            Button(_("Withdraw it"), WithdrawPaper(place.serial, False)),
            Button(_("It is valid (again)"), WithdrawPaper(place.serial, True)),
        ),
        rows=((Button(BACK, Staff()), Button(MENU, Home())),),
    )


@does(WithdrawPaper)
def withdraw(tap: WithdrawPaper, _turn: Turn) -> Decision:
    if not _SERIAL.fullmatch(tap.serial):
        return Decision((Went(CheckPaper()),))
    said = (
        _("It is valid again.")
        if tap.back
        else _("It is withdrawn: whoever checks it reads that it is not valid.")
    )
    return Decision((CertificateWithdrawn(tap.serial, tap.back), Went(Staff())), notes=(said,))
