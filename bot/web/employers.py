"""What our papers mean, and the track for employers: a page without script that names nobody."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from bot.i18n.catalogues import Catalogues
from bot.model.about import TITLE as ABOUT
from bot.model.words import Words, _
from bot.web.join import ways_in
from bot.web.page import language_of, page
from bot.web.verify import ANNEX, CHECK
from cards.audience import Audience

TITLE = _("For employers")
SECTIONS: tuple[tuple[Words, tuple[Words, ...]], ...] = (
    (
        _("What a certificate from here says"),
        (
            _("Somebody read every card of a course, answered all questions and reached the mark."),
            _("It says how long that took, and which skills the course is about."),
            _(
                "It is not a diploma and gives no credits. Nobody checked who the person is. It "
                "does not say how well somebody works."
            ),
        ),
    ),
    (
        _("What a CV or a profile from here is"),
        (
            _("It is the person's own word, made from answers in their own language."),
            _(
                "The words of jobs and tasks come from lists that were translated before. What a "
                "person typed is not translated."
            ),
            _("Courses with a link can be checked. A short trial task shows more than any paper."),
        ),
    ),
    (
        _("May this person work?"),
        (
            _(
                "Ask for the permit, as you do with everybody. If you are not sure, ask the office "
                "for employment or foreigners."
            ),
            _("Never keep the original. Origin, religion, family and health are no questions."),
        ),
    ),
    (
        _("You want to offer a placement"),
        (
            _(
                "Ask the counsellor or the organisation that the person names. They know the "
                "agreement and the insurance. Work of more than a trial has to be paid."
            ),
        ),
    ),
    (
        _("Five short steps for your team"),
        (
            _(
                "CV, interview, first day, plain language, conflict: about half an hour, free, "
                "without a name or an address. At the end there are a checklist and a paper for "
                "your organisation. It is not a label."
            ),
        ),
    ),
)


@dataclass(frozen=True)
class Employers:
    """`links` are channel and start link. `track`: there is one for employers; `annex`: the
    programme explains its project."""

    words: Catalogues
    links: Mapping[str, str]
    track: bool
    annex: bool

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/employers", self.look)
        app.router.add_get(f"/join/e-{Audience.EMPLOYER}", self.look)  # before those of groups

    async def look(self, request: web.Request) -> web.Response:
        language = language_of(request, self.words)

        def say(words: Words) -> str:
            return self.words.say(words, language)

        sections = SECTIONS if self.track else SECTIONS[:-1]
        return page(
            request,
            "employers.html",
            self.words,
            language,
            200,
            heading=say(TITLE),
            sections=[(say(title), [say(line) for line in lines]) for title, lines in sections],
            check=say(CHECK),
            annex=say(ANNEX) if self.annex else "",
            about=say(ABOUT),
            track=self.track,
            **ways_in(self.words, self.links, language, f"e-{Audience.EMPLOYER}"),
        )
