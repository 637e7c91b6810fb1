"""The skills profile: what one can do and how one knows it, in two languages side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import IntEnum

from bot.conversation.screen import Button
from bot.conversation.turn import Turn
from bot.flows.learning.actions import Cover
from bot.flows.papers.keep import cv_of, kept
from bot.flows.papers.paper import PAPERS, Paper
from bot.flows.papers.question import SCRIPTS, At, Form, Option, Script
from bot.flows.papers.summary import NOTHING, Answer
from bot.model.order import OrderKind
from bot.model.papers import Cv, PaperDraft, PaperKind, Profile
from bot.model.suggestions import SKILLS_TOOL, Answers, known_tasks, suggestions
from bot.model.words import Msg, Words, _
from cards.occupations import Rule


class ProfileStep(IntEnum):
    """The values stand in buttons: they stay."""

    PROOF = 1
    PERSON = 2


def _proof(profile: Profile, item: int, turn: Turn) -> Form:
    work, task = turn.world.work, known_tasks(cv_of(turn))[item]

    def known(id: str) -> Profile:
        rest = {key: value for key, value in profile.known.items() if key != task}
        return replace(profile, known={**rest, task: id} if id else rest)

    options = [Option(work.word(f"list proof {id}"), known(id)) for id in work.list("proof")]
    rest = replace(profile, asked=True)
    return Form(
        title=_("How do you know it?"),
        lines=(work.word(f"task {task}"),),
        options=(*options, Option(_("Skip all the others"), rest, 9)),
        blank=known(""),
    )


def _person(profile: Profile, _item: int, _turn: Turn) -> Form:
    return Form(
        title=_("Do you want to talk with a person about it?"),
        lines=(_("A counsellor, a mentor, or a local centre."),),
        options=(
            Option(_("Yes"), replace(profile, person=True)),
            Option(_("No"), replace(profile, person=False)),
        ),
    )


def _path(_profile: Profile, turn: Turn) -> tuple[At, ...]:
    tasks = known_tasks(cv_of(turn))
    return (*(At(ProfileStep.PROOF, item) for item in range(len(tasks))), At(ProfileStep.PERSON))


def _passed_over(profile: Profile, at: At) -> bool:
    """Whether a question is still asked; none is, once the rest was passed over."""
    return not (profile.asked and at.step == ProfileStep.PROOF)


def _answers(draft: PaperDraft, turn: Turn) -> Iterator[Answer]:
    if not isinstance(draft, Profile):
        return
    word = turn.world.work.word
    found = kept(PaperKind.CV, turn)
    cv = found.draft if found and isinstance(found.draft, Cv) else Cv()
    for item, task in enumerate(known_tasks(cv)):
        how = draft.known.get(task)
        known: Words = word(f"list proof {how}") if how else NOTHING
        yield word(f"task {task}"), known, (), At(ProfileStep.PROOF, item)
    talk = _("Yes") if draft.person else _("No")
    yield _("Talk with a person"), talk, (), At(ProfileStep.PERSON)


def _fired(draft: PaperDraft, turn: Turn) -> Sequence[Rule]:
    if not isinstance(draft, Profile):
        return ()
    return suggestions(Answers(cv_of(turn), draft, turn.world.work, draft.language))


def _says(draft: PaperDraft, turn: Turn) -> tuple[Words, ...]:
    """Each suggestion with its reason, and the tool with which an adviser goes on."""
    word = turn.world.work.word
    told = [Msg("→ {said}").of(said=word(f"rule {rule.id}")) for rule in _fired(draft, turn)]
    return (*told, Msg("{said} {url}").of(said=word("profile tool"), url=SKILLS_TOOL))


def _modules(draft: PaperDraft, turn: Turn) -> tuple[Button, ...]:
    """Where the first suggestions that have a module lead."""
    found = [r.module for r in _fired(draft, turn) if r.module in turn.programme.modules]
    return tuple(
        Button(Msg("▶ {title}").of(title=turn.module(id).short), Cover(id)) for id in found[:2]
    )


SCRIPTS[PaperKind.PROFILE] = Script(
    kind=PaperKind.PROFILE,
    count=2,
    path=_path,
    number=int,
    group=int,
    empty=_passed_over,
    once=frozenset((ProfileStep.PROOF,)),
    forms={ProfileStep.PROOF: _proof, ProfileStep.PERSON: _person},
)
PAPERS[PaperKind.PROFILE] = Paper(
    kind=PaperKind.PROFILE,
    title=_("🧩 Your skills profile"),
    named=_("🧩 Your skills profile, in {language}"),
    intro=(
        _("One page in two languages, line by line: yours and that of the country."),
        _("It is made of your CV, for a talk with a counsellor."),
        _("It says what you say of yourself. It is not a recognition."),
    ),
    new=lambda language: Profile(language=language, step=ProfileStep.PROOF),
    answers=_answers,
    makes=((OrderKind.PROFILE, _("🧩 Make it: {language}")),),
    comes=_("Your profile comes here as a file, and as text."),
    example=OrderKind.PROFILE_EXAMPLE,
    more=_modules,
    says=_says,
)
