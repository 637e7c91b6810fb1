"""What a button means, and its form of at most 64 bytes.

An action is a small frozen dataclass. Those derived from `Place` are also where a learner can be:
the snapshot keeps the place, and `flows.show` turns it into a screen again at any time. The form is
`code:field:field`; ids contain no colon.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, ClassVar

MAX_BYTES = 64


@dataclass(frozen=True)
class Action:
    code: ClassVar[str]


@dataclass(frozen=True)
class Place(Action):
    """Somewhere to be. A main place is where `*` leads back to; the others are looked at on the
    way."""

    main: ClassVar[bool] = False
    draft: ClassVar[bool] = False
    """Whether what was typed and is not sent yet is shown here; anywhere else it is forgotten."""


@dataclass(frozen=True)
class Welcome(Place):
    code = "w"


@dataclass(frozen=True)
class Home(Place):
    code = "h"
    main = True


@dataclass(frozen=True)
class Theme(Place):
    """A category and its modules."""

    code = "t"
    main = True
    category: str = ""


@dataclass(frozen=True)
class Path(Place):
    """A pathway and its modules, in order."""

    code = "p"
    main = True
    pathway: str = ""


@dataclass(frozen=True)
class Cover(Place):
    """A module: objectives, programme, minutes, level."""

    code = "m"
    main = True
    module: str = ""


@dataclass(frozen=True)
class Lesson(Place):
    """In the middle of a deck: the attempt says where."""

    code = "l"
    main = True
    module: str = ""
    deck: str = ""


@dataclass(frozen=True)
class Summary(Place):
    """The end of a deck: what to keep and one next step."""

    code = "s"
    main = True
    module: str = ""
    deck: str = ""


@dataclass(frozen=True)
class ReviewDone(Place):
    code = "rd"
    main = True


@dataclass(frozen=True)
class Glossary(Place):
    """The words of a module; without one, of the modules begun."""

    code = "g"
    module: str = ""
    page: int = 0


@dataclass(frozen=True)
class Help(Place):
    """The deck on using the service. `card` counts from 0."""

    code = "?"
    card: int = 0


@dataclass(frozen=True)
class WhoAmI(Place):
    """Who one is here, and what PASITO_ADMINS would call one."""

    code = "wi"


@dataclass(frozen=True)
class Languages(Place):
    code = "la"


@dataclass(frozen=True)
class Progress(Place):
    code = "pr"


@dataclass(frozen=True)
class Certificates(Place):
    code = "c"
    page: int = 0


@dataclass(frozen=True)
class Paper(Place):
    """One certificate, and what can be done with it."""

    code = "cp"
    kind: str
    subject: str


@dataclass(frozen=True)
class Settings(Place):
    code = "se"


@dataclass(frozen=True)
class SessionLength(Place):
    code = "sl"


@dataclass(frozen=True)
class Reminders(Place):
    """The reminder's hour; before it is known what time it is there, that question."""

    code = "rm"


@dataclass(frozen=True)
class WhatTime(Place):
    """What time is it where you are? What was told before holds until it is answered."""

    code = "rw"


@dataclass(frozen=True)
class WhichPlace(Place):
    """Which country: where the time now, `ahead` minutes of UTC, does not tell how clocks
    change."""

    code = "rp"
    ahead: int = 0


@dataclass(frozen=True)
class SetZone(Action):
    """An empty zone asks again what time it is."""

    code = "rz"
    zone: str


@dataclass(frozen=True)
class SetReminder(Action):
    """Hour 0 is none."""

    code = "rh"
    hour: int


@dataclass(frozen=True)
class Goal(Place):
    """How many decks a week."""

    code = "wg"


@dataclass(frozen=True)
class SetGoal(Action):
    code = "ws"
    steps: int


@dataclass(frozen=True)
class Connect(Place):
    """Use Pasito on another channel too: a code is shown here or typed here."""

    code = "co"


@dataclass(frozen=True)
class ConnectSure(Place):
    """A code was given: shall the two become one? The explicit yes is `JoinChannels`."""

    code = "cy"
    digits: str


@dataclass(frozen=True)
class JoinChannels(Action):
    code = "cj"
    digits: str


@dataclass(frozen=True)
class Connections(Place):
    """Which phones and pages are connected."""

    code = "cn"


