"""What waits on a learner's page: files to fetch, letters to read."""

import time

from markupsafe import Markup, escape

from bot.channels.web.parse import CHANNEL
from bot.channels.web.render import Page, render
from bot.conversation.action import Home, Place
from bot.conversation.screen import Screen
from bot.documents.parcel import Make, Unwanted
from bot.flows.account.actions import MyData
from bot.flows.certificates.actions import Certificates, Delivered
from bot.flows.groups.actions import Board, Groups, MeetingPage, Papers
from bot.flows.groups.member_actions import MyMeeting
from bot.flows.papers.actions import MyPapers, PaperReady, PaperStart, PlacementsPage
from bot.flows.recording.actions import HearOne, OneRecording
from bot.flows.recording.slots import HEAR_IT
from bot.i18n.catalogues import Catalogues, name_of
from bot.model.certificate import Earned, subject_title
from bot.model.order import CERTIFICATES, PAPERS, OrderKind, seconds_kept
from bot.model.placement_words import TITLE
from bot.model.prints import PRINTS
from bot.model.words import Msg, Words, _
from bot.web.signs import drawn
from bot.web.verify import ANNEX
from cards.model import Programme
from db.outbox import Delivery
from db.store import Store

LETTERS = 20
"""On one page; the next ones come when these are read."""
_CERTIFICATES = CERTIFICATES | {OrderKind.ANNEX}
FILES_OF = {
    Delivered: _CERTIFICATES,
    Certificates: _CERTIFICATES,
    MyData: frozenset((OrderKind.DATA,)),
    Papers: frozenset(PRINTS),
    MyMeeting: frozenset({OrderKind.CALENDAR}),
    MeetingPage: frozenset({OrderKind.CALENDAR}),
    PaperReady: frozenset(PAPERS),
    PaperStart: frozenset(
        {OrderKind.CV_EXAMPLE, OrderKind.LETTER_EXAMPLE, OrderKind.PROFILE_EXAMPLE}
    ),
    PlacementsPage: frozenset({OrderKind.PLACEMENT}),
    Home: frozenset({OrderKind.CHECKLIST}),
    Groups: frozenset({OrderKind.CV_SENT}),
    Board: frozenset({OrderKind.CV_SENT}),
    MyPapers: frozenset({OrderKind.CV_EXAMPLE}),
    HearOne: frozenset({OrderKind.RECORDING}),
    OneRecording: frozenset({OrderKind.RECORDING}),
}
"""Places where files that were ordered wait to be fetched, and which."""
MOST_FILES = 8
TYPE_HERE = _("Or type here")
FILE = _("📎 {title} (PDF)")
CHECKLIST = _("📎 Checklist (PDF)")
DATA_FILE = _("📎 What is stored about me (JSON)")
FOR_WORK: dict[OrderKind, Words] = {
    OrderKind.CV: _("CV"),
    OrderKind.CV_SENT: _("CV"),
    OrderKind.CV_EXAMPLE: _("Example of a CV"),
    OrderKind.PLACEMENT: TITLE,
    OrderKind.LETTER: _("Letter"),
    OrderKind.LETTER_EXAMPLE: _("Example of a letter"),
    OrderKind.SCRIPT: _("For the phone"),
    OrderKind.MAIL: _("E-mail"),
    OrderKind.PROFILE: _("Skills profile"),
    OrderKind.PROFILE_EXAMPLE: _("Example of a skills profile"),
}
READ_AS_TEXT = _("Read as text: {title}")


class Inbox:
    """What `store` has for a page by its token."""

    def __init__(self, words: Catalogues, store: Store, make: Make, programme: Programme) -> None:
        self._words = words
        self._store = store
        self._make = make
        self.teach(programme)

    def teach(self, programme: Programme) -> None:
        """Titles are those of this one from now on."""
        self._programme = programme

    async def files(self, token: str) -> list[Delivery]:
        waiting, now = await self._store.outbox.of(CHANNEL, token), time.time()
        return [
            delivery
            for delivery in waiting
            if not delivery.order.note and now - delivery.at <= seconds_kept(delivery.order.kind)
        ]

    async def notes(self, token: str, language: str) -> dict[int, Page]:
        """Letters that wait here, by order: they stay until a form of a page that showed them is
        sent."""
        letters: dict[int, Page] = {}
        for delivery in await self._store.outbox.of(CHANNEL, token):
            if len(letters) == LETTERS:
                break
            if delivery.order.note:
                try:
                    screen = await self._make(delivery)
                except Unwanted:
                    await self._store.outbox.settle(delivery.order.id, "failed")
                    continue
                if isinstance(screen, Screen):
                    letters[delivery.order.id] = render(screen, language, self._words, TYPE_HERE)
        return letters

    async def came_of(self, token: str, file: str, language: str) -> Page | None:
        """What came of this very file, which is read while somebody waits for it: of another one a
        process may have died, or another tab waits for it."""
        mine = await self._store.outbox.of(CHANNEL, token)
        order = next((d for d in mine if d.order.answers == file), None)
        if order is None:
            return None
        screen = await self._make(order)
        await self._store.outbox.settle(order.order.id, "sent")
        assert isinstance(screen, Screen)
        return render(screen, language, self._words, TYPE_HERE)

    async def read(self, token: str, shown: str) -> None:
        """The learner saw these letters and went on."""
        ids = shown.split(",")
        for delivery in await self._store.outbox.of(CHANNEL, token):
            if delivery.order.note and str(delivery.order.id) in ids:
                await self._store.outbox.settle(delivery.order.id, "sent")

    async def links(self, token: str, place: Place, language: str) -> list[tuple[str, Markup, str]]:
        """Address and label of each file that belongs here, and the label of its text: of what was
        ordered together last."""
        here = [d for d in await self.files(token) if d.order.kind in FILES_OF[type(place)]]
        last = max((d.at for d in here), default=0)
        files = {
            (d.order.kind, d.order.subject, d.order.language): d
            for d in here
            if d.at == last or isinstance(place, Papers | PaperReady)
        }
        return [
            (
                f"/chat/{token}/file/{d.order.id}",
                drawn(escape(self._words.say(self._label(d, language), language))),
                self._words.say(READ_AS_TEXT.of(title=self._title(d, language)), language)
                if d.order.kind in (*CERTIFICATES, *PAPERS)
                else "",
            )
            for d in list(files.values())[-MOST_FILES:]
        ]

    def _label(self, delivery: Delivery, reader: str) -> Words:
        if delivery.order.kind == OrderKind.DATA:
            return DATA_FILE
        if delivery.order.kind == OrderKind.ANNEX:
            return ANNEX
        if delivery.order.kind == OrderKind.RECORDING:
            return HEAR_IT
        if delivery.order.kind == OrderKind.CHECKLIST:
            return CHECKLIST
        if delivery.order.kind in PRINTS:
            return PRINTS[delivery.order.kind]
        if delivery.order.kind in (OrderKind.SCRIPT, OrderKind.MAIL):
            return Msg("📎 {title}").of(title=self._title(delivery, reader))
        return FILE.of(title=self._title(delivery, reader))

    def _title(self, delivery: Delivery, reader: str) -> Words | str:
        """With its language, where that is not the reader's."""
        order = delivery.order
        if order.kind in FOR_WORK:
            return Msg("{paper}: {language}").of(
                paper=FOR_WORK[order.kind], language=name_of(order.language)
            )
        title = subject_title(self._programme, Earned(order.kind), order.subject) or order.subject
        if order.language == reader:
            return title
        return Msg("{title} – {language}").of(title=title, language=name_of(order.language))
