"""Who gets a broadcast: everybody, or by language, channel, group, or how far one is with a
module."""

from dataclasses import replace

from bot.conversation.action import Action
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, LANGUAGES, MORE_LANGUAGES, Button, Screen, paged
from bot.conversation.turn import Decision, Turn, World
from bot.flows.broadcasts.actions import (
    AudienceField,
    AudienceGroup,
    AudienceLanguages,
    AudienceModule,
    Broadcast,
    BroadcastAudience,
    SetAudience,
)
from bot.flows.broadcasts.common import PAGE, REACHED, draft_of, edited, who
from bot.model.broadcast import Audience, Reached
from bot.model.channel import label_of
from bot.model.group import AllGroups, is_sensitive
from bot.model.words import Msg, Words, _, verbatim

WHO, BY_LANGUAGE = _("👥 Who gets it"), _("By a language")


@shows(BroadcastAudience)
def show_audience(_place: BroadcastAudience, turn: Turn) -> Screen:
    audience = draft_of(turn.learner).audience

    options = [
        _tick(audience == Audience(), _("Everybody"), SetAudience(AudienceField.ALL, "")),
        _tick(bool(audience.languages), BY_LANGUAGE, AudienceLanguages()),
    ]
    channels = list(turn.world.links)
    if len(channels) > 1:
        options += [
            _tick(
                audience.channel == c,
                verbatim(label_of(c)),
                SetAudience(AudienceField.CHANNEL, c),
            )
            for c in channels
        ]
    return Screen(
        title=WHO,
        lines=(
            _("All of what you tick has to apply."),
            _("Who: {who}").of(who=who(audience, turn)),
        ),
        options=tuple(options),
        rows=(
            (
                Button(_("By a group"), AudienceGroup()),
                Button(_("By a module"), AudienceModule()),
            ),
            (Button(BACK, Broadcast()),),
        ),
    )


def _tick(on: bool, label: Words, action: Action) -> Button:
    return Button(Msg("{sign} {label}").of(sign="☑" if on else "☐", label=label), action)


@shows(AudienceLanguages)
def show_audience_languages(place: AudienceLanguages, turn: Turn) -> Screen:
    chosen = draft_of(turn.learner).audience.languages
    page = paged(
        turn.world.languages, place.page, LANGUAGES, AudienceLanguages, more=MORE_LANGUAGES
    )
    return Screen(
        title=BY_LANGUAGE,
        options=tuple(
            _tick(
                x in chosen,
                verbatim(turn.world.name_of(x)),
                SetAudience(AudienceField.LANGUAGE, x),
            )
            for x in page.items
        ),
        rows=((*page.row, Button(WHO, BroadcastAudience())),),
    )


@shows(AudienceGroup)
def show_audience_group(place: AudienceGroup, turn: Turn) -> Screen:
    """The groups of all counsellors: a broadcast is the admins' word to learners, not the
    counsellor's."""
    groups = turn.ask(AllGroups())
    chosen = draft_of(turn.learner).audience.group
    page = paged(groups, place.page, PAGE, AudienceGroup)
    label = Msg("{sign} {title} · {organisation}")
    return Screen(
        title=_("By a group"),
        lines=() if groups else (_("There is no group yet."),),
        options=tuple(
            Button(
                label.of(
                    sign="☑" if g.id == chosen else "☐", title=g.title, organisation=g.organisation
                ),
                SetAudience(AudienceField.GROUP, str(g.id)),
            )
            for g in page.items
        ),
        rows=(page.row, (Button(WHO, BroadcastAudience()),)),
    )


@shows(AudienceModule)
def show_audience_module(place: AudienceModule, turn: Turn) -> Screen:
    modules = [m for m in turn.programme.modules.values() if _may_be_asked(m.id, turn.world)]
    if place.module in {m.id for m in modules}:
        return Screen(
            title=turn.programme.modules[place.module].short,
            options=tuple(
                Button(label, SetAudience(AudienceField(state), place.module))
                for state, label in REACHED.items()
            ),
            rows=((Button(BACK, AudienceModule()),),),
        )
    page = paged(modules, place.page, PAGE, lambda to: AudienceModule("", to))
    return Screen(
        title=_("By a module"),
        options=tuple(Button(m.short, AudienceModule(m.id)) for m in page.items),
        rows=(page.row, (Button(WHO, BroadcastAudience()),)),
    )


@does(SetAudience)
def set_audience(tap: SetAudience, turn: Turn) -> Decision:
    draft = draft_of(turn.learner)
    changed = _audience(draft.audience, tap.field, tap.value, turn.world)
    here = turn.place if isinstance(turn.place, AudienceLanguages) else BroadcastAudience()
    return edited(replace(draft, audience=changed), here)


def _audience(audience: Audience, field: AudienceField, value: str, world: World) -> Audience:
    match field:
        case AudienceField.ALL:
            return Audience()
        case AudienceField.LANGUAGE if value in world.languages:
            chosen = set(audience.languages) ^ {value}
            return replace(audience, languages=tuple(x for x in world.languages if x in chosen))
        case AudienceField.GROUP if value.isascii() and value.isdigit():
            return replace(audience, group=None if audience.group == int(value) else int(value))
        case AudienceField.CHANNEL if value in world.links:
            return replace(audience, channel=None if audience.channel == value else value)
        case AudienceField.BEGUN | AudienceField.DONE | AudienceField.NOT_BEGUN if _may_be_asked(
            value, world
        ):
            return replace(audience, module=value, state=Reached(field))
        case _:
            return audience


def _may_be_asked(module: str, world: World) -> bool:
    """Nobody learns who took a sensitive module, not by counting either (product.md, Privacy 5)."""
    known = world.programme.modules.get(module)
    return known is not None and not is_sensitive(known, world.programme)
