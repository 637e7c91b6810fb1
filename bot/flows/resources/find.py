"""Finding help: filters that combine, and a way on where nothing passes all of them."""

from collections.abc import Iterable, Iterator, Mapping

from bot.conversation.action import Home
from bot.conversation.event import Went
from bot.conversation.registry import Said, When, makes_ready, reads, shows, understands
from bot.conversation.screen import BACK, MENU, Button, Screen, paged
from bot.conversation.turn import Decision, Gone, NotUsable, Turn, World
from bot.conversation.typed_language import typed_language
from bot.flows.learning.actions import Cover
from bot.flows.resources.actions import ChooseFilter, FindHelp, FoundHelp, HelpCard
from bot.flows.resources.filters import ON, Filters, Found
from bot.model.words import Msg, Words, _, ngettext, verbatim
from cards.folding import folded, match
from cards.model import Module
from cards.near import nearest
from cards.resources import Goal, Kind, Resource, key, trade_key
from cards.text import ENGLISH, Text

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
    "trade": _("🧰 Trade: {value}"),
}
SWITCHES: dict[str, Words] = {"free": _("Free"), "paperless": _("No papers asked")}
ANY = _("all")
EVERYDAY: Mapping[str, str] = {
    "ar": "ليل|قم|نوم|بون|بورصة|العيون|كلس",
    "de": "essen|bergen",
    "en": "us|nice|van|tours|cork|batman|bergen|brest",
    "es": "reunión|antigua|salta|caen|van",
    "fa": "دوشنبه|پرت",
    "fr": "réunion|oral",
    "ps": "نوم|نیمی",
    "pt": "reunião|nome|fez|salta|saída",
    "so": "ammaan|bari|oran",
    "tr": "dili|kabul|nice",
    "uk": "суми|рівне|ном|малі|того",
}
"""By the language of who reads, names of places that are words of everyday in it: meeting, name,
night. One may stand for its place in every other language."""
CODE = 2
"""Letters of a country that no card is in: of such a one the code (ISO 3166) stands in buttons."""
IN_COUNTRY = _("That is in {country}. I do not know each town. This helps in {country}:")
NOT_YET = _("I know no help in {country} yet. This helps wherever you are:")
NOWHERE = _("This town is not in the list. Choose a country, or look at all cards.")
SOUGHT = _("This is not in the list, but a button below may help.")


def _value(name: str, value: str, turn: Turn) -> Words:
    """How a filter's value is said."""
    if name == "goal":
        return GOALS.get(value, ANY)
    if name == "kind":
        return KINDS.get(value, ANY)
    if name == "language":
        return verbatim(turn.world.name_of(value))
    known: Mapping[str, Text] = trades(turn) if name == "trade" else places(turn)
    if name == "country" and value not in known and len(value) == CODE:
        return verbatim(turn.world.atlas.country(value.upper(), turn.language))
    return known.get(value, verbatim(value))


def everything(turn: Turn) -> tuple[Found, ...]:
    """All that the filters look at: the cards, and a lesson for each trade."""
    return (*turn.programme.resources, *turn.programme.sectors.values())


def trades(turn: Turn) -> dict[str, Text]:
    """Key -> trade, of all sectors."""
    return {trade_key(module.id): module.short for module in turn.programme.sectors.values()}


def places(turn: Turn) -> dict[str, Text]:
    """Key -> country or town, of all cards."""
    found = ((one.country, one.town) for one in turn.programme.resources)
    return {key(place.source): place for pair in found for place in pair if place}


@shows(FindHelp)
def show_find(place: FindHelp, turn: Turn) -> Screen:
    wanted = Filters.read(place.filters)
    count = len(wanted.found(everything(turn)))
    show = ngettext("▶ Show {count} card", "▶ Show {count} cards", count)
    return Screen(
        title=_("📍 Help near you"),
        lines=(
            _("Offices, courses and people who help. Choose what you look for, or type a town."),
            *((_("You can type a trade, too: kitchen, care."),) if trades(turn) else ()),
        ),
        options=tuple(
            Button(_named(name, wanted, turn), ChooseFilter(name, place.filters))
            for name in _asked(wanted, turn)
        ),
        rows=(
            tuple(_switch(name, wanted) for name in SWITCHES),
            (Button(show, FoundHelp(place.filters)), Button(MENU, Home())),
        ),
        typing=_("A town"),
    )


def _asked(wanted: Filters, turn: Turn) -> Iterator[str]:
    """A town stands where its country would; trades are asked where there is one."""
    hidden = "country" if wanted.of("town") else "town"
    yield from (n for n in ASKED if n != hidden and (n != "trade" or turn.programme.sectors))


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
    return _place_or_trade(place.filters, text, turn)


def _place_or_trade(filters: str, text: str, turn: Turn) -> Decision:
    """A town or a country of the list, or a trade, in any language that is offered. Nothing else is
    kept of the text, and what it is not is looked for elsewhere."""
    work = trades(turn)
    known = {**places(turn), **work}
    spelled = _spelled(known.values(), turn)
    index = match(text, spelled, turn.language)
    if index is None and (there := country_there(filters, text, turn)):
        return there
    if index is None:
        index = nearest(text, spelled, turn.language)
    if index is None:
        raise NotUsable(NOWHERE, sought=SOUGHT, instead=FindHelp(filters))
    meant = list(known)[index]
    if meant in work:
        sought = Filters.read(filters).but(trade=meant)
        return Decision((Went(FoundHelp(sought.written())),), fresh=True)
    return _there(filters, meant, turn)


