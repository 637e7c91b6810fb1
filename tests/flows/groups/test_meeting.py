"""Meetings of a group: who reads of them, who comes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation.action import Home, Place, encode
from bot.conversation.event import ToGroup, Told
from bot.conversation.everyday import NO, YES
from bot.conversation.places import place_of
from bot.conversation.turn import World
from bot.flows.groups.actions import (
    Announce,
    CancelMeeting,
    CancelSure,
    MeetingPlace,
    MeetingTime,
    SendAnnouncement,
    WriteAll,
)
from bot.flows.groups.events import MeetingAnswered
from bot.flows.groups.meeting_answer import answers
from bot.flows.groups.member_actions import (
    AnswerMeeting,
    AnswerSure,
    AskCounsellor,
    MyMeeting,
    Nickname,
)
from bot.model.group import Letter, Meeting
from bot.model.learner import day_of
from db import maintenance
from tests.support.group_talk import DAY, comes_to_read, document_of, does, says, with_member
from tests.support.languages import TWELVE
from tests.support.office import LEA, MINA, Office
from tests.support.pair_talk import office
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
    await says(amina, "oui")
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
    assert "You said: I come." in amina.screen and "Will you come?" not in amina.screen
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


async def test_of_what_was_announced_today_nobody_is_reminded_today(service: Service) -> None:
    lea, amina = await with_member(service)
    await does(lea, "Meeting")
    await says(lea, "tomorrow 9h, café")
    await does(lea, "Yes, send it")
    await amina.expects(1, within=30)
    before = len(amina.messages)
    assert await maintenance.remind_of_meetings(service.store, int(service.clock())) == 1
    await service.fake.quiet()
    assert len(amina.messages) == before


@pytest.mark.row("38")
@pytest.mark.parametrize("language", TWELVE)
def test_what_is_typed_under_a_meeting_answers_it(language: str, twelve_world: World) -> None:
    """In every language, also in another one than that of the chat, and on a question's screen."""
    yes, no = (b.label for b in answers(1, 7))
    said = {
        True: ("1", "١", *(twelve_world.say(w, language).split("|")[0] for w in (YES, yes))),
        False: ("2", "۲", *(twelve_world.say(w, language).split("|")[0] for w in (NO, no))),
    }
    for reads in {language, "en", "ar"}:
        for coming, texts in said.items():
            for text in texts:
                there = _asked(twelve_world, reads)
                there.types(MINA, text)
                assert MeetingAnswered(1, 7, coming) in there.events, (reads, text)


def test_later_only_its_own_words_answer_a_meeting(twelve_world: World) -> None:
    there = _asked(twelve_world, "ar")
    there.types(MINA, "شكرا جزيلا")
    assert isinstance(place_of(there.who[MINA]), AnswerSure)
    there.types(MINA, "لا أستطيع")
    assert MeetingAnswered(1, 7, False) in there.events
    there.types(MINA, "لا أستطيع")
    assert not any(isinstance(e, MeetingAnswered) for e in there.events), "it was answered"
    there = _asked(twelve_world, "fr")
    there.goes(MINA, AskCounsellor(1))
    there.types(MINA, "Non, je ne peux pas")
    assert not any(isinstance(e, MeetingAnswered) for e in there.events), "they write to Lea"
    there = _asked(twelve_world, "fr")
    there.people.letters.clear()
    there.types(MINA, "evet")
    assert place_of(there.who[MINA]) == MyMeeting(1, 7), "a yes alone leads to it"
    there.types(MINA, "evet")
    assert MeetingAnswered(1, 7, True) in there.events


def test_where_a_text_is_asked_for_a_number_is_that_text(twelve_world: World) -> None:
    there = _asked(twelve_world, "en", Nickname(1))
    there.types(MINA, "2")
    assert not any(isinstance(e, MeetingAnswered) for e in there.events)


def _asked(world: World, language: str, place: Place | None = None) -> Office:
    """Mina was just asked whether she comes."""
    there = office(world)
    day = day_of(there.now)
    meeting = Meeting(7, "library", day, day + timedelta(days=3))
    there.people.groups[1] = replace(there.people.groups[1], meetings=(meeting,))
    mina = replace(there.who[MINA], language=language, place=encode(place or Home()))
    there.who[MINA] = there.people.learners[MINA] = there.people.members[1][MINA] = mina
    there.people.letters[MINA] = Letter(1, MINA, there.now, 7)
    return there


def test_the_question_of_a_meeting_that_is_over_is_not_answered(twelve_world: World) -> None:
    there = _asked(twelve_world, "en")
    for later, answered in ((2, True), (2, False)):
        there.now += later * DAY
        there.goes(MINA, AnswerMeeting(1, 7, True))
        assert any(isinstance(e, MeetingAnswered) for e in there.events) is answered
        assert ("over, or was changed" not in there.goes(MINA, MyMeeting(1, 7))) is answered


def test_a_day_that_is_over_is_asked_anew_and_no_time_is_no_time(twelve_world: World) -> None:
    there = office(twelve_world)
    day = (day_of(there.now) + timedelta(days=1)).isoformat()
    assert ", 14:30" in there.goes(LEA, MeetingPlace(1, 0, day, "1430"))
    assert "25" not in there.goes(LEA, MeetingPlace(1, 0, day, "2599"))
    assert "library" in there.types(LEA, "library"), "without a time"
    for place in (MeetingTime(1, 0, day), MeetingPlace(1, 0, day, "1430")):
        there.now += 2 * DAY
        assert "Announce a meeting" in there.goes(LEA, place)


def test_a_meeting_is_one_of_three_letters_to_all_and_what_stands_is_put_right(
    twelve_world: World,
) -> None:
    there = office(twelve_world)

    def announces(number: int, text: str) -> bool:
        there.goes(LEA, Announce(1, number))
        there.types(LEA, text)
        there.goes(LEA, SendAnnouncement(1))
        return any(isinstance(e, Told) and isinstance(e.to, ToGroup) for e in there.events)

    assert [announces(0, f"Tuesday 14:00, room {n}") for n in (1, 2, 3, 4)] == [True] * 3 + [False]
    there.goes(LEA, MeetingPlace(1, 0, (day_of(there.now) + timedelta(days=1)).isoformat(), "1430"))
    there.types(LEA, "room 5")
    assert "three messages" in there.notes[0]
    there.goes(LEA, WriteAll(1))
    there.types(LEA, "Bring your papers.")
    assert "three messages" in there.notes[0]
    assert announces(3, "Tuesday 15:00, room 3"), "it is another time now, and they have to know"
    there.goes(LEA, CancelSure(1, 2))
    there.goes(LEA, CancelMeeting(1, 2))
    assert any(isinstance(e, Told) and isinstance(e.to, ToGroup) for e in there.events)
    there.now += DAY
    assert announces(0, "Friday 14:00, room 6")


async def test_a_meeting_counts_only_those_who_get_it(service: Service) -> None:
    lea, amina = await with_member(service)
    await says(amina, "stop")
    await says(lea, "/groups")
    await does(lea, "Tuesday group", "Meeting")
    await says(lea, "Tuesday 14:00, library")
    assert "It goes to 0 people" in lea.screen
