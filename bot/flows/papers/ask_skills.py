"""The questions 6 to 10 of a CV: school, languages, licences, when, courses."""

from dataclasses import replace

from bot.conversation.everyday import ALL, NO, YES
from bot.conversation.turn import NotUsable, Turn
from bot.conversation.typed_day import when as day_in
from bot.conversation.typed_language import typed_language
from bot.conversation.typed_title import typed_title
from bot.flows.papers.everyday_words import LEVEL, RECOGNISED, SCHOOL
from bot.flows.papers.question import Form, Option
from bot.flows.papers.steps import FROM_DAY, courses_of
from bot.model.learner import day_of
from bot.model.papers import MOST_TONGUES, Cv, Tongue
from bot.model.words import Msg, Words, _, verbatim

TONGUES = (
    *("ar", "fa", "fa-AF", "ps", "ku", "ckb", "ti", "am", "so", "om", "sw", "ha", "yo", "ig"),
    *("wo", "ff", "bm", "ln", "rw", "mg", "zgh", "kab", "tr", "az", "uk", "ru", "bg", "ro", "sq"),
    *("sr", "hr", "bs", "pl", "hu", "cs", "el", "it", "es", "pt", "fr", "de", "nl", "en", "bn"),
    *("ur", "pa", "hi", "ta", "te", "ne", "si", "my", "th", "vi", "km", "lo", "zh", "fil", "id"),
)
"""What a button carries is a place in this list: it only grows."""
_BESIDE = {
    "ar": ("ku", "fr", "en", "tr"),
    "fr": ("ar", "ln", "bm", "wo"),
    "pt": ("en", "fr", "es", "ln"),
    "tr": ("ku", "ar", "en", "fa"),
    "en": ("ar", "fa", "uk", "ti"),
}
"""Languages that people speak besides the one they read here, most likely."""


def school(cv: Cv, _item: int, turn: Turn) -> Form:
    work = turn.world.work
    return Form(
        title=_("School"),
        lines=(_("What did you finish, or begin?"),),
        options=tuple(
            Option(
                work.word(f"list school {id}"),
                replace(cv, school=id),
                also=(SCHOOL[id],) if id in SCHOOL else (),
            )
            for id in work.list("school")
        ),
        blank=replace(cv, school="", recognised=""),
    )


def recognised(cv: Cv, _item: int, turn: Turn) -> Form:
    work = turn.world.work
    return Form(
        title=_("Is the paper of it recognised here?"),
        options=tuple(
            Option(
                work.word(f"list recognised {id}"),
                replace(cv, recognised=id),
                also=(RECOGNISED[id],) if id in RECOGNISED else (),
            )
            for id in work.list("recognised")
        ),
        blank=replace(cv, recognised=""),
    )


def tongue_label(code: str, turn: Turn) -> Words:
    return verbatim(_large(turn.world.atlas.tongue(code, turn.language)))


def _large(name: str) -> str:
    return name[:1].upper() + name[1:]


def tongue(cv: Cv, item: int, turn: Turn) -> Form:
    """The first one is the person's own; with it come the language of the paper and that of the
    country."""
    had = {t.code for place, t in enumerate(cv.tongues) if place != item}
    likely = (turn.language, *_BESIDE.get(turn.language, ()), "en", cv.language)
    codes = [code for code in dict.fromkeys(likely) if code not in had][:5]

    def spoken(code: str) -> Cv:
        return _with_tongue(cv, item, code, turn.world.country)

    def typed(text: str) -> Cv:
        code = typed_language(typed_title(text), turn)
        if not code:
            raise NotUsable(_("I do not know this language. Please type its name again."))
        if code in had:
            raise NotUsable(_("This language is in your list already."))
        return spoken(code)

    return Form(
        title=_("Another language: which?") if item else _("Your first language"),
        lines=(_("Or type it."),),
        options=tuple(
            Option(
                tongue_label(code, turn),
                spoken(code),
                TONGUES.index(code) if code in TONGUES else len(TONGUES) + place,
            )
            for place, code in enumerate(codes)
        ),
        blank=replace(cv, tongues=cv.tongues[:item]),
        typing=_("The language"),
        read=typed,
    )


def _with_tongue(cv: Cv, item: int, code: str, country: str) -> Cv:
    if item:
        before = (*cv.tongues[:item], Tongue(code), *cv.tongues[item + 1 :])
        return replace(cv, tongues=before)
    others = [t for t in cv.tongues[1:] if t.code != code]
    had = {"", code, *(t.code for t in others)}
    given = [Tongue(x) for x in dict.fromkeys((cv.language, country)) if x not in had]
    return replace(cv, tongues=(Tongue(code, first=True), *given, *others)[:MOST_TONGUES])


