"""Inviting: the links of a group, closing and renewing them."""

from dataclasses import replace

from bot.conversation.action import Home
from bot.conversation.event import Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Copy, Screen
from bot.conversation.turn import Decision, Turn
from bot.flows.groups.actions import (
    Board,
    GroupChoice,
    GroupLink,
    GroupText,
    OrderPaper,
    RenewLink,
    RenewSure,
    SetGroup,
    Setting,
)
from bot.flows.groups.common import own_group
from bot.flows.groups.events import GroupKept
from bot.flows.groups.prints import CLOSED_LINK
from bot.flows.groups.settings import BRING_BACK, TEXTS
from bot.model.channel import first_link, invite_links, label_of
from bot.model.days import day_alone
from bot.model.order import OrderKind
from bot.model.prints import GROUP_PRINTS
from bot.model.words import Msg, Words, _, ngettext


@shows(GroupLink)
def show_link(place: GroupLink, turn: Turn) -> Screen:
    group = own_group(place.group, turn)
    if group.archived:
        return Screen(
            title=_("🔗 Invite to “{title}”").of(title=group.title),
            lines=(_("🗄 In the archive: nobody joins, and no friendly word is sent."),),
            options=(Button(BRING_BACK, SetGroup(group.id, Setting.ARCHIVED, "0")),),
            rows=((Button(BACK, Board(group.id)), Button(MENU, Home())),),
        )
    if not group.organisation:
        return Screen(
            title=_("🔗 Invite to “{title}”").of(title=group.title),
            lines=(
                _(
                    "Learners read which organisation invites them. Please tell it first; then the "
                    "link comes."
                ),
            ),
            options=(
                Button(TEXTS[Setting.ORGANISATION], GroupText(group.id, Setting.ORGANISATION)),
            ),
            rows=((Button(BACK, Board(group.id)), Button(MENU, Home())),),
        )
    links = invite_links(turn.world.links, group.token)
    lines: list[Words] = [
        Msg("{channel}: {url}").of(channel=label_of(channel), url=url) for channel, url in links
    ]
    if group.link_closed:
        lines.append(CLOSED_LINK)
    limit: Words = (
        ngettext("{count} person", "{count} people", group.limit) if group.limit else _("no limit")
    )
    until: Words = day_alone(group.link_until) if group.link_until else _("no end")
    return Screen(
        title=_("🔗 Invite to “{title}”").of(title=group.title),
        lines=(_("Send this link, or print the poster with the QR code."), *lines),
        options=(
            Button(GROUP_PRINTS[OrderKind.QR], OrderPaper(group.id, OrderKind.QR)),
            Button(GROUP_PRINTS[OrderKind.POSTER], OrderPaper(group.id, OrderKind.POSTER)),
            Button(
                _("For how many: {limit}").of(limit=limit), GroupChoice(group.id, Setting.LIMIT)
            ),
            Button(_("Until when: {day}").of(day=until), GroupChoice(group.id, Setting.LINK_UNTIL)),
            Button(
                _("🔓 Open the link") if group.link_closed else _("🔒 Close the link"),
                SetGroup(group.id, Setting.LINK_CLOSED, "0" if group.link_closed else "1"),
            ),
            Button(_("♻ New link, the old one stops"), RenewSure(group.id)),
        ),
        copied=Copy(_("📋 Copy the link"), first_link(links)) if links else None,
        rows=((Button(BACK, Board(group.id)), Button(MENU, Home())),),
    )


@shows(RenewSure)
def show_renew(place: RenewSure, turn: Turn) -> Screen:
    group = own_group(place.group, turn)
    return Screen(
        title=_("♻ A new link for “{title}”?").of(title=group.title),
        lines=(
            _(
                "The old link and every poster with it stop at once. Who is in the group stays in "
                "it."
            ),
        ),
        options=(
            Button(_("No, keep it"), GroupLink(group.id)),
            Button(_("Yes, a new link"), RenewLink(group.id)),
        ),
    )


@does(RenewLink)
def renew(tap: RenewLink, turn: Turn) -> Decision:
    group = own_group(tap.group, turn)
    if turn.place != RenewSure(group.id):
        return Decision((Went(GroupLink(group.id)),))
    renewed = replace(group, token=turn.moment.spare.token, link_closed=False)
    return Decision(
        (GroupKept(renewed), Went(GroupLink(group.id))),
        notes=(_("♻ There is a new link. The old one works no more."),),
    )
