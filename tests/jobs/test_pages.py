"""Broadcasts that wait on pages for their readers."""

from dataclasses import replace

from bot.conversation.screen import Screen
from bot.conversation.turn import World
from bot.conversation.update import Start, Tap, Update
from bot.documents.make import Files
from bot.documents.parcel import Unwanted
from bot.jobs.pages import Pages
from bot.model.broadcast import (
    Audience,
    Draft,
    DryRun,
    State,
)
from bot.model.learner import Learner
from db import broadcasts
from db.recipients import RecipientState, Result
from db.store import Store
from tests.support.broadcasts import (
    BID,
    DRAFT,
    EN,
    FR,
    begin_broadcast,
    claim_for,
    learners_with_phones,
    progress_of,
    settle_for,
)
from tests.support.world import SMALL, Clock, every_font, issuer_of, taught


async def _on_a_page(
    store: Store, clock: Clock, place: int, wanted: Learner, channel: str = "web"
) -> int:
    async with store.batch(int(clock())) as tx:
        (arrival,) = await tx.load_arrivals(
            [Update(channel, f"w{place}", f"page {place}", Start())]
        )
        learner = replace(wanted, id=arrival.learner_id, last_at=int(clock()))
        tx.learners[arrival.learner_id] = learner
        await tx.save([(arrival, learner, ())])
    return arrival.learner_id


async def _lying(
    store: Store, world: World, place: int, channel: str = "web"
) -> list[tuple[int, Screen]]:
    files = Files(*taught(SMALL), store, issuer_of(every_font()), {})
    found = []
    for delivery in await store.outbox.of(channel, f"page {place}"):
        try:
            found.append((delivery.order.id, await files.make(delivery)))
        except Unwanted:
            await store.outbox.settle(delivery.order.id, "failed")
    return found  # type: ignore[return-value]


async def test_who_learns_on_a_web_page_reads_it_there_at_the_next_visit(
    store: Store, world: World, clock: Clock
) -> None:
    """D6: once, counted as waiting and then as read; held back by a pause, taken away with the
    rest, not for who said STOP since."""
    linked = 'News at <a href="https://x.example/a?b=1&amp;c=2">the library</a>.\n<b>Free.</b>'
    draft = Draft({"en": linked})
    phone, *_ = await learners_with_phones(store, clock, EN)
    web = await _on_a_page(store, clock, 1, EN)
    await _on_a_page(store, clock, 2, EN, "terminal")
    await _on_a_page(store, clock, 3, FR)
    await _on_a_page(store, clock, 4, replace(EN, muted=True))
    late = await _on_a_page(store, clock, 5, EN)
    counts = await store.ask(DryRun(Audience(), ("en",)))
    assert (
        counts.will_get,
        counts.page,
        counts.stopped,
        counts.no_language,
        counts.no_channel,
    ) == (4, 3, 1, 1, 0)
    assert (await store.ask(DryRun(Audience(), ("en",), besides=web))).will_get == 3
    await begin_broadcast(store, clock, draft, phone)
    assert (await progress_of(store)).total == 4
    pages = Pages(store, ("telegram",), clock)
    await pages.look()
    await pages.look()
    assert (await progress_of(store)).page == 3 and await claim_for(store, clock, 1) == [phone]
    await settle_for(store, clock, 1, Result(phone, RecipientState.SENT))
    done = await progress_of(store)
    assert (done.state, done.sent, done.page, done.waiting, done.skipped) == (
        State.DONE,
        1,
        3,
        0,
        0,
    )
    ((order, screen),) = await _lying(store, world, 1)
    words = taught(SMALL)[1]
    said = [words.line(line, "en") for line in screen.lines]
    assert said == ["News at the library (https://x.example/a?b=1&c=2).", "**Free.**"]
    assert not await _lying(store, world, 3) and not await _lying(store, world, 4)
    await store.outbox.settle(order, "sent")
    await store.outbox.settle(order, "sent")  # the page was sent twice
    assert not await _lying(store, world, 1) and len(await _lying(store, world, 2, "terminal")) == 1
    async with store.batch(int(clock())) as tx:
        (arrival,) = await tx.load_arrivals([Update("web", "stop", "page 5", Tap(""))])
        tx.learners[late] = replace(tx.learners[late], muted=True)
        await tx.save([(arrival, tx.learners[late], ())])
    assert not await _lying(store, world, 5), "said STOP meanwhile"
    done = await progress_of(store)
    assert (done.sent, done.page, done.skipped) == (2, 1, 1)


async def test_a_pause_holds_back_what_lies_on_pages_and_the_rest_takes_it_away(
    store: Store, world: World, clock: Clock
) -> None:
    phone, *_ = await learners_with_phones(store, clock, EN)
    await _on_a_page(store, clock, 1, EN)
    await begin_broadcast(store, clock, DRAFT, phone)
    await Pages(store, ("telegram",), clock).look()
    for what, there in (("pause", 0), ("resume", 1), ("pause", 0), ("cancel", 0)):
        async with store.engine.begin() as db:
            await broadcasts.steer(db, BID, what)
        assert len(await _lying(store, world, 1)) == there, what
    assert ((await progress_of(store)).page, (await progress_of(store)).skipped) == (0, 2)
