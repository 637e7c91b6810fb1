"""What stands on a certificate, in words: facts and labels made into the texts of recto and verso.

Both forms of a certificate, the page that is drawn and the text for screen readers, are made of
this.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from certificates.facts import Competence, Facts, Kind, ModuleLine, Signatory
from certificates.labels import SOURCE, Labels
from certificates.mark import mark_note

LONGEST_PRINTED_LINK = 70


@dataclass(frozen=True, slots=True)
class Detail:
    """A labelled fact; `note` says where it comes from."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs. In a list each one has a mark before it: "1." or "•"."""

    heading: str
    lines: tuple[str, ...]
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A module on the back: its title, by whom, how long and when, and what it is about."""

    title: str
    note: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Recto:
    project: str
    reference: str
    issued: str
    heading: str
    awarded: str
    name: str
    reason: str
    title: str
    offered: str
    details: tuple[Detail, ...]
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True)
class Verso:
    """`left` and `right` are two columns of a module's certificate; `entries` are the modules of
    the others."""

    project: str
    origin: str
    kind: str
    title: str
    subtitle: str
    introduction: str
    left: tuple[Section, ...]
    right: tuple[Section, ...]
    entries: tuple[Entry, ...]
    closing: tuple[Section, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class Paper:
    recto: Recto
    verso: Verso
    disclaimer: tuple[str, ...]
    verify: str
    link: str
    """The address as it is printed; empty when it is too long for that, or there is none."""
    about: str
    """Where the project is explained. Not on the certificate of the programme: forty modules leave
    no room for it within 32 KB, and the page behind the QR code leads there too."""


def put_into_words(facts: Facts, labels: Labels) -> Paper:
    _ = labels.text
    return Paper(
        recto=_recto(facts, labels),
        verso=_verso(facts, labels),
        disclaimer=tuple(
            dict.fromkeys(
                disclaimer_of(facts.kind, said)
                for said in (labels, Labels(facts.country or SOURCE))
            )
        ),
        verify=_("Check this certificate") if facts.verify_url else "",
        link=_printed_link(facts.verify_url or ""),
        about=_about_the_project(facts, labels),
    )


def _about_the_project(facts: Facts, labels: Labels) -> str:
    _ = labels.text
    if facts.kind is Kind.PROGRAMME or not facts.annex_url:
        return ""
    return _("About the project: {address}", address=facts.annex_url)


def disclaimer_of(kind: Kind, labels: Labels) -> str:
    """What the paper is not (seed C1): in the learner's language and in that of the country."""
    _ = labels.text
    if kind is Kind.ORGANISATION:
        return _(
            "It does not say that the organisation is inclusive, and it is not a label. It names "
            "no person. The organisation has not been verified."
        )
    return _(
        "This certificate is not a diploma and does not confer credits. The identity of the "
        "participant has not been verified."
    )


def _recto(facts: Facts, labels: Labels) -> Recto:
    _ = labels.text
    return Recto(
        project=facts.project,
        reference=facts.reference,
        issued=labels.day(facts.issued),
        heading=_heading(facts.kind, labels),
        awarded=_("A person of this organisation:")
        if facts.kind is Kind.ORGANISATION
        else _("is awarded to"),
        name=facts.name,
        reason=_reason(facts, labels),
        title=facts.title,
        offered=_(
            "offered by the project {project} on the e-platform {platform}",
            project=facts.project,
            platform=facts.platform,
        ),
        details=tuple(_details(facts, labels)),
        signatories=facts.signatories,
    )


def _heading(kind: Kind, labels: Labels) -> str:
    _ = labels.text
    match kind:
        case Kind.MODULE | Kind.CATEGORY:
            return _("Course completion certificate")
        case Kind.PATHWAY:
            return _("Pathway completion certificate")
        case Kind.PROGRAMME:
            return _("Programme completion certificate")
        case Kind.LEARNING:
            return _("Certificate of learning time")
        case Kind.ORGANISATION:
            return _("Confirmation for an organisation")


