"""What of a group can be printed or taken away."""

import asyncio
import io
import re

import openpyxl
import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from bot.channels.telegram.render import keyboard
from bot.channels.whatsapp.render import render
from bot.conversation.action import Home, encode
from bot.conversation.turn import World
from bot.conversation.update import Tap, Update
from bot.documents.parcel import Unwanted
from bot.flows.groups.actions import Board, EndGroup, EndGroupSure, Papers
from bot.flows.groups.member_actions import Leave
from bot.i18n.catalogues import Catalogues
from bot.model.group import Group
from bot.model.learner import Learner
from bot.model.order import OrderKind
from bot.model.prints import MODULE_PRINTS, USES
from bot.model.roles import Role
from db.my_data import everything
from db.orders import Order
from db.outbox import Delivery
from tests.support.chat import Chat
from tests.support.group_talk import (
    document_of,
    does,
    group_of,
    learner_of,
    says,
    with_member,
)
from tests.support.service import Service


async def test_everything_that_can_be_printed_or_taken_away(service: Service) -> None:
    lea, _amina = await with_member(service)
    await says(lea, "/groups")
    await does(lea, "Tuesday group", "Print, lists")
    for count, (kind, words) in enumerate(
        {"Only English": "Tuesday group", "Excel": "", "CSV": ""}.items(), 1
    ):
        await does(lea, *(("Poster",) if words else ()), kind)
        file = await document_of(lea, count)
        if words:
            text = "".join(
                page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages
            )
            assert words in text
    assert b"Learner 1" in lea.documents[-1].content, "the list as CSV"
    cells = [
        cell.value
        for row in openpyxl.load_workbook(io.BytesIO(lea.documents[1].content)).active.rows
        for cell in row
    ]
    assert "Learner 1" in cells
    for count, kind in enumerate(("Handout", "Question cards", "Workshop plan"), 4):
        await does(lea, kind, "The computer")
        file = await document_of(lea, count)
        assert "computer" in "".join(
            page.extract_text() for page in PdfReader(io.BytesIO(file.content)).pages
        )
    await does(lea, "as a picture")
    for _ in range(100):
        if lea.photos:
            break
        await asyncio.sleep(0.05)
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(lea.photos[0].content)))
    assert re.fullmatch(r"http://w/join/[A-Za-z0-9_-]+", code.text)


def test_each_paper_says_what_it_is_for_and_is_tapped_on_each_messenger(
    shipped_world: World, shipped_words: Catalogues
) -> None:
    counsellor = Learner(1, "en", role=Role.COUNSELLOR, staff_name="Lea")
    chat = Chat(shipped_world, shipped_words, learner=counsellor)
    chat.people.groups[5] = Group(5, 1, "invite", "Tuesday", "AMSED", "Lea", "en")
    chat.people.members[5] = {}
    said = chat.does(Tap(encode(Papers(5))))
    for number, use in enumerate(USES.values(), 1):
        assert re.search(rf"^{number}\. .* · {use.source}$", said, re.MULTILINE)
    screen = chat.screens[-1]
    assert len(keyboard(screen, "en", shipped_words)) <= 7
    (message,) = render(screen, "en", shipped_words)
    tapped = str(message.content())
    wanted = [b for b in screen.buttons if not isinstance(b.action, Board | Home)]
    assert [b for b in wanted if repr(encode(b.action)) not in tapped] == []


async def test_a_list_is_made_from_what_the_group_is_then(service: Service) -> None:
    """Whoever left after it was ordered is not on it; whose group is closed, or who is not its
    counsellor, gets none."""
    await with_member(service)
    group = group_of(await learner_of(service, 1001))
    counsellor = await learner_of(service, 901)

    async def made(by: Learner) -> bytes:
        delivery = Delivery(
            Order(1, OrderKind.CSV, str(group), language="en"), by, "telegram", "901", 1, 0
        )
        return (await service.files.make(delivery)).content  # type: ignore[union-attr]

    async def printed(by: Learner, address: str, kind: OrderKind = OrderKind.CARDS) -> bytes:
        delivery = Delivery(
            Order(1, kind, "computer", language="en"), by, "telegram", address, 1, 0
        )
        return (await service.files.make(delivery)).content  # type: ignore[union-attr]

    assert b"Learner 1" in await made(counsellor)
    learner = await learner_of(service, 1001)
    with pytest.raises(Unwanted):
        await made(learner)
    assert (await printed(counsellor, "901")).startswith(b"%PDF")
    for kind in MODULE_PRINTS:
        paper = await printed(learner, "1001", kind)
        assert paper.startswith(b"%PDF"), "for everybody, as who leads a workshop is told"
    await service.dispatcher.handle(
        Update("telegram", "leaving", "1001", Tap(encode(Leave(group))))
    )
    assert b"Learner 1" not in await made(counsellor)
    for place, action in enumerate((EndGroupSure(group), EndGroup(group))):
        await service.dispatcher.handle(
            Update("telegram", f"end{place}", "901", Tap(encode(action)))
        )
    with pytest.raises(Unwanted):
        await made(counsellor)


async def test_my_data_holds_the_groups_that_i_keep(service: Service) -> None:
    await with_member(service)
    kept = (await everything(service.store, await learner_of(service, 901)))["groups_kept"]
    assert [group["title"] for group in kept] == ["Tuesday group"]
    assert (await everything(service.store, await learner_of(service, 1001)))["groups_kept"] == []
