"""A group that is put away, and a copy of one for the next course; and for whom a text is that was
typed while a letter came. Pure.
"""

from dataclasses import replace

import pytest

from bot.conversation.action import Action, Place, encode
from bot.conversation.event import Ordered, Told
from bot.conversation.places import place_of
from bot.conversation.turn import World
from bot.conversation.update import Tap
from bot.flows.groups.actions import (
    Announce,
    Archive,
    Board,
    CopyGroup,
    GroupSettings,
    GroupText,
    Label,
    NewGroup,
    Nudge,
    NudgeAll,
    OrderPaper,
    Papers,
    Setting,
    StaffName,
    WriteAll,
    WriteTo,
)
from bot.flows.groups.member_actions import ForHere
from bot.flows.groups.membership import refusal
from bot.model.group import Letter, Meeting
from bot.model.order import OrderKind
from db.groups import reminder
from tests.support.desk import NOW, TODAY, Desk, member


@pytest.fixture
def desk(world: World) -> Desk:
    desk = Desk(world)
    desk.group(
        1,
        "Tuesday group",
        [member(9, 1, quiet=12, nickname="Mina"), member(10, 1, nickname="Samir")],
    )
    return desk


def at(desk: Desk, place: Action) -> str:
    return desk.read(desk.does(Tap(encode(place))))


def test_an_archived_group_takes_nobody_in_and_nudges_nobody_and_is_read(desk: Desk) -> None:
    meeting = Meeting(1, "Library", TODAY, TODAY)
    desk.people.groups[1] = replace(desk.people.groups[1], meetings=(meeting,))
    at(desk, GroupSettings(1))
    screen = desk.taps("Put it in the archive", desk.does(Tap(encode(GroupSettings(1)))))
    read = desk.read(screen)
    assert (
        "In the archive" in read
        and "“Mina”" in read
        and "friendly word to all" not in read
        and "Invite" not in read
    )
    group = desk.people.groups[1]
    assert refusal(group, 0, NOW) is not None and reminder(group) is None
    assert "Nobody may need a call" in desk.read(desk.types("/today"))
    desk.does(Tap(encode(NudgeAll(1))))
    desk.does(Tap(encode(Nudge(1, 9))))
    assert not any(isinstance(event, Told) for event in desk.events)
    desk.taps("Archive: 1", desk.types("/groups"))
    screen = desk.taps("Tuesday group", desk.does(Tap(encode(Archive()))))
    screen = desk.taps("Bring it back", desk.taps("Group settings", screen))
    assert (
        "friendly word to all" in desk.read(screen)
        and refusal(desk.people.groups[1], 0, NOW) is None
    )


def test_a_copy_has_the_settings_and_no_people_and_takes_two_inputs(desk: Desk) -> None:
    before = replace(
        desk.people.groups[1],
        modules=("computer",),
        promise=7,
        limit=15,
        meetings=(Meeting(1, "x", TODAY),),
        archived=True,
    )
    desk.people.groups[1] = before
    board = desk.does(Tap(encode(Board(1))))
    desk.inputs = 0
    desk.taps("Copy for a new group", desk.taps("Group settings", board))
    assert desk.inputs == 2
    (copied,) = (group for id, group in desk.people.groups.items() if id != 1)
    assert (copied.title, copied.modules, copied.promise, copied.limit) == (
        "Tuesday group (copy)",
        ("computer",),
        7,
        15,
    )
    assert copied.token == "fresh" and not copied.meetings and not copied.archived
    assert "No" not in desk.notes and place_of(desk.lea) == GroupSettings(copied.id)
    desk.does(Tap(encode(CopyGroup(1))))
    assert len(desk.people.groups) == 2, "the second tap"


def test_a_copy_of_a_group_in_arabic_has_no_marks_of_direction_in_its_name(desk: Desk) -> None:
    desk.lea = replace(desk.lea, language="ar")
    at(desk, GroupSettings(1))
    desk.does(Tap(encode(CopyGroup(1))))
    (copied,) = (group for id, group in desk.people.groups.items() if id != 1)
    assert copied.title.startswith("Tuesday group (") and not any(
        "\u2066" <= sign <= "\u2069" for sign in copied.title
    )


