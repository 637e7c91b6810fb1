"""An invite link, from a paper or a message: who invites, and where to learn. Nothing is stored
here.

What would be seen, and the yes or no, come in the chat (`bot.flows.groups.membership`). Somebody
who cannot join reads why, and can learn.
"""

import secrets
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.conversation.action import encode
from bot.flows.account.actions import SpeakLanguage
from bot.flows.account.languages import FREE, HELLO
from bot.flows.groups.membership import INVITES, WITHOUT, refusal
from bot.i18n.catalogues import Catalogues
from bot.model.channel import is_app, label_of, manners_of
from bot.model.group import GroupByToken, MembersOf
from bot.model.words import Msg, Words, _
from bot.web.page import language_of, page
from db.store import Store

FIRST_READ = _(
    "Before you join you read who would see what. You can say no and learn all the same."
)
IN_APP = _("Open in {app}")
HERE = _("Open here, without an app")
NEEDS_APP = _(
    "{app}: you need the app and a phone number. Lessons are text: they take little data."
)
NEEDS_NOTHING = _("Browser: you need no app and no number. A lesson takes about 20 KB of data.")
PASTE = _("Do you learn with me on the web already? Then paste this address into your own page.")


def ways_in(
    words: Catalogues, links: Mapping[str, str], language: str, payload: str
) -> dict[str, Any]:
    """What a page needs that leads into the chat: links to apps, and the form for here."""
    return {
        "apps": [
            (f"{url}{payload}", words.say(IN_APP.of(app=label_of(name)), language))
            for name, url in links.items()
            if is_app(name)
        ],
        "here": words.say(HERE, language),
        "do": encode(SpeakLanguage(language)),
        "u": secrets.token_urlsafe(9),
        "payload": payload,
    }


@dataclass(frozen=True)
class Join:
    """`links` are channel and start link, as in `bot.conversation.turn.World`."""

    words: Catalogues
    store: Store
    links: Mapping[str, str]

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/join/{token:[A-Za-z0-9_-]{1,64}}", self.look)

    def _needs(self) -> Iterator[Words]:
        """What each way takes, so that a reader can choose."""
        for name in filter(is_app, self.links):
            yield NEEDS_APP.of(app=label_of(name))
            if beyond := manners_of(name).beyond:
                yield beyond
        yield NEEDS_NOTHING

    async def look(self, request: web.Request) -> web.Response:
        token = request.match_info["token"].lower()
        group = await self.store.ask(GroupByToken(token))
        members = await self.store.ask(MembersOf(group.id)) if group and group.limit else ()
        why = refusal(group, len(members), int(time.time()))
        language = language_of(request, self.words, group.language if group else "")
        heading: Words = HELLO
        lines: tuple[Words, ...]
        payload = ""
        if why:
            lines = (why, WITHOUT)
        else:
            assert group is not None
            payload = f"g-{token}"
            heading = INVITES.of(counsellor=group.counsellor)
            named = Msg("{title} · {organisation}").of(
                title=group.title, organisation=group.organisation
            )
            lines = (named, FREE, FIRST_READ)

        def say(words: Words) -> str:
            return self.words.say(words, language)

        return page(
            request,
            "join.html",
            self.words,
            language,
            404 if group is None else 410 if why else 200,
            heading=say(heading),
            lines=[say(line) for line in lines],
            needs=[say(words) for words in self._needs()],
            **ways_in(self.words, self.links, language, payload),
            paste=say(PASTE) if payload else "",
        )
