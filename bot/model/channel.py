"""What channels are called, and the links that lead to them. Each channel registers its own name
(`bot.channels.base.Channel`); here no messenger is known."""

from collections.abc import Mapping, Sequence

from bot.model.words import Words, _, verbatim

PULL_CHANNELS = ("web", "terminal")
"""Channels on which nothing can be sent: people come and look."""
Links = Sequence[tuple[str, str]]
"""Channel and address."""
LABELS: dict[str, str] = {}
"""Where a name is not simply written with a capital."""
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


def invite_links(links: Mapping[str, str], token: str) -> tuple[tuple[str, str], ...]:
    """Channel and address of each link of an invitation. `links` are those of `World`."""
    return tuple(
        (
            channel,
            f"{start.removesuffix('?start=')}join/{token}"
            if channel == "web"
            else f"{start}g-{token}",
        )
        for channel, start in links.items()
    )
