"""What a learner's certificate states: from progress and programme to the facts of the paper.
Pure."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import Protocol

import certificates as paper
from bot.i18n.catalogues import Catalogues
from bot.model.certificate import Earned, subject_title
from bot.model.learned import Learned, learned
from bot.model.learner import Learner, ModuleProgress, learning_minutes, printable_mark
from cards.collection import Category, Pathway
from cards.model import Module, Programme
from cards.text import Text

Say = Callable[[Text], str]
LONG = 12
"""From more modules on a paper about learning time names them without their lessons."""


class NothingToCertify(LookupError):
    """The learner has no such completion, or the programme no longer has what was completed."""


class Ordered(Protocol):
    """What was ordered: `kind` is an `Earned`."""

    @property
    def kind(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def serial(self) -> str: ...


def facts(
    learner: Learner, programme: Programme, words: Catalogues, order: Ordered, country: str = ""
) -> paper.Facts:
    """The facts of one certificate, in the language of the order; the second disclaimer is in that
    of the `country`, or, where the paper is in it, in the learner's. Raises `NothingToCertify`."""
    kind, subject, name, language = Earned(order.kind), order.subject, order.name, order.language
    if kind is Earned.LEARNING:
        return _time_facts(learner, programme, words, order, country)
    title = subject_title(programme, kind, subject)
    issued = next(
        (c.day for c in (*learner.earned, *learner.owed) if (c.kind, c.subject) == (kind, subject)),
        None,
    )
    modules = [
        module for m in _modules_of(programme, kind, subject) if (module := programme.module(m))
    ]
    done = [(module, learner.modules[module.id]) for module in modules if learner.done(module.id)]
    if title is None or issued is None or not done:
        raise NothingToCertify(f"{kind} {subject}")

    def say(text: Text) -> str:
        return words.say(text, language)

    module, _progress = done[0]
    single = kind in (Earned.MODULE, Earned.ORGANISATION)
    category = programme.category_of(module.id) if single else None
    wanted = {competence for m, _ in done for competence in m.competences}
    return paper.Facts(
        kind=paper.Kind(kind),
        language=language,
        name=name,
        title=say(title),
        issued=max(issued, *(p.last_day for _, p in done)),
        project=say(programme.title),
        reference=programme.reference,
        platform=programme.platform,
        hours=sum(map(_hours, (m for m, _ in done))),
        rule=min(p.rule for _, p in done),
        chat=sum(m.minutes for m, _ in done) if any(m.hours for m, _ in done) else 0,
        country=country if country != language else learner.language or language,
        practice=sum(_practice(m, p) for m, p in done),
        confirmed=sum(_practice(m, p) for m, p in done if p.home.confirmed),
        first_day=min(p.first_day for _, p in done),
        last_day=max(p.last_day for _, p in done),
        active=timedelta(minutes=learning_minutes(p for _, p in done)),
        organisations=_organisations(programme, (m for m, _ in done)),
        signatories=_signatories(programme, say),
        category=say(category.title) if category else "",
        description=_description(programme, module, kind, subject, say),
        decks=tuple(say(deck.title) for deck in module.decks) if single else (),
        objectives=tuple(map(say, module.objectives)) if single else (),
        outcomes=tuple(map(say, module.outcomes)) if kind is Earned.MODULE else (),
        competences=tuple(
            paper.Competence(say(c.title), *(c.esco or ()))
            for c in programme.competences
            if single and c.id in wanted
        ),
        modules=() if single else tuple(_line(m, p, programme, say) for m, p in done),
        trainers=tuple(dict.fromkeys(name for m, _ in done for name in m.trainers)),
        tests_passed=single and learner.modules[subject].tested,
        eqf_level=module.eqf_level if single else None,
        mark=_mark(learner, subject) if kind is Earned.MODULE else None,
        subject=subject,
        serial=order.serial,
    )


def _time_facts(
    learner: Learner, programme: Programme, words: Catalogues, order: Ordered, country: str
) -> paper.Facts:
    """What was learned until now, whatever was finished. Made anew of the learner each time."""
    found = learned(learner, programme)
    issued = next(
        (c.day for c in (*learner.earned, *learner.owed) if c.kind is Earned.LEARNING), None
    )
    if not found or issued is None:
        raise NothingToCertify(order.kind)

    def say(text: Text) -> str:
        return words.say(text, order.language)

    last = max(one.progress.last_day for one in found)
    minutes = sum(one.minutes for one in found)
    return paper.Facts(
        kind=paper.Kind.LEARNING,
        language=order.language,
        name=order.name,
        title=say(programme.title),
        issued=max(issued, last),
        project=say(programme.title),
        reference=programme.reference,
        platform=programme.platform,
        hours=Fraction(minutes, 60),
        country=country if country != order.language else learner.language or order.language,
        first_day=min(one.progress.first_day for one in found),
        last_day=last,
        active=timedelta(minutes=minutes),
        organisations=_organisations(programme, (one.module for one in found)),
        signatories=_signatories(programme, say),
        modules=tuple(
            paper.ModuleLine(
                say(one.module.title),
                Fraction(one.minutes, 60),
                one.progress.last_day,
                description=" · ".join(map(say, _gone_through(one))) if len(found) <= LONG else "",
            )
            for one in found
        ),
        subject=order.subject,
        serial=order.serial,
    )


