"""Choosing a job as a trade: by sector, or typed and found by its short name."""

from collections.abc import Callable
from dataclasses import replace

from bot.conversation.registry import makes_ready
from bot.conversation.turn import NotUsable, Turn, World
from bot.conversation.typed_title import typed_name
from bot.flows.papers.question import DOUBTS, Form, Option
from bot.model.papers import Cv, PaperDraft, Trade
from bot.model.sectors import sector_name
from bot.model.suggestions import HOSTS
from bot.model.words import InLanguage, Msg, Words, _, verbatim
from cards.called import Names, offered, sure, table
from cards.occupations import BETWEEN_FORMS, Occupation

ICONS = {
    "kitchen": "🍽",
    "cleaning": "🧹",
    "building": "🏗",
    "care": "🤲",
    "transport": "🚚",
    "factory": "🏭",
    "farm": "🌱",
    "shop": "🛒",
    "repair": "🔧",
    "office": "💻",
    "teaching": "🎓",
    "safety": "🛡",
}
TWO_FORMS = _("Of two words with a / between them, one is for men and one for women.")
OR_TYPE = _("Or type the name of the job.")

Chosen = Callable[[Trade], PaperDraft]
"""The paper with this trade."""


def job_label(id: str, turn: Turn) -> Words:
    return turn.world.work.word(f"job {id} button")


def trade_label(trade: Trade, turn: Turn) -> Words:
    return job_label(trade.id, turn) if trade.id else verbatim(trade.typed)


def asks_licence(trade: Trade, language: str, turn: Turn) -> Words | None:
    """What is said of a job that is regulated where such papers are shown."""
    occupation = turn.world.work.occupations.get(trade.id)
    if occupation is None or occupation.regulated.isdisjoint(HOSTS.get(language, ())):
        return None
    return _("This job needs a licence or recognition here. Your CV says where you did it.")


def sectors(title: Words, cv: Cv, turn: Turn, chosen: Chosen) -> Form:
    """Sectors, or, where a typed job was not found, those that are near."""
    if cv.maybe:
        return doubtful(title, cv, turn, chosen)
    work = turn.world.work
    return Form(
        title=title,
        lines=(OR_TYPE,),
        options=tuple(
            Option(
                Msg("{icon} {name}").of(icon=ICONS.get(sector, "•"), name=sector_name(sector)),
                chosen(Trade(sector=sector)),
            )
            for sector in work.list("sectors")
        ),
        blank=chosen(Trade()),
        typing=_("The name of the job"),
        read=lambda text: typed_trade(text, cv, turn, chosen),
        grid=True,
    )


def jobs_of(title: Words, sector: str, cv: Cv, turn: Turn, chosen: Chosen) -> Form:
    if cv.maybe:
        return doubtful(title, cv, turn, chosen)
    number = {id: place for place, id in enumerate(turn.world.work.occupations)}
    jobs = turn.world.work.by_sector.get(sector, ())
    named = (turn.world.say(job_label(job.id, turn), turn.language) for job in jobs)
    two = (TWO_FORMS,) if any(BETWEEN_FORMS in name for name in named) else ()
    return Form(
        title=title,
        lines=(*two, OR_TYPE),
        options=tuple(_job(job, number[job.id], cv, turn, chosen, sector) for job in jobs),
        blank=chosen(Trade()),
        typing=_("The name of the job"),
        read=lambda text: typed_trade(text, cv, turn, chosen),
    )


def _job(
    job: Occupation, number: int, cv: Cv, turn: Turn, chosen: Chosen, sector: str = ""
) -> Option:
    """`sector` is the one that it was chosen in; none where it was typed."""
    trade = Trade(job.id, sector=sector)
    return Option(
        job_label(job.id, turn),
        chosen(trade),
        number,
        says=asks_licence(trade, cv.language, turn),
    )


def typed_trade(text: str, cv: Cv, turn: Turn, chosen: Chosen) -> PaperDraft | Option:
    """The job of this name, in the learner's language, then in that of the paper; else the text is
    asked about."""
    clean = printable(typed_name(text), turn)
    for language in (turn.language, cv.language):
        if id := sure(clean, _own_names(turn.world, language)):
            return _job(turn.world.work.occupations[id], 0, cv, turn, chosen)
    return replace(cv, maybe=clean)


@makes_ready
def _own_names(world: World, *languages: str) -> Names:
    """Jobs by the words that they have here, on the screen and on paper."""
    work, say = world.work, world.say
    return table(
        (say(work.word(f"job {id} {form}"), language), id)
        for language in languages
        for id in work.occupations
        for form in ("button", "printed")
    )


def doubtful(title: Words, cv: Cv, turn: Turn, chosen: Chosen) -> Form:
    """The jobs that a typed one may be, and the job as it was typed."""
    languages = dict.fromkeys((turn.language, cv.language))
    called = turn.world.work.called
    near = offered(
        cv.maybe,
        _own_names(turn.world, *languages),
        [called[each] for each in dict.fromkeys((*languages, *called)) if each in called],
    )
    again = replace(cv, maybe="")
    jobs = [turn.world.work.occupations[id] for id in near]
    number = {id: DOUBTS + place for place, id in enumerate(turn.world.work.occupations)}
    lines: tuple[Words, ...] = (_("You typed: {text}").of(text=cv.maybe),)
    if not near:
        lines = (*lines, _("I do not know this job yet."))
    else:
        lines = (*lines, _("Is it one of these?"))
    said = _("It is printed as you typed it. It is not translated.")
    return Form(
        title=title,
        lines=lines,
        options=(
            *(_job(job, number[job.id], again, turn, chosen) for job in jobs),
            Option(_("Write it as it is"), chosen(Trade(typed=cv.maybe)), DOUBTS * 2, says=said),
            Option(_("Type it again"), again, DOUBTS * 2 + 1, stays=True),
        ),
        blank=chosen(Trade()),
        typing=_("The name of the job"),
        read=lambda text: typed_trade(text, again, turn, chosen),
    )


def printable(text: str, turn: Turn) -> str:
    """The text; raises `NotUsable` where no font has one of its letters."""
    if signs := turn.world.unprintable(text):
        raise NotUsable(
            _("I cannot print this sign: {signs} Please type it with other letters.").of(
                signs=signs
            )
        )
    return text


def how_it_stands(cv: Cv, forms: tuple[str, ...]) -> Form:
    """Of a job with two forms in the language of the paper."""
    both = BETWEEN_FORMS.join(forms)
    ways = ((forms[0], 1), (forms[-1], 2), (both, 0))
    return Form(
        title=_("How shall it stand on the paper?"),
        lines=(
            _(
                "In that language the job has one word for men and one for women. You are not "
                "asked again."
            ),
        ),
        options=tuple(
            Option(
                InLanguage(verbatim(said), cv.language),
                replace(cv, form=form, form_asked=True),
            )
            for said, form in ways
        ),
        blank=replace(cv, form=0, form_asked=True),
    )
