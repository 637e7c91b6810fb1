"""Where a text is asked for, the word of a command is a text like any other.

All places that read what is typed, with every word of every command in three languages: what the
place can read is read by it, and nobody lands in a command whose word was their text.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest

from bot.conversation.action import Place, encode, with_commands
from bot.conversation.decide import decide
from bot.conversation.event import Went
from bot.conversation.lexicon import lexicon
from bot.conversation.registry import READERS, SHOWERS
from bot.conversation.screen import Screen
from bot.conversation.turn import Decision, Drawn, Moment, Otherwise, Turn, World
from bot.conversation.typed_text import option
from bot.conversation.typed_title import LETTERS
from bot.conversation.update import Typed, Update
from bot.flows.account.actions import Help, Stopped
from bot.flows.broadcasts.actions import (
    Broadcast,
    BroadcastCheck,
    BroadcastFile,
    BroadcastHour,
    BroadcastText,
    BroadcastTime,
)
from bot.flows.certificates.actions import AskKeep, AskLatin, AskName
from bot.flows.courtesy.actions import CallOff
from bot.flows.courtesy.call_off import CALLED_OFF, NOTHING
from bot.flows.groups.actions import (
    Announce,
    AnnounceSure,
    GroupLink,
    GroupText,
    Label,
    MeetingPlace,
    MeetingTime,
    NewGroup,
    Setting,
    StaffName,
    WriteAll,
    WriteAllSure,
    WriteTo,
)
from bot.flows.groups.colleague_actions import ColleagueFrom, ColleagueName
from bot.flows.groups.meeting import OVER
from bot.flows.groups.member_actions import (
    AnswerSure,
    AskCounsellor,
    ForWhom,
    LeaveGroup,
    MyGroup,
    MyMeeting,
    Nickname,
)
from bot.flows.groups.membership import number_of
from bot.flows.learning.actions import Cover
from bot.flows.library.actions import Found, Library, Questions
from bot.flows.opinions.actions import CommentPage
from bot.flows.pairs.actions import AddWords, MentorName, MentorTongues, PairHeld, PairTalk
from bot.flows.papers.actions import PaperAsk
from bot.flows.papers.steps import Step
from bot.flows.practice.actions import PracticeDay
from bot.flows.recording.actions import Record
from bot.flows.reminders.actions import Reminders, WhatTime
from bot.flows.resources.actions import ChooseFilter, FindHelp, FoundHelp
from bot.flows.resources.find import NOWHERE, SOUGHT
from bot.flows.staff.actions import CheckPaper
from bot.model.broadcast import Draft
from bot.model.learner import Learner
from bot.model.pairs import Pair, PairState
from bot.model.papers import Cv, PaperKind
from bot.model.roles import Role
from bot.model.words import Words
from tests.support.memory import People
from tests.support.typed import NOW
from tests.support.walk import people_around, somebody

LANGUAGES = ("en", "fr", "ar")
DAY = "2026-11-10"
EMPTY = (Broadcast(), BroadcastText("en"))
"""Asked for the text of a broadcast that has none yet."""


def _places(world: World, people: People) -> tuple[Place, ...]:
    member = number_of(world, 8, next(iter(people.members[8])))
    return (
        *EMPTY,
        BroadcastTime(),
        BroadcastHour(DAY),
        PaperAsk(PaperKind.CV, Step.NAME),
        Record(),
        CheckPaper(),
        AskName(),
        AskLatin(),
        AskKeep(),
        AskCounsellor(5),
        WriteAll(8),
        WriteAllSure(8),
        Label(8, member),
        GroupText(8, Setting.TITLE),
        ColleagueFrom("colleague"),
        ColleagueName("colleague"),
        WriteTo(8, member),
        NewGroup(),
        StaffName(),
        Announce(8),
        MeetingTime(8, 0, DAY),
        MeetingPlace(8, 0, DAY, "1430"),
        AnnounceSure(8, 0, DAY, "1430"),
        Nickname(5),
        AnswerSure(8, member),
        ForWhom(encode(NewGroup())),
        CommentPage("computer", 1),
        Reminders(),
        WhatTime(),
        Library(),
        Questions(),
        Found(1, 2, 3, 4),
        MentorName(),
        MentorTongues(),
        AddWords(2),
        PairTalk(1),
        PairHeld(1),
        PracticeDay("computer"),
        FindHelp(""),
        FoundHelp(""),
        ChooseFilter("language"),
    )


def _turn(place: Place, language: str, world: World, people: People) -> Turn:
    """An admin who is a learner, too, and whose message waits for a yes."""
    drafted = "Bring your papers." if type(place).draft else ""
    learner = replace(
        people.learners[1],
        language=language,
        place=encode(place),
        drafted=drafted,
        papers=(PaperKind.CV,),
        pending_name="أمينة رحيمي" if isinstance(place, AskLatin | AskKeep) else None,
        broadcast=None if place in EMPTY else Draft({"en": "Hello"}),
    )
    return Turn(learner, world, Moment(now=NOW, channel="telegram"))


@pytest.fixture(scope="module")
def people(shipped_world: World) -> People:
    admin = replace(somebody(Role.ADMIN, shipped_world, 3), staff_name="")
    around = people_around(admin)
    around.learners = {1: admin, 20: Learner(20, "en")}
    around.of_group["colleague"] = 5
    for id, state in ((1, PairState.PAIRED), (2, PairState.REPORTED)):
        around.pairs.kept[id] = Pair(id, 1, 20, 5, state, NOW - 1, NOW + 1000)
    around.drafts.kept[1, PaperKind.CV] = Cv(changed=NOW, days=30, step=Step.NAME)
    return around


def _spoken(language: str, world: World) -> Iterator[tuple[type[Place], str]]:
    """Names of commands are tried once, with the English words."""
    for given, cls in with_commands():
        words = world.say(given.words, language).split("|") if given.words else []
        names = (given.name, *given.also, *given.spellings) if language == "en" else ()
        yield from ((cls, word) for word in dict.fromkeys((*words, *names)))


def test_every_place_that_reads_is_tried(shipped_world: World, people: People) -> None:
    assert {type(place) for place in _places(shipped_world, people)} == set(READERS)


def _answered(turn: Turn, people: People, word: str) -> Decision:
    update = Update("telegram", "1", "1", Typed(word), turn.language)
    return people.knowing(lambda known: decide(update, replace(turn, moment=known)), turn.moment)


def _read(turn: Turn, people: People, word: str) -> Decision | None:
    """What the place itself makes of it; None where it cannot use it."""
    read = READERS[type(turn.place)].read
    try:
        return people.knowing(
            lambda known: read(turn.place, word, replace(turn, moment=known)), turn.moment
        )
    except Otherwise:
        return None


@pytest.mark.row("27")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_was_asked_for_is_no_command(
    language: str, shipped_world: World, people: People
) -> None:
    world = shipped_world
    numbers = lexicon(world.say, world.languages)
    words = Counter(word for _cls, word in _spoken(language, world))
    of_two = {word for word, commands in words.items() if commands > 1}
    free = left = 0
    for place in _places(world, people):
        turn = _turn(place, language, world, people)
        there = people.knowing(partial(_shown, turn), turn.moment)
        for cls, word in _spoken(language, world):
            assert cls.command
            if cls.command.first:
                continue
            if option(word, there, numbers, language, world.say):
                continue  # it stands on the screen
            wanted, answer = _read(turn, people, word), _answered(turn, people, word)
            if wanted:
                free += bool(wanted.events)
                assert all(event in answer.events for event in wanted.events), (place, word)
                assert wanted.notes == answer.notes, (place, word)
            elif READERS[type(place)].commands:
                there_too = _answered(turn, people, f"/{cls.command.name}")
                left += answer == there_too
                assert answer == there_too or word in of_two, (place, word)
            else:
                assert not _gone(answer), (place, word)
    assert free > 1000 and left > 400


@pytest.mark.parametrize(
    ("place", "typed", "words"),
    [
        (AnnounceSure(8, 0, DAY, "1430"), "Bibliothèque", "Bring your papers.\nBibliothèque"),
        (WriteAllSure(8), "Papiers", "Bring your papers.\nPapiers"),
        (PairHeld(1), "Aide", "Bring your papers.\nAide"),
        (AnswerSure(5, 0), "Chercher", "Bring your papers.\nChercher"),
    ],
)
def test_what_is_typed_below_a_preview_is_added_to_it(
    place: Place, typed: str, words: str, shipped_world: World, people: People
) -> None:
    turn = _turn(place, "fr", shipped_world, people)
    after = turn.after(*_answered(turn, people, typed).events)
    assert after.learner.drafted == words and after.place == place


def test_an_announcement_is_put_right_below_its_preview(
    shipped_world: World, people: People
) -> None:
    turn = _turn(AnnounceSure(8, 0, DAY, "1430"), "fr", shipped_world, people)
    after = turn.after(*_answered(turn, people, "mardi 15:00").events)
    assert after.place == AnnounceSure(8, 0, "2026-09-22", "1500")
    assert after.learner.drafted == "Bring your papers."
    past = _answered(turn, people, "20/09/2026 15:00")
    assert past.notes == (OVER,) and turn.after(*past.events).learner == turn.learner


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("fr", "demain 14:30"),
        ("en", "tomorrow 14:30"),
        ("ar", "غدا 14:30"),
        ("en", "Tuesday 2:30 pm"),
    ],
)
def test_a_meeting_tomorrow_is_asked_for_its_place(
    language: str, typed: str, shipped_world: World, people: People
) -> None:
    """It is Monday, 21 September 2026."""
    turn = _turn(Announce(8), language, shipped_world, people)
    after = turn.after(*_answered(turn, people, typed).events)
    assert after.place == MeetingPlace(8, 0, "2026-09-22", "1430")


@pytest.mark.parametrize("typed", ["Record your voice", "Find help in your town", "Library: 3 pm"])
def test_nor_is_a_text_that_begins_with_one(
    typed: str, shipped_world: World, people: People
) -> None:
    for place in (BroadcastText("en"), NewGroup(), PairTalk(1)):
        turn = _turn(place, "en", shipped_world, people)
        wanted, answer = _read(turn, people, typed), _answered(turn, people, typed)
        assert wanted and all(event in answer.events for event in wanted.events)


@pytest.mark.parametrize("typed", ["!!!", "🙂", "…", "x" * 5000])
def test_what_cannot_be_used_gets_a_sentence(
    typed: str, shipped_world: World, people: People
) -> None:
    for place in _places(shipped_world, people):
        turn = _turn(place, "en", shipped_world, people)
        answer = _answered(turn, people, typed)
        assert answer.events or answer.notes, place


@pytest.mark.parametrize(
    ("typed", "place", "told"),
    [
        ("/newgroup Tuesday", GroupLink, ()),
        ("/newgroup !!!", NewGroup, (LETTERS,)),
        ("/newgroup help", NewGroup, ()),
        ("/newgroup", NewGroup, ()),
        ("/find Lisbon", FoundHelp, ()),
        ("/find housing", FindHelp, (SOUGHT,)),
        ("/find help", FindHelp, ()),
        ("/find xyzzy", FindHelp, (NOWHERE,)),
    ],
)
def test_words_behind_a_command_are_typed_where_it_leads(
    typed: str, place: type[Place], told: tuple[Words, ...], shipped_world: World, people: People
) -> None:
    turn = _turn(PracticeDay("computer"), "en", shipped_world, people)
    turn = replace(turn, moment=replace(turn.moment, spare=Drawn("1234567890", "invitation")))
    named = replace(turn, learner=replace(turn.learner, staff_name="Lea"))
    answer = _answered(named, people, typed)
    assert isinstance(named.after(*answer.events).place, place) and answer.notes == told
    nameless = _answered(turn, people, typed)
    if place is GroupLink:
        assert turn.after(*nameless.events).place == NewGroup() and not turn.learner.staff_name


@pytest.mark.parametrize("language", LANGUAGES)
def test_stop_and_delete_are_heard_wherever_a_text_is_asked_for(
    language: str, shipped_world: World, people: People
) -> None:
    """Deleting asks once more, so that a word alone deletes nothing."""
    calls_off = _calling_off(shipped_world)
    for place in _places(shipped_world, people):
        turn = _turn(place, language, shipped_world, people)
        there = people.knowing(partial(_shown, turn), turn.moment)
        numbers = lexicon(shipped_world.say, shipped_world.languages)
        for cls, word in _spoken(language, shipped_world):
            stands = option(word, there, numbers, language, shipped_world.say)
            if cls.command and cls.command.first and issubclass(cls, Place) and not stands:
                after = turn.after(*_answered(turn, people, word).events)
                assert isinstance(after.place, cls) or word in calls_off, (place, word)


def _calling_off(world: World) -> list[str]:
    assert CallOff.command and CallOff.command.words
    spoken = (world.say(CallOff.command.words, language) for language in world.languages)
    return sorted({word for words in spoken for word in words.split("|")})


def test_cancel_calls_off_whatever_is_being_written(twelve_world: World, people: People) -> None:
    """In every language, also where the word alone would stop all messages; nothing of it stays."""
    words, places = _calling_off(twelve_world), (*_places(twelve_world, people), BroadcastFile())
    assert {"cancel", "iptal", "cancelar"} <= set(words)
    for at, place in enumerate(places):
        turn = _turn(place, "en", twelve_world, people)
        for word in ("/cancel", "CANCEL!", "iptal", *words[at :: len(places)]):
            answer = _answered(turn, people, word)
            after = turn.after(*answer.events)
            assert answer.notes[:1] == (CALLED_OFF,) and _gone(answer), (place, word)
            assert after.place != place and not after.learner.drafted, (place, word)
            assert after.learner.broadcast == turn.learner.broadcast, "no text of one is lost"
    last_look = _turn(BroadcastCheck(), "en", twelve_world, people)
    assert _gone(_answered(last_look, people, "cancel")) == [Went(Broadcast())]
    for place in (Help(), MyMeeting(5, 1), MyGroup(5), Cover("computer")):
        elsewhere = _turn(place, "en", twelve_world, people)
        answer = _answered(elsewhere, people, "cancel")
        assert answer.notes == (NOTHING,) and not _gone(answer), "nothing is said to be called off"
    leaving = _answered(_turn(LeaveGroup(5), "en", twelve_world, people), people, "iptal")
    assert leaving.events == (Went(MyGroup(5)),), "a question is answered no"
    assert _answered(elsewhere, people, "iptal").events[-1] == Went(Stopped())


@pytest.mark.parametrize("typed", ["0", "*", "/help", "/aide", "/library cv"])
def test_signs_and_slashes_lead_out(typed: str, shipped_world: World, people: People) -> None:
    for place in (NewGroup(), WriteAll(8), AnnounceSure(8, 0, DAY, "1430"), PairTalk(1)):
        turn = _turn(place, "fr", shipped_world, people)
        assert _gone(_answered(turn, people, typed)), (place, typed)


def _shown(turn: Turn, known: Moment) -> Screen:
    """Raises `Gone` where the place does not exist: then nothing would be tried."""
    return SHOWERS[type(turn.place)](turn.place, replace(turn, moment=known))


def _gone(answer: Decision) -> list[Went]:
    return [event for event in answer.events if isinstance(event, Went)]
