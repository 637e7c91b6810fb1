"""Who runs this service: the page of what `/about` says in the chat."""

from dataclasses import dataclass

from aiohttp import web

from bot.i18n.catalogues import Catalogues
from bot.model.about import SUPPORT, TITLE, Operator, sections
from bot.model.words import Words
from bot.web.employers import TITLE as EMPLOYERS
from bot.web.page import language_of, page
from bot.web.prints import TITLE as PRINTS
from cards.model import Programme


@dataclass
class About:
    """`operator` is what the settings say of who runs it."""

    words: Catalogues
    programme: Programme
    operator: Operator

    def teach(self, programme: Programme) -> None:
        """What is said is of this one from now on."""
        self.programme = programme

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/about", self.look)

    async def look(self, request: web.Request) -> web.Response:
        language = language_of(request, self.words)

        def say(words: Words) -> str:
            return self.words.say(words, language)

        return page(
            request,
            "about.html",
            self.words,
            language,
            200,
            heading=say(TITLE),
            sections=[
                (say(title), [say(line) for line in lines])
                for title, lines in sections(self.programme, self.operator)
            ],
            support=self.operator.support,
            support_label=say(SUPPORT),
            employers=say(EMPLOYERS),
            prints=say(PRINTS),
        )
