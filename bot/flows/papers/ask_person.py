"""The questions 11 and 12 of a CV, who it is and how they are reached, a line of their own, and the
layout."""

from collections.abc import Callable
from dataclasses import replace

from bot.conversation.turn import NameRefused, NotUsable, Turn
from bot.flows.papers.question import DOUBTS, Form, Option
from bot.flows.papers.steps import fits_script
from bot.flows.papers.trades import printable
from bot.flows.papers.typed_contact import LONGEST_LINE, LONGEST_TOWN, mail, phone
from bot.model.clean_text import one_line
from bot.model.papers import Cv, Layout
from bot.model.words import Words, _, verbatim

LONGEST_NAME = 60
"""One line of a CV; a certificate has room for more."""
LAYOUTS: dict[Layout, Words] = {
    Layout.WORK: _("Work first"),
    Layout.SKILLS: _("Skills first"),
    Layout.SHORT: _("Short: half a page"),
}
IN_LATIN = _("Please also in Latin letters, as in your papers.")


def _name(text: str, turn: Turn) -> str:
    """Raises `NotUsable`."""
    try:
        name = turn.world.checked_name(text)
    except NameRefused as refused:
        raise NotUsable(refused.why) from refused
    if len(name) > LONGEST_NAME:
        too_long = _("This name is too long for the paper. Please type at most {number} letters.")
        raise NotUsable(too_long.of(number=LONGEST_NAME))
    return name


def name(cv: Cv, _item: int, turn: Turn) -> Form:
    kept = turn.learner.name

    def called(given: str) -> Cv:
        return replace(cv, name=given, latin=cv.latin if given == cv.name else "")

    return Form(
        title=_("Your name, as on the paper"),
        lines=(_("First name and family name, in your letters."),),
        options=(Option(verbatim(kept), called(kept)),) if kept else (),
        blank=called(""),
        typing=_("Your name"),
        read=lambda text: called(_name(text, turn)),
    )


def latin(cv: Cv, _item: int, turn: Turn) -> Form:
    def typed(text: str) -> Cv:
        given = _name(text, turn)
        if not fits_script(given, cv.language):
            raise NotUsable(IN_LATIN)
        return replace(cv, latin=given)

    return Form(
        title=_("Your name in Latin letters"),
        lines=(IN_LATIN,),
        blank=replace(cv, latin=""),
        typing=_("Your name"),
        read=typed,
    )


def _doubt(title: Words, why: Words, cv: Cv, sure: Cv, blank: Cv, form: Form) -> Form:
    """What was typed is asked about, and can be typed again."""
    return Form(
        title=title,
        lines=(why, _("You typed: {text}").of(text=cv.maybe)),
        options=(
            Option(_("Type it again"), replace(cv, maybe=""), DOUBTS, stays=True),
            Option(_("Keep it"), sure, DOUBTS + 1),
        ),
        blank=blank,
        typing=form.typing,
        read=form.read,
    )


def _contact(
    cv: Cv,
    title: Words,
    lines: tuple[Words, ...],
    typing: Words,
    kept: Callable[[str], Cv],
    read: Callable[[str], tuple[str, Words | None]],
) -> Form:
    """`read` gives the text as it will stand there, and what is odd about it."""

    def typed(text: str) -> Cv:
        clean, odd = read(text)
        if not clean:
            raise NotUsable(_("I could not read that. Please type it again."))
        return replace(cv, maybe=clean) if odd else kept(clean)

    form = Form(title=title, lines=lines, blank=kept(""), typing=typing, read=typed)
    odd = read(cv.maybe)[1] if cv.maybe else None
    return _doubt(title, odd, cv, kept(cv.maybe), kept(""), form) if odd else form


def ask_phone(cv: Cv, _item: int, turn: Turn) -> Form:
    def read(text: str) -> tuple[str, Words | None]:
        clean, looks = phone(printable(text, turn))
        return clean, None if looks else _("That does not look like a phone number.")

    return _contact(
        cv,
        _("How can an employer reach you? Phone"),
        (_("It stands on the CV. It is kept as long as the CV is."),),
        _("Phone number"),
        lambda given: replace(cv, phone=given, maybe=""),
        read,
    )


def ask_mail(cv: Cv, _item: int, turn: Turn) -> Form:
    return _contact(
        cv,
        _("E-mail"),
        (_("Type your e-mail address, or skip it."),),
        _("E-mail address"),
        lambda given: replace(cv, mail=given, maybe=""),
        lambda text: mail(printable(text, turn)),
    )


def ask_town(cv: Cv, _item: int, turn: Turn) -> Form:
    def read(text: str) -> tuple[str, Words | None]:
        clean = printable(one_line(text), turn)
        if len(clean) > LONGEST_TOWN:
            raise NotUsable(_("This is too long. Please type only the town."))
        return clean, None if fits_script(clean, cv.language) else IN_LATIN

    return _contact(
        cv,
        _("Town"),
        (_("Only the town, no street. You need not say it."),),
        _("Town"),
        lambda given: replace(cv, town=given, maybe=""),
        read,
    )


def line(cv: Cv, _item: int, turn: Turn) -> Form:
    """One line of one's own: nobody translates it."""

    def read(text: str) -> tuple[str, Words | None]:
        clean = printable(one_line(text), turn)
        if len(clean) > LONGEST_LINE:
            too_long = _("This line is too long: {number} letters at most.")
            raise NotUsable(too_long.of(number=LONGEST_LINE))
        return clean, warning

    warning = _(
        "This line stays as you write it. An employer who does not read {language} cannot read it."
    ).of(language=turn.world.atlas.tongue(turn.language, turn.language))
    return _contact(
        cv,
        _("One line of your own"),
        (
            _("At most {number} letters, below your name.").of(number=LONGEST_LINE),
            *((verbatim(cv.line),) if cv.line else ()),
        ),
        _("Your line"),
        lambda given: replace(cv, line=given, maybe=""),
        read,
    )


def layout(cv: Cv, _item: int, _turn: Turn) -> Form:
    return Form(
        title=_("How shall the page look?"),
        lines=(_("All three say the same. “Short” leaves out the tasks."),),
        options=tuple(Option(said, replace(cv, layout=layout)) for layout, said in LAYOUTS.items()),
    )
