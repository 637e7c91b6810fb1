"""A placement confirmed: somebody with a link fills in facts, and the learner keeps them or not."""

from dataclasses import replace

import msgspec

from bot.conversation.action import Home
from bot.conversation.event import Ordered, Went
from bot.conversation.message import says
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Copy, Screen, paged
from bot.conversation.turn import STAY, Decision, Gone, Turn
from bot.flows.papers.actions import (
    DropPlacement,
    KeepPlacement,
    MyPapers,
    NewPlacement,
    OnePlacement,
    PlacementOf,
    PlacementsPage,
)
from bot.flows.papers.events import DraftKept
from bot.flows.papers.keep import changed, kept
from bot.flows.papers.paper import languages
from bot.flows.papers.question import PAGE
from bot.model.learner import day_of
from bot.model.message import Note
from bot.model.order import OrderKind
from bot.model.papers import (
    DAY_SECONDS,
    MOST_PLACEMENTS,
    PLACEMENT_DAYS,
    PLACEMENT_FILLED,
    Cv,
    PaperKind,
    Placement,
    Placements,
)
from bot.model.placement_words import FIRST, HOURS, LAST, ORGANISATION, ROLES, TITLE, WHO
from bot.model.sectors import sector_name
from bot.model.words import Msg, Words, _, verbatim

OPEN = _("🔗 Open until {day}")
KEPT_LANGUAGES = 5
"""In how many languages one may be kept: that of the country first, then one's own."""


def _mine(turn: Turn) -> Placements:
    """Those that can still be filled in, and those that were."""
    found = kept(PaperKind.PLACEMENT, turn)
    draft = found.draft if found else None
    if not isinstance(draft, Placements):
        return Placements()
    return replace(draft, all=tuple(p for p in draft.all if p.filled or p.until > turn.now))


def _one(place: int, turn: Turn) -> tuple[Placements, Placement]:
    """Raises `Gone` where it is none (any more)."""
    mine = _mine(turn)
    found = next((p for p in mine.all if p.number == place), None)
    if found is None:
        raise Gone(Decision((Went(PlacementsPage()),), fresh=True), PlacementsPage())
    return mine, found


@shows(PlacementsPage)
def show_placements(_place: PlacementsPage, turn: Turn) -> Screen:
    mine = _mine(turn).all
    return Screen(
        title=Msg("📋 {title}").of(title=TITLE),
        lines=(
            _(
                "Where you worked for a short time somebody fills it in by a link, without an "
                "account."
            ),
            _("A link works once, for {number} days. At most {most} are open.").of(
                number=PLACEMENT_DAYS, most=MOST_PLACEMENTS
            ),
            _("It is locked, and only you read it. Then you keep it or throw it away."),
        ),
        options=(
            *(Button(_label(p), OnePlacement(p.number)) for p in mine),
            Button(_("🔗 New link"), PlacementOf()),
        ),
        rows=((Button(BACK, MyPapers()), Button(MENU, Home())),),
    )


def _label(placement: Placement) -> Words:
    if placement.filled:
        return _("👁 From {organisation}").of(organisation=placement.filled.organisation)
    return OPEN.of(day=day_of(placement.until))


@shows(PlacementOf)
def show_which(place: PlacementOf, turn: Turn) -> Screen:
    """The tasks that can be ticked are those of this work."""
    sectors = list(enumerate(turn.world.work.list("sectors")))
    page = paged(sectors, place.page, PAGE, lambda to: PlacementOf(to))
    return Screen(
        title=_("Which work was it?"),
        options=tuple(Button(sector_name(id), NewPlacement(number)) for number, id in page.items),
        rows=((*page.row, Button(BACK, PlacementsPage())),),
    )


