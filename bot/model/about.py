"""Who runs this service, on what terms, and where its words and pictures come from. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.model.words import Msg, Words, _
from cards.model import Programme
from cards.partners import Organisation

TITLE = _("ℹ About this service")
PROGRAM = _("The program that runs it is Pasito. It is free, under the MIT licence.")
SUPPORT = _("💚 Support this service")
NO_PAYMENT = _("Learning here is free. Nobody is asked for money in this chat.")
Section = tuple[Words, tuple[Words, ...]]


@dataclass(frozen=True)
class Operator:
    """`name` is who runs this installation and how to reach them, `support` an address outside of
    the chat for who wants to help, `group` that of a group that is moderated elsewhere; each is
    empty where the settings are silent."""

    name: str = ""
    support: str = ""
    group: str = ""


def sections(programme: Programme, operator: Operator) -> tuple[Section, ...]:
    """Titles and what stands below them; nothing that nobody wrote."""
    found: tuple[Section, ...] = (
        (_("Who runs it"), tuple(_runs(programme, operator))),
        (_("Who made it"), tuple(map(_partner, programme.organisations))),
        (_("Licence, words and pictures"), (*programme.credits, PROGRAM)),
        (_("Plans that lessons follow"), tuple(_plans(programme))),
        (_("What it costs"), (NO_PAYMENT,)),
    )
    return tuple((title, lines) for title, lines in found if lines)


def _runs(programme: Programme, operator: Operator) -> Iterator[Words]:
    if operator.name:
        yield _("This service is run by {name}.").of(name=operator.name)
    if programme.reference:
        project = _("The lessons are those of {project}, project {reference}.")
        yield project.of(project=programme.title, reference=programme.reference)
    if programme.annex:
        if programme.annex.sections:
            yield from programme.annex.sections[0].paragraphs
        if programme.annex.contact.source:
            yield _("Questions: {contact}").of(contact=programme.annex.contact)


def _partner(one: Organisation) -> Words:
    said = "• {name}"
    said += " · {country}" if one.country.source else ""
    said += " · {website}" if one.website else ""
    return Msg(said).of(name=one.name, country=one.country, website=one.website)


def _plans(programme: Programme) -> Iterator[Words]:
    """What authors name in `policy_ref:`."""
    for module in programme.modules.values():
        if module.policy_ref:
            yield Msg("• {module}: {plan}").of(module=module.short, plan=module.policy_ref)
