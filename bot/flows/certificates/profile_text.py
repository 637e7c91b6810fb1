"""What to write about a certificate into a profile, on LinkedIn or elsewhere, or into a CV."""

from bot.conversation.action import Home
from bot.conversation.registry import shows
from bot.conversation.screen import BACK, MENU, Button, Copy, Screen
from bot.conversation.turn import Gone, Turn
from bot.flows.certificates.actions import CertificatePage, ProfileText
from bot.model.certificate import Certificate, subject_title
from bot.model.words import InLanguage, Words, _


@shows(ProfileText)
def show_profile_text(place: ProfileText, turn: Turn) -> Screen:
    """Each line is a field of LinkedIn's form. In the language of the country too, where employers
    read another one than the learner."""
    kind, subject = place.kind, place.subject
    title = subject_title(turn.programme, kind, subject)
    paper = next((c for c in turn.learner.earned if (c.kind, c.subject) == (kind, subject)), None)
    if title is None or paper is None:
        raise Gone
    fields = [
        _("Name: {title}").of(title=title),
        _("Issuing organisation: {project}").of(project=turn.programme.title),
        _("Issued: {month}").of(month=f"{paper.day:%m/%Y}"),
    ]
    link = _link(paper, turn)
    languages = dict.fromkeys((turn.language, turn.world.country or turn.language))
    written: list[Words] = [
        InLanguage(field, language) if language != turn.language else field
        for language in languages
        for field in fields
    ]
    number = [_("Number: {serial}").of(serial=paper.serial)] if paper.serial else []
    checked: Words = (
        _("Link: {link}").of(link=link)
        if link
        else _("Link: it stands below your certificate, at “Check that it is genuine”.")
    )
    return Screen(
        title=_("📋 Text for your profile"),
        lines=(
            _(
                "On LinkedIn: your profile, “Add section”, “Licences and certifications”. Write "
                "this there, or into your CV:"
            ),
            *written,
            *number,
            checked,
        ),
        copied=Copy(_("📋 Copy the link"), link) if link else None,
        rows=((Button(BACK, CertificatePage(kind, subject)), Button(MENU, Home())),),
    )


def _link(paper: Certificate, turn: Turn) -> str:
    """Where it is checked: only with the name that stands on it, which may not be kept."""
    learner, world = turn.learner, turn.world
    maker = paper.maker or learner.id
    if (
        not learner.name
        or world.serial(maker, paper.kind, paper.subject, learner.name) != paper.serial
    ):
        return ""
    return world.proof(learner, turn.programme, paper, turn.language)
