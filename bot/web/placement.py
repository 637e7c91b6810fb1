"""The page on which an employer confirms a placement: facts and ticks, no marks, no free text but
the name of the organisation, no account, no script."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl

from aiohttp import web

from bot.i18n.catalogues import Catalogues
from bot.model.clean_text import one_line
from bot.model.learner import day_of
from bot.model.organisation import LONGEST, why_not
from bot.model.papers import MOST_CONFIRMED, Confirmed, Placement
from bot.model.placement_words import FIRST, HOURS, LAST, ORGANISATION, ROLES, TASKS, TITLE, WHO
from bot.model.words import Words, _
from bot.web.page import language_of, page
from cards.occupations import COMMON, Work
from db.placements import PATH, confirm, open_placement
from db.store import Store

INTRO = _(
    "Somebody who worked with you asks you for this. Only facts, no marks. Nobody publishes it."
)
FILL_IN = _(
    "Please fill in all of it. Tasks: one to {number}. The last day is not before the first."
).of(number=MOST_CONFIRMED)
NOT_SO = _(
    "The first day is today or earlier. The last day is not before it. The hours fit in between."
)
THANKS = _("Thank you. It went to the person who asked you.")
USED = _("This link was used, or is too old.")
SEND = _("Send")
MOST_HOURS = 2000
YEAR, YEARS_AGO, A_DAY_ELSEWHERE = 366, 3660, 1
"""Days: until the last one at most, since the first one at most; and today is another day there."""


@dataclass(frozen=True)
class PlacementPage:
    words: Catalogues
    store: Store
    work: Work
    unprintable: Callable[[str], str]
    clock: Callable[[], float] = time.time

    def add_to(self, app: web.Application) -> None:
        path = PATH + "{link:[A-Za-z0-9_-]{20,200}}"
        app.router.add_get(path, self.look)
        app.router.add_post(path, self.fill)

    async def look(self, request: web.Request) -> web.Response:
        placement = await self._open(request)
        if placement is None:
            return self._said(request, USED)
        return self._form(request, placement, {}, ())

    async def fill(self, request: web.Request) -> web.Response:
        placement = await self._open(request)
        if placement is None:
            return self._said(request, USED)
        body = (await request.read()).decode("utf-8", "replace")
        try:
            given = parse_qsl(body, errors="replace", max_num_fields=60)
        except ValueError as error:
            raise web.HTTPBadRequest from error
        tasks = [value for name, value in given if name == "task"]
        fields = dict(given)
        said = self._read(placement, fields, tasks)
        if not isinstance(said, Confirmed):
            return self._form(request, placement, fields, tasks, said)
        link, now = request.match_info["link"], int(self.clock())
        done = await confirm(self.store, link, said, now)
        return self._said(request, THANKS if done else USED)

    async def _open(self, request: web.Request) -> Placement | None:
        return await open_placement(self.store, request.match_info["link"], int(self.clock()))

    def _tasks(self, placement: Placement) -> tuple[str, ...]:
        return (*self.work.tasks_of(placement.sector), *self.work.tasks_of(COMMON))

    def _read(
        self, placement: Placement, fields: dict[str, str], tasks: Sequence[str]
    ) -> Confirmed | Words:
        """Or what to do where something is missing or cannot be."""
        organisation = one_line(fields.get("organisation", ""))
        offered = [task for task in self._tasks(placement) if task in tasks]
        today = day_of(int(self.clock()))
        try:
            first, last = (date.fromisoformat(fields.get(name, "")) for name in ("first", "last"))
            hours = int(fields.get("hours", ""))
        except ValueError:
            return FILL_IN
        role = fields.get("role", "")
        if not organisation or role not in ROLES or not 1 <= len(offered) <= MOST_CONFIRMED:
            return FILL_IN
        if why := why_not(organisation, self.unprintable):
            return why
        begun = -A_DAY_ELSEWHERE <= (today - first).days < YEARS_AGO
        ends = first <= last and (last - today).days < YEAR
        if not (begun and ends and 1 <= hours <= min(MOST_HOURS, 24 * ((last - first).days + 1))):
            return NOT_SO
        return Confirmed(
            organisation,
            role,
            first.isoformat(),
            last.isoformat(),
            hours,
            tuple(offered),
            today.isoformat(),
        )

    def _form(
        self,
        request: web.Request,
        placement: Placement,
        fields: dict[str, str],
        tasks: Sequence[str],
        wrong: Words | None = None,
    ) -> web.Response:
        language = language_of(request, self.words)

        def say(words: Words) -> str:
            return self.words.say(words, language)

        task = self.work.word
        return page(
            request,
            "placement.html",
            self.words,
            language,
            422 if wrong else 200,
            heading=say(TITLE),
            intro=say(INTRO),
            rules=say(wrong or FILL_IN),
            wrong=wrong is not None,
            labels={
                "organisation": say(ORGANISATION),
                "role": say(WHO),
                "first": say(FIRST),
                "last": say(LAST),
                "hours": say(HOURS),
                "tasks": say(TASKS),
            },
            roles=[(id, say(label)) for id, label in ROLES.items()],
            tasks=[(id, say(task(f"task {id}"))) for id in self._tasks(placement)],
            given=fields,
            ticked=frozenset(tasks),
            longest=LONGEST,
            most_hours=MOST_HOURS,
            send=say(SEND),
        )

    def _said(self, request: web.Request, words: Words) -> web.Response:
        language = language_of(request, self.words)
        said = self.words.say(words, language)
        status = 200 if words == THANKS else 410
        heading = self.words.say(TITLE, language)
        return page(
            request, "placement.html", self.words, language, status, heading=heading, said=said
        )
