"""What staff print and take away. It is made when it is handed over, from what the group is then:
who left in between is not on it.
"""

import asyncio
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial

import segno

import certificates as paper
from bot.documents.calendar import calendar
from bot.documents.parcel import MadeFile, Unwanted
from bot.documents.print_facts import module_facts, poster_facts
from bot.documents.spreadsheet import GroupRow, failures_csv, group_csv, group_rows, group_xlsx
from bot.i18n.catalogues import Catalogues
from bot.model.broadcast import BroadcastById
from bot.model.channel import invite_links
from bot.model.group import (
    Group,
    GroupById,
    GroupsOf,
    LabelsOf,
    MembersOf,
    UnreadableGroups,
    UnreadableMembers,
)
from bot.model.learner import Learner
from bot.model.meeting import line
from bot.model.order import OrderKind
from bot.model.prints import ALL_GROUPS, LISTS, PRINTS
from bot.model.roles import Role
from bot.model.unreadable import groups_not_shown, people_not_shown
from bot.model.words import Words, _, verbatim
from cards.model import Module, Programme
from certificates import prints
from db import recipients
from db.outbox import Delivery
from db.store import Store

PDF, XLSX = "application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PRINTED: Mapping[OrderKind, Callable[[prints.ModuleFacts, paper.Fonts], bytes]] = {
    OrderKind.HANDOUT: prints.handout,
    OrderKind.CARDS: prints.card_sheet,
    OrderKind.WORKSHOP: prints.workshop,
    OrderKind.SESSION: prints.session,
}


