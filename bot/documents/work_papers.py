"""Makes papers for work of what an order carries: file, picture and text. Nothing is kept."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

import msgspec

import certificates as paper
from bot.documents import work
from bot.documents.cv_sheet import sheet_facts
from bot.documents.issue import Issuer
from bot.documents.letters import call_script, letter_facts, mail_text
from bot.documents.paper_words import PaperWords
from bot.documents.parcel import MadeFile, Unwanted
from bot.documents.placements import placement_facts
from bot.documents.profiles import profile_facts
from bot.documents.resume import MIME, NAME, resume
from bot.i18n.catalogues import Catalogues, name_of
from bot.model.certificate import Earned
from bot.model.group import Group, GroupById, MembersOf, readers
from bot.model.learner import Learner
from bot.model.order import PAPERS, OrderKind
from bot.model.papers import (
    Confirmed,
    Cv,
    Letter,
    PaperDraft,
    PaperKind,
    Profile,
    unpacked_together,
)
from bot.model.prints import CV_SHEET
from bot.model.query import Revoked
from bot.model.suggestions import known_tasks
from bot.model.words import Msg, Words, _
from cards.model import Programme
from cards.occupations import Work
from certificates.prints.cv import cv
from certificates.prints.cv_sheet import cv_sheet
from certificates.prints.cv_text import cv_text
from certificates.prints.letter import letter, letter_text
from certificates.prints.placement import PlacementFacts, placement, placement_text
from certificates.prints.profile import profile, profile_text
from db.orders import Order
from db.outbox import Delivery
from db.store import Store

PLACEMENT = _("📋 Confirmation of a placement: {language}.")
PDF, TEXT = "application/pdf", "text/plain"
D = TypeVar("D", bound=PaperDraft)
READ_IT = _("Please read it before you send it.")
NOBODY = _("This person does not exist.")
THEIRS = _("It is theirs: please delete it when it is not needed any more.")
FULL = _("The page is full. Tasks were left out here: {jobs}")
CAPTIONS: Mapping[OrderKind, Msg] = {
    OrderKind.CV: _("📄 CV: {language}."),
    OrderKind.CV_SENT: _("📄 {nickname} sends you a CV: {language}."),
    OrderKind.CV_EXAMPLE: _("📄 An example of a CV: {language}."),
    OrderKind.LETTER: _("✉ Letter: {language}."),
    OrderKind.LETTER_EXAMPLE: _("✉ An example of a letter: {language}."),
    OrderKind.SCRIPT: _("📞 To read aloud on the phone: {language}."),
    OrderKind.MAIL: _("📧 An e-mail to copy: {language}."),
    OrderKind.PROFILE: _("🧩 Skills profile: {language}."),
    OrderKind.PROFILE_EXAMPLE: _("🧩 An example of a skills profile: {language}."),
}
KINDS = frozenset(CAPTIONS)
EXAMPLES = frozenset(KINDS - set(PAPERS))


@dataclass(frozen=True)
class _Job:
    """What is made in a thread: all answers, the words of the paper and of the learner."""

    kind: OrderKind
    cv: Cv
    letter: Letter
    profile: Profile
    words: PaperWords
    mine: PaperWords
    learner: Learner
    links: work.Links
    today: date

    @property
    def example(self) -> str:
        return self.words.large("head example") if self.kind in EXAMPLES else ""


@dataclass(frozen=True)
class _Made:
    """A file, and what its caption says besides."""

    file: MadeFile
    caption: Words | None = None


class WorkPapers:
    """`data` are jobs, tasks and lists."""

    def __init__(
        self,
        programme: Programme,
        words: Catalogues,
        store: Store,
        issuer: Issuer,
        data: Work,
    ) -> None:
        self.programme = programme
        self._words = words
        self._store = store
        self._issuer = issuer
        self._work = data

    async def make(self, delivery: Delivery, today: date) -> MadeFile:
        """Raises `Unwanted` where there is nothing to make it of, and `MissingGlyphs`."""
        order, learner = delivery.order, delivery.learner
        if order.kind == OrderKind.CV_SENT:
            learner = await self._sender(delivery)
        words = PaperWords(self._words, self._work, order.language)
        mine = PaperWords(self._words, self._work, order.subject or order.language)
        if order.kind in EXAMPLES:
            drafts = self._example(order.language)
        else:
            drafts = unpacked_together(order.answers) if order.answers else {}
        answers = drafts.get(PaperKind.CV)
        if not isinstance(answers, Cv):
            raise Unwanted
        job = _Job(
            order.kind,
            answers,
            _of(drafts, PaperKind.LETTER, Letter()),
            _of(drafts, PaperKind.PROFILE, Profile()),
            words,
            mine,
            learner,
            await self._links(answers, words, learner),
            today,
        )
        made = await asyncio.to_thread(_MAKERS[order.kind], self, job)
        said = CAPTIONS[order.kind].of(language=name_of(order.language), nickname=order.name)
        also = NOBODY if order.kind in EXAMPLES else READ_IT
        if order.kind == OrderKind.CV_SENT:
            also = THEIRS
        caption: Words = Msg("{said} {also}").of(said=said, also=also)
        if made.caption:
            caption = Msg("{said}\n{full}").of(said=caption, full=made.caption)
        return replace(made.file, caption=caption)

    async def placement(self, order: Order, today: date) -> MadeFile:
        """What an employer confirmed. Raises `MissingGlyphs`."""
        said = msgspec.json.decode(order.answers, type=Confirmed)
        words = PaperWords(self._words, self._work, order.language)
        facts = placement_facts(said, order.name, words, today)
        made = await asyncio.to_thread(self._placement, facts)
        return replace(made, caption=PLACEMENT.of(language=name_of(order.language)))

    def _placement(self, facts: PlacementFacts) -> MadeFile:
        name = paper.file_name(facts.title, facts.name)
        return _pdf(name, placement(facts, self._issuer.fonts), placement_text(facts))

    async def sheet(self, order: Order, today: date) -> MadeFile:
        """The questions in the learner's language and in another one, to fill in by hand."""
        project = self._words.say(self.programme.title, order.language)
        said = sheet_facts(order.subject, order.language, self._words, self._work, project, today)
        content = await asyncio.to_thread(cv_sheet, said, self._issuer.fonts)
        name = paper.file_name(said.title.theirs, order.subject)
        return MadeFile(name, content, PDF, CV_SHEET)

    async def _sender(self, delivery: Delivery) -> Learner:
        """Whose CV it is; raises `Unwanted` where they left the group, or this reader did."""
        id, _dash, who = delivery.order.subject.partition("-")
        group: Group | None = await self._store.ask(GroupById(int(id)))
        members: tuple[Learner, ...] = await self._store.ask(MembersOf(group.id)) if group else ()
        sender = next((member for member in members if member.id == int(who)), None)
        if group is None or sender is None:
            raise Unwanted
        if delivery.learner.id not in {reader.learner for reader in readers(group, sender)}:
            raise Unwanted
        return sender

    async def _links(self, answers: Cv, words: PaperWords, learner: Learner) -> work.Links:
        names = tuple(filter(None, (answers.name, answers.latin, learner.name)))
        serials = [c.serial for c in learner.earned if c.kind is Earned.MODULE and c.serial]
        revoked = frozenset([s for s in serials if await self._store.ask(Revoked(s))])
        serial = self._store.vault.serial
        return work.Links(learner, self.programme, words, self._issuer, serial, names, revoked)

    def _example(self, language: str) -> dict[PaperKind, PaperDraft]:
        shown = work.example(self._work, language)
        tasks = known_tasks(shown)
        known = dict(zip(tasks, self._work.list("proof") * len(tasks), strict=False))
        return {
            PaperKind.CV: shown,
            PaperKind.LETTER: Letter(
                language=language,
                seen=self._work.list("seen")[0],
                wish=self._work.list("wish")[0],
            ),
            PaperKind.PROFILE: Profile(language=language, known=known, person=True),
        }

    def cv(self, job: _Job) -> _Made:
        facts = work.cv_facts(job.cv, job.words, job.learner, self.programme, job.links, job.today)
        facts = replace(facts, example=job.example)
        own = job.kind != OrderKind.CV_SENT
        said = resume(job.cv, facts, job.words, own)
        data = paper.Attachment(NAME, said, MIME, "JSON Resume 1.0")
        drawn = cv(facts, self._issuer.fonts, () if job.example else (data,))
        full = FULL.of(jobs=", ".join(drawn.left_out)) if drawn.left_out else None
        name = paper.file_name(facts.headings.paper, facts.name)
        return _Made(_pdf(name, drawn.content, cv_text(facts)), full)

    def letter(self, job: _Job) -> _Made:
        facts = letter_facts(job.cv, job.letter, job.words, job.learner, self.programme, job.today)
        facts = replace(facts, example=job.example)
        name = paper.file_name(facts.title, facts.name)
        return _Made(_pdf(name, letter(facts, self._issuer.fonts), letter_text(facts)))

    def script(self, job: _Job) -> _Made:
        return _text(job, "script title", call_script(job.cv, job.letter, job.words))

    def mail(self, job: _Job) -> _Made:
        return _text(job, "mail title", mail_text(job.cv, job.letter, job.words))

    def profile(self, job: _Job) -> _Made:
        facts = profile_facts(
            job.cv, job.profile, job.mine, job.words, job.learner, self.programme, job.today
        )
        facts = replace(facts, example=job.example)
        name = paper.file_name(facts.title.theirs, facts.name)
        return _Made(_pdf(name, profile(facts, self._issuer.fonts), profile_text(facts)))