@dataclass(frozen=True)
class TakeOffSure(Place):
    """Take one of them off? The explicit yes is `TakeOff`."""

    code = "ct"
    connection: str


@dataclass(frozen=True)
class TakeOff(Action):
    code = "cT"
    connection: str


@dataclass(frozen=True)
class NewAddressSure(Place):
    """A new address for this page? The explicit yes is `RenewAddress`."""

    code = "cw"


@dataclass(frozen=True)
class RenewAddress(Action):
    code = "cW"


@dataclass(frozen=True)
class AddressIsNew(Place):
    code = "cN"


@dataclass(frozen=True)
class LeavePage(Place):
    """How to leave a page on a phone that is not one's own."""

    code = "cl0"


@dataclass(frozen=True)
class Privacy(Place):
    code = "pv"


@dataclass(frozen=True)
class MyData(Place):
    code = "md"


@dataclass(frozen=True)
class Delete(Place):
    code = "de"


@dataclass(frozen=True)
class Stopped(Place):
    code = "st"


@dataclass(frozen=True)
class AskName(Place):
    """The name for the certificate is asked."""

    code = "n"


@dataclass(frozen=True)
class AskKeep(Place):
    """The name was given: keep it or not?"""

    code = "nk"


@dataclass(frozen=True)
class Delivered(Place):
    """The certificates are on their way."""

    code = "dl"


@dataclass(frozen=True)
class Begin(Action):
    """Start a deck, or go on with it where it was left."""

    code = "b"
    module: str
    deck: str


@dataclass(frozen=True)
class Next(Action):
    """From a card or a feedback to what follows."""

    code = "x"
    attempt: int
    step: int


@dataclass(frozen=True)
class Answer(Action):
    """`choices` are indexes into the question's options as the author wrote them."""

    code = "a"
    attempt: int
    step: int
    choices: tuple[int, ...]


@dataclass(frozen=True)
class Pick(Action):
    """One step of an answer that has several: tick or untick an option, take the next in order,
    choose the next pair."""

    code = "k"
    attempt: int
    step: int
    option: int


@dataclass(frozen=True)
class Undo(Action):
    """Take the last pick back."""

    code = "u"
    attempt: int
    step: int


@dataclass(frozen=True)
class Submit(Action):
    """The ticks are set."""

    code = "ok"
    attempt: int
    step: int


@dataclass(frozen=True)
class Review(Action):
    """Ask again what was missed and is due."""

    code = "r"


@dataclass(frozen=True)
class Back(Action):
    code = "*"


@dataclass(frozen=True)
class SpeakLanguage(Action):
    code = "L"
    language: str


@dataclass(frozen=True)
class SetMinutes(Action):
    code = "mi"
    minutes: int


@dataclass(frozen=True)
class PaperLanguage(Place):
    """In which language the certificates are made: one's own, that of the country, or both."""

    code = "pf"


@dataclass(frozen=True)
class MakePaperIn(Action):
    """`which` is mine, country or both."""

    code = "pn"
    which: str


@dataclass(frozen=True)
class Claim(Action):
    """Receive the certificates that are owed."""

    code = "cl"


@dataclass(frozen=True)
class Again(Action):
    """Make a certificate again, up to date."""

    code = "ca"
    kind: str
    subject: str


@dataclass(frozen=True)
class Respell(Action):
    """Make a certificate again, with another spelling of the name."""

    code = "cs"
    kind: str
    subject: str


@dataclass(frozen=True)
class Explain(Action):
    """Send the annex that explains the project and the competences."""

    code = "ax"


@dataclass(frozen=True)
class KeepName(Action):
    code = "kn"
    keep: bool


@dataclass(frozen=True)
class ForgetName(Action):
    code = "fn"


@dataclass(frozen=True)
class NewCode(Action):
    """Show a code that another channel can type."""

    code = "nc"


@dataclass(frozen=True)
class Erase(Action):
    """Delete everything: the second, explicit yes."""

    code = "er"


@dataclass(frozen=True)
class Resume(Action):
    """After STOP: messages are welcome again."""

    code = "re"


# --- a learner's groups


@dataclass(frozen=True)
class Invited(Place):
    """An invite link was opened: who asks, and what would be seen?"""

    code = "gi"
    token: str


@dataclass(frozen=True)
class JoinGroup(Action):
    """`read` is a mark of who invites, as it stood above this button
    (`bot.flows.groups.consent.read`)."""

    code = "gj"
    token: str
    read: int


