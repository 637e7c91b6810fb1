"""Is this certificate genuine? A page for employers. It reads the token that the paper carries, and
needs no database for that.

Only the list of withdrawn certificates comes from the database. Each web process keeps it in memory
and asks for it anew every half minute; while the database is away the last one holds, and the page
says of when it is.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from aiohttp import web

import certificates as paper
from bot.documents.certificate import organisations_of
from bot.i18n.catalogues import Catalogues, name_of
from bot.model.certificate import Earned, subject_title
from bot.model.words import Words, _
from bot.runtime.supervisor import supervise
from bot.web.page import PRIVATE, language_of, page
from cards.model import Programme
from catalogues.dates import day_in, with_time
from db.revocations import State, Withdrawal

log = logging.getLogger(__name__)

REFRESH_SECONDS = 30
STALE_SECONDS = 120
LONGEST = 4000
"""Characters of a pasted text that are looked at."""
_SERIAL = re.compile(r"[0-9a-f]{16}")

CHECK = _("Check a certificate")
GENUINE = _("✅ This certificate is genuine")
GENUINE_MORE = _("{project} issued it. Please compare: the paper must say the same as this page.")
TODAY = _("The title and the organisations are shown as the programme names them today.")
REVOKED = _("⛔ This certificate no longer counts")
REVOKED_MORE = _(
    "{project} issued it, and took it back on {day}. Please ask them if you have questions."
)
REPLACED = _("🔁 There is a newer certificate")
REPLACED_MORE = _(
    "It was made again on {day} because the name is now written in another way. Please ask for the "
    "newer one."
)
UNKNOWN = _("This certificate cannot be confirmed")
UNKNOWN_MORE = _(
    "Perhaps a part of the link is missing, or something in it was changed, or it is not from "
    "{project}. "
    "Please scan the QR code again, or ask for the file."
)
NUMBER_ONLY = _("This number is not among the withdrawn certificates")
NUMBER_MORE = _(
    "A number alone confirms nothing. Please scan the QR code on the paper, or open the link in "
    "the file."
)
AS_OF = _("We could not ask just now whether it was withdrawn. The last answer is from {time}.")
NOT_ASKED = _("We could not ask just now whether it was withdrawn. Please try again later.")
PASTE = _("Paste the link or the number of the certificate")
CHECK_IT = _("Check")
HOW = _(
    "The QR code on the paper leads to the answer at once. Without a camera, copy the link out of "
    "the PDF file."
)
ANOTHER = _("Check another certificate")
EMPLOYERS = _("For employers: what our papers mean")
ANNEX = _("📄 About the project and its certificates (PDF)")


class Withdrawals:
    """The list of withdrawn certificates as it was when last asked for."""

    def __init__(
        self, load: Callable[[], Awaitable[Mapping[str, Withdrawal]]], clock: Callable[[], float]
    ) -> None:
        self._load = load
        self._clock = clock
        self._found: Mapping[str, Withdrawal] = {}
        self.as_of: float | None = None
        """When the list was last loaded, seconds since the epoch; None before the first time."""

    def __getitem__(self, serial: str) -> Withdrawal | None:
        return self._found.get(serial)

    def reasons(self) -> dict[str, str]:
        return {serial: withdrawal.state.value for serial, withdrawal in self._found.items()}

    @property
    def stale(self) -> bool:
        return self.as_of is None or self._clock() - self.as_of > STALE_SECONDS

    async def refresh(self) -> None:
        """Asks the database; when it does not answer, what is known stays."""
        asked = self._clock()
        try:
            async with asyncio.timeout(REFRESH_SECONDS):
                self._found = await self._load()
        except Exception as error:
            log.warning(
                "the list of withdrawn certificates could not be loaded: %s", type(error).__name__
            )
        else:
            self.as_of = asked

    async def keep_fresh(self, _app: web.Application) -> AsyncIterator[None]:
        """While the web server runs (aiohttp's `cleanup_ctx`)."""

        async def again_and_again() -> None:
            while True:
                loop.beat()
                await asyncio.sleep(REFRESH_SECONDS)
                await self.refresh()

        await self.refresh()
        loop = supervise("withdrawn certificates", again_and_again)
        yield
        await loop.stop()


@dataclass
class Verify:
    """What employers read: the pages below /verify, and the annex. `annex` makes it in a language,
    where the programme has one."""

    keys: paper.KeyRing
    public_url: str
    programme: Programme
    words: Catalogues
    withdrawals: Withdrawals
    annex: Callable[[str], Awaitable[tuple[bytes, str]]] | None = None

    def teach(self, programme: Programme) -> None:
        """Titles and organisations are those of this one from now on."""
        self.programme = programme

    def add_to(self, app: web.Application) -> None:
        app.cleanup_ctx.append(self.withdrawals.keep_fresh)
        app.router.add_get("/verify", self.ask)
        app.router.add_get(f"/{paper.WITHDRAWN}", self.withdrawn)
        app.router.add_get(
            "/{verify:(?i:verify)}/{token:.+}", self.check
        )  # QR codes carry it in upper case
        if self.annex:
            app.router.add_get(r"/annex/{language:[a-z-]{2,16}}.pdf", self.explain)
        for place in (
            "/.well-known/did.json",
            "/did.json",
        ):  # below a path of its own a DID's document stands in that path
            app.router.add_get(place, self.issuer)

    async def ask(self, request: web.Request) -> web.Response:
        """The form. What it sends becomes the address of the answer."""
        if pasted := request.query.get("certificate", "")[:LONGEST]:
            language = request.query.get("language", "")
            known = f"?language={language}" if language in self.words.languages else ""
            raise web.HTTPSeeOther(
                f"/verify/{quote(paper.token_in(pasted) or '-', safe='')}{known}"
            )
        return self._page(request, 200, CHECK, (HOW,), form=True)

    async def check(self, request: web.Request) -> web.Response:
        token = paper.token_in(request.match_info["token"][:LONGEST])
        if _SERIAL.fullmatch(token):
            return self._number(request, token)
        try:
            statement = self.keys.read(token)
        except paper.NotGenuine:
            return self._page(
                request, 404, UNKNOWN, (UNKNOWN_MORE.of(project=self.programme.title),), form=True
            )
        language = self._language(request)
        heading, more = self._verdict(self.withdrawals[statement.serial], language) or (
            GENUINE,
            GENUINE_MORE.of(project=self.programme.title),
        )
        return self._page(
            request,
            200,
            heading,
            (more, TODAY, *self._caution(language)),
            self._stated(statement, language),
        )

    def _number(self, request: web.Request, serial: str) -> web.Response:
        """Without the token there is nothing to read: there is no register. Only whether it was
        withdrawn is known."""
        language = self._language(request)
        heading, more = self._verdict(self.withdrawals[serial], language) or (
            NUMBER_ONLY,
            NUMBER_MORE,
        )
        return self._page(request, 200, heading, (more, *self._caution(language)), form=True)

    async def withdrawn(self, _request: web.Request) -> web.Response:
        """For programs that read Open Badges. 503 while it is not known."""
        if self.withdrawals.as_of is None:
            raise web.HTTPServiceUnavailable
        return web.json_response(
            paper.revocation_list(self.withdrawals.reasons(), self.public_url), headers=PRIVATE
        )

    async def explain(self, request: web.Request) -> web.Response:
        """The project behind the certificates, as PDF."""
        language = request.match_info["language"]
        if self.annex is None or language not in self.words.languages:
            raise web.HTTPNotFound
        content, name = await self.annex(language)
        shown = f"inline; filename*=UTF-8''{quote(name)}"
        headers = {"Content-Disposition": shown, "Cache-Control": "max-age=3600"}
        return web.Response(body=content, content_type="application/pdf", headers=headers)

    async def issuer(self, _request: web.Request) -> web.Response:
        """The public keys, as the document of the issuer's DID."""
        return web.json_response(
            paper.did_document(self.keys, self.public_url),
            headers={"Cache-Control": "max-age=3600"},
        )

    def _verdict(self, withdrawal: Withdrawal | None, language: str) -> tuple[Words, Words] | None:
        """What is said of a withdrawn certificate."""
        if withdrawal is None:
            return None
        day = day_in(withdrawal.day, language)
        if withdrawal.state is State.REVOKED:
            return REVOKED, REVOKED_MORE.of(project=self.programme.title, day=day)
        return REPLACED, REPLACED_MORE.of(day=day)

    def _caution(self, language: str) -> tuple[Words, ...]:
        if not self.withdrawals.stale:
            return ()
        if self.withdrawals.as_of is None:
            return (NOT_ASKED,)
        at = datetime.fromtimestamp(self.withdrawals.as_of, UTC)
        return (AS_OF.of(time=with_time(day_in(at.date(), language), f"{at:%H:%M} UTC", language)),)

    def _stated(self, statement: paper.Statement, language: str) -> paper.Stated:
        kind = Earned(statement.kind)
        title = subject_title(self.programme, kind, statement.subject)
        return paper.in_words(
            statement,
            language,
            self.words.say(title, language) if title else statement.subject,
            organisations_of(self.programme, kind, statement.subject),
            self.words.spoken(title, language) if title else "",
            name_of(statement.language),
        )

    def _page(
        self,
        request: web.Request,
        status: int,
        heading: Words,
        lines: tuple[Words, ...],
        stated: paper.Stated | None = None,
        form: bool = False,
    ) -> web.Response:
        language = self._language(request)

        def say(words: Words) -> str:
            return self.words.say(words, language)

        return page(
            request,
            "verify.html",
            self.words,
            language,
            status,
            heading=say(heading),
            lines=[say(line) for line in lines],
            stated=stated,
            paste=say(PASTE) if form else "",
            check=say(CHECK_IT),
            another=say(ANOTHER),
            employers=say(EMPLOYERS),
            annex=say(ANNEX) if stated and self.annex else "",
            longest=LONGEST,
        )

    def _language(self, request: web.Request) -> str:
        return language_of(request, self.words)
