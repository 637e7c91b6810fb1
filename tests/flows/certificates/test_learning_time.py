"""A certificate of learning time (seed C5): whenever it is asked for, up to date, before anything
is finished."""

from datetime import date, timedelta

import pytest

import certificates as paper
from bot.conversation.event import Ordered, evolve
from bot.conversation.turn import World
from bot.documents.certificate import NothingToCertify, facts
from bot.flows.certificates.events import CertificateWanted, TimeWanted
from bot.i18n.catalogues import Catalogues
from bot.model.certificate import Earned
from bot.model.learned import learned
from bot.model.learner import Learner, ModuleProgress, learning_minutes
from bot.model.order import OrderKind
from cards.model import Programme
from db.orders import Order
from tests.support.chat import Chat
from tests.support.world import every_font, issuer_of

DAY = date(2026, 9, 14)


def _on_paper(chat: Chat) -> paper.Facts:
    order = Order(1, OrderKind.LEARNING, chat.world.programme.id, "Amina", "en", "00c0ffee00c0ffee")
    return facts(chat.learner, chat.world.programme, chat.words, order, "pt")


def _reads(chat: Chat) -> None:
    while not chat.screens[-1].asks:
        chat.now += 70
        chat.turn("[Next]")


def _asks(chat: Chat) -> str:
    chat.turn("certificates")
    return chat.turn("[⏱ My learning time]")


@pytest.mark.row("C5")
def test_two_of_them_with_learning_between_differ(
    shipped_world: World, shipped_words: Catalogues
) -> None:
    chat = Chat(shipped_world, shipped_words, learner=Learner(1, language="en"))
    assert "learning time" not in chat.turn("certificates").lower(), "nothing was learned yet"
    chat.turn("/start m-interview")
    chat.turn("[▶ Start]")
    _reads(chat)
    assert "Your name on the certificate" in _asks(chat)
    assert "A name needs letters" in chat.turn("12345"), "the same checks as for the others"
    chat.turn("Amina Diallo")
    assert "📎 CertificateOrdered migrantech en" in chat.turn("[and keep my name]")
    first = _on_paper(chat)
    chat.now += 2 * 86400  # a pause, which is not learned
    chat.turn("/start m-cv")
    chat.turn("[▶ Start]")
    _reads(chat)
    assert "📎 CertificateOrdered migrantech en" in _asks(chat), (
        "at once, with the name that is kept"
    )
    second = _on_paper(chat)
    assert (
        second.last_day == first.last_day + timedelta(days=2)
        and second.first_day == first.first_day
    )
    assert first.active < second.active < timedelta(minutes=10)
    assert [line.title for line in second.modules] == [
        "Preparation for a job interview",
        "How to write a CV",
    ]
    assert not any(chat.learner.done(module) for module in chat.learner.modules)
    page = chat.turn("certificates")
    assert page.count("⏱ Learning time") == 1


def _facts(shipped: Programme, words: Catalogues, **seconds: int) -> paper.Facts:
    modules = {
        id.replace("_", "-"): ModuleProgress(DAY, DAY + timedelta(days=n), of, {"d": {}})
        for n, (id, of) in enumerate(seconds.items())
    }
    wanted = TimeWanted(shipped.id)
    learner = evolve(Learner(1, language="fr", modules=modules), wanted, 1_790_000_000)
    return facts(
        learner, shipped, words, Order(1, "learning", shipped.id, "A B", "en", "0" * 16), "fr"
    )


@pytest.mark.row("C5")
def test_it_says_from_when_to_when_how_long_and_what(
    shipped: Programme, shipped_words: Catalogues
) -> None:
    stated = _facts(shipped, shipped_words, interview=3661, cv=90, trauma=5000)
    said = paper.as_text(issuer_of(every_font()).signed(stated))
    for words in (
        "Certificate of learning time",
        "1 hour 3 minutes",
        "from 14 September 2026 to 15 September 2026",
        "measured without pauses",
        "How to write a CV",
        "2 minutes",
        "is not a diploma and does not confer credits",
        "n’est pas un diplôme",
        "2 modules, 1 hour 3 minutes in all",
    ):
        assert words in said, (words, said)
    assert "Trauma" not in said and "trauma" not in said, "what nobody has to know stays out"
    assert "Course completion" not in said and "at least" not in said and "Duration" not in said
    pdf = issuer_of(every_font()).pdf(issuer_of(every_font()).signed(stated))
    assert pdf.startswith(b"%PDF") and len(pdf) < 40_000


@pytest.mark.parametrize("seconds", [(1, 1, 1), (61, 61, 61), (59, 60, 61), (7200, 29, 31)])
def test_minutes_add_up_to_what_the_screens_say(
    seconds: tuple[int, ...], shipped: Programme
) -> None:
    of = dict(zip(("computer", "cv", "interview"), seconds, strict=True))
    modules = {id: ModuleProgress(DAY, DAY, s) for id, s in of.items()}
    found = learned(Learner(1, modules=modules), shipped)
    assert sum(one.minutes for one in found) == learning_minutes(modules.values())


def test_whoever_checks_it_reads_the_same(shipped: Programme, shipped_words: Catalogues) -> None:
    stated = _facts(shipped, shipped_words, interview=3661, cv=90)
    statement = paper.Statement.of(stated)
    keys = issuer_of(every_font()).keys
    assert keys.read(keys.sign(statement)) == statement
    rows = {row.label: row.value for row in paper.in_words(statement, "en", "MigranTech").rows}
    assert rows["Learning time"] == "1 hour 3 minutes" and "Duration" not in rows


def test_without_learning_there_is_none(shipped: Programme, shipped_words: Catalogues) -> None:
    with pytest.raises(NothingToCertify):
        _facts(shipped, shipped_words, computer=0)


def test_another_day_gives_another_date() -> None:
    learner = evolve(Learner(1), TimeWanted("p"), 1_790_000_000)
    (asked,) = learner.owed
    earned = Learner(1, earned=(asked,))
    later = evolve(earned, CertificateWanted(Earned.LEARNING, "p"), 1_790_000_000 + 5 * 86400)
    assert later.owed[0].day == asked.day + timedelta(days=5)
    assert Ordered(OrderKind(Earned.LEARNING), "p", "en").kind is OrderKind.LEARNING