def _spelled(known: Iterable[Text], turn: Turn) -> list[set[str]]:
    say, languages = turn.world.say, turn.world.languages
    return [{each.source, *(say(each, language) for language in languages)} for each in known]


def _there(filters: str, meant: str, turn: Turn) -> Decision:
    """What there is in a town or a country of the list, by its key."""
    town = any(one.town and key(one.town.source) == meant for one in turn.programme.resources)
    wanted = Filters.read(filters).but(town=meant if town else "", country="" if town else meant)
    return Decision((Went(FoundHelp(wanted.written())),), fresh=True)


def country_there(filters: str, text: str, turn: Turn) -> Decision | None:
    """Of a city that is in no card, what there is in its country; of a country without cards, what
    is open from anywhere."""
    atlas = turn.world.atlas
    city = atlas.country_of(text, turn.language)
    code = city or atlas.country_in(text, turn.language)
    if not code:
        return None
    name = key(atlas.country(code, ENGLISH))
    known = name in places(turn)
    wanted = Filters.read(filters).but(country=name if known else code.lower())
    said = IN_COUNTRY if known else NOT_YET
    note = said.of(country=atlas.country(code, turn.language))
    notes = (note,) if city or not known else ()
    return Decision((Went(FoundHelp(wanted.written())),), notes=notes, fresh=True)


@makes_ready
def cities_of(world: World, language: str) -> str:
    return world.atlas.country_of("", language)


@understands(When.WHERE)
def place_at_home(said: Said) -> Decision | None:
    """A city or a country, typed into the menu: where help is near."""
    turn, known = said.turn, places(said.turn)
    if turn.place != Home() or said.slashed or _is_everyday(said.text, turn.language):
        return None
    index = match(said.text, _spelled(known.values(), turn), turn.language)
    if index is None:
        return country_there("", said.text, turn)
    return _there("", list(known)[index], turn)


def _is_everyday(text: str, language: str) -> bool:
    return folded(text) in map(folded, EVERYDAY.get(language, "").split("|"))


def _values(name: str, wanted: Filters, turn: Turn) -> tuple[tuple[str, int], ...]:
    """What the filter can be set to, with a count; a table that ships names trades that other decks
    may not have."""
    values = wanted.values(name, everything(turn))
    return tuple(v for v in values if v[0] in trades(turn)) if name == "trade" else values


@shows(ChooseFilter)
def show_choose(place: ChooseFilter, turn: Turn) -> Screen:
    if place.which not in ASKED:
        raise Gone(instead=FindHelp(place.filters))
    wanted = Filters.read(place.filters)
    values = _values(place.which, wanted, turn)
    size = len(values) if len(values) == PAGE + 1 else PAGE
    page = paged(values, place.page, size, lambda to: ChooseFilter(place.which, place.filters, to))

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


@reads(ChooseFilter, commands=True)
def typed_value(place: ChooseFilter, text: str, turn: Turn) -> Decision:
    """A value of the filter, from whichever page; or a town, as on the screen before."""
    wanted = Filters.read(place.filters)
    values = [value for value, _count in _values(place.which, wanted, turn)]
    code = typed_language(text, turn) if place.which == "language" else ""
    said = [
        {turn.world.say(_value(place.which, value, turn), to) for to in turn.world.languages}
        for value in values
    ]
    index = values.index(code) if code in values else nearest(text, said, turn.language)
    if index is None:
        return _place_or_trade(place.filters, text, turn)
    chosen = wanted.but(**{place.which: values[index]})
    return Decision((Went(FindHelp(chosen.written())),), fresh=True)


@shows(FoundHelp)
def show_found(place: FoundHelp, turn: Turn) -> Screen:
    wanted = Filters.read(place.filters)
    found = wanted.found(everything(turn))
    ways = (Button(_("🎯 Other filters"), FindHelp(place.filters)), Button(MENU, Home()))
    if not found:
        return _nothing(wanted, turn, ways)
    page = paged(found, place.page, PAGE, lambda to: FoundHelp(place.filters, to))
    return Screen(
        title=ngettext("📍 {count} card", "📍 {count} cards", len(found)),
        lines=_said(wanted, turn),
        options=tuple(_listed(one, place.filters, page.number) for one in page.items),
        rows=(page.row, ways),
        typing=_("A town"),
    )


def _listed(one: Found, filters: str, page: int) -> Button:
    if isinstance(one, Module):
        return Button(label_of_lesson(one), Cover(one.id), about=one.description)
    return Button(verbatim(one.name), HelpCard(one.id, filters, page), about=one.about)


def _said(wanted: Filters, turn: Turn) -> tuple[Words, ...]:
    """The filters that are set, a line each."""
    return tuple(_named(name, wanted, turn) for name in wanted.set_)


def _nothing(wanted: Filters, turn: Turn, ways: tuple[Button, ...]) -> Screen:
    resources = everything(turn)
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


def label_of_lesson(one: Module) -> Words:
    return Msg("📘 {title}").of(title=one.short)


def label_of(one: Resource) -> Words:
    """A card as a button elsewhere."""
    return Msg("📍 {name}").of(name=one.name)