@does(NewPlacement)
def new_placement(tap: NewPlacement, turn: Turn) -> Decision:
    sectors = turn.world.work.list("sectors")
    if not isinstance(turn.place, PlacementOf) or not 0 <= tap.sector < len(sectors):
        return STAY
    mine = _mine(turn)
    if len(mine.all) >= MOST_PLACEMENTS:
        said = _("{number} links are open. Please throw one away first.")
        return Decision(
            (Went(PlacementsPage()),), notes=(said.of(number=MOST_PLACEMENTS),), fresh=True
        )
    number = max((p.number for p in mine.all), default=0) + 1
    until = turn.now + PLACEMENT_DAYS * DAY_SECONDS
    new = Placement(number, turn.moment.spare.token, sectors[tap.sector], until)
    added = replace(mine, all=(*mine.all, new))
    return Decision((changed(added, turn), Went(OnePlacement(number))))


@shows(OnePlacement)
def show_one(place: OnePlacement, turn: Turn) -> Screen:
    _all, found = _one(place.number, turn)
    drop = Button(_("🗑 Throw it away"), DropPlacement(found.number))
    rows = ((drop,), (Button(BACK, PlacementsPage()), Button(MENU, Home())))
    if found.filled is None:
        link = turn.world.placement_link(turn.learner.id, found.token)
        day = day_of(found.until)
        return Screen(
            title=OPEN.of(day=day),
            lines=(
                _("Give it to the person who worked with you. Until {day}.").of(day=day),
                verbatim(link),
            ),
            copied=Copy(_("📋 Copy the link"), link),
            rows=rows,
        )
    said, word = found.filled, turn.world.work.word
    facts: tuple[tuple[Words, Words], ...] = (
        (ORGANISATION, verbatim(said.organisation)),
        (WHO, ROLES[said.role]),
        (FIRST, verbatim(said.first)),
        (LAST, verbatim(said.last)),
        (HOURS, verbatim(str(said.hours))),
    )
    return Screen(
        title=Msg("📋 {title}").of(title=TITLE),
        lines=(
            *(Msg("{label}: {answer}").of(label=label, answer=answer) for label, answer in facts),
            *(Msg("• {task}").of(task=word(f"task {task}")) for task in said.tasks),
        ),
        options=tuple(
            Button(
                _("📄 Keep it: {language}").of(language=turn.world.name_of(language)),
                KeepPlacement(found.number, language),
            )
            for language in languages(turn)[:KEPT_LANGUAGES]
        ),
        rows=rows,
    )


@does(KeepPlacement)
def keep(tap: KeepPlacement, turn: Turn) -> Decision:
    """It becomes a file; nothing of it stays."""
    mine, found = _one(tap.number, turn)
    if found.filled is None or tap.language not in turn.world.paper_languages:
        return STAY
    cv = kept(PaperKind.CV, turn)
    draft = cv.draft if cv else None
    name = (draft.latin or draft.name) if isinstance(draft, Cv) else ""
    ordered = Ordered(
        OrderKind.PLACEMENT,
        language=tap.language,
        name=name or turn.learner.name or "",
        answers=msgspec.json.encode(found.filled).decode(),
    )
    said = _("It comes here as a file. Nothing of it is kept here.")
    events = (ordered, _without(mine, found, turn), Went(PlacementsPage()))
    return Decision(events, notes=(said,), fresh=True)


@does(DropPlacement)
def drop(tap: DropPlacement, turn: Turn) -> Decision:
    """Only where it is read: an old button of it throws nothing away."""
    mine, found = _one(tap.number, turn)
    if turn.place != OnePlacement(tap.number):
        return Decision((Went(OnePlacement(tap.number)),))
    return Decision(
        (_without(mine, found, turn), Went(PlacementsPage())),
        notes=(_("It is thrown away."),),
        fresh=True,
    )


def _without(mine: Placements, one: Placement, turn: Turn) -> DraftKept:
    return changed(replace(mine, all=tuple(p for p in mine.all if p != one)), turn)


@says(PLACEMENT_FILLED)
def _filled(_note: Note) -> Screen:
    return Screen(
        title=_("📋 Somebody confirmed your placement"),
        lines=(_("Read it. Then keep it or throw it away."),),
        rows=((Button(Msg("📋 {title}").of(title=TITLE), PlacementsPage()),),),
    )
