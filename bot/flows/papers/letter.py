"""A letter, what to say on the phone, and an e-mail: from the CV and four more answers."""

from collections.abc import Iterator
from dataclasses import replace
from enum import IntEnum

from bot.conversation.turn import NotUsable, Turn
from bot.conversation.typed_title import typed_name
from bot.flows.papers.ask_person import IN_LATIN
from bot.flows.papers.paper import PAPERS, Paper
from bot.flows.papers.question import DOUBTS, SCRIPTS, At, Form, Option, Script
from bot.flows.papers.steps import fits_script
from bot.flows.papers.summary import NOTHING, Answer
from bot.flows.papers.trades import printable
from bot.model.order import OrderKind
from bot.model.papers import Letter, PaperDraft, PaperKind
from bot.model.words import Words, _, verbatim


class LetterStep(IntEnum):
    """The values stand in buttons: they stay."""

    SEEN = 1
    WISH = 2
    COMPANY = 3
    CONTACT = 4


def _seen(letter: Letter, _item: int, turn: Turn) -> Form:
    return _listed(_("Where did you see the job?"), "seen", letter, turn)


def _wish(letter: Letter, _item: int, turn: Turn) -> Form:
    return _listed(_("What do you ask for?"), "wish", letter, turn)


def _listed(title: Words, name: str, letter: Letter, turn: Turn) -> Form:
    def with_answer(id: str) -> Letter:
        return replace(letter, seen=id) if name == "seen" else replace(letter, wish=id)

    work = turn.world.work
    return Form(
        title=title,
        options=tuple(
            Option(work.word(f"list {name} {id}"), with_answer(id)) for id in work.list(name)
        ),
        blank=with_answer(""),
    )


def _company(letter: Letter, _item: int, turn: Turn) -> Form:
    return _typed(
        _("The name of the company"),
        _("Type it, or skip it."),
        letter,
        turn,
        "company",
    )


def _contact(letter: Letter, _item: int, turn: Turn) -> Form:
    return _typed(
        _("Do you know who reads it?"),
        _("Type the name of the person, or skip it."),
        letter,
        turn,
        "contact",
    )


def _typed(title: Words, line: Words, letter: Letter, turn: Turn, field: str) -> Form:
    """Letters that the employer cannot read are asked about."""

    def with_answer(text: str) -> Letter:
        if field == "company":
            return replace(letter, company=text, maybe="")
        return replace(letter, contact=text, maybe="")

    def read(text: str) -> Letter:
        clean = printable(typed_name(text), turn)
        if not clean:
            raise NotUsable(_("I could not read that. Please type it again."))
        if fits_script(clean, letter.language):
            return with_answer(clean)
        return replace(letter, maybe=clean)

    doubt = (
        (
            Option(_("Type it again"), replace(letter, maybe=""), DOUBTS, stays=True),
            Option(_("Keep it"), with_answer(letter.maybe), DOUBTS + 1),
        )
        if letter.maybe
        else ()
    )
    lines = (IN_LATIN, _("You typed: {text}").of(text=letter.maybe)) if letter.maybe else (line,)
    return Form(
        title=title,
        lines=lines,
        options=doubt,
        blank=with_answer(""),
        typing=title,
        read=read,
    )


def _path(_letter: Letter, _turn: Turn) -> tuple[At, ...]:
    return tuple(map(At, LetterStep))


def _answers(draft: PaperDraft, turn: Turn) -> Iterator[Answer]:
    if not isinstance(draft, Letter):
        return
    word = turn.world.work.word
    yield (
        _("Where you saw it"),
        word(f"list seen {draft.seen}") if draft.seen else NOTHING,
        (),
        At(LetterStep.SEEN),
    )
    yield (
        _("What you ask for"),
        word(f"list wish {draft.wish}") if draft.wish else NOTHING,
        (),
        At(LetterStep.WISH),
    )
    company = verbatim(draft.company) if draft.company else NOTHING
    yield _("Company"), company, (), At(LetterStep.COMPANY)
    contact = verbatim(draft.contact) if draft.contact else NOTHING
    yield _("Person"), contact, (), At(LetterStep.CONTACT)


SCRIPTS[PaperKind.LETTER] = Script(
    kind=PaperKind.LETTER,
    count=len(LetterStep),
    path=_path,
    number=int,
    group=int,
    empty=lambda _letter, _at: False,
    forms={
        LetterStep.SEEN: _seen,
        LetterStep.WISH: _wish,
        LetterStep.COMPANY: _company,
        LetterStep.CONTACT: _contact,
    },
)
PAPERS[PaperKind.LETTER] = Paper(
    kind=PaperKind.LETTER,
    title=_("✉ Your letter"),
    named=_("✉ Your letter, in {language}"),
    intro=(
        _("A letter, what to say on the phone, and an e-mail."),
        _("They are made of your CV and four more answers."),
        _("A trial day of more than a few hours may be work that is paid."),
    ),
    new=lambda language: Letter(language=language, step=LetterStep.SEEN),
    answers=_answers,
    makes=(
        (OrderKind.LETTER, _("✉ The letter: {language}")),
        (OrderKind.SCRIPT, _("📞 For the phone")),
        (OrderKind.MAIL, _("📧 The e-mail")),
    ),
    comes=_("It comes here, also as text to copy. Please read it before you send it."),
    example=OrderKind.LETTER_EXAMPLE,
)