@dataclass(frozen=True)
class MyGroup(Place):
    """A group that the learner is in: its modules, its counsellor, what is seen, the way out."""

    code = "g1"
    main = True
    group: int


@dataclass(frozen=True)
class Nickname(Place):
    """What the counsellor sees as a name is asked."""

    code = "gn"
    group: int


@dataclass(frozen=True)
class Shared(Place):
    """What the counsellor of a group sees of a learner, as the learner reads it."""

    code = "gw"
    group: int


@dataclass(frozen=True)
class SensitiveSure(Place):
    """Show sensitive modules too? The explicit yes is `ShareSensitive`."""

    code = "gS"
    group: int


@dataclass(frozen=True)
class ShareSensitive(Action):
    """`read` is as in `JoinGroup`; a no needs none."""

    code = "gs"
    group: int
    yes: bool
    read: int


@dataclass(frozen=True)
class Newcomers(Place):
    """Colleagues of the counsellor whose organisation the learner said no yes to."""

    code = "gN"
    group: int


@dataclass(frozen=True)
class ShareToo(Action):
    """The yes to these: `read` is a mark of who they are."""

    code = "gY"
    group: int
    read: int


@dataclass(frozen=True)
class HideFrom(Action):
    """The yes to another organisation is taken back; `mark` says which."""

    code = "gH"
    group: int
    mark: int


@dataclass(frozen=True)
class AskCounsellor(Place):
    """A message to the counsellor is typed."""

    code = "gq"
    group: int


@dataclass(frozen=True)
class ShareAgain(Action):
    """The yes to another organisation than the one that was joined."""

    code = "gy"
    group: int
    read: int


@dataclass(frozen=True)
class AnswerSure(Place):
    """A text that was typed right under a letter, before it goes to `person` (a number as in
    `Person`; 0 is the counsellor)."""

    code = "gz"
    draft = True
    group: int
    person: int


@dataclass(frozen=True)
class SendAnswer(Action):
    code = "gZ"
    group: int
    person: int


@dataclass(frozen=True)
class ForWhom(Place):
    """A text was typed where something else was asked for (`place`, encoded, `~` for its colons)
    while a letter came: for whom is it?"""

    code = "gv"
    draft = True
    place: str


@dataclass(frozen=True)
class ForHere(Action):
    """It is for where they were."""

    code = "gV"


@dataclass(frozen=True)
class LeaveGroup(Place):
    """Leave the group? The explicit yes is `Leave`."""

    code = "gl"
    group: int


@dataclass(frozen=True)
class Leave(Action):
    code = "gx"
    group: int


@dataclass(frozen=True)
class AnswerMeeting(Action):
    code = "gm"
    group: int
    meeting: int
    yes: bool


# --- a counsellor's groups


@dataclass(frozen=True)
class Groups(Place):
    code = "kg"
    main = True
    page: int = 0


@dataclass(frozen=True)
class NewGroup(Place):
    """The title of a new group is typed."""

    code = "ky"


@dataclass(frozen=True)
class Board(Place):
    """A group as its counsellor sees it: figures, people, who is stuck."""

    code = "kb"
    main = True
    group: int
    page: int = 0


@dataclass(frozen=True)
class Person(Place):
    """One learner of a group, as far as they share. `learner` is the number that they have in this
    group alone (`bot.flows.groups.membership.number_of`), here and in the other actions about one
    of a group."""

    code = "kp"
    group: int
    learner: int


@dataclass(frozen=True)
class Label(Place):
    """The counsellor's own name for a learner is typed: only they read it."""

    code = "kk"
    group: int
    learner: int


@dataclass(frozen=True)
class DropLabel(Action):
    code = "kK"
    group: int
    learner: int


@dataclass(frozen=True)
class NudgeSure(Place):
    """The word to go on, as the learner will read it."""

    code = "kw"
    group: int
    learner: int


@dataclass(frozen=True)
class Nudge(Action):
    code = "kW"
    group: int
    learner: int


@dataclass(frozen=True)
class WriteTo(Place):
    """A message to one learner is typed."""

    code = "kt"
    group: int
    learner: int


@dataclass(frozen=True)
class RemoveSure(Place):
    code = "kr"
    group: int
    learner: int