def _reason(facts: Facts, labels: Labels) -> str:
    _, ngettext, count = labels.text, labels.plural, len(facts.modules)
    match facts.kind:
        case Kind.MODULE:
            return _("for completing the module")
        case Kind.CATEGORY:
            return ngettext(
                "for completing the {count} module of the category",
                "for completing the {count} modules of the category",
                count,
            )
        case Kind.PATHWAY:
            return ngettext(
                "for completing the {count} module of the pathway",
                "for completing the {count} modules of the pathway",
                count,
            )
        case Kind.PROGRAMME:
            return ngettext(
                "for completing the {count} module of the programme",
                "for completing the {count} modules of the programme",
                count,
            )
        case Kind.LEARNING:
            return ngettext(
                "for learning in {count} module of the programme",
                "for learning in {count} modules of the programme",
                count,
            )
        case Kind.ORGANISATION:
            steps = f"{len(facts.decks)}/{len(facts.decks)}"
            return _("finished the track for employers, steps: {steps}", steps=steps)


def _details(facts: Facts, labels: Labels) -> Iterable[Detail]:
    _, ngettext = labels.text, labels.plural
    if facts.kind is not Kind.LEARNING:
        note = duration_note(facts.rule, facts.chat, labels)
        yield Detail(_("Duration"), labels.hours(facts.hours), note)
    yield Detail(
        _("Learning time"),
        labels.time(facts.active),
        _("{days}, measured without pauses", days=labels.days(facts.first_day, facts.last_day)),
    )
    if facts.practice:
        yield Detail(
            _("Practice at home"),
            labels.hours(Fraction(facts.practice, 60)),
            practice_note(facts.practice, facts.confirmed, labels),
        )
    if result := result_note(facts.rule, facts.tests_passed, labels):
        yield Detail(_("Result"), _("Passed"), result)
    if facts.organisations:
        label = ngettext("Trainer organisation", "Trainer organisations", len(facts.organisations))
        yield Detail(label, labels.joined(facts.organisations))


def duration_note(rule: int | None, chat: int, labels: Labels) -> str:
    """Where the duration comes from; `rule` and `chat` are those of `Facts`."""
    _ = labels.text
    if rule is None:
        return _("as declared by the author")
    if chat:
        time = labels.hours(Fraction(chat, 60))
        return _("as declared by the author, of which {time} in the chat", time=time)
    return _("cards and questions, at the pace of a slow reader")


def practice_note(practice: int, confirmed: int, labels: Labels) -> str:
    """Who says that it was done; the minutes are those of `Facts`."""
    _ = labels.text
    if not confirmed:
        return _("stated by the learner")
    if confirmed == practice:
        return _("confirmed by a counsellor")
    time = labels.hours(Fraction(confirmed, 60))
    return _("stated by the learner, {time} of it confirmed by a counsellor", time=time)


def result_note(rule: int | None, tests_passed: bool, labels: Labels) -> str:
    """By which rule it was passed; empty where nothing is known of it."""
    _ = labels.text
    first = (
        _("at least {mark} % of the questions right at the first answer", mark=str(rule))
        if rule
        else ""
    )
    return labels.joined(filter(None, (first, _("mandatory tests passed") if tests_passed else "")))


def _verso(facts: Facts, labels: Labels) -> Verso:
    is_module = facts.kind.single
    return Verso(
        project=facts.project,
        origin=labels.joined((facts.reference, facts.platform)),
        kind=kind_of_certificate(facts.kind, labels),
        title=facts.title,
        subtitle=_subtitle(facts, labels),
        introduction="" if is_module else labels.prose(facts.description),
        left=tuple(_about(facts, labels)) if is_module else (),
        right=tuple(_learning(facts, labels)) if is_module else (),
        entries=tuple(_entry(module, facts.kind, labels) for module in facts.modules),
        closing=() if is_module else tuple(_closing(facts, labels)),
        summary=_summary(facts, labels),
    )


def kind_of_certificate(kind: Kind, labels: Labels) -> str:
    _ = labels.text
    match kind:
        case Kind.MODULE:
            return _("Module")
        case Kind.CATEGORY:
            return _("Category")
        case Kind.PATHWAY:
            return _("Pathway")
        case Kind.PROGRAMME | Kind.LEARNING:
            return _("Programme")
        case Kind.ORGANISATION:
            return _("Track for employers")


