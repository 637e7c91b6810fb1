"""Length of a sitting, another channel; help. Each returns to the very card the learner
came from.
"""

from bot.conversation.action import Back, Home
from bot.conversation.event import Event, Told, ToOtherConnections, Went
from bot.conversation.registry import (
    Said,
    When,
    does,
    opens,
    shows,
    speaks,
    understands,
)
from bot.conversation.rights import has
from bot.conversation.screen import (
    BACK,
    MENU,
    NEXT,
    RETURN,
    Button,
    Copy,
    Link,
    Screen,
    paged,
    ratio,
)
from bot.conversation.turn import Decision, Turn
from bot.conversation.typed_text import code_in
from bot.flows.account.actions import (
    About,
    Connect,
    Connections,
    ConnectSure,
    DataUse,
    Delete,
    Help,
    JoinChannels,
    Languages,
    MoreSettings,
    NewCode,
    Privacy,
    SessionLength,
    SetMinutes,
    SettingsMenu,
    Stopped,
)
from bot.flows.account.connections import TITLE as CONNECTIONS
from bot.flows.account.connections import TOO_MANY_CODES
from bot.flows.account.data_use import state
from bot.flows.account.events import (
    CONNECTED,
    CodeShown,
    Joined,
    LanguageChosen,
    MinutesChosen,
    WrongCode,
)
from bot.flows.both_languages.pair import in_settings
from bot.flows.certificates.earned import consequences
from bot.flows.learning.labels import LANGUAGE
from bot.flows.reminders.actions import Goal, Reminders
from bot.flows.staff import help as staff_help
from bot.model.about import TITLE as ABOUT
from bot.model.channel import label_of
from bot.model.learner import day_of
from bot.model.message import note
from bot.model.roles import Right, Role
from bot.model.words import Msg, Words, _, minutes

MINUTES = (5, 10, 15, 20)


@shows(SettingsMenu)
def show_settings(_place: SettingsMenu, turn: Turn) -> Screen:
    return Screen(
        title=_("⚙ Settings"),
        options=(
            Button(
                Msg("🌐 {word}: {value}").of(
                    word=_("Language"), value=turn.world.name_of(turn.language)
                ),
                Languages(),
            ),
            *in_settings(turn),
            Button(_("⏱ A day: {time}").of(time=minutes(turn.learner.minutes)), SessionLength()),
            Button(_("🎯 Goal for a week"), Goal()),
            Button(_("⏰ Reminders"), Reminders()),
            Button(_("🔒 Phones and privacy"), MoreSettings()),
        ),
        rows=((Button(RETURN, Back()), Button(MENU, Home())),),
    )


@shows(MoreSettings)
def show_more_settings(_place: MoreSettings, turn: Turn) -> Screen:
    return Screen(
        title=_("🔒 Phones and privacy"),
        options=(
            Button(_("📱 Use another phone or messenger too"), Connect()),
            Button(CONNECTIONS, Connections()),
            Button(_("🔒 Privacy"), Privacy()),
            Button(state(turn.learner.low_data), DataUse()),
            Button(_("🔕 No more messages"), Stopped()),
            Button(_("🗑 Delete everything"), Delete()),
        ),
        rows=((Button(BACK, SettingsMenu()), Button(MENU, Home())),),
    )


@shows(SessionLength)
def show_session_length(_place: SessionLength, _turn: Turn) -> Screen:
    return Screen(
        title=_("⏱ How long do you want to learn on one day?"),
        lines=(_("Then I stop at the end of the lesson and say when it goes on. You decide."),),
        options=tuple(Button(minutes(m), SetMinutes(m)) for m in MINUTES),
        rows=((Button(RETURN, Back()),),),
    )


@does(SetMinutes)
def set_minutes(tap: SetMinutes, _turn: Turn) -> Decision:
    if tap.minutes not in MINUTES:
        return Decision((Went(SessionLength()),))
    return Decision((MinutesChosen(tap.minutes), Went(SettingsMenu())))


@shows(Help)
def show_help(place: Help, turn: Turn) -> Screen:
    """A short deck on using the service, from anywhere and back to the same card (seed 37). Staff
    read of their work first."""
    cards: tuple[tuple[Words, tuple[Words, ...]], ...] = tuple(
        (card.title, card.body) for card in turn.programme.help.decks[0].cards
    )
    if has(Right.GROUPS, turn):
        cards = (*staff_help.CARDS, *cards)
    page = paged(cards, place.card, 1, Help, more=NEXT)
    ((title, body),) = page.items
    where = Msg("❓ {where}").of(where=ratio(page.number + 1, len(cards)))
    return Screen(
        title=title,
        lines=body,
        rows=(
            page.row,
            (Button(ABOUT, About()),),
            (Button(RETURN, Back()), Button(MENU, Home())),
        ),
        notes=(where,),
    )


# --- one learner on several channels


