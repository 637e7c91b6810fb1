"""A learner and a mentor: both say yes, either ends it, nothing is given away unasked."""

import random
from dataclasses import replace
from itertools import permutations

import pytest

from bot.conversation.action import Home, encode
from bot.conversation.turn import World
from bot.conversation.update import Start, Tap
from bot.flows.account.actions import MyData, Privacy
from bot.flows.groups.member_actions import MyGroup
from bot.flows.groups.membership import number_of
from bot.flows.pairs.actions import (
    AnswerPair,
    AskedPair,
    Decided,
    DecideMentor,
    EndPair,
    GoOn,
    HowItGoes,
    MentorReady,
    MentorSteps,
    MentorTongues,
    MentorWork,
    OfferedPair,
    PairHeld,
    PairOver,
    PairsPage,
    PairTalk,
    PickMyWork,
    ProposePair,
    Reason,
    Report,
    ReportPair,
    SendHeld,
    TakePair,
)
from bot.model.pairs import MOST_A_DAY, PairState, gives_away
from tests.support.group_talk import DAY
from tests.support.office import LEA, MINA, Office
from tests.support.pair_talk import (
    ADMIN,
    MARC,
    asked,
    office,
    pair,
    paired,
    prepared,
    proposed,
)


@pytest.fixture
def there(shipped_world: World) -> Office:
    return office(shipped_world)


@pytest.mark.row("08")
def test_from_a_proposal_to_a_pair(there: Office) -> None:
    assert "p-fresh" in proposed(there)
    prepared(there)
    assert "I am ready" in there.goes(MARC, MentorSteps())
    there.goes(MARC, MentorReady(pair(there).id))
    ((to, said),) = there.told
    assert to == MINA and "Marc, AMSED, would be your mentor" in said
    for place in (Home(), MyGroup(1)):  # also where that message was lost
        assert "A mentor for you?" in there.goes(MINA, place)
    said = there.goes(MINA, AskedPair(pair(there).id))
    for word in ("French", "do not see your number, name, results or papers", "Ask Lea", "18"):
        assert word in said
    there.goes(MINA, AnswerPair(pair(there).id, True))
    there.goes(MINA, PickMyWork(pair(there).id, 0))
    assert [to for to, _said in there.told] == [MARC]
    assert "A mentor for you?" not in there.goes(MINA, Home())
    assert "Somebody said yes" in there.goes(MARC, Home())
    said = there.goes(MARC, OfferedPair(pair(there).id))
    assert "Mina said yes" in said and "English" in said
    said = there.goes(MARC, TakePair(pair(there).id, True))
    assert pair(there).state is PairState.PAIRED and "You and Mina" in said
    assert "Marc is your mentor now" in there.told[0][1]
    assert "My pair" in there.types(MINA, "/start")
    assert "Marc: they write to each other" in there.goes(LEA, PairsPage(1))


@pytest.mark.row("08")
def test_it_takes_both_in_every_order(shipped_world: World) -> None:
    """Whatever is tapped when: a pair only after the learner's yes and then the mentor's."""
    for order in permutations(("learner", "work", "mentor")):
        there = office(shipped_world)
        id = asked(there).id
        for who in order:
            before = pair(there).state
            match who:
                case "learner":
                    there.goes(MINA, AnswerPair(id, True))
                case "work":
                    there.goes(MINA, PickMyWork(id, 0))
                case "mentor":
                    there.goes(MARC, TakePair(id, True))
            if pair(there).state is PairState.PAIRED:
                assert before is PairState.OFFERED and who == "mentor"
        assert (pair(there).state is PairState.PAIRED) == (order == ("learner", "work", "mentor"))


@pytest.mark.row("08")
@pytest.mark.parametrize("who", [MINA, MARC])
def test_a_no_is_told_as_not_now(there: Office, who: int) -> None:
    id = asked(there).id
    if who == MARC:
        there.goes(MINA, AnswerPair(id, True))
        there.goes(MINA, PickMyWork(id, 0))
        there.goes(MARC, TakePair(id, False))
    else:
        there.goes(MINA, AnswerPair(id, False))
    assert pair(there).state is PairState.DECLINED
    for _to, said in there.told:
        assert "Not now" in said and "Mina" not in said and "Marc" not in said
    assert LEA in [to for to, _said in there.told]


@pytest.mark.row("08")
def test_a_message_is_passed_on_without_a_number_of_either(there: Office) -> None:
    id = paired(there).id
    there.goes(MINA, PairTalk(id))
    said = there.types(MINA, "Good morning, can we practise an interview?")
    ((to, words),) = there.told
    assert to == MARC and "Mina writes" in words and "practise an interview" in words
    assert str(MINA) not in words.split() and "Sent to" in "".join(there.notes) + said
    there.goes(MARC, PairTalk(id))
    there.types(MARC, "Yes, on Tuesday.")
    ((to, words),) = there.told
    assert to == MINA and "Marc writes" in words and "End it" in words and "Report" in words


