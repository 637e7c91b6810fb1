"""A last look at a broadcast: all its texts on one screen, who gets it and who does not, a test to
oneself, and the yes.
"""

from collections.abc import Iterator
from dataclasses import replace

from bot.conversation.action import Home, Place
from bot.conversation.event import Ordered, ToAdmins, Told, Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import BACK, MENU, Button, Screen
from bot.conversation.turn import Decision, Gone, Turn, World
from bot.flows.broadcasts.actions import (
    Broadcast,
    BroadcastCheck,
    BroadcastList,
    BroadcastTime,
    BroadcastView,
    PreviewBroadcast,
    SetGuarantee,
    StartBroadcast,
)
from bot.flows.broadcasts.common import (
    FEW,
    NOTHING,
    PREVIEW,
    TWICE,
    draft_of,
    edited,
    figure,
    when_words,
    who,
    will_be_sent,
)
from bot.flows.broadcasts.draft import left_out
from bot.flows.broadcasts.events import ANNOUNCEMENT, APPROVAL, BroadcastBegun, BroadcastDrafted
from bot.flows.broadcasts.when import PASSED, passed
from bot.model.broadcast import (
    Audience,
    BroadcastById,
    Counts,
    Draft,
    DryRun,
    Guarantee,
    SpentThisMonth,
    plain,
)
from bot.model.channel import MANNERS
from bot.model.clean_text import whole
from bot.model.figures import FEWEST_IN_STATISTICS
from bot.model.group import SecondAdmins
from bot.model.learner import Learner
from bot.model.message import note
from bot.model.order import OrderKind
from bot.model.words import Msg, Words, _, ngettext, verbatim

NOBODY_ELSE = _(
    "A second admin has to agree, and there is none yet: one whom you did not name, and who is not "
    "new this week."
)
SHOWN = 2400
"""Letters of all texts together on the last look: with the figures they have to fit into one
message of 4096.
"""


@shows(BroadcastCheck)
def show_check(_place: BroadcastCheck, turn: Turn) -> Screen:
    draft = draft_of(turn.learner)
    if not draft.texts:
        raise Gone
    counts = turn.ask(_dry_run(turn.learner))
    surely = draft.guarantee is Guarantee.AT_LEAST_ONCE
    return Screen(
        title=_("📣 Check and send"),
        lines=(
            _will_get(draft.audience, counts.will_get),
            *_not_reached(draft, counts),
            *_spent(counts, turn),
            *_spread(counts, turn.world),
            *_with_file(draft, counts),
            *left_out(draft, turn.world),
            _("Who: {who}").of(who=who(draft.audience, turn)),
            _("When: {when}").of(when=when_words(draft)),
            TWICE if surely else NOTHING,
            *_texts(draft, turn.world),
        ),
        options=(
            Button(PREVIEW, PreviewBroadcast(0)),
            Button(
                _("Never send twice") if surely else _("Rather twice than not at all"),
                SetGuarantee(not surely),
            ),
        ),
        rows=(
            (Button(_("📣 Send it"), StartBroadcast()),),
            (Button(BACK, Broadcast()), Button(MENU, Home())),
        ),
    )


def _dry_run(learner: Learner) -> DryRun:
    draft = draft_of(learner)
    most = max((manners.template for manners in MANNERS.values()), default=0)
    long = [language for language, text in draft.texts.items() if len(plain(text)) > most]
    besides = learner.id if draft.tested else 0
    return DryRun(draft.audience, tuple(sorted(draft.texts)), besides, tuple(sorted(long)))


def _texts(draft: Draft, world: World) -> Iterator[Words]:
    """Each text below the name of its language; of long ones the beginning."""
    most = SHOWN // len(draft.texts)
    for language, text in draft.texts.items():
        yield Msg("✏ {language}").of(language=world.name_of(language))
        said = plain(text).strip()
        shown = said if len(said) <= most else f"{whole(said, most - 1)}…"
        yield from map(verbatim, filter(str.strip, shown.split("\n")))


def _will_get(audience: Audience, count: int) -> Words:
    if audience != Audience() and count < FEWEST_IN_STATISTICS:
        return FEW
    return ngettext("{count} person will get it.", "{count} people will get it.", count)


def _not_reached(draft: Draft, counts: Counts) -> tuple[Words, ...]:
    why = (
        (counts.page, _("… of them on their web page, at their next visit: {number}")),
        (
            counts.night if draft.hour is None else 0,
            _("… of them in the morning, it is night there: {number}"),
        ),
        (counts.costly, _("… of them by messages that cost money: {number}")),
        (counts.template, _("… of these as a template, they did not write for a day: {number}")),
        (counts.closed, _("Not: did not write for a day, and did not agree to news: {number}")),
        (counts.blocked, _("Not: blocked the bot: {number}")),
        (counts.stopped, _("Not: want no messages: {number}")),
        (counts.no_language, _("Not: no text in their language: {number}")),
        (counts.no_channel, _("Not: are not on this channel: {number}")),
    )
    told = tuple(words.of(number=figure(draft.audience, number)) for number, words in why if number)
    return (*told, _("You get no copy: you had the test.")) if draft.tested else told