@dataclass(frozen=True)
class Remove(Action):
    code = "kR"
    group: int
    learner: int


@dataclass(frozen=True)
class Today(Place):
    """Who may need a word in any of the counsellor's groups."""

    code = "kj"
    main = True
    page: int = 0


@dataclass(frozen=True)
class NudgeAllSure(Place):
    """The friendly word to all who are stuck; 0 is all groups of the counsellor."""

    code = "kh"
    group: int


@dataclass(frozen=True)
class NudgeAll(Action):
    code = "kH"
    group: int


@dataclass(frozen=True)
class WriteAll(Place):
    """A message to the whole group is typed."""

    code = "kv"
    group: int


@dataclass(frozen=True)
class WriteAllSure(Place):
    code = "kV"
    draft = True
    group: int


@dataclass(frozen=True)
class SendAll(Action):
    code = "kz"
    group: int


@dataclass(frozen=True)
class HeldBack(Place):
    """Questions that wait because too many came at once."""

    code = "ki"
    group: int


@dataclass(frozen=True)
class Release(Action):
    """They come now, or (`drop`) are thrown away unread."""

    code = "kI"
    group: int
    drop: bool


@dataclass(frozen=True)
class GroupLink(Place):
    """The group's links, and how long and for how many they work."""

    code = "kl"
    group: int


@dataclass(frozen=True)
class RenewSure(Place):
    """A new link? The explicit yes is `RenewLink`."""

    code = "kN"
    group: int


@dataclass(frozen=True)
class RenewLink(Action):
    """A new link; the old one works no more."""

    code = "kL"
    group: int


@dataclass(frozen=True)
class GroupSettings(Place):
    code = "ks"
    group: int


@dataclass(frozen=True)
class GroupText(Place):
    """One of the group's texts is typed: `title`, `organisation`, or the last day `ends`."""

    code = "kx"
    group: int
    field: str


@dataclass(frozen=True)
class GroupChoice(Place):
    """One of the group's settings is chosen from a list: `language`, `limit`, `link_until`, `ends`,
    `promise`."""

    code = "kc"
    group: int
    field: str


@dataclass(frozen=True)
class SetGroup(Action):
    """`value` is as `bot.flows.groups.settings` reads it: a number, a language, a number of days
    from now."""

    code = "kC"
    group: int
    field: str
    value: str


@dataclass(frozen=True)
class GroupModules(Place):
    """What the group learns."""

    code = "km"
    group: int
    page: int = 0


@dataclass(frozen=True)
class ToggleModule(Action):
    code = "kM"
    group: int
    module: str
    page: int = 0


@dataclass(frozen=True)
class Papers(Place):
    """Things to print and to take away."""

    code = "ka"
    group: int


@dataclass(frozen=True)
class GroupCertificates(Place):
    """How many of a group have the certificate of which module."""

    code = "kq"
    group: int
    page: int = 0


@dataclass(frozen=True)
class PaperModule(Place):
    """For which module? `kind` is a `bot.documents.prints.PAPERS`."""

    code = "kA"
    group: int
    kind: str
    page: int = 0


@dataclass(frozen=True)
class PosterLanguage(Place):
    """The second language of the poster."""

    code = "kB"
    group: int


@dataclass(frozen=True)
class OrderPaper(Action):
    """`module` is that of a module's paper; of a poster the second language, or nothing."""

    code = "ko"
    group: int
    kind: str
    module: str = ""


@dataclass(frozen=True)
class Announce(Place):
    """A meeting is announced, or (`meeting`) one is changed: its day is chosen, or all of it
    typed."""

    code = "ke"
    group: int
    meeting: int = 0


@dataclass(frozen=True)
class MeetingTime(Place):
    """The time of a meeting on this `day` (ISO)."""

    code = "kt1"
    group: int
    meeting: int
    day: str


@dataclass(frozen=True)
class MeetingPlace(Place):
    """Where it is, typed. `time` is four digits."""

    code = "kt2"
    group: int
    meeting: int
    day: str
    time: str


@dataclass(frozen=True)
class MeetingPage(Place):
    code = "kt3"
    group: int
    meeting: int


@dataclass(frozen=True)
class CancelSure(Place):
    code = "kt4"
    group: int
    meeting: int


@dataclass(frozen=True)
class CancelMeeting(Action):
    code = "kt5"
    group: int
    meeting: int


