"""Broadcasts in tests: an admin who writes one, learners who get it, and what the tables say."""

import asyncio
from dataclasses import replace

from bot.conversation.update import Start, Update
from bot.model.broadcast import (
    BroadcastById,
    Draft,
    Progress,
    State,
)
from bot.model.learner import Learner
from db import broadcasts, recipients, seeding
from db.recipients import Result
from db.store import Store
from tests.fakes.telegram import User
from tests.support.group_talk import does, says
from tests.support.service import Service
from tests.support.world import Clock

BID = 77


async def who_began(service: Service, languages: dict[int, str]) -> dict[int, User]:
    users = {}
    for id, language in languages.items():
        user = users[id] = service.fake.user(id)
        await user.starts()
        await user.expects()
        await does(user, language)
    return users


async def new_admin(service: Service, id: int = 900) -> User:
    admin = (await who_began(service, {id: "English"}))[id]
    await says(admin, "/broadcast")
    return admin


async def writes_texts(admin: User, **texts: str) -> None:
    for language, text in texts.items():
        name = {"en": "English", "fr": "Français", "ar": "العربية"}[language]
        await does(admin, "Texts", name)
        await says(admin, text)


async def comes_to_see(user: User, text: str, within: float = 30) -> None:
    for _ in range(int(within / 0.05)):
        if any(text in str(message) for message in user.messages):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{user.id} never saw {text!r}; sees {user.screen}")


async def learners_with_phones(
    store: Store, clock: Clock, *learners: Learner, channel: str = "telegram"
) -> list[int]:
    """Learners with an address each on a channel, as they are given but for their ids."""
    updates = [
        Update(channel, f"p{place}", str(1000 + place), Start()) for place in range(len(learners))
    ]
    async with store.batch(int(clock())) as tx:
        arrivals = await tx.load_arrivals(updates)
        for arrival, wanted in zip(arrivals, learners, strict=True):
            known = replace(wanted, id=arrival.learner_id, last_at=int(clock()))
            tx.learners[arrival.learner_id] = known
        await tx.save([(arrival, tx.learners[arrival.learner_id], ()) for arrival in arrivals])
    return [arrival.learner_id for arrival in arrivals]


async def begin_broadcast(store: Store, clock: Clock, draft: Draft, author: int) -> None:
    async with store.engine.begin() as db:
        await broadcasts.begin(db, store.vault, BID, author, draft, State.WAITING, int(clock()))
    while await seeding.seed(store.engine, store.vault, BID, int(clock()), store.zone):
        pass


async def claim_for(store: Store, clock: Clock, lane: int, most: int = 10) -> list[int] | None:
    async with store.engine.begin() as db:
        claim = await recipients.claim(
            db, store.vault, BID, lane, "telegram", most, int(clock()), store.zone
        )
    return [recipient.learner for recipient in claim.recipients] if claim else None


async def settle_for(store: Store, clock: Clock, lane: int, *results: Result) -> None:
    async with store.engine.begin() as db:
        await recipients.settle(db, BID, lane, results, int(clock()))
        await recipients.finish(db, BID)


async def progress_of(store: Store) -> Progress:
    found: Progress = await store.ask(BroadcastById(BID))
    return found


EN, FR = Learner(0, language="en"), Learner(0, language="fr")


DRAFT = Draft({"en": "News."})
