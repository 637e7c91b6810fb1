"""From an order to the file that is handed over. Rendering is CPU work: it runs in a thread, one at
a time.
"""

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import certificates as paper
from bot import metrics
from bot.conversation.message import screen as note_screen
from bot.conversation.screen import Screen
from bot.documents.came_back import CameBack
from bot.documents.certificate import annex_facts, annex_url, facts
from bot.documents.checklist import checklist_facts
from bot.documents.issue import Issuer, linkedin
from bot.documents.name_check import unprintable
from bot.documents.parcel import (
    OPUS,
    Announcement,
    Bring,
    Commands,
    MadeFile,
    NotNow,
    Post,
    Unwanted,
    nothing_brought,
)
from bot.documents.prints import Papers
from bot.documents.resume_answers import AnswersReader
from bot.documents.work_papers import KINDS as FOR_WORK
from bot.documents.work_papers import WorkPapers
from bot.i18n.catalogues import Catalogues
from bot.model.broadcast import Media, MediaKind
from bot.model.certificate import PapersIn
from bot.model.channel import PULL_CHANNELS
from bot.model.group import GroupById, MembersOf, readers
from bot.model.learner import Learner, day_of
from bot.model.local_time import quiet_until
from bot.model.message import Note
from bot.model.order import OrderKind
from bot.model.pairs import PairById, PairState
from bot.model.prints import PRINTS
from bot.model.recordings import SpokenById, State
from bot.model.words import _
from bot.runtime.clock import ClockWrong
from cards.model import Module, Programme
from cards.occupations import Work
from certificates.prints.checklist import checklist
from db import voices
from db.my_data import everything
from db.outbox import Delivery
from db.store import Store

CAPTION = _("🎓 {title}\n{name}. Certificate of {project}, {day}.")
ANNEX_CAPTION = _("📄 About the project and its certificates, for employers.\n{url}")
CHECKLIST_CAPTION = _("📋 A checklist to hang up.")
NO_PROFILE = (OrderKind.LEARNING, OrderKind.ORGANISATION)
"""Certificates that are nothing for a profile of a person."""
COMPUTER, PERSON = _("🔊 A computer's voice."), _("🔊 Read by a person.")
AGAIN_SECONDS = 60
"""Until a certificate is tried again that waits for the clock to be set."""
DATA_CAPTION = _("Everything that is stored about you.")