class Papers:
    """`links` are channel and start link, as they are when something is made."""

    def __init__(
        self,
        programme: Programme,
        words: Catalogues,
        store: Store,
        fonts: paper.Fonts,
        links: Mapping[str, str],
    ) -> None:
        self.programme = programme
        self._words = words
        self._store = store
        self._fonts = fonts
        self._links = links

    async def make(self, delivery: Delivery, today: date) -> MadeFile:
        """Raises `Unwanted` where it is not theirs (any more), or what it is about is gone."""
        order = delivery.order
        if order.kind == OrderKind.FAILURES:
            return await self._failures(delivery)
        if order.kind in PRINTED:
            module = self.programme.offered.get(order.subject)  # its papers are for everybody
            if module is None:
                raise Unwanted
            return await self.of_module(order.kind, module, order.language, today)
        if order.kind == OrderKind.CALENDAR:
            return await self._calendar(delivery)
        if order.kind in LISTS and order.subject == ALL_GROUPS:
            return await self._lists(
                order.kind, await self._store.ask(GroupsOf(delivery.learner.id)), delivery, today
            )
        number, _dash, second = order.subject.partition("-")
        group: Group | None = await self._store.ask(GroupById(int(number)))
        if group is None or not group.kept_by(delivery.learner.id):
            raise Unwanted
        group = replace(group, seen_by=delivery.learner.id)
        if order.kind in LISTS:
            return await self._lists(order.kind, (group,), delivery, today)
        return await self._invitation(order.kind, group, today, second)

    async def check_staff(self, learner: Learner) -> None:
        """Raises `Unwanted` where somebody is none (any more)."""
        if learner.role == Role.LEARNER and not await self._store.named(learner.id):
            raise Unwanted

    def _named(self, delivery: Delivery) -> bool:
        """Whether the settings make them an admin."""
        return self._store.is_admin(self._store.vault.hash(delivery.channel, delivery.address))

    async def _failures(self, delivery: Delivery) -> MadeFile:
        if delivery.learner.role != Role.ADMIN and not self._named(delivery):
            raise Unwanted
        progress = await self._store.ask(BroadcastById(int(delivery.order.subject)))
        if progress is None or not progress.listed:
            raise Unwanted
        rows = await recipients.failures(self._store.engine, int(delivery.order.subject))
        named = ((language, state.name.lower(), reason) for language, state, reason in rows)
        content = await asyncio.to_thread(failures_csv, named, self._words, delivery.order.language)
        return MadeFile("pasito-broadcast.csv", content, "text/csv", PRINTS[OrderKind.FAILURES])

    async def of_module(
        self, kind: OrderKind, module: Module, language: str, today: date
    ) -> MadeFile:
        """One of `PRINTED`, in the language in which it is taught to who reads `language`."""
        facts = module_facts(
            module, self.programme, self._words, language, start=self._start(), made=today
        )
        content = await asyncio.to_thread(PRINTED[kind], facts, self._fonts)
        return MadeFile(paper.file_name("Pasito", kind, facts.title), content, PDF, PRINTS[kind])

    async def _invitation(
        self, kind: OrderKind, group: Group, today: date, second: str
    ) -> MadeFile:
        """`second` is the poster's other language, or empty."""
        invited = invite_links(self._links, group.token)
        if kind == OrderKind.POSTER:
            facts = poster_facts(group, self.programme, self._words, invited, today)
            drawn = (
                partial(prints.poster_pair, facts, second)
                if second
                else partial(prints.poster, facts)
            )
            content = await asyncio.to_thread(drawn, self._fonts)
            return MadeFile(
                paper.file_name("Pasito", kind, group.title), content, PDF, PRINTS[kind]
            )
        picture = io.BytesIO()
        segno.make_qr(
            poster_facts(group, self.programme, self._words, invited, today).url, error="m"
        ).save(picture, kind="png", scale=12, border=4)
        return MadeFile("pasito-qr.png", picture.getvalue(), "image/png", verbatim(group.title))

    async def _lists(
        self, kind: OrderKind, groups: Sequence[Group], delivery: Delivery, today: date
    ) -> MadeFile:
        """One list of one or more groups, with the counsellor's own names in it."""
        language = delivery.order.language
        rows: list[GroupRow] = []
        for group in groups:
            members = await self._store.ask(MembersOf(group.id))
            labels = await self._store.ask(LabelsOf(delivery.learner.id, group.id))
            rows += group_rows(group, members, self.programme, self._words, language, today, labels)
        below = await self._left_out(groups, delivery)
        title = verbatim(groups[0].title) if len(groups) == 1 else _("All my groups")
        if kind == OrderKind.CSV:
            return MadeFile(
                "pasito-group.csv", group_csv(rows, self._words, language, below), "text/csv", title
            )
        said = self._words.say(title, language)
        drawn = partial(group_xlsx, title=said, made=today, below=below)
        content = await asyncio.to_thread(drawn, rows, self._words, language)
        return MadeFile("pasito-group.xlsx", content, XLSX, title)

    async def _left_out(self, groups: Sequence[Group], delivery: Delivery) -> tuple[Words, ...]:
        """What a list says of rows that cannot be read."""
        people = sum([await self._store.ask(UnreadableMembers(group.id)) for group in groups])
        every = delivery.order.subject == ALL_GROUPS
        lost = await self._store.ask(UnreadableGroups(delivery.learner.id)) if every else 0
        return (*people_not_shown(people), *groups_not_shown(lost))

    async def _calendar(self, delivery: Delivery) -> MadeFile:
        """A meeting for whoever is in the group, or keeps it."""
        number, _dash, wanted = delivery.order.subject.partition("-")
        group: Group | None = await self._store.ask(GroupById(int(number)))
        me = delivery.learner
        if group is None or not (group.kept_by(me.id) or group.id in me.groups):
            raise Unwanted
        meeting = group.meeting(int(wanted))
        if meeting is None or meeting.day is None:
            raise Unwanted
        made = int(datetime.combine(meeting.announced, time(), UTC).timestamp())
        content = calendar(
            f"{group.id}-{meeting.id}", meeting.day, meeting.time, group.title, meeting.text, made
        )
        return MadeFile("pasito-meeting.ics", content, "text/calendar", line(meeting))

    def _start(self) -> str:
        """Where a paper's code leads: the messenger where there is one, else the web page."""
        return next(
            (link for channel, link in self._links.items() if channel != "web"), self._links["web"]
        )