GIVEN = (
    "call me +33 6 12 34 56 78",
    "٠٦١٢٣٤٥٦٧٨",
    "0 6 1 2 3 4 5",
    "marc@example.org",
    "look at https://x.example",
    "www.example.org",
    "t.me/marc or marc.com",
    "06_12_34_56_78",
    "06·12·34·56",
    "0️⃣6️⃣1️⃣2️⃣3️⃣4️⃣",
    "I am @marc_lyon there",
    "FR76 3000 6000 0112 3456 7890 189",
    "can you lend me 20 €",
    "I need money",
    "j'ai besoin d'argent",
    "أحتاج مالًا",
)


@pytest.mark.parametrize("text", GIVEN)
def test_what_gives_something_away_is_held(there: Office, text: str) -> None:
    id = paired(there).id
    there.goes(MINA, PairTalk(id))
    said = there.types(MINA, text)
    assert not there.told and "Once sent you cannot take it back" in said
    assert there.who[MINA].drafted
    there.goes(MINA, PairTalk(id))  # change it: what was typed is forgotten
    assert not there.who[MINA].drafted
    there.goes(MINA, SendHeld(id))
    assert not there.told
    there.types(MINA, text)
    there.goes(MINA, SendHeld(id))
    assert [to for to, _said in there.told] == [MARC] and text[:8] in there.told[0][1]


@pytest.mark.parametrize(
    "text",
    ["See you at 14:30 on 3 May", "10:30-11:45 or 12:00?", "I have 12 years of work", "Thanks."],
)
def test_ordinary_words_are_not_held(there: Office, text: str) -> None:
    assert not gives_away(text, "money|euro")
    id = paired(there).id
    there.goes(MINA, PairTalk(id))
    there.types(MINA, text)
    assert there.told


def test_so_many_a_day_and_so_long(there: Office) -> None:
    id = paired(there).id
    there.goes(MINA, PairTalk(id))
    assert "too long" in there.types(MINA, "a " * 600) + "".join(there.notes)
    for _ in range(MOST_A_DAY):
        there.types(MINA, "hello again")
        assert there.told
    there.types(MINA, "one more")
    assert not there.told and "write again tomorrow" in "".join(there.notes)
    there.now += 86400
    there.types(MINA, "a new day")
    assert there.told


@pytest.mark.row("08")
@pytest.mark.parametrize("who", [MINA, MARC])
def test_either_ends_it_at_once(there: Office, who: int) -> None:
    id = paired(there).id
    there.goes(who, PairOver(id))
    assert pair(there).state is PairState.PAIRED, "an old button asks"
    there.goes(who, EndPair(id))
    there.goes(who, PairOver(id))
    assert pair(there).state is PairState.ENDED
    ((to, said),) = there.told
    assert to == MARC + MINA - who and "has ended it" in said and "Thank you for your time" in said
    for one in (MINA, MARC):
        there.goes(one, PairTalk(id))
        there.types(one, "are you there?")
        assert not there.told
        assert not there.people.fresh(there.who[one]).about_me.pairs


@pytest.mark.row("08")
def test_a_report_stops_it_and_tells_nobody_who(there: Office) -> None:
    id = paired(there).id
    there.goes(MINA, ReportPair(id))
    said = there.goes(MINA, Report(id, Reason.MONEY))
    assert pair(there).state is PairState.REPORTED
    assert "112" in said and "You cannot reach each other" in said
    told = dict(there.told)
    assert told.keys() == {MARC, LEA} and "It is over" in told[MARC]
    for words in told.values():
        assert "Mina" not in words and "Marc" not in words
    assert "Asked for money" in told[LEA] and "Who reported it is not told" in told[LEA]
    there.taps(MINA, "Add words for Lea")
    there.types(MINA, "He asked three times.")
    ((to, said),) = there.told
    assert to == LEA and "Mina" not in said


@pytest.mark.row("08")
def test_after_a_report_an_admin_decides_and_these_two_never_again(there: Office) -> None:
    id = paired(there).id
    there.goes(MINA, ReportPair(id))
    there.goes(MINA, Report(id, Reason.INSULTS))
    assert "was used, or is too old" in _opens_again(there)
    there.goes(LEA, DecideMentor(id))
    there.goes(LEA, Decided(id, True))
    assert pair(there).state is PairState.REPORTED or pair(there).id != id
    there.goes(ADMIN, DecideMentor(id))
    there.goes(ADMIN, Decided(id, True))
    assert there.people.pairs.kept[id].state is PairState.CLEARED
    assert "was used, or is too old" in _opens_again(there)


def _opens_again(there: Office) -> str:
    """Lea makes another link for Mina, and Marc opens it."""
    who = number_of(there.world, 1, MINA)
    there.goes(LEA, ProposePair(1, who))
    there.taps(LEA, "Yes, make the link")
    there.does(MARC, Start("p-fresh"))
    there.taps(MARC, "Yes, I am 18")
    return "".join(there.notes)


