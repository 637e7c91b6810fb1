"""What a counsellor prints and takes away."""

from bot import action as a
from bot import events as e
from bot.flows.decision import Decision, Moment, World
from bot.flows.groups.common import PAGE, gone, own, turn
from bot.flows.question import BACK, MENU
from bot.learner import Learner
from bot.screen import Button, Screen, Words, _

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
LISTS = ("xlsx", "csv")
ALL_GROUPS = "0"
"""What an order of a list carries instead of a group's id."""
CLOSED_LINK = _("🔒 The link is closed: nobody can join.")
COMES = _("It comes here in a moment.")


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
        rows=(
            (Button(_("🎓 Certificates of the group"), a.GroupCertificates(group.id)),),
            (Button(BACK, a.Board(group.id)), Button(MENU, a.Home())),
        ),
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
            turn(page, len(modules), PAGE, lambda to: a.PaperModule(group.id, place.kind, to)),
            (Button(BACK, a.Papers(group.id)),),
        ),
    )


def order_paper(learner: Learner, tap: a.OrderPaper, world: World, moment: Moment) -> Decision:
    if tap.kind in LISTS and str(tap.group) == ALL_GROUPS:
        order = e.PaperOrdered(tap.kind, ALL_GROUPS, learner.language or "en")
        return Decision((order, e.Went(a.Groups())), notes=(COMES,), fresh=True)
    group = own(learner, tap.group, moment)
    if group is None:
        return gone()
    if tap.kind in ("qr", "poster") and not group.organisation:  # nobody is invited by nobody
        return Decision((e.Went(a.GroupLink(group.id)),), fresh=True)
    shut = tap.kind in ("qr", "poster") and (group.link_closed or group.archived)
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