def level(cv: Cv, item: int, turn: Turn) -> Form:
    work, spoken = turn.world.work, cv.tongues[item]

    def at(level: str) -> Cv:
        tongues = (*cv.tongues[:item], replace(spoken, level=level), *cv.tongues[item + 1 :])
        return replace(cv, tongues=tongues)

    return Form(
        title=_("How much {language}?").of(
            language=turn.world.atlas.tongue(spoken.code, turn.language)
        ),
        lines=tuple(work.word(f"can-do {id}") for id in work.list("levels") if id[:1] in "ABC"),
        options=tuple(
            Option(
                work.word(f"list levels {id}"),
                at(id),
                also=(LEVEL[id],) if id in LEVEL else (),
            )
            for id in work.list("levels")
        ),
        blank=at(""),
    )


def more_tongues(cv: Cv, _item: int, _turn: Turn) -> Form:
    return Form(
        title=_("Another language?"),
        options=(
            Option(_("No more"), cv, also=(NO,)),
            Option(
                _("Yes, another language"),
                replace(cv, tongues=(*cv.tongues, Tongue(""))),
                also=(YES,),
            ),
        ),
        blank=cv,
    )


def licences(cv: Cv, _item: int, turn: Turn) -> Form:
    work = turn.world.work

    def option(number: int, id: str) -> Option:
        ticked = id in cv.licences
        kept = tuple(x for x in cv.licences if x != id) if ticked else (*cv.licences, id)
        label = work.word(f"list licences {id}")
        return Option(label, replace(cv, licences=kept), number, ticked=ticked, stays=True)

    return Form(
        title=_("Licences and cards"),
        lines=(_("Choose all that you have. You can type several: 1 3 4."),),
        options=tuple(option(*each) for each in enumerate(work.list("licences"))),
        skip=_("None"),
        many=True,
    )


def abroad(cv: Cv, _item: int, _turn: Turn) -> Form:
    return Form(
        title=_("Are they from another country?"),
        options=(
            Option(_("No, from here"), replace(cv, abroad=False), also=(NO,)),
            Option(_("Yes, from another country"), replace(cv, abroad=True), also=(YES,)),
        ),
        blank=replace(cv, abroad=False),
    )


def when(cv: Cv, _item: int, turn: Turn) -> Form:
    work = turn.world.work
    return Form(
        title=_("When can you work?"),
        options=tuple(
            Option(work.word(f"list when {id}"), replace(cv, when=id, from_day=""))
            for id in work.list("when")
        ),
        lines=(_("Or type the day from which you can work, for example 8.6."),),
        blank=replace(cv, when="", from_day=""),
        typing=_("The day"),
        read=lambda text: _from_day(cv, text, turn),
    )


def day(cv: Cv, _item: int, turn: Turn) -> Form:
    return Form(
        title=_("From which day?"),
        lines=(_("Type the day, for example 8.6."),),
        blank=replace(cv, when="", from_day=""),
        typing=_("The day"),
        read=lambda text: _from_day(cv, text, turn),
    )


def _from_day(cv: Cv, text: str, turn: Turn) -> Cv:
    """Raises `NotUsable`."""
    found = day_in(text, day_of(turn.now), turn.world.say, turn.language).day
    if found is None:
        raise NotUsable(_("I do not find a day there. Please type it so: 8.6."))
    if found < day_of(turn.now):
        raise NotUsable(_("This day is past. Please type a day to come."))
    return replace(cv, when=FROM_DAY, from_day=found.isoformat())


def courses(cv: Cv, _item: int, turn: Turn) -> Form:
    done = courses_of(turn)
    return Form(
        title=_("Courses that you finished here"),
        lines=(
            _("They stand on the CV, each with a link to check it."),
            *(Msg("• {title}").of(title=turn.module(id).title) for id in done),
        ),
        options=(
            Option(_("All"), replace(cv, courses=done, choosing=False), also=(ALL, YES)),
            Option(_("Choose"), replace(cv, choosing=True)),
            Option(_("None"), replace(cv, courses=(), choosing=False), also=(NO,)),
        ),
        blank=replace(cv, courses=(), choosing=False),
    )


def which_courses(cv: Cv, _item: int, turn: Turn) -> Form:
    number = {id: place for place, id in enumerate(turn.programme.modules)}

    def option(id: str) -> Option:
        ticked = id in cv.courses
        kept = tuple(x for x in cv.courses if x != id) if ticked else (*cv.courses, id)
        label = turn.module(id).short
        return Option(label, replace(cv, courses=kept), number[id], ticked=ticked, stays=True)

    return Form(
        title=_("Which courses?"),
        lines=(_("You can type several: 1 3 4."),),
        options=tuple(map(option, courses_of(turn))),
        many=True,
    )