@dataclass(frozen=True)
class MyMeeting(Place):
    """A meeting as a learner of the group sees it."""

    code = "gt"
    group: int
    meeting: int


@dataclass(frozen=True)
class MeetingFile(Action):
    """A meeting as a calendar file."""

    code = "gT"
    group: int
    meeting: int


@dataclass(frozen=True)
class AnnounceSure(Place):
    """`day` (ISO) and `time` (four digits) are empty where none was found."""

    code = "kE"
    draft = True
    group: int
    meeting: int = 0
    day: str = ""
    time: str = ""


@dataclass(frozen=True)
class SendAnnouncement(Action):
    code = "kS"
    group: int


@dataclass(frozen=True)
class CopyGroup(Action):
    """A new group with the same settings, and nobody in it."""

    code = "ku"
    group: int


@dataclass(frozen=True)
class Archive(Place):
    """The groups that are put away."""

    code = "ku1"
    page: int = 0


@dataclass(frozen=True)
class EndGroupSure(Place):
    code = "kd"
    group: int


@dataclass(frozen=True)
class EndGroup(Action):
    code = "kD"
    group: int


# --- colleagues of a counsellor; `person` is a number as in `Person`


@dataclass(frozen=True)
class Colleagues(Place):
    """Who keeps a group together."""

    code = "y"
    group: int


@dataclass(frozen=True)
class InviteColleague(Action):
    """A link that makes one person a counsellor of this group, once."""

    code = "yi"
    group: int


@dataclass(frozen=True)
class ColleagueLink(Place):
    code = "yl"
    group: int
    token: str


@dataclass(frozen=True)
class ColleaguePage(Place):
    code = "yp"
    group: int
    person: int


@dataclass(frozen=True)
class ColleagueOutSure(Place):
    """Take a colleague out of the group, or (0) leave it?"""

    code = "yx"
    group: int
    person: int


@dataclass(frozen=True)
class ColleagueOut(Action):
    code = "yX"
    group: int
    person: int


@dataclass(frozen=True)
class OfferGroup(Action):
    """The owner offers the group to a colleague; to 0: takes the offer back."""

    code = "yo"
    group: int
    person: int


@dataclass(frozen=True)
class TakeOver(Place):
    """A group is offered: take it over? The explicit yes is `TakeGroup`."""

    code = "yt"
    group: int


@dataclass(frozen=True)
class TakeGroup(Action):
    code = "yT"
    group: int
    yes: bool


@dataclass(frozen=True)
class BecomeColleague(Place):
    """A colleague's link was opened."""

    code = "yb"
    token: str


@dataclass(frozen=True)
class BeColleague(Action):
    """The yes, in the name of the group's organisation; `read` is as in `JoinGroup`."""

    code = "yB"
    token: str
    read: int


@dataclass(frozen=True)
class ColleagueFrom(Place):
    """Their own organisation is typed."""

    code = "yf"
    token: str


@dataclass(frozen=True)
class ColleagueName(Place):
    """Who is no staff yet types the name that learners read; their organisation, where it is
    another one, was typed before."""

    code = "yn"
    draft = True
    token: str


# --- staff


@dataclass(frozen=True)
class Staff(Place):
    """Who is staff, for admins."""

    code = "f"
    main = True
    page: int = 0


@dataclass(frozen=True)
class InviteStaff(Action):
    """A link that makes one person staff, once."""

    code = "fi"
    role: str


@dataclass(frozen=True)
class StaffLink(Place):
    code = "fl"
    role: str
    token: str


@dataclass(frozen=True)
class StaffPerson(Place):
    code = "fp"
    learner: int


@dataclass(frozen=True)
class TakeRole(Action):
    code = "ft"
    learner: int


@dataclass(frozen=True)
class BecomeStaff(Place):
    """A staff link was opened."""

    code = "fb"
    token: str


@dataclass(frozen=True)
class AcceptRole(Action):
    code = "fa"
    token: str


@dataclass(frozen=True)
class StaffName(Place):
    """The name that learners read is typed."""

    code = "fN"


@dataclass(frozen=True)
class CheckPaper(Place):
    """The number or the link of a certificate is typed, to withdraw it."""

    code = "fc"


@dataclass(frozen=True)
class PaperFound(Place):
    code = "fC"
    serial: str