def _pdf(name: str, content: bytes, text: str) -> MadeFile:
    return MadeFile(name, content, PDF, READ_IT, text=text, preview=paper.preview(content))


def _text(job: _Job, title: str, text: str) -> _Made:
    """A file of text, with a byte order mark: old programs ask for one."""
    name = paper.file_name(job.words.large(title)).removesuffix(".pdf") + ".txt"
    return _Made(MadeFile(name, text.encode("utf-8-sig"), TEXT, READ_IT, text=text))


_MAKERS: Mapping[OrderKind, Callable[[WorkPapers, _Job], _Made]] = {
    OrderKind.CV: WorkPapers.cv,
    OrderKind.CV_SENT: WorkPapers.cv,
    OrderKind.CV_EXAMPLE: WorkPapers.cv,
    OrderKind.LETTER: WorkPapers.letter,
    OrderKind.LETTER_EXAMPLE: WorkPapers.letter,
    OrderKind.SCRIPT: WorkPapers.script,
    OrderKind.MAIL: WorkPapers.mail,
    OrderKind.PROFILE: WorkPapers.profile,
    OrderKind.PROFILE_EXAMPLE: WorkPapers.profile,
}


def _of(drafts: Mapping[PaperKind, PaperDraft], kind: PaperKind, otherwise: D) -> D:
    found = drafts.get(kind)
    return found if isinstance(found, type(otherwise)) else otherwise
