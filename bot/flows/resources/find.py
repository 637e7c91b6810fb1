"""Finding help: filters that combine, and a way on where nothing passes all of them."""

from bot.conversation.action import Home
from bot.conversation.event import Went
from bot.conversation.registry import reads, shows
from bot.conversation.screen import BACK, MENU, Button, Screen, paged
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.resources.actions import ChooseFilter, FindHelp, FoundHelp, HelpCard
from bot.flows.resources.filters import ON, Filters
from bot.model.words import Msg, Words, _, ngettext, verbatim
from cards.near import nearest
from cards.resources import Goal, Kind, Resource, key
from cards.text import Text

PAGE = 5
GOALS: dict[str, Words] = {
    Goal.ARRIVING: _("First steps here"),
    Goal.RIGHTS: _("Rights and papers"),
    Goal.LANGUAGE: _("The language"),
    Goal.WORK: _("Work"),
    Goal.DIGITAL: _("Computer and phone"),
    Goal.STUDY: _("School and study"),
    Goal.HEALTH: _("Health"),
    Goal.EMPLOYERS: _("For employers, teachers"),
}
KINDS: dict[str, Words] = {
    Kind.OFFICE: _("Advice office"),
    Kind.COURSE: _("Course with people"),
    Kind.ONLINE: _("Online course"),
    Kind.MENTOR: _("Mentor"),
    Kind.JOBS: _("Jobs"),
    Kind.PHONE: _("By phone"),
    Kind.SITE: _("Website"),
}
ASKED: dict[str, Msg] = {
    "goal": _("🎯 What for: {value}"),
    "country": _("🌍 Country: {value}"),
    "town": _("📍 Town: {value}"),
    "kind": _("🏠 What kind: {value}"),
    "language": _("🌐 Language: {value}"),
}
SWITCHES: dict[str, Words] = {"free": _("Free"), "paperless": _("No papers asked")}
ANY = _("all")
NOWHERE = _("This town is not in the list. Choose a country, or look at all cards.")


def _value(name: str, value: str, turn: Turn) -> Words:
    """How a filter's value is said."""
    if name == "goal":
        return GOALS.get(value, ANY)
    if name == "kind":
        return KINDS.get(value, ANY)
    if name == "language":
        return verbatim(turn.world.name_of(value))
    return places(turn).get(value, verbatim(value))


def places(turn: Turn) -> dict[str, Text]:
    """Key -> country or town, of all cards."""
    found = ((one.country, one.town) for one in turn.programme.resources)
    return {key(place.source): place for pair in found for place in pair if place}


@shows(FindHelp)
def show_find(place: FindHelp, turn: Turn) -> Screen:
    wanted = Filters.read(place.filters)
    count = len(wanted.found(turn.programme.resources))
    show = ngettext("▶ Show {count} card", "▶ Show {count} cards", count)
    return Screen(
        title=_("📍 Help near you"),
        lines=(
            _("Offices, courses and people who help. Choose what you look for, or type a town."),
        ),
        options=tuple(
            Button(_named(name, wanted, turn), ChooseFilter(name, place.filters))
            for name in ASKED
            if name != "town" or wanted.of(name)
        ),
        rows=(
            tuple(_switch(name, wanted) for name in SWITCHES),
            (Button(show, FoundHelp(place.filters)),),
            (Button(MENU, Home()),),
        ),
        typing=_("A town"),
    )


def _switch(name: str, wanted: Filters) -> Button:
    on = wanted.of(name)
    label = Msg("{sign} {label}").of(sign="☑" if on else "☐", label=SWITCHES[name])
    return Button(label, FindHelp(wanted.but(**{name: "" if on else ON}).written()))


def _named(name: str, wanted: Filters, turn: Turn) -> Words:
    """A filter with its value, in words."""
    if name in SWITCHES:
        return Msg("☑ {label}").of(label=SWITCHES[name])
    value = wanted.of(name)
    return ASKED[name].of(value=_value(name, value, turn) if value else ANY)