def _spent(counts: Counts, turn: Turn) -> tuple[Words, ...]:
    if not counts.costly:
        return ()
    number = turn.ask(SpentThisMonth())
    return (_("Messages that cost money, this month so far: {number}").of(number=number),)


def _spread(counts: Counts, world: World) -> tuple[Words, ...]:
    """More than a messenger lets us begin with in a day get it on several days."""
    most = min(world.begins.values(), default=0)
    if not most or counts.template <= most:
        return ()
    said = _(
        "Those who did not write for a day get it in turn: {most} people a day. It takes {days} "
        "days."
    )
    return (said.of(most=most, days=-(-counts.template // most)),)


def _with_file(draft: Draft, counts: Counts) -> Iterator[Words]:
    """Who gets a picture or file, and who the words alone."""
    if not draft.media:
        return
    alone = counts.page + counts.template
    if alone:
        said = _("… of them without the picture or file, the words alone: {number}")
        yield said.of(number=figure(draft.audience, alone))
    if counts.costly > counts.template:
        yield from (manners.files for manners in MANNERS.values() if manners.files)


@does(SetGuarantee)
def set_guarantee(tap: SetGuarantee, turn: Turn) -> Decision:
    guarantee = Guarantee.AT_LEAST_ONCE if tap.at_least_once else Guarantee.AT_MOST_ONCE
    return edited(replace(draft_of(turn.learner), guarantee=guarantee), BroadcastCheck())


@does(PreviewBroadcast)
def preview(tap: PreviewBroadcast, turn: Turn) -> Decision:
    """A test to oneself: every text as learners will see it, of the draft, or of a broadcast that
    somebody else wrote."""
    known = turn.ask(BroadcastById(tap.id)) if tap.id else None
    if tap.id and known is None:
        return Decision((Went(BroadcastView(tap.id)),))
    draft = known.draft if known else draft_of(turn.learner)
    media: dict[str, str] = {}
    if draft.media:
        given = draft.media
        media = {"media": given.kind, "file": given.file_id, "on": given.channel}
    letters = (
        note(ANNOUNCEMENT, language=language, text=text, **media)
        for language, text in draft.texts.items()
    )
    onward: Place = BroadcastView(tap.id) if known else BroadcastCheck()
    tested = () if known or not draft.texts else (BroadcastDrafted(replace(draft, tested=True)),)
    said = _("Sent to you alone, as learners will see it: {languages}").of(
        languages=", ".join(map(turn.world.name_of, draft.texts))
    )
    notes = (said,) if draft.texts else ()
    return Decision(
        (*(Ordered(OrderKind.NOTE, note=letter) for letter in letters), *tested, Went(onward)),
        notes=notes,
        fresh=True,
    )


@does(StartBroadcast)
def start(_tap: StartBroadcast, turn: Turn) -> Decision:
    """Once: the draft is gone with it, so a second tap finds nothing to send."""
    learner = turn.learner
    draft = learner.broadcast
    if not draft or not draft.texts:
        return Decision((Went(BroadcastList()),), toast=_("It is on its way already."))
    if turn.place != BroadcastCheck():  # an old button: this draft was not checked
        return Decision((Went(BroadcastCheck()),), fresh=True)
    if passed(draft, turn):
        return Decision((Went(BroadcastTime()),), notes=(PASSED,), fresh=True)
    if turn.world.two_admins and not turn.ask(SecondAdmins(learner.id)):
        return Decision(notes=(NOBODY_ELSE,), fresh=True)
    id = int(turn.moment.spare.code)
    begun = BroadcastBegun(id, draft, turn.world.two_admins)
    ask = (_second_asked(learner, id, draft),) if turn.world.two_admins else ()
    asked = _("A second admin has to agree. They got a message.")
    said: Words = asked if turn.world.two_admins else _begins(draft, turn)
    return Decision(
        (begun, *ask, BroadcastDrafted(None), Went(BroadcastView(id))),
        notes=(said,),
        fresh=True,
    )


def _begins(draft: Draft, turn: Turn) -> Words:
    if draft.hour is not None:
        return Msg("📣 {words}").of(words=will_be_sent(draft))
    counts = turn.ask(_dry_run(turn.learner))
    if counts.night and counts.night == counts.will_get:
        return _("It is night where they are: it is sent in the morning.")
    return _("📣 It begins.")


def _second_asked(learner: Learner, id: int, draft: Draft) -> Told:
    text = plain(next(iter(draft.texts.values())))[:300]
    letter = note(APPROVAL, broadcast=id, name=learner.staff_name or "…", text=text)
    return Told(ToAdmins(), letter)
