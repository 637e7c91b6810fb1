"""The way to a human: the counsellors of one's groups, or those who run the service."""

from bot.conversation.action import Action
from bot.conversation.registry import Said, When, understands
from bot.conversation.screen import Button
from bot.conversation.turn import Turn
from bot.flows.groups.member_actions import AskCounsellor
from bot.model.group import GroupById
from bot.model.words import Words, _
from cards.near import nearest


def counsellors(turn: Turn) -> tuple[Button, ...]:
    """A message to each counsellor that one has."""
    found = (turn.ask(GroupById(id)) for id in turn.learner.groups)
    return tuple(
        Button(_("✉ Ask {counsellor}").of(counsellor=group.counsellor), AskCounsellor(group.id))
        for group in found
        if group
    )


@understands(When.NEAR)
def asked_by_name(said: Said) -> Action | None:
    """`Ask Rim`, wherever it is typed: the button is somewhere else."""
    return None if said.screen.asks else counsellor_named(said.text, said.turn)


def counsellor_named(text: str, turn: Turn) -> AskCounsellor | None:
    """The message that the words of its button stand for, also with a slip."""
    known = counsellors(turn)
    labels = [(turn.world.say(button.label, turn.language),) for button in known]
    found = nearest(text, labels, turn.language)
    action = None if found is None else known[found].action
    return action if isinstance(action, AskCounsellor) else None


def contact(turn: Turn) -> tuple[Words, ...]:
    """For who has no counsellor: how those who run this are reached."""
    if turn.learner.groups:
        return ()
    if name := turn.world.operator.name:
        return (_("✉ Who runs this answers, too: {name}").of(name=name),)
    annex = turn.programme.annex
    if annex is None or not annex.contact.source:
        return ()
    return (_("✉ Who runs this answers, too. {contact}").of(contact=annex.contact),)
