"""Settings of a group, and its end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from bot.conversation.action import Home, Place
from bot.conversation.event import Told, Went
from bot.conversation.registry import does, reads, shows
from bot.conversation.screen import BACK, LANGUAGES, MENU, MORE_LANGUAGES, Button, Screen, paged
from bot.conversation.turn import Decision, Gone, NotUsable, Turn, World
from bot.conversation.typed_day import when
from bot.conversation.typed_title import typed_title
from bot.flows.groups import consent
from bot.flows.groups.actions import (
    Board,
    CopyGroup,
    EndGroup,
    EndGroupSure,
    GroupChoice,
    GroupLink,
    GroupModules,
    Groups,
    GroupSettings,
    GroupText,
    MoreGroupLanguages,
    SetGroup,
    Setting,
    ToggleModule,
)
from bot.flows.groups.colleague_actions import Colleagues
from bot.flows.groups.common import PAGE, gone, own_group, owned_group
from bot.flows.groups.events import STAFF_NEWS, GroupEnded, GroupKept, News, out_of
from bot.model.clean_text import one_line
from bot.model.days import day_alone
from bot.model.group import Group, MembersOf
from bot.model.learner import day_of
from bot.model.message import note
from bot.model.words import Msg, Words, _, ngettext, verbatim

DAYS: dict[Setting, tuple[int, ...]] = {
    Setting.LINK_UNTIL: (0, 7, 30, 90),
    Setting.ENDS: (0, 30, 90, 180),
    Setting.PROMISE: (1, 2, 3, 7),
}
OF_OWNER = (Setting.ORGANISATION, Setting.ARCHIVED)
OF_LINK = (Setting.LIMIT, Setting.LINK_UNTIL, Setting.LINK_CLOSED)
LIMITS = (0, 10, 15, 25, 50)
EXAMPLE = "2027-06-30"
TEXTS: dict[Setting, Words] = {
    Setting.TITLE: _("Name of the group"),
    Setting.ORGANISATION: _("Your organisation, as learners know it"),
    Setting.ENDS: _("The last day, like {day}").of(day=EXAMPLE),
}


BRING_BACK = _("🗄 Bring it back from the archive")


@shows(GroupSettings)
def show_settings(place: GroupSettings, turn: Turn) -> Screen:
    group = own_group(place.group, turn)
    mine = group.owner == turn.learner.id
    learns: Words = ngettext(
        "{count} module", "{count} modules", len(group.modules_in(turn.programme))
    )
    days = ngettext("{count} day", "{count} days", group.promise)
    ends: Words = day_alone(group.ends) if group.ends else _("no end")
    return Screen(
        title=_("⚙ {title}").of(title=group.title),
        options=(
            Button(_("Name: {value}").of(value=group.title), GroupText(group.id, Setting.TITLE)),
            *(
                (
                    Button(
                        _("Organisation: {value}").of(value=group.organisation),
                        GroupText(group.id, Setting.ORGANISATION),
                    ),
                )
                if mine
                else ()
            ),
            Button(_("What is learnt: {value}").of(value=learns), GroupModules(group.id)),
            Button(
                _("Language of poster and papers: {value}").of(
                    value=turn.world.name_of(group.language)
                ),
                GroupChoice(group.id, Setting.LANGUAGE),
            ),
            Button(_("Last day: {value}").of(value=ends), GroupChoice(group.id, Setting.ENDS)),
            Button(
                _("Answers within: {value}").of(value=days), GroupChoice(group.id, Setting.PROMISE)
            ),
            Button(
                _("I am back") if group.away else _("I am away: tell the learners"),
                SetGroup(group.id, Setting.AWAY, "0" if group.away else "1"),
            ),
            Button(
                _("🤝 Colleagues: {number}").of(number=len(group.colleagues)),
                Colleagues(group.id),
            ),
        ),
        rows=(
            (
                Button(_("📑 Copy for a new group"), CopyGroup(group.id)),
                *(
                    (
                        Button(
                            BRING_BACK if group.archived else _("🗄 Put it in the archive"),
                            SetGroup(group.id, Setting.ARCHIVED, "0" if group.archived else "1"),
                        ),
                    )
                    if mine
                    else ()
                ),
            ),
            (Button(_("🗑 Close the group for good"), EndGroupSure(group.id)),) if mine else (),
            (Button(BACK, Board(group.id)), Button(MENU, Home())),
        ),
    )


def _settable(group_id: int, field: Setting, turn: Turn) -> Group:
    """The group, if this is for the counsellor to say: for whom it works and if it goes on, only
    its owner says."""
    return (owned_group if field in OF_OWNER else own_group)(group_id, turn)


@shows(GroupText)
def show_text(place: GroupText, turn: Turn) -> Screen:
    group = _settable(place.group, place.field, turn)
    if place.field not in TEXTS:
        raise gone()
    now = _typed_before(group, place.field)
    return Screen(
        title=TEXTS[place.field],
        lines=(_("Type it now."), *((_("Now: {name}").of(name=now),) if now else ())),
        rows=((Button(_("Not now"), GroupSettings(group.id)),),),
        typing=TEXTS[place.field],
    )


def _typed_before(group: Group, field: Setting) -> str:
    match field:
        case Setting.TITLE:
            return group.title
        case Setting.ORGANISATION:
            return group.organisation
        case _:
            return group.ends.isoformat() if group.ends else ""


@reads(GroupText)
def texted(place: GroupText, text: str, turn: Turn) -> Decision:
    group = _settable(place.group, place.field, turn)
    if place.field not in TEXTS:
        raise gone()
    if place.field is Setting.ENDS:
        return _ending(group, one_line(text), turn)
    line = typed_title(text)
    first = place.field is Setting.ORGANISATION and not group.organisation
    onward = Went(GroupLink(group.id) if first else GroupSettings(group.id))
    if place.field is Setting.TITLE:
        return Decision((GroupKept(replace(group, title=line)), onward), fresh=True)
    happened = consent.changed(group, turn, organisation=line)
    if happened is None:
        return Decision((onward,), notes=(consent.ENOUGH,), fresh=True)
    told = any(isinstance(event, Told) for event in happened)
    return Decision((*happened, onward), notes=(consent.ASKED_AGAIN,) if told else (), fresh=True)


def _ending(group: Group, typed: str, turn: Turn) -> Decision:
    day = when(typed, day_of(turn.now), turn.world.say, turn.language).day
    if day is None:
        raise NotUsable(_("I did not understand this day. Type it like {day}.").of(day=EXAMPLE))
    if day < day_of(turn.now):
        raise NotUsable(_("This day is over. Type a day that is still to come."))
    return Decision(
        (GroupKept(replace(group, ends=day)), Went(GroupSettings(group.id))), fresh=True
    )


def _days(count: int) -> Words:
    return ngettext("{count} day", "{count} days", count)


@shows(GroupChoice)
def show_choice(place: GroupChoice, turn: Turn) -> Screen:
    group = own_group(place.group, turn)

    def options(
        values: tuple[int, ...], label: Callable[[int], Words], none: Words
    ) -> tuple[Button, ...]:
        return tuple(
            Button(label(v) if v else none, SetGroup(group.id, place.field, str(v))) for v in values
        )

    back: Place = GroupSettings(group.id)
    typed: tuple[Button, ...] = ()
    match place.field:
        case Setting.LANGUAGE:
            return _languages(group, 0, turn)
        case Setting.LIMIT:
            title: Words = _("How many may join?")
            back = GroupLink(group.id)
            chosen = options(
                LIMITS, lambda n: ngettext("{count} person", "{count} people", n), _("no limit")
            )
        case Setting.LINK_UNTIL:
            title, back = _("How long does the link work?"), GroupLink(group.id)
            chosen = options(DAYS[Setting.LINK_UNTIL], _days, _("no end"))
        case Setting.ENDS:
            title = _("When does the group end?")
            chosen = options(
                DAYS[Setting.ENDS], lambda n: _("in {days}").of(days=_days(n)), _("no end")
            )
            typed = (Button(_("Another day"), GroupText(group.id, Setting.ENDS)),)
        case Setting.PROMISE:
            title = _("In how many days do you answer?")
            chosen = options(DAYS[Setting.PROMISE], _days, _("no end"))
        case _:
            raise Gone
    return Screen(title=title, options=chosen, rows=(typed, (Button(BACK, back),)))


@shows(MoreGroupLanguages)
def show_more_languages(place: MoreGroupLanguages, turn: Turn) -> Screen:
    return _languages(own_group(place.group, turn), place.page, turn)


def _languages(group: Group, number: int, turn: Turn) -> Screen:
    field = Setting.LANGUAGE
    page = paged(
        turn.world.languages,
        number,
        LANGUAGES,
        lambda to: MoreGroupLanguages(group.id, to) if to else GroupChoice(group.id, field),
        more=MORE_LANGUAGES,
    )
    return Screen(
        title=_("Language of poster and papers"),
        options=tuple(
            Button(verbatim(turn.world.name_of(x)), SetGroup(group.id, field, x))
            for x in page.items
        ),
        rows=((*page.row, Button(_("⚙ Group settings"), GroupSettings(group.id))),),
    )


@does(SetGroup)
def set_group(tap: SetGroup, turn: Turn) -> Decision:
    group = _settable(tap.group, tap.field, turn)
    changed = _with(group, tap.field, tap.value, turn.world, day_of(turn.now))
    if tap.field is Setting.ARCHIVED and changed:
        said = (
            _("🗄 It is in the archive. You can bring it back at any time.")
            if changed.archived
            else _("The group goes on.")
        )
        return Decision((GroupKept(changed), Went(Board(group.id))), notes=(said,))
    onward: Place = GroupLink(group.id) if tap.field in OF_LINK else GroupSettings(group.id)
    return Decision((GroupKept(changed), Went(onward)) if changed else (Went(onward),))


def _with(group: Group, field: Setting, value: str, world: World, today: date) -> Group | None:
    """The group with one setting changed; None for what cannot be set."""
    match field:
        case Setting.LANGUAGE if value in world.languages:
            return replace(group, language=value)
        case Setting.AWAY:
            return replace(group, away=value == "1")
        case Setting.ARCHIVED:
            return replace(group, archived=value == "1")
        case Setting.LINK_CLOSED:
            return replace(group, link_closed=value == "1")
        case Setting.LIMIT if value in map(str, LIMITS):
            return replace(group, limit=int(value))
        case Setting.PROMISE if value in map(str, DAYS[Setting.PROMISE]):
            return replace(group, promise=int(value))
        case Setting.ENDS if value in map(str, DAYS[field]):
            return replace(group, ends=_in_days(value, today))
        case Setting.LINK_UNTIL if value in map(str, DAYS[field]):
            return replace(group, link_until=_in_days(value, today))
        case _:
            return None


def _in_days(value: str, today: date) -> date | None:
    return today + timedelta(days=int(value)) if value != "0" else None


ALL, PATHWAY = "*", "p-"
"""What `ToggleModule` carries besides a module's id: all of them; a pathway."""


