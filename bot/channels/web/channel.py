"""The web chat as a channel: people come and look, nothing is sent."""

from typing import Self

from aiohttp import web

from bot.channels.base import LARGEST_SENT, Channel, Site, Webhook
from bot.channels.web.chat import Chat
from bot.channels.web.parse import CHANNEL
from bot.documents.parcel import NoSuchFile, SentFile
from bot.model.papers import MOST_FILE_BYTES
from bot.web.forms import LARGEST_FORM
from bot.web.visitor import Proxies

TOKEN = "{token:[A-Za-z0-9_-]{32}}"  # noqa: S105 - a part of a route
ORDER = r"{order:\d{1,17}}"


class Web(Channel):
    """Always on; a process that answers requests serves its pages."""

    name = CHANNEL
    label = "Web"
    admin = "[A-Za-z0-9_-]{43}"

    def __init__(self, site: Site) -> None:
        proxies = Proxies.of(site.settings.proxy_list)
        self.chat = Chat(site.dispatcher, site.words, site.store, site.make, proxies)

    @classmethod
    def of(cls, site: Site) -> Self:
        return cls(site)

    def webhooks(self) -> list[Webhook]:
        """A form with a file in it: larger than all others."""
        most = MOST_FILE_BYTES + LARGEST_FORM
        return [Webhook(f"/chat/{TOKEN}/send", self.chat.send, most, by_people=True)]

    async def fetch(self, file_id: str, most: int = LARGEST_SENT) -> SentFile:
        content = self.chat.sent(file_id)
        if content is None or len(content) > most:
            raise NoSuchFile
        return SentFile("file", content, "application/octet-stream")

    def routes(self) -> list[web.RouteDef]:
        chat = self.chat
        return [
            web.get("/", chat.welcome),
            web.post("/", chat.begin),
            web.get(f"/chat/{TOKEN}", chat.look),
            web.post(f"/chat/{TOKEN}", chat.act),
            web.get(f"/chat/{TOKEN}/send", _to_the_chat),
            web.get(f"/chat/{TOKEN}/file/{ORDER}", chat.file, allow_head=False),
            web.get(f"/chat/{TOKEN}/file/{ORDER}/text", chat.file_text, allow_head=False),
        ]


async def _to_the_chat(request: web.Request) -> web.Response:
    """Where a form with a file went to is opened again, perhaps from a tab that was restored."""
    raise web.HTTPSeeOther(f"/chat/{request.match_info['token']}")