def question_comes(desk: Desk, of: int) -> None:
    desk.now += 5
    desk.people.letters[1] = Letter(1, of, desk.now)


def sent(desk: Desk) -> list[tuple[int, str]]:
    return [(event.to, event.note["text"]) for event in desk.events if isinstance(event, Told)]


def test_a_text_typed_to_one_while_another_asks_goes_to_nobody_unasked(desk: Desk) -> None:
    at(desk, WriteTo(1, 9))
    question_comes(desk, 10)
    screen = desk.types("Come at two.")
    read = desk.read(screen)
    assert (
        sent(desk) == []
        and "For whom is this?" in read
        and "✉ To “Mina”" in read
        and "✉ Answer to “Samir”" in read
    )
    desk.taps("Answer to “Samir”", screen)
    assert sent(desk) == [(10, "Come at two.")] and place_of(desk.lea) == WriteTo(1, 9), (
        "she goes on with Mina"
    )
    desk.types("And you at three.")
    assert sent(desk) == [(9, "And you at three.")]


def test_it_can_be_for_the_first_one_or_for_nobody_and_once(desk: Desk) -> None:
    at(desk, WriteTo(1, 9))
    question_comes(desk, 10)
    screen = desk.types("Come at two.")
    screen = desk.types("Bring the book.")
    desk.taps("To “Mina”", screen)
    assert sent(desk) == [(9, "Come at two.\nBring the book.")]
    desk.does(Tap(encode(ForHere())))
    assert sent(desk) == [], "the second tap"
    at(desk, WriteTo(1, 9))
    question_comes(desk, 10)
    desk.taps("No", desk.types("Come at two."))
    assert sent(desk) == [] and desk.lea.drafted == ""


def test_an_answer_to_who_asks_is_not_asked_about(desk: Desk) -> None:
    at(desk, WriteTo(1, 9))
    question_comes(desk, 9)
    desk.types("Come at two.")
    assert sent(desk) == [(9, "Come at two.")]


@pytest.mark.parametrize(
    "place",
    [
        Label(1, 9),
        GroupText(1, Setting.TITLE),
        NewGroup(),
        WriteAll(1),
        Announce(1),
        StaffName(),
    ],
)
def test_an_answer_becomes_no_name_of_anything(desk: Desk, place: Place) -> None:
    at(desk, place)
    question_comes(desk, 10)
    groups, labels = dict(desk.people.groups), dict(desk.people.labels)
    screen = desk.types("Room twelve")
    assert "For whom is this?" in desk.read(screen) and (
        desk.people.groups,
        desk.people.labels,
    ) == (groups, labels)
    desk.taps("Answer to “Samir”", screen)
    assert sent(desk) == [(10, "Room twelve")] and place_of(desk.lea) == place


def test_yet_another_question_changes_whom_the_button_names(desk: Desk) -> None:
    desk.people.members[1][11] = member(11, 1, nickname="Zoe")
    at(desk, WriteTo(1, 9))
    question_comes(desk, 10)
    screen = desk.types("Come at two.")
    question_comes(desk, 11)
    screen = desk.taps("Answer to “Samir”", screen)
    assert (
        sent(desk) == []
        and "Answer to “Zoe”" in desk.read(screen)
        and "Come at two." in desk.read(screen)
    )


def test_a_poster_in_two_languages_is_ordered_with_two_taps(desk: Desk) -> None:
    at(desk, Papers(1))
    screen = desk.taps("Poster", desk.does(Tap(encode(Papers(1)))))
    offered = desk.read(screen)
    assert "One is English." in offered and "Only English" in offered
    assert offered.count("English") == 2
    desk.taps("العربية", screen)
    (order,) = (event for event in desk.events if isinstance(event, Ordered))
    assert (order.kind, order.subject, order.language) == ("poster", "1-ar", "en")
    desk.does(Tap(encode(OrderPaper(1, OrderKind.POSTER, "xx"))))
    (order,) = (event for event in desk.events if isinstance(event, Ordered))
    assert order.subject == "1", "a language that is not there"