@reads(FindHelp, FoundHelp, commands=True)
def typed_place(place: FindHelp | FoundHelp, text: str, turn: Turn) -> Decision:
    """A town or a country of the list, in any language that is offered. Nothing else is kept of
    the text."""
    say, known = turn.world.say, places(turn)
    spelled = [
        {each.source, *(say(each, language) for language in turn.world.languages)}
        for each in known.values()
    ]
    index = nearest(text, spelled, turn.language)
    if index is None:
        return Decision(notes=(NOWHERE,), fresh=True)
    meant = list(known)[index]
    town = any(one.town and key(one.town.source) == meant for one in turn.programme.resources)
    wanted = Filters.read(place.filters).but(
        town=meant if town else "", country="" if town else meant
    )
    return Decision((Went(FoundHelp(wanted.written())),), fresh=True)


@shows(ChooseFilter)
def show_choose(place: ChooseFilter, turn: Turn) -> Screen:
    if place.which not in ASKED:
        raise Gone(instead=FindHelp(place.filters))
    wanted = Filters.read(place.filters)
    values = wanted.values(place.which, turn.programme.resources)
    page = paged(values, place.page, PAGE, lambda to: ChooseFilter(place.which, place.filters, to))

    def to(value: str) -> FindHelp:
        return FindHelp(wanted.but(**{place.which: value}).written())

    return Screen(
        title=ASKED[place.which].of(value="…"),
        options=(
            *(
                Button(
                    Msg("{value} ({count})").of(
                        value=_value(place.which, value, turn), count=count
                    ),
                    to(value),
                )
                for value, count in page.items
            ),
        ),
        rows=(page.row, (Button(_("All"), to("")), Button(BACK, FindHelp(place.filters)))),
    )


@shows(FoundHelp)
def show_found(place: FoundHelp, turn: Turn) -> Screen:
    wanted = Filters.read(place.filters)
    found = wanted.found(turn.programme.resources)
    ways = (Button(_("🎯 Other filters"), FindHelp(place.filters)), Button(MENU, Home()))
    if not found:
        return _nothing(wanted, turn, ways)
    page = paged(found, place.page, PAGE, lambda to: FoundHelp(place.filters, to))
    return Screen(
        title=ngettext("📍 {count} card", "📍 {count} cards", len(found)),
        lines=_said(wanted, turn),
        options=tuple(
            Button(
                verbatim(one.name),
                HelpCard(one.id, place.filters, page.number),
                about=one.about,
            )
            for one in page.items
        ),
        rows=(page.row, ways),
        typing=_("A town"),
    )


def _said(wanted: Filters, turn: Turn) -> tuple[Words, ...]:
    """The filters that are set, a line each."""
    return tuple(_named(name, wanted, turn) for name in wanted.set_)


def _nothing(wanted: Filters, turn: Turn, ways: tuple[Button, ...]) -> Screen:
    resources = turn.programme.resources
    fewer = tuple(
        Button(
            _("Without “{filter}”: {count}").of(filter=_named(name, wanted, turn), count=count),
            FoundHelp(wanted.but(**{name: ""}).written()),
        )
        for name, count in wanted.worth_dropping(resources)
    )
    all_of_them = (Button(_("Drop all filters"), FoundHelp()),) if resources else ()
    return Screen(
        title=_("📍 Nothing fits all of this"),
        lines=(
            *_said(wanted, turn),
            _("Leave one out:")
            if fewer
            else _("No card is here yet. Ask your counsellor.")
            if not resources
            else _("No single filter is to blame. Begin again:"),
        ),
        options=fewer or all_of_them,
        rows=(ways,),
        typing=_("A town"),
    )


def label_of(one: Resource) -> Words:
    """A card as a button elsewhere."""
    return Msg("📍 {name}").of(name=one.name)