def _subtitle(facts: Facts, labels: Labels) -> str:
    _, ngettext = labels.text, labels.plural
    hours = labels.hours(facts.hours)
    if facts.kind.single:
        category = _("Category: {category}", category=facts.category) if facts.category else ""
        return labels.joined((category, hours))
    modules = ngettext("{count} module", "{count} modules", len(facts.modules))
    dates = _("with the day of completion") if facts.kind is Kind.PROGRAMME else ""
    return labels.joined((modules, hours, dates))


def _about(facts: Facts, labels: Labels) -> Iterable[Section]:
    _ = labels.text
    if facts.description:
        yield Section(_("Description"), (labels.prose(facts.description),))
    if facts.decks:
        yield _numbered(_("Table of contents"), facts.decks)
    if facts.trainers or facts.organisations:
        yield _trainers(facts, labels)


def _learning(facts: Facts, labels: Labels) -> Iterable[Section]:
    _ = labels.text
    if facts.objectives:
        yield _bulleted(_("Learning objectives"), facts.objectives)
    if facts.mark is not None:
        yield Section(_("Mark"), (mark_note(facts.mark, labels),))
    if facts.outcomes or facts.competences:
        competences = (_competence(competence, labels) for competence in facts.competences)
        yield _bulleted(
            _("Learning outcomes and acquired competences"), (*facts.outcomes, *competences)
        )


def _closing(facts: Facts, labels: Labels) -> Iterable[Section]:
    _ = labels.text
    if facts.competences:
        named = labels.joined(_competence(competence, labels) for competence in facts.competences)
        yield Section(_("Acquired competences"), (named,))
    if facts.trainers or facts.organisations:
        yield _trainers(facts, labels)


def _trainers(facts: Facts, labels: Labels) -> Section:
    _ = labels.text
    lines = (labels.joined(facts.trainers), labels.joined(facts.organisations))
    return Section(_("Trainers"), tuple(filter(None, lines)))


def _competence(competence: Competence, labels: Labels) -> str:
    _ = labels.text
    if not competence.esco_title:
        return competence.title
    return _(
        "{competence} (ESCO: {skill})", competence=competence.title, skill=competence.esco_title
    )


def _entry(module: ModuleLine, kind: Kind, labels: Labels) -> Entry:
    """The long list of a programme has no descriptions, and its days stand alone: the subtitle says
    what they mean."""
    _ = labels.text
    day, hours = labels.day(module.done), labels.hours(module.hours)
    if kind is Kind.PROGRAMME:
        return Entry(module.title, labels.joined((module.trainer, hours, day)))
    when = _("last on {day}", day=day) if kind is Kind.LEARNING else ""
    when = when or _("completed on {day}", day=day)
    note = labels.joined((module.trainer, hours, when))
    return Entry(module.title, note, labels.prose(module.description))


def _summary(facts: Facts, labels: Labels) -> str:
    """The hours of the back, added up, and the level, if an author estimated one (seed C3)."""
    _, ngettext = labels.text, labels.plural
    parts: list[str] = []
    if facts.modules:
        together = labels.hours(sum(module.hours for module in facts.modules))
        parts.append(
            ngettext(
                "{count} module, {hours} in all",
                "{count} modules, {hours} in all",
                len(facts.modules),
                hours=together,
            )
        )
    if facts.eqf_level is not None:
        parts.append(
            _(
                "EQF level {level}: the author's estimate, not referenced",
                level=str(facts.eqf_level),
            )
        )
    return labels.joined(parts)


def _numbered(heading: str, lines: tuple[str, ...]) -> Section:
    return Section(heading, lines, tuple(f"{number}." for number in range(1, len(lines) + 1)))


def _bulleted(heading: str, lines: tuple[str, ...]) -> Section:
    return Section(heading, lines, ("•",) * len(lines))


def _printed_link(url: str) -> str:
    return url if len(url) <= LONGEST_PRINTED_LINK else ""
