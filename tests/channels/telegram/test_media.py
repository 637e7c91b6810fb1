"""A picture or file of a broadcast: sent here, or on another messenger."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest

from bot.channels.base import Later
from bot.channels.telegram.send import Sender
from bot.documents.parcel import Announcement, NoSuchFile, SentFile, TooLarge
from bot.i18n.catalogues import Catalogues
from bot.model.broadcast import Media, MediaKind
from db.recipients import Recipient
from tests.support.mailbox import two
from tests.support.service import Service

JPEG = SentFile("file.jpg", b"\xff\xd8\xff", "image/jpeg")
PICTURE = Media(MediaKind.PHOTO, "1234567890", "whatsapp")
SAID = Announcement("<b>Friday</b> we meet", "en", PICTURE)


async def may_leave() -> bool:
    return True


async def test_what_was_sent_here_can_be_had(service: Service) -> None:
    ana, _ben = await two(service)
    photo = await ana.sends_photo()
    file = await service.telegram.fetch(photo.extra["photo"][0]["file_id"])
    assert (file.content, file.mime) == (b"\xff\xd8\xff", "image/jpeg")
    with pytest.raises(NoSuchFile):
        await service.telegram.fetch("nothing")
    path = f"photo/{photo.extra['photo'][0]['file_id']}_photo.jpg"
    for told in ({"file_path": path}, {"file_path": path, "file_size": "1"}):
        service.fake.fail_next("getFile", body=json.dumps({"ok": True, "result": told}).encode())
        with pytest.raises(TooLarge):
            await service.telegram.fetch("its size is not told", 2)


@pytest.mark.parametrize("told", [[], "x", {}, {"file_path": None}, {"file_path": 7}])
async def test_a_file_of_which_nothing_is_told_cannot_be_had(service: Service, told: Any) -> None:
    service.fake.fail_next("getFile", body=json.dumps({"ok": True, "result": told}).encode())
    with pytest.raises((NoSuchFile, Later)):
        await service.telegram.fetch("it")


@pytest.mark.parametrize(
    ("media", "file"),
    [(PICTURE, JPEG), (replace(PICTURE, kind=MediaKind.DOCUMENT), JPEG), (PICTURE, None)],
    ids=["a picture", "a file", "gone"],
)
async def test_what_was_sent_elsewhere_is_uploaded_once(
    service: Service, words: Catalogues, media: Media, file: SentFile | None
) -> None:
    people = await two(service)
    fetched = 0

    async def fetch(_media: Media) -> SentFile:
        nonlocal fetched
        fetched += 1
        if file is None:
            raise NoSuchFile
        return file

    sender = Sender(service.telegram.bot, words, fetch)
    said = replace(SAID, media=media)
    before = [len(user.messages) for user in people]
    await asyncio.gather(
        *(
            sender.announce(Recipient(n, "telegram", str(user.id), "en", 1), said, may_leave)
            for n, user in enumerate(people)
        )
    )
    assert fetched == 1
    kinds = [user.messages[n].kind for user, n in zip(people, before, strict=True)]
    assert kinds == [media.kind.value if file else "text"] * 2
    assert all("Friday we meet" in str(user.messages[-1]) for user in people)
    assert all(user.messages[-1].labels == ["▶ Go on"] for user in people)