def test_a_link_is_for_one_and_for_a_time(there: Office) -> None:
    proposed(there)
    there.now += 15 * 86400
    there.does(MARC, Start("p-fresh"))
    assert "too old" in "".join(there.notes)
    there.now -= 15 * 86400
    prepared(there)
    there.does(77, Start("p-fresh"))
    assert "was used" in "".join(there.notes)
    there.does(MINA, Start("p-fresh"))
    assert "was used" in "".join(there.notes)


def test_nobody_is_asked_before_all_steps_are_done(there: Office) -> None:
    proposed(there)
    there.does(MARC, Start("p-fresh"))
    there.taps(MARC, "Yes, I am 18")
    there.goes(MARC, MentorReady(pair(there).id))
    assert pair(there).state is PairState.INVITED and not there.told


def test_each_is_asked_apart(there: Office) -> None:
    id = paired(there).id
    there.goes(MINA, HowItGoes(id, 2))
    assert not there.told
    there.goes(MINA, HowItGoes(id, 0))
    ((to, said),) = there.told
    assert to == LEA and "Mina wants to talk to you" in said
    there.now += 2 * DAY
    there.goes(MINA, HowItGoes(id, 0))
    assert not there.told and "Lea was told already that you want to talk: " in there.notes[0]
    there.now += 2 * DAY  # Lea answers within three days
    there.goes(MINA, HowItGoes(id, 0))
    assert [to for to, _said in there.told] == [LEA]
    there.goes(MINA, GoOn(id))
    assert pair(there).more == 0, "not before the end is near"


def test_privacy_and_my_data_say_it(there: Office) -> None:
    paired(there)
    assert "a message until it is handed over" in there.goes(MINA, Privacy())
    assert "they write to each other" in there.goes(MARC, MyData())


def test_after_the_end_nothing_is_delivered_in_five_hundred_runs(shipped_world: World) -> None:
    """Random taps and texts of both: once it is over, no message is passed on."""
    chance = random.Random(8)
    there = office(shipped_world)
    id = paired(there).id
    kept = there.people.pairs.kept[id]
    start = {who: there.people.fresh(there.who[who]) for who in (MINA, MARC)}
    actions = (
        *(PairTalk(id), EndPair(id), PairOver(id), PairHeld(id), SendHeld(id), ReportPair(id)),
        *(Report(id, Reason.OTHER), HowItGoes(id, 2), GoOn(id)),
    )
    ended = 0
    for _ in range(500):  # every change of state that more would find is among them
        there.people.pairs.kept[id] = kept
        there.who |= start
        there.people.learners |= start
        there.people.members[1][MINA] = start[MINA]
        for _step in range(8):
            who = chance.choice((MINA, MARC))
            over = pair(there).state is not PairState.PAIRED
            if chance.random() < 0.4:
                there.types(who, chance.choice(("hello", "call 0612345678", "1")))
            else:
                there.does(who, Tap(encode(chance.choice(actions))))
            if over:
                assert not [said for _to, said in there.told if "writes" in said]
        ended += pair(there).state is not PairState.PAIRED
    assert ended > 150


@pytest.mark.row("08")
@pytest.mark.parametrize(
    "typed",
    [
        "French, Arabic",
        "français et arabe",
        "arabe français",
        "عربي وفرنسي",
        "Arabisch/Französisch",
        "فرانسه، عربی",
    ],
)
def test_a_mentor_names_several_languages_at_once(typed: str, twelve_world: World) -> None:
    there = office(twelve_world)
    there.goes(MARC, MentorTongues())
    there.types(MARC, typed)
    assert sorted(there.who[MARC].about_me.tongues) == ["ar", "fr"]
    there.types(MARC, "German, Gibberish")
    assert sorted(there.who[MARC].about_me.tongues) == ["ar", "fr"], "a part of it is none"
    there.types(MARC, "German, English, Ukrainian, Turkish")
    told = "".join(there.notes)
    assert len(there.who[MARC].about_me.tongues) == 5 and "There is room for 5. Left out: " in told


@pytest.mark.row("08")
@pytest.mark.parametrize(
    ("language", "typed", "sector"),
    [
        ("ar", "مطبخ", "kitchen"),
        ("ar", "المطعم", "kitchen"),
        ("ar", "بناء", "building"),
        ("ar", "المستودعات", "transport"),
        ("ar", "سماء", ""),
    ],
)
def test_one_word_of_a_work_names_it(
    language: str, typed: str, sector: str, twelve_world: World
) -> None:
    there = office(twelve_world)
    marc = replace(there.who[MARC], language=language)
    there.who[MARC] = there.people.learners[MARC] = marc
    there.goes(MARC, MentorWork())
    there.types(MARC, typed)
    assert there.who[MARC].about_me.sector == sector