class Files:
    """Makes what was ordered: certificates, data files, papers of staff, notes. `links` are channel
    and start link; `zone` is that of learners who did not tell theirs."""

    def __init__(
        self,
        programme: Programme,
        words: Catalogues,
        store: Store,
        issuer: Issuer,
        links: Mapping[str, str],
        zone: str = "UTC",
        clock: Callable[[], float] = time.time,
        check_clock: Callable[[], None] = lambda: None,
        country: str = "",
        work: Work | None = None,
    ) -> None:
        """`check_clock` raises where nothing may be dated and signed; `country` is the language of
        the second disclaimer; `work` the data of papers for work."""
        self._country = country
        self._check_clock = check_clock
        self._zone = zone
        self._clock = clock
        self.programme = programme
        self._words = words
        self._store = store
        self._issuer = issuer
        self._papers = Papers(programme, words, store, issuer.fonts, links)
        self._work_papers = WorkPapers(programme, words, store, issuer, work or Work())
        self._came_back = CameBack(store, partial(_answers_reader, words, work or Work(), issuer))
        self.bring: Bring = nothing_brought
        """Brings what somebody sent on a messenger; the channels are there later than this."""
        self._one_at_a_time = asyncio.Semaphore(1)
        self._annexes: dict[str, tuple[bytes, str]] = {}

    def teach(self, programme: Programme) -> None:
        """What is made from now on is of this one."""
        for maker in (self, self._papers, self._work_papers):
            maker.programme = programme
        self._annexes.clear()

    async def make(self, delivery: Delivery) -> Post:
        """Raises `bot.documents.certificate.NothingToCertify`, `certificates.MissingGlyphs`,
        `Unwanted` and `NotNow`."""
        order = delivery.order
        if order.note:
            return await self._note(delivery, order.note)
        if order.kind == OrderKind.DATA:
            return await self._data(delivery)
        if order.kind == OrderKind.CV_BACK:
            return await self._came_back.make(delivery, self.bring, int(self._clock()))
        if order.kind in FOR_WORK:
            async with self._one_at_a_time:
                return await self._work_papers.make(delivery, day_of(int(self._clock())))
        if order.kind == OrderKind.PLACEMENT:
            async with self._one_at_a_time:
                return await self._work_papers.placement(order, day_of(int(self._clock())))
        if order.kind == OrderKind.CV_SHEET:
            await self._papers.check_staff(delivery.learner)
            async with self._one_at_a_time:
                return await self._work_papers.sheet(order, day_of(int(self._clock())))
        if order.kind in PRINTS:
            async with self._one_at_a_time:
                return await self._papers.make(delivery, day_of(int(self._clock())))
        if order.kind == OrderKind.CHECKLIST:
            return await self._checklist(order.subject, order.language)
        if order.kind == OrderKind.AUDIO:
            return await self._recording(order.subject)
        if order.kind == OrderKind.RECORDING:
            return await self._voice(delivery)
        if order.kind == OrderKind.ANNEX:
            return await self._annex(order.language)
        return await self._certificate(delivery)

    async def _checklist(self, track: str, language: str) -> MadeFile:
        module = next((m for m in self.programme.tracks if m.id == track), None)
        if module is None:
            raise Unwanted
        made = day_of(int(self._clock()))
        said = checklist_facts(module, self.programme, self._words, language, made)
        async with self._one_at_a_time:
            content = await asyncio.to_thread(checklist, said, self._issuer.fonts)
        name = paper.file_name("Pasito", said.title)
        return MadeFile(name, content, "application/pdf", CHECKLIST_CAPTION)

    async def _recording(self, key: str) -> MadeFile:
        """Raises `Unwanted` where it is not there any more."""
        found = self.programme.audio.get(key)
        try:
            content = await asyncio.to_thread(found.path.read_bytes) if found else b""
        except OSError:
            content = b""
        if found is None or not content:
            raise Unwanted
        caption = COMPUTER if found.computer else PERSON
        name = f"{key.replace('/', '-')}.ogg"
        return MadeFile(name, content, OPUS, caption, known_by=found.mark)

    async def _voice(self, delivery: Delivery) -> MadeFile:
        """Raises `Unwanted` where it was taken down meanwhile; what learners do not hear yet is for
        staff, and for whose voice it is."""
        id = int(delivery.order.subject)
        one = await self._store.ask(SpokenById(id))
        if one and one.state is not State.HEARD and one.speaker != delivery.learner.id:
            await self._papers.check_staff(delivery.learner)
        content = await voices.content_of(self._store, id)
        if content is None:
            raise Unwanted
        return MadeFile("recording.ogg", content, OPUS, PERSON)

    async def _annex(self, language: str) -> MadeFile:
        content, name = await self.annex(language)
        url = annex_url(self._issuer.public_url, language)
        return MadeFile(name, content, "application/pdf", ANNEX_CAPTION.of(url=url))

    async def annex(self, language: str) -> tuple[bytes, str]:
        """The annex in a language and its file name, made once. Raises `NothingToCertify` where the
        programme has none."""
        if language not in self._annexes:
            made = day_of(int(self._clock()))
            said = annex_facts(self.programme, self._words, language, self._issuer.public_url, made)
            async with self._one_at_a_time:
                content = await asyncio.to_thread(
                    paper.annex, said, self._issuer.fonts, self._issuer.look
                )
            self._annexes[language] = content, paper.file_name(said.project, said.title)
        return self._annexes[language]

    async def printed(self, kind: OrderKind, module: Module, language: str) -> MadeFile:
        """A paper of a module for anybody, one of `bot.model.prints.MODULE_PRINTS`, as the module
        is when its turn has come. Raises `Unwanted` where it was taken out meanwhile."""
        async with self._one_at_a_time:
            today, now = day_of(int(self._clock())), self.programme.offered.get(module.id)
            if now is None:
                raise Unwanted
            return await self._papers.of_module(kind, now, language, today)

    async def _certificate(self, delivery: Delivery) -> MadeFile:
        order = delivery.order
        try:
            self._check_clock()
        except ClockWrong as error:
            raise NotNow(int(self._clock()) + AGAIN_SECONDS) from error
        stated = self._issuer.signed(
            facts(delivery.learner, self.programme, self._words, order, self._country)
        )
        if self.programme.annex:
            stated = replace(stated, annex_url=annex_url(self._issuer.public_url, order.language))
        learner = delivery.learner
        alone = learner.papers_in is PapersIn.BOTH and order.language != learner.language
        async with self._one_at_a_time:  # threads gain nothing here, and the event loop stays free
            with metrics.CERTIFICATE_SECONDS.labels(order.kind).time():
                content, picture = await asyncio.to_thread(self._drawn, stated, alone)
        caption = CAPTION.of(
            title=stated.title,
            name=stated.name,
            project=stated.project,
            day=stated.issued.isoformat(),
        )
        return MadeFile(
            paper.filename(stated),
            content,
            "application/pdf",
            caption,
            text=paper.as_text(stated),
            preview=picture,
            check=stated.verify_url or "",
            alone=alone,
            profile="" if order.kind in NO_PROFILE else linkedin(stated),
        )

    def _drawn(self, stated: paper.Facts, alone: bool) -> tuple[bytes, bytes]:
        content = self._issuer.pdf(stated)
        return content, b"" if alone else paper.preview(content)

    async def _note(self, delivery: Delivery, note: Note) -> Screen | Announcement | Commands:
        learner = delivery.learner
        if note.traits.for_staff:
            await self._papers.check_staff(learner)
        if note.traits.commands:
            return Commands(note["role"])
        if note.traits.announces and delivery.channel not in PULL_CHANNELS:
            return announcement(note)
        screen = note_screen(note)
        if (
            screen is None
            or (learner.muted and not note.traits.asked_for)
            or not await self._still_theirs(learner, note)
        ):
            raise Unwanted
        night = (
            quiet_until(int(self._clock()), learner.zone or self._zone)
            if not note.traits.asked_for
            else None
        )
        if night and delivery.channel not in PULL_CHANNELS:
            raise NotNow(night)
        return screen

    async def _still_theirs(self, learner: Learner, note: Note) -> bool:
        """A letter may wait for the morning, or for somebody who blocked us: who left meanwhile, or
        whose group is closed, gets none."""
        if note.traits.of_pair:
            pair = await self._store.ask(PairById(int(note["pair"])))
            return bool(pair and pair.state is PairState.PAIRED and pair.has(learner.id))
        if not note.traits.of_group:
            return True
        group = await self._store.ask(GroupById(int(note["group"])))
        if note.traits.from_learner:
            asked = int(note["learner"])
            members = await self._store.ask(MembersOf(group.id)) if group else ()
            return group is not None and any(
                member.id == asked and learner.id in (c.learner for c in readers(group, member))
                for member in members
            )
        if group is None or group.id not in learner.groups:
            return False
        if not note.traits.of_meeting:
            return True
        meeting = group.meeting(int(note["meeting"]))  # changed or cancelled, or over by now
        return meeting is not None and (
            meeting.day is None or meeting.day >= day_of(int(self._clock()))
        )

    async def _data(self, delivery: Delivery) -> MadeFile:
        known: dict[str, Any] = await everything(self._store, delivery.learner)
        content = json.dumps(known, ensure_ascii=False, indent=2, default=_plain).encode()
        return MadeFile("pasito-my-data.json", content, "application/json", DATA_CAPTION)


def announcement(note: Note) -> Announcement:
    given = dict(note.values)
    media = _media(given) if "file" in given else None
    return Announcement(given["text"], given["language"], media)


def _media(given: dict[str, Any]) -> Media:
    kind, on = MediaKind(given["media"]), given.get("on", "telegram")
    return Media(kind, given["file"], on)


def _answers_reader(words: Catalogues, work: Work, issuer: Issuer, today: date) -> AnswersReader:
    offered = words.complete(work.texts())
    return AnswersReader(work, offered, paper.clean_name, unprintable(issuer.fonts), today)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