def _gone_through(one: Learned) -> Iterable[Text]:
    """The lessons that were finished; all of them, where the module is done."""
    return (d.title for d in one.module.decks if one.progress.done or d.id in one.progress.decks)


def annex_facts(
    programme: Programme, words: Catalogues, language: str, public_url: str, made: date
) -> paper.AnnexFacts:
    """What employers read about the project, in a language. Raises `NothingToCertify` where the
    programme says nothing about it."""
    given = programme.annex
    if given is None:
        raise NothingToCertify("annex")

    def say(text: Text) -> str:
        return words.say(text, language)

    def module(m: Module) -> paper.AnnexModule:
        return paper.AnnexModule(say(m.title), say(m.description), _hours(m), m.trainer or "")

    return paper.AnnexFacts(
        language=language,
        title=say(given.title),
        project=say(programme.title),
        reference=programme.reference,
        platform=programme.platform,
        made=made,
        sections=tuple(
            paper.AnnexSection(say(s.title), tuple(map(say, s.paragraphs))) for s in given.sections
        ),
        competences=tuple(
            paper.AnnexCompetence(
                paper.Competence(say(c.title), *(c.esco or ())), say(c.description)
            )
            for c in programme.competences
        ),
        modules=tuple(
            (say(c.title), tuple(module(programme.modules[id]) for id in c.modules))
            for c in programme.categories
            if c.modules
        ),
        partners=tuple(
            paper.Partner(o.name, say(o.country), o.website, say(o.about))
            for o in programme.organisations
        ),
        contact=say(given.contact),
        url=annex_url(public_url, language),
    )


def annex_url(public_url: str, language: str) -> str:
    return f"{public_url.rstrip('/')}/annex/{language}.pdf"


def serial_of(keys: paper.KeyRing, text: str) -> str | None:
    try:
        return keys.read(paper.token_in(text)).serial
    except paper.NotGenuine:
        return None


def organisations_of(programme: Programme, kind: Earned, subject: str) -> tuple[str, ...]:
    """The trainer organisations of a subject as the programme is today; none where it no longer has
    it."""
    return _organisations(
        programme,
        (module for m in _modules_of(programme, kind, subject) if (module := programme.module(m))),
    )


def _modules_of(programme: Programme, kind: Earned, subject: str) -> Iterable[str]:
    match kind:
        case Earned.MODULE | Earned.ORGANISATION:
            return (subject,)
        case Earned.CATEGORY:
            return next((c.modules for c in programme.categories if c.id == subject), ())
        case Earned.PATHWAY:
            return next((p.modules for p in programme.pathways if p.id == subject), ())
        case Earned.PROGRAMME | Earned.LEARNING:
            return tuple(programme.modules)


def _hours(module: Module) -> Fraction:
    """What the author declares, or what the module offers."""
    return Fraction(module.hours) if module.hours else Fraction(max(module.minutes, 1), 60)


def _mark(learner: Learner, module: str) -> int | None:
    """The mark, where the learner wants it on the paper."""
    papers = (*learner.earned, *learner.owed)
    wanted = any(c.marked for c in papers if (c.kind, c.subject) == (Earned.MODULE, module))
    return printable_mark(learner, module) if wanted else None


def _practice(module: Module, progress: ModuleProgress) -> int:
    """Minutes of the practical task, where the learner says that it is done."""
    return module.practice.minutes if module.practice and progress.practised else 0


def _organisations(programme: Programme, modules: Iterable[Module]) -> tuple[str, ...]:
    """The organisations that the modules name; where one names none, the whole partnership."""
    named = [module.trainer for module in modules]
    if None in named:
        return tuple(organisation.name for organisation in programme.organisations)
    return tuple(dict.fromkeys(trainer for trainer in named if trainer))


def _signatories(programme: Programme, say: Say) -> tuple[paper.Signatory, ...]:
    who = {s.organisation: s for s in programme.signatories}
    signatories = ((o, who.get(o.name) or who.get(o.id)) for o in programme.organisations)
    return tuple(
        paper.Signatory(
            (s and s.name) or None,
            o.name,
            say(o.country),
            s.role if s else "",
            s.image if s else "",
        )
        for o, s in signatories
    )


def _description(programme: Programme, module: Module, kind: Earned, subject: str, say: Say) -> str:
    match kind:
        case Earned.MODULE | Earned.ORGANISATION:
            return say(module.description)
        case Earned.PROGRAMME | Earned.LEARNING:
            return ""
        case _:
            groups: tuple[Category | Pathway, ...] = (*programme.categories, *programme.pathways)
            return next((say(group.description) for group in groups if group.id == subject), "")


def _line(
    module: Module, progress: ModuleProgress, programme: Programme, say: Say
) -> paper.ModuleLine:
    return paper.ModuleLine(
        title=say(module.title),
        hours=_hours(module),
        done=progress.done or progress.last_day,
        trainer=module.trainer or say(programme.title),
        description=say(module.description),
    )