@dataclass(frozen=True)
class WithdrawPaper(Action):
    """`back` makes it valid again."""

    code = "fw"
    serial: str
    back: bool


# --- broadcasts


@dataclass(frozen=True)
class Broadcasts(Place):
    code = "q"
    main = True
    page: int = 0


@dataclass(frozen=True)
class Broadcast(Place):
    """The draft."""

    code = "qd"
    main = True


@dataclass(frozen=True)
class BroadcastText(Place):
    """The text in one language is typed."""

    code = "qt"
    language: str


@dataclass(frozen=True)
class DropText(Action):
    code = "qT"
    language: str


@dataclass(frozen=True)
class BroadcastFile(Place):
    """A picture or a file is awaited."""

    code = "qf"


@dataclass(frozen=True)
class DropFile(Action):
    code = "qF"


@dataclass(frozen=True)
class BroadcastAudience(Place):
    code = "qw"


@dataclass(frozen=True)
class AudienceGroup(Place):
    code = "qG"
    page: int = 0


@dataclass(frozen=True)
class AudienceModule(Place):
    """By how far somebody is with a module."""

    code = "qm"
    module: str = ""
    page: int = 0


@dataclass(frozen=True)
class SetAudience(Action):
    """`field` is all, language, group, channel, or how far one is with the module `value`."""

    code = "qW"
    field: str
    value: str


@dataclass(frozen=True)
class BroadcastTime(Place):
    code = "qh"


@dataclass(frozen=True)
class BroadcastHour(Place):
    """The hour of this day (ISO)."""

    code = "qk"
    day: str


@dataclass(frozen=True)
class SetTime(Action):
    """A day (ISO) and a time (1430) of the learners; both empty is now."""

    code = "qH"
    day: str
    clock: str


@dataclass(frozen=True)
class CopyBroadcast(Action):
    """An old one as a new draft."""

    code = "qC"
    id: int


@dataclass(frozen=True)
class ClearBroadcast(Action):
    code = "q0"


@dataclass(frozen=True)
class BroadcastCheck(Place):
    """Who would get it, and the last yes."""

    code = "qc"


@dataclass(frozen=True)
class SetGuarantee(Action):
    code = "qg"
    at_least_once: bool


@dataclass(frozen=True)
class PreviewBroadcast(Action):
    """How it looks: the draft (0), or a broadcast that is there already."""

    code = "qp"
    id: int


@dataclass(frozen=True)
class StartBroadcast(Action):
    code = "qs"


@dataclass(frozen=True)
class BroadcastView(Place):
    """One that is on its way, or was."""

    code = "qv"
    main = True
    id: int


@dataclass(frozen=True)
class Steer(Action):
    """`what` is approve, pause, resume, cancel or list."""

    code = "qS"
    id: int
    what: str


def _all(cls: type[Action]) -> list[type[Action]]:
    return [c for sub in cls.__subclasses__() for c in (sub, *_all(sub))]


_BY_CODE = {cls.code: cls for cls in _all(Action) if cls is not Place}


def encode(action: Action) -> str:
    """The form that a button carries. Raises `ValueError` beyond 64 bytes: then an id is too
    long."""
    values = (getattr(action, f.name) for f in fields(action))
    data = ":".join((action.code, *map(_write, values)))
    if len(data.encode()) > MAX_BYTES:
        raise ValueError(f"a button holds at most {MAX_BYTES} bytes: {data}")
    return data


def decode(data: str) -> Action | None:
    """The action of a button; None when it is not one of ours (an older version's, or forged)."""
    code, *values = data.split(":")
    cls = _BY_CODE.get(code)
    if cls is None or not data.isprintable() or len(data.encode()) > MAX_BYTES:
        return None
    try:
        return cls(*(_READERS[f.type](value) for f, value in zip(fields(cls), values, strict=True)))
    except (ValueError, KeyError):
        return None


def _write(value: Any) -> str:
    if isinstance(value, tuple):
        return "".join(map(str, value))
    return str(int(value)) if isinstance(value, bool) else str(value)


def _digits(value: str) -> tuple[int, ...]:
    if not (value.isascii() and value.isdigit()) and value:
        raise ValueError(value)
    return tuple(map(int, value))


def _number(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 19 and int(value) < 2**63):
        raise ValueError(value)
    return int(value)


_READERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    int: _number,
    bool: lambda value: value == "1",
    tuple[int, ...]: _digits,
}
