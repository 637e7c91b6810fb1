"""The certificates that one has, and one of them."""

from bot.conversation.action import Home
from bot.conversation.everyday import ONWARD
from bot.conversation.registry import shows
from bot.conversation.screen import BACK, MENU, Button, Screen, paged
from bot.conversation.turn import Gone, Turn
from bot.flows.certificates.actions import (
    Again,
    CertificatePage,
    Certificates,
    Claim,
    Explain,
    ForgetName,
    ProfileText,
    ProveTime,
    Respell,
)
from bot.flows.certificates.claim import mark_of
from bot.model.certificate import Certificate, Earned, is_for, subject_title
from bot.model.learned import learned
from bot.model.learner import Learner
from bot.model.words import Msg, Words, _, ngettext
from cards.model import Programme

PAGE = 5
TIME = _("⏱ Learning time")


@shows(Certificates)
def show_certificates(place: Certificates, turn: Turn) -> Screen:
    learner = turn.learner
    owned = [
        c
        for c in learner.earned
        if is_for(c.kind, learner.audience) and subject_title(turn.programme, c.kind, c.subject)
    ]
    page = paged(owned, place.page, PAGE, Certificates)
    rows: list[tuple[Button, ...]] = []
    if learner.owed:
        rows.append((Button(_("🎓 Get my certificate"), Claim(), also=ONWARD),))
    rows.append(page.row)
    if learned(learner, turn.programme):
        rows.append((Button(_("⏱ My learning time, on paper"), ProveTime()),))
    if owned and turn.world.explains:
        rows.append((Button(_("📄 About the project, for employers"), Explain()),))
    if learner.name:
        rows.append((Button(_("Delete my name here"), ForgetName()),))
    return Screen(
        title=_("🎓 Your certificates"),
        lines=_overview(learner, owned),
        options=tuple(
            Button(_label(turn.programme, c), CertificatePage(c.kind, c.subject))
            for c in page.items
        ),
        rows=(*rows, (Button(MENU, Home()),)),
    )


@shows(CertificatePage)
def show_paper(place: CertificatePage, turn: Turn) -> Screen:
    title = subject_title(turn.programme, place.kind, place.subject)
    found = next(
        (c for c in turn.learner.earned if (c.kind, c.subject) == (place.kind, place.subject)), None
    )
    if title is None or found is None:
        raise Gone
    is_time = place.kind is Earned.LEARNING
    day = _("It says what you learned until {day}.") if is_time else _("Earned on {day}.")
    asked = [pair] if (pair := mark_of(found, turn)) else []
    profile = Button(_("📋 Text for my profile"), ProfileText(place.kind, place.subject))
    return Screen(
        title=TIME if is_time else Msg("🎓 {title}").of(title=title),
        lines=(
            day.of(day=found.day),
            *((_("It has another name than the one that is kept."),) if found.unkept else ()),
            *(said for said, _button in asked),
        ),
        options=(
            Button(_("Make it again, up to date"), Again(place.kind, place.subject)),
            *(button for _said, button in asked),
            Button(_("Another spelling of my name"), Respell(place.kind, place.subject)),
            *(() if is_time else (profile,)),
        ),
        rows=((Button(BACK, Certificates()), Button(MENU, Home())),),
    )


def _overview(learner: Learner, owned: list[Certificate]) -> tuple[Words, ...]:
    if not owned and not learner.owed:
        return (
            _(
                "When you finish a module, you get a certificate. None yet: the first one is a few "
                "steps away."
            ),
        )
    lines: list[Words] = []
    if learner.owed:
        n = len(learner.owed)
        lines.append(
            ngettext(
                "{count} certificate is ready for you.",
                "{count} certificates are ready for you.",
                n,
            )
        )
    if owned:
        lines.append(_("Choose one to have it made again, or with another spelling of your name."))
    if learner.name:
        others = any(paper.unkept for paper in owned)
        named = _("Name that is kept: {name}") if others else _("Name on them: {name}")
        lines.append(named.of(name=learner.name))
    return tuple(lines)


def _label(programme: Programme, certificate: Certificate) -> Words:
    title = subject_title(programme, certificate.kind, certificate.subject)
    if certificate.kind is Earned.LEARNING:
        return TIME
    if certificate.kind is Earned.MODULE and certificate.subject in programme.modules:
        title = programme.modules[certificate.subject].short
    return Msg("{title}").of(title=title) if title else _("Certificate")