@shows(GroupModules)
def show_modules(place: GroupModules, turn: Turn) -> Screen:
    group = own_group(place.group, turn)
    programme = turn.programme
    everything = not group.modules and not group.pathway

    def tick(on: bool, title: Words, value: str) -> Button:
        return Button(
            Msg("{sign} {title}").of(sign="☑" if on else "☐", title=title),
            ToggleModule(group.id, value, page.number),
        )

    modules = tuple(programme.modules.values())
    page = paged(modules, place.page, PAGE, lambda to: GroupModules(group.id, to))
    options = [tick(everything, _("All modules"), ALL)]
    options += [
        tick(group.pathway == p.id, p.title, PATHWAY + p.id)
        for p in programme.pathways
        if p.modules
    ]
    options += [tick(m.id in group.modules, m.short, m.id) for m in page.items]
    return Screen(
        title=_("What is learnt in “{title}”?").of(title=group.title),
        options=tuple(options),
        rows=(
            page.row,
            (Button(BACK, GroupSettings(group.id)),),
        ),
    )


@does(ToggleModule)
def toggle_module(tap: ToggleModule, turn: Turn) -> Decision:
    group = own_group(tap.group, turn)
    programme = turn.programme
    if tap.module == ALL:
        group = replace(group, modules=(), pathway="")
    elif any(tap.module == PATHWAY + p.id for p in programme.pathways):
        group = replace(group, modules=(), pathway=tap.module.removeprefix(PATHWAY))
    elif tap.module in programme.modules:
        chosen = set(group.modules) ^ {tap.module}
        group = replace(
            group, modules=tuple(m for m in programme.modules if m in chosen), pathway=""
        )
    return Decision((GroupKept(group), Went(GroupModules(group.id, tap.page))))


@shows(EndGroupSure)
def show_end(place: EndGroupSure, turn: Turn) -> Screen:
    group = owned_group(place.group, turn)
    return Screen(
        title=_("🗑 Close “{title}” for good?").of(title=group.title),
        lines=(
            _(
                "Its links stop, and you see nothing of its learners any more. They keep their "
                "progress."
            ),
        ),
        options=(
            Button(_("No, keep it"), GroupSettings(group.id)),
            Button(_("Yes, close it"), EndGroup(group.id)),
        ),
    )


@does(EndGroup)
def end_group(tap: EndGroup, turn: Turn) -> Decision:
    group = owned_group(tap.group, turn)
    if turn.place != EndGroupSure(group.id):
        return Decision((Went(EndGroupSure(group.id)),))
    told = (
        Told(
            c.learner, note(STAFF_NEWS, what=News.CLOSED, name=group.counsellor, title=group.title)
        )
        for c in group.colleagues
    )
    learners = (out_of(group, News.CLOSED, member.id) for member in turn.ask(MembersOf(group.id)))
    return Decision(
        (*told, *learners, GroupEnded(group.id), Went(Groups())),
        notes=(_("The group is closed."),),
    )
