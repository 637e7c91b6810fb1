"""Meetings of a group: who reads of them, who comes."""

import pytest

from db import maintenance
from tests.support.group_talk import DAY, comes_to_read, document_of, does, says, with_member
from tests.support.service import Service


@pytest.mark.row("38")
async def test_a_meeting_and_who_comes(service: Service) -> None:
    lea, amina = await with_member(service)
    await does(lea, "Meeting")
    await says(lea, "Tuesday 14:00, library")
    assert "It goes to 1 person" in lea.screen
    await does(lea, "Yes, send it")
    await amina.expects(1, within=30)
    assert "📅 Tuesday, 22 September, 14:00\nlibrary" in amina.screen
    meeting = amina.screen
    await does(amina, "Yes, I will")
    assert "You are expected" in amina.screen
    await amina.taps("No, I cannot", on=meeting, stale=True)
    await amina.expects()
    await says(lea, "/groups")
    await does(lea, "Tuesday group")
    assert "come: 0 · cannot: 1" in lea.screen, "the last answer counts"


@pytest.mark.both_databases
async def test_a_meeting_is_remembered_the_day_before_changed_and_cancelled(
    service: Service,
) -> None:
    lea, amina = await with_member(service)
    begun = int(service.clock())
    await does(lea, "Meeting", "Wednesday, 23 September", "14:00")
    await says(lea, "Library, room 2")
    assert (
        "Wednesday, 23 September, 14:00" in lea.screen and "reminded the day before" in lea.screen
    )
    await does(lea, "Yes, send it")
    await amina.expects(1, within=30)
    await does(amina, "Yes, I will")
    await says(amina, "/menu")
    await does(amina, "Tuesday group", "Library, room 2", "For my calendar")
    file = await document_of(amina)
    assert (
        b"DTSTART:20260923T140000\r\n" in file.content
        and b"LOCATION:Library\\, room 2\r\n" in file.content
    )
    assert await maintenance.remind_of_meetings(service.store, begun) == 0
    tomorrow = begun + DAY
    service.clock.now = tomorrow + 3600
    assert await maintenance.remind_of_meetings(service.store, tomorrow) == 1
    assert await maintenance.remind_of_meetings(service.store, tomorrow) == 0, "once"
    await comes_to_read(amina, "📅 Tomorrow: Lea, AMSED")
    await amina.expects()
    await says(lea, "/groups")
    await does(lea, "Tuesday group", "Meeting", "Library, room 2", "Change it")
    await says(lea, "25.9. 15:30 Library, room 3")
    await does(lea, "Yes, send it")
    await comes_to_read(amina, "📅 Changed: Lea, AMSED")
    await does(lea, "Meeting", "room 3")
    assert "come: 0 · cannot: 0" in lea.screen, "the old yes was to another day"
    await does(lea, "Cancel it", "Yes, cancel it")
    await comes_to_read(amina, "📅 Cancelled: Lea, AMSED")
    await amina.expects()
    await says(amina, "/menu")
    await does(amina, "Tuesday group")
    assert "room" not in amina.screen
    assert await maintenance.remind_of_meetings(service.store, tomorrow + DAY) == 0, (
        "nobody is reminded of what is cancelled"
    )


async def test_who_said_no_is_not_reminded(service: Service) -> None:
    lea, amina = await with_member(service)
    now = int(service.clock()) + DAY
    await does(lea, "Meeting")
    await says(lea, "Wednesday 9h, café")
    await does(lea, "Yes, send it")
    await amina.expects(1, within=30)
    await does(amina, "No, I cannot")
    before = len(amina.messages)
    assert await maintenance.remind_of_meetings(service.store, now) == 1
    await service.fake.quiet()
    assert len(amina.messages) == before


async def test_a_meeting_counts_only_those_who_get_it(service: Service) -> None:
    lea, amina = await with_member(service)
    await says(amina, "stop")
    await says(lea, "/groups")
    await does(lea, "Tuesday group", "Meeting")
    await says(lea, "Tuesday 14:00, library")
    assert "It goes to 0 people" in lea.screen
