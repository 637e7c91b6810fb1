"""The buttons and places about oneself: language, settings, other channels, privacy, help."""

from bot.conversation.action import Action, Command, Place
from bot.flows.account.stop_words import STOPS
from bot.model.roles import Right
from bot.model.words import _


class Help(
    Place,
    code="?",
    right=Right.ANYBODY,
    signs=("?", "؟", "❓"),
    command=Command("help", order=80, words=_("help"), menu=_("How to use this chat")),
):
    """The deck on using the service. `card` counts from 0."""

    card: int = 0


class About(
    Place,
    code="ab",
    right=Right.ANYBODY,
    command=Command("about", order=85, words=_("about"), menu=_("Who runs this service")),
):
    """Who runs this, and where its words and pictures come from."""


class WhoAmI(
    Place,
    code="wi",
    right=Right.ANYBODY,
    command=Command(
        "whoami", order=90, words=_("who am i|whoami"), menu=_("Who I am here"), suggested=False
    ),
):
    """Who one is here, and what PASITO_ADMINS would call one."""


class Languages(
    Place,
    code="la",
    right=Right.ANYBODY,
    aside=True,
    command=Command("language", order=20, words=_("language"), menu=_("Another language")),
): ...


class MoreLanguages(Place, code="lm", right=Right.ANYBODY, aside=True, wordless=True):
    """The languages that have no room on the first screen. `page` counts from 0, which is that."""

    page: int


class NewsPage(
    Place,
    code="nw",
    right=Right.ANYBODY,
    command=Command("writeme", order=95, words=_("write to me"), exact=True, suggested=False),
):
    """May one be written to after a day, where that takes a yes?"""


class ChooseNews(Action, code="nW", right=Right.ANYBODY):
    yes: bool


class SettingsMenu(
    Place,
    code="se",
    right=Right.ANYBODY,
    command=Command("settings", order=70, words=_("settings"), menu=_("Settings")),
): ...


class SessionLength(Place, code="sl", right=Right.ANYBODY): ...


class DataUse(
    Place,
    code="du",
    right=Right.ANYBODY,
    command=Command(
        "data", order=75, words=_("data"), menu=_("With or without pictures"), exact=True
    ),
):
    """Whether pictures are shown: they cost data."""


class LessData(
    Action,
    code="dun",
    right=Right.ANYBODY,
    command=Command("data low", order=76, words=_("data low"), exact=True, suggested=False),
): ...


class AllData(
    Action,
    code="duy",
    right=Right.ANYBODY,
    command=Command("data full", order=77, words=_("data full"), exact=True, suggested=False),
): ...


class Connect(Place, code="co", right=Right.ANYBODY):
    """Use Pasito on another channel too: a code is shown here or typed here."""


class ConnectSure(Place, code="cy", right=Right.ANYBODY):
    """A code was given: shall the two become one? The explicit yes is `JoinChannels`."""

    digits: str


class JoinChannels(Action, code="cj", right=Right.ANYBODY):
    digits: str


class MoreSettings(Place, code="sm", right=Right.ANYBODY):
    """Other phones, what is kept, the end of it."""


class Connections(Place, code="cn", right=Right.ANYBODY):
    """Which phones and pages are connected."""


class TakeOffSure(Place, code="ct", right=Right.ANYBODY):
    """Take one of them off? The explicit yes is `TakeOff`."""

    connection: str


class TakeOff(Action, code="cT", right=Right.ANYBODY):
    connection: str


class NewAddressSure(Place, code="cw", right=Right.ANYBODY):
    """A new address for this page? The explicit yes is `RenewAddress`."""


class RenewAddress(Action, code="cW", right=Right.ANYBODY): ...


class AddressIsNew(Place, code="cN", right=Right.ANYBODY): ...


class LeavePage(Place, code="cl0", right=Right.ANYBODY):
    """How to leave a page on a phone that is not one's own."""


class Privacy(
    Place,
    code="pv",
    right=Right.ANYBODY,
    command=Command("privacy", order=100, words=_("privacy"), menu=_("What is kept about me")),
): ...


class MyData(
    Place,
    code="md",
    right=Right.ANYBODY,
    command=Command("mydata", order=110, words=_("my data|data"), menu=_("Give me my data")),
): ...


class Delete(
    Place,
    code="de",
    right=Right.ANYBODY,
    command=Command(
        "delete",
        order=120,
        words=_("delete"),
        menu=_("Delete everything"),
        exact=True,
        first=True,
    ),
): ...


class Stopped(
    Place,
    code="st",
    right=Right.ANYBODY,
    command=Command(
        "stop",
        order=130,
        words=_("stop|unsubscribe"),
        menu=_("No more messages"),
        spellings=STOPS,
        exact=True,
        first=True,
    ),
): ...


class SpeakLanguage(Action, code="L", right=Right.ANYBODY, wordless=True):
    language: str


class SetMinutes(Action, code="mi", right=Right.ANYBODY):
    minutes: int


class NewCode(Action, code="nc", right=Right.ANYBODY):
    """Show a code that another channel can type."""


class Erase(Action, code="er", right=Right.ANYBODY):
    """Delete everything: the second, explicit yes."""


class Resume(Action, code="re", right=Right.ANYBODY):
    """After STOP: messages are welcome again."""