@shows(Connect)
def show_connect(_place: Connect, turn: Turn) -> Screen:
    learner = turn.learner
    lines: list[Words] = [
        _("You can learn on several phones, messengers or on the web, with one progress."),
    ]
    links: tuple[Link, ...] = ()
    copied: Copy | None = None
    if learner.code and learner.code.until > turn.now:
        shown = f"{learner.code.text[:3]} {learner.code.text[3:6]} {learner.code.text[6:]}"
        lines.append(_("Your code: {code}").of(code=shown))
        copied = Copy(_("📋 Copy the code"), learner.code.text)
        lines.append(
            _(
                "Open Pasito there and type this code. It works once, for 15 minutes. Show it to "
                "nobody else."
            )
        )
        links = tuple(
            Link(
                _("Open on {channel}").of(channel=label_of(name)),
                link + f"link-{learner.code.text}",
            )
            for name, link in turn.world.links.items()
            if name != turn.moment.channel
        )
    else:
        lines.append(
            _("If you have a code from there, type it here. Or make a code here and type it there.")
        )
    return Screen(
        title=_("📱 Use another phone or messenger too"),
        lines=tuple(lines),
        rows=(
            *((link,) for link in links),
            (Button(_("Make a code"), NewCode()),),
            (Button(RETURN, Back()), Button(MENU, Home())),
        ),
        typing=_("Your code"),
        copied=copied,
    )


@does(NewCode)
def new_code(_tap: NewCode, turn: Turn) -> Decision:
    return Decision((CodeShown(turn.moment.spare.code), Went(Connect())))


NO_CODE = _(
    "This code is not valid, or not any more. Make a new one on your other phone or messenger."
)


@opens("link", speechless=True)
def link_opened(value: str, turn: Turn) -> Decision | None:
    code = code_in(value)
    return code_given(code, turn) if code else None


@understands(When.TOKEN)
def _code_typed(said: Said) -> Decision | None:
    code = None if said.reads else code_in(said.text)
    return code_given(code, said.turn) if code else None


def code_given(code: str, turn: Turn) -> Decision:
    """A code of another channel was typed, or its link opened: by its maker, or by somebody whom a
    stranger sent it."""
    if not turn.moment.may_guess:
        return Decision(notes=(TOO_MANY_CODES,), fresh=True)
    if turn.moment.found is None:
        return Decision((WrongCode(),), notes=(NO_CODE,), fresh=True)
    if turn.moment.found.id == turn.learner.id:
        return Decision(
            notes=(_("This is your own code. Type it on your other phone or messenger."),),
            fresh=True,
        )
    return Decision((*speaks(turn), Went(ConnectSure(code))), fresh=True)


@shows(ConnectSure)
def show_connect_sure(place: ConnectSure, turn: Turn) -> Screen:
    """What joining means, before it happens: it cannot be taken back."""
    lines: list[Words] = [
        _(
            "With a yes both are one: whoever made this code then sees all that is yours, and can "
            "do all that you can."
        ),
        _(
            "Say yes only if that phone or page is yours, too. Nobody else needs it: no "
            "counsellor, no admin."
        ),
    ]
    if turn.learner.role != Role.LEARNER:
        lines.append(_("⚠ You are staff here. With a yes, your groups and rights go over, too."))
    if turn.learner.groups:
        groups = ", ".join(membership.title for membership in turn.learner.groups.values())
        lines.append(
            _("In these groups it is then seen what was learnt on both: {groups}").of(groups=groups)
        )
    return Screen(
        title=_("📱 Make the two one?"),
        lines=tuple(lines),
        options=(
            Button(_("No"), Home()),
            Button(_("Yes, both are mine"), JoinChannels(place.digits)),
        ),
        rows=((LANGUAGE,),),
    )


@does(JoinChannels)
def join(tap: JoinChannels, turn: Turn) -> Decision:
    """Both become one learner, and what both together completed is recorded. Only from the question
    itself."""
    learner = turn.learner
    other = turn.moment.found
    if other is None:
        wrong = (WrongCode(),) if turn.moment.may_guess else ()
        return Decision(
            (*wrong, Went(Home())), notes=(NO_CODE if wrong else TOO_MANY_CODES,), fresh=True
        )
    if other.id == learner.id or turn.place != ConnectSure(tap.digits):
        return Decision((Went(Home()),), fresh=True)
    language = learner.language or other.language or turn.language
    happened: tuple[Event, ...] = (Joined(other), LanguageChosen(language))
    told = note(
        CONNECTED,
        connection=turn.moment.here,
        channel=turn.moment.channel,
        day=day_of(turn.now).isoformat(),
    )
    return Decision(
        (
            *happened,
            *consequences(turn.after(*happened).learner, turn.programme, turn.now),
            Told(ToOtherConnections(), told),
            Went(Home()),
        ),
        notes=(_("Joined. Your progress is now the same on both."),),
        fresh=True,
    )
