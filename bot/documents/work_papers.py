"""Makes papers for work of what an order carries: file, picture and text. Nothing is kept."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import certificates as paper
from bot.documents import work
from bot.documents.issue import Issuer
from bot.documents.paper_words import PaperWords
from bot.documents.parcel import MadeFile, Unwanted
from bot.documents.resume import MIME, NAME, resume
from bot.i18n.catalogues import Catalogues, name_of
from bot.model.certificate import Earned
from bot.model.learner import Learner
from bot.model.order import OrderKind
from bot.model.papers import Cv, PaperKind, unpacked
from bot.model.query import Revoked
from bot.model.words import Msg, Words, _, verbatim
from cards.model import Programme
from cards.occupations import Work
from certificates.prints.cv import Drawn, cv
from certificates.prints.cv_text import cv_text
from db.outbox import Delivery
from db.store import Store

PDF = "application/pdf"
KINDS = frozenset((OrderKind.CV, OrderKind.CV_EXAMPLE))
CAPTION = _("📄 CV: {language}. Please read it before you send it.")
EXAMPLE = _("📄 An example of a CV: {language}. This person does not exist.")
FULL = _("The page is full. Tasks were left out here: {jobs}")


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
        self._programme = programme
        self._words = words
        self._store = store
        self._issuer = issuer
        self._work = data

    async def make(self, delivery: Delivery, today: date) -> MadeFile:
        """Raises `Unwanted` where there is nothing to make it of, and `MissingGlyphs`."""
        order = delivery.order
        words = PaperWords(self._words, self._work, order.language)
        language = verbatim(name_of(order.language))
        if order.kind == OrderKind.CV_EXAMPLE:
            shown = work.example(self._work, order.language)
            made = await self._cv(
                shown, words, delivery.learner, today, words.large("head example")
            )
            return replace(made, caption=EXAMPLE.of(language=language))
        draft = unpacked(PaperKind.CV, order.answers) if order.answers else None
        if not isinstance(draft, Cv):
            raise Unwanted
        return await self._cv(draft, words, delivery.learner, today)

    async def _cv(
        self, draft: Cv, words: PaperWords, learner: Learner, today: date, example: str = ""
    ) -> MadeFile:
        names = tuple(filter(None, (draft.name, draft.latin, learner.name)))
        serials = [c.serial for c in learner.earned if c.kind is Earned.MODULE and c.serial]
        revoked = frozenset([s for s in serials if await self._store.ask(Revoked(s))])
        links = work.Links(
            learner, self._programme, words, self._issuer, self._store.vault.serial, names, revoked
        )
        return await asyncio.to_thread(self._drawn, draft, words, learner, links, today, example)

    def _drawn(
        self,
        draft: Cv,
        words: PaperWords,
        learner: Learner,
        links: work.Links,
        today: date,
        example: str,
    ) -> MadeFile:
        facts = work.cv_facts(draft, words, learner, self._programme, links, today)
        facts = replace(facts, example=example)
        data = paper.Attachment(NAME, resume(draft, facts, words), MIME, "JSON Resume 1.0")
        drawn = cv(facts, self._issuer.fonts, () if example else (data,))
        return MadeFile(
            work.file_name(facts),
            drawn.content,
            PDF,
            _caption(words.language, drawn),
            text=cv_text(facts),
            preview=paper.preview(drawn.content),
        )


def _caption(language: str, drawn: Drawn) -> Words:
    said = CAPTION.of(language=name_of(language))
    return _with(said, drawn.left_out) if drawn.left_out else said


def _with(said: Words, left_out: Iterable[str]) -> Words:
    return Msg("{said}\n{full}").of(said=said, full=FULL.of(jobs=", ".join(left_out)))
