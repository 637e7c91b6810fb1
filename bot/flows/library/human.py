"""The way to a human: the counsellors of one's groups, or those who run the service."""

from bot.conversation.screen import Button
from bot.conversation.turn import Turn
from bot.flows.groups.member_actions import AskCounsellor
from bot.model.group import GroupById
from bot.model.words import Words, _


def counsellors(turn: Turn) -> tuple[Button, ...]:
    """A message to each counsellor that one has."""
    found = (turn.ask(GroupById(id)) for id in turn.learner.groups)
    return tuple(
        Button(_("✉ Ask {counsellor}").of(counsellor=group.counsellor), AskCounsellor(group.id))
        for group in found
        if group
    )


def contact(turn: Turn) -> tuple[Words, ...]:
    """For who has no counsellor: how those who run this are reached."""
    annex = turn.programme.annex
    if turn.learner.groups or annex is None or not annex.contact.source:
        return ()
    return (_("✉ Who runs this answers, too: {contact}").of(contact=annex.contact),)
