"""The whole programme, tapped through on Telegram: forty modules in English and in Arabic, and all
certificates in their order. Both learn at the same time.
"""

import asyncio
import re
from collections.abc import Iterator

import pytest

from bot.conversation.turn import World
from bot.i18n.catalogues import Catalogues
from bot.model.certificate import Earned, subject_title
from cards.model import Module, Programme
from certificates import Fonts
from db.store import Store
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram.messages import Message
from tests.support.certificate_talk import handed_over
from tests.support.pdf_text import by_pdfium, words
from tests.support.scholar import DAY, Scholar
from tests.support.service import serving
from tests.support.world import Clock

LANGUAGES, PATIENCE = ("en", "ar"), 120
"""Seconds at most until the last file is there: a busy machine makes them for a while."""
_DURATION = re.compile(r"Duration (?:(\d+) hours?)? ?(?:(\d+) minutes?)?")
_TOGETHER = re.compile(r"(\d+) modules, (?:(\d+) hours?)? ?(?:(\d+) minutes?)? in all")


def _in_order(programme: Programme) -> Iterator[tuple[Earned, str]]:
    """Type 1 of each module; behind it type 2 of what it completes; type 3 at the end."""
    done: set[str] = set()
    of = [(Earned.CATEGORY, c.id, c.modules) for c in programme.categories]
    of += [(Earned.PATHWAY, p.id, p.modules) for p in programme.pathways]
    for module in programme.modules:
        done.add(module)
        yield Earned.MODULE, module
        for kind, id, modules in of:
            if module in modules and done >= set(modules):
                yield kind, id
    yield Earned.PROGRAMME, programme.id


async def _learns(scholar: Scholar, module: Module) -> None:
    await scholar.learns(module)
    learner = await scholar.service.store.learner_at("telegram", str(scholar.user.id))
    await scholar.claims("" if learner and learner.name else "Amina Diallo")


def _papers(scholar: Scholar) -> list[Message]:
    """The messages with certificates, without the annexes."""
    files = [m for m in scholar.user.messages if m.file and m.file.kind == "document"]
    return [message for message in files if "🎓" in message.text]


@pytest.mark.row("M2")
@pytest.mark.row("M3")
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_forty_modules_bring_every_certificate_in_its_order(
    swift: FakeTelegram,
    store: Store,
    shipped_world: World,
    shipped_words: Catalogues,
    fonts: Fonts,
    clock: Clock,
) -> None:
    programme = shipped_world.programme
    wanted = list(_in_order(programme))
    assert [kind.type for kind, _ in wanted].count(2) == 7 and len(wanted) == 48
    async with serving(swift, store, shipped_world, shipped_words, fonts, clock) as service:
        scholars = [
            Scholar(service, swift.user(1001 + n), language) for n, language in enumerate(LANGUAGES)
        ]
        await asyncio.gather(*(scholar.begins() for scholar in scholars))
        for module in programme.modules.values():
            await asyncio.gather(*(_learns(scholar, module) for scholar in scholars))
            await handed_over(service, within=PATIENCE)
            clock.now += DAY
        for scholar, messages in zip(scholars, map(_papers, scholars), strict=True):
            learner = await store.learner_at("telegram", str(scholar.user.id))
            assert learner and not learner.owed
            assert [(c.kind, c.subject) for c in learner.earned if c.serial] == wanted
            titles = [subject_title(programme, kind, subject) for kind, subject in wanted]
            for title, message in zip(titles, messages, strict=True):
                assert title and scholar.said(title) in scholar.read(message)
                assert message.file and len(by_pdfium(message.file.content)) == 2
    _hours_add_up(programme, wanted, _papers(scholars[0]))


def _hours_add_up(
    programme: Programme, wanted: list[tuple[Earned, str]], papers: list[Message]
) -> None:
    """As they are printed: those of the modules make those of a category, a pathway and the whole,
    in front and on the back."""
    printed = {
        id: words(" ".join(by_pdfium(message.file.content)))
        for (_kind, id), message in zip(wanted, papers, strict=True)
        if message.file
    }
    of = {c.id: c.modules for c in (*programme.categories, *programme.pathways)}
    of[programme.id] = tuple(programme.modules)
    minutes = {id: _minutes(_DURATION.search(text)) for id, text in printed.items()}
    assert all(minutes.values())
    for id, modules in of.items():
        assert minutes[id] == sum(minutes[module] for module in modules), id
        together = _TOGETHER.search(printed[id])
        assert together and int(together[1]) == len(modules)
        assert 60 * int(together[2] or 0) + int(together[3] or 0) == minutes[id]


def _minutes(found: re.Match[str] | None) -> int:
    return 60 * int(found[1] or 0) + int(found[2] or 0) if found else 0
