"""How a counsellor and her learners talk with the bot, in a few words."""

import asyncio
import re

from bot.conversation.action import encode
from bot.flows.groups import consent
from bot.flows.groups.member_actions import JoinGroup
from bot.model.group import (
    GroupByToken,
)
from bot.model.learner import Learner
from tests.fakes.telegram import File, User
from tests.support.service import Service

DAY = 24 * 3600


async def does(user: User, *taps: str) -> None:
    for tap in taps:
        await user.taps(tap)
        await user.expects()


async def says(user: User, *texts: str) -> None:
    for text in texts:
        await user.says(text)
        await user.expects()


def payload_in(screen: object, kind: str) -> str:
    found = re.search(rf"{kind}-([A-Za-z0-9_-]+)", str(screen))
    assert found, screen
    return f"{kind}-{found.group(1)}"


def invitation(counsellor: User) -> str:
    """What the invite link carries that the counsellor looks at."""
    return payload_in(re.sub("/join/", " g-", counsellor.screen.text), "g")


async def new_counsellor(service: Service) -> User:
    """The admin of the settings names Lea, who opens a group."""
    admin, lea = service.fake.user(900), service.fake.user(901)
    await admin.starts()
    await admin.expects()
    await does(admin, "English", "For staff", "Staff", "Counsellor")
    link = payload_in(admin.screen.text, "s")
    await lea.starts(link)
    await lea.expects()
    assert "invited to be counsellor" in lea.screen
    await does(lea, "Yes, I accept")
    await says(lea, "Lea")
    await does(lea, "New group")
    await says(lea, "Tuesday group", "AMSED")
    return lea


async def comes_to_read(user: User, text: str) -> None:
    """Waits until a message says this."""
    for _ in range(1500):
        if any(text in message for message in user.messages):
            break
        await asyncio.sleep(0.02)
    else:
        raise AssertionError(f"{text} never came")


async def the_yes(service: Service, token: str) -> str:
    """The button below an invitation as it reads now."""
    group = await service.store.ask(GroupByToken(token))
    return encode(JoinGroup(token, consent.read(group)))


async def with_member(service: Service) -> tuple[User, User]:
    """Lea's group has one learner; Lea looks at the group, the learner at the group's page."""
    lea = await new_counsellor(service)
    amina = service.fake.user(1001)
    await amina.starts(invitation(lea))
    await amina.expects()
    await does(amina, "Yes, I join", "Skip")
    await does(lea, "Back")
    return lea, amina


async def document_of(user: User, count: int = 1) -> File:
    for _ in range(200):
        if len(user.documents) >= count:
            return user.documents[-1]
        await asyncio.sleep(0.05)
    raise AssertionError(f"{len(user.documents)} files, not {count}; sees {user.screen}")


async def learner_of(service: Service, user: int) -> Learner:
    learner = await service.store.learner_at("telegram", str(user))
    assert learner
    return learner


def group_of(learner: Learner) -> int:
    return next(iter(learner.groups))


async def comes(user: User, text: str) -> None:
    for _ in range(600):
        if any(text in message for message in user.messages):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(user.messages[-1])
