"""A counsellor's Monday, pure: who may need a word among many, and what reaches whom."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.action import encode
from bot.conversation.event import ToGroup, Told
from bot.conversation.places import place_of
from bot.conversation.turn import World
from bot.conversation.typed_day import when
from bot.conversation.update import Tap
from bot.documents.calendar import calendar
from bot.flows.account.actions import Help
from bot.flows.groups.actions import (
    Announce,
    Board,
    GroupCertificates,
    NudgeAll,
    Person,
    SendAll,
    WriteAll,
    WriteAllSure,
)
from bot.model.learner import Learner, ModuleProgress
from tests.support.desk import DAY, LEA, TODAY, Desk, member


@pytest.fixture
def desk(world: World) -> Desk:
    """75 people in three groups; 18 of them may need a call, two wait for an answer."""
    desk = Desk(world)
    for n in (1, 2, 3):
        people = [member(100 * n + k, n) for k in range(18)]
        people += [member(100 * n + 20 + k, n, quiet=12, nickname=f"Quiet {k}") for k in range(4)]
        people += [member(100 * n + 30, n, begun=False), member(100 * n + 31, n, begun=False)]
        people += [member(100 * n + 40, n, asks=1 if n < 3 else 0)]
        desk.group(n, f"Group {n}", people)
    return desk


def test_all_who_are_stuck_among_75_people_in_three_groups(desk: Desk) -> None:
    assert sum(len(members) for members in desk.people.members.values()) == 75
    screen, found = desk.types("/today"), set()
    while True:
        assert len(screen.options) <= 7
        found |= {b.action for b in screen.options}
        more = [b for b in screen.buttons if desk.world.say(b.label, "en") == "More ▶"]
        if not more:
            break
        screen = desk.does(Tap(encode(more[0].action)))
    assert len(found) == 20 and all(isinstance(action, Person) for action in found)
    assert desk.inputs == 3, "by opening each group and turning its pages it was 15"


def test_today_says_why_and_questions_come_first(desk: Desk) -> None:
    read = desk.read(desk.types("/today"))
    assert "Group 1 · ⚠ 6 · ✉ 1" in read and "Group 3 · ⚠ 6" in read
    lines = [desk.world.say(b.label, "en") for b in desk.types("/today").options]
    assert [line.split(" · ")[-1] for line in lines[:4]] == ["✉ open question"] * 2 + [
        "joined, never began"
    ] * 2


def test_the_list_of_groups_tells_how_many_may_need_a_call(desk: Desk) -> None:
    assert "Group 2 · ⚠ 6 · ✉ 1" in desk.read(desk.types("/groups"))


def test_one_tap_and_a_yes_send_a_friendly_word_to_all_who_are_stuck(desk: Desk) -> None:
    muted = next(m for m in desk.people.members[1].values() if "Quiet 0" in str(m.groups))
    desk.people.members[1][muted.id] = replace(muted, muted=True)
    screen = desk.types("/today")
    screen = desk.taps("friendly word to all", screen)
    assert "It goes to 17 people." in desk.read(screen)
    desk.taps("Yes", screen)
    told = [event.to for event in desk.events if isinstance(event, Told)]
    assert len(told) == len(set(told)) == 17 and muted.id not in told
    desk.does(Tap(encode(NudgeAll(0))))
    assert not any(isinstance(event, Told) for event in desk.events), "the second tap"
    assert "friendly word to all" not in desk.read(desk.types("/today")), "not again for three days"


def test_somebody_in_two_groups_gets_one_friendly_word(world: World) -> None:
    desk = Desk(world)
    twice = member(9, 1, quiet=12)
    twice = replace(twice, groups={1: twice.groups[1], 2: twice.groups[1]})
    desk.group(1, "Group 1", [twice])
    desk.group(2, "Group 2", [twice])
    desk.taps("Yes", desk.taps("friendly word to all", desk.types("/today")))
    assert [event.to for event in desk.events if isinstance(event, Told)] == [9]


def test_nobody_needs_a_call(world: World) -> None:
    desk = Desk(world)
    assert "You have no group yet" in desk.read(desk.types("/today"))
    desk.group(1, "Group 1", [member(9, 1)])
    assert "Nobody may need a call" in desk.read(desk.types("/today"))


def test_words_to_the_whole_group_are_looked_at_first_and_are_few(desk: Desk) -> None:
    for _day in range(3):
        screen = desk.does(Tap(encode(WriteAll(1))))
        screen = desk.types("The library is closed on Friday.")
        assert "It goes to 25 people." in desk.read(
            screen
        ) and "The library is closed" in desk.read(screen)
        desk.taps("Yes", screen)
        (letter,) = (
            event.note
            for event in desk.events
            if isinstance(event, Told) and isinstance(event.to, ToGroup)
        )
        assert letter["text"] == "The library is closed on Friday."
        desk.does(Tap(encode(SendAll(1))))
        assert not any(
            isinstance(event, Told) and isinstance(event.to, ToGroup) for event in desk.events
        ), "the second tap"
    desk.does(Tap(encode(WriteAll(1))))
    desk.types("Once more")
    assert "three messages" in desk.notes[0] and isinstance(place_of(desk.lea), Board)
    desk.now += DAY
    desk.does(Tap(encode(WriteAll(1))))
    assert isinstance((desk.types("Good morning"), place_of(desk.lea))[1], WriteAllSure)


def test_a_nickname_cannot_look_like_a_word_of_the_list(world: World) -> None:
    desk = Desk(world)
    desk.group(
        1,
        "Group 1",
        [
            member(9, 1, nickname="Ana · 3/3 · this week ✅"),
            member(10, 1, nickname="bea"),
            member(11, 1, nickname="Åsa"),
        ],
    )
    lines = [world.say(b.label, "en") for b in desk.does(Tap(encode(Board(1)))).options]
    assert lines[0].startswith("▶ “Ana 3/3 this week” · 0/2 · ")
    assert [line.split("”")[0].split("“")[1] for line in lines] == [
        "Ana 3/3 this week",
        "bea",
        "Åsa",
    ]


@pytest.mark.parametrize(
    ("typed", "language", "day", "time", "rest"),
    [
        ("Tuesday 14:00, library", "en", "2026-09-22", "14:00", "library"),
        ("Tuesday 8 June, 14:00, library, room 2", "en", "2027-06-08", "14:00", "library, room 2"),
        ("8.6. 14:30 library", "en", "2027-06-08", "14:30", "library"),
        ("2026-09-30 9h café", "fr", "2026-09-30", "09:00", "café"),
        ("mardi 14h30 bibliothèque", "fr", "2026-09-22", "14:30", "bibliothèque"),
        ("24/9 2 pm room 12", "en", "2026-09-24", "14:00", "room 12"),
        ("24/9/27 12 am hall", "en", "2027-09-24", "00:00", "hall"),
        ("٢٤/٩ ١٤:٠٠ المكتبة", "ar", "2026-09-24", "14:00", "المكتبة"),
        ("room 5, soon", "en", None, "", "room 5, soon"),
        ("31.2. 10:00 hall", "en", None, "10:00", "31.2. hall"),
        ("99.99.9999 25:61", "en", None, "", "99.99.9999 25:61"),
    ],
)
def test_day_and_time_as_people_type_them(
    world: World, typed: str, language: str, day: str | None, time: str, rest: str
) -> None:
    found = when(typed, TODAY, world.say, language)
    assert (found.day and found.day.isoformat(), found.time, found.rest) == (day, time, rest)


@given(st.text())
def test_no_text_breaks_the_reading_of_a_day(world: World, text: str) -> None:
    found = when(text, TODAY, world.say, "ar")
    assert found.day is None or found.day.year >= 1


def test_a_calendar_file_is_what_rfc_5545_asks_for() -> None:
    made = calendar("1-2", date(2026, 9, 24), "14:00", "Tuesday; group", "Ä" * 100 + "\nroom, 2", 0)
    lines = made.split(b"\r\n")
    assert (
        lines[0] == b"BEGIN:VCALENDAR"
        and lines[-1] == b""
        and all(len(line) <= 75 for line in lines)
    )
    assert b"SUMMARY:Tuesday\\; group" in lines and b"DTSTAMP:19700101T000000Z" in lines
    unfolded = made.replace(b"\r\n ", b"").decode()
    assert f"LOCATION:{'Ä' * 100}\\nroom\\, 2" in unfolded


def test_a_meeting_is_announced_in_five_inputs(desk: Desk) -> None:
    screen = desk.does(Tap(encode(Announce(1))))
    screen = desk.taps("Thursday", screen)
    screen = desk.taps("14:00", screen)
    desk.taps("Yes", desk.types("Library"))
    assert desk.inputs == 5
    (meeting,) = desk.people.groups[1].meetings
    assert (meeting.day, meeting.time, meeting.text) == (date(2026, 9, 24), "14:00", "Library")
    assert "📅 Thursday, 24 September, 14:00 · Library · Group 1" in desk.read(desk.types("/today"))


def test_a_day_that_is_over_is_refused(desk: Desk) -> None:
    desk.does(Tap(encode(Announce(1))))
    desk.types("2026-09-01 14:00 library")
    assert "This day is over" in desk.notes[0] and not desk.people.groups[1].meetings


def test_certificates_of_a_group_are_counted_from_five_people_on(world: World) -> None:
    desk = Desk(world)
    done = {"computer": ModuleProgress(TODAY, TODAY, done=TODAY)}
    people = [replace(member(id, 1), modules=done if id < 12 else {}) for id in range(10, 15)]
    desk.group(1, "Group 1", people[:4])
    tap = Tap(encode(GroupCertificates(1)))
    assert "from five people on" in desk.read(desk.does(tap)) and "🎓 2" not in desk.read(
        desk.does(tap)
    )
    desk.group(1, "Group 1", people)
    title = world.programme.modules["computer"].short.source
    assert f"🎓 2 · {title}" in desk.read(desk.does(tap))


def test_a_sensitive_module_is_not_counted_without_its_own_yes(world: World) -> None:
    hard = replace(world.programme.modules["computer"], sensitive=True)
    sensitive = replace(
        world,
        programme=replace(world.programme, modules={**world.programme.modules, "computer": hard}),
    )
    desk = Desk(sensitive)
    done = {"computer": ModuleProgress(TODAY, TODAY, done=TODAY)}
    desk.group(
        1,
        "Group 1",
        [replace(member(id, 1, sensitive=id > 10), modules=done) for id in range(10, 15)],
    )
    assert "No certificate yet" in desk.read(desk.does(Tap(encode(GroupCertificates(1))))), (
        "four would be four too few"
    )


def test_help_speaks_to_staff_of_their_work_first(desk: Desk) -> None:
    assert "/newgroup" in desk.read(desk.types("/help")) and "/today" in desk.read(
        desk.does(Tap(encode(Help(1))))
    )
    of_all = len(desk.world.programme.help.decks[0].cards)
    assert f"❓ 1/{of_all + 4}" in [
        desk.world.say(note, "en") for note in desk.types("/help").notes
    ]
    desk.lea = Learner(2, language="en")
    assert "/newgroup" not in desk.read(desk.types("/help"))


def test_a_group_with_a_link_takes_four_inputs_and_the_next_one_two(world: World) -> None:
    desk = Desk(world, lea=replace(LEA, staff_name=""))
    for text in ("/newgroup", "Lea", "Tuesday group", "AMSED"):
        screen = desk.types(text)
    assert desk.inputs == 4 and "join/fresh" in desk.read(screen)
    desk.types("/newgroup")
    assert "join/fresh" in desk.read(desk.types("Wednesday group")) and desk.inputs == 6
