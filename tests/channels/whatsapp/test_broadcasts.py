"""A broadcast on WhatsApp: an answer, a template or nothing; what Meta says of it later; a picture
or file; and in a day no more people are begun to be written to than may be."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.conversation.action import Home, encode
from bot.conversation.turn import World
from bot.documents.parcel import SentFile
from bot.flows.account.actions import ChooseNews
from bot.i18n.catalogues import Catalogues
from bot.model.broadcast import Audience, BroadcastById, Counts, DryRun, Media, MediaKind
from cards.model import Programme
from certificates import Fonts
from db import begun
from db import tables as t
from db.recipients import DAY_FULL
from db.store import Store
from tests.fakes.whatsapp import FakeWhatsApp, Person
from tests.support.whatsapp import OnWhatsApp, begins, open_whatsapp
from tests.support.whatsapp_broadcasts import DRAFT, approve, counts, done, start
from tests.support.world import Clock

DAY = 24 * 3600
JPEG = SentFile("file.jpg", b"\xff\xd8\xff" + b"x" * 500, "image/jpeg")


@pytest.fixture
async def three(on: OnWhatsApp, words: Catalogues) -> AsyncIterator[dict[str, Person]]:
    """One who wrote today, one who did not and agreed, one who did not and did not."""
    approve(on.fake, words)
    people = {
        "open": on.fake.person("4915100000001", name="A"),
        "agreed": on.fake.person("4915100000002", name="B"),
        "closed": on.fake.person("4915100000003", name="C"),
    }
    for person in people.values():
        await begins(person)
    await people["agreed"].forges(encode(ChooseNews(True)))
    await people["agreed"].expects(1)
    on.clock.now += 2 * DAY
    await people["open"].forges(encode(Home()))
    await people["open"].expects(1)
    yield people


async def test_the_author_sees_how_many_of_each_and_what_it_costs(
    on: OnWhatsApp, three: dict[str, Person]
) -> None:
    assert await on.ask(DryRun(Audience(), ("en",))) == Counts(
        will_get=2, costly=2, template=1, closed=1
    )


async def test_a_broadcast_is_an_answer_a_template_or_nothing(
    on: OnWhatsApp, three: dict[str, Person]
) -> None:
    await start(on, 7)
    await three["open"].expects(1)
    (template,) = await three["agreed"].expects(1)
    assert "Friday at 10: we meet" in three["open"].screen.bare.replace("\n", " ")
    assert template.kind == "template" and "Friday at 10: we meet" in template
    await done(on, 7)
    assert await counts(on, 7) == (2, 0, 0, 1)
    assert len(three["closed"].shown) == 2


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (131049, (1, 0, 0, 2)),
        (131050, (1, 0, 0, 2)),
        (131026, (1, 1, 0, 1)),
        (131000, (1, 1, 0, 1)),
    ],
)
async def test_what_meta_says_later_settles_a_recipient(
    on: OnWhatsApp, three: dict[str, Person], code: int, expected: tuple[int, ...]
) -> None:
    on.fake.tells = False
    await start(on, 7)
    await three["open"].expects(1)
    await done(on, 7)
    call = next(c for c in on.fake.messages() if c.to == three["open"].user_id and c.note)
    await on.fake.deliver(on.fake.status(call, "failed", code))
    await on.fake.deliver(on.fake.status(call, "failed", code))
    assert await counts(on, 7) == expected
    assert await on.ask(DryRun(Audience(), ("en",)))


@pytest.mark.both_databases
async def test_nobody_knows_until_meta_says_it(on: OnWhatsApp, three: dict[str, Person]) -> None:
    on.fake.tells = False
    on.fake.fail_next(drop="after", times=3, to=three["open"].user_id)
    await start(on, 7)
    await three["open"].expects(1)
    await done(on, 7)
    assert (await counts(on, 7))[2] == 1, "unknown: sent at most once"
    call = next(c for c in on.fake.messages() if c.to == three["open"].user_id and c.note)
    call.id = "wamid.x"
    await on.fake.deliver(on.fake.status(call, "delivered"))
    assert await counts(on, 7) == (2, 0, 0, 1)


async def test_who_stops_marketing_in_whatsapp_gets_no_template(
    on: OnWhatsApp, three: dict[str, Person]
) -> None:
    wish = {"user_id": three["agreed"].user_id, "value": "stop", "timestamp": "1"}
    await on.fake.deliver(on.fake.value(user_preferences=[wish]), field="user_preferences")
    await start(on, 7)
    await done(on, 7)
    assert await counts(on, 7) == (1, 0, 0, 2)
    await on.fake.deliver(
        on.fake.value(user_preferences=[{**wish, "value": "resume"}]), field="user_preferences"
    )
    assert (await on.ask(DryRun(Audience(), ("en",)))).template == 1


# --- a picture or file


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        (JPEG, "image"),
        (SentFile("plan.pdf", b"%PDF-1.7", "application/pdf"), "document"),
        (SentFile("x.webp", b"RIFF", "image/webp"), ""),
        (replace(JPEG, content=b"x" * (5 << 20 | 1)), ""),
        (None, ""),
    ],
    ids=["picture", "file", "of a kind that is not taken", "too large", "gone"],
)
async def test_a_picture_or_file_is_uploaded_once_and_stands_above_the_words(
    on: OnWhatsApp, three: dict[str, Person], file: SentFile | None, kind: str
) -> None:
    await three["closed"].forges(encode(Home()))
    await three["closed"].expects(1)
    if file:
        on.elsewhere["AgAC-1"] = file
    await start(on, 7, replace(DRAFT, media=Media(MediaKind.PHOTO, "AgAC-1")))
    for name in ("open", "closed"):
        (shown,) = await three[name].expects(1)
        assert "Friday at 10:" in shown and list(shown.choices) == ["▶ Go on"]
        header = shown.body["interactive"].get("header", {})
        assert header.get("type", "") == kind
        assert (shown.file and shown.file[2]) == (file.content if file and kind else None)
    (template,) = await three["agreed"].expects(1)
    assert template.kind == "template", "words alone"
    await done(on, 7)
    assert await counts(on, 7) == (3, 0, 0, 0)
    assert sum(call.what == "media" for call in on.fake.calls) == bool(kind)


async def test_a_picture_that_was_sent_on_whatsapp_is_brought_over_too(
    on: OnWhatsApp, three: dict[str, Person]
) -> None:
    id = on.fake.take("", JPEG.mime, JPEG.content)
    await start(on, 7, replace(DRAFT, media=Media(MediaKind.PHOTO, id, "whatsapp")))
    (shown,) = await three["open"].expects(1)
    assert shown.file and shown.file[2] == JPEG.content
    await done(on, 7)


async def test_an_upload_that_is_gone_is_made_again(
    on: OnWhatsApp, three: dict[str, Person]
) -> None:
    on.elsewhere["AgAC-1"] = JPEG
    on.fake.fail_next(code=131053, to=three["open"].user_id)
    await start(on, 7, replace(DRAFT, media=Media(MediaKind.PHOTO, "AgAC-1")))
    (shown,) = await three["open"].expects(1)
    assert shown.file
    await done(on, 7)
    assert sum(call.what == "media" for call in on.fake.calls) == 2


async def test_a_text_that_is_too_long_for_a_template_leaves_them_out(
    on: OnWhatsApp, three: dict[str, Person]
) -> None:
    found = await on.ask(DryRun(Audience(), ("en",), too_long=("en",)))
    assert found == Counts(will_get=1, costly=1, closed=2)
    await start(on, 7, replace(DRAFT, texts={"en": "word " * 200}))
    await done(on, 7)
    assert await counts(on, 7) == (1, 0, 0, 2)


# --- so many people a day


async def test_more_than_may_be_begun_with_in_a_day_get_it_on_the_next(
    meta: FakeWhatsApp,
    store: Store,
    programme: Programme,
    words: Catalogues,
    world: World,
    fonts: Fonts,
    clock: Clock,
) -> None:
    approve(meta, words)
    async with open_whatsapp(store, programme, words, world, fonts, clock, meta, daily=2) as on:
        people = [on.fake.person(f"49151000000{n:02}", name=f"P{n}") for n in range(5)]
        for person in people:
            await begins(person)
            await person.forges(encode(ChooseNews(True)))
            await person.expects(1)
        on.clock.now += 2 * DAY
        await people[4].forges(encode(Home()))  # whose window is open
        await people[4].expects(1)
        assert dict(on.dispatcher.world.begins) == {"whatsapp": 2}
        await start(on, 7)
        await people[4].expects(1)
        for day, waiting in enumerate((2, 0)):
            async with asyncio.timeout(15):
                while await _waiting(on) != waiting or await _in_hand(on):
                    await asyncio.sleep(0.02)
            got = [person for person in people if "pasito_news" in person.screen.text]
            assert len(got) == 2 * (day + 1)
            progress = await on.ask(BroadcastById(7))
            assert progress and progress.another_day == waiting
            on.clock.now += DAY + 3600
            on.worker.notify("broadcasts")
        await done(on, 7)
        assert await counts(on, 7) == (5, 0, 0, 0)
        templates = [call for call in on.fake.messages() if call.body["type"] == "template"]
        assert len(templates) == 4


async def _waiting(on: OnWhatsApp) -> int:
    full = sa.select(sa.func.count()).where(t.recipient.c.reason == DAY_FULL)
    async with on.store.engine.connect() as db:
        return int((await db.execute(full)).scalar_one())


async def _in_hand(on: OnWhatsApp) -> int:
    in_hand = sa.select(sa.func.count()).where(t.recipient.c.state == 1)
    async with on.store.engine.connect() as db:
        return int((await db.execute(in_hand)).scalar_one())


async def test_what_did_not_leave_is_not_counted_and_hours_are_forgotten(store: Store) -> None:
    now, engine = 1_790_000_000, store.engine
    assert [await begun.begin(engine, "x", now, 2) for _ in range(2)] == [0, 0]
    full = await begun.begin(engine, "x", now + 3600, 2)
    assert now + DAY <= full <= now + DAY + 3600
    await begun.not_begun(engine, "x", now)
    assert await begun.begin(engine, "x", now, 2) == 0
    assert await begun.begin(engine, "x", full - 1, 2) == full
    assert await begun.begin(engine, "x", full, 2) == 0
    assert await begun.begin(engine, "another", now, 2) == 0
    async with engine.begin() as db:
        await begun.tidy(db, full + 2 * DAY)
        assert (await db.execute(sa.select(sa.func.count()).select_from(t.begun))).scalar() == 0
