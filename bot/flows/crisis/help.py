"""Somebody types words of crisis, anywhere, or that they are beaten or threatened, wherever words
are no answer: a card says where help is.

Nothing happens to the learner: the card is a screen without a place, the text goes nowhere, and
nobody is told. A counsellor is told after two taps of the learner's own, in words that say nothing
of what was typed.
"""

from bot.conversation.action import Home
from bot.conversation.lexicon import lexicon
from bot.conversation.registry import Said, When, does, understands
from bot.conversation.screen import MENU, RETURN, Button, Screen
from bot.conversation.turn import Decision, Gone, Turn
from bot.conversation.typed_text import option
from bot.flows.crisis.actions import TellCounsellor
from bot.flows.groups.ask_counsellor import asked
from bot.flows.groups.member_actions import AskCounsellor
from bot.flows.library.actions import Found, Library, Questions
from bot.flows.library.answers import HELP_NEAR
from bot.flows.library.search import DANGER
from bot.flows.resources.actions import FindHelp
from bot.model.group import Group, GroupById, readers
from bot.model.roles import Right
from bot.model.words import Msg, Words, _

NOT_ALONE = _("💜 You are not alone")
NOT_WELL = _("I am not well. Please write to me today.")


NOT_YOUR_FAULT = _("Nobody may hit or threaten you, at home or at work. It is not your fault.")
NOT_KEPT = _("I am a program. I did not keep what you wrote, and nobody else reads it.")


@understands(When.CRISIS)
def heard(said: Said) -> Decision | None:
    """Not where the text is an answer on the screen, for a lesson may speak of it, nor in what
    staff write as their work. Of a danger somebody may write to a person, or in a CV: it is heard
    where nothing is asked for, or words to search, or what it is not: a town, a time, a name."""
    if type(said.turn.place).right is not Right.ANYBODY:
        return None
    crisis = said.turn.programme.crisis
    searches = isinstance(said.turn.place, Library | Questions | Found)
    short = said.reads is None or said.reads.commands  # nothing that goes to a person
    danger = crisis.threatened(said.text) and (searches or short)
    if not (danger or crisis.heard(said.text)) or _is_an_option(said):
        return None
    return Decision(fresh=True, screen=danger_card(said.turn) if danger else help_card(said.turn))


def _is_an_option(said: Said) -> bool:
    world, language = said.turn.world, said.turn.language
    words = lexicon(world.say, world.languages)
    return option(said.text, said.screen, words, language, world.say) is not None


def help_card(turn: Turn) -> Screen:
    """Who can be called, and who of one's own can be told."""
    return Screen(
        title=NOT_ALONE,
        lines=(
            _("What you wrote sounds heavy. Please talk to somebody now. They know how to help."),
            *_helpers(turn),
            NOT_KEPT,
        ),
        rows=(
            *((_to_tell(group),) for group in _groups(turn)),
            (Button(RETURN, turn.place), Button(MENU, Home())),
        ),
        fresh=True,
    )


def danger_card(turn: Turn) -> Screen:
    """The answer for who is in danger, where the programme has one, and who can be called."""
    answer = next((one for one in turn.programme.answers if one.id == DANGER), None)
    return Screen(
        title=Msg("💬 {question}").of(question=answer.question) if answer else NOT_ALONE,
        lines=(NOT_YOUR_FAULT, *((answer.answer,) if answer else ()), *_helpers(turn), NOT_KEPT),
        rows=(
            *((_to_tell(group),) for group in _groups(turn)),
            (Button(HELP_NEAR, FindHelp()),),
            (Button(RETURN, turn.place), Button(MENU, Home())),
        ),
        fresh=True,
    )


def _helpers(turn: Turn) -> tuple[Words, ...]:
    return tuple(
        Msg("• ☎ {call}: {who}").of(call=helper.call, who=helper.named(turn.language))
        for helper in turn.programme.crisis.helpers
    )


def _groups(turn: Turn) -> tuple[Group, ...]:
    found = (turn.ask(GroupById(id)) for id in turn.learner.groups)
    return tuple(group for group in found if group)


def _to_tell(group: Group) -> Button:
    label = _("✉ Tell {counsellor} that I am not well").of(counsellor=group.counsellor)
    return Button(label, TellCounsellor(group.id, False))


@does(TellCounsellor)
def tell_counsellor(tap: TellCounsellor, turn: Turn) -> Decision:
    """The first tap shows what would be sent; the second sends it, as a message of theirs."""
    group = turn.ask(GroupById(tap.group)) if tap.group in turn.learner.groups else None
    if group is None:
        raise Gone
    if tap.sure:
        said = turn.world.say(NOT_WELL, group.language)
        return asked(AskCounsellor(group.id), said, turn)
    return Decision(
        screen=Screen(
            title=_("✉ Tell {counsellor}?").of(counsellor=group.counsellor),
            lines=(
                _("{counsellor} gets this from you: “{text}”").of(
                    counsellor=group.counsellor, text=NOT_WELL
                ),
                *(
                    _("{name}, {organisation}, reads it, too.").of(
                        name=c.name, organisation=group.organisation_of(c)
                    )
                    for c in readers(group, turn.learner)[1:]
                ),
                _("It may take hours until it is read. If you are in danger, call now:"),
                *_helpers(turn),
            ),
            rows=(
                (Button(_("✉ Yes, send it"), TellCounsellor(group.id, True)),),
                (Button(_("No, nobody"), turn.place),),
            ),
        )
    )
