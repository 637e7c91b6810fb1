"""Which phones and pages are connected: seen, taken off, given a new address (product.md, Privacy
11).
"""

from bot.conversation.action import Back, Home
from bot.conversation.event import Went
from bot.conversation.registry import does, shows
from bot.conversation.screen import MENU, RETURN, Button, Screen
from bot.conversation.turn import Decision, Gone, Turn
from bot.flows.account.actions import (
    AddressIsNew,
    Connect,
    Connections,
    Delete,
    LeavePage,
    NewAddressSure,
    RenewAddress,
    TakeOff,
    TakeOffSure,
)
from bot.flows.account.events import AddressRenewed, ConnectionEnded
from bot.model.channel import page_label
from bot.model.connection import Connection, ConnectionsOf
from bot.model.words import Msg, Words, _

WRONG_CODES, WRONG_CODES_OF_ALL = 5, 1000
"""Of one phone or page, and of all together, in an hour. Of 10^10 codes, 100 of them open, all
together then find one in 11 years.
"""
TITLE = _("📱 Connected phones and pages")
NEW_ADDRESS = _("🔑 New address for this page")
TOO_MANY_CODES = _("Too many wrong codes. Please wait an hour, then make a new code and try again.")


@shows(Connections)
def show_connections(_place: Connections, turn: Turn) -> Screen:
    connected = turn.ask(ConnectionsOf(turn.learner.id))
    lines = [
        _("Each of them sees and does all that you can here. Do you not know one? Take it off.")
    ]
    if len(connected) < 2:
        lines = [_("Only this one is connected. Nobody else sees what is yours.")]
    of_page = (
        (
            (Button(NEW_ADDRESS, NewAddressSure()),),
            (Button(_("🚪 Leave this page on this phone"), LeavePage()),),
        )
        if turn.moment.channel == "web"
        else ()
    )
    return Screen(
        title=TITLE,
        lines=(*lines, _("We keep only the day it began, nothing about the phone.")),
        options=tuple(Button(_label(one, turn), TakeOffSure(one.id)) for one in connected),
        rows=(*of_page, (Button(RETURN, Back()), Button(MENU, Home()))),
    )


def _label(one: Connection, turn: Turn) -> Words:
    name = page_label(one.channel)
    label = (
        _("{name}, since {day}").of(name=name, day=one.since)
        if one.since
        else Msg("{name}").of(name=name)
    )
    return (
        _("{connection} (this one)").of(connection=label) if one.id == turn.moment.here else label
    )


@shows(TakeOffSure)
def show_take_off_sure(place: TakeOffSure, turn: Turn) -> Screen:
    connected = turn.ask(ConnectionsOf(turn.learner.id))
    one = next((one for one in connected if one.id == place.connection), None)
    if one is None:
        raise Gone(instead=Connections())
    title = _("Take off: {connection}?").of(connection=_label(one, turn))
    keep = Button(_("No, keep it"), Connections())
    if len(connected) < 2:
        return Screen(
            title=title,
            lines=(
                _("It is the only one. Without it nobody finds your progress again, not even you."),
                _("Connect another one first. Or delete everything."),
            ),
            options=(keep, Button(_("📱 Use another phone or messenger too"), Connect())),
            rows=((Button(_("🗑 Delete everything"), Delete()),),),
        )
    if one.id == turn.moment.here:
        lines = (
            _("From then on this one knows nothing of you. Your progress stays on the others."),
            _(
                "What stands here already stays to be read: delete it yourself, and the history of "
                "the browser."
            ),
        )
    else:
        lines = (
            _(
                "From then on it knows nothing of you: no progress, no name, no group. Here all "
                "stays."
            ),
            _("What was read or received there before stays there."),
        )
    return Screen(
        title=title,
        lines=lines,
        options=(keep, Button(_("Yes, take it off"), TakeOff(place.connection))),
    )


@does(TakeOff)
def take_off(tap: TakeOff, turn: Turn) -> Decision:
    """Only from the question itself, and never the last one."""
    if turn.place != TakeOffSure(tap.connection):
        return Decision((Went(TakeOffSure(tap.connection)),))
    connected = turn.ask(ConnectionsOf(turn.learner.id))
    if len(connected) < 2 or all(one.id != tap.connection for one in connected):
        return Decision((Went(Connections()),), fresh=True)
    ended = (Went(Connections()), ConnectionEnded(tap.connection))
    if tap.connection == turn.moment.here:
        return Decision(ended, screen=_goodbye(), fresh=True)
    return Decision(ended, notes=(_("It is taken off."),), fresh=True)


def _goodbye() -> Screen:
    return Screen(
        title=_("This one is taken off."),
        lines=(
            _(
                "It knows nothing of you any more. Your progress stays on the others. If you write "
                "here again, we begin anew."
            ),
        ),
        fresh=True,
    )


@shows(NewAddressSure)
def show_new_address_sure(_place: NewAddressSure, turn: Turn) -> Screen:
    if turn.moment.channel != "web":
        raise Gone
    lines: list[Words] = [
        _(
            "This page gets a new address. The old one stops at once: in bookmarks, in the "
            "history, for everybody who has it."
        ),
        _("You see the new one at once. Keep it."),
    ]
    if turn.moment.admin:
        lines.append(
            _(
                "⚠ The settings name you as an admin by this page. Afterwards tell the people who "
                "run this what /whoami says."
            )
        )
    return Screen(
        title=NEW_ADDRESS,
        lines=tuple(lines),
        options=(
            Button(_("No, keep it"), Connections()),
            Button(_("Yes, a new address"), RenewAddress()),
        ),
    )


@does(RenewAddress)
def renew_address(_tap: RenewAddress, turn: Turn) -> Decision:
    """Only from the question itself; the secret is made where addresses are kept."""
    if turn.moment.channel != "web" or turn.place != NewAddressSure():
        return Decision((Went(Connections()),))
    return Decision((Went(AddressIsNew()), AddressRenewed(turn.moment.here)))


@shows(AddressIsNew)
def show_address_is_new(_place: AddressIsNew, turn: Turn) -> Screen:
    if turn.moment.channel != "web":
        raise Gone
    return Screen(
        title=_("🔑 This page has a new address"),
        lines=(
            _("Make a bookmark of it now, or write it down."),
            _("Whoever opens the old one reads only that it has changed."),
        ),
        rows=(
            (Button(TITLE, Connections()),),
            (Button(RETURN, Back()), Button(MENU, Home())),
        ),
    )


@shows(LeavePage)
def show_leave_page(_place: LeavePage, turn: Turn) -> Screen:
    """Whoever finds the address in a shared phone's history could go on as this learner."""
    if turn.moment.channel != "web":
        raise Gone
    return Screen(
        title=_("🚪 Leave this page on this phone"),
        lines=(
            _("Is this phone not yours alone? Do this:"),
            _("• Write the address of this page down, to come back from another phone."),
            _("• Close the page. Delete it from the history and the bookmarks of the browser."),
            _(
                "Has somebody seen the address? On your own phone, make a new one. If this page is "
                "not needed any more, take it off."
            ),
        ),
        rows=(
            (Button(NEW_ADDRESS, NewAddressSure()),),
            (Button(_("Take this page off"), TakeOffSure(turn.moment.here)),),
            (Button(RETURN, Back()), Button(MENU, Home())),
        ),
    )
