"""One card: how to reach them, what it costs, whether papers are asked for, and when somebody
looked last."""

from bot.conversation.action import Home
from bot.conversation.registry import shows
from bot.conversation.screen import BACK, MENU, Button, Link, Screen
from bot.conversation.turn import Gone, Turn
from bot.flows.resources.actions import FindHelp, FoundHelp, HelpCard
from bot.flows.resources.find import KINDS, label_of
from bot.model.learner import day_of
from bot.model.words import Msg, Words, _
from cards.resources import Resource

PAPERS: dict[bool | None, Words] = {
    True: _("🪪 You need residence papers."),
    False: _("🪪 You need no residence papers."),
    None: _("🪪 If you need papers, we do not know. Ask first."),
}


@shows(HelpCard)
def show_card(place: HelpCard, turn: Turn) -> Screen:
    one = next((r for r in turn.programme.resources if r.id == place.resource), None)
    if one is None:
        raise Gone(instead=FindHelp(place.filters))
    page = ((Link(_("🔗 Open the page"), one.link),),) if one.link else ()
    back = FoundHelp(place.filters, place.page)
    return Screen(
        title=label_of(one),
        lines=tuple(_lines(one, turn)),
        rows=(*page, (Button(BACK, back), Button(MENU, Home()))),
    )


def _lines(one: Resource, turn: Turn) -> list[Words]:
    where = one.address or one.town
    languages = [turn.world.name_of(language, turn.language) for language in one.languages]
    lines: list[Words | None] = [
        one.about,
        KINDS[one.kind],
        Msg("☎ {phone}").of(phone=one.phone) if one.phone else None,
        Msg("📮 {address}").of(address=where) if where else None,
        Msg("🌍 {country}").of(country=one.country) if one.country else None,
        Msg("🕑 {hours}").of(hours=one.hours) if one.hours else None,
        Msg("💶 {cost}").of(cost=one.cost) if one.cost else _("💶 What it costs, we do not know."),
        PAPERS[one.papers],
        _("🌐 They speak: {languages}").of(languages=" · ".join(languages)) if languages else None,
        Msg("ℹ {conditions}").of(conditions=one.conditions) if one.conditions else None,
        _("Checked on {day}.").of(day=one.checked),
        _("⚠ That is more than a year ago. Call or look at the page before you go.")
        if one.old(day_of(turn.now))
        else None,
    ]
    return [line for line in lines if line]
