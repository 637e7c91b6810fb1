"""What channels are called, and the links that lead to them. Each channel registers its own name
(`bot.channels.base.Channel`); here no messenger is known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.model.words import Words, _, verbatim

PULL_CHANNELS = ("web", "terminal")
"""Channels on which nothing can be sent: people come and look."""
Links = Sequence[tuple[str, str]]
"""Channel and address."""
LABELS: dict[str, str] = {}
"""Where a name is not simply written with a capital."""


@dataclass(frozen=True)
class Manners:
    """How a messenger is, for those who know none."""

    beyond: Words | None = None
    """What to know before taking it: how one begins, who is not reached there."""
    carrier: str = ""
    """Who carries what is written here, beside us."""
    costly: bool = False
    """Each message costs money: what can be said in one is."""
    repeats: int = 48 * 3600
    """Seconds in which it may bring an update again."""
    window: int | None = None
    """Seconds after somebody's last message in which anything may be sent to them; None for ever.
    """
    template: int = 0
    """Characters of a broadcast that may go to who did not write in that time and agreed: words
    alone. 0 is nothing."""
    voice: bool = False
    """A voice note that is sent there can be fetched."""
    files: Words | None = None
    """Which pictures and files can be sent, where not all can."""


MANNERS: dict[str, Manners] = {}
"""Of channels that are not as most are."""
_AS_MOST = Manners()


def manners_of(channel: str) -> Manners:
    return MANNERS.get(channel, _AS_MOST)


_PLACES: dict[str, Words] = {"web": _("Web page"), "terminal": _("Terminal")}


def label_of(channel: str) -> str:
    """What people call it, as in a list of links."""
    return LABELS.get(channel) or channel.capitalize()


def page_label(channel: str) -> Words:
    """What somebody has there who learns on it."""
    return _PLACES.get(channel) or verbatim(label_of(channel))


def is_app(channel: str) -> bool:
    """Whether it is a messenger, which people open as an app."""
    return channel not in PULL_CHANNELS


def first_link(links: Iterable[tuple[str, str]]) -> str:
    """The address to hand on, of channels and addresses: into a messenger, where there is one."""
    return next((url for _channel, url in sorted(links, key=lambda link: not is_app(link[0]))), "")


def audience_links(links: Mapping[str, str], audience: str) -> tuple[tuple[str, str], ...]:
    """Channel and address of each link to the track of an audience."""
    return _links(links, f"e-{audience}", f"e-{audience}")


def invite_links(links: Mapping[str, str], token: str) -> tuple[tuple[str, str], ...]:
    """Channel and address of each link of an invitation. `links` are those of `World`."""
    return _links(links, token, f"g-{token}")


def _links(links: Mapping[str, str], page: str, payload: str) -> tuple[tuple[str, str], ...]:
    """On the web it is a page of its own, `page`, that offers every way."""
    return tuple(
        (
            channel,
            f"{start.removesuffix('?start=')}join/{page}"
            if channel == "web"
            else f"{start}{payload}",
        )
        for channel, start in links.items()
    )
